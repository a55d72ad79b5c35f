/** Base64 and base64url of bytes, without the host's btoa or Buffer. */

const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const URL_SAFE = `${STANDARD.slice(0, 62)}-_`;
/** Value of each ASCII character in either alphabet; 255 for none. */
const VALUES = new Uint8Array(128).fill(255);
for (let i = 0; i < 64; i += 1) {
  VALUES[STANDARD.charCodeAt(i)] = i;
  VALUES[URL_SAFE.charCodeAt(i)] = i;
}

/** Standard alphabet with padding (RFC 4648 §4), as AWS sends blobs. */
export function base64Encode(bytes: Uint8Array): string {
  const text = encodeWith(STANDARD, bytes);
  return text + '='.repeat((4 - (text.length % 4)) % 4);
}

/** URL-safe alphabet without padding (RFC 4648 §5). */
export function base64UrlEncode(bytes: Uint8Array): string {
  return encodeWith(URL_SAFE, bytes);
}

/**
 * Bytes of base64 text in either alphabet, padded or not.
 * @throws SyntaxError for other characters, wrong padding, an impossible length or stray bits at the end.
 */
export function base64Decode(text: string): Uint8Array<ArrayBuffer> {
  let length = text.length;
  if (length % 4 === 0 && text.endsWith('==')) length -= 2;
  else if (length % 4 === 0 && text.endsWith('=')) length -= 1;
  if (length % 4 === 1) throw new SyntaxError(`base64 text of ${text.length} characters cannot be whole bytes`);
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let buffer = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < length; i += 1) {
    const code = text.charCodeAt(i);
    const value = code < 128 ? (VALUES[code] as number) : 255;
    if (value === 255) throw new SyntaxError(`no base64 character at position ${i}`);
    buffer = ((buffer << 6) | value) & 0x3fff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (buffer >> bits) & 0xff;
    }
  }
  if ((buffer & ((1 << bits) - 1)) !== 0) throw new SyntaxError('base64 text ends in stray bits');
  return bytes;
}

function encodeWith(alphabet: string, bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const word = ((bytes[i] as number) << 16) | ((left > 1 ? (bytes[i + 1] as number) : 0) << 8) | (left > 2 ? (bytes[i + 2] as number) : 0);
    text += alphabet.charAt(word >> 18) + alphabet.charAt((word >> 12) & 63);
    if (left > 1) text += alphabet.charAt((word >> 6) & 63);
    if (left > 2) text += alphabet.charAt(word & 63);
  }
  return text;
}
