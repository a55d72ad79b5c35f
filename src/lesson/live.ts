/** Judges a step's checks while a run grows: only what is new is looked at, and only when something is new. */
import type { ServiceManifest } from '../sim/manifest.ts';
import type { TraceEvent } from '../sim/trace.ts';
import { judgeCheck } from './checks.ts';
import type { CheckResult } from './checks.ts';
import { CheckedTrace } from './matcher.ts';
import type { Check } from './schema.ts';

export interface LiveRun {
  /** The page's copy of the trace: grows in place; a cut makes a new array. */
  readonly events: readonly TraceEvent[];
  /** How many of them lie within the graded span. */
  readonly length: number;
  /** The run has reached the end of that span. */
  readonly ended: boolean;
}

export class LiveChecks {
  readonly #checks: readonly Check[];
  readonly #manifests: readonly ServiceManifest[];
  readonly #costs: boolean;
  #trace: CheckedTrace | null = null;
  #costUsd = 0;
  #costUpTo = 0;
  #last: { readonly run: LiveRun; readonly results: readonly CheckResult[] } | null = null;

  /** `manifests` know what an event costs. */
  constructor(checks: readonly Check[], manifests: readonly ServiceManifest[]) {
    this.#checks = checks;
    this.#manifests = manifests;
    this.#costs = checks.some((check) => check.property.is === 'cost');
  }

  /** Verdicts over the run so far; the former list itself when nothing has changed. */
  judge(run: LiveRun): readonly CheckResult[] {
    const last = this.#last;
    if (last && last.run.events === run.events && last.run.length === run.length && last.run.ended === run.ended) return last.results;
    if (this.#trace === null || this.#trace.events !== run.events || run.length < this.#trace.length) {
      this.#costUsd = 0;
      this.#costUpTo = 0;
      this.#trace = new CheckedTrace(run.events, { ...run, costUsd: this.#cost(run) });
    } else this.#trace.grow({ ...run, costUsd: this.#cost(run) });
    const trace = this.#trace;
    const results = this.#checks.map((check) => judgeCheck(trace, check));
    this.#last = { run: { ...run }, results };
    return results;
  }

  #cost(run: LiveRun): number {
    if (!this.#costs) return 0;
    for (; this.#costUpTo < run.length; this.#costUpTo++) this.#costUsd += usdOf(run.events[this.#costUpTo]!, this.#manifests);
    return this.#costUsd;
  }
}

/** What one event costs, US dollars. */
export function usdOf(event: TraceEvent, manifests: readonly ServiceManifest[]): number {
  let usd = 0;
  for (const manifest of manifests) for (const { unit, quantity } of manifest.cost(event)) usd += quantity * (manifest.prices[unit]?.usd ?? 0);
  return usd;
}
