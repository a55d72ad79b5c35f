/** node:zlib: gzip, deflate and their opposites, sync, by callback and as streams; Brotli and Zstandard are not modelled. @source Node.js 22 docs, zlib */
import { Buffer, bytesOf, invalidArgument } from '../core/buffer.js';
import { setImmediate } from '../core/event-loop.js';
import { hostBytes, HostRefusal } from '../core/host.js';
import { refuses } from '../core/not-modelled.js';
import { Transform } from './stream.js';

const constants = { Z_NO_FLUSH: 0, Z_PARTIAL_FLUSH: 1, Z_SYNC_FLUSH: 2, Z_FULL_FLUSH: 3, Z_FINISH: 4, Z_BLOCK: 5, Z_OK: 0, Z_STREAM_END: 1, Z_NEED_DICT: 2, Z_ERRNO: -1, Z_STREAM_ERROR: -2, Z_DATA_ERROR: -3, Z_MEM_ERROR: -4, Z_BUF_ERROR: -5, Z_VERSION_ERROR: -6, Z_NO_COMPRESSION: 0, Z_BEST_SPEED: 1, Z_BEST_COMPRESSION: 9, Z_DEFAULT_COMPRESSION: -1, Z_FILTERED: 1, Z_HUFFMAN_ONLY: 2, Z_RLE: 3, Z_FIXED: 4, Z_DEFAULT_STRATEGY: 0, Z_DEFAULT_WINDOWBITS: 15, Z_DEFAULT_MEMLEVEL: 8, Z_DEFAULT_LEVEL: -1, DEFLATE: 1, INFLATE: 2, GZIP: 3, GUNZIP: 4, DEFLATERAW: 5, INFLATERAW: 6, UNZIP: 7 };

function failure({ code, message }) {
  if (code === 'TOO_LARGE') return Object.assign(new RangeError(`Cannot create a Buffer larger than ${message} bytes`), { code: 'ERR_BUFFER_TOO_LARGE' });
  return Object.assign(new Error(message), { errno: constants[code] ?? -1, code });
}

function transform(mode, input, o = {}) {
  if (typeof input !== 'string' && !ArrayBuffer.isView(input) && !(input instanceof ArrayBuffer)) throw invalidArgument('buffer', 'of type string or an instance of Buffer, TypedArray, DataView, or ArrayBuffer', input);
  if (o.dictionary !== undefined) refuses('zlib dictionaries')();
  try {
    const bytes = hostBytes('zlib', { mode, level: o.level ?? -1, bytesMax: o.maxOutputLength }, bytesOf(input));
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  } catch (error) {
    throw error instanceof HostRefusal ? failure(error.error) : error;
  }
}

function later(mode) {
  return (input, ...rest) => {
    const callback = rest[rest.length - 1];
    if (typeof callback !== 'function') throw invalidArgument('callback', 'of type function', callback);
    const o = rest.length > 1 ? rest[0] : {};
    setImmediate(() => {
      let result;
      try {
        result = transform(mode, input, o);
      } catch (error) {
        return callback(error);
      }
      return callback(null, result);
    });
  };
}

/** @simplified collects what it is given, and answers at its end */
class Zlib extends Transform {
  #mode;
  #options;
  #parts = [];
  bytesWritten = 0;
  constructor(mode, o = {}) {
    super(o);
    this.#mode = mode;
    this.#options = o;
  }
  _transform(chunk, encoding, callback) {
    const bytes = bytesOf(chunk, encoding);
    this.bytesWritten += bytes.length;
    this.#parts.push(bytes);
    callback();
  }
  _flush(callback) {
    try {
      callback(null, transform(this.#mode, Buffer.concat(this.#parts), this.#options));
    } catch (error) {
      callback(error);
    }
  }
  flush(...args) {
    const callback = args.find((item) => typeof item === 'function');
    if (callback !== undefined) setImmediate(callback);
  }
  close(callback) {
    this.destroy();
    if (typeof callback === 'function') setImmediate(callback);
  }
  reset() {
    this.#parts = [];
  }
}

const zlib = { constants, codes: Object.fromEntries(Object.entries(constants).filter(([name, value]) => value < 0 && name.startsWith('Z_'))) };
for (const [name, mode] of [['Gzip', 'gzip'], ['Gunzip', 'gunzip'], ['Deflate', 'deflate'], ['Inflate', 'inflate'], ['DeflateRaw', 'deflateRaw'], ['InflateRaw', 'inflateRaw'], ['Unzip', 'unzip']]) {
  const Class = {
    [name]: class extends Zlib {
      constructor(o) {
        super(mode, o);
      }
    },
  }[name];
  zlib[name] = Class;
  zlib[`create${name}`] = (o) => new Class(o);
  zlib[mode] = later(mode);
  zlib[`${mode}Sync`] = (input, o) => transform(mode, input, o);
}
zlib.crc32 = (data, value = 0) => new DataView(hostBytes('crc32', { value }, bytesOf(data)).buffer).getUint32(0);
for (const name of ['brotliCompress', 'brotliCompressSync', 'brotliDecompress', 'brotliDecompressSync', 'createBrotliCompress', 'createBrotliDecompress', 'zstdCompress', 'zstdCompressSync', 'zstdDecompress', 'zstdDecompressSync', 'createZstdCompress', 'createZstdDecompress']) zlib[name] = refuses(`zlib.${name}`);
export default zlib;
