/** Values of the SDK on their way over the border: bytes, blobs, dates and streams (see sim/values.ts). */
import { Buffer, bytesOf, decodeBytes } from './buffer.js';
import { hostBytes, record } from './host.js';
import { addTick } from './event-loop.js';
import { typedArrayName } from './inspect.js';
import { BLOB_SOURCE, Readable } from '../modules/stream.js';
import { Blob } from './fetch.js';
import { toWeb } from './web-streams.js';

/** More bytes than these go to the host's store; only their name crosses. */
const INLINE_BYTES_MAX = 1024;

export function bytesIn(bytes) {
  if (bytes.length <= INLINE_BYTES_MAX) return record({ $bytes: Buffer.from(bytes).toString('base64') });
  return record({ $blob: hostBytes('blob.put', {}, bytes) });
}

/** Plain data for a call's input. Streams must have been read before (`prepareInput`), unless their content is a blob. */
export function toPlain(value) {
  if (value === null || typeof value !== 'object') return typeof value === 'bigint' ? Number(value) : value;
  if (value instanceof Date) return record({ $date: value.getTime() });
  if (typedArrayName(value) !== undefined || value instanceof ArrayBuffer) return bytesIn(bytesOf(value));
  if (value instanceof PreparedBlob) return record({ $blob: value.blob });
  if (Array.isArray(value)) {
    const list = [];
    for (let i = 0; i < value.length; i++) list[i] = toPlain(value[i]);
    return list;
  }
  const plain = Object.create(null);
  for (const name of Object.keys(value)) {
    if (value[name] !== undefined && typeof value[name] !== 'function') plain[name] = toPlain(value[name]);
  }
  return plain;
}

/** Bytes that lie in the host's store. */
export class PreparedBlob {
  constructor(blob) {
    this.blob = blob;
  }
}

const isStream = (value) => typeof value === 'object' && value !== null && (value instanceof Readable || typeof value[Symbol.asyncIterator] === 'function');

/** Takes streams out of an input: by their blob when they are untouched, else by reading them to their end. */
export async function prepareInput(input) {
  if (typeof input !== 'object' || input === null) return input;
  for (const name of Object.keys(input)) {
    const value = input[name];
    if (!isStream(value) && !(value instanceof Blob)) continue;
    return prepareInput({ ...input, [name]: await readWhole(value) });
  }
  return input;
}

async function readWhole(value) {
  if (value instanceof Blob) return value.bytes();
  const blob = takeBlob(value);
  if (blob !== undefined) return new PreparedBlob(blob);
  const parts = [];
  for await (const part of value) parts.push(typeof part === 'string' ? Buffer.from(part) : Buffer.from(bytesOf(part)));
  return Buffer.concat(parts);
}

export function takeBlob(stream) {
  if (typeof stream[BLOB_SOURCE] !== 'function' || stream._r?.touched) return undefined;
  const blob = stream[BLOB_SOURCE]();
  if (blob === undefined) return undefined;
  stream._r.touched = true;
  addTick(() => stream.destroy(), []);
  return blob;
}

/** The body of an object: a stream whose bytes stay on the host until they are asked for. */
export class BlobBody extends Readable {
  #blob;
  #at = 0;
  constructor(blob) {
    super({ highWaterMark: 65_536 });
    this.#blob = blob;
    this.statusCode = 200;
    Object.defineProperty(this, 'statusCode', { enumerable: false });
  }
  [BLOB_SOURCE]() {
    return this.#at === 0 ? this.#blob : undefined;
  }
  _read(size) {
    const end = Math.min(this.#blob.size, this.#at + size);
    if (this.#at >= end) return void this.push(null);
    const bytes = readBlob(this.#blob, this.#at, end);
    this.#at = end;
    this.push(Buffer.from(bytes.buffer));
  }
  #whole() {
    if (this._r.touched) throw new Error('The stream has already been transformed.');
    this._r.touched = true;
    const bytes = readBlob(this.#blob);
    this._r.ended = true;
    addTick(() => this.destroy(), []);
    return bytes;
  }
  async transformToByteArray() {
    return this.#whole();
  }
  async transformToString(encoding) {
    const bytes = this.#whole();
    return decodeBytes(bytes, encoding === undefined || /^utf-?8$/i.test(encoding) ? 'utf8' : encoding);
  }
  transformToWebStream() {
    if (this._r.touched) throw new Error('The stream has been consumed by other callbacks.');
    return toWeb(this);
  }
}

export function readBlob(blob, from, to) {
  return hostBytes('blob.read', { sha256: blob.sha256, from: from ?? 0, to: to ?? blob.size });
}

/** Bytes with the SDK's way to text: payloads of Lambda. */
class PayloadBytes extends Uint8Array {
  static get [Symbol.species]() {
    return Uint8Array;
  }
  transformToString(encoding = 'utf8') {
    return decodeBytes(this, /^utf-?8$/i.test(encoding) ? 'utf8' : encoding);
  }
}

/** The SDK's values from a reply. */
export function fromPlain(value, o) {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => fromPlain(item, o));
  if (typeof value.$blob === 'object' && value.$blob !== null) {
    if (o.service === 's3') return new BlobBody(value.$blob);
    return new PayloadBytes(readBlob(value.$blob));
  }
  if (typeof value.$bytes === 'string') return new PayloadBytes(Buffer.from(value.$bytes, 'base64'));
  if (typeof value.$date === 'number') return new Date(value.$date);
  const object = {};
  for (const name of Object.keys(value)) Object.defineProperty(object, name, { value: fromPlain(value[name], o), writable: true, enumerable: true, configurable: true });
  return object;
}
