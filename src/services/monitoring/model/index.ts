/** The model of CloudWatch metrics: what services report through their trace events, and what is reported by PutMetricData. */
import { defineModel } from '../../../sim/service.ts';
import { notModelled } from './not-modelled.ts';
import { monitoringOperations } from './operations.ts';
import { namespaceArn } from './state.ts';
import type { MonitoringState } from './state.ts';
import { monitoringTraceKinds } from './trace-kinds.ts';

export const model = defineModel<MonitoringState, object>({
  id: 'monitoring',
  initialState: () => ({ custom: new Map() }),
  tuning: { aws: {}, ideal: {} },
  operations: monitoringOperations,
  notModelled,
  entries: {},
  provides: {},
  traceKinds: monitoringTraceKinds,
  resources: (context) => [...new Set([...context.state.custom.values()].map(({ namespace }) => namespaceArn(context, namespace)))],
  summarize: (context, arn) => {
    const metrics = [...context.state.custom.values()].filter(({ namespace }) => namespaceArn(context, namespace) === arn);
    return metrics.length === 0 ? undefined : { namespace: metrics[0]!.namespace, metrics: metrics.length, samples: metrics.reduce((sum, { samples }) => sum + samples.length, 0) };
  },
  sdk: { packageName: '@aws-sdk/client-cloudwatch', clientName: 'CloudWatchClient', protocol: 'json-1.0', targetPrefix: 'GraniteServiceVersion20100801', apiVersion: '2010-08-01' },
});
