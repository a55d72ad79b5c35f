import { describe, expect, it } from 'vitest';
import { createRandom, uuidFrom } from './random.ts';
import type { RandomStream } from './random.ts';

function sample(count: number, draw: () => number): { mean: number; variance: number; values: number[] } {
  const values = Array.from({ length: count }, draw);
  const mean = values.reduce((a, b) => a + b, 0) / count;
  return { mean, variance: values.reduce((a, b) => a + (b - mean) ** 2, 0) / count, values };
}

function draws(random: RandomStream, count = 8): number[] {
  return Array.from({ length: count }, () => random.nextUint32());
}

describe('random streams', () => {
  it('give the same numbers for the same seed and name, on every machine', () => {
    const random = createRandom(1, 'lambda.init.clip');
    expect(draws(random, 4)).toEqual([1503180887, 1095979333, 3207372619, 1017513652]);
    expect(random.normal(0, 1)).toBe(-0.14974147746465677);
    expect(random.logNormal(100, 0.5)).toBe(117.00469509599985);
    expect(random.exponential(10)).toBe(11.1391181221477);
  });

  it('differ by name and by seed, and do not disturb each other', () => {
    const a = createRandom(1, 'a');
    const b = createRandom(1, 'b');
    const mixed = [a.nextUint32(), b.nextUint32(), a.nextUint32()];
    expect([mixed[0], mixed[2]]).toEqual(draws(createRandom(1, 'a'), 2));
    expect(draws(createRandom(1, 'b'))).not.toEqual(draws(createRandom(1, 'a')));
    expect(draws(createRandom(2, 'a'))).not.toEqual(draws(createRandom(1, 'a')));
  });

  it('go on from a state that went through JSON', () => {
    const random = createRandom(7, 'x');
    draws(random, 100);
    const copy = createRandom(7, 'x', JSON.parse(JSON.stringify(random.state())));
    expect(draws(copy)).toEqual(draws(random));
  });

  it('are uniform: mean, variance and each of 16 buckets', () => {
    const random = createRandom(3, 'uniform');
    const { mean, variance, values } = sample(100_000, () => random.float());
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.004);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.002);
    const buckets = Array.from({ length: 16 }, () => 0);
    for (const value of values) buckets[Math.floor(value * 16)]! += 1;
    const chiSquare = buckets.reduce((sum, n) => sum + (n - 6250) ** 2 / 6250, 0);
    expect(chiSquare).toBeLessThan(37.7); // 0.1 % point with 15 degrees of freedom
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
  });

  it('reach the moments of the exponential, normal and log-normal distributions', () => {
    const random = createRandom(5, 'moments');
    const exponential = sample(100_000, () => random.exponential(20));
    expect(Math.abs(exponential.mean - 20)).toBeLessThan(0.25);
    expect(Math.abs(exponential.variance - 400)).toBeLessThan(16);
    const normal = sample(100_000, () => random.normal(10, 3));
    expect(Math.abs(normal.mean - 10)).toBeLessThan(0.04);
    expect(Math.abs(normal.variance - 9)).toBeLessThan(0.18);
    const logNormal = sample(100_000, () => random.logNormal(50, 0.4));
    logNormal.values.sort((a, b) => a - b);
    expect(Math.abs((logNormal.values[50_000] as number) - 50)).toBeLessThan(0.5);
    expect(Math.abs(logNormal.mean - 50 * Math.exp(0.08))).toBeLessThan(0.6);
  });

  it('give every integer below n and nothing else', () => {
    const random = createRandom(9, 'int');
    const seen = new Set(Array.from({ length: 1000 }, () => random.int(6)));
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(() => random.int(0)).toThrow(RangeError);
    expect(() => random.int(2.5)).toThrow(RangeError);
  });

  it('make version 4 UUIDs and bytes', () => {
    const random = createRandom(1, 'uuid');
    const ids = Array.from({ length: 200 }, () => uuidFrom(random));
    expect(new Set(ids).size).toBe(200);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(random.bytes(1000)).size).toBeGreaterThan(240);
    expect(random.bytes(3)).toHaveLength(3);
  });
});
