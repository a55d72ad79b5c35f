/** The trace events of IAM. */
import type { TraceKind } from '../../../sim/trace.ts';

export const iamTraceKinds = {
  'iam.RoleCreated': { sentence: 'The role {role} is created.', level: 'detail' },
  'iam.RoleChanged': { sentence: 'The role {role} changes: {change}.', level: 'step' },
  'iam.PolicyChanged': { sentence: 'The policy {policy} changes: {change}.', level: 'detail' },
  'iam.AccessDenied': { sentence: '{principal} may not {action} on {resource}.', level: 'moment', severity: 'failure' },
  /** data: fault. It is the cause of the refusal that follows. */
  'iam.PermissionDropped': { sentence: 'A fault of the scenario drops the permission on {resource}.', level: 'moment', severity: 'warning' },
} satisfies Readonly<Record<string, TraceKind>>;
