/** The trace events of STS. */
import type { TraceKind } from '../../../sim/trace.ts';

export const stsTraceKinds = {
  /** data: caller (an ARN) */
  'sts.CallerIdentified': { sentence: '{caller} asks who it is.', root: true, level: 'detail' },
  /** data: caller (an ARN), role, session, durationSec */
  'sts.RoleAssumed': { sentence: '{caller} is {resource} for {durationSec} s.', level: 'step' },
} satisfies Readonly<Record<string, TraceKind>>;
