/** Finds the samples of a metric: what services report through their trace events, and what PutMetricData brought. */
import type { Metric, MonitoringContext, Sample } from './state.ts';
import { metricKey } from './state.ts';

export interface Found extends Metric {
  readonly unit: string;
  readonly samples: readonly Sample[];
}

/** Epoch µs; `to` is excluded. */
export interface Span {
  readonly fromUs: number;
  readonly toUs: number;
}
export const ALWAYS: Span = { fromUs: 0, toUs: Number.MAX_SAFE_INTEGER };

const within = (span: Span, { atUs }: Sample): boolean => atUs >= span.fromUs && atUs < span.toUs;

/** Every metric with a sample in the span, one entry for each unit, sorted by namespace, name and dimensions. */
export function metricsIn(context: MonitoringContext, span: Span, wanted: (metric: Metric) => boolean): readonly Found[] {
  const found = new Map<string, { metric: Metric; unit: string; samples: Sample[] }>();
  const add = (metric: Metric, unit: string, samples: readonly Sample[]): void => {
    if (samples.length === 0 || !wanted(metric)) return;
    const key = `${metricKey(metric)}${unit}`;
    const entry = found.get(key);
    if (entry === undefined) found.set(key, { metric, unit, samples: [...samples] });
    else entry.samples.push(...samples);
  };
  for (const { atUs, datum } of context.observations(span)) {
    const { value } = datum;
    add({ namespace: datum.namespace, name: datum.metric, dimensions: datum.dimensions }, datum.unit, [{ atUs, count: 1, sum: value, minimum: value, maximum: value }]);
  }
  for (const { namespace, name, dimensions, unit, samples } of context.state.custom.values()) add({ namespace, name, dimensions }, unit, samples.filter((sample) => within(span, sample)));
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { metric, unit, samples }]) => ({ ...metric, unit, samples }));
}

/** The samples of one metric, of the unit asked for or of any. */
export function samplesOf(context: MonitoringContext, span: Span, o: { readonly metric: Metric; readonly unit: string | undefined }): { readonly samples: readonly Sample[]; readonly unit: string } {
  const key = metricKey(o.metric);
  const found = metricsIn(context, span, (metric) => metricKey(metric) === key).filter(({ unit }) => o.unit === undefined || unit === o.unit);
  return { samples: found.flatMap(({ samples }) => samples), unit: found[0]?.unit ?? o.unit ?? 'None' };
}
