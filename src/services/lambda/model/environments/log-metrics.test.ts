/** Metrics in the embedded metric format among the lines of a function: found after the runtime's prefix, not inside its JSON records. */
import { describe, expect, it } from 'vitest';
import type { TestWorld } from '../../../testing.ts';
import { functionsWorld } from '../testing/functions-world.ts';

const T0 = 1_767_225_600_000;
const listed = (cloud: TestWorld): unknown[] => (cloud.send('monitoring', 'ListMetrics', { Namespace: 'shop' })['Metrics'] as { MetricName: string; Dimensions: { Name: string; Value: string }[] }[]).map(({ MetricName, Dimensions }) => [MetricName, ...Dimensions.map(({ Name, Value }) => `${Name}=${Value}`)]);
const read = (cloud: TestWorld): unknown => cloud.send('monitoring', 'GetMetricStatistics', { Namespace: 'shop', MetricName: 'time', Dimensions: [{ Name: 'kind', Value: 'order' }], StartTime: new Date(T0).toISOString(), EndTime: new Date(T0 + 600_000).toISOString(), Period: 60, Statistics: ['Sum'] })['Datapoints'];

describe('A function that logs metrics', () => {
  const line = JSON.stringify({ _aws: { Timestamp: T0, CloudWatchMetrics: [{ Namespace: 'shop', Dimensions: [['kind']], Metrics: [{ Name: 'time' }] }] }, kind: 'order', time: 100 });
  const prefix = '2026-01-01T00:00:01.000Z\t11111111-1111-4111-8111-111111111111\tINFO\t';
  const run = (text: string, settings: object = {}): TestWorld => {
    const cloud = functionsWorld({ logs: { handle: () => [{ log: text }, { result: 1 }] } });
    cloud.make('logs', settings);
    cloud.invoke();
    return cloud;
  };

  it('is understood with console.log and its prefix, and with process.stdout', () => {
    for (const text of [line, `${prefix}${line}`]) expect(read(run(text))).toEqual([{ Timestamp: { $date: T0 }, Sum: 100, Unit: 'None' }]);
  });

  it('is not understood inside a record of LogFormat JSON', () => {
    const LoggingConfig = { LogFormat: 'JSON' };
    expect(listed(run(JSON.stringify({ timestamp: 'now', level: 'INFO', message: line }), { LoggingConfig }))).toEqual([]);
    expect(listed(run(line, { LoggingConfig }))).toEqual([['time', 'kind=order']]);
  });

  it('needs the right to write logs, and no right to put metrics', () => {
    const cloud = functionsWorld({ logs: { handle: () => [{ log: line }, { result: 1 }] } });
    cloud.make('logs');
    cloud.send('iam', 'DetachRolePolicy', { RoleName: 'fn-role', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' });
    cloud.invoke();
    expect(listed(cloud)).toEqual([]);
  });
});
