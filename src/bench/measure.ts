/** Measuring: rates over several passes, best of them taken, because the machine is shared. */

export interface Row {
  readonly id: string;
  readonly what: string;
  /** Ours, in `unit`. */
  readonly figure: number;
  readonly unit: string;
  /** What it is compared with, measured in the same run; null when there is only an absolute bar. */
  readonly reference: number | null;
  readonly referenceWhat: string;
  /** Figure over reference, or the figure itself without one. */
  readonly ratio: number;
  /** `≥ 0.4` or `≤ 1.0`, on the ratio. */
  readonly bar: { readonly kind: 'at-least' | 'at-most'; readonly value: number };
  readonly met: boolean;
}

export interface Scale {
  /** 1 for a quick run; more for a longer, steadier one. */
  readonly factor: number;
  readonly passes: number;
}

/** Milliseconds of the fastest of several calls. The first, in which code is compiled, is left out when there are more. */
export function bestMs(passes: number, run: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let pass = 0; pass <= passes; pass++) {
    const start = performance.now();
    run();
    if (pass > 0 || passes === 0) best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** Best rate, per second, of something that does `count` things. */
export function bestRate(passes: number, count: number, run: () => void): number {
  return (count * 1000) / bestMs(passes, run);
}

/** Two rates taken in turn, so that a slow moment of the machine meets both. */
export function bestRates(passes: number, count: number, runs: readonly (() => void)[]): readonly number[] {
  const best = runs.map(() => Number.POSITIVE_INFINITY);
  for (let pass = 0; pass <= passes; pass++) {
    for (const [i, run] of runs.entries()) {
      const start = performance.now();
      run();
      if (pass > 0) best[i] = Math.min(best[i]!, performance.now() - start);
    }
  }
  return best.map((ms) => (count * 1000) / ms);
}

export function row(o: { readonly id: string; readonly what: string; readonly unit: string; readonly figure: number; readonly reference?: number; readonly referenceWhat?: string; readonly atLeast?: number; readonly atMost?: number }): Row {
  const ratio = o.reference === undefined ? o.figure : o.figure / o.reference;
  const bar = o.atLeast === undefined ? ({ kind: 'at-most', value: o.atMost! } as const) : ({ kind: 'at-least', value: o.atLeast } as const);
  return {
    id: o.id,
    what: o.what,
    figure: o.figure,
    unit: o.unit,
    reference: o.reference ?? null,
    referenceWhat: o.referenceWhat ?? '',
    ratio,
    bar,
    met: bar.kind === 'at-least' ? ratio >= bar.value : ratio <= bar.value,
  };
}
