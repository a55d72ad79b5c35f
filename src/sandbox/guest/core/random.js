/** Chance in the guest: everything is drawn from the process's seed, Math.random included. */
import { hostBytes } from './host.js';

let words;
/** A new process: its own sequence. */
export function seedRandom() {
  words = new Uint32Array(hostBytes('random', { size: 16 }).buffer);
  words[3] |= 1;
}

function nextUint32() {
  // sfc32
  const sum = (words[0] + words[1] + words[3]) >>> 0;
  words[3] = (words[3] + 1) >>> 0;
  words[0] = words[1] ^ (words[1] >>> 9);
  words[1] = (words[2] + (words[2] << 3)) >>> 0;
  words[2] = (((words[2] << 21) | (words[2] >>> 11)) + sum) >>> 0;
  return sum;
}

Object.defineProperty(Math, 'random', {
  value: function random() {
    const high = nextUint32() >>> 5;
    return (high * 67_108_864 + (nextUint32() >>> 6)) / 9_007_199_254_740_992;
  },
  writable: true,
  configurable: true,
});

/** Fresh random bytes of any length. */
export function randomBytes(size) {
  const whole = new Uint8Array(size);
  for (let at = 0; at < size; at += 65_536) whole.set(hostBytes('random', { size: Math.min(65_536, size - at) }), at);
  return whole;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
export function randomUUID() {
  const bytes = hostBytes('random', { size: 16 });
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  let text = '';
  for (let i = 0; i < 16; i++) text += (i === 4 || i === 6 || i === 8 || i === 10 ? '-' : '') + HEX[bytes[i]];
  return text;
}
