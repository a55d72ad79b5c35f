/** The trace events of CloudWatch Logs. */
import type { TraceKind } from '../../../sim/trace.ts';

export const logsTraceKinds = {
  /** data: stream, timestampMs, message */
  'logs.Line': { sentence: '{message}', level: 'detail' },
  'logs.LinesLost': { sentence: '{lines} log lines are lost: the role may not {action}.', level: 'moment', severity: 'warning' },
  /** A document in the embedded metric format of no use. data: stream, why */
  'logs.MetricsRefused': { sentence: 'CloudWatch finds metrics in a log line and cannot use them: {why}.', level: 'moment', severity: 'warning' },
} satisfies Readonly<Record<string, TraceKind>>;
