/** Virtual time and sizes: branded integers, so that milliseconds and microseconds can't be mixed up. */

/** Microseconds since t = 0 of the run; an integer. Deployment of a scenario happens before 0. */
export type SimTime = number & { readonly __unit: 'sim-µs' };

export const US_PER_MS = 1_000;
export const US_PER_SEC = 1_000_000;
export const MS_PER_SEC = 1_000;
/** Far beyond any run: about 285 years. */
export const SIM_TIME_MAX = Number.MAX_SAFE_INTEGER as SimTime;

export function simTime(us: number): SimTime {
  if (!Number.isSafeInteger(us)) throw new Error(`SimTime must be a whole number of microseconds, got ${us}`);
  return us as SimTime;
}

/** A duration in whole microseconds from (possibly fractional) milliseconds. */
export function msToUs(ms: number): number {
  return Math.round(ms * US_PER_MS);
}

export function secToUs(sec: number): number {
  return Math.round(sec * US_PER_SEC);
}
