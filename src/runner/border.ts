/** Turns bytes and Date objects of a caller into the plain values of the world (sim/values.ts), and back. */
import { base64Decode } from '../base/base64.ts';
import { md5Hex } from '../base/hash.ts';
import type { BlobStore } from '../sim/ports/runtime.ts';
import { bytesValue, isBlobValue, isBytesValue, isDateValue } from '../sim/values.ts';

/** Bytes up to this size go in inline, larger ones by reference, with their MD5 (S3's ETag). */
const INLINE_BYTES_MAX = 1_048_576;

/** Uint8Array and other views, ArrayBuffer and Date become plain values; undefined members are dropped, as the SDK drops them. */
export function toPlain(value: unknown, blobs: BlobStore): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (ArrayBuffer.isView(value)) return bytesIn(new Uint8Array(value.buffer, value.byteOffset, value.byteLength), blobs);
  if (value instanceof ArrayBuffer) return bytesIn(new Uint8Array(value), blobs);
  if (value instanceof Date) return { $date: value.getTime() };
  if (Array.isArray(value)) return value.map((item) => toPlain(item, blobs));
  const plain: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined) plain[name] = toPlain(member, blobs);
  }
  return plain;
}

/** The other way round. Bytes are copies: the caller may change them. */
export function fromPlain(value: unknown, blobs: BlobStore): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength));
  if (isBlobValue(value)) {
    const bytes = blobs.get(value.$blob.sha256);
    if (bytes === undefined) throw new Error(`This machine does not hold the bytes of blob ${value.$blob.sha256} (${value.$blob.size} bytes).`);
    return bytes.slice();
  }
  if (isBytesValue(value)) return base64Decode(value.$bytes);
  if (isDateValue(value)) return new Date(value.$date);
  if (Array.isArray(value)) return value.map((item) => fromPlain(item, blobs));
  return Object.fromEntries(Object.entries(value).flatMap(([name, member]) => (member === undefined ? [] : [[name, fromPlain(member, blobs)]])));
}

function bytesIn(bytes: Uint8Array, blobs: BlobStore): object {
  return bytes.length <= INLINE_BYTES_MAX ? bytesValue(bytes) : { $blob: { ...blobs.put(bytes.slice()), md5: md5Hex(bytes) } };
}
