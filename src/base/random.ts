/** Seeded random streams: each (seed, name) has its own, so that a new consumer never shifts another's luck. Not for secrets. */
import { sha256Bytes } from './hash.ts';
import { cos, exp, log } from './math.ts';

/** The whole state of a stream: four unsigned 32-bit integers. */
export type RandomState = readonly [number, number, number, number];

export interface RandomStream {
  /** Uniform integer in 0 … 2^32 - 1. One draw. */
  nextUint32(): number;
  /** Uniform in [0, 1) with 53 bits. Two draws. */
  float(): number;
  /** Uniform integer in 0 … n - 1. @param n integer, 1 … 2^31. Two draws. */
  int(n: number): number;
  /** Exponentially distributed with that mean, in the mean's unit. */
  exponential(mean: number): number;
  /** Normally distributed. Always four draws, so that streams stay in step. */
  normal(mean: number, standardDeviation: number): number;
  /** Log-normal: e^N(ln median, sigma). @param sigma standard deviation of the logarithm */
  logNormal(median: number, sigma: number): number;
  /** `count` uniform bytes. */
  bytes(count: number): Uint8Array;
  /** A copy of the state, as plain data. */
  state(): RandomState;
}

/** The stream of that name under that seed; with `state`, the stream as it was when `state()` was taken. */
export function createRandom(seed: number, name: string, state?: RandomState): RandomStream {
  return new Sfc32(state ?? initialState(seed, name));
}

/** A version 4 UUID drawn from `random`. */
export function uuidFrom(random: RandomStream): string {
  return uuidText(random.nextUint32(), random.nextUint32(), random.nextUint32(), random.nextUint32());
}

/** Character codes of the sixteen digits. */
const HEX = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const DASH = 45;

/** The version 4 UUID of four draws. Made in one piece: a text put together from parts stays a tree of parts, which is dear to keep. */
export function uuidText(a: number, b: number, c: number, d: number): string {
  const v = (b & 0xffff0fff) | 0x4000;
  const w = (c & 0x3fffffff) | 0x80000000;
  return String.fromCharCode(
    HEX[a >>> 28]!, HEX[(a >>> 24) & 15]!, HEX[(a >>> 20) & 15]!, HEX[(a >>> 16) & 15]!, HEX[(a >>> 12) & 15]!, HEX[(a >>> 8) & 15]!, HEX[(a >>> 4) & 15]!, HEX[a & 15]!, DASH,
    HEX[v >>> 28]!, HEX[(v >>> 24) & 15]!, HEX[(v >>> 20) & 15]!, HEX[(v >>> 16) & 15]!, DASH, HEX[(v >>> 12) & 15]!, HEX[(v >>> 8) & 15]!, HEX[(v >>> 4) & 15]!, HEX[v & 15]!, DASH,
    HEX[w >>> 28]!, HEX[(w >>> 24) & 15]!, HEX[(w >>> 20) & 15]!, HEX[(w >>> 16) & 15]!, DASH, HEX[(w >>> 12) & 15]!, HEX[(w >>> 8) & 15]!, HEX[(w >>> 4) & 15]!, HEX[w & 15]!,
    HEX[d >>> 28]!, HEX[(d >>> 24) & 15]!, HEX[(d >>> 20) & 15]!, HEX[(d >>> 16) & 15]!, HEX[(d >>> 12) & 15]!, HEX[(d >>> 8) & 15]!, HEX[(d >>> 4) & 15]!, HEX[d & 15]!,
  );
}

/** The first 128 bits of SHA-256 over `seed/name`. */
function initialState(seed: number, name: string): RandomState {
  const hash = sha256Bytes(`${seed}/${name}`);
  const view = new DataView(hash.buffer, hash.byteOffset);
  return [view.getUint32(0), view.getUint32(4), view.getUint32(8), 1];
}

const TWO_POW_MINUS_53 = 1 / 9007199254740992;

/** Chris Doty-Humphrey's sfc32 (PractRand): 32-bit operations only, period at least 2^32, no known statistical failure. */
class Sfc32 implements RandomStream {
  #a: number;
  #b: number;
  #c: number;
  #counter: number;

  constructor([a, b, c, counter]: RandomState) {
    this.#a = a | 0;
    this.#b = b | 0;
    this.#c = c | 0;
    this.#counter = counter | 0;
  }

  nextUint32(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  float(): number {
    const high = this.nextUint32() >>> 5;
    const low = this.nextUint32() >>> 6;
    return (high * 67108864 + low) * TWO_POW_MINUS_53;
  }

  int(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 2147483648) throw new RangeError(`no random integer below ${n}`);
    return Math.floor(this.float() * n);
  }

  exponential(mean: number): number {
    return -mean * log(1 - this.float());
  }

  normal(mean: number, standardDeviation: number): number {
    const radius = Math.sqrt(-2 * log(1 - this.float()));
    return mean + standardDeviation * radius * cos(2 * Math.PI * this.float());
  }

  logNormal(median: number, sigma: number): number {
    return median * exp(this.normal(0, sigma));
  }

  bytes(count: number): Uint8Array {
    const bytes = new Uint8Array(count);
    for (let i = 0; i < count; i += 4) {
      const word = this.nextUint32();
      for (let j = 0; j < 4 && i + j < count; j += 1) bytes[i + j] = word >>> (8 * j);
    }
    return bytes;
  }

  state(): RandomState {
    return [this.#a >>> 0, this.#b >>> 0, this.#c >>> 0, this.#counter >>> 0];
  }
}
