/** SHA-256 and MD5 of text and bytes; text is hashed as UTF-8. */
import { md5 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8Encode } from './utf8.ts';

/** SHA-256, lower-case hex. */
export function sha256Hex(data: string | Uint8Array): string {
  return toHex(sha256(toBytes(data)));
}

/** SHA-256 as 32 bytes. */
export function sha256Bytes(data: string | Uint8Array): Uint8Array {
  return sha256(toBytes(data));
}

/** MD5, lower-case hex, as SQS's MD5OfMessageBody and S3's ETag. Not for secrets. */
export function md5Hex(data: string | Uint8Array): string {
  return toHex(md5(toBytes(data)));
}

/** MD5 as 16 bytes. */
export function md5Bytes(data: string | Uint8Array): Uint8Array {
  return md5(toBytes(data));
}

/** A SHA-256 that takes its input in pieces. */
export interface IncrementalSha256 {
  update(data: string | Uint8Array): IncrementalSha256;
  /** Lower-case hex of all so far; more pieces may follow. */
  hex(): string;
}

export function createSha256(): IncrementalSha256 {
  const state = sha256.create();
  const self: IncrementalSha256 = {
    update(data) {
      state.update(toBytes(data));
      return self;
    },
    hex: () => toHex(state.clone().digest()),
  };
  return self;
}

/** Bytes as lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte] as string;
  return text;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function toBytes(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? utf8Encode(data) : data;
}
