/** Finds the moment of a stop in a run. */
import type { CheckedTrace } from './matcher.ts';
import type { Stop } from './schema.ts';

/** Virtual µs at which a stop lies, or null as long as the run has not come to it. */
export function stopMomentUs(trace: CheckedTrace, stop: Stop): number | null {
  if ('ms' in stop.at) return stop.at.ms * 1_000;
  return trace.find(stop.at)[stop.nth - 1]?.at ?? null;
}
