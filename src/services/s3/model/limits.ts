/** Limits of S3. @source Amazon S3 user guide, quotas and limits (2026); aws/other-services.md §3 */

/** Longest key, bytes of UTF-8. @source Amazon S3 user guide, object key names (2026) */
export const KEY_BYTES_MAX = 1_024;
/** Largest object of one PutObject: 5 GB. @source Amazon S3 user guide, quotas (2026) */
export const PUT_BYTES_MAX = 5 * 1024 ** 3;
/** Keys of one DeleteObjects. @source Amazon S3 API reference, DeleteObjects (2026) */
export const DELETE_KEYS_MAX = 1_000;
/** Keys, parts or uploads in a page, at most and unless told. @source Amazon S3 API reference, ListObjectsV2 (2026) */
export const PAGE_MAX = 1_000;
/** Parts of an upload, of 5 MiB or more but for the last one. @source Amazon S3 user guide, multipart upload limits (2026) */
export const PARTS_MAX = 10_000;
/** @source Amazon S3 user guide, multipart upload limits (2026) */
export const PART_BYTES_MIN = 5 * 1024 ** 2;
/** Buckets in a page. @source Amazon S3 API reference, ListBuckets (2026, recalled) */
export const BUCKETS_PAGE_MAX = 10_000;
/** Bytes of a bucket's policy. @source Amazon S3 user guide, bucket policies (2026, recalled) */
export const POLICY_BYTES_MAX = 20 * 1024;
/** Notification rules of one bucket. @source aws/other-services.md §3 */
export const RULES_MAX = 100;
/** Tags of an object, and characters of a key and a value. @source Amazon S3 user guide, categorizing objects using tags (2026) */
export const TAGS = { max: 10, keyCharsMax: 128, valueCharsMax: 256 } as const;
