/** Encodings of text that the guest leaves to the host, as Buffer has them: lenient, never failing. */
import { utf8Decode, utf8Encode } from '../../base/utf8.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const URL_ALPHABET = `${ALPHABET.slice(0, 62)}-_`;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function encodeText(text: string, encoding: string): Uint8Array {
  switch (encoding) {
    case 'base64':
    case 'base64url':
      return fromBase64(text);
    case 'hex':
      return fromHex(text);
    case 'latin1':
      return fromLatin1(text);
    default:
      return utf8Encode(text);
  }
}

export function decodeBytes(bytes: Uint8Array, encoding: string): string {
  switch (encoding) {
    case 'base64':
      return toBase64(bytes, ALPHABET, true);
    case 'base64url':
      return toBase64(bytes, URL_ALPHABET, false);
    case 'hex':
      return toHex(bytes);
    case 'latin1':
      return latin1(bytes);
    default:
      return utf8Decode(bytes);
  }
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode.apply(null, bytes.subarray(at, at + 8192) as unknown as number[]);
  return text;
}

function fromLatin1(text: string): Uint8Array {
  const out = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) out[at] = text.charCodeAt(at);
  return out;
}

function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte]!;
  return text;
}

/** Value of a character code, 255 for one that is no digit. */
function digits(alphabet: string): Uint8Array {
  const values = new Uint8Array(128).fill(255);
  for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value;
  return values;
}
const HEX_DIGITS = digits('0123456789abcdef');
for (let value = 10; value < 16; value++) HEX_DIGITS[55 + value] = value;
const BASE64_DIGITS = digits(ALPHABET);
BASE64_DIGITS[45] = 62;
BASE64_DIGITS[95] = 63;
const digitOf = (table: Uint8Array, code: number): number => (code < 128 ? table[code]! : 255);

/** Bytes of the digits up to the first that is none. */
function fromHex(text: string): Uint8Array {
  const out = new Uint8Array(text.length >> 1);
  for (let at = 0; at < out.length; at++) {
    const high = digitOf(HEX_DIGITS, text.charCodeAt(at * 2));
    const low = digitOf(HEX_DIGITS, text.charCodeAt(at * 2 + 1));
    if (high === 255 || low === 255) return out.slice(0, at);
    out[at] = high * 16 + low;
  }
  return out;
}

/** Both alphabets; other characters are passed over, `=` ends the text. */
function fromBase64(text: string): Uint8Array {
  const out = new Uint8Array(Math.floor((text.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let held = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 61) break;
    const value = digitOf(BASE64_DIGITS, code);
    if (value === 255) continue;
    held = (held << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[length++] = (held >> bits) & 255;
      held &= (1 << bits) - 1;
    }
  }
  return out.slice(0, length);
}

function toBase64(bytes: Uint8Array, alphabet: string, padded: boolean): string {
  let text = '';
  const whole = bytes.length - (bytes.length % 3);
  for (let at = 0; at < whole; at += 3) {
    const word = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
    text += alphabet[word >> 18]! + alphabet[(word >> 12) & 63]! + alphabet[(word >> 6) & 63]! + alphabet[word & 63]!;
  }
  if (whole === bytes.length) return text;
  const [a = 0, b] = bytes.subarray(whole);
  const word = (a << 16) | ((b ?? 0) << 8);
  return text + alphabet[word >> 18]! + alphabet[(word >> 12) & 63]! + (b === undefined ? (padded ? '==' : '') : alphabet[(word >> 6) & 63]! + (padded ? '=' : ''));
}
