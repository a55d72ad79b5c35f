/** Metrics: collecting, steps, plots and cost. */
import { describe, expect, it } from 'vitest';
import type { ServiceManifest } from '../../sim/manifest.ts';
import type { TraceEvent } from '../../sim/trace.ts';
import type { SimTime } from '../../sim/units.ts';
import { highest, oldestAges, percentile, percentiles, scaleOf, sums } from './buckets.ts';
import { chartGroups, chartSentence, valueText } from './charts.ts';
import { CostBook, usdText } from './cost-items.ts';
import { MetricsBook } from './metrics-book.ts';

const SEC = 1_000_000;
const Q = 'arn:aws:sqs:us-east-1:000000000000:jobs';
const FN = 'arn:aws:lambda:us-east-1:000000000000:function:f';
let next = 0;
const event = (sec: number, kind: string, data: TraceEvent['data'] = {}, resource = Q): TraceEvent => ({ seq: next++, at: (sec * SEC) as SimTime, kind, resource, cause: [], data });

const part = { prices: {}, cost: () => [], metrics: () => [] };
const manifests = new Map<string, ServiceManifest>([
  ['sqs', { ...part, id: 'sqs', prices: { request: { label: 'Requests', usd: 0.5, source: 'a price list' } }, cost: (one: TraceEvent) => (one.kind === 'sqs.MessageSent' ? [{ unit: 'request', quantity: 2 }] : []), timeline: (one: TraceEvent) => (typeof one.data['visible'] === 'number' ? [{ kind: 'level', resource: one.resource, series: 'depth', value: one.data['visible'] }] : []) } as unknown as ServiceManifest],
  [
    'lambda',
    {
      ...part,
      id: 'lambda',
      metrics: (one: TraceEvent) => [
        { namespace: 'AWS/Lambda', metric: 'Invocations', dimensions: { FunctionName: 'f' }, value: 1, unit: 'Count' },
        { namespace: 'AWS/Lambda', metric: 'Duration', dimensions: { FunctionName: 'f' }, value: Number(one.data['ms']), unit: 'Milliseconds' },
      ],
    } as unknown as ServiceManifest,
  ],
]);

describe('steps of time', () => {
  it('are round, and at most sixty', () => {
    expect(scaleOf(60 * SEC)).toEqual({ stepUs: SEC, count: 60 });
    expect(scaleOf(61 * SEC)).toEqual({ stepUs: 2 * SEC, count: 31 });
    expect(scaleOf(0)).toEqual({ stepUs: 100_000, count: 1 });
  });
  const scale = { stepUs: SEC, count: 3 };
  it('add up what falls into them; the end and the time before the start belong to the outer ones', () => {
    expect(sums({ at: [-5, 0, SEC - 1, SEC, 3 * SEC], value: [1, 1, 1, 1, 1] }, scale)).toEqual([3, 1, 1]);
  });
  it('know percentiles by nearest rank, and none where nothing was', () => {
    expect(percentile([5, 1, 4, 2, 3], 0.5)).toBe(3);
    expect(percentile(Array.from({ length: 100 }, (_, n) => n + 1), 0.95)).toBe(95);
    expect(percentiles({ at: [0, 0, 2 * SEC], value: [10, 30, 7] }, 0.95, scale)).toEqual([30, null, 7]);
  });
  it('keep a level until it changes, and its peak within a step', () => {
    expect(highest({ at: [0, 1, 2], value: [1, 5, 2] }, scale)).toEqual([5, 2, 2]);
  });
  it('know the age of what has been there longest', () => {
    expect(oldestAges([{ inUs: 0, outUs: 2 * SEC }, { inUs: SEC / 2, outUs: Infinity }], 3 * SEC, scale)).toEqual([1, 1.5, 2.5]);
    expect(oldestAges([], 3 * SEC, scale)).toEqual([0, 0, 0]);
  });
});

describe('metrics of a run', () => {
  it('follow messages in and out of a queue, a redriven one under its old id', () => {
    const events = [event(0, 'sqs.MessageSent', { messageId: 'a', visible: 1 }), event(1, 'sqs.MessageSent', { messageId: 'b', visible: 2 }), event(4, 'sqs.MessageDeleted', { messageId: 'a', visible: 1 }), event(6, 'sqs.MessageRedriven', { messageId: 'b2', formerMessageId: 'b', visible: 0 })];
    const book = new MetricsBook(manifests).follow(events);
    expect(book.measured.get('sqs jobs')?.stays).toEqual([{ inUs: 0, outUs: 4 * SEC }, { inUs: SEC, outUs: 6 * SEC }]);
    expect(book.measured.get('sqs jobs')?.levels.get('depth')?.value).toEqual([1, 2, 1, 0]);
  });
  it('end all stays of a queue that is purged, and of no other', () => {
    const other = `${Q}-2`;
    const book = new MetricsBook(manifests).follow([event(0, 'sqs.MessageSent', { messageId: 'a' }), event(0, 'sqs.MessageSent', { messageId: 'a' }, other), event(2, 'sqs.QueuePurged', { purged: 1 })]);
    expect([book.measured.get('sqs jobs')?.stays[0]?.outUs, book.measured.get('sqs jobs-2')?.stays[0]?.outUs]).toEqual([2 * SEC, Infinity]);
  });
  it('become plots: counts with zeros for what never happened, durations as p50 and p95', () => {
    const book = new MetricsBook(manifests).follow([event(0, 'lambda.Ended', { ms: 100 }, FN), event(1, 'lambda.Ended', { ms: 300 }, FN)]);
    const { groups, scale } = chartGroups(book, 2 * SEC);
    const [counts, duration] = groups[0]!.charts;
    expect(counts!.series.map((series) => [series.label, series.values.reduce<number>((sum, value) => sum + (value ?? 0), 0)])).toEqual([['invocations', 2], ['errors', 0], ['throttles', 0]]);
    expect(duration!.series.map((series) => series.label)).toEqual(['p50', 'p95']);
    expect(chartSentence(counts!, scale)).toBe('Invocations of f: invocations 2 in all, errors 0 in all, throttles 0 in all.');
    expect(chartSentence(duration!, scale)).toContain('p95 at most 300\u00a0ms at 1 s');
  });
  it('are collected anew when the past was rewritten', () => {
    const book = new MetricsBook(manifests).follow([event(0, 'lambda.Ended', { ms: 1 }, FN), event(0, 'lambda.Ended', { ms: 1 }, FN)]);
    expect(book.follow([event(0, 'lambda.Ended', { ms: 1 }, FN)]).measured.get('lambda f')?.data.get('Invocations')?.at).toHaveLength(1);
  });
  it('are written with units', () => expect([valueText(1_240.4, ''), valueText(38.26, 'ms'), valueText(2_900, 'ms'), valueText(null, 's')]).toEqual(['1,240', '38.3\u00a0ms', '2.9\u00a0s', 'none']));
});

describe('cost by item', () => {
  it('adds up to a moment, and back again', () => {
    const events = [event(0, 'sqs.MessageSent'), event(1, 'sqs.MessageSent'), event(2, 'sqs.MessageDeleted')];
    const book = new CostBook(manifests);
    expect(book.follow(events, 3)).toEqual([{ key: 'sqs request', label: 'Requests', quantity: 4, price: 0.5, usd: 2, source: 'a price list' }]);
    expect(book.follow(events, 1)[0]?.quantity).toBe(2);
    expect(book.follow(events, 0)).toEqual([]);
  });
  it('is written with three digits that count', () => expect([0, 0.000412345, 12.5, 0.0000002].map(usdText)).toEqual(['$0', '$0.000412', '$12.50', '$0.0000002']));
});
