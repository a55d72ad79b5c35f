/** Limits of STS. @source AWS STS API reference, AssumeRole (recalled, 2026) */

/** Seconds that a session may last: at most what its role allows, which is 1 to 12 hours. @source AWS STS API reference, AssumeRole, DurationSeconds (recalled, 2026) */
export const SESSION_SEC = { min: 900, default: 3_600, max: 43_200 } as const;
/** Seconds of a session that a session assumes (role chaining). @source AWS IAM user guide, role chaining (recalled, 2026) */
export const CHAINED_SESSION_SEC_MAX = 3_600;
/** Characters of a session's name. @source AWS STS API reference, AssumeRole, RoleSessionName (recalled, 2026) */
export const SESSION_NAME_CHARS = { min: 2, max: 64 } as const;
/** Characters of an external id. @source AWS STS API reference, AssumeRole, ExternalId (recalled, 2026) */
export const EXTERNAL_ID_CHARS = { min: 2, max: 1_224 } as const;
/** Characters of a policy given with a session, and managed policies. @source AWS STS API reference, AssumeRole, Policy and PolicyArns (recalled, 2026) */
export const SESSION_POLICY_CHARS_MAX = 2_048;
/** @source AWS STS API reference, AssumeRole, PolicyArns (recalled, 2026) */
export const SESSION_POLICY_ARNS_MAX = 10;
