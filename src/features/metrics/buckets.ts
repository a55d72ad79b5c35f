/** Values over time as equal steps: sums, percentiles, highest levels, ages. Pure. */
import type { Points, Stay } from './metrics-book.ts';

const STEPS_SEC = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 86_400];
/** A plot has at most so many steps. */
export const BUCKETS_MAX = 60;

export interface Scale {
  readonly stepUs: number;
  readonly count: number;
}

/** Steps from 0 to the end of a run. */
export function scaleOf(untilUs: number): Scale {
  const step = STEPS_SEC.find((sec) => untilUs / (sec * 1_000_000) <= BUCKETS_MAX) ?? Math.ceil(untilUs / 1_000_000 / BUCKETS_MAX);
  const stepUs = step * 1_000_000;
  return { stepUs, count: Math.max(1, Math.ceil(untilUs / stepUs)) };
}

/** Which step a moment falls into; the end belongs to the last one, what happened before 0 (a deployment) to the first. */
const indexOf = (atUs: number, { stepUs, count }: Scale): number => Math.min(count - 1, Math.max(0, Math.floor(atUs / stepUs)));

/** Sum of each step. */
export function sums(points: Points, scale: Scale): readonly number[] {
  const out = Array.from({ length: scale.count }, () => 0);
  for (let i = 0; i < points.at.length; i++) out[indexOf(points.at[i]!, scale)]! += points.value[i]!;
  return out;
}

/** Percentile (0 to 1, nearest rank) of each step's values; null where there are none. */
export function percentiles(points: Points, rank: number, scale: Scale): readonly (number | null)[] {
  const groups: number[][] = Array.from({ length: scale.count }, () => []);
  for (let i = 0; i < points.at.length; i++) groups[indexOf(points.at[i]!, scale)]!.push(points.value[i]!);
  return groups.map((values) => percentile(values, rank));
}

/** The smallest value that at least `rank` of all values do not exceed; null for none. */
export function percentile(values: readonly number[], rank: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(rank * sorted.length) - 1)]!;
}

/** Highest level of each step, the one it began with included. */
export function highest(points: Points, scale: Scale): readonly number[] {
  const out: number[] = [];
  let level = 0;
  let i = 0;
  for (let step = 0; step < scale.count; step++) {
    let most = level;
    while (i < points.at.length && indexOf(points.at[i]!, scale) === step) {
      level = points.value[i]!;
      most = Math.max(most, level);
      i++;
    }
    out.push(most);
  }
  return out;
}

/** Age in seconds of the oldest thing that is there at the end of each step; 0 without one. `stays` are in order of arrival. */
export function oldestAges(stays: readonly Stay[], untilUs: number, scale: Scale): readonly number[] {
  const out: number[] = [];
  let first = 0;
  for (let step = 0; step < scale.count; step++) {
    const atUs = Math.min(untilUs, (step + 1) * scale.stepUs);
    // What has left is gone for good: the search never goes back.
    while (first < stays.length && stays[first]!.outUs <= atUs) first++;
    const oldest = stays[first];
    out.push(oldest === undefined || oldest.inUs > atUs ? 0 : (atUs - oldest.inUs) / 1_000_000);
  }
  return out;
}
