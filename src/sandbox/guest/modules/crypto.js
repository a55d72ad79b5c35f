/** node:crypto and the global crypto: digests by the host, chance by the process's seed. @source Node.js 22 docs, crypto */
import { Buffer, bytesOf, invalidArgument } from '../core/buffer.js';
import { setImmediate } from '../core/event-loop.js';
import { hostBytes } from '../core/host.js';
import { randomBytes as fresh, randomUUID } from '../core/random.js';
import { refuses } from '../core/not-modelled.js';
import { Transform } from './stream.js';

const ALGORITHMS = { __proto__: null, md5: 'md5', sha1: 'sha1', 'sha-1': 'sha1', sha256: 'sha256', 'sha-256': 'sha256', sha384: 'sha384', 'sha-384': 'sha384', sha512: 'sha512', 'sha-512': 'sha512' };
const asBuffer = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function algorithmOf(name) {
  if (typeof name !== 'string') throw invalidArgument('algorithm', 'of type string', name);
  const algorithm = ALGORITHMS[name.toLowerCase()];
  if (algorithm === undefined) throw Object.assign(new Error('Digest method not supported'), { code: 'ERR_CRYPTO_INVALID_DIGEST' });
  return algorithm;
}

/** What Hash and Hmac share: parts are kept until the digest. */
class Digest extends Transform {
  #algorithm;
  #key;
  #parts = [];
  #done = false;
  constructor(algorithm, key) {
    super();
    this.#algorithm = algorithmOf(algorithm);
    this.#key = key;
  }
  update(data, encoding) {
    if (this.#done) throw Object.assign(new Error('Digest already called'), { code: 'ERR_CRYPTO_HASH_FINALIZED' });
    this.#parts.push(typeof data === 'string' ? Buffer.from(data, encoding) : Buffer.from(bytesOf(data)));
    return this;
  }
  digest(encoding) {
    if (this.#done) throw Object.assign(new Error('Digest already called'), { code: 'ERR_CRYPTO_HASH_FINALIZED' });
    this.#done = true;
    const digest = asBuffer(digestOf(this.#algorithm, Buffer.concat(this.#parts), this.#key));
    return encoding === undefined || encoding === 'buffer' ? digest : digest.toString(encoding);
  }
  copy() {
    const twin = new Digest(this.#algorithm, this.#key);
    for (const part of this.#parts) twin.update(part);
    return twin;
  }
  _transform(chunk, encoding, callback) {
    this.update(chunk, encoding);
    callback();
  }
  _flush(callback) {
    callback(null, this.digest());
  }
}

function digestOf(algorithm, bytes, key) {
  return hostBytes('hash', key === undefined ? { algorithm } : { algorithm, hmacKey: Buffer.from(key).toString('hex') }, bytes);
}

export const createHash = (algorithm) => new Digest(algorithm);
export function createHmac(algorithm, key) {
  return new Digest(algorithm, bytesOf(key));
}
export function hash(algorithm, data, encoding = 'hex') {
  const digest = asBuffer(digestOf(algorithmOf(algorithm), bytesOf(data)));
  return encoding === 'buffer' ? digest : digest.toString(encoding);
}

export function randomBytes(size, callback) {
  const bytes = asBuffer(fresh(size));
  if (typeof callback !== 'function') return bytes;
  setImmediate(() => callback(null, bytes));
  return undefined;
}

/** In elements of the view, as Node counts them. */
export function randomFillSync(view, offset = 0, size = undefined) {
  const width = view.BYTES_PER_ELEMENT ?? 1;
  const bytes = size === undefined ? view.byteLength - offset * width : size * width;
  const whole = ArrayBuffer.isView(view) ? new Uint8Array(view.buffer, view.byteOffset + offset * width, bytes) : new Uint8Array(view, offset, bytes);
  whole.set(fresh(bytes));
  return view;
}
export function randomFill(view, ...rest) {
  const callback = rest.pop();
  randomFillSync(view, ...rest);
  setImmediate(() => callback(null, view));
}

export function randomInt(low, high, callback) {
  const [from, to, done] = typeof high === 'number' ? [low, high, callback] : [0, low, high];
  if (!(to > from)) throw Object.assign(new RangeError(`The value of "max" is out of range. It must be greater than the value of "min" (${from}). Received ${to}`), { code: 'ERR_OUT_OF_RANGE' });
  const range = to - from;
  const limit = 2 ** 48 - (2 ** 48 % range);
  let drawn;
  do drawn = asBuffer(fresh(6)).readUIntBE(0, 6);
  while (drawn >= limit);
  const value = from + (drawn % range);
  if (typeof done !== 'function') return value;
  setImmediate(() => done(null, value));
  return undefined;
}

export function getRandomValues(view) {
  if (!ArrayBuffer.isView(view)) throw new TypeError("Failed to execute 'getRandomValues' on 'Crypto': parameter 1 is not of type 'ArrayBufferView'.");
  if (view.byteLength > 65_536) throw new DOMException('The requested length exceeds 65,536 bytes', 'QuotaExceededError');
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(fresh(view.byteLength));
  return view;
}

export function timingSafeEqual(a, b) {
  if (a.byteLength !== b.byteLength) throw Object.assign(new RangeError('Input buffers must have the same byte length'), { code: 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH' });
  const [x, y] = [bytesOf(a), bytesOf(b)];
  let difference = 0;
  for (let i = 0; i < x.length; i++) difference |= x[i] ^ y[i];
  return difference === 0;
}

const exactly = (bytes) => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
class HmacKey {
  constructor(bytes, algorithm) {
    Object.defineProperty(this, 'bytes', { value: bytes, enumerable: false });
    this.type = 'secret';
    this.algorithm = algorithm;
  }
}
const hashName = (algorithm) => algorithmOf(typeof algorithm === 'string' ? algorithm : (algorithm.hash?.name ?? algorithm.hash ?? algorithm.name));

export const subtle = {
  digest: async (algorithm, data) => exactly(digestOf(hashName(algorithm), bytesOf(data))),
  importKey: async (format, data, algorithm) => {
    if (format !== 'raw' || (algorithm.name ?? algorithm) !== 'HMAC') refuses('crypto.subtle.importKey of other keys than raw HMAC keys')();
    return new HmacKey(Buffer.from(bytesOf(data)), algorithm);
  },
  sign: async (_algorithm, key, data) => exactly(digestOf(hashName(key.algorithm), bytesOf(data), key.bytes)),
  verify: async (_algorithm, key, signature, data) => Buffer.from(bytesOf(signature)).equals(asBuffer(digestOf(hashName(key.algorithm), bytesOf(data), key.bytes))),
};
for (const name of ['encrypt', 'decrypt', 'deriveKey', 'deriveBits', 'generateKey', 'exportKey', 'wrapKey', 'unwrapKey']) subtle[name] = async () => refuses(`crypto.subtle.${name}`)();

export const webcrypto = { subtle, getRandomValues, randomUUID };
const crypto = { createHash, createHmac, hash, randomBytes, randomInt, randomUUID, getRandomValues, timingSafeEqual, subtle, webcrypto, Hash: Digest, Hmac: Digest, getHashes: () => ['md5', 'sha1', 'sha256', 'sha384', 'sha512'], randomFillSync, randomFill };
for (const name of ['createCipheriv', 'createDecipheriv', 'createSign', 'createVerify', 'pbkdf2', 'pbkdf2Sync', 'scrypt', 'scryptSync', 'generateKeyPair', 'generateKeyPairSync', 'createPublicKey', 'createPrivateKey', 'publicEncrypt', 'privateDecrypt', 'hkdf', 'hkdfSync']) crypto[name] = refuses(`crypto.${name}`);
export default crypto;
