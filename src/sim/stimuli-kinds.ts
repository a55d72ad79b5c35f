/** The trace events of load: calls that a scenario makes by itself. They belong to no service. */
import type { TraceKind } from './trace.ts';

export const STIMULI_KINDS = {
  /** data: number, service, operation */
  'stimuli.Fired': { sentence: 'Call {number} of the load: {operation}.', level: 'step', root: true },
  /** data: number, error, message */
  'stimuli.Refused': { sentence: 'Call {number} of the load was refused: {message}', level: 'moment', severity: 'failure' },
} satisfies Readonly<Record<string, TraceKind>>;
