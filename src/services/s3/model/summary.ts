/** What a bucket's card and inspector show now. */
import type { S3Context } from './state.ts';

export interface BucketObjectSummary {
  readonly key: string;
  readonly size: number;
  readonly sha256: string;
  readonly contentType: string;
  readonly modifiedMs: number;
  /** µs since t = 0. */
  readonly modifiedUs: number;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface BucketSummary {
  readonly objects: number;
  readonly bytes: number;
  /** Newest first. */
  readonly newest: readonly BucketObjectSummary[];
  readonly eventBridge: boolean;
  /** ARNs of the notification targets, each once. */
  readonly targets: readonly string[];
  readonly notified: number;
}

const NEWEST_MAX = 200;

export function summarizeBucket(context: S3Context, arn: string): BucketSummary | undefined {
  const bucket = context.state.buckets.get(arn.slice('arn:aws:s3:::'.length));
  if (bucket === undefined) return undefined;
  const objects = [...bucket.objects.values()];
  return {
    objects: objects.length,
    bytes: objects.reduce((sum, object) => sum + object.blob.size, 0),
    newest: objects
      .slice(-NEWEST_MAX)
      .reverse()
      .map((object) => ({ key: object.key, size: object.blob.size, sha256: object.blob.sha256, contentType: object.contentType, modifiedMs: object.modifiedMs, modifiedUs: object.modifiedUs, metadata: object.metadata })),
    eventBridge: bucket.eventBridge,
    targets: [...new Set(bucket.notifications.map((rule) => rule.arn))],
    notified: bucket.totals.notified,
  };
}
