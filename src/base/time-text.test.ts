import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoMs, isoSec, parseIso } from './time-text.ts';

describe('Time as text', () => {
  it('agrees with Date over four hundred years, both ways', () => {
    fc.assert(
      fc.property(fc.integer({ min: -6_000_000_000_000, max: 9_000_000_000_000 }), (ms) => {
        const text = new Date(ms).toISOString();
        expect(isoMs(ms)).toBe(text);
        expect(parseIso(text)).toBe(ms);
      }),
    );
  });
  it('cuts fractions of a second and reads offsets', () => {
    expect(isoSec(1_767_225_600_999)).toBe('2026-01-01T00:00:00Z');
    expect(parseIso('2026-01-01T02:00:00+02:00')).toBe(1_767_225_600_000);
    expect(parseIso('tomorrow')).toBeUndefined();
  });
});
