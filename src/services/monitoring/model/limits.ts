/** Limits of CloudWatch metrics. @source Amazon CloudWatch API reference (2026); aws/other-services.md §8 */

/** Datapoints of one answer. @source Amazon CloudWatch API reference, GetMetricStatistics (2026) */
export const DATAPOINTS_MAX = 1_440;
/** @source Amazon CloudWatch API reference, ListMetrics (2026) */
export const METRICS_PER_PAGE = 500;
/** @source Amazon CloudWatch API reference, GetMetricData (2026) */
export const QUERIES_MAX = 500;
/** @source Amazon CloudWatch API reference, PutMetricData (2026) */
export const DATA_MAX = 1_000;
/** @source aws/other-services.md §8 */
export const DIMENSIONS_MAX = 30;
/** Alarms: lengths of names and texts, actions for a state, N × Period in seconds (with periods of an hour on: a week), alarms in a page. @source Amazon CloudWatch API reference, PutMetricAlarm, SetAlarmState and DescribeAlarms (2026) */
export const ALARM = { nameCharsMax: 255, descriptionCharsMax: 1_024, actionsMax: 5, longPeriodSec: 3_600, spanSecMax: 86_400, longSpanSecMax: 604_800, reasonCharsMax: 1_023, reasonDataCharsMax: 4_000, perPage: 100, perPageUnlessTold: 50 } as const;
