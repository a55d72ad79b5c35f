/** Conditional requests and byte ranges. @source Amazon S3 user guide, conditional requests (2024–2025); RFC 9110 §13 @simplified Texts of refusals are recalled, not recorded. */
import { epochMsOf } from '../../../sim/values.ts';
import type { DateValue } from '../../../sim/values.ts';
import { z } from 'zod';
import { AwsError } from '../../../sim/errors.ts';
import type { StoredObject } from './state.ts';

const when = z.union([z.string(), z.object({ $date: z.number() })]).optional();
export const readConditions = { IfMatch: z.string().optional(), IfNoneMatch: z.string().optional(), IfModifiedSince: when, IfUnmodifiedSince: when };
export const writeConditions = { IfMatch: z.string().optional(), IfNoneMatch: z.string().optional() };

interface Conditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: string | DateValue | undefined;
  readonly IfUnmodifiedSince?: string | DateValue | undefined;
}

const bare = (etag: string): string => etag.trim().replace(/^W\//, '').replaceAll('"', '');
const names = (list: string, etag: string): boolean => list.split(',').some((one) => one.trim() === '*' || bare(one) === etag);

export function preconditionFailed(condition: string): AwsError {
  return new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', { status: 412, data: { Condition: condition } });
}

/** Refuses a read whose conditions do not hold: 412, or 304 when the reader has it already. Dates count in whole seconds. */
export function checkRead(object: StoredObject, { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince }: Conditions): void {
  const modifiedMs = Math.floor(object.modifiedMs / 1000) * 1000;
  if (IfMatch !== undefined ? !names(IfMatch, object.etag) : isBefore(IfUnmodifiedSince, modifiedMs)) throw preconditionFailed(IfMatch === undefined ? 'If-Unmodified-Since' : 'If-Match');
  const known = IfNoneMatch !== undefined ? names(IfNoneMatch, object.etag) : IfModifiedSince !== undefined && !isBefore(IfModifiedSince, modifiedMs);
  if (known) throw new AwsError('NotModified', 'Not Modified', { status: 304, fault: 'client', data: { ETag: `"${object.etag}"` } });
}

/** Whether a date that a condition names lies before the object's last change. */
function isBefore(date: string | DateValue | undefined, modifiedMs: number): boolean {
  if (date === undefined) return false;
  const ms = typeof date === 'string' ? httpDateMs(date) : epochMsOf(date);
  return !Number.isNaN(ms) && ms < modifiedMs;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Thu, 01 Jan 2026 00:00:00 GMT` or ISO 8601 as epoch ms; NaN for what is none. */
function httpDateMs(text: string): number {
  const [, day, month = '', year, time] = /^\w{3}, (\d\d) (\w{3}) (\d{4}) (\d\d:\d\d:\d\d) GMT$/.exec(text) ?? [];
  if (day === undefined) return epochMsOf(text);
  return epochMsOf(`${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-${day}T${time}Z`);
}

/** Refuses a write whose conditions do not hold. @throws AwsError PreconditionFailed, NoSuchKey */
export function checkWrite(object: StoredObject | undefined, key: string, { IfMatch, IfNoneMatch }: Conditions): void {
  if (IfNoneMatch !== undefined && object !== undefined && names(IfNoneMatch, object.etag)) throw preconditionFailed('If-None-Match');
  if (IfMatch === undefined) return;
  if (object === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.', { status: 404, data: { Key: key } });
  if (!names(IfMatch, object.etag)) throw preconditionFailed('If-Match');
}

/** Refuses a copy whose source is not as the caller wants it. */
export function checkCopy(source: StoredObject, input: { readonly CopySourceIfMatch?: string | undefined; readonly CopySourceIfNoneMatch?: string | undefined; readonly CopySourceIfModifiedSince?: Conditions['IfModifiedSince']; readonly CopySourceIfUnmodifiedSince?: Conditions['IfUnmodifiedSince'] }): void {
  const modifiedMs = Math.floor(source.modifiedMs / 1000) * 1000;
  const { CopySourceIfMatch: match, CopySourceIfNoneMatch: noneMatch } = input;
  if (match !== undefined ? !names(match, source.etag) : isBefore(input.CopySourceIfUnmodifiedSince, modifiedMs)) throw preconditionFailed(match === undefined ? 'x-amz-copy-source-If-Unmodified-Since' : 'x-amz-copy-source-If-Match');
  const since = input.CopySourceIfModifiedSince;
  if (noneMatch !== undefined ? names(noneMatch, source.etag) : since !== undefined && !isBefore(since, modifiedMs)) throw preconditionFailed(noneMatch === undefined ? 'x-amz-copy-source-If-Modified-Since' : 'x-amz-copy-source-If-None-Match');
}

/** First and last byte of a part; an object that was put at once is one part. @throws AwsError InvalidPartNumber (416) */
export function partOf(object: StoredObject, number: number): { readonly from: number; readonly to: number } | undefined {
  const sizes = object.partSizes ?? [object.blob.size];
  const size = sizes[number - 1];
  if (size === undefined) throw new AwsError('InvalidPartNumber', 'The requested partnumber is not satisfiable', { status: 416, data: { PartNumberRequested: number, ActualPartCount: sizes.length } });
  const from = sizes.slice(0, number - 1).reduce((sum, one) => sum + one, 0);
  return size === 0 ? undefined : { from, to: from + size - 1 };
}

/** First and last byte of a range; undefined when the header is none that S3 reads (the whole object is sent). @throws AwsError InvalidRange (416) */
export function rangeOf(header: string | undefined, size: number): { readonly from: number; readonly to: number } | undefined {
  const [, first, last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || (first === '' && last === '')) return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(size - 1, Number(last));
  if (first !== '' && last !== '' && Number(last) < from) return undefined;
  if (from > to || (first === '' && Number(last) === 0)) throw new AwsError('InvalidRange', 'The requested range is not satisfiable', { status: 416, data: { RangeRequested: header ?? '', ActualObjectSize: size } });
  return { from, to };
}
