/** The golden fuel numbers, in Node. A change of engine or prelude changes them: then look at the differences, and take the new table over. */
import { expect, test } from 'vitest';
import golden from './golden-fuel.json' with { type: 'json' };
import { goldenFuel } from './golden-fuel.ts';
import { testRuntime } from './testing.ts';

test('every program uses exactly its golden fuel, in a fresh runtime and in one that has run before', () => {
  const runtime = testRuntime();
  const seen = goldenFuel(runtime);
  expect(seen).toEqual(golden);
  expect(Object.keys(seen).length).toBeGreaterThanOrEqual(12);
  expect(goldenFuel(runtime)).toEqual(seen);
});
