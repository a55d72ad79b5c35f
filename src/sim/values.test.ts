import { describe, expect, it } from 'vitest';
import { epochMsOf, isoEpochMs } from './values.ts';

describe('values at the doors', () => {
  it('reads ISO text as the host would, zones included, without the host', () => {
    for (const text of ['2026-01-01T00:00:00Z', '2024-02-29T23:59:59.123Z', '2026-03-29T02:30:00+02:00', '1969-12-31T23:59:59Z', '2000-03-01T00:00:00-05:30']) {
      expect(isoEpochMs(text)).toBe(Date.parse(text));
    }
    expect(isoEpochMs('2026-01-01')).toBe(Date.UTC(2026, 0, 1));
    expect(isoEpochMs('yesterday')).toBeNaN();
  });

  it('takes timestamps as date values, epoch seconds or text', () => {
    expect(epochMsOf({ $date: 1500 })).toBe(1500);
    expect(epochMsOf(1.5)).toBe(1500);
    expect(epochMsOf('1970-01-01T00:00:01.500Z')).toBe(1500);
  });
});
