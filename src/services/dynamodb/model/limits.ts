/** Limits of DynamoDB. @source Amazon DynamoDB developer guide, quotas and "item sizes and formats" (2026); the 400 KB and the 24 hours of streams: aws/other-services.md §6 */

export const DYNAMODB = {
  itemBytesMax: 400 * 1024,
  hashKeyBytesMax: 2_048,
  rangeKeyBytesMax: 1_024,
  /** Significant digits of a number, and the powers of ten of its first digit. */
  numberDigitsMax: 38,
  numberExponent: { min: -130, max: 125 },
  nestingMax: 32,
  pageBytesMax: 1_048_576,
  writeUnitBytes: 1_024,
  readUnitBytes: 4_096,
  batchWriteMax: 25,
  batchGetMax: 100,
  batchGetBytesMax: 16 * 1_048_576,
  transactionMax: 100,
  transactionBytesMax: 4 * 1_048_576,
  /** A client request token makes a transaction idempotent for so long. */
  tokenSec: 600,
  expressionBytesMax: 4_096,
  scanSegmentsMax: 1_000_000,
  /** Records of a stream stay so long. @source aws/other-services.md §6 */
  streamRecordSec: 86_400,
  /** What expired longer ago than this is left alone. */
  ttlPastMaxSec: 5 * 365 * 86_400,
} as const;
