/**
 * Values that JSON cannot hold, as plain data. One convention for every door into a service: API inputs and outputs, the sandbox's
 * SDK, the wire. Whoever stands at a border (headless cloud, sandbox facade, wire adapter) turns them into bytes and Date objects.
 *
 *   blob   `{ $blob: { sha256, size } }`   bytes in the host's content-addressed store (S3 bodies, payloads, records, ZipFile)
 *   bytes  `{ $bytes: base64 }`            a few bytes inline (binary message attributes); accepted wherever a blob is
 *   date   `{ $date: epochMs }`            a timestamp, whole milliseconds
 *
 * In inputs, a member that is a blob in the SDK may also be a plain string: its UTF-8 bytes.
 */
import { base64Decode, base64Encode } from '../base/base64.ts';
import { utf8Decode, utf8Encode } from '../base/utf8.ts';
import type { BlobRef, BlobStore } from './ports/runtime.ts';

export interface BlobValue {
  readonly $blob: BlobRef;
}
export interface BytesValue {
  readonly $bytes: string;
}
export interface DateValue {
  readonly $date: number;
}
/** What an operation may be given for a blob member. */
export type BlobInput = string | BlobValue | BytesValue;

export function isBlobValue(value: unknown): value is BlobValue {
  return typeof value === 'object' && value !== null && '$blob' in value && typeof (value.$blob as BlobRef | null)?.sha256 === 'string';
}
export function isBytesValue(value: unknown): value is BytesValue {
  return typeof value === 'object' && value !== null && '$bytes' in value && typeof value.$bytes === 'string';
}
export function isDateValue(value: unknown): value is DateValue {
  return typeof value === 'object' && value !== null && '$date' in value && typeof value.$date === 'number';
}

/** A timestamp for an output. */
export function dateValue(epochMs: number): DateValue {
  return { $date: Math.floor(epochMs) };
}

/** Bytes or text for an output: kept in the store, named here. */
export function blobValue(blobs: BlobStore, content: string | Uint8Array): BlobValue {
  return { $blob: blobs.put(typeof content === 'string' ? utf8Encode(content) : content) };
}

export function bytesValue(bytes: Uint8Array): BytesValue {
  return { $bytes: base64Encode(bytes) };
}

/** The bytes of a blob member of an input; undefined when the store does not hold them. Not to be changed. */
export function bytesOf(blobs: BlobStore, value: BlobInput): Uint8Array | undefined {
  if (typeof value === 'string') return utf8Encode(value);
  return '$bytes' in value ? base64Decode(value.$bytes) : blobs.get(value.$blob.sha256);
}

/** The same as text (UTF-8). */
export function textOf(blobs: BlobStore, value: BlobInput): string | undefined {
  if (typeof value === 'string') return value;
  const bytes = bytesOf(blobs, value);
  return bytes && utf8Decode(bytes);
}

/** The reference to a blob member's bytes, stored if they were not. */
export function blobRefOf(blobs: BlobStore, value: BlobInput): BlobRef {
  if (isBlobValue(value)) return value.$blob;
  return blobs.put(bytesOf(blobs, value)!);
}

/** Epoch milliseconds of a timestamp member of an input: a date value, epoch seconds, or ISO text; NaN for what is none. */
export function epochMsOf(value: DateValue | number | string): number {
  if (typeof value === 'number') return Math.round(value * 1000);
  if (isDateValue(value)) return value.$date;
  return isoEpochMs(value);
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** Epoch milliseconds of ISO 8601 text (UTC when it names no zone); NaN when it is none. */
export function isoEpochMs(text: string): number {
  const parts = ISO.exec(text);
  if (!parts) return Number.NaN;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = parts;
  const days = daysFromCivil(Number(year), Number(month), Number(day));
  const offset = zone === 'Z' ? 0 : (zone[0] === '-' ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  return ((days * 24 + Number(hour)) * 60 + Number(minute) - offset) * 60_000 + Number(second) * 1000 + ms;
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar. */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
