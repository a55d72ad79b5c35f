/** The CloudWatch Logs model. */
import { defineModel } from '../../../sim/service.ts';
import { logsOperations, logSink } from './operations.ts';
import type { LogsState } from './state.ts';

export const model = defineModel<LogsState, object>({
  id: 'logs',
  initialState: () => ({ groups: new Map(), nextEvent: 1 }),
  tuning: { aws: {}, ideal: {} },
  operations: logsOperations,
  notModelled: ['StartQuery', 'GetQueryResults', 'PutSubscriptionFilter', 'PutMetricFilter', 'CreateExportTask', 'StartLiveTail', 'TagLogGroup'],
  entries: {},
  provides: { logSink },
  traceKinds: {
    /** data: stream, timestampMs, message */
    'logs.Line': { sentence: '{message}', level: 'detail' },
    'logs.LinesLost': { sentence: '{lines} log lines are lost: the role may not {action}.', level: 'moment', severity: 'warning' },
  },
  resources: (context) => [...context.state.groups.values()].map((group) => group.arn),
  summarize: (context, arn) => {
    const group = [...context.state.groups.values()].find((candidate) => candidate.arn === arn);
    return group && { name: group.name, streams: group.streams.size, storedBytes: group.storedBytes };
  },
  sdk: { packageName: '@aws-sdk/client-cloudwatch-logs', clientName: 'CloudWatchLogsClient', protocol: 'json-1.1', targetPrefix: 'Logs_20140328' },
});
