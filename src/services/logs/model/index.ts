/** The CloudWatch Logs model. */
import { defineModel } from '../../../sim/service.ts';
import { accessDenied } from './errors.ts';
import { notModelled } from './not-modelled.ts';
import { logsOperations, logSink } from './operations.ts';
import type { LogsState } from './state.ts';
import { logsTraceKinds } from './trace-kinds.ts';

export const model = defineModel<LogsState, object>({
  id: 'logs',
  initialState: () => ({ groups: new Map(), nextEvent: 1 }),
  tuning: { aws: {}, ideal: {} },
  operations: logsOperations,
  notModelled,
  entries: {},
  provides: { logSink },
  traceKinds: logsTraceKinds,
  accessDenied,
  resources: (context) => [...context.state.groups.values()].map((group) => group.arn),
  summarize: (context, arn) => {
    const group = [...context.state.groups.values()].find((candidate) => candidate.arn === arn);
    return group && { name: group.name, streams: group.streams.size, storedBytes: group.storedBytes };
  },
  sdk: { packageName: '@aws-sdk/client-cloudwatch-logs', clientName: 'CloudWatchLogsClient', protocol: 'json-1.1', targetPrefix: 'Logs_20140328' },
});
