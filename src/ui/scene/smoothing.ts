/** The calm of gauges: values are averaged over 400 ms of wall time, and a colour once shown stays at least 600 ms. Pure: time is an argument. */

export const averageMs = 400;
export const holdMs = 600;

export interface Smoother {
  /** Notes the value from `atMs` on. Times never go back. */
  readonly push: (value: number, atMs: number) => void;
  /** The mean over the last 400 ms before `atMs`, weighed by how long each value held. */
  readonly mean: (atMs: number) => number;
  /** When the mean will have arrived at the last value; nothing changes after that. */
  readonly settledAtMs: () => number;
}

export function createSmoother(initial: number, atMs: number, windowMs: number = averageMs): Smoother {
  // Steps in order of time; the first one reaches back without end.
  const steps: { fromMs: number; value: number }[] = [{ fromMs: atMs - windowMs, value: initial }];
  return {
    push(value, at) {
      const last = steps[steps.length - 1]!;
      if (value !== last.value) steps.push({ fromMs: at, value });
      while (steps.length > 1 && steps[1]!.fromMs <= at - windowMs) steps.shift();
    },
    mean(at) {
      const startMs = at - windowMs;
      let area = 0;
      for (let i = 0; i < steps.length; i++) {
        const from = Math.max(steps[i]!.fromMs, startMs);
        const to = Math.min(steps[i + 1]?.fromMs ?? at, at);
        const held = i === 0 ? to - startMs : to - from;
        if (held > 0) area += steps[i]!.value * held;
      }
      return area / windowMs;
    },
    settledAtMs: () => steps[steps.length - 1]!.fromMs + windowMs,
  };
}

export interface Holder<T> {
  /** What is to be shown at `atMs` when `wanted` is the truth. */
  readonly show: (wanted: T, atMs: number) => T;
  /** When a wanted change may be shown at the earliest. */
  readonly freeAtMs: () => number;
}

export function createHolder<T>(initial: T, atMs: number, leastMs: number = holdMs): Holder<T> {
  let shown = initial;
  let sinceMs = atMs - leastMs;
  return {
    show(wanted, at) {
      if (wanted !== shown && at - sinceMs >= leastMs) {
        shown = wanted;
        sinceMs = at;
      }
      return shown;
    },
    freeAtMs: () => sinceMs + leastMs,
  };
}
