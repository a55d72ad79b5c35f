/** S3's state: buckets, objects whose bytes are on the host, notification configurations. @simplified Texts of refusals are recalled, not recorded. */
import type { ChecksumAlgorithm } from '../../../base/checksums.ts';
import { AwsError } from '../../../sim/errors.ts';
import type { PolicyDocument } from '../../../sim/iam.ts';
import type { BlobRef } from '../../../sim/ports/runtime.ts';
import type { Context } from '../../../sim/service.ts';

export interface StoredObject {
  readonly key: string;
  readonly blob: BlobRef;
  readonly etag: string;
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Members that come back as they were given: CacheControl, ContentEncoding, …. */
  readonly given: Readonly<Record<string, string>>;
  readonly tags: readonly Tag[];
  /** The additional checksum that came with it. */
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined;
  /** Absent in a bucket that never had versions; `null` as text for what was put while versions were off. */
  readonly versionId: string | undefined;
  readonly modifiedMs: number;
  /** µs since t = 0 of the put. */
  readonly modifiedUs: number;
  readonly sequencer: string;
  /** Of an upload in parts: bytes of each. */
  readonly partSizes?: readonly number[];
  /** Trace event of its put. */
  readonly seq: number;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** Says that a key is deleted, while its versions stay. */
export interface DeleteMarker {
  readonly key: string;
  readonly versionId: string;
  readonly modifiedMs: number;
  readonly deleteMarker: true;
}
export type Version = StoredObject | DeleteMarker;

/** An upload in parts that is neither completed nor aborted. */
export interface MultipartUpload {
  readonly id: string;
  readonly key: string;
  readonly initiatedMs: number;
  readonly contentType: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly given: Readonly<Record<string, string>>;
  readonly tags: readonly Tag[];
  /** By part number. */
  readonly parts: Map<number, { readonly blob: BlobRef; readonly etag: string; readonly modifiedMs: number }>;
}

export interface NotificationRule {
  readonly id: string;
  readonly kind: 'queue' | 'topic' | 'function';
  readonly arn: string;
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

export interface Bucket {
  readonly name: string;
  readonly arn: string;
  readonly createdMs: number;
  /** What a read without a version finds, in order of putting. */
  readonly objects: Map<string, StoredObject>;
  /** Whether puts make versions; undefined before it was ever set. */
  versioning: 'Enabled' | 'Suspended' | undefined;
  /** Versions and delete markers by key, newest last; empty before versions were ever on. */
  readonly versions: Map<string, Version[]>;
  /** By upload id. */
  readonly uploads: Map<string, MultipartUpload>;
  notifications: readonly NotificationRule[];
  eventBridge: boolean;
  policy: PolicyDocument | undefined;
  nextSequencer: number;
  totals: { puts: number; gets: number; notified: number };
}

export interface S3State {
  readonly buckets: Map<string, Bucket>;
}

export interface S3Tuning {
  /** Median and spread (sigma of the logarithm) of the time until a notification arrives, ms. */
  readonly notificationMsMedian: number;
  readonly notificationSigma: number;
}

export type S3Context = Context<S3State, S3Tuning>;

export function bucketOf(context: S3Context, name: string): Bucket {
  const bucket = context.state.buckets.get(name);
  if (bucket === undefined) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', { status: 404, data: { BucketName: name } });
  return bucket;
}

export function objectOf(bucket: Bucket, key: string): StoredObject {
  const object = bucket.objects.get(key);
  if (object === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.', { status: 404, data: { Key: key } });
  return object;
}

export function subjectOf(bucket: Bucket, key: string): string {
  return `s3://${bucket.name}/${key}`;
}
