import { describe, expect, it } from 'vitest';
import { stimuliModel } from '../runner/stimuli.ts';
import { traceKinds } from './trace-kinds.ts';

describe('the documented kinds of trace events', () => {
  it('tell of load in words, though it is no service', () => {
    for (const kind of Object.keys(stimuliModel.traceKinds)) expect(traceKinds.get(kind)?.sentence, kind).toMatch(/^Call \{number\} of the load/);
  });
});
