/** Natural logarithm with the same bits in every engine: a port of fdlibm's e_log.c and s_log1p.c. */
import { highWord, lowWord, scalbn, withHighWord } from './words.ts';

const LN2_HI = 6.9314718036912381649e-1;
const LN2_LO = 1.90821492927058770002e-10;
const TWO54 = 18014398509481984;
const LG1 = 6.66666666666673513e-1;
const LG2 = 3.999999999940941908e-1;
const LG3 = 2.857142874366239149e-1;
const LG4 = 2.222219843214978396e-1;
const LG5 = 1.818357216161805012e-1;
const LG6 = 1.531383769920937332e-1;
const LG7 = 1.479819860511658591e-1;

/** 2^-e at e + 1022, for the exponents -1022 … 1024. */
const INVERSE_POWERS = Float64Array.from({ length: 2047 }, (_, at) => scalbn(1, 1022 - at));

/** Natural logarithm; error below 1 ulp. NaN for x < 0, -Infinity for 0. */
export function log(x: number): number {
  const hx = highWord(x);
  if (hx >= 0x00100000 && hx < 0x7ff00000) return logNormal(x, hx, 0);
  if (hx >= 0x7ff00000) return x + x;
  if (((hx & 0x7fffffff) | lowWord(x)) === 0) return -Infinity;
  return hx < 0 ? NaN : logNormal(x * TWO54, highWord(x * TWO54), -54);
}

/** log(x × 2^k) of a normal number. Short enough that engines put it where it is called. */
function logNormal(x: number, high: number, k: number): number {
  const hx = high & 0x000fffff;
  const i = (hx + 0x95f64) & 0x100000;
  const exponent = (high >> 20) - 1023 + (i >> 20);
  k += exponent;
  // The bits that fdlibm gets by setting the high word, without writing half a double and reading all of it.
  const f = x * INVERSE_POWERS[exponent + 1022]! - 1;
  if ((0x000fffff & (2 + hx)) < 3) return logNearOne(f, k);
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const r = z * (LG1 + w * (LG3 + w * (LG5 + w * LG7))) + w * (LG2 + w * (LG4 + w * LG6));
  // With k = 0 the terms in k are exact zeros.
  if (((hx - 0x6147a) | (0x6b851 - hx)) <= 0) return k * LN2_HI - (s * (f - r) - k * LN2_LO - f);
  const hfsq = 0.5 * f * f;
  return k * LN2_HI - (hfsq - (s * (hfsq + r) + k * LN2_LO) - f);
}

/** log((1 + f) × 2^k) for |f| < 2^-20. */
function logNearOne(f: number, k: number): number {
  if (f === 0) return k === 0 ? 0 : k * LN2_HI + k * LN2_LO;
  const r = f * f * (0.5 - 0.3333333333333333 * f);
  if (k === 0) return f - r;
  return k * LN2_HI - (r - k * LN2_LO - f);
}

/** log(1 + x) without losing precision near 0. NaN for x < -1, -Infinity for -1. */
export function log1p(x: number): number {
  const hx = highWord(x);
  const ax = hx & 0x7fffffff;
  let k = 1;
  let f = 0;
  let hu = 1;
  let c = 0;
  if (hx < 0x3fda827a) {
    if (ax >= 0x3ff00000) return x === -1 ? -Infinity : NaN;
    if (ax < 0x3e200000) return ax < 0x3c900000 ? x : x - x * x * 0.5;
    if (hx > 0 || hx <= (0xbfd2bec3 | 0)) {
      k = 0;
      f = x;
    }
  }
  if (hx >= 0x7ff00000) return x + x;
  if (k !== 0) {
    let u = x;
    if (hx < 0x43400000) {
      u = 1 + x;
      hu = highWord(u);
      k = (hu >> 20) - 1023;
      c = (k > 0 ? 1 - (u - x) : x - (u - 1)) / u;
    } else {
      hu = highWord(u);
      k = (hu >> 20) - 1023;
    }
    hu &= 0x000fffff;
    if (hu < 0x6a09e) {
      u = withHighWord(u, hu | 0x3ff00000);
    } else {
      k += 1;
      u = withHighWord(u, hu | 0x3fe00000);
      hu = (0x00100000 - hu) >> 2;
    }
    f = u - 1;
  }
  return log1pReduced(f, k, c, hu);
}

/** Last step of log1p: log(1 + f) + k·ln 2 + c. */
function log1pReduced(f: number, k: number, c: number, hu: number): number {
  const hfsq = 0.5 * f * f;
  if (hu === 0) {
    if (f === 0) return k === 0 ? 0 : k * LN2_HI + (c + k * LN2_LO);
    const r = hfsq * (1 - 0.6666666666666666 * f);
    return k === 0 ? f - r : k * LN2_HI - (r - (k * LN2_LO + c) - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const r = z * (LG1 + z * (LG2 + z * (LG3 + z * (LG4 + z * (LG5 + z * (LG6 + z * LG7))))));
  if (k === 0) return f - (hfsq - s * (hfsq + r));
  return k * LN2_HI - (hfsq - (s * (hfsq + r) + (k * LN2_LO + c)) - f);
}
