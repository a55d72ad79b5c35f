/** Metrics and cost of a run, from what the manifests say of its trace events. */
import type { MetricDatum, Price, ServiceManifest } from '../../sim/manifest.ts';
import type { TraceEvent } from '../../sim/trace.ts';

/** Statistics as CloudWatch keeps them. */
export interface Statistics {
  SampleCount: number;
  Sum: number;
  Minimum: number;
  Maximum: number;
}
export interface MetricSeries extends Statistics {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit: MetricDatum['unit'];
  /** One entry a minute in which something was reported; `atMs` is the minute's start, ms since t = 0. */
  readonly minutes: readonly ({ readonly atMs: number } & Statistics)[];
}

export interface CostLine {
  readonly service: string;
  readonly unit: string;
  readonly label: string;
  readonly quantity: number;
  readonly usd: number;
  readonly source: string;
}
export interface Cost {
  readonly usd: number;
  readonly lines: readonly CostLine[];
}

const MINUTE_US = 60_000_000;

/** One series per namespace, metric and dimensions, sorted by these. */
export function metricsOf(trace: readonly TraceEvent[], manifests: readonly ServiceManifest[]): readonly MetricSeries[] {
  const series = new Map<string, { datum: MetricDatum; whole: Statistics; minutes: Map<number, Statistics> }>();
  for (const event of trace) {
    for (const manifest of manifests) {
      for (const datum of manifest.metrics(event)) {
        const key = JSON.stringify([datum.namespace, datum.metric, Object.entries(datum.dimensions).sort()]);
        let found = series.get(key);
        if (found === undefined) series.set(key, (found = { datum, whole: none(), minutes: new Map() }));
        const minute = Math.floor((event.at - (datum.agoUs ?? 0)) / MINUTE_US);
        let inMinute = found.minutes.get(minute);
        if (inMinute === undefined) found.minutes.set(minute, (inMinute = none()));
        add(found.whole, datum.value);
        add(inMinute, datum.value);
      }
    }
  }
  return [...series]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { datum, whole, minutes }]) => ({
      namespace: datum.namespace,
      metric: datum.metric,
      dimensions: datum.dimensions,
      unit: datum.unit,
      ...whole,
      minutes: [...minutes].map(([minute, statistics]) => ({ atMs: (minute * MINUTE_US) / 1000, ...statistics })),
    }));
}

/** Quantities are exact; dollars are quantity times the dated price. */
export function costOf(trace: readonly TraceEvent[], manifests: readonly ServiceManifest[]): Cost {
  const lines: CostLine[] = [];
  for (const manifest of manifests) {
    const quantities = new Map<string, number>();
    for (const event of trace) for (const { unit, quantity } of manifest.cost(event)) quantities.set(unit, (quantities.get(unit) ?? 0) + quantity);
    for (const [unit, quantity] of quantities) {
      const price: Price | undefined = manifest.prices[unit];
      if (price === undefined) throw new Error(`${manifest.id} bills '${unit}', which has no price`);
      lines.push({ service: manifest.id, unit, label: price.label, quantity, usd: quantity * price.usd, source: price.source });
    }
  }
  return { usd: lines.reduce((sum, line) => sum + line.usd, 0), lines };
}

function none(): Statistics {
  return { SampleCount: 0, Sum: 0, Minimum: Number.POSITIVE_INFINITY, Maximum: Number.NEGATIVE_INFINITY };
}
function add(statistics: Statistics, value: number): void {
  statistics.SampleCount++;
  statistics.Sum += value;
  statistics.Minimum = Math.min(statistics.Minimum, value);
  statistics.Maximum = Math.max(statistics.Maximum, value);
}
