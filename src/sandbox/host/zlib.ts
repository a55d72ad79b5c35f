/** zlib for the guest, at the host's speed and within its memory: gzip, deflate and raw, both ways. What is compressed twice is the same bytes everywhere. @source RFC 1950, 1951, 1952; Node.js 22 docs, zlib */
import { deflateSync, gzipSync, Inflate, zlibSync } from 'fflate';

/** A failure with zlib's name, number and text. */
export class ZlibError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export type ZlibMode = 'gzip' | 'deflate' | 'deflateRaw' | 'gunzip' | 'inflate' | 'inflateRaw' | 'unzip';
const MODES: readonly string[] = ['gzip', 'deflate', 'deflateRaw', 'gunzip', 'inflate', 'inflateRaw', 'unzip'];
export const isZlibMode = (text: unknown): text is ZlibMode => MODES.includes(String(text));
export const compresses = (mode: ZlibMode): boolean => mode === 'gzip' || mode === 'deflate' || mode === 'deflateRaw';

type Level = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
/** Input goes in by parts, so that a bomb is noticed early: one part makes at most 1,032 times its size. */
const PART_BYTES = 4_096;

/**
 * The compressed or decompressed bytes.
 * @param o.bytesMax no more output than that, in bytes
 * @throws ZlibError; its code is `TOO_LARGE` when the output is larger than bytesMax
 */
export function zlib(mode: ZlibMode, bytes: Uint8Array, o: { readonly level: number; readonly bytesMax: number }): Uint8Array {
  const level = (o.level < 0 || o.level > 9 ? 6 : Math.floor(o.level)) as Level;
  switch (mode) {
    case 'gzip':
      return gzipSync(bytes, { level, mtime: 0 });
    case 'deflate':
      return zlibSync(bytes, { level });
    case 'deflateRaw':
      return deflateSync(bytes, { level });
    case 'inflateRaw':
      return inflate(bytes, o.bytesMax);
    case 'gunzip':
      return gunzip(bytes, o.bytesMax);
    case 'inflate':
      return unwrap(bytes, o.bytesMax);
    default:
      return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzip(bytes, o.bytesMax) : unwrap(bytes, o.bytesMax);
  }
}

const wrongHeader = (): ZlibError => new ZlibError('Z_DATA_ERROR', 'incorrect header check');
const tooShort = (): ZlibError => new ZlibError('Z_BUF_ERROR', 'unexpected end of file');
/** fflate's numbers of failures → zlib's texts. */
const TEXTS: Readonly<Record<number, string>> = { 1: 'invalid block type', 2: 'invalid literal/length code', 3: 'invalid distance too far back' };

function inflate(bytes: Uint8Array, bytesMax: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let size = 0;
  let over = false;
  const engine = new Inflate((part, final) => {
    parts.push(part.slice());
    size += part.length;
    over ||= final;
    if (size > bytesMax) throw new ZlibError('TOO_LARGE', String(bytesMax));
  });
  try {
    for (let at = 0; at < bytes.length || at === 0; at += PART_BYTES) engine.push(bytes.slice(at, at + PART_BYTES), at + PART_BYTES >= bytes.length);
  } catch (error) {
    if (error instanceof ZlibError) throw error;
    const code = (error as { code?: number }).code ?? 0;
    throw TEXTS[code] === undefined ? tooShort() : new ZlibError('Z_DATA_ERROR', TEXTS[code]);
  }
  if (!over) throw tooShort();
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** One gzip member. @simplified what follows it is not read */
function gunzip(bytes: Uint8Array, bytesMax: number): Uint8Array {
  if (bytes.length > 0 && (bytes[0] !== 0x1f || (bytes.length > 1 && bytes[1] !== 0x8b))) throw wrongHeader();
  if (bytes.length < 18) throw tooShort();
  if (bytes[2] !== 8) throw new ZlibError('Z_DATA_ERROR', 'unknown compression method');
  const flags = bytes[3]!;
  let from = 10;
  if (flags & 4) from += 2 + bytes[from]! + bytes[from + 1]! * 256;
  for (const flag of [8, 16]) if (flags & flag) from = bytes.indexOf(0, from) + 1;
  if (flags & 2) from += 2;
  if (from < 10 || from > bytes.length - 8) throw tooShort();
  const out = inflate(bytes.subarray(from, bytes.length - 8), bytesMax);
  const view = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 8, 8);
  if (view.getUint32(0, true) !== crc32(out, 0)) throw new ZlibError('Z_DATA_ERROR', 'incorrect data check');
  if (view.getUint32(4, true) !== out.length >>> 0) throw new ZlibError('Z_DATA_ERROR', 'incorrect length check');
  return out;
}

function unwrap(bytes: Uint8Array, bytesMax: number): Uint8Array {
  if (bytes.length >= 2 && ((bytes[0]! & 15) !== 8 || (bytes[0]! * 256 + bytes[1]!) % 31 !== 0)) throw wrongHeader();
  if (bytes.length < 6) throw tooShort();
  const out = inflate(bytes.subarray(2, bytes.length - 4), bytesMax);
  if (new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0) !== adler32(out)) throw new ZlibError('Z_DATA_ERROR', 'incorrect data check');
  return out;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 of bytes, going on from an earlier one. @source RFC 1952 §8 */
export function crc32(bytes: Uint8Array, before: number): number {
  let crc = ~before;
  for (let i = 0; i < bytes.length; i++) crc = CRC_TABLE[(crc ^ bytes[i]!) & 255]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** @source RFC 1950 §8.2 */
function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let i = 0; i < bytes.length; i++) {
    a = (a + bytes[i]!) % 65_521;
    b = (b + a) % 65_521;
  }
  return ((b << 16) | a) >>> 0;
}
