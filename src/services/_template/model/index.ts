/** The model of the counter service: a table of contents. */
import { defineModel } from '../../../sim/service.ts';
import { templateOperations } from './operations.ts';
import type { TemplateState, TemplateTuning } from './state.ts';
import { summarizeCounter } from './summary.ts';

export const model = defineModel<TemplateState, TemplateTuning>({
  id: 'template',
  initialState: () => ({ counters: new Map() }),
  tuning: { aws: {}, ideal: {} },
  operations: templateOperations,
  notModelled: ['ListCounters'],
  /** What `context.schedule(delayUs, kind, payload)` comes back to. */
  entries: {},
  provides: {},
  traceKinds: {
    'template.CounterCreated': { sentence: 'The counter {name} is created.', level: 'detail' },
    /** data: step, value */
    'template.Counted': { sentence: '{resource} counts to {value}.', level: 'step' },
    'template.CounterDeleted': { sentence: 'The counter {resource} is deleted at {value}.', level: 'moment' },
  },
  resources: (context) => [...context.state.counters.values()].map((counter) => counter.arn),
  summarize: summarizeCounter,
});
