import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilFromDays, daysFromCivil, daysInMonth, formatInstant, parseInstant, weekdayOf } from './civil.ts';

describe('the calendar', () => {
  it('agrees with Date on days, weekdays and instants from 1600 to 2500', () => {
    fc.assert(
      fc.property(fc.integer({ min: -11_676_096_000, max: 16_725_225_600 }), (seconds) => {
        const date = new Date(seconds * 1000);
        const days = Math.floor(seconds / 86400);
        expect(civilFromDays(days)).toEqual({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() });
        expect(daysFromCivil(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())).toBe(days);
        expect(weekdayOf(days)).toBe(date.getUTCDay());
        expect(formatInstant(seconds)).toBe(date.toISOString().replace('.000Z', 'Z'));
        expect(parseInstant(formatInstant(seconds))).toBe(seconds);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('knows leap years', () => {
    expect([2000, 1900, 2024, 2026].map((year) => daysInMonth(year, 2))).toEqual([29, 28, 29, 28]);
  });

  it('reads offsets and fractions', () => {
    expect(parseInstant('1970-01-01T02:00:00+02:00')).toBe(0);
    expect(parseInstant('1969-12-31T23:30:00-00:30')).toBe(0);
    expect(parseInstant('1970-01-01T00:00:01.25Z')).toBe(1.25);
    expect(parseInstant('1970-01-01T00:00')).toBe(0);
  });

  it.each(['2026-02-29T00:00:00Z', '2026-13-01T00:00:00Z', '2026-01-01', '2026-01-01T24:00:00Z', '2026-01-01T00:60:00Z', 'x'])('refuses %s', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});
