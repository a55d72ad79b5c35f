/** Encodings of text that the guest leaves to the host, as Buffer has them: lenient, never failing. */
import { utf8Decode, utf8Encode } from '../../base/utf8.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function encodeText(text: string, encoding: string): Uint8Array {
  switch (encoding) {
    case 'base64':
    case 'base64url':
      return fromBase64(text);
    case 'hex':
      return fromHex(text);
    case 'latin1':
      return Uint8Array.from(text, (character) => character.charCodeAt(0) & 255);
    default:
      return utf8Encode(text);
  }
}

export function decodeBytes(bytes: Uint8Array, encoding: string): string {
  switch (encoding) {
    case 'base64':
      return toBase64(bytes, ALPHABET, true);
    case 'base64url':
      return toBase64(bytes, `${ALPHABET.slice(0, 62)}-_`, false);
    case 'hex':
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    case 'latin1':
      return latin1(bytes);
    default:
      return utf8Decode(bytes);
  }
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

/** Bytes of the digits up to the first that is none. */
function fromHex(text: string): Uint8Array {
  const digits = /^(?:[0-9a-fA-F]{2})*/.exec(text)?.[0] ?? '';
  return Uint8Array.from({ length: digits.length / 2 }, (_, at) => Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16));
}

const VALUES = new Map([...ALPHABET].map((character, value) => [character, value]));
VALUES.set('-', 62).set('_', 63);

/** Both alphabets; other characters are passed over, `=` ends the text. */
function fromBase64(text: string): Uint8Array {
  const out = new Uint8Array(Math.floor((text.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let held = 0;
  for (const character of text) {
    if (character === '=') break;
    const value = VALUES.get(character);
    if (value === undefined) continue;
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
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [a, b, c] = [bytes[at]!, bytes[at + 1], bytes[at + 2]];
    const word = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    parts.push(alphabet[word >> 18]! + alphabet[(word >> 12) & 63]! + (b === undefined ? (padded ? '=' : '') : alphabet[(word >> 6) & 63]!) + (c === undefined ? (padded ? '=' : '') : alphabet[word & 63]!));
  }
  return parts.join('');
}
