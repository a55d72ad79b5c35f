/** Deflate and inflate of bytes with a preset dictionary, and with a bound on what comes out. */
import { deflateSync, Inflate } from 'fflate';

/** Only the last 32 KB of a dictionary can be referred to. */
const WINDOW_BYTES = 32_768;
/** Input is fed in small pieces, so that the bound is noticed before much more has been written. */
const PIECE_BYTES = 512;

export class InflateError extends Error {
  readonly reason: 'too-big' | 'damaged';
  constructor(reason: 'too-big' | 'damaged') {
    super(reason === 'too-big' ? 'what comes out is larger than allowed' : 'these bytes are damaged');
    this.name = 'InflateError';
    this.reason = reason;
  }
}

/** Raw deflate, level 9. */
export function deflate(bytes: Uint8Array, dictionary?: Uint8Array): Uint8Array {
  return deflateSync(bytes, { level: 9, mem: 12, ...(dictionary === undefined || dictionary.length === 0 ? {} : { dictionary: dictionary.slice(-WINDOW_BYTES) }) });
}

/** Inverse of `deflate` with the same dictionary. Throws InflateError. */
export function inflate(bytes: Uint8Array, bytesMax: number, dictionary?: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  const stream = new Inflate(dictionary === undefined || dictionary.length === 0 ? {} : { dictionary: dictionary.slice(-WINDOW_BYTES) }, (part, final) => {
    size += part.length;
    if (size > bytesMax) throw new InflateError('too-big');
    parts.push(part.slice());
    ended ||= final;
  });
  try {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) stream.push(bytes.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= bytes.length);
  } catch (error) {
    throw error instanceof InflateError ? error : new InflateError('damaged');
  }
  if (!ended) throw new InflateError('damaged');
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
