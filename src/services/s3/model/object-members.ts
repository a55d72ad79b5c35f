/** Members that several object operations take: headers kept for the reader, and the source of a copy. @source Amazon S3 API reference, PutObject, CopyObject @simplified Texts of refusals are recalled, not recorded. */
import { z } from 'zod';
import { AwsError } from '../../../sim/errors.ts';
import type { Call } from '../../../sim/service.ts';
import { bucketOf } from './state.ts';
import type { S3Context, StoredObject } from './state.ts';
import { readAs } from './versions.ts';

const GIVEN = ['CacheControl', 'ContentDisposition', 'ContentEncoding', 'ContentLanguage'] as const;
/** Members that S3 keeps for the reader, as they are. */
export const givenMembers = { CacheControl: z.string().optional(), ContentDisposition: z.string().optional(), ContentEncoding: z.string().optional(), ContentLanguage: z.string().optional() };
export function givenOf(input: { readonly [Member in (typeof GIVEN)[number]]?: string | undefined }): Record<string, string> {
  return Object.fromEntries(GIVEN.flatMap((member) => (input[member] === undefined ? [] : [[member, input[member]]])));
}

/** Bucket, key and version of `/bucket/key%20name?versionId=…`. */
export function copySource(text: string): { readonly bucket: string; readonly key: string; readonly versionId: string | undefined } {
  const [path = '', query = ''] = text.replace(/^\//, '').split('?versionId=');
  let decoded = path;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    // A percent sign that encodes nothing is part of the key.
  }
  const at = decoded.indexOf('/');
  if (at <= 0 || at === decoded.length - 1) throw new AwsError('InvalidArgument', 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey', { data: { ArgumentName: 'x-amz-copy-source', ArgumentValue: text } });
  return { bucket: decoded.slice(0, at), key: decoded.slice(at + 1), versionId: query === '' ? undefined : query };
}

/** The object to copy from, if the caller may read it. */
export function sourceObject(context: S3Context, text: string, call: Call): StoredObject {
  const from = copySource(text);
  const read = context.authorize(call.principal, from.versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion', `arn:aws:s3:::${from.bucket}/${from.key}`);
  if (!read.allowed) throw context.deny(read, 's3');
  return readAs(context, bucketOf(context, from.bucket), { key: from.key, versionId: from.versionId, call });
}
