/** Takes multiples of π/2 off an argument with enough bits: a port of fdlibm's e_rem_pio2.c and k_rem_pio2.c. */
import { fromWords, highWord, lowWord, scalbn } from './words.ts';

const INV_PIO2 = 6.36619772367581382433e-1;
const PIO2_1 = 1.57079632673412561417;
const PIO2_1T = 6.07710050650619224932e-11;
const PIO2_2 = 6.07710050630396597660e-11;
const PIO2_2T = 2.02226624879595063154e-21;
const PIO2_3 = 2.02226624871116645580e-21;
const PIO2_3T = 8.47842766036889956997e-32;
const TWO24 = 16777216;
const TWON24 = 1 / TWO24;

/** 24-bit digits of 2/π after the binary point: 1,584 bits, enough for the largest double. */
const TWO_OVER_PI = [
  0xa2f983, 0x6e4e44, 0x1529fc, 0x2757d1, 0xf534dd, 0xc0db62, 0x95993c, 0x439041, 0xfe5163, 0xabdebb, 0xc561b7, 0x246e3a,
  0x424dd2, 0xe00649, 0x2eea09, 0xd1921c, 0xfe1deb, 0x1cb129, 0xa73ee8, 0x8235f5, 0x2ebb44, 0x84e99c, 0x7026b4, 0x5f7e41,
  0x3991d6, 0x398353, 0x39f49c, 0x845f8b, 0xbdf928, 0x3b1ff8, 0x97ffde, 0x05980f, 0xef2f11, 0x8b5a0a, 0x6d1f6d, 0x367ecf,
  0x27cb09, 0xb74f46, 0x3f669e, 0x5fea2d, 0x7527ba, 0xc7ebe5, 0xf17b3d, 0x0739f7, 0x8a5292, 0xea6bfb, 0x5fb11f, 0x8d5d08,
  0x560330, 0x46fc7b, 0x6babf0, 0xcfbc20, 0x9af436, 0x1da9e3, 0x91615e, 0xe61b08, 0x659985, 0x5f14a0, 0x68408d, 0xffd880,
  0x4d7327, 0x310606, 0x1556ca, 0x73a8c9, 0x60e27b, 0xc08c6b,
];
/** π/2 in chunks of 24 bits. */
const PIO2 = [
  1.57079625129699707031, 7.549789415861596e-8, 5.39030252995776476554e-15, 3.28200341580791294123e-22,
  1.27065575308067607349e-29, 1.22933308981111328932e-36, 2.73370053816464559624e-44, 2.16741683877804819444e-51,
];

type Reduced = readonly [quadrant: number, head: number, tail: number];

/** The quadrant n (mod 8 for large x) and x - n·π/2 as head + tail. @param x finite, |x| > π/4 */
export function reduceByHalfPi(x: number): Reduced {
  const hx = highWord(x);
  const ix = hx & 0x7fffffff;
  if (ix <= 0x413921fb) return hx < 0 ? negated(reduceMedium(-x, ix)) : reduceMedium(x, ix);
  const e0 = (ix >> 20) - 1046;
  let z = fromWords(ix - (e0 << 20), lowWord(x));
  const digits: number[] = [];
  for (let i = 0; i < 2; i += 1) {
    const digit = z | 0;
    digits.push(digit);
    z = (z - digit) * TWO24;
  }
  digits.push(z);
  while (digits.length > 1 && digits[digits.length - 1] === 0) digits.pop();
  const reduced = reduceLarge(digits, e0);
  return hx < 0 ? negated(reduced) : reduced;
}

function negated([n, head, tail]: Reduced): Reduced {
  return [-n, -head, -tail];
}

/** Cody and Waite's reduction in up to three steps, for positive x up to about 1.6 million. */
function reduceMedium(x: number, ix: number): Reduced {
  const n = (x * INV_PIO2 + 0.5) | 0;
  let r = x - n * PIO2_1;
  let w = n * PIO2_1T;
  let y0 = r - w;
  const j = ix >> 20;
  if (j - ((highWord(y0) >> 20) & 0x7ff) > 16) {
    let t = r;
    w = n * PIO2_2;
    r = t - w;
    w = n * PIO2_2T - (t - r - w);
    y0 = r - w;
    if (j - ((highWord(y0) >> 20) & 0x7ff) > 49) {
      t = r;
      w = n * PIO2_3;
      r = t - w;
      w = n * PIO2_3T - (t - r - w);
      y0 = r - w;
    }
  }
  return [n, y0, r - y0 - w];
}

/** Payne and Hanek's reduction; `x` are 24-bit digits, the first scaled by 2^e0. */
function reduceLarge(x: readonly number[], e0: number): Reduced {
  const jk = 4;
  const jx = x.length - 1;
  const jv = Math.max(0, Math.floor((e0 - 3) / 24));
  let q0 = e0 - 24 * (jv + 1);
  const f: number[] = [];
  for (let i = 0; i <= jx + jk; i += 1) f.push(jv - jx + i < 0 ? 0 : (TWO_OVER_PI[jv - jx + i] as number));
  const q: number[] = [];
  const product = (i: number): number => {
    let sum = 0;
    for (let j = 0; j <= jx; j += 1) sum += (x[j] as number) * (f[jx + i - j] as number);
    return sum;
  };
  for (let i = 0; i <= jk; i += 1) q.push(product(i));
  let jz = jk;
  for (;;) {
    const iq: number[] = [];
    let z = q[jz] as number;
    for (let j = jz; j > 0; j -= 1) {
      const high = (TWON24 * z) | 0;
      iq.push((z - TWO24 * high) | 0);
      z = (q[j - 1] as number) + high;
    }
    z = scalbn(z, q0);
    z -= 8 * Math.floor(z * 0.125);
    let n = z | 0;
    z -= n;
    let ih = 0;
    if (q0 > 0) {
      const i = (iq[jz - 1] as number) >> (24 - q0);
      n += i;
      iq[jz - 1] = (iq[jz - 1] as number) - (i << (24 - q0));
      ih = (iq[jz - 1] as number) >> (23 - q0);
    } else if (q0 === 0) {
      ih = (iq[jz - 1] as number) >> 23;
    } else if (z >= 0.5) {
      ih = 2;
    }
    if (ih > 0) {
      n += 1;
      const carry = complement(iq, jz);
      if (q0 === 1) iq[jz - 1] = (iq[jz - 1] as number) & 0x7fffff;
      else if (q0 === 2) iq[jz - 1] = (iq[jz - 1] as number) & 0x3fffff;
      if (ih === 2) {
        z = 1 - z;
        if (carry) z -= scalbn(1, q0);
      }
    }
    if (z === 0 && iq.slice(jk, jz).every((digit) => digit === 0)) {
      let k = 1;
      while (iq[jk - k] === 0) k += 1;
      for (let i = jz + 1; i <= jz + k; i += 1) {
        f[jx + i] = TWO_OVER_PI[jv + i] as number;
        q[i] = product(i);
      }
      jz += k;
      continue;
    }
    if (z === 0) {
      jz -= 1;
      q0 -= 24;
      while (iq[jz] === 0) {
        jz -= 1;
        q0 -= 24;
      }
    } else {
      z = scalbn(z, -q0);
      if (z >= TWO24) {
        const high = (TWON24 * z) | 0;
        iq[jz] = (z - TWO24 * high) | 0;
        jz += 1;
        q0 += 24;
        iq[jz] = high;
      } else {
        iq[jz] = z | 0;
      }
    }
    return multiplyByHalfPi(iq, jz, q0, { n: n & 7, complemented: ih !== 0 });
  }
}

/** Replaces the first jz digits by 1 - them; true when a borrow happened. */
function complement(iq: number[], jz: number): boolean {
  let carry = false;
  for (let i = 0; i < jz; i += 1) {
    const digit = iq[i] as number;
    if (carry) {
      iq[i] = 0xffffff - digit;
    } else if (digit !== 0) {
      carry = true;
      iq[i] = 0x1000000 - digit;
    }
  }
  return carry;
}

/** The fraction in `iq` times π/2, as head and tail. */
function multiplyByHalfPi(iq: readonly number[], jz: number, q0: number, o: { n: number; complemented: boolean }): Reduced {
  const q: number[] = [];
  let scale = scalbn(1, q0);
  for (let i = jz; i >= 0; i -= 1) {
    q[i] = scale * (iq[i] as number);
    scale *= TWON24;
  }
  const fq: number[] = [];
  for (let i = jz; i >= 0; i -= 1) {
    let sum = 0;
    for (let k = 0; k <= 4 && k <= jz - i; k += 1) sum += (PIO2[k] as number) * (q[i + k] as number);
    fq[jz - i] = sum;
  }
  let head = 0;
  for (let i = jz; i >= 0; i -= 1) head += fq[i] as number;
  let tail = (fq[0] as number) - head;
  for (let i = 1; i <= jz; i += 1) tail += fq[i] as number;
  return o.complemented ? [o.n, -head, -tail] : [o.n, head, tail];
}
