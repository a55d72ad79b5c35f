/** MD5 of bodies and message attributes as SQS computes them. @source aws/sqs.md §7 (checked against recorded values) */
import { base64Decode } from '../../../base/base64.ts';
import { md5Hex } from '../../../base/hash.ts';
import { utf8Encode } from '../../../base/utf8.ts';
import type { MessageAttribute } from './state.ts';

let lastBody = '';
let lastDigest = 'd41d8cd98f00b204e9800998ecf8427e';

/** Lower-case hex MD5 of a body; the last one is remembered, since load tests send one body many times. */
export function bodyMd5(body: string): string {
  if (body !== lastBody) {
    lastDigest = md5Hex(body);
    lastBody = body;
  }
  return lastDigest;
}

/** Bytes of a binary value: Uint8Array, or base64 text. */
export function binaryOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'object' && value !== null && '$bytes' in value) return base64Decode(String(value.$bytes));
  return utf8Encode(String(value));
}

/** MD5 over name, type, transport byte and value of each attribute, by name in order. */
export function attributesMd5(attributes: Readonly<Record<string, MessageAttribute>> | undefined): string | undefined {
  const names = Object.keys(attributes ?? {}).sort();
  if (attributes === undefined || names.length === 0) return undefined;
  const parts: Uint8Array[] = [];
  const pushSized = (bytes: Uint8Array): void => {
    const size = new Uint8Array(4);
    new DataView(size.buffer).setUint32(0, bytes.length);
    parts.push(size, bytes);
  };
  for (const name of names) {
    const attribute = attributes[name]!;
    const binary = attribute.DataType.startsWith('Binary');
    pushSized(utf8Encode(name));
    pushSized(utf8Encode(attribute.DataType));
    parts.push(Uint8Array.of(binary ? 2 : 1));
    pushSized(binary ? binaryOf(attribute.BinaryValue) : utf8Encode(attribute.StringValue ?? ''));
  }
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return md5Hex(all);
}
