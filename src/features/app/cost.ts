/** What a run has cost: the manifests' cost items of its events times their dated prices. */
import type { ServiceManifest } from '../../sim/manifest.ts';
import type { TraceEvent } from '../../sim/trace.ts';

/** Adds up as the trace grows. */
export class CostMeter {
  usd = 0;
  #length = 0;
  readonly #manifests: readonly ServiceManifest[];
  constructor(manifests: readonly ServiceManifest[]) {
    this.#manifests = manifests;
  }
  /** US dollars of the first `count` events. Starts anew when there are fewer than before. */
  follow(events: readonly TraceEvent[], count: number): number {
    if (count < this.#length) {
      this.usd = 0;
      this.#length = 0;
    }
    for (; this.#length < count; this.#length++) {
      const event = events[this.#length]!;
      for (const manifest of this.#manifests) {
        for (const item of manifest.cost(event)) this.usd += item.quantity * (manifest.prices[item.unit]?.usd ?? 0);
      }
    }
    return this.usd;
  }
}

/** `$0.0004`, or `$0` when nothing was billed. */
export function usdText(usd: number): string {
  if (usd === 0) return '$0';
  if (usd < 0.00005) return `$${usd.toFixed(6)}`;
  return `$${usd.toFixed(usd < 1 ? 4 : 2)}`;
}
