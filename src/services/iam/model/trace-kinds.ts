/** The trace events of IAM. */
import type { TraceKind } from '../../../sim/trace.ts';

export const iamTraceKinds = {
  'iam.RoleCreated': { sentence: 'The role {role} is created.', level: 'detail' },
  'iam.RoleChanged': { sentence: 'The role {role} changes: {change}.', level: 'step' },
  'iam.PolicyChanged': { sentence: 'The policy {policy} changes: {change}.', level: 'detail' },
  'iam.AccessDenied': { sentence: '{principal} may not {action} on {resource}.', level: 'moment', severity: 'failure' },
} satisfies Readonly<Record<string, TraceKind>>;
