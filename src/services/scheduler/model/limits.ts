/** EventBridge Scheduler's limits. @source aws/eventbridge.md §10 (API model 2026-08) */

export const RETRY = { attemptsMax: 185, ageSecMin: 60, ageSecMax: 86_400 } as const;
export const WINDOW_MINUTES = { min: 1, max: 1_440 } as const;
export const ZONE_CHARS_MAX = 50;
export const EXPRESSION_CHARS_MAX = 256;
/** Name of a schedule and of a group. */
export const NAME = /^[0-9a-zA-Z\-_.]{1,64}$/;
