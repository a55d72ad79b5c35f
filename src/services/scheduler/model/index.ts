/** The model of EventBridge Scheduler: a table of contents. */
import { defineModel } from '../../../sim/service.ts';
import { onFire } from './clock.ts';
import { onAnswer, onInvoke, onRetry } from './invoking.ts';
import { schedulerOperations } from './operations.ts';
import type { SchedulerState, SchedulerTuning } from './state.ts';
import { summarizeSchedule } from './summary.ts';
import { schedulerTraceKinds } from './trace-kinds.ts';

const retries = { retryMsFirst: 1_000, retryMsMax: 600_000 };

export const model = defineModel<SchedulerState, SchedulerTuning>({
  id: 'scheduler',
  initialState: () => ({ groups: new Map(), schedules: new Map(), tokens: new Map(), tags: new Map() }),
  tuning: { aws: { deliveryMsMedian: 60, deliverySigma: 0.61, ...retries }, ideal: { deliveryMsMedian: 0, deliverySigma: 0, ...retries } },
  operations: schedulerOperations,
  notModelled: [],
  entries: { fire: onFire, invoke: onInvoke, retry: onRetry, answer: onAnswer },
  provides: {},
  traceKinds: schedulerTraceKinds,
  resources: (context) => [...context.state.schedules.values()].map((schedule) => schedule.arn),
  summarize: summarizeSchedule,
  sdk: { packageName: '@aws-sdk/client-scheduler', clientName: 'SchedulerClient', protocol: 'rest-json', apiVersion: '2021-06-30' },
});
