/** Limits of CloudWatch Logs. @source Amazon CloudWatch Logs quotas (2026); aws/other-services.md §8 */

/** Bytes that a log event costs beside its text. @source CloudWatch Logs quotas (2026) */
export const EVENT_OVERHEAD_BYTES = 26;
/** Most bytes of an event, those beside its text among them. @source aws/lambda.md §2.1 (1 MB today; older pages 256 KB) @simplified that the 26 bytes count is recalled */
export const EVENT_BYTES_MAX = 1_048_576;
/** Most events that one read answers. @source CloudWatch Logs API reference, GetLogEvents and FilterLogEvents (2026) */
export const EVENTS_PER_CALL_MAX = 10_000;
/** Groups in one page unless told. @source CloudWatch Logs API reference, DescribeLogGroups (2026) */
export const GROUPS_PER_PAGE = 50;
/** Streams in one page, at most and unless told. @source CloudWatch Logs API reference, DescribeLogStreams (2026) */
export const STREAMS_PER_PAGE = 50;
/** Days that a retention policy may have. @source CloudWatch Logs API reference, PutRetentionPolicy (2026) */
export const RETENTION_DAYS: readonly number[] = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];
/** @source CloudWatch Logs API reference, CreateLogGroup (2026) */
export const GROUP_NAME = /^[.\-_/#A-Za-z0-9]{1,512}$/;
/** Of a document in the embedded metric format: lengths of names, dimensions of a set, metrics of a directive, values of a metric. @source Amazon CloudWatch user guide, embedded metric format specification (2026) */
export const EMBEDDED = { nameCharsMax: 1_024, dimensionCharsMax: 250, dimensionsMax: 30, metricsMax: 100, valuesMax: 100 } as const;
/** @source Amazon CloudWatch user guide, embedded metric format specification (2026) */
export const DIMENSION_VALUE_CHARS_MAX = 1_024;
