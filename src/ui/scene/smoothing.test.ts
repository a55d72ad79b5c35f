import { describe, expect, it } from 'vitest';
import { createHolder, createSmoother } from './smoothing.ts';

describe('smoothing of gauges', () => {
  it('shows the mean of the last 400 ms, weighed by time', () => {
    const smoother = createSmoother(0, 1000);
    smoother.push(10, 1000);
    expect(smoother.mean(1000)).toBe(0);
    expect(smoother.mean(1100)).toBe(2.5);
    expect(smoother.mean(1400)).toBe(10);
    smoother.push(0, 1400);
    expect(smoother.mean(1600)).toBe(5);
    expect(smoother.settledAtMs()).toBe(1800);
    expect(smoother.mean(1800)).toBe(0);
  });

  it('forgets what is older than its window and keeps what still reaches into it', () => {
    const smoother = createSmoother(4, 0);
    smoother.push(8, 100);
    smoother.push(2, 1000);
    expect(smoother.mean(1100)).toBe((8 * 300 + 2 * 100) / 400);
  });

  it('lets a spike of 20 ms move the mean by a twentieth of its height', () => {
    const smoother = createSmoother(0, 0);
    smoother.push(100, 500);
    smoother.push(0, 520);
    expect(smoother.mean(600)).toBe(5);
  });

  it('keeps a colour for 600 ms once it is shown, however often the truth changes', () => {
    const holder = createHolder('ok', 0);
    expect(holder.show('bad', 10)).toBe('bad');
    expect(holder.show('ok', 300)).toBe('bad');
    expect(holder.show('ok', 609)).toBe('bad');
    expect(holder.freeAtMs()).toBe(610);
    expect(holder.show('ok', 610)).toBe('ok');
  });
});
