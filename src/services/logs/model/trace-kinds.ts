/** The trace events of CloudWatch Logs. */
import type { TraceKind } from '../../../sim/trace.ts';

export const logsTraceKinds = {
  /** data: stream, timestampMs, message */
  'logs.Line': { sentence: '{message}', level: 'detail' },
  'logs.LinesLost': { sentence: '{lines} log lines are lost: the role may not {action}.', level: 'moment', severity: 'warning' },
} satisfies Readonly<Record<string, TraceKind>>;
