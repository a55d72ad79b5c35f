/** @aws-sdk/client-cloudwatch, unmodified, against the model: a function's metrics, metrics of one's own, pages, errors. */
import { CloudWatchClient, DeleteAlarmsCommand, DescribeAlarmsCommand, GetMetricDataCommand, GetMetricStatisticsCommand, InvalidParameterValueException, ListMetricsCommand, PutCompositeAlarmCommand, PutMetricAlarmCommand, PutMetricDataCommand, ResourceNotFound, SetAlarmStateCommand, paginateDescribeAlarms, paginateGetMetricData, paginateListMetrics, waitUntilAlarmExists } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { createCloud } from './create-cloud.ts';
import { failureOf, pagesOf, through } from './wire/testing.ts';

const START = new Date('2026-01-01T00:00:00Z');
const END = new Date('2026-01-01T01:00:00Z');

describe('@aws-sdk/client-cloudwatch', () => {
  it('reads what a function reported', async () => {
    const cloud = createCloud();
    const cloudwatch = new CloudWatchClient(through(cloud));
    const trust = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] });
    await cloud.send('iam', 'CreateRole', { RoleName: 'work', AssumeRolePolicyDocument: trust });
    await cloud.send('lambda', 'CreateFunction', { FunctionName: 'work', Role: 'arn:aws:iam::000000000000:role/work', Code: { synthetic: { initMs: { kind: 'const', value: 100 }, durationMs: { kind: 'const', value: 40 } } } });
    await cloud.advance(30_000);
    for (let i = 0; i < 3; i++) await cloud.send('lambda', 'Invoke', { FunctionName: 'work' });
    const Dimensions = [{ Name: 'FunctionName', Value: 'work' }];
    const { Datapoints } = await cloudwatch.send(new GetMetricStatisticsCommand({ Namespace: 'AWS/Lambda', MetricName: 'Invocations', Dimensions, StartTime: START, EndTime: END, Period: 60, Statistics: ['Sum'] }));
    expect(Datapoints).toEqual([{ Timestamp: START, Sum: 3, Unit: 'Count' }]);
    const { MetricDataResults } = await cloudwatch.send(new GetMetricDataCommand({ StartTime: START, EndTime: END, MetricDataQueries: [{ Id: 'slow', MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName: 'Duration', Dimensions }, Period: 60, Stat: 'Maximum' } }] }));
    expect(MetricDataResults).toMatchObject([{ Id: 'slow', StatusCode: 'Complete', Timestamps: [START] }]);
    expect(MetricDataResults![0]!.Values![0]).toBeGreaterThanOrEqual(40);
    const names = (await cloudwatch.send(new ListMetricsCommand({ Namespace: 'AWS/Lambda', Dimensions }))).Metrics?.map((metric) => metric.MetricName);
    expect(names).toEqual(expect.arrayContaining(['Invocations', 'Duration']));
  });

  it('puts metrics of its own and lists them page by page', async () => {
    const cloudwatch = new CloudWatchClient(through(createCloud()));
    const data = Array.from({ length: 501 }, (_, i) => ({ MetricName: `m${i}`, Value: i, Timestamp: START }));
    await cloudwatch.send(new PutMetricDataCommand({ Namespace: 'App', MetricData: data }));
    const pages = await pagesOf(paginateListMetrics({ client: cloudwatch }, { Namespace: 'App' }));
    expect(pages.map((page) => page.Metrics?.length)).toEqual([500, 1]);
    const { Datapoints } = await cloudwatch.send(new GetMetricStatisticsCommand({ Namespace: 'App', MetricName: 'm7', StartTime: START, EndTime: END, Period: 300, Statistics: ['Average'] }));
    expect(Datapoints).toMatchObject([{ Timestamp: START, Average: 7 }]);
  });

  it('answers GetMetricData in one page of its paginator', async () => {
    const cloudwatch = new CloudWatchClient(through(createCloud()));
    await cloudwatch.send(new PutMetricDataCommand({ Namespace: 'App', MetricData: [{ MetricName: 'm', Values: [1, 2], Timestamp: START }] }));
    const MetricDataQueries = [{ Id: 'm', MetricStat: { Metric: { Namespace: 'App', MetricName: 'm' }, Period: 60, Stat: 'Sum' } }];
    const pages = await pagesOf(paginateGetMetricData({ client: cloudwatch, pageSize: 1 }, { MetricDataQueries, StartTime: START, EndTime: END }));
    expect(pages.map((page) => page.MetricDataResults?.map(({ Values }) => Values))).toEqual([[[3]]]);
  });

  it('puts an alarm, waits for it, reads it page by page and sees it change', async () => {
    const cloud = createCloud();
    const cloudwatch = new CloudWatchClient(through(cloud));
    const quick = { client: cloudwatch, maxWaitTime: 2, minDelay: 0.01, maxDelay: 0.02 };
    expect(await failureOf(waitUntilAlarmExists({ ...quick, maxWaitTime: 0.05 }, { AlarmNames: ['a'] }))).toMatchObject({ name: 'TimeoutError' });
    for (const AlarmName of ['a', 'b']) await cloudwatch.send(new PutMetricAlarmCommand({ AlarmName, Namespace: 'App', MetricName: 'm', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1.5, ComparisonOperator: 'GreaterThanThreshold' }));
    expect((await waitUntilAlarmExists(quick, { AlarmNames: ['a'] })).state).toBe('SUCCESS');
    const pages = await pagesOf(paginateDescribeAlarms({ client: cloudwatch, pageSize: 1 }, {}));
    expect(pages.map((page) => page.MetricAlarms?.map(({ AlarmName }) => AlarmName))).toEqual([['a'], ['b']]);
    await cloudwatch.send(new PutMetricDataCommand({ Namespace: 'App', MetricData: [{ MetricName: 'm', Value: 2 }] }));
    await cloud.advance(60_000);
    const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: ['a'] }));
    expect(MetricAlarms).toMatchObject([{ AlarmName: 'a', StateValue: 'ALARM', Threshold: 1.5, StateUpdatedTimestamp: new Date(START.getTime() + 60_000) }]);
    await cloudwatch.send(new SetAlarmStateCommand({ AlarmName: 'a', StateValue: 'OK', StateReason: 'a test' }));
    await cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: ['a', 'b'] }));
    expect(await failureOf(cloudwatch.send(new SetAlarmStateCommand({ AlarmName: 'a', StateValue: 'OK', StateReason: 'a test' })))).toBeInstanceOf(ResourceNotFound);
  });

  it('fails with its own classes, and by name for alarms on other alarms', async () => {
    const cloudwatch = new CloudWatchClient(through(createCloud()));
    expect(await failureOf(cloudwatch.send(new PutMetricDataCommand({ Namespace: 'AWS/Mine', MetricData: [{ MetricName: 'x', Value: 1 }] })))).toBeInstanceOf(InvalidParameterValueException);
    expect(await failureOf(cloudwatch.send(new PutCompositeAlarmCommand({ AlarmName: 'a', AlarmRule: 'TRUE' })))).toMatchObject({ name: 'NotModelled', message: expect.stringContaining('monitoring PutCompositeAlarm') as string, $metadata: { httpStatusCode: 501 } });
  });
});
