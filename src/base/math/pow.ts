/** x to the power y with the same bits in every engine: a port of fdlibm's e_pow.c. */
import { highWord, lowWord, scalbn, withHighWord, withLowWordZero } from './words.ts';

const DP_H = 5.84962487220764160156e-1;
const DP_L = 1.35003920212974897128e-8;
const L1 = 5.99999999999994648725e-1;
const L2 = 4.28571428578550184252e-1;
const L3 = 3.33333329818377432918e-1;
const L4 = 2.72728123808534006489e-1;
const L5 = 2.30660745775561754067e-1;
const L6 = 2.06975017800338417784e-1;
const P1 = 1.66666666666666019037e-1;
const P2 = -2.77777777770155933842e-3;
const P3 = 6.61375632143793436117e-5;
const P4 = -1.6533902205465251539e-6;
const P5 = 4.13813679705723846039e-8;
const LG2 = 6.93147180559945286227e-1;
const LG2_H = 6.93147182464599609375e-1;
const LG2_L = -1.90465429995776804525e-9;
/** -(1024 - log2(overflow + 0.5 ulp)) */
const OVT = 8.008566259537294e-17;
const CP = 9.61796693925975554329e-1;
const CP_H = 9.61796700954437255859e-1;
const CP_L = -7.02846165095275826516e-9;
const IVLN2 = 1.442695040888963387;
const IVLN2_H = 1.44269502162933349609;
const IVLN2_L = 1.92596299112661746887e-8;
const TWO53 = 9007199254740992;

/** x^y as ECMAScript defines it (1^±Infinity and 1^NaN are NaN); error below 1 ulp. */
export function pow(x: number, y: number): number {
  const special = specialPower(x, y);
  if (special !== undefined) return special;
  const hx = highWord(x);
  const hy = highWord(y);
  const ix = hx & 0x7fffffff;
  const iy = hy & 0x7fffffff;
  const yKind = hx < 0 ? integerKind(y) : 0;
  if (hx < 0 && yKind === 0) return NaN;
  const sign = hx < 0 && yKind === 1 ? -1 : 1;
  let t1: number;
  let t2: number;
  if (iy > 0x41e00000) {
    if (iy > 0x43f00000) {
      if (ix <= 0x3fefffff) return hy < 0 ? Infinity : 0;
      return hy > 0 ? Infinity : 0;
    }
    if (ix < 0x3fefffff) return hy < 0 ? sign * Infinity : sign < 0 ? -0 : 0;
    if (ix > 0x3ff00000) return hy > 0 ? sign * Infinity : sign < 0 ? -0 : 0;
    const t = Math.abs(x) - 1;
    const w = t * t * (0.5 - t * (0.3333333333333333 - t * 0.25));
    const u = IVLN2_H * t;
    const v = t * IVLN2_L - w * IVLN2;
    t1 = withLowWordZero(u + v);
    t2 = v - (t1 - u);
  } else {
    [t1, t2] = log2Split(Math.abs(x), ix);
  }
  const y1 = withLowWordZero(y);
  const low = (y - y1) * t1 + y * t2;
  return sign * exp2Split(y1 * t1, low);
}

/** The result where IEEE or ECMAScript fixes it, else undefined. */
function specialPower(x: number, y: number): number | undefined {
  if (y === 0) return 1;
  if (x !== x || y !== y) return NaN;
  const ax = Math.abs(x);
  if (y === Infinity || y === -Infinity) {
    if (ax === 1) return NaN;
    return ax > 1 === y > 0 ? Infinity : 0;
  }
  if (y === 1) return x;
  if (y === -1) return 1 / x;
  if (y === 2) return x * x;
  if (y === 0.5 && highWord(x) >= 0) return Math.sqrt(x);
  if (ax === Infinity || ax === 0 || ax === 1) {
    const negative = highWord(x) < 0;
    const yKind = negative ? integerKind(y) : 2;
    if (negative && ax === 1 && yKind === 0) return NaN;
    const z = y < 0 ? 1 / ax : ax;
    return negative && yKind === 1 ? -z : z;
  }
  return undefined;
}

/** 0 when y is no integer, 1 when odd, 2 when even. */
function integerKind(y: number): 0 | 1 | 2 {
  const iy = highWord(y) & 0x7fffffff;
  if (iy >= 0x43400000) return 2;
  if (iy < 0x3ff00000) return 0;
  const ay = Math.abs(y);
  if (Math.floor(ay) !== ay) return 0;
  return ay % 2 === 1 ? 1 : 2;
}

/** log2(ax) as an exact head and a tail. */
function log2Split(ax: number, ix: number): [number, number] {
  let n = 0;
  if (ix < 0x00100000) {
    ax *= TWO53;
    n -= 53;
    ix = highWord(ax);
  }
  n += (ix >> 20) - 0x3ff;
  const j = ix & 0x000fffff;
  let upper = false;
  ix = j | 0x3ff00000;
  if (j > 0x3988e) {
    if (j < 0xbb67a) {
      upper = true;
    } else {
      n += 1;
      ix -= 0x00100000;
    }
  }
  ax = withHighWord(ax, ix);
  const bp = upper ? 1.5 : 1;
  let u = ax - bp;
  let v = 1 / (ax + bp);
  const ss = u * v;
  const sH = withLowWordZero(ss);
  let tH = withHighWord(0, ((ix >> 1) | 0x20000000) + 0x00080000 + (upper ? 0x00040000 : 0));
  let tL = ax - (tH - bp);
  const sL = v * (u - sH * tH - sH * tL);
  let s2 = ss * ss;
  let r = s2 * s2 * (L1 + s2 * (L2 + s2 * (L3 + s2 * (L4 + s2 * (L5 + s2 * L6)))));
  r += sL * (sH + ss);
  s2 = sH * sH;
  tH = withLowWordZero(3 + s2 + r);
  tL = r - (tH - 3 - s2);
  u = sH * tH;
  v = sL * tH + tL * ss;
  const pH = withLowWordZero(u + v);
  const pL = v - (pH - u);
  const zH = CP_H * pH;
  const zL = CP_L * pH + pL * CP + (upper ? DP_L : 0);
  const dpH = upper ? DP_H : 0;
  const t1 = withLowWordZero(zH + zL + dpH + n);
  return [t1, zL - (t1 - n - dpH - zH)];
}

/** 2^(pH + pL), with overflow to Infinity and underflow to 0. */
function exp2Split(pH: number, pL: number): number {
  let z = pL + pH;
  const j = highWord(z);
  const low = lowWord(z);
  if (j >= 0x40900000) {
    if (((j - 0x40900000) | low) !== 0 || pL + OVT > z - pH) return Infinity;
  } else if ((j & 0x7fffffff) >= 0x4090cc00) {
    if (((j - (0xc090cc00 | 0)) | low) !== 0 || pL <= z - pH) return 0;
  }
  const i = j & 0x7fffffff;
  let k = (i >> 20) - 0x3ff;
  let n = 0;
  if (i > 0x3fe00000) {
    n = j + (0x00100000 >> (k + 1));
    k = ((n & 0x7fffffff) >> 20) - 0x3ff;
    const t = withHighWord(0, n & ~(0x000fffff >> k));
    n = ((n & 0x000fffff) | 0x00100000) >> (20 - k);
    if (j < 0) n = -n;
    pH -= t;
  }
  let t = withLowWordZero(pL + pH);
  const u = t * LG2_H;
  const v = (pL - (t - pH)) * LG2 + t * LG2_L;
  z = u + v;
  const w = v - (z - u);
  t = z * z;
  const t1 = z - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
  const r = (z * t1) / (t1 - 2) - (w + z * w);
  z = 1 - (r - z);
  const high = highWord(z) + (n << 20);
  return high >> 20 <= 0 ? scalbn(z, n) : withHighWord(z, high);
}
