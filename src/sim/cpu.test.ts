import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { burstWallUs, cpuWallUs, cpuWithinWallUs, singleThreadShare } from './cpu.ts';

describe('CPU share', () => {
  it('lets work that fits into the first quota run at full speed', () => {
    expect(cpuWallUs(1_400, singleThreadShare(128))).toBe(1_400);
  });
  it('stretches long work to work / share in the long run', () => {
    const share = singleThreadShare(128);
    const wall = cpuWallUs(1_000_000, share);
    expect(wall / (1_000_000 / share)).toBeCloseTo(1, 1);
  });
  it('gives a single thread nothing above 1,769 MB', () => {
    expect(singleThreadShare(10_240)).toBe(1);
    expect(cpuWallUs(5_000_000, 1)).toBe(5_000_000);
  });
  it('finds the most CPU that fits into a span: the inverse of the stretch', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 3_000_000 }), fc.integer({ min: 128, max: 2_000 }), (before, wall, mb) => {
        const share = singleThreadShare(mb);
        const cpu = cpuWithinWallUs(before, wall, share);
        expect(burstWallUs(before, cpu, share)).toBeLessThanOrEqual(wall);
        if (cpu < wall) expect(burstWallUs(before, cpu + 1, share)).toBeGreaterThan(wall);
      }),
    );
  });
});
