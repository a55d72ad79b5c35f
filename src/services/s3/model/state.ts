/** S3's state: buckets, objects whose bytes are on the host, notification configurations. */
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
  readonly modifiedMs: number;
  /** µs since t = 0 of the put. */
  readonly modifiedUs: number;
  readonly sequencer: string;
  /** Trace event of its put. */
  readonly seq: number;
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
  readonly objects: Map<string, StoredObject>;
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
