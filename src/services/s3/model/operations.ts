/** S3's object and bucket operations. @source aws/other-services.md §3 (Amazon S3 API reference 2026) */
import { z } from 'zod';
import { base64Decode } from '../../../base/base64.ts';
import { md5Hex, sha256Hex } from '../../../base/hash.ts';
import { utf8Encode } from '../../../base/utf8.ts';
import { AwsError } from '../../../sim/errors.ts';
import { principalName } from '../../../sim/iam.ts';
import type { BlobRef } from '../../../sim/ports/runtime.ts';
import type { Call, OperationTable } from '../../../sim/service.ts';
import { operation } from '../../../sim/service.ts';
import { bucketOperations } from './buckets.ts';
import { listObjects } from './listing.ts';
import { notify } from './notifications.ts';
import { bucketOf, objectOf, subjectOf } from './state.ts';
import type { Bucket, S3Context, S3State, S3Tuning, StoredObject } from './state.ts';

const SOURCE = 'aws/other-services.md §3 (Amazon S3 API reference, 2026)';
/** Largest object of one PutObject. @source Amazon S3 quotas: 5 GB */
const PUT_BYTES_MAX = 5 * 1024 ** 3;

/** Bytes given with a call, or a handle of bytes that the host holds already. */
const bodySchema = z.union([z.string(), z.instanceof(Uint8Array), z.object({ $blob: z.object({ sha256: z.string(), size: z.int() }) }), z.object({ $bytes: z.string() })]);
type Body = z.infer<typeof bodySchema>;

/**
 * Stores a body and gives its ETag: MD5 of the bytes when they came with the call.
 * @simplified Bodies that stay on the host (clips) get an ETag made from their SHA-256, so that a run is the same whether or not this browser holds the bytes.
 */
function store(context: S3Context, body: Body | undefined): { readonly blob: BlobRef; readonly etag: string } {
  if (typeof body === 'object' && '$blob' in body) return { blob: body.$blob, etag: sha256Hex(`etag/${body.$blob.sha256}`).slice(0, 32) };
  const bytes = body === undefined ? new Uint8Array(0) : typeof body === 'string' ? utf8Encode(body) : body instanceof Uint8Array ? body : base64Decode((body as { $bytes: string }).$bytes);
  return { blob: context.blobs.put(bytes), etag: md5Hex(bytes) };
}

function sequencer(bucket: Bucket, context: S3Context): string {
  return (BigInt(context.epochUs) * 4096n + BigInt(bucket.nextSequencer++ % 4096)).toString(16).toUpperCase().padStart(18, '0');
}

interface PutInput {
  readonly Bucket: string;
  readonly Key: string;
  readonly Body?: Body | undefined;
  readonly ContentType?: string | undefined;
  readonly Metadata?: Readonly<Record<string, string>> | undefined;
}

function put(context: S3Context, input: PutInput, call: Call, by: { readonly eventName: string; readonly reason: string }): StoredObject {
  const bucket = bucketOf(context, input.Bucket);
  if (input.Key.length === 0 || utf8Encode(input.Key).length > 1024) throw new AwsError('KeyTooLongError', 'Your key is too long', { status: 400 });
  const { blob, etag } = store(context, input.Body);
  if (blob.size > PUT_BYTES_MAX) throw new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', { status: 400 });
  const subject = subjectOf(bucket, input.Key);
  bucket.totals.puts++;
  const seq = context.emit('s3.ObjectCreated', bucket.arn, { key: input.Key, size: blob.size, sha256: blob.sha256, contentType: input.ContentType ?? 'application/octet-stream', objects: bucket.objects.size + (bucket.objects.has(input.Key) ? 0 : 1) }, { subjects: [subject] });
  const object: StoredObject = {
    key: input.Key,
    blob,
    etag,
    contentType: input.ContentType ?? 'application/octet-stream',
    metadata: input.Metadata ?? {},
    modifiedMs: context.epochMs,
    modifiedUs: context.now,
    sequencer: sequencer(bucket, context),
    seq,
  };
  bucket.objects.delete(input.Key);
  bucket.objects.set(input.Key, object);
  notify(context, bucket, { eventName: by.eventName, detailType: 'Object Created', reason: by.reason, key: input.Key, object, sequencer: object.sequencer, requestId: requestId(call), atMs: context.epochMs, seq, requester: principalName(call.principal, context.account) });
  return object;
}

function requestId(call: Call): string {
  return call.requestId.replace(/-/g, '').slice(0, 16).toUpperCase();
}

function remove(context: S3Context, bucket: Bucket, key: string, call: Call): void {
  if (!bucket.objects.delete(key)) return;
  const seq = context.emit('s3.ObjectDeleted', bucket.arn, { key, objects: bucket.objects.size }, { subjects: [subjectOf(bucket, key)] });
  notify(context, bucket, { eventName: 'ObjectRemoved:Delete', detailType: 'Object Deleted', reason: 'DeleteObject', deletionType: 'Permanently Deleted', key, object: undefined, sequencer: sequencer(bucket, context), requestId: requestId(call), atMs: context.epochMs, seq, requester: principalName(call.principal, context.account) });
}

function head(object: StoredObject): Record<string, unknown> {
  return { ContentLength: object.blob.size, ETag: `"${object.etag}"`, ContentType: object.contentType, LastModified: { $date: object.modifiedMs }, Metadata: { ...object.metadata }, AcceptRanges: 'bytes' };
}

const key = z.object({ Bucket: z.string(), Key: z.string() });
const objectArn = (_: S3Context, input: { Bucket: string; Key: string }): string => `arn:aws:s3:::${input.Bucket}/${input.Key}`;
const bucketArn = (_: S3Context, input: { Bucket: string }): string => `arn:aws:s3:::${input.Bucket}`;

export const s3Operations: OperationTable<S3State, S3Tuning> = {
  ...bucketOperations,
  PutObject: operation({
    input: key.extend({ Body: bodySchema.optional(), ContentType: z.string().optional(), Metadata: z.record(z.string(), z.string()).optional(), ContentLength: z.number().optional() }),
    action: 's3:PutObject',
    resource: objectArn,
    writes: true,
    errors: ['NoSuchBucket', 'EntityTooLarge', 'KeyTooLongError'],
    source: SOURCE,
    simplified: ['Large bodies get an ETag that is no MD5.'],
    http: { method: 'PUT', uri: '/{Bucket}/{Key+}' },
    handle: (context: S3Context, input, call) => ({ ETag: `"${put(context, input, call, { eventName: 'ObjectCreated:Put', reason: 'PutObject' }).etag}"` }),
  }),
  GetObject: operation({
    input: key.extend({ Range: z.string().optional() }),
    action: 's3:GetObject',
    resource: objectArn,
    writes: false,
    errors: ['NoSuchBucket', 'NoSuchKey', 'InvalidRange'],
    source: SOURCE,
    http: { method: 'GET', uri: '/{Bucket}/{Key+}' },
    handle: (context: S3Context, input) => {
      const bucket = bucketOf(context, input.Bucket);
      const object = objectOf(bucket, input.Key);
      bucket.totals.gets++;
      context.emit('s3.ObjectRead', bucket.arn, { key: object.key, size: object.blob.size }, { subjects: [subjectOf(bucket, object.key)] });
      if (input.Range === undefined) return { ...head(object), Body: { $blob: object.blob } };
      const range = /^bytes=(\d+)-(\d*)$/.exec(input.Range);
      const from = Number(range?.[1]);
      const to = Math.min(object.blob.size - 1, range?.[2] ? Number(range[2]) : object.blob.size - 1);
      if (range === null || from > to) throw new AwsError('InvalidRange', 'The requested range is not satisfiable', { status: 416 });
      const bytes = context.blobs.get(object.blob.sha256);
      if (bytes === undefined) throw new AwsError('InternalError', 'The bytes of this object are not in this browser.', { status: 500 });
      return { ...head(object), ContentLength: to - from + 1, ContentRange: `bytes ${from}-${to}/${object.blob.size}`, Body: { $blob: context.blobs.put(bytes.slice(from, to + 1)) } };
    },
  }),
  HeadObject: operation({
    input: key,
    action: 's3:GetObject',
    resource: objectArn,
    writes: false,
    errors: ['NotFound'],
    source: SOURCE,
    http: { method: 'HEAD', uri: '/{Bucket}/{Key+}' },
    handle: (context: S3Context, input) => {
      const object = context.state.buckets.get(input.Bucket)?.objects.get(input.Key);
      if (object === undefined) throw new AwsError('NotFound', 'UnknownError', { status: 404 });
      return head(object);
    },
  }),
  DeleteObject: operation({
    input: key,
    action: 's3:DeleteObject',
    resource: objectArn,
    writes: true,
    errors: ['NoSuchBucket'],
    source: SOURCE,
    http: { method: 'DELETE', uri: '/{Bucket}/{Key+}', status: 204 },
    handle: (context: S3Context, input, call) => {
      remove(context, bucketOf(context, input.Bucket), input.Key, call);
      return {};
    },
  }),
  DeleteObjects: operation({
    input: z.object({ Bucket: z.string(), Delete: z.object({ Objects: z.array(z.object({ Key: z.string() })).max(1000), Quiet: z.boolean().optional() }) }),
    action: 's3:DeleteObject',
    resource: (_, input) => `arn:aws:s3:::${input.Bucket}/*`,
    writes: true,
    errors: ['NoSuchBucket'],
    source: SOURCE,
    handle: (context: S3Context, input, call) => {
      const bucket = bucketOf(context, input.Bucket);
      for (const object of input.Delete.Objects) remove(context, bucket, object.Key, call);
      return input.Delete.Quiet ? {} : { Deleted: input.Delete.Objects.map((object) => ({ Key: object.Key })) };
    },
  }),
  CopyObject: operation({
    input: key.extend({ CopySource: z.string(), ContentType: z.string().optional(), Metadata: z.record(z.string(), z.string()).optional() }),
    action: 's3:PutObject',
    resource: objectArn,
    writes: true,
    errors: ['NoSuchBucket', 'NoSuchKey', 'AccessDenied'],
    source: SOURCE,
    handle: (context: S3Context, input, call) => {
      const [name, ...rest] = decodeURIComponent(input.CopySource.replace(/^\//, '')).split('/');
      const source = objectOf(bucketOf(context, name!), rest.join('/'));
      const read = context.authorize(call.principal, 's3:GetObject', `arn:aws:s3:::${name}/${source.key}`);
      if (!read.allowed) throw context.deny(read, 's3');
      const object = put(context, { ...input, Body: { $blob: source.blob }, ContentType: input.ContentType ?? source.contentType, Metadata: input.Metadata ?? source.metadata }, call, { eventName: 'ObjectCreated:Copy', reason: 'CopyObject' });
      return { CopyObjectResult: { ETag: `"${object.etag}"`, LastModified: { $date: object.modifiedMs } } };
    },
  }),
  ListObjectsV2: operation({
    input: z.object({ Bucket: z.string(), Prefix: z.string().optional(), Delimiter: z.string().optional(), MaxKeys: z.int().min(0).max(1000).optional(), ContinuationToken: z.string().optional(), StartAfter: z.string().optional() }),
    action: 's3:ListBucket',
    resource: bucketArn,
    writes: false,
    errors: ['NoSuchBucket'],
    source: SOURCE,
    pages: { inputToken: 'ContinuationToken', outputToken: 'NextContinuationToken' },
    handle: (context: S3Context, input) => listObjects(bucketOf(context, input.Bucket), input),
  }),
};
