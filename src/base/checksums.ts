/** Checksums of S3's additional integrity checks, as base64 of the big-endian value. @source Amazon S3 user guide, checking object integrity; RFC 3720 (CRC-32C), NVM Express NVM command set (CRC-64/NVME) */
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { base64Encode } from './base64.ts';

export const CHECKSUM_ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

/** Base64, as it travels in `x-amz-checksum-…`. */
export function checksumOf(algorithm: ChecksumAlgorithm, bytes: Uint8Array): string {
  if (algorithm === 'SHA1') return base64Encode(sha1(bytes));
  if (algorithm === 'SHA256') return base64Encode(sha256(bytes));
  if (algorithm === 'CRC64NVME') return base64Encode(bigEndian(crc64Nvme(bytes)));
  return base64Encode(bigEndian([crc32(bytes, algorithm === 'CRC32' ? 0xedb88320 : 0x82f63b78)]));
}

function bigEndian(words: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  words.forEach((word, i) => view.setUint32(i * 4, word));
  return bytes;
}

const tables = new Map<number, Int32Array>();

/** A reflected CRC of 32 bits with all bits set before and inverted after. */
export function crc32(bytes: Uint8Array, polynomial: number): number {
  let table = tables.get(polynomial);
  if (table === undefined) {
    table = Int32Array.from({ length: 256 }, (_, start) => {
      let value = start;
      for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
      return value;
    });
    tables.set(polynomial, table);
  }
  let crc = -1;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ table[(crc ^ bytes[i]!) & 255]!;
  return ~crc >>> 0;
}

let wide: { readonly high: Int32Array; readonly low: Int32Array } | undefined;

/** The two halves of a CRC-64/NVME, high one first. */
function crc64Nvme(bytes: Uint8Array): [number, number] {
  wide ??= wideTable(0x9a6c9329, 0xac4bc9b5);
  let high = -1;
  let low = -1;
  for (let i = 0; i < bytes.length; i++) {
    const at = (low ^ bytes[i]!) & 255;
    low = ((low >>> 8) | (high << 24)) ^ wide.low[at]!;
    high = (high >>> 8) ^ wide.high[at]!;
  }
  return [~high >>> 0, ~low >>> 0];
}

function wideTable(polynomialHigh: number, polynomialLow: number): { readonly high: Int32Array; readonly low: Int32Array } {
  const table = { high: new Int32Array(256), low: new Int32Array(256) };
  for (let start = 0; start < 256; start++) {
    let high = 0;
    let low = start;
    for (let bit = 0; bit < 8; bit++) {
      const odd = low & 1;
      low = (low >>> 1) | (high << 31);
      high >>>= 1;
      if (odd) {
        low ^= polynomialLow;
        high ^= polynomialHigh;
      }
    }
    table.high[start] = high;
    table.low[start] = low;
  }
  return table;
}
