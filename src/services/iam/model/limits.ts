/** Limits of IAM. @source AWS IAM quotas (2026, recalled) */

/** Versions of a managed policy. @source AWS IAM quotas (2026, recalled) */
export const VERSIONS_MAX = 5;
/** Characters of the name of a role, and of a policy. @source AWS IAM quotas (2026, recalled) */
export const ROLE_NAME_CHARS_MAX = 64;
export const POLICY_NAME_CHARS_MAX = 128;
/** Seconds that a session of a role may last, as the role says. @source AWS IAM API reference, CreateRole (2026, recalled) */
export const SESSION_SEC = { min: 3_600, default: 3_600, max: 43_200 } as const;
/** Items of a page, unless told, and at most. @source AWS IAM API reference, ListRoles (2026, recalled) */
export const PAGE = { default: 100, max: 1_000 } as const;
