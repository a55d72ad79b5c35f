import { describe, expect, it } from 'vitest';
import { fuzzSeed } from './fuzz-run.ts';

describe('Fuzz', () => {
  it('finds messages in one place, causes in order, the same run for the same seed, the same future from a snapshot', () => {
    for (let seed = 1; seed <= 6; seed++) expect(fuzzSeed(seed, 200)).toBeNull();
  });
});
