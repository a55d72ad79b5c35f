/** What a run costs, item by item: the manifests' cost of each event up to a moment, times dated prices. Pure. */
import type { ServiceManifest } from '../../sim/manifest.ts';
import type { TraceEvent } from '../../sim/trace.ts';

export interface CostLine {
  readonly key: string;
  readonly label: string;
  readonly quantity: number;
  /** US dollars for one unit. */
  readonly price: number;
  readonly usd: number;
  readonly source: string;
}

export class CostBook {
  readonly #quantities = new Map<string, number>();
  #source: readonly TraceEvent[] | null = null;
  #length = 0;
  readonly #manifests: ReadonlyMap<string, ServiceManifest>;

  constructor(manifests: ReadonlyMap<string, ServiceManifest>) {
    this.#manifests = manifests;
  }

  /** Items of the first `count` events, dearest first. */
  follow(events: readonly TraceEvent[], count: number): readonly CostLine[] {
    if (events !== this.#source || count < this.#length) {
      this.#source = events;
      this.#length = 0;
      this.#quantities.clear();
    }
    for (; this.#length < count; this.#length++) {
      const event = events[this.#length]!;
      for (const manifest of this.#manifests.values()) {
        for (const item of manifest.cost(event)) {
          const key = `${manifest.id} ${item.unit}`;
          this.#quantities.set(key, (this.#quantities.get(key) ?? 0) + item.quantity);
        }
      }
    }
    return [...this.#quantities].flatMap(([key, quantity]) => this.#line(key, quantity)).sort((a, b) => b.usd - a.usd || (a.key < b.key ? -1 : 1));
  }

  #line(key: string, quantity: number): readonly CostLine[] {
    const [service = '', unit = ''] = key.split(' ');
    const price = this.#manifests.get(service)?.prices[unit];
    return price === undefined ? [] : [{ key, label: price.label, quantity, price: price.usd, usd: quantity * price.usd, source: price.source }];
  }
}

/** US dollars with three significant digits: '$0.000412'. */
export function usdText(usd: number): string {
  if (usd === 0) return '$0';
  if (usd >= 1) return `$${usd.toFixed(2)}`;
  const digits = Math.min(12, 2 - Math.floor(Math.log10(usd)));
  return `$${usd.toFixed(digits).replace(/0+$/, '')}`;
}
