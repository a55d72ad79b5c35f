/** Reads and writes the two 32-bit words of a double, which the ported fdlibm functions work on. */

const doubles = new Float64Array(1);
const words = new Int32Array(doubles.buffer);
doubles[0] = 1;
/** Index of the word with sign, exponent and upper mantissa; depends on the byte order of the machine. */
const HIGH = words[1] === 0x3ff00000 ? 1 : 0;
const LOW = 1 - HIGH;

/** The high word of `x`, signed. */
export function highWord(x: number): number {
  doubles[0] = x;
  return words[HIGH] as number;
}

/** The low word of `x`, signed; use `>>> 0` where fdlibm treats it as unsigned. */
export function lowWord(x: number): number {
  doubles[0] = x;
  return words[LOW] as number;
}

/** `x` with its high word replaced. */
export function withHighWord(x: number, high: number): number {
  doubles[0] = x;
  words[HIGH] = high;
  return doubles[0] as number;
}

/** `x` with its low word set to zero. */
export function withLowWordZero(x: number): number {
  doubles[0] = x;
  words[LOW] = 0;
  return doubles[0] as number;
}

/** The double made of two words. */
export function fromWords(high: number, low: number): number {
  words[HIGH] = high;
  words[LOW] = low;
  return doubles[0] as number;
}

const TWO54 = 18014398509481984;
const TWOM54 = 1 / TWO54;

/** x × 2^n without losing bits except by underflow; a port of fdlibm's scalbn. */
export function scalbn(x: number, n: number): number {
  let hx = highWord(x);
  let k = (hx & 0x7ff00000) >> 20;
  if (k === 0) {
    if (x === 0) return x;
    x *= TWO54;
    hx = highWord(x);
    k = ((hx & 0x7ff00000) >> 20) - 54;
  }
  if (k === 0x7ff) return x + x;
  if (n < -50000) return x < 0 ? -0 : 0;
  k += n;
  if (k > 0x7fe) return x < 0 ? -Infinity : Infinity;
  if (k > 0) return withHighWord(x, (hx & 0x800fffff) | (k << 20));
  if (k <= -54) return n > 50000 ? x * Infinity : x < 0 ? -0 : 0;
  return withHighWord(x, (hx & 0x800fffff) | ((k + 54) << 20)) * TWOM54;
}
