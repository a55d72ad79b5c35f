import { describe, expect, it } from 'vitest';
import { axisEndUs, clockText, durationText, ticks } from './time-scale.ts';

describe('Time axis', () => {
  it('shows ten seconds of a fresh run and leaves room after a longer one', () => {
    expect(axisEndUs(0)).toBe(10_000_000);
    expect(axisEndUs(42_800_000)).toBeGreaterThan(42_800_000);
  });
  it('never has more than ten ticks', () => {
    for (const sec of [1, 7, 59, 61, 400, 4_000, 80_000]) expect(ticks(sec * 1_000_000).length).toBeLessThanOrEqual(10);
  });
  it('writes times as people read them', () => {
    expect([
      durationText(400),
      durationText(42_000),
      durationText(11_900_000),
      durationText(60_000_000),
      durationText(185_000_000),
      durationText(7_260_000_000),
    ]).toEqual(['0.4\u00a0ms', '42\u00a0ms', '11.9\u00a0s', '1\u00a0min', '3\u00a0min 5\u00a0s', '2\u00a0h 1\u00a0min']);
    expect([clockText(6_950_000), clockText(3_723_400_000), clockText(-5)]).toEqual(['00:06.9', '1:02:03.4', '00:00.0']);
  });
});
