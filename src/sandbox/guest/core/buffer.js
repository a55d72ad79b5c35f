/** Buffer, TextEncoder, TextDecoder, atob and btoa: the well-known `buffer` package, with long texts encoded by the host. */
import { Buffer, SlowBuffer, kMaxLength } from 'buffer/';
import { hostBytes } from './host.js';

export { Buffer, SlowBuffer, kMaxLength };

/** Shorter texts are quicker without the host. */
const SHORT = 48;
/** What one host call takes. */
const HOST_CHARS_MAX = 2_000_000;
const NAMES = { __proto__: null, utf8: 'utf8', 'utf-8': 'utf8', base64: 'base64', base64url: 'base64url', hex: 'hex', latin1: 'latin1', binary: 'latin1' };

/** UTF-8 bytes of a text of any length. */
export function encodeText(text, encoding = 'utf8') {
  if (text.length <= HOST_CHARS_MAX) return hostBytes('text.encode', { text, encoding });
  const parts = [];
  // Cut on multiples of 4 (base64), never inside a surrogate pair.
  for (let at = 0; at < text.length; ) {
    let end = Math.min(text.length, at + HOST_CHARS_MAX);
    const last = text.charCodeAt(end - 1);
    if (encoding === 'utf8' && end < text.length && last >= 0xd800 && last < 0xdc00) end--;
    parts.push(hostBytes('text.encode', { text: text.slice(at, end), encoding }));
    at = end;
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Text of bytes. */
export function decodeBytes(bytes, encoding = 'utf8') {
  return bytes.length === 0 ? '' : hostBytes('text.decode', { encoding }, bytes);
}

const asBuffer = (bytes) => Object.setPrototypeOf(bytes, Buffer.prototype);
const plainFrom = Buffer.from;
const plainToString = Buffer.prototype.toString;
const plainByteLength = Buffer.byteLength;
const plainIsEncoding = Buffer.isEncoding;
const hostEncoding = (encoding) => (encoding === undefined || encoding === null ? 'utf8' : NAMES[String(encoding).toLowerCase()]);

Buffer.from = function from(value, encodingOrOffset, length) {
  if (typeof value === 'string') {
    const encoding = hostEncoding(encodingOrOffset);
    if (encoding === 'base64url' || (encoding !== undefined && value.length > SHORT)) return asBuffer(encodeText(value, encoding));
  }
  return plainFrom(value, encodingOrOffset, length);
};
Buffer.prototype.toString = function toString(encodingName, start = 0, end = this.length) {
  const encoding = hostEncoding(encodingName);
  const from = Math.max(0, start | 0);
  const to = Math.min(this.length, end === undefined ? this.length : end);
  if (encoding === 'base64url' || (encoding !== undefined && to - from > SHORT)) return decodeBytes(this.subarray(from, to), encoding);
  return plainToString.call(this, encodingName, from, to);
};
const { fill: fillBytes } = Uint8Array.prototype;
const plainFill = Buffer.prototype.fill;
Buffer.prototype.fill = function fill(value, ...rest) {
  return typeof value === 'number' && rest.every((item) => typeof item === 'number') ? fillBytes.call(this, value & 255, ...rest) : plainFill.call(this, value, ...rest);
};
/** @source Node.js: Buffer's own inspect, INSPECT_MAX_BYTES 50 */
Object.defineProperty(Buffer.prototype, Symbol.for('nodejs.util.inspect.custom'), {
  value() {
    const hex = plainToString.call(this, 'hex', 0, 50).replace(/(.{2})/g, '$1 ').trim();
    const rest = this.length > 50 ? ` ... ${this.length - 50} more byte${this.length > 51 ? 's' : ''}` : '';
    return `<Buffer${hex === '' ? '' : ` ${hex}`}${rest}>`;
  },
  writable: true,
  configurable: true,
});
Buffer.prototype.toLocaleString = Buffer.prototype.toString;
Buffer.byteLength = function byteLength(value, encoding) {
  if (typeof value === 'string' && hostEncoding(encoding) === 'base64url') return Math.floor((value.replace(/=+$/, '').length * 3) / 4);
  return plainByteLength(value, encoding);
};
Buffer.isEncoding = (encoding) => encoding === 'base64url' || plainIsEncoding(encoding);

export class TextEncoder {
  get encoding() {
    return 'utf-8';
  }
  encode(text = '') {
    const whole = String(text);
    return whole.length > SHORT ? encodeText(whole) : new Uint8Array(plainFrom(whole, 'utf8'));
  }
  encodeInto(text, target) {
    let read = 0;
    let written = 0;
    for (const char of String(text)) {
      const bytes = plainFrom(char, 'utf8');
      if (written + bytes.length > target.length) break;
      target.set(bytes, written);
      written += bytes.length;
      read += char.length;
    }
    return { read, written };
  }
}

const LABELS = { __proto__: null, 'utf-8': 'utf8', utf8: 'utf8', 'unicode-1-1-utf-8': 'utf8', latin1: 'latin1', 'iso-8859-1': 'latin1', ascii: 'latin1', 'us-ascii': 'latin1', 'windows-1252': 'latin1', 'utf-16le': 'utf16le', utf16le: 'utf16le' };

export class TextDecoder {
  #encoding;
  #kept = new Uint8Array(0);
  #started = false;
  constructor(label = 'utf-8', o = {}) {
    this.#encoding = LABELS[String(label).trim().toLowerCase()];
    if (this.#encoding === undefined) {
      const error = new RangeError(`The "${label}" encoding is not supported`);
      error.code = 'ERR_ENCODING_NOT_SUPPORTED';
      throw error;
    }
    this.fatal = o.fatal === true;
    this.ignoreBOM = o.ignoreBOM === true;
  }
  get encoding() {
    return { utf8: 'utf-8', latin1: 'windows-1252', utf16le: 'utf-16le' }[this.#encoding];
  }
  decode(input = new Uint8Array(0), o = {}) {
    let bytes = ArrayBuffer.isView(input) ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength) : new Uint8Array(input);
    if (this.#kept.length > 0) {
      bytes = Buffer.concat([this.#kept, bytes]);
      this.#kept = new Uint8Array(0);
    }
    if (o.stream === true && this.#encoding === 'utf8') {
      const cut = incompleteTail(bytes);
      this.#kept = bytes.slice(bytes.length - cut);
      bytes = bytes.subarray(0, bytes.length - cut);
    }
    if (this.fatal && this.#encoding === 'utf8' && !isUtf8(bytes)) {
      const error = new TypeError(`The encoded data was not valid for encoding ${this.encoding}`);
      error.code = 'ERR_ENCODING_INVALID_ENCODED_DATA';
      throw error;
    }
    let text = this.#encoding === 'utf16le' ? plainToString.call(plainFrom(bytes), 'utf16le') : decodeBytes(bytes, this.#encoding);
    if (!this.ignoreBOM && !this.#started && text.charCodeAt(0) === 0xfeff) text = text.slice(1);
    this.#started = o.stream === true;
    return text;
  }
}

/** Bytes at the end that are the beginning of a character. */
export function incompleteTail(bytes) {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if ((byte & 0xc0) === 0x80) continue;
    const need = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return need > back ? back : 0;
  }
  return 0;
}

function isUtf8(bytes) {
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i];
    const more = byte < 0x80 ? 0 : byte >= 0xc2 && byte < 0xe0 ? 1 : byte >= 0xe0 && byte < 0xf0 ? 2 : byte >= 0xf0 && byte < 0xf5 ? 3 : -1;
    if (more < 0 || i + more >= bytes.length + 0) return more === 0 && i < bytes.length;
    for (let k = 1; k <= more; k++) if ((bytes[i + k] & 0xc0) !== 0x80) return false;
    if ((byte === 0xe0 && bytes[i + 1] < 0xa0) || (byte === 0xed && bytes[i + 1] > 0x9f) || (byte === 0xf0 && bytes[i + 1] < 0x90) || (byte === 0xf4 && bytes[i + 1] > 0x8f)) return false;
    i += more + 1;
  }
  return true;
}
Buffer.isUtf8 = (input) => isUtf8(new Uint8Array(input.buffer ?? input));

function invalidCharacter() {
  return new DOMException('Invalid character', 'InvalidCharacterError');
}
export function btoa(value) {
  const text = String(value);
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 255) throw invalidCharacter();
  return Buffer.from(text, 'latin1').toString('base64');
}
export function atob(value) {
  const text = String(value).replace(/[\t\n\f\r ]/g, '');
  if (/[^A-Za-z0-9+/=]/.test(text) || text.replace(/={1,2}$/, '').includes('=') || text.replace(/=+$/, '').length % 4 === 1) throw new DOMException('The string to be decoded is not correctly encoded.', 'InvalidCharacterError');
  return Buffer.from(text, 'base64').toString('latin1');
}

/** Any view, ArrayBuffer, Buffer or text as bytes. */
export function bytesOf(value, encoding) {
  if (typeof value === 'string') return Buffer.from(value, encoding);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (Array.isArray(value)) return Uint8Array.from(value);
  throw invalidArgument('data', 'of type string or an instance of Buffer, TypedArray, or DataView', value);
}

/** Node's ERR_INVALID_ARG_TYPE. */
export function invalidArgument(name, expected, value) {
  const received = value === null || value === undefined ? ` Received ${value}` : typeof value === 'function' ? ` Received function ${value.name}` : typeof value === 'object' ? ` Received an instance of ${value.constructor?.name ?? 'Object'}` : ` Received type ${typeof value} (${typeof value === 'string' ? `'${value.slice(0, 25)}${value.length > 25 ? '...' : ''}'` : String(value)})`;
  const error = new TypeError(`The "${name}" argument must be ${expected}.${received}`);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}
