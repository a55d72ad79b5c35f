/** Uploads in parts: begun, filled, listed, completed into one object or given up. @source Amazon S3 user guide, multipart upload limits and API @simplified Texts of refusals are recalled, not recorded. */
import { z } from 'zod';
import { md5Bytes, md5Hex } from '../../../base/hash.ts';
import { utf8Encode } from '../../../base/utf8.ts';
import { AwsError } from '../../../sim/errors.ts';
import { operation } from '../../../sim/service.ts';
import type { Call, OperationTable } from '../../../sim/service.ts';
import { bodySchema, integrity, storeBody } from './bodies.ts';
import { checkWrite, rangeOf, writeConditions } from './conditions.ts';
import { PAGE_MAX, PARTS_MAX, PART_BYTES_MIN } from './limits.ts';
import { listUploads } from './listing.ts';
import { givenMembers, givenOf, sourceObject } from './object-members.ts';
import { bucketOf, subjectOf } from './state.ts';
import type { Bucket, MultipartUpload, S3Context, S3State, S3Tuning } from './state.ts';
import { tagsOfHeader } from './tagging.ts';
import { checkKey, putNewObject } from './writing.ts';

const SOURCE = 'aws/other-services.md §3 (Amazon S3 API reference, 2026)';

const key = z.object({ Bucket: z.string(), Key: z.string() });
const ofUpload = key.extend({ UploadId: z.string() });
const objectArn = (_: S3Context, input: { Bucket: string; Key: string }): string => `arn:aws:s3:::${input.Bucket}/${input.Key}`;

function uploadOf(bucket: Bucket, input: { readonly Key: string; readonly UploadId: string }): MultipartUpload {
  const upload = bucket.uploads.get(input.UploadId);
  if (upload === undefined || upload.key !== input.Key) {
    throw new AwsError('NoSuchUpload', 'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.', { status: 404, data: { UploadId: input.UploadId } });
  }
  return upload;
}

function checkPartNumber(number: number): void {
  if (number < 1 || number > PARTS_MAX) throw new AwsError('InvalidArgument', `Part number must be an integer between 1 and ${PARTS_MAX}, inclusive`, { data: { ArgumentName: 'partNumber', ArgumentValue: String(number) } });
}

const completeInput = ofUpload.extend({ ...writeConditions, MultipartUpload: z.object({ Parts: z.array(z.object({ ETag: z.string().optional(), PartNumber: z.int() })).optional() }).optional() });

/** The parts that the caller names, in order, each as it was uploaded. */
function namedParts(upload: MultipartUpload, named: readonly { readonly ETag?: string | undefined; readonly PartNumber: number }[]) {
  if (named.length === 0) throw new AwsError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
  for (const [i, { PartNumber }] of named.entries()) {
    if (i > 0 && PartNumber <= named[i - 1]!.PartNumber) throw new AwsError('InvalidPartOrder', 'The list of parts was not in ascending order. Parts must be ordered by part number.', { data: { UploadId: upload.id } });
  }
  return named.map(({ PartNumber, ETag }, i) => {
    const part = upload.parts.get(PartNumber);
    if (part === undefined || ETag?.replaceAll('"', '') !== part.etag) {
      throw new AwsError('InvalidPart', "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.", { data: { UploadId: upload.id, PartNumber, ETag: ETag ?? '' } });
    }
    if (i < named.length - 1 && part.blob.size < PART_BYTES_MIN) {
      throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', { data: { ProposedSize: part.blob.size, MinSizeAllowed: PART_BYTES_MIN, PartNumber, ETag: part.etag } });
    }
    return part;
  });
}

function complete(context: S3Context, input: z.infer<typeof completeInput>, call: Call): Record<string, unknown> {
  const bucket = bucketOf(context, input.Bucket);
  const upload = uploadOf(bucket, input);
  const parts = namedParts(upload, input.MultipartUpload?.Parts ?? []);
  checkWrite(bucket.objects.get(input.Key), input.Key, input);
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.blob.size, 0));
  const digests = new Uint8Array(parts.length * 16);
  let at = 0;
  for (const [i, part] of parts.entries()) {
    const bytes = context.blobs.get(part.blob.sha256);
    if (bytes === undefined) throw new AwsError('InternalError', 'The bytes of this part are not in this browser.', { status: 500 });
    whole.set(bytes, at);
    at += bytes.length;
    digests.set(digestOf(part.etag), i * 16);
  }
  bucket.uploads.delete(upload.id);
  const object = putNewObject(context, bucket, {
    put: { key: upload.key, body: { blob: context.blobs.put(whole), etag: `${md5Hex(digests)}-${parts.length}`, checksum: undefined }, contentType: upload.contentType, metadata: upload.metadata, given: upload.given, tags: upload.tags, partSizes: parts.map((part) => part.blob.size) },
    call,
    by: { eventName: 'ObjectCreated:CompleteMultipartUpload', reason: 'CompleteMultipartUpload' },
  });
  const Location = `https://${bucket.name}.s3.${context.region}.amazonaws.com/${encodeURIComponent(upload.key)}`;
  return { Location, Bucket: bucket.name, Key: upload.key, ETag: `"${object.etag}"`, ...(object.versionId === undefined ? {} : { VersionId: object.versionId }) };
}

/** The 16 bytes that an ETag of 32 hex digits writes. */
function digestOf(etag: string): Uint8Array {
  return /^[0-9a-f]{32}$/.test(etag) ? Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(etag.slice(i * 2, i * 2 + 2), 16)) : md5Bytes(utf8Encode(etag));
}

function keepPart(context: S3Context, o: { readonly bucket: Bucket; readonly upload: MultipartUpload; readonly number: number; readonly body: { readonly blob: { readonly sha256: string; readonly size: number }; readonly etag: string } }): string {
  const { bucket, upload } = o;
  upload.parts.set(o.number, { blob: o.body.blob, etag: o.body.etag, modifiedMs: context.epochMs });
  context.emit('s3.PartUploaded', bucket.arn, { key: upload.key, uploadId: upload.id, part: o.number, size: o.body.blob.size }, { subjects: [subjectOf(bucket, upload.key)] });
  return `"${o.body.etag}"`;
}

export const multipartOperations: OperationTable<S3State, S3Tuning> = {
  CreateMultipartUpload: operation({
    input: key.extend({ ...givenMembers, ContentType: z.string().optional(), Metadata: z.record(z.string(), z.string()).optional(), Tagging: z.string().optional(), ChecksumAlgorithm: z.string().optional(), ChecksumType: z.string().optional() }),
    action: 's3:PutObject',
    resource: objectArn,
    writes: true,
    errors: ['NoSuchBucket', 'KeyTooLongError'],
    source: SOURCE,
    http: { method: 'POST', uri: '/{Bucket}/{Key+}?uploads', output: { root: 'InitiateMultipartUploadResult' } },
    handle: (context: S3Context, input) => {
      const bucket = bucketOf(context, input.Bucket);
      checkKey(input.Key);
      const id = context.uuid('s3.upload-id').replaceAll('-', '');
      bucket.uploads.set(id, { id, key: input.Key, initiatedMs: context.epochMs, contentType: input.ContentType, metadata: input.Metadata ?? {}, given: givenOf(input), tags: tagsOfHeader(input.Tagging), parts: new Map() });
      context.emit('s3.UploadBegun', bucket.arn, { key: input.Key, uploadId: id }, { subjects: [subjectOf(bucket, input.Key)] });
      return { Bucket: bucket.name, Key: input.Key, UploadId: id };
    },
  }),
  UploadPart: operation({
    input: ofUpload.extend({ ...integrity, PartNumber: z.int(), Body: bodySchema.optional(), ContentLength: z.number().optional() }),
    action: 's3:PutObject',
    resource: objectArn,
    writes: true,
    errors: ['NoSuchBucket', 'NoSuchUpload', 'InvalidArgument', 'BadDigest'],
    source: SOURCE,
    simplified: ['An object that came in parts keeps no additional checksum.'],
    http: { method: 'PUT', uri: '/{Bucket}/{Key+}', needs: ['uploadId', 'partNumber'], payload: 'Body' },
    handle: (context: S3Context, input) => {
      const bucket = bucketOf(context, input.Bucket);
      const upload = uploadOf(bucket, input);
      checkPartNumber(input.PartNumber);
      const body = storeBody(context, input.Body, input);
      return { ETag: keepPart(context, { bucket, upload, number: input.PartNumber, body }), ...(body.checksum === undefined ? {} : { [`Checksum${body.checksum.algorithm}`]: body.checksum.value }) };
    },
  }),
  UploadPartCopy: operation({
    input: ofUpload.extend({ PartNumber: z.int(), CopySource: z.string(), CopySourceRange: z.string().optional() }),
    action: 's3:PutObject',
    resource: objectArn,
    writes: true,
    errors: ['NoSuchBucket', 'NoSuchKey', 'NoSuchUpload', 'InvalidArgument', 'InvalidRange'],
    source: SOURCE,
    http: { method: 'PUT', uri: '/{Bucket}/{Key+}', needs: ['uploadId', 'partNumber', 'x-amz-copy-source'], headers: { 'x-amz-copy-source-range': 'CopySourceRange' }, output: { root: 'CopyPartResult', payload: 'CopyPartResult' } },
    handle: (context: S3Context, input, call) => {
      const bucket = bucketOf(context, input.Bucket);
      const upload = uploadOf(bucket, input);
      checkPartNumber(input.PartNumber);
      const source = sourceObject(context, input.CopySource, call);
      const bytes = context.blobs.get(source.blob.sha256);
      if (bytes === undefined) throw new AwsError('InternalError', 'The bytes of this object are not in this browser.', { status: 500 });
      const range = rangeOf(input.CopySourceRange, bytes.length) ?? { from: 0, to: bytes.length - 1 };
      const ETag = keepPart(context, { bucket, upload, number: input.PartNumber, body: storeBody(context, bytes.slice(range.from, range.to + 1), {}) });
      return { CopyPartResult: { ETag, LastModified: { $date: context.epochMs } } };
    },
  }),
  CompleteMultipartUpload: operation({
    input: completeInput,
    action: 's3:PutObject',
    resource: objectArn,
    writes: true,
    errors: ['NoSuchBucket', 'NoSuchUpload', 'InvalidPart', 'InvalidPartOrder', 'EntityTooSmall', 'PreconditionFailed', 'MalformedXML'],
    source: SOURCE,
    http: { method: 'POST', uri: '/{Bucket}/{Key+}', needs: ['uploadId'], payload: 'MultipartUpload', output: { root: 'CompleteMultipartUploadResult', headers: { 'x-amz-version-id': 'VersionId' } } },
    handle: complete,
  }),
  AbortMultipartUpload: operation({
    input: ofUpload,
    action: 's3:AbortMultipartUpload',
    resource: objectArn,
    writes: true,
    errors: ['NoSuchBucket', 'NoSuchUpload'],
    source: SOURCE,
    http: { method: 'DELETE', uri: '/{Bucket}/{Key+}', needs: ['uploadId'], status: 204 },
    handle: (context: S3Context, input) => {
      const bucket = bucketOf(context, input.Bucket);
      const upload = uploadOf(bucket, input);
      bucket.uploads.delete(upload.id);
      context.emit('s3.UploadAborted', bucket.arn, { key: upload.key, uploadId: upload.id }, { subjects: [subjectOf(bucket, upload.key)] });
      return {};
    },
  }),
  ListParts: operation({
    input: ofUpload.extend({ MaxParts: z.int().min(0).optional(), PartNumberMarker: z.union([z.string(), z.int()]).optional() }),
    action: 's3:ListMultipartUploadParts',
    resource: objectArn,
    writes: false,
    errors: ['NoSuchBucket', 'NoSuchUpload'],
    source: SOURCE,
    pages: { inputToken: 'PartNumberMarker', outputToken: 'NextPartNumberMarker' },
    http: { method: 'GET', uri: '/{Bucket}/{Key+}', needs: ['uploadId'], output: { root: 'ListPartsResult' } },
    handle: (context: S3Context, input) => {
      const upload = uploadOf(bucketOf(context, input.Bucket), input);
      const after = Number(input.PartNumberMarker ?? 0);
      const rows = [...upload.parts].filter(([number]) => number > after).sort(([a], [b]) => a - b);
      const page = rows.slice(0, Math.min(input.MaxParts ?? PAGE_MAX, PAGE_MAX));
      const last = page[page.length - 1];
      return {
        Bucket: input.Bucket,
        Key: upload.key,
        UploadId: upload.id,
        PartNumberMarker: String(after),
        ...(last !== undefined && rows.length > page.length ? { NextPartNumberMarker: String(last[0]) } : {}),
        MaxParts: input.MaxParts ?? PAGE_MAX,
        IsTruncated: rows.length > page.length,
        ...(page.length > 0 ? { Parts: page.map(([PartNumber, part]) => ({ PartNumber, LastModified: { $date: part.modifiedMs }, ETag: `"${part.etag}"`, Size: part.blob.size })) } : {}),
        StorageClass: 'STANDARD',
      };
    },
  }),
  ListMultipartUploads: operation({
    input: z.object({ Bucket: z.string(), Prefix: z.string().optional(), MaxUploads: z.int().min(0).optional(), KeyMarker: z.string().optional(), UploadIdMarker: z.string().optional(), EncodingType: z.enum(['url']).optional() }),
    action: 's3:ListBucketMultipartUploads',
    resource: (_: S3Context, input) => `arn:aws:s3:::${input.Bucket}`,
    writes: false,
    errors: ['NoSuchBucket'],
    source: SOURCE,
    simplified: ['ListMultipartUploads does not roll keys up at a delimiter.'],
    http: { method: 'GET', uri: '/{Bucket}?uploads', output: { root: 'ListMultipartUploadsResult' } },
    handle: (context: S3Context, input) => listUploads(bucketOf(context, input.Bucket), input),
  }),
};
