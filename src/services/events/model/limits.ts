/** EventBridge's limits. @source aws/eventbridge.md §3, §4, §7, §8, §14 (API model 2026-08, quotas of us-east-1) */

/** Total bytes of a PutEvents call: 1 MB as announced in January 2026; the older page still says 256 KB. @source aws/eventbridge.md §0 */
export const PUT_BYTES_MAX = 1_048_576;
export const PUT_ENTRIES_MAX = 10;
export const BUSES_MAX = 100;
export const RULES_PER_BUS_MAX = 300;
export const TARGETS_PER_RULE_MAX = 5;
/** Characters of a pattern that the quota allows; the API itself takes 4,096. */
export const PATTERN_CHARS_MAX = 2_048;
export const BUS_POLICY_CHARS_MAX = 10_240;
export const INPUT_PATHS_MAX = 100;
export const DETAIL_TYPE_CHARS_MAX = 128;
/** Levels of nesting in a Detail. @source aws/eventbridge.md §3 (the API model says 1,000, a page 1,100) */
export const DETAIL_LEVELS_MAX = 1_000;
export const ACTIVE_REPLAYS_MAX = 10;
/** @source aws/eventbridge.md §7 */
export const RETRY = { attemptsMax: 185, ageSecMin: 60, ageSecMax: 86_400 } as const;
/** Days for which a finished replay can still be looked at. @source aws/eventbridge.md §8 */
export const REPLAY_KEPT_DAYS = 90;
/** An event of a customer is billed by chunks of so many bytes. @source aws/eventbridge.md §14 */
export const BILLED_CHUNK_BYTES = 65_536;
