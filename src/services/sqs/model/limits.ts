/** Limits and defaults of SQS. @source AWS SQS API model (botocore 2026-08-07) and recorded answers of AWS (aws/sqs.md §1–3, §7) */

export const SQS = {
  visibilityTimeoutSec: { min: 0, max: 43_200, default: 30 },
  delaySec: { min: 0, max: 900, default: 0 },
  retentionSec: { min: 60, max: 1_209_600, default: 345_600 },
  messageBytes: { min: 1_024, max: 1_048_576, default: 1_048_576 },
  waitTimeSec: { min: 0, max: 20, default: 0 },
  maxReceiveCount: { min: 1, max: 1_000 },
  receiveMax: 10,
  batchEntriesMax: 10,
  batchBytesMax: 1_048_576,
  messageAttributesMax: 10,
  /** Values of Number attributes: significant digits, and the powers of ten between which they lie. */
  numberDigitsMax: 38,
  numberExponent: { min: -128, max: 126 },
  inFlightMax: 120_000,
  nameCharsMax: 80,
  deletedNameSec: 60,
  purgeEverySec: 60,
  moveTaskMessagesPerSecMax: 500,
  moveTasksMax: 100,
  moveTaskHoursMax: 36,
  sourceQueuesMax: 10,
  policyBytesMax: 8_192,
  policyStatementsMax: 20,
  policyPrincipalsMax: 50,
  policyConditionsMax: 10,
  /** Of a statement, in AddPermission. */
  permissionActionsMax: 7,
  kmsReuseSec: { min: 60, max: 86_400, default: 300 },
} as const;

/** @source aws/sqs.md §6 */
export const FIFO = {
  deduplicationSec: 300,
  attemptSec: 300,
  attemptCharsMax: 128,
  /** Per action: of a queue, in high-throughput mode of a group. */
  callsPerSec: 300,
} as const;

/**
 * Calls a second and action in high-throughput mode, by Region.
 * @source aws/sqs.md §6 (quotas page, by way of a mirror) @simplified Regions that the source does not name have the lower number.
 */
export const HIGH_THROUGHPUT: { readonly [kind in 'widest' | 'wide']: { readonly regions: readonly string[]; readonly callsPerSec: number } } = {
  widest: { regions: ['us-east-1', 'us-west-2', 'eu-west-1'], callsPerSec: 70_000 },
  wide: { regions: ['us-east-2', 'eu-central-1'], callsPerSec: 19_000 },
};

/** What a request with a payload is billed by. @source aws/sqs.md §13 */
export const BILLED_CHUNK_BYTES = 65_536;

/** Servers that the messages of a standard queue lie on. @simplified AWS names no number (aws/sqs.md §3) */
export const SERVERS = 8;

/** Default speed of a move task when none is asked for, messages per second. @simplified AWS tunes it by itself. */
export const MOVE_TASK_DEFAULT_PER_SEC = 500;
