import { describe, expect, it } from 'vitest';
import { PagePace } from './page-pace.ts';

const frames = (pace: PagePace, ...lengths: readonly number[]): number => {
  for (const length of lengths) pace.frame(length);
  return pace.restMs;
};
const many = (count: number, length: number): readonly number[] => Array.from({ length: count }, () => length);

describe('PagePace', () => {
  it('tells every slice while frames come in time, and after one that was late', () => {
    expect(frames(new PagePace(), ...many(60, 16.7), 120, ...many(60, 16.7))).toBe(0);
  });

  it('rests longer and longer while many frames are late, within a bound', () => {
    const pace = new PagePace();
    const first = frames(pace, ...many(8, 33));
    expect(first).toBeGreaterThan(0);
    expect(frames(pace, ...many(8, 33))).toBeGreaterThan(first);
    expect(frames(pace, ...many(200, 33))).toBe(500);
  });

  it('comes back to every slice when frames are in time again', () => {
    const pace = new PagePace();
    frames(pace, ...many(20, 50));
    expect(frames(pace, ...many(3_000, 16.7))).toBe(0);
  });

  it('does not take a hidden page for a late frame', () => {
    expect(frames(new PagePace(), ...many(20, 60_000))).toBe(0);
  });
});
