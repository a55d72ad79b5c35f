/** Values of the JSON protocols: blobs as base64, timestamps as seconds since 1970. */
import { base64Decode, base64Encode } from '../../../base/base64.ts';
import { utf8Encode } from '../../../base/utf8.ts';

/** What came in a body as what `send` takes: blob members are decoded. */
export function fromJson(value: unknown, blobMembers: ReadonlySet<string>, member = ''): unknown {
  if (typeof value === 'string') return blobMembers.has(member) ? base64Decode(value) : value;
  if (Array.isArray(value)) return value.map((item) => fromJson(item, blobMembers, member));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, inner]) => (inner === null ? [] : [[name, fromJson(inner, blobMembers, name)]])));
}

/** What `send` answers with, for a body. */
export function toJson(value: unknown): unknown {
  if (value instanceof Uint8Array) return base64Encode(value);
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toJson(inner)]));
}

export function bytesOfText(text: string): Uint8Array {
  return utf8Encode(text);
}
