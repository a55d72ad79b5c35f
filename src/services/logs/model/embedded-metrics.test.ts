/** The embedded metric format: which lines add metrics, which ones, and what is said of those that do not. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const T0 = 1_767_225_600_000;
const at = (sec: number): string => new Date(T0 + sec * 1_000).toISOString();

function document(members: object, o: { readonly dimensions?: unknown; readonly metrics?: readonly object[]; readonly namespace?: string; readonly timestamp?: unknown } = {}): string {
  return JSON.stringify({ _aws: { Timestamp: o.timestamp ?? T0 + 65_000, CloudWatchMetrics: [{ Namespace: o.namespace ?? 'shop', Dimensions: o.dimensions ?? [['kind']], Metrics: o.metrics ?? [{ Name: 'time', Unit: 'Milliseconds' }] }] }, ...members });
}
function put(...lines: readonly string[]): TestWorld {
  const cloud = createTestWorld();
  cloud.send('logs', 'CreateLogGroup', { logGroupName: 'web' });
  cloud.send('logs', 'CreateLogStream', { logGroupName: 'web', logStreamName: 'one' });
  cloud.send('logs', 'PutLogEvents', { logGroupName: 'web', logStreamName: 'one', logEvents: lines.map((message) => ({ timestamp: T0, message })) });
  return cloud;
}
const listed = (cloud: TestWorld): unknown[] => (cloud.send('monitoring', 'ListMetrics', { Namespace: 'shop' })['Metrics'] as { MetricName: string; Dimensions: { Name: string; Value: string }[] }[]).map(({ MetricName, Dimensions }) => [MetricName, ...Dimensions.map(({ Name, Value }) => `${Name}=${Value}`)]);
function read(cloud: TestWorld, MetricName: string, kind: string): unknown {
  const { Datapoints } = cloud.send('monitoring', 'GetMetricStatistics', { Namespace: 'shop', MetricName, Dimensions: [{ Name: 'kind', Value: kind }], StartTime: at(0), EndTime: at(600), Period: 60, Statistics: ['Sum', 'SampleCount'] });
  return Datapoints;
}
const refusals = (cloud: TestWorld): unknown[] => cloud.events('logs.MetricsRefused').map(({ data }) => data['why']);

describe('A log event in the embedded metric format', () => {
  it('adds its metrics at its own time, and stays a log event', () => {
    const cloud = put(document({ kind: 'order', time: 100 }), document({ kind: 'order', time: 50 }), document({ kind: 'refund', time: 1 }));
    expect(read(cloud, 'time', 'order')).toEqual([{ Timestamp: { $date: T0 + 60_000 }, Sum: 150, SampleCount: 2, Unit: 'Milliseconds' }]);
    expect(read(cloud, 'time', 'refund')).toMatchObject([{ Sum: 1 }]);
    expect(cloud.send('logs', 'GetLogEvents', { logGroupName: 'web', logStreamName: 'one' })['events']).toHaveLength(3);
    expect(cloud.events('monitoring.MetricsPut')[0]!.cause).toEqual([cloud.events('logs.Line')[0]!.seq]);
  });

  it('makes a metric of each set of dimensions, also of an empty one', () => {
    expect(listed(put(document({ kind: 'order', shop: 'a', time: 1, size: 2 }, { dimensions: [[], ['kind'], ['kind', 'shop']], metrics: [{ Name: 'time' }, { Name: 'size' }] })))).toEqual([
      ['size', 'kind=order', 'shop=a'], ['size', 'kind=order'], ['size'],
      ['time', 'kind=order', 'shop=a'], ['time', 'kind=order'], ['time'],
    ]);
  });

  it('counts each value of an array, and has no unit unless told', () => {
    expect(read(put(document({ kind: 'order', time: [1, 2, 3] }, { metrics: [{ Name: 'time' }] })), 'time', 'order')).toEqual([{ Timestamp: { $date: T0 + 60_000 }, Sum: 6, SampleCount: 3, Unit: 'None' }]);
  });

  it('refers to members by their whole name, not to what is inside of others', () => {
    expect(listed(put(document({ kind: 'order', 'a.b': 1, a: { b: 2 } }, { metrics: [{ Name: 'a.b' }] })))).toEqual([['a.b', 'kind=order']]);
    expect(refusals(put(document({ kind: 'order', a: { b: 2 } }, { metrics: [{ Name: 'a.b' }] })))).toEqual(['the metric a.b has no number']);
  });

  it.each([
    ['text before it', `log: ${document({ kind: 'order', time: 1 })}`],
    ['text behind it', `${document({ kind: 'order', time: 1 })} done`],
    ['_aws not at the root', JSON.stringify({ inner: JSON.parse(document({ kind: 'order', time: 1 })) as object })],
    ['_aws in a text', JSON.stringify({ message: document({ kind: 'order', time: 1 }) })],
  ])('is none with %s', (_, line) => {
    const cloud = put(line);
    expect([listed(cloud), refusals(cloud)]).toEqual([[], []]);
  });

  it.each([
    ['no time', document({ kind: 'order', time: 1 }, { timestamp: 'now' }), '_aws.Timestamp is not as the format has it'],
    ['no set of dimensions', document({ kind: 'order', time: 1 }, { dimensions: [] }), '_aws.CloudWatchMetrics.0.Dimensions is not as the format has it'],
    ['31 dimensions', document({ kind: 'order', time: 1 }, { dimensions: [Array.from({ length: 31 }, (_, i) => `d${i}`)] }), '_aws.CloudWatchMetrics.0.Dimensions.0 is not as the format has it'],
    ['101 metrics', document({ kind: 'order', time: 1 }, { metrics: Array.from({ length: 101 }, () => ({ Name: 'time' })) }), '_aws.CloudWatchMetrics.0.Metrics is not as the format has it'],
    ['101 values', document({ kind: 'order', time: Array.from({ length: 101 }, () => 1) }), 'the metric time has more than 100 values'],
    ['a metric that is a text', document({ kind: 'order', time: '1' }), 'the metric time has no number'],
    ['a dimension that is missing', document({ time: 1 }), 'the dimension kind has no text of at most 1024 characters'],
    ['a namespace of AWS', document({ kind: 'order', time: 1 }, { namespace: 'AWS/Shop' }), 'The value AWS/Shop for parameter Namespace is invalid.'],
  ])('adds nothing with %s, and the trace says why', (_, line, why) => {
    const cloud = put(line);
    expect([listed(cloud), refusals(cloud)]).toEqual([[], [why]]);
  });
});
