/** S3's operations on objects. @source aws/other-services.md §3 (Amazon S3 API reference 2026) @simplified Texts of refusals are recalled, not recorded. */
import { z } from 'zod';
import { AwsError } from '../../../sim/errors.ts';
import type { Call, OperationTable } from '../../../sim/service.ts';
import { operation } from '../../../sim/service.ts';
import { bodySchema, hostHeldEtag, integrity, storeBody } from './bodies.ts';
import { bucketOperations } from './buckets.ts';
import { checkRead, checkWrite, preconditionFailed, rangeOf, readConditions, writeConditions } from './conditions.ts';
import { DELETE_KEYS_MAX, PUT_BYTES_MAX } from './limits.ts';
import { listingOperations } from './listing-operations.ts';
import { multipartOperations } from './multipart.ts';
import { copySource, givenMembers, givenOf, sourceObject } from './object-members.ts';
import { bucketOf, objectOf, subjectOf } from './state.ts';
import type { S3Context, S3State, S3Tuning, StoredObject } from './state.ts';
import { taggingOperations, tagsOfHeader } from './tagging.ts';
import { readVersion } from './versions.ts';
import { checkKey, deleteObject, putNewObject } from './writing.ts';

const SOURCE = 'aws/other-services.md §3 (Amazon S3 API reference, 2026)';

const version = (object: StoredObject): { readonly VersionId?: string } => (object.versionId === undefined ? {} : { VersionId: object.versionId });
const checksum = (object: StoredObject): Record<string, string> => (object.checksum === undefined ? {} : { [`Checksum${object.checksum.algorithm}`]: object.checksum.value, ChecksumType: 'FULL_OBJECT' });

function head(object: StoredObject, checksumMode: string | undefined): Record<string, unknown> {
  return {
    ContentLength: object.blob.size,
    ETag: `"${object.etag}"`,
    ContentType: object.contentType,
    LastModified: { $date: object.modifiedMs },
    Metadata: { ...object.metadata },
    AcceptRanges: 'bytes',
    ...object.given,
    ...version(object),
    ...(object.tags.length > 0 ? { TagCount: object.tags.length } : {}),
    ...(checksumMode === 'ENABLED' ? checksum(object) : {}),
  };
}

const key = z.object({ Bucket: z.string(), Key: z.string() });
const objectArn = (_: S3Context, input: { Bucket: string; Key: string }): string => `arn:aws:s3:::${input.Bucket}/${input.Key}`;

const readInput = key.extend({ ...readConditions, Range: z.string().optional(), VersionId: z.string().optional(), ChecksumMode: z.string().optional() });

function get(context: S3Context, input: z.infer<typeof readInput>): Record<string, unknown> {
  const bucket = bucketOf(context, input.Bucket);
  const object = readVersion(bucket, input.Key, input.VersionId);
  checkRead(object, input);
  const range = rangeOf(input.Range, object.blob.size);
  bucket.totals.gets++;
  context.emit('s3.ObjectRead', bucket.arn, { key: object.key, size: object.blob.size }, { subjects: [subjectOf(bucket, object.key)] });
  if (range === undefined) return { ...head(object, input.ChecksumMode), Body: { $blob: object.blob } };
  const bytes = context.blobs.get(object.blob.sha256);
  if (bytes === undefined) throw new AwsError('InternalError', 'The bytes of this object are not in this browser.', { status: 500 });
  const { from, to } = range;
  return { ...head(object, undefined), ContentLength: to - from + 1, ContentRange: `bytes ${from}-${to}/${object.blob.size}`, Body: { $blob: context.blobs.put(bytes.slice(from, to + 1)) } };
}

const copyInput = key.extend({
  ...givenMembers,
  CopySource: z.string(),
  ContentType: z.string().optional(),
  Metadata: z.record(z.string(), z.string()).optional(),
  MetadataDirective: z.enum(['COPY', 'REPLACE']).optional(),
  Tagging: z.string().optional(),
  TaggingDirective: z.enum(['COPY', 'REPLACE']).optional(),
  CopySourceIfMatch: z.string().optional(),
  CopySourceIfNoneMatch: z.string().optional(),
});

function copy(context: S3Context, input: z.infer<typeof copyInput>, call: Call): Record<string, unknown> {
  const bucket = bucketOf(context, input.Bucket);
  checkKey(input.Key);
  const source = sourceObject(context, input.CopySource, call);
  const from = copySource(input.CopySource);
  const replaces = input.MetadataDirective === 'REPLACE';
  if (from.bucket === input.Bucket && from.key === input.Key && from.versionId === undefined && !replaces) {
    throw new AwsError('InvalidRequest', "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");
  }
  const matches = (etags: string): boolean => etags.split(',').some((etag) => etag.trim().replaceAll('"', '') === source.etag || etag.trim() === '*');
  if (input.CopySourceIfMatch !== undefined && !matches(input.CopySourceIfMatch)) throw preconditionFailed('x-amz-copy-source-If-Match');
  if (input.CopySourceIfNoneMatch !== undefined && matches(input.CopySourceIfNoneMatch)) throw preconditionFailed('x-amz-copy-source-If-None-Match');
  const object = putNewObject(context, bucket, {
    put: {
      key: input.Key,
      // A copy is one piece, whatever its source was put as.
      body: { blob: source.blob, etag: source.etag.includes('-') ? hostHeldEtag(source.blob.sha256) : source.etag, checksum: source.checksum },
      contentType: replaces ? input.ContentType : source.contentType,
      metadata: replaces ? (input.Metadata ?? {}) : source.metadata,
      given: replaces ? givenOf(input) : source.given,
      tags: input.TaggingDirective === 'REPLACE' ? tagsOfHeader(input.Tagging) : source.tags,
    },
    call,
    by: { eventName: 'ObjectCreated:Copy', reason: 'CopyObject' },
  });
  return { CopyObjectResult: { ETag: `"${object.etag}"`, LastModified: { $date: object.modifiedMs } }, ...version(object), ...(source.versionId === undefined ? {} : { CopySourceVersionId: source.versionId }) };
}

const deletesInput = z.object({ Bucket: z.string(), Delete: z.object({ Objects: z.array(z.object({ Key: z.string(), VersionId: z.string().optional() })), Quiet: z.boolean().optional() }) });

/** Each key is judged by itself: those that the caller may not delete are told as errors. */
function deleteMany(context: S3Context, input: z.infer<typeof deletesInput>, call: Call): Record<string, unknown> {
  const bucket = bucketOf(context, input.Bucket);
  const { Objects, Quiet } = input.Delete;
  if (Objects.length === 0 || Objects.length > DELETE_KEYS_MAX) throw new AwsError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
  const deleted: object[] = [];
  const errors: object[] = [];
  for (const { Key, VersionId } of Objects) {
    const decision = context.authorize(call.principal, VersionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion', `${bucket.arn}/${Key}`);
    if (!decision.allowed) {
      errors.push({ Key, ...(VersionId === undefined ? {} : { VersionId }), Code: 'AccessDenied', Message: context.deny(decision, 's3').message });
      continue;
    }
    const done = deleteObject(context, bucket, { key: Key, versionId: VersionId, call });
    const marker = done.DeleteMarker === undefined ? {} : { DeleteMarker: true, DeleteMarkerVersionId: done.VersionId };
    deleted.push({ Key, ...(VersionId === undefined ? {} : { VersionId }), ...marker });
  }
  return { ...(Quiet || deleted.length === 0 ? {} : { Deleted: deleted }), ...(errors.length > 0 ? { Errors: errors } : {}) };
}

const objectOperations: OperationTable<S3State, S3Tuning> = {
  PutObject: operation({
    input: key.extend({ ...givenMembers, ...integrity, ...writeConditions, Body: bodySchema.optional(), ContentType: z.string().optional(), Metadata: z.record(z.string(), z.string()).optional(), ContentLength: z.number().optional(), Tagging: z.string().optional() }),
    action: 's3:PutObject',
    resource: objectArn,
    writes: true,
    errors: ['NoSuchBucket', 'EntityTooLarge', 'KeyTooLongError', 'PreconditionFailed', 'BadDigest', 'InvalidRequest'],
    source: SOURCE,
    simplified: ['Large bodies get an ETag that is no MD5.'],
    http: { method: 'PUT', uri: '/{Bucket}/{Key+}', payload: 'Body' },
    handle: (context: S3Context, input, call) => {
      const bucket = bucketOf(context, input.Bucket);
      checkKey(input.Key);
      checkWrite(bucket.objects.get(input.Key), input.Key, input);
      const body = storeBody(context, input.Body, input);
      if (body.blob.size > PUT_BYTES_MAX) throw new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', { status: 400 });
      const put = { key: input.Key, body, contentType: input.ContentType, metadata: input.Metadata ?? {}, given: givenOf(input), tags: tagsOfHeader(input.Tagging) };
      const object = putNewObject(context, bucket, { put, call, by: { eventName: 'ObjectCreated:Put', reason: 'PutObject' } });
      return { ETag: `"${object.etag}"`, ...checksum(object), ...version(object) };
    },
  }),
  GetObject: operation({
    input: readInput,
    action: 's3:GetObject',
    resource: objectArn,
    writes: false,
    errors: ['NoSuchBucket', 'NoSuchKey', 'NoSuchVersion', 'InvalidRange', 'PreconditionFailed', 'NotModified'],
    source: SOURCE,
    http: { method: 'GET', uri: '/{Bucket}/{Key+}', output: { payload: 'Body' } },
    handle: get,
  }),
  HeadObject: operation({
    input: readInput,
    action: 's3:GetObject',
    resource: objectArn,
    writes: false,
    errors: ['NotFound', 'PreconditionFailed', 'NotModified'],
    source: SOURCE,
    http: { method: 'HEAD', uri: '/{Bucket}/{Key+}' },
    handle: (context: S3Context, input) => {
      const bucket = context.state.buckets.get(input.Bucket);
      if (bucket === undefined || (input.VersionId === undefined && !bucket.objects.has(input.Key))) throw new AwsError('NotFound', 'UnknownError', { status: 404 });
      const object = input.VersionId === undefined ? objectOf(bucket, input.Key) : readVersion(bucket, input.Key, input.VersionId);
      checkRead(object, input);
      const range = rangeOf(input.Range, object.blob.size);
      if (range === undefined) return head(object, input.ChecksumMode);
      return { ...head(object, undefined), ContentLength: range.to - range.from + 1, ContentRange: `bytes ${range.from}-${range.to}/${object.blob.size}` };
    },
  }),
  DeleteObject: operation({
    input: key.extend({ VersionId: z.string().optional() }),
    action: 's3:DeleteObject',
    resource: objectArn,
    writes: true,
    errors: ['NoSuchBucket'],
    source: SOURCE,
    http: { method: 'DELETE', uri: '/{Bucket}/{Key+}', status: 204 },
    handle: (context: S3Context, input, call) => deleteObject(context, bucketOf(context, input.Bucket), { key: input.Key, versionId: input.VersionId, call }),
  }),
  DeleteObjects: operation({
    input: deletesInput,
    action: 's3:DeleteObject',
    judgesItself: true,
    resource: (_, input) => `arn:aws:s3:::${input.Bucket}/*`,
    writes: true,
    errors: ['NoSuchBucket', 'MalformedXML'],
    source: SOURCE,
    http: { method: 'POST', uri: '/{Bucket}?delete', payload: 'Delete', output: { root: 'DeleteResult' } },
    handle: deleteMany,
  }),
  CopyObject: operation({
    input: copyInput,
    action: 's3:PutObject',
    resource: objectArn,
    writes: true,
    errors: ['NoSuchBucket', 'NoSuchKey', 'AccessDenied', 'PreconditionFailed', 'InvalidRequest'],
    source: SOURCE,
    http: { method: 'PUT', uri: '/{Bucket}/{Key+}', needs: ['x-amz-copy-source'], output: { root: 'CopyObjectResult', payload: 'CopyObjectResult' } },
    handle: copy,
  }),
};

export const s3Operations: OperationTable<S3State, S3Tuning> = { ...bucketOperations, ...objectOperations, ...listingOperations, ...multipartOperations, ...taggingOperations };
