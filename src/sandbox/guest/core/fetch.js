/** fetch, Headers, Request, Response, Blob and FormData's absence: requests are effects; the simulated cloud has no internet. */
import { Buffer, TextEncoder, bytesOf, decodeBytes } from './buffer.js';
import { expect, forget } from './event-loop.js';
import { host, parse, stringify } from './host.js';
import { isWebReadable, readAll, streamOfBytes } from './web-streams.js';

const encoder = new TextEncoder();

export class Headers {
  #map = new Map();
  constructor(init) {
    if (init === undefined || init === null) return;
    const entries = typeof init[Symbol.iterator] === 'function' ? init : Object.entries(init);
    for (const [name, value] of entries) this.append(name, value);
  }
  append(name, value) {
    const key = String(name).toLowerCase();
    this.#map.set(key, this.#map.has(key) ? `${this.#map.get(key)}, ${value}` : String(value).trim());
  }
  set(name, value) {
    this.#map.set(String(name).toLowerCase(), String(value).trim());
  }
  get(name) {
    return this.#map.get(String(name).toLowerCase()) ?? null;
  }
  has(name) {
    return this.#map.has(String(name).toLowerCase());
  }
  delete(name) {
    this.#map.delete(String(name).toLowerCase());
  }
  forEach(callback, self) {
    for (const [name, value] of this) callback.call(self, value, name, this);
  }
  entries() {
    return [...this.#map].sort(([a], [b]) => (a < b ? -1 : 1))[Symbol.iterator]();
  }
  keys() {
    return [...this.entries()].map(([name]) => name)[Symbol.iterator]();
  }
  values() {
    return [...this.entries()].map(([, value]) => value)[Symbol.iterator]();
  }
  [Symbol.iterator]() {
    return this.entries();
  }
}

export class Blob {
  #bytes;
  constructor(parts = [], o = {}) {
    this.#bytes = Buffer.concat(parts.map((part) => (part instanceof Blob ? part.#bytes : Buffer.from(bytesOf(typeof part === 'string' ? encoder.encode(part) : part)))));
    this.type = String(o.type ?? '').toLowerCase();
  }
  get size() {
    return this.#bytes.length;
  }
  async text() {
    return decodeBytes(this.#bytes);
  }
  async arrayBuffer() {
    return this.#bytes.buffer.slice(this.#bytes.byteOffset, this.#bytes.byteOffset + this.#bytes.length);
  }
  async bytes() {
    return new Uint8Array(await this.arrayBuffer());
  }
  stream() {
    return streamOfBytes(() => this.bytes());
  }
  slice(start, end, type) {
    return new Blob([this.#bytes.subarray(start, end)], { type });
  }
}

/** What requests and responses share. */
class Body {
  #bytes;
  #stream = null;
  #used = false;
  constructor(body) {
    if (isWebReadable(body)) this.#stream = body;
    else if (body instanceof Blob) this.#stream = body.stream();
    this.#bytes = this.#stream !== null ? null : body === undefined || body === null ? null : typeof body === 'string' || body instanceof URLSearchParams ? encoder.encode(String(body)) : bytesOf(body);
  }
  /** The content as a stream, the same one each time. */
  get body() {
    if (this.#stream === null && this.#bytes !== null) {
      const bytes = this.#bytes;
      this.#stream = streamOfBytes(() => bytes);
    }
    return this.#stream;
  }
  clone() {
    if (this.#used) throw new TypeError(`${this.constructor.name}.clone: Body has already been consumed.`);
    const copy = this.twin(this.#bytes);
    if (this.#stream === null) return copy;
    const [mine, theirs] = this.#stream.tee();
    this.#stream = mine;
    copy.#stream = theirs;
    return copy;
  }
  get bodyUsed() {
    return this.#used;
  }
  async bytes() {
    if (this.#used) throw new TypeError('Body is unusable: Body has already been read');
    this.#used = true;
    if (this.#stream !== null) return new Uint8Array(await readAll(this.#stream));
    return this.#bytes ?? new Uint8Array(0);
  }
  async arrayBuffer() {
    return (await this.bytes()).slice().buffer;
  }
  async text() {
    return decodeBytes(await this.bytes());
  }
  async json() {
    return JSON.parse(await this.text());
  }
  async blob() {
    return new Blob([await this.bytes()]);
  }
}

export class Request extends Body {
  constructor(input, o = {}) {
    super(o.body);
    this.url = String(new URL(typeof input === 'object' && 'url' in input ? input.url : String(input)));
    this.method = String(o.method ?? input.method ?? 'GET').toUpperCase();
    this.headers = new Headers(o.headers ?? input.headers);
    this.signal = o.signal ?? input.signal ?? null;
  }
  twin(body) {
    return new Request(this.url, { method: this.method, headers: this.headers, signal: this.signal, body });
  }
}

export class Response extends Body {
  constructor(body, o = {}) {
    super(body);
    this.status = o.status ?? 200;
    this.statusText = o.statusText ?? '';
    this.headers = new Headers(o.headers);
    this.url = '';
    this.redirected = false;
    this.type = 'default';
  }
  get ok() {
    return this.status >= 200 && this.status < 300;
  }
  twin(body) {
    return new Response(body, { status: this.status, statusText: this.statusText, headers: this.headers });
  }
  static json(value, o = {}) {
    return new Response(stringify(value), { ...o, headers: { 'content-type': 'application/json', ...o.headers } });
  }
  static error() {
    return Object.assign(new Response(null), { type: 'error', status: 0 });
  }
}

function failed(cause) {
  return new TypeError('fetch failed', cause === undefined ? undefined : { cause: new Error(cause) });
}

export async function fetch(input, o = {}) {
  const request = new Request(input, o);
  request.signal?.throwIfAborted?.();
  const body = Buffer.from(await request.bytes()).toString('utf8');
  return new Promise((resolve, reject) => {
    const { id } = expect((wake) => {
      if (!wake.ok) return reject(failed(wake.error.message === 'fetch failed' ? 'getaddrinfo ENOTFOUND' : wake.error.message));
      const output = parse(wake.output);
      return resolve(new Response(output.body ?? '', { status: output.status, headers: output.headers }));
    });
    host('fetch', { id, request: stringify({ url: request.url, method: request.method, headers: Object.fromEntries(request.headers), body }) });
    request.signal?.addEventListener('abort', () => forget(id) && reject(request.signal.reason), { once: true });
  });
}
