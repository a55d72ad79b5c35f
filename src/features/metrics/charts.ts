/** Which plots a resource gets, and their values. Pure. */
import { manifestById } from '../../services/manifests.ts';
import { highest, oldestAges, percentiles, scaleOf, sums } from './buckets.ts';
import type { Scale } from './buckets.ts';
import type { Measured, MetricsBook } from './metrics-book.ts';

/** How a series is told from others: colour role and dash. */
export type Look = 'invoke' | 'bad' | 'warn' | 'message' | 'event' | 'object' | 'ink';

export interface Series {
  readonly label: string;
  readonly look: Look;
  readonly values: readonly (number | null)[];
}

export interface Chart {
  readonly id: string;
  readonly title: string;
  /** Name of the resource. */
  readonly of: string;
  readonly unit: '' | 'ms' | 's';
  readonly shape: 'bars' | 'steps' | 'line';
  readonly series: readonly Series[];
}

export interface ChartGroup {
  readonly key: string;
  readonly service: string;
  readonly name: string;
  readonly charts: readonly Chart[];
}

const LOOKS: Readonly<Record<string, Look>> = { Invocations: 'invoke', Errors: 'bad', Throttles: 'warn', FailedInvocations: 'bad', TriggeredRules: 'event', PutRequests: 'object', GetRequests: 'ink', NumberOfMessagesSent: 'message', NumberOfMessagesReceived: 'ink', NumberOfMessagesDeleted: 'object' };
const SERVICE_LOOKS: Readonly<Record<string, Look>> = { lambda: 'invoke', sqs: 'message', events: 'event', s3: 'object' };
/** By what a service is about. */
const COUNT_TITLES: Readonly<Record<string, string>> = { message: 'Messages', invocation: 'Invocations' };
const LEVEL_TITLES: Readonly<Record<string, string>> = { depth: 'Messages in the queue', concurrency: 'Concurrent executions', objects: 'Objects' };
/** Gauges that a level shows better. */
const LEFT_OUT: ReadonlySet<string> = new Set(['ConcurrentExecutions', 'ApproximateNumberOfMessagesVisible', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed']);
/** Shown for every function, so that 'none' is seen as 0. */
const ALWAYS: Readonly<Record<string, readonly string[]>> = { lambda: ['Invocations', 'Errors', 'Throttles'] };

/** All plots of a run up to a moment, by resource. */
export function chartGroups(book: MetricsBook, untilUs: number): { readonly scale: Scale; readonly groups: readonly ChartGroup[] } {
  const scale = scaleOf(untilUs);
  const groups = [...book.measured].map(([key, measured]): ChartGroup => ({ key, service: measured.service, name: measured.name, charts: chartsOf(measured, untilUs, scale) }));
  return { scale, groups: groups.filter((group) => group.charts.length > 0) };
}

function chartsOf(measured: Measured, untilUs: number, scale: Scale): readonly Chart[] {
  const { service, name, data, levels, stays } = measured;
  const own: Look = SERVICE_LOOKS[service] ?? 'ink';
  const charts: Chart[] = [];
  const add = (id: string, title: string, o: Pick<Chart, 'unit' | 'shape' | 'series'>): void => void charts.push({ id: `${service} ${name} ${id}`, title, of: name, ...o });

  const counted = [...new Set([...(data.size > 0 ? (ALWAYS[service] ?? []) : []), ...data.keys()])].filter((metric) => !LEFT_OUT.has(metric) && (data.get(metric)?.unit ?? 'Count') === 'Count');
  if (counted.length > 0) {
    add('counts', COUNT_TITLES[manifestById.get(service)?.family ?? ''] ?? 'Requests', {
      unit: '',
      shape: 'bars',
      series: counted.map((metric) => ({ label: words(metric), look: LOOKS[metric] ?? own, values: sums(data.get(metric) ?? { at: [], value: [] }, scale) })),
    });
  }
  for (const [metric, points] of data) {
    if (points.unit !== 'Milliseconds') continue;
    add(metric, metric, { unit: 'ms', shape: 'line', series: [{ label: 'p50', look: own, values: percentiles(points, 0.5, scale) }, { label: 'p95', look: 'ink', values: percentiles(points, 0.95, scale) }] });
  }
  for (const [series, points] of levels) add(series, LEVEL_TITLES[series] ?? series, { unit: '', shape: 'steps', series: [{ label: 'most', look: own, values: highest(points, scale) }] });
  if (stays.length > 0) add('age', 'Age of the oldest message', { unit: 's', shape: 'steps', series: [{ label: 'oldest', look: own, values: oldestAges(stays, untilUs, scale) }] });
  return charts;
}

/** 'NumberOfMessagesSent' → 'sent', 'FailedInvocations' → 'failed invocations'. */
function words(metric: string): string {
  return metric
    .replace(/^NumberOfMessages/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}

/** What a plot says in one sentence, for those who do not see it. */
export function chartSentence(chart: Chart, scale: Scale): string {
  const parts = chart.series.map((series) => {
    const values = series.values.filter((value): value is number => value !== null);
    const most = Math.max(0, ...values);
    const at = series.values.indexOf(most) * scale.stepUs;
    const total = values.reduce((sum, value) => sum + value, 0);
    const when = most === 0 ? '' : ` at ${at / 1_000_000} s`;
    return chart.shape === 'bars' ? `${series.label} ${total} in all` : `${series.label} at most ${valueText(most, chart.unit)}${when}`;
  });
  return `${chart.title} of ${chart.of}: ${parts.join(', ')}.`;
}

/** '2.9 s', '38 ms', '1,240'. */
export function valueText(value: number | null, unit: Chart['unit']): string {
  if (value === null) return 'none';
  if (unit === 'ms' && value >= 1_000) return valueText(value / 1_000, 's');
  const round = value >= 100 ? Math.round(value) : Number(value.toFixed(value >= 10 ? 1 : 2));
  const text = String(round).replace(/\B(?=(\d{3})+(?:\.|$))/g, ',');
  return unit === '' ? text : `${text}\u00a0${unit}`;
}
