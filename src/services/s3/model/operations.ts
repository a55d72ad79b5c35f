/** S3's operations on objects. @source aws/other-services.md §3 (Amazon S3 API reference 2026) @simplified Texts of refusals are recalled, not recorded. */
import { z } from 'zod';
import { AwsError } from '../../../sim/errors.ts';
import type { Call, OperationTable } from '../../../sim/service.ts';
import { operation } from '../../../sim/service.ts';
import { bodySchema, hostHeldEtag, integrity, storeBody } from './bodies.ts';
import { bucketOperations } from './buckets.ts';
import { checkCopy, checkRead, checkWrite, partOf, rangeOf, readConditions, writeConditions } from './conditions.ts';
import { DELETE_KEYS_MAX, PUT_BYTES_MAX } from './limits.ts';
import { listingOperations } from './listing-operations.ts';
import { multipartOperations } from './multipart.ts';
import { copySource, givenMembers, givenOf, sourceObject } from './object-members.ts';
import { bucketOf, subjectOf } from './state.ts';
import type { S3Context, S3State, S3Tuning, StoredObject } from './state.ts';
import { taggingOperations, tagsOfHeader } from './tagging.ts';
import { readAs } from './versions.ts';
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

const readInput = key.extend({ ...readConditions, Range: z.string().optional(), PartNumber: z.int().min(1).optional(), VersionId: z.string().optional(), ChecksumMode: z.string().optional() });
const byVersion = (action: string) => (input: { readonly VersionId?: string | undefined }): string => (input.VersionId === undefined ? `s3:${action}` : `s3:${action}Version`);

/** The bytes that are asked for, by range or by part; undefined for all. */
function spanOf(object: StoredObject, input: z.infer<typeof readInput>): { readonly from: number; readonly to: number } | undefined {
  if (input.PartNumber === undefined) return rangeOf(input.Range, object.blob.size);
  if (input.Range !== undefined) throw new AwsError('InvalidRequest', 'Cannot specify both Range header and partNumber query parameter');
  return partOf(object, input.PartNumber);
}

/** What tells that only a part of the bytes is sent. */
function partial(object: StoredObject, input: z.infer<typeof readInput>, { from, to }: { readonly from: number; readonly to: number }): Record<string, unknown> {
  const parts = input.PartNumber === undefined || object.partSizes === undefined ? {} : { PartsCount: object.partSizes.length };
  return { ...head(object, undefined), ContentLength: to - from + 1, ContentRange: `bytes ${from}-${to}/${object.blob.size}`, ...parts };
}

function get(context: S3Context, input: z.infer<typeof readInput>, call: Call): Record<string, unknown> {
  const bucket = bucketOf(context, input.Bucket);
  const object = readAs(context, bucket, { key: input.Key, versionId: input.VersionId, call });
  checkRead(object, input);
  const range = spanOf(object, input);
  bucket.totals.gets++;
  context.emit('s3.ObjectRead', bucket.arn, { key: object.key, size: object.blob.size }, { subjects: [subjectOf(bucket, object.key)] });
  if (range === undefined) return { ...head(object, input.ChecksumMode), Body: { $blob: object.blob } };
  const bytes = context.blobs.get(object.blob.sha256);
  if (bytes === undefined) throw new AwsError('InternalError', 'The bytes of this object are not in this browser.', { status: 500 });
  return { ...partial(object, input, range), Body: { $blob: context.blobs.put(bytes.slice(range.from, range.to + 1)) } };
}

/** A HEAD has no body that could name the failure: what is missing is NotFound, whatever is missing of it. */
function headObject(context: S3Context, input: z.infer<typeof readInput>, call: Call): Record<string, unknown> {
  try {
    const object = readAs(context, bucketOf(context, input.Bucket), { key: input.Key, versionId: input.VersionId, call });
    checkRead(object, input);
    const range = spanOf(object, input);
    return range === undefined ? head(object, input.ChecksumMode) : partial(object, input, range);
  } catch (error) {
    throw error instanceof AwsError && error.status === 404 ? new AwsError('NotFound', 'UnknownError', { status: 404 }) : error;
  }
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
  CopySourceIfModifiedSince: readConditions.IfModifiedSince,
  CopySourceIfUnmodifiedSince: readConditions.IfUnmodifiedSince,
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
  checkCopy(source, input);
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

/** Tags that come with an object need their own right. @source Amazon S3 API reference, PutObject (recalled) */
function requireTagging(context: S3Context, input: { readonly Bucket: string; readonly Key: string }, call: Call): void {
  const decision = context.authorize(call.principal, 's3:PutObjectTagging', objectArn(context, input));
  if (!decision.allowed) throw context.deny(decision, 's3');
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
      if (input.Tagging !== undefined) requireTagging(context, input, call);
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
    actionFor: byVersion('GetObject'),
    resource: objectArn,
    writes: false,
    errors: ['AccessDenied', 'InvalidPartNumber', 'InvalidRange', 'MethodNotAllowed', 'NoSuchBucket', 'NoSuchKey', 'NoSuchVersion', 'NotModified', 'PreconditionFailed'],
    source: SOURCE,
    http: { method: 'GET', uri: '/{Bucket}/{Key+}', output: { payload: 'Body' } },
    handle: get,
  }),
  HeadObject: operation({
    input: readInput,
    action: 's3:GetObject',
    actionFor: byVersion('GetObject'),
    resource: objectArn,
    writes: false,
    errors: ['AccessDenied', 'InvalidRange', 'MethodNotAllowed', 'NotFound', 'NotModified', 'PreconditionFailed'],
    source: SOURCE,
    http: { method: 'HEAD', uri: '/{Bucket}/{Key+}' },
    handle: headObject,
  }),
  DeleteObject: operation({
    input: key.extend({ VersionId: z.string().optional() }),
    action: 's3:DeleteObject',
    actionFor: byVersion('DeleteObject'),
    resource: objectArn,
    writes: true,
    errors: ['AccessDenied', 'NoSuchBucket'],
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
