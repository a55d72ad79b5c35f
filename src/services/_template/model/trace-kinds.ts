/** The trace events of the counter service: what narration says of each. */
import type { TraceKind } from '../../../sim/trace.ts';

export const templateTraceKinds = {
  'template.CounterCreated': { sentence: 'The counter {name} is created.', level: 'detail' },
  /** data: step, value */
  'template.Counted': { sentence: '{resource} counts to {value}.', level: 'step' },
  'template.CounterDeleted': { sentence: 'The counter {resource} is deleted at {value}.', level: 'moment' },
} satisfies Readonly<Record<string, TraceKind>>;
