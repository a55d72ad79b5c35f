/** Tags of objects. @source Amazon S3 user guide, categorizing objects using tags; aws/other-services.md §3 for the events @simplified Texts of refusals are recalled, not recorded. */
import { z } from 'zod';
import { AwsError } from '../../../sim/errors.ts';
import { userIdOf } from '../../../sim/principal.ts';
import { operation } from '../../../sim/service.ts';
import type { Call, OperationTable } from '../../../sim/service.ts';
import { TAGS } from './limits.ts';
import { notify } from './notifications.ts';
import { bucketOf, subjectOf } from './state.ts';
import type { S3Context, S3State, S3Tuning, Tag } from './state.ts';
import { readVersion, replaceVersion } from './versions.ts';
import { sequencer, shortRequestId } from './writing.ts';

const SOURCE = 'aws/other-services.md §3 (Amazon S3 API reference, 2026)';

/** @throws AwsError BadRequest, InvalidTag */
export function checkTags(tags: readonly Tag[]): readonly Tag[] {
  if (tags.length > TAGS.max) throw new AwsError('BadRequest', `Object tags cannot be greater than ${TAGS.max}`);
  for (const { Key, Value } of tags) {
    if (Key.length === 0 || Key.length > TAGS.keyCharsMax) throw new AwsError('InvalidTag', 'The TagKey you have provided is invalid', { data: { TagKey: Key } });
    if (Value.length > TAGS.valueCharsMax) throw new AwsError('InvalidTag', 'The TagValue you have provided is invalid', { data: { TagKey: Key, TagValue: Value } });
  }
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) throw new AwsError('InvalidTag', 'Cannot provide multiple Tags with the same key');
  return tags;
}

/** Tags as the `x-amz-tagging` header holds them: `a=1&b=2`. */
export function tagsOfHeader(header: string | undefined): readonly Tag[] {
  const decode = (text: string): string => {
    try {
      return decodeURIComponent(text.replaceAll('+', ' '));
    } catch {
      throw new AwsError('InvalidArgument', 'The header \'x-amz-tagging\' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.');
    }
  };
  const pairs = (header ?? '').split('&').filter((pair) => pair !== '');
  return checkTags(pairs.map((pair) => ({ Key: decode(pair.split('=')[0]!), Value: decode(pair.slice(pair.indexOf('=') + 1 || pair.length)) })));
}

const input = z.object({ Bucket: z.string(), Key: z.string(), VersionId: z.string().optional() });
const arn = (_: S3Context, given: { Bucket: string; Key: string }): string => `arn:aws:s3:::${given.Bucket}/${given.Key}`;

function setTags(context: S3Context, given: z.infer<typeof input>, o: { readonly tags: readonly Tag[]; readonly call: Call }): Record<string, unknown> {
  const bucket = bucketOf(context, given.Bucket);
  const object = { ...readVersion(bucket, given.Key, given.VersionId), tags: o.tags };
  replaceVersion(bucket, object);
  const added = o.tags.length > 0;
  const seq = context.emit('s3.ObjectTagged', bucket.arn, { key: object.key, tags: o.tags.length }, { subjects: [subjectOf(bucket, object.key)] });
  notify(context, bucket, {
    eventName: added ? 'ObjectTagging:Put' : 'ObjectTagging:Delete',
    detailType: added ? 'Object Tags Added' : 'Object Tags Deleted',
    reason: added ? 'PutObjectTagging' : 'DeleteObjectTagging',
    key: object.key,
    object,
    versionId: object.versionId,
    sequencer: sequencer(bucket, context),
    requestId: shortRequestId(o.call),
    atMs: context.epochMs,
    seq,
    requester: userIdOf(o.call.principal, context.account),
  });
  return object.versionId === undefined ? {} : { VersionId: object.versionId };
}

export const taggingOperations: OperationTable<S3State, S3Tuning> = {
  PutObjectTagging: operation({
    input: input.extend({ Tagging: z.object({ TagSet: z.array(z.object({ Key: z.string(), Value: z.string() })) }) }),
    action: 's3:PutObjectTagging',
    actionFor: (given) => (given.VersionId === undefined ? 's3:PutObjectTagging' : 's3:PutObjectVersionTagging'),
    resource: arn,
    writes: true,
    errors: ['NoSuchBucket', 'NoSuchKey', 'InvalidTag'],
    source: SOURCE,
    http: { method: 'PUT', uri: '/{Bucket}/{Key+}?tagging', payload: 'Tagging' },
    handle: (context: S3Context, given, call) => setTags(context, given, { tags: checkTags(given.Tagging.TagSet), call }),
  }),
  GetObjectTagging: operation({
    input,
    action: 's3:GetObjectTagging',
    actionFor: (given) => (given.VersionId === undefined ? 's3:GetObjectTagging' : 's3:GetObjectVersionTagging'),
    resource: arn,
    writes: false,
    errors: ['NoSuchBucket', 'NoSuchKey'],
    source: SOURCE,
    http: { method: 'GET', uri: '/{Bucket}/{Key+}?tagging', output: { root: 'Tagging', headers: { 'x-amz-version-id': 'VersionId' } } },
    handle: (context: S3Context, given) => {
      const object = readVersion(bucketOf(context, given.Bucket), given.Key, given.VersionId);
      return { TagSet: object.tags.map((tag) => ({ ...tag })), ...(object.versionId === undefined ? {} : { VersionId: object.versionId }) };
    },
  }),
  DeleteObjectTagging: operation({
    input,
    action: 's3:DeleteObjectTagging',
    actionFor: (given) => (given.VersionId === undefined ? 's3:DeleteObjectTagging' : 's3:DeleteObjectVersionTagging'),
    resource: arn,
    writes: true,
    errors: ['NoSuchBucket', 'NoSuchKey'],
    source: SOURCE,
    http: { method: 'DELETE', uri: '/{Bucket}/{Key+}?tagging', status: 204 },
    handle: (context: S3Context, given, call) => setTags(context, given, { tags: [], call }),
  }),
};
