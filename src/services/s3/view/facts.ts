/** What a bucket's card says, worked out from its summary. Pure. */
import type { BucketObjectSummary, BucketSummary } from '../model/summary.ts';
import { bytesText, countText, timeText } from '../../../ui/quantity-text.ts';

/** The last three, oldest first, so that a set of renditions reads as it was made. */
export function lastThree(bucket: BucketSummary): readonly BucketObjectSummary[] {
  return bucket.newest.slice(0, 3).reverse();
}

export function isVideo({ contentType, key }: Pick<BucketObjectSummary, 'contentType' | 'key'>): boolean {
  return contentType.startsWith('video/') || /\.(mp4|m4v|mov|webm|mkv)$/i.test(key);
}

/** No file of so few bytes is a video, whatever its name: an MP4 needs more for its boxes alone. */
const VIDEO_BYTES_MIN = 256;

export function isUnreadable(object: Pick<BucketObjectSummary, 'contentType' | 'key' | 'size'>): boolean {
  return isVideo(object) && object.size < VIDEO_BYTES_MIN;
}

/** '1080p' of 'dog-1080p.mp4'. */
export function renditionText(key: string): string | undefined {
  return /(?:^|[^0-9])(\d{3,4}p)(?:[^A-Za-z0-9]|$)/.exec(key)?.[1];
}

export function fileName(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1) || key;
}

/** A duration that whoever wrote the object left in its metadata (`duration-ms`, `duration` in seconds). */
export function durationText({ metadata }: Pick<BucketObjectSummary, 'metadata'>): string | undefined {
  const ms = Number(metadata['duration-ms'] ?? Number(metadata['duration'] ?? Number.NaN) * 1_000);
  return Number.isFinite(ms) && ms > 0 ? timeText(ms) : undefined;
}

export function describeBucket(name: string, bucket: BucketSummary | undefined): string {
  if (bucket === undefined) return `${name}, S3 bucket`;
  if (bucket.objects === 0) return `${name}, S3 bucket. Empty`;
  return `${name}, S3 bucket. ${countText(bucket.objects, 'object')}, ${bytesText(bucket.bytes).replace('\u00a0', ' ')}`;
}

/** Whom it tells of its objects: 'tells the default bus', 'tells jobs'. */
export function tellsText(bucket: BucketSummary): string {
  const names = [...(bucket.eventBridge ? ['the default bus'] : []), ...bucket.targets.map((arn) => arn.split(':').pop() ?? arn)];
  if (names.length === 0) return 'tells nobody';
  return names.length > 2 ? `tells ${names.length} others` : `tells ${names.join(' and ')}`;
}
