import { expect, it } from 'vitest';
import type { SimTime } from '../../../sim/units.ts';
import { GrowingTraceIndex } from '../../../state/trace-index.ts';
import { lastUntil } from './last-until.ts';

it('the newest event of a resource is found at any moment, the moment itself included', () => {
  const index = new GrowingTraceIndex();
  const at = [0, 5, 5, 9];
  index.append(at.flatMap((us, i) => [{ seq: 2 * i, at: us as SimTime, kind: 'a.B', resource: 'mine', cause: [], data: {} }, { seq: 2 * i + 1, at: us as SimTime, kind: 'a.B', resource: 'other', cause: [], data: {} }]));
  expect([-1, 0, 4, 5, 8, 9, 99].map((us) => lastUntil(index, 'mine', us)?.seq)).toEqual([undefined, 0, 0, 4, 4, 6, 6]);
  expect(lastUntil(index, 'nobody', 9)).toBeUndefined();
});
