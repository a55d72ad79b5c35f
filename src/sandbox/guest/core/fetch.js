/** fetch, Headers, Request, Response, Blob and FormData's absence: requests are effects, answered by the hosts that the simulated cloud has. */
import { Buffer, TextEncoder, bytesOf, decodeBytes } from './buffer.js';
import { expect, forget } from './event-loop.js';
import { host, HostRefusal, parse, stringify } from './host.js';
import { NotModelled } from './not-modelled.js';
import { withPlaces } from './stacks.js';
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
  getSetCookie() {
    return this.#map.has('set-cookie') ? [this.#map.get('set-cookie')] : [];
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

/** Type that a body has unless told. @source Fetch standard, extract a body */
function typeOf(body) {
  if (typeof body === 'string') return 'text/plain;charset=UTF-8';
  if (body instanceof URLSearchParams) return 'application/x-www-form-urlencoded;charset=UTF-8';
  return body instanceof Blob && body.type !== '' ? body.type : undefined;
}

function headersFor(given, body) {
  const headers = new Headers(given);
  const type = typeOf(body);
  if (type !== undefined && !headers.has('content-type')) headers.set('content-type', type);
  return headers;
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
  /** The content for another request; this one's is used then. */
  takenBody() {
    if (this.#bytes === null && this.#stream === null) return undefined;
    if (this.#used) throw new TypeError('Cannot construct a Request with a Request object that has already been used.');
    this.#used = true;
    return this.#stream ?? this.#bytes;
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

function parsedUrl(text) {
  try {
    return new URL(text);
  } catch (cause) {
    throw new TypeError(`Failed to parse URL from ${text}`, { cause });
  }
}

const REDIRECT_MODES = ['follow', 'error', 'manual'];

export class Request extends Body {
  constructor(input, o = {}) {
    const from = input instanceof Request ? input : undefined;
    const method = String(o.method ?? from?.method ?? 'GET');
    const isPlain = /^(get|head|post|put|delete|options)$/i.test(method);
    const body = o.body ?? (o.body === null ? null : from?.takenBody());
    if (body !== undefined && body !== null && /^(get|head)$/i.test(method)) throw new TypeError('Request with GET/HEAD method cannot have body.');
    if (o.redirect !== undefined && !REDIRECT_MODES.includes(o.redirect)) throw new TypeError(`Request constructor: ${String(o.redirect)} is not an accepted type. Expected one of follow, error, manual.`);
    super(body);
    this.url = from === undefined ? parsedUrl(String(input)).href : from.url;
    this.method = isPlain ? method.toUpperCase() : method;
    this.headers = headersFor(o.headers ?? from?.headers, o.body);
    this.signal = o.signal ?? from?.signal ?? null;
    this.redirect = o.redirect ?? from?.redirect ?? 'follow';
  }
  twin(body) {
    return new Request(this.url, { method: this.method, headers: this.headers, signal: this.signal, redirect: this.redirect, ...(body === null ? {} : { body }) });
  }
}

const NULL_BODY = [101, 103, 204, 205, 304];

export class Response extends Body {
  constructor(body, o = {}) {
    const status = o.status ?? 200;
    if (!(status >= 200 && status <= 599)) throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
    if (body !== null && body !== undefined && NULL_BODY.includes(status)) throw new TypeError('Response with null body status cannot have body');
    super(body);
    this.status = status;
    this.statusText = o.statusText ?? '';
    this.headers = headersFor(o.headers, body);
    this.url = '';
    this.redirected = false;
    this.type = 'default';
  }
  get ok() {
    return this.status >= 200 && this.status < 300;
  }
  twin(body) {
    const { status, statusText, headers, url, redirected, type } = this;
    return Object.assign(new Response(body, { status, statusText, headers }), { url, redirected, type });
  }
  static json(value, o = {}) {
    return new Response(stringify(value), { ...o, headers: { 'content-type': 'application/json', ...o.headers } });
  }
  static error() {
    return Object.assign(new Response(null), { type: 'error', status: 0 });
  }
  static redirect(url, status = 302) {
    return new Response(null, { status, headers: { location: parsedUrl(String(url)).href } });
  }
}

/** Phrases of HTTP/1.1. @source Node.js docs, http.STATUS_CODES */
const PHRASES = { 200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'No Content', 206: 'Partial Content', 301: 'Moved Permanently', 302: 'Found', 303: 'See Other', 304: 'Not Modified', 307: 'Temporary Redirect', 308: 'Permanent Redirect', 400: 'Bad Request', 401: 'Unauthorized', 402: 'Payment Required', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 406: 'Not Acceptable', 408: 'Request Timeout', 409: 'Conflict', 410: 'Gone', 412: 'Precondition Failed', 413: 'Payload Too Large', 415: 'Unsupported Media Type', 418: "I'm a Teapot", 422: 'Unprocessable Entity', 423: 'Locked', 425: 'Too Early', 428: 'Precondition Required', 429: 'Too Many Requests', 500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Gateway Timeout' };
const REDIRECTS = [301, 302, 303, 307, 308];
const REDIRECTS_MAX = 20;

const failed = (cause) => new TypeError('fetch failed', { cause });

/** The error that Node's fetch has as its cause. */
function causeOf(error) {
  const { name, ...data } = error.data === undefined ? {} : parse(error.data);
  const cause = Object.assign(new Error(error.message), data);
  if (typeof name === 'string') Object.defineProperty(cause, 'name', { value: name, configurable: true, writable: true });
  return cause;
}

/** One request and its answer, redirects not followed. */
function exchange({ url, method, headers, body, signal }) {
  return new Promise((resolve, reject) => {
    const { id } = expect((wake) => {
      signal?.removeEventListener('abort', onAbort);
      if (wake.ok) resolve(parse(wake.output));
      else if (wake.error.name === 'NotModelled') reject(Object.assign(new NotModelled('fetch'), { message: wake.error.message }));
      else reject(failed(causeOf(wake.error)));
    });
    const onAbort = () => {
      if (forget(id)) reject(signal.reason);
    };
    try {
      host('fetch', { id, request: stringify({ url, method, headers: Object.fromEntries(headers), body }) });
    } catch (error) {
      forget(id);
      reject(error instanceof HostRefusal ? new NotModelled(`a request of ${body.length} characters`, 'The sandbox takes up to 8 MiB of JSON.') : error);
    }
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** The request that a redirect leads to. @source Fetch standard, HTTP-redirect fetch */
function redirected(request, output) {
  const { status } = output;
  let { method, body, headers } = request;
  if ((status === 303 && method !== 'GET' && method !== 'HEAD') || ((status === 301 || status === 302) && method === 'POST')) {
    method = 'GET';
    body = '';
    headers = new Headers([...headers].filter(([name]) => !name.startsWith('content-')));
  }
  const url = parsedUrl(String(new URL(output.headers.location, request.url)));
  if (url.origin !== new URL(request.url).origin) headers = new Headers([...headers].filter(([name]) => !['authorization', 'cookie', 'proxy-authorization', 'host'].includes(name)));
  return { ...request, url: url.href, method, body, headers };
}

async function fetchAll(request) {
  let current = { url: request.url, method: request.method, headers: request.headers, body: Buffer.from(await request.bytes()).toString('utf8'), signal: request.signal };
  for (let hops = 0; ; hops++) {
    request.signal?.throwIfAborted?.();
    const { protocol } = new URL(current.url);
    if (protocol === 'data:' || protocol === 'blob:' || protocol === 'about:') throw new NotModelled(`fetch of ${protocol} URLs`);
    if (protocol !== 'https:' && protocol !== 'http:') throw failed(new Error(protocol === 'file:' ? 'not implemented... yet...' : 'unknown scheme'));
    const output = await exchange(current);
    const { status, headers, body } = output;
    if (!REDIRECTS.includes(status) || headers.location === undefined || request.redirect === 'manual') {
      const response = new Response(NULL_BODY.includes(status) ? null : body, { status, statusText: PHRASES[status] ?? '', headers });
      if (headers['content-type'] === undefined) response.headers.delete('content-type');
      return Object.assign(response, { url: String(current.url).split('#')[0], redirected: hops > 0, type: 'basic' });
    }
    if (request.redirect === 'error') throw failed(new Error('unexpected redirect'));
    if (hops === REDIRECTS_MAX) throw failed(new Error('redirect count exceeded'));
    current = redirected(current, output);
  }
}

export function fetch(input, o = undefined) {
  let request;
  try {
    request = new Request(input, o ?? {});
  } catch (error) {
    return Promise.reject(error);
  }
  return withPlaces(fetchAll(request));
}
