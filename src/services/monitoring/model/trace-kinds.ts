/** The trace events of CloudWatch metrics. */
import type { TraceKind } from '../../../sim/trace.ts';

export const monitoringTraceKinds = {
  /** data: namespace, metrics */
  'monitoring.MetricsPut': { sentence: '{metrics} values of {namespace} are reported.', level: 'detail' },
} satisfies Readonly<Record<string, TraceKind>>;
