/** Metrics as CloudWatch gives them: what services report, what is put, by period and statistic. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const START = Date.parse('2026-01-01T00:00:00Z');
const at = (sec: number): string => new Date(START + sec * 1000).toISOString();

/** A queue that got two messages in its first minute and one in its third. */
function queue(): TestWorld {
  const cloud = createTestWorld();
  cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' });
  const send = (): void => void cloud.send('sqs', 'SendMessage', { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs', MessageBody: 'x' });
  send();
  cloud.advance(30_000);
  send();
  cloud.advance(120_000);
  send();
  return cloud;
}
const sent = { Namespace: 'AWS/SQS', MetricName: 'NumberOfMessagesSent', Dimensions: [{ Name: 'QueueName', Value: 'jobs' }] };
const statistics = (cloud: TestWorld, o: object): Record<string, unknown> => cloud.send('monitoring', 'GetMetricStatistics', { ...sent, StartTime: at(0), EndTime: at(600), Period: 60, Statistics: ['Sum'], ...o });

function putLatencies(cloud: TestWorld): void {
  cloud.send('monitoring', 'PutMetricData', { Namespace: 'App', MetricData: [{ MetricName: 'Latency', Unit: 'Milliseconds', Values: [10, 20, 30, 1_000], Counts: [50, 40, 9, 1], Dimensions: [{ Name: 'b', Value: '2' }, { Name: 'a', Value: '1' }] }] });
}
const latency = { Namespace: 'App', MetricName: 'Latency', Dimensions: [{ Name: 'a', Value: '1' }, { Name: 'b', Value: '2' }] };

describe('CloudWatch metrics of services', () => {
  it('are what the services report, by period, and only periods with data', () => {
    expect(statistics(queue(), {})).toEqual({ Label: 'NumberOfMessagesSent', Datapoints: [{ Timestamp: { $date: START }, Sum: 2, Unit: 'Count' }, { Timestamp: { $date: START + 120_000 }, Sum: 1, Unit: 'Count' }] });
    expect(statistics(queue(), { Period: 300, Statistics: ['Sum', 'SampleCount', 'Average', 'Minimum', 'Maximum'] })['Datapoints']).toEqual([{ Timestamp: { $date: START }, Sum: 3, SampleCount: 3, Average: 1, Minimum: 1, Maximum: 1, Unit: 'Count' }]);
  });

  it('begin at whole periods and end before EndTime', () => {
    expect(statistics(queue(), { StartTime: at(45), EndTime: at(120) })['Datapoints']).toEqual([{ Timestamp: { $date: START }, Sum: 2, Unit: 'Count' }]);
    expect(statistics(queue(), { Dimensions: [{ Name: 'QueueName', Value: 'other' }] })['Datapoints']).toEqual([]);
    expect(statistics(queue(), { Unit: 'Bytes' })['Datapoints']).toEqual([]);
  });

  it('are listed with their dimensions', () => {
    const cloud = queue();
    putLatencies(cloud);
    const list = (o: object): unknown => cloud.send('monitoring', 'ListMetrics', o)['Metrics'];
    expect(list({ Namespace: 'AWS/SQS', MetricName: 'NumberOfMessagesSent' })).toEqual([sent]);
    expect(list({ Dimensions: [{ Name: 'a' }] })).toMatchObject([{ Namespace: 'App', MetricName: 'Latency' }]);
    expect(list({ Dimensions: [{ Name: 'a', Value: '2' }] })).toEqual([]);
  });

  it('come for several queries at once, newest first unless told', () => {
    const query = (Id: string, Stat: string): object => ({ Id, MetricStat: { Metric: sent, Period: 60, Stat } });
    const get = (o: object): unknown => queue().send('monitoring', 'GetMetricData', { StartTime: at(0), EndTime: at(600), ...o })['MetricDataResults'];
    expect(get({ MetricDataQueries: [query('sum', 'Sum'), { ...query('hidden', 'Average'), ReturnData: false }] })).toEqual([{ Id: 'sum', Label: 'NumberOfMessagesSent', Timestamps: [{ $date: START + 120_000 }, { $date: START }], Values: [1, 2], StatusCode: 'Complete' }]);
    expect(get({ MetricDataQueries: [query('sum', 'Sum')], ScanBy: 'TimestampAscending' })).toMatchObject([{ Values: [2, 1] }]);
  });
});

describe('CloudWatch metrics of one\'s own', () => {
  it('count values with their counts, whatever the order of dimensions', () => {
    const cloud = createTestWorld();
    putLatencies(cloud);
    const { Datapoints } = cloud.send('monitoring', 'GetMetricStatistics', { ...latency, StartTime: at(0), EndTime: at(60), Period: 60, Statistics: ['SampleCount', 'Sum', 'Minimum', 'Maximum'], ExtendedStatistics: ['p50', 'p90', 'p99', 'p100'] });
    expect(Datapoints).toEqual([{ Timestamp: { $date: START }, SampleCount: 100, Sum: 2_570, Minimum: 10, Maximum: 1_000, Unit: 'Milliseconds', ExtendedStatistics: { p50: 10, p90: 20, p99: 30, p100: 1_000 } }]);
  });

  it('take statistics as they are', () => {
    const cloud = createTestWorld();
    cloud.send('monitoring', 'PutMetricData', { Namespace: 'App', MetricData: [{ MetricName: 'Size', StatisticValues: { SampleCount: 4, Sum: 10, Minimum: 1, Maximum: 4 }, Timestamp: at(90) }] });
    expect(cloud.send('monitoring', 'GetMetricStatistics', { Namespace: 'App', MetricName: 'Size', StartTime: at(0), EndTime: at(600), Period: 60, Statistics: ['Average', 'Maximum'] })['Datapoints']).toEqual([{ Timestamp: { $date: START + 60_000 }, Average: 2.5, Maximum: 4, Unit: 'None' }]);
  });
});

describe('CloudWatch answers to what does not fit', () => {
  it.each([
    ['a namespace of AWS', 'PutMetricData', { Namespace: 'AWS/Mine', MetricData: [{ MetricName: 'x', Value: 1 }] }, 'InvalidParameterValueException', 'The value AWS/Mine for parameter Namespace is invalid.'],
    ['value and values', 'PutMetricData', { Namespace: 'Mine', MetricData: [{ MetricName: 'x', Value: 1, Values: [1] }] }, 'InvalidParameterCombinationException', undefined],
    ['too many datapoints', 'GetMetricStatistics', { ...sent, StartTime: at(0), EndTime: at(86_460), Period: 60, Statistics: ['Sum'] }, 'InvalidParameterCombinationException', 'You have requested up to 1441 datapoints, which exceeds the limit of 1440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.'],
    ['an end before the start', 'GetMetricStatistics', { ...sent, StartTime: at(60), EndTime: at(0), Period: 60, Statistics: ['Sum'] }, 'InvalidParameterCombinationException', 'The parameter StartTime must be less than the parameter EndTime.'],
    ['an odd period', 'GetMetricStatistics', { ...sent, StartTime: at(0), EndTime: at(60), Period: 90, Statistics: ['Sum'] }, 'InvalidParameterValueException', undefined],
    ['no statistic', 'GetMetricStatistics', { ...sent, StartTime: at(0), EndTime: at(60), Period: 60 }, 'MissingRequiredParameterException', undefined],
    ['an unknown statistic', 'GetMetricStatistics', { ...sent, StartTime: at(0), EndTime: at(60), Period: 60, Statistics: ['Median'] }, 'InvalidParameterValueException', undefined],
    ['metric math', 'GetMetricData', { StartTime: at(0), EndTime: at(60), MetricDataQueries: [{ Id: 'e', Expression: 'a + b' }] }, 'NotModelled', undefined],
  ])('%s', (_, operation, input, name, message) => {
    const error = createTestWorld().failure('monitoring', operation, input);
    expect(error.name).toBe(name);
    if (message !== undefined) expect(error.message).toBe(message);
  });

  it('has no metrics of a run whose trace is only counted, and says so', () => {
    expect(createTestWorld({ trace: 'counts' }).failure('monitoring', 'ListMetrics', {})).toMatchObject({ name: 'NotModelled' });
  });
});
