import { describe, expect, it } from 'vitest';
import { clampHeight, nextStop } from './sheet-stops.ts';

const stops = { low: 0.16, middle: 0.52, high: 0.9 };

describe('sheet', () => {
  it('steps from one resting height to the next and stays at the ends', () => {
    expect(nextStop(0.52, 1, stops)).toBe(0.9);
    expect(nextStop(0.52, -1, stops)).toBe(0.16);
    expect(nextStop(0.6, -1, stops)).toBe(0.52);
    expect(nextStop(0.9, 1, stops)).toBe(0.9);
    expect(nextStop(0.16, -1, stops)).toBe(0.16);
  });

  it('never leaves its range while it is pulled', () => {
    expect([-1, 0.4, 2].map((share) => clampHeight(share, stops))).toEqual([0.16, 0.4, 0.9]);
  });
});
