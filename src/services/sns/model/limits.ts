/** SNS's limits. @source aws/other-services.md §4 (API model 2026-08, retry page) */

/** Body and attributes of a message together, and of a batch. */
export const MESSAGE_BYTES_MAX = 262_144;
export const BATCH_ENTRIES_MAX = 10;
/** A subject is shorter than 100 characters. */
export const SUBJECT_CHARS_MAX = 99;
/** Attributes that go into an SQS message; more make a raw delivery fail. */
export const RAW_ATTRIBUTES_MAX = 10;
export const FIFO_SUBSCRIPTIONS_MAX = 100;
export const TOPICS_MAX = 100_000;
/** Subscriptions of a topic with a filter policy. */
export const FILTER_POLICIES_MAX = 200;
/** Publish calls a second to a FIFO topic, or to each of its groups with FifoThroughputScope MessageGroup; a batch is one. @simplified The ceiling over all groups is not looked at. */
export const FIFO_PUBLISHES_PER_SEC = 300;
/** Within this a FIFO topic takes a message once. */
export const DEDUPLICATION_MS = 300_000;
/** What a message is billed by. */
export const BILLED_CHUNK_BYTES = 65_536;

/**
 * Retries to functions and queues, phase by phase: 3 at once, 2 after 1 s each, 10 from 1 to 20 s, 100,000 every 20 s.
 * @source aws/other-services.md §4 (SNS message delivery retries: 100,015 tries over 23 days)
 */
export const PHASES = { immediate: 3, preBackoff: 2, preBackoffSec: 1, backoff: 10, backoffSecMin: 1, backoffSecMax: 20, postBackoff: 100_000, postBackoffSec: 20 } as const;
