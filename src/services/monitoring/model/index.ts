/** The model of CloudWatch metrics: what services report through their trace events, what is reported by PutMetricData, and alarms on them. */
import { defineModel } from '../../../sim/service.ts';
import { alarmOperations } from './alarms/operations.ts';
import { onEvaluate } from './alarms/watching.ts';
import { notModelled } from './not-modelled.ts';
import { monitoringOperations } from './operations.ts';
import { namespaceArn } from './state.ts';
import type { MonitoringState } from './state.ts';
import { monitoringTraceKinds } from './trace-kinds.ts';

/** @source AWS SDK for JavaScript 3, client-cloudwatch, waiters (2026) */
const waiters = [{ name: 'AlarmExists', operation: 'DescribeAlarms', delaySec: 5, acceptors: [{ state: 'retry', path: 'MetricAlarms.0' }, { state: 'success' }] }] as const;

export const model = defineModel<MonitoringState, object>({
  id: 'monitoring',
  initialState: () => ({ custom: new Map(), alarms: new Map(), nextAlarm: 1 }),
  tuning: { aws: {}, ideal: {} },
  operations: { ...monitoringOperations, ...alarmOperations },
  notModelled,
  entries: { evaluate: onEvaluate },
  provides: {},
  traceKinds: monitoringTraceKinds,
  resources: (context) => [...new Set([...context.state.custom.values()].map(({ namespace }) => namespaceArn(context, namespace))), ...[...context.state.alarms.values()].map(({ arn }) => arn)],
  summarize: (context, arn) => {
    const alarm = [...context.state.alarms.values()].find((candidate) => candidate.arn === arn);
    if (alarm !== undefined) return { alarm: alarm.name, state: alarm.state, reason: alarm.reason };
    const metrics = [...context.state.custom.values()].filter(({ namespace }) => namespaceArn(context, namespace) === arn);
    return metrics.length === 0 ? undefined : { namespace: metrics[0]!.namespace, metrics: metrics.length, samples: metrics.reduce((sum, { samples }) => sum + samples.length, 0) };
  },
  sdk: { packageName: '@aws-sdk/client-cloudwatch', clientName: 'CloudWatchClient', protocol: 'json-1.0', targetPrefix: 'GraniteServiceVersion20100801', apiVersion: '2010-08-01', waiters },
});
