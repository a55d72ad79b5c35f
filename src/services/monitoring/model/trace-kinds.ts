/** The trace events of CloudWatch metrics. */
import type { TraceKind } from '../../../sim/trace.ts';

export const monitoringTraceKinds = {
  /** data: namespace, metrics */
  'monitoring.MetricsPut': { sentence: '{metrics} values of {namespace} are reported.', level: 'detail' },
  /** data: alarm, metric */
  'monitoring.AlarmPut': { sentence: 'The alarm {alarm} watches {metric}.', level: 'detail' },
  /** data: alarm, from, to, reason */
  'monitoring.AlarmStateChanged': { sentence: 'The alarm {alarm} goes from {from} to {to}: {reason}', level: 'moment' },
  /** data: alarm, action (ARN) */
  'monitoring.ActionDone': { sentence: 'The alarm {alarm} tells {action}.', level: 'step' },
  /** data: alarm, action, error, message */
  'monitoring.ActionFailed': { sentence: 'The alarm {alarm} could not tell {action}: {message}', level: 'moment', severity: 'failure' },
} satisfies Readonly<Record<string, TraceKind>>;
