/** The model of the counter service: a table of contents. */
import { defineModel } from '../../../sim/service.ts';
import { templateOperations } from './operations.ts';
import type { TemplateState, TemplateTuning } from './state.ts';
import { summarizeCounter } from './summary.ts';
import { templateTraceKinds } from './trace-kinds.ts';

export const model = defineModel<TemplateState, TemplateTuning>({
  id: 'template',
  initialState: () => ({ counters: new Map() }),
  tuning: { aws: {}, ideal: {} },
  operations: templateOperations,
  notModelled: ['ListCounters'],
  /** What `context.schedule(delayUs, kind, payload)` comes back to. */
  entries: {},
  provides: {},
  traceKinds: templateTraceKinds,
  resources: (context) => [...context.state.counters.values()].map((counter) => counter.arn),
  summarize: summarizeCounter,
});
