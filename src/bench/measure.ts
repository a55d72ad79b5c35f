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
  /** Wall time for one comparison, ms. The machine is shared: many short passes, of which the best counts. */
  readonly budgetMs: number;
}

const PASSES_MIN = 3;

/** Milliseconds of the fastest of many calls. The first, in which code is compiled, does not count. */
export function bestMs(scale: Scale, run: () => void): number {
  return bestOf(scale, [run])[0]!;
}

/** Rates taken in turn, so that a slow moment of the machine meets all of them. */
export function bestRates(scale: Scale, count: number, runs: readonly (() => void)[]): readonly number[] {
  return bestOf(scale, runs).map((ms) => (count * 1000) / ms);
}

function bestOf(scale: Scale, runs: readonly (() => void)[]): readonly number[] {
  const best = runs.map(() => Number.POSITIVE_INFINITY);
  for (const run of runs) run();
  const end = performance.now() + scale.budgetMs;
  for (let pass = 0; pass < PASSES_MIN || performance.now() < end; pass++) {
    for (const [i, run] of runs.entries()) {
      const start = performance.now();
      run();
      best[i] = Math.min(best[i]!, performance.now() - start);
    }
  }
  return best;
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
