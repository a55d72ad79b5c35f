/** Alarms in a run: when they look, what they see, and what a change of their state does. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../../testing.ts';
import type { TestWorld } from '../../../testing.ts';

const T0 = Date.parse('2026-01-01T00:00:00Z');
const TOPIC = 'arn:aws:sns:us-east-1:000000000000:alerts';
const ALARM = 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:slow';
const queueArn = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const SETTINGS = { AlarmName: 'slow', Namespace: 'App', MetricName: 'Latency', Statistic: 'Maximum', Period: 60, EvaluationPeriods: 1, Threshold: 100, ComparisonOperator: 'GreaterThanThreshold' } as const;

/** A world with an alarm on the latency, and a topic whose messages lie in a queue. */
function world(settings: object = {}, o: object = {}): TestWorld {
  const cloud = createTestWorld(o);
  cloud.send('sns', 'CreateTopic', { Name: 'alerts' });
  cloud.send('sqs', 'CreateQueue', { QueueName: 'inbox', Attributes: { Policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }] }) } });
  cloud.send('sns', 'Subscribe', { TopicArn: TOPIC, Protocol: 'sqs', Endpoint: queueArn('inbox') });
  cloud.send('monitoring', 'PutMetricAlarm', { ...SETTINGS, ...settings });
  return cloud;
}
const report = (cloud: TestWorld, Value: number): void => void cloud.send('monitoring', 'PutMetricData', { Namespace: 'App', MetricData: [{ MetricName: 'Latency', Value }] });
const shown = (cloud: TestWorld): Record<string, unknown> => (cloud.send('monitoring', 'DescribeAlarms', { AlarmNames: ['slow'] })['MetricAlarms'] as Record<string, unknown>[])[0]!;
const state = (cloud: TestWorld): unknown => shown(cloud)['StateValue'];
const changes = (cloud: TestWorld): unknown[] => cloud.events('monitoring.AlarmStateChanged').map(({ at, data }) => [at / 1_000_000, data['to']]);
/** What came into a queue, each message taken out of SNS's envelope where it has one. */
function inbox(cloud: TestWorld, name = 'inbox'): Record<string, unknown>[] {
  cloud.advance(1_000);
  const url = `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;
  return ((cloud.send('sqs', 'ReceiveMessage', { QueueUrl: url, MaxNumberOfMessages: 10 })['Messages'] ?? []) as { Body: string }[]).map(({ Body }) => JSON.parse(Body) as Record<string, unknown>);
}

describe('An alarm', () => {
  it('begins without data and looks at each whole minute at what was reported in the minute before', () => {
    const cloud = world();
    expect(shown(cloud)).toMatchObject({ AlarmArn: ALARM, StateValue: 'INSUFFICIENT_DATA', StateReason: 'Unchecked: Initial alarm creation', ActionsEnabled: true, Threshold: 100 });
    cloud.advance(30_000);
    report(cloud, 250);
    cloud.advance(29_000);
    expect(state(cloud)).toBe('INSUFFICIENT_DATA');
    cloud.advance(1_000);
    expect(shown(cloud)).toMatchObject({ StateValue: 'ALARM', StateReason: 'Threshold Crossed: 1 datapoint [250.0 (01/01/26 00:00:00)] was greater than the threshold (100.0).', StateUpdatedTimestamp: { $date: T0 + 60_000 } });
    report(cloud, 50);
    cloud.advance(60_000);
    expect(shown(cloud)).toMatchObject({ StateValue: 'OK', StateReason: 'Threshold Crossed: 1 datapoint [50.0 (01/01/26 00:01:00)] was not greater than the threshold (100.0).' });
    cloud.advance(180_000);
    expect(shown(cloud)).toMatchObject({ StateValue: 'INSUFFICIENT_DATA', StateReason: 'Insufficient Data: 1 datapoint was unknown.' });
    expect(changes(cloud)).toEqual([[60, 'ALARM'], [120, 'OK'], [300, 'INSUFFICIENT_DATA']]);
  });

  it('of 2 out of 3 goes to ALARM with the second datapoint that breaches, and tells how many', () => {
    const cloud = world({ EvaluationPeriods: 3, DatapointsToAlarm: 2, TreatMissingData: 'notBreaching' });
    for (const value of [250, 50, 300.5]) {
      report(cloud, value);
      cloud.advance(60_000);
    }
    expect(changes(cloud)).toEqual([[60, 'OK'], [180, 'ALARM']]);
    expect(shown(cloud)['StateReason']).toBe('Threshold Crossed: 2 out of the last 3 datapoints [300.5 (01/01/26 00:02:00), 250.0 (01/01/26 00:00:00)] were greater than the threshold (100.0) (minimum 2 datapoints for OK -> ALARM transition).');
    expect(JSON.parse(String(shown(cloud)['StateReasonData']))).toEqual({ version: '1.0', queryDate: '2026-01-01T00:03:00.000+0000', startDate: '2026-01-01T00:00:00.000+0000', statistic: 'Maximum', period: 60, recentDatapoints: [250, 50, 300.5], threshold: 100 });
  });

  it('with a period of 10 s looks every 10 s', () => {
    const cloud = world({ Period: 10 });
    report(cloud, 250);
    cloud.advance(11_000);
    expect(changes(cloud)).toEqual([[10, 'ALARM']]);
  });

  it('watches metrics of services, by their dimensions', () => {
    const cloud = world({ Namespace: 'AWS/SQS', MetricName: 'NumberOfMessagesSent', Dimensions: [{ Name: 'QueueName', Value: 'jobs' }], Statistic: 'Sum', Threshold: 2, ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'notBreaching' });
    for (const QueueName of ['jobs', 'other']) cloud.send('sqs', 'CreateQueue', { QueueName });
    const send = (name: string): void => void cloud.send('sqs', 'SendMessage', { QueueUrl: `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`, MessageBody: 'x' });
    for (const name of ['jobs', 'other', 'other']) send(name);
    cloud.advance(60_000);
    send('jobs');
    send('jobs');
    cloud.advance(60_000);
    expect(changes(cloud)).toEqual([[60, 'OK'], [120, 'ALARM']]);
  });

  it('keeps its state when it is put again, and is gone when it is deleted', () => {
    const cloud = world();
    report(cloud, 250);
    cloud.advance(60_000);
    cloud.send('monitoring', 'PutMetricAlarm', { ...SETTINGS, Threshold: 500, AlarmDescription: 'too slow' });
    expect(shown(cloud)).toMatchObject({ StateValue: 'ALARM', Threshold: 500, AlarmDescription: 'too slow' });
    report(cloud, 250);
    cloud.advance(60_000);
    expect(state(cloud)).toBe('OK');
    cloud.send('monitoring', 'DeleteAlarms', { AlarmNames: ['slow'] });
    expect(cloud.send('monitoring', 'DescribeAlarms')).toEqual({ MetricAlarms: [], CompositeAlarms: [] });
    report(cloud, 900);
    cloud.advance(120_000);
    expect(changes(cloud)).toHaveLength(2);
  });

  it('does not keep a run from being idle', () => {
    const cloud = world();
    cloud.untilIdle();
    expect(cloud.world.now / 1_000_000).toBeLessThan(60);
  });
});

describe('A change of an alarm’s state', () => {
  it('tells the topics of the state that is entered once, not again while it stays', () => {
    const cloud = world({ AlarmActions: [TOPIC], AlarmDescription: 'too slow', Dimensions: [] });
    for (let i = 0; i < 3; i++) {
      report(cloud, 250);
      cloud.advance(60_000);
    }
    report(cloud, 1);
    cloud.advance(60_000);
    const [notification, ...others] = inbox(cloud);
    expect(others).toEqual([]);
    expect(notification).toMatchObject({ Type: 'Notification', TopicArn: TOPIC, Subject: 'ALARM: "slow" in US East (N. Virginia)' });
    expect(JSON.parse(String(notification?.['Message']))).toEqual({
      AlarmName: 'slow', AlarmDescription: 'too slow', AWSAccountId: '000000000000', AlarmConfigurationUpdatedTimestamp: '2026-01-01T00:00:00.000+0000', NewStateValue: 'ALARM',
      NewStateReason: 'Threshold Crossed: 1 datapoint [250.0 (01/01/26 00:00:00)] was greater than the threshold (100.0).', StateChangeTime: '2026-01-01T00:01:00.000+0000', Region: 'US East (N. Virginia)', AlarmArn: ALARM, OldStateValue: 'INSUFFICIENT_DATA', OKActions: [], AlarmActions: [TOPIC], InsufficientDataActions: [],
      Trigger: { MetricName: 'Latency', Namespace: 'App', StatisticType: 'Statistic', Statistic: 'MAXIMUM', Unit: null, Dimensions: [], Period: 60, EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanThreshold', Threshold: 100, TreatMissingData: '', EvaluateLowSampleCountPercentile: '' },
    });
    const [change] = cloud.events('monitoring.AlarmStateChanged');
    expect(cloud.events('monitoring.ActionDone').map(({ cause }) => cause)).toEqual([[change!.seq]]);
  });

  it('is an event on the default bus, also while actions are switched off', () => {
    const cloud = world({ AlarmActions: [TOPIC] });
    cloud.send('events', 'PutRule', { Name: 'r', EventPattern: JSON.stringify({ source: ['aws.cloudwatch'], 'detail-type': ['CloudWatch Alarm State Change'], detail: { state: { value: ['ALARM'] } } }) });
    cloud.send('events', 'PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn: queueArn('inbox') }] });
    cloud.send('monitoring', 'DisableAlarmActions', { AlarmNames: ['slow', 'nobody'] });
    report(cloud, 250);
    cloud.advance(60_000);
    const events = inbox(cloud);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      source: 'aws.cloudwatch', 'detail-type': 'CloudWatch Alarm State Change', account: '000000000000', time: '2026-01-01T00:01:00Z', region: 'us-east-1', resources: [ALARM],
      detail: {
        alarmName: 'slow',
        state: { value: 'ALARM', reason: expect.stringContaining('Threshold Crossed') as string, timestamp: '2026-01-01T00:01:00.000+0000' },
        previousState: { value: 'INSUFFICIENT_DATA', reason: 'Unchecked: Initial alarm creation', timestamp: '2026-01-01T00:00:00.000+0000' },
        configuration: { metrics: [{ id: 'm1', metricStat: { metric: { namespace: 'App', name: 'Latency', dimensions: {} }, period: 60, stat: 'Maximum' }, returnData: true }] },
      },
    });
    cloud.send('monitoring', 'EnableAlarmActions', { AlarmNames: ['slow'] });
    report(cloud, 1);
    cloud.advance(60_000);
    report(cloud, 250);
    cloud.advance(60_000);
    expect(cloud.events('monitoring.ActionDone')).toHaveLength(1);
  });

  it('invokes a function that lets CloudWatch’s alarms in, and says so when it does not', () => {
    const cloud = createTestWorld();
    const FN = 'arn:aws:lambda:us-east-1:000000000000:function:fn';
    cloud.send('iam', 'CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }) });
    cloud.send('lambda', 'CreateFunction', { FunctionName: 'fn', Role: 'arn:aws:iam::000000000000:role/r', Code: { synthetic: { initMs: 100, durationMs: 10, errorRate: 0, memoryMb: 128 } } });
    cloud.advance(10_000);
    cloud.send('monitoring', 'PutMetricAlarm', { ...SETTINGS, AlarmActions: [FN], OKActions: [FN] });
    report(cloud, 250);
    cloud.advance(60_000);
    expect(cloud.events('monitoring.ActionFailed').map(({ data }) => [data['action'], data['error']])).toEqual([[FN, 'AccessDeniedException']]);
    cloud.send('lambda', 'AddPermission', { FunctionName: 'fn', StatementId: 's', Action: 'lambda:InvokeFunction', Principal: 'lambda.alarms.cloudwatch.amazonaws.com', SourceArn: ALARM, SourceAccount: '000000000000' });
    report(cloud, 1);
    cloud.advance(60_000);
    cloud.advance(5_000);
    expect(cloud.events('lambda.InvocationSucceeded')).toHaveLength(1);
  });

  it('does not reach a topic whose own policy names somebody else', () => {
    const cloud = world({ AlarmActions: [TOPIC] });
    cloud.send('sns', 'SetTopicAttributes', { TopicArn: TOPIC, AttributeName: 'Policy', AttributeValue: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sns:Publish', Resource: TOPIC }] }) });
    report(cloud, 250);
    cloud.advance(60_000);
    expect(cloud.events('monitoring.ActionFailed')).toHaveLength(1);
    expect(inbox(cloud)).toEqual([]);
  });

  it('can be made by SetAlarmState, until the next evaluation', () => {
    const cloud = world({ AlarmActions: [TOPIC], TreatMissingData: 'notBreaching' });
    cloud.advance(61_000);
    cloud.send('monitoring', 'SetAlarmState', { AlarmName: 'slow', StateValue: 'ALARM', StateReason: 'a test', StateReasonData: '{"by":"me"}' });
    expect(shown(cloud)).toMatchObject({ StateValue: 'ALARM', StateReason: 'a test', StateReasonData: '{"by":"me"}' });
    cloud.advance(60_000);
    expect(changes(cloud)).toEqual([[60, 'OK'], [61, 'ALARM'], [120, 'OK']]);
    expect(inbox(cloud)).toHaveLength(1);
  });
});

describe('Alarms', () => {
  it('are found by name, prefix, state and action, sorted, page by page; and by their metric', () => {
    const cloud = world({ AlarmActions: [TOPIC] });
    cloud.send('monitoring', 'PutMetricAlarm', { ...SETTINGS, AlarmName: 'sleepy', Statistic: undefined, ExtendedStatistic: 'p99' });
    cloud.send('monitoring', 'PutMetricAlarm', { ...SETTINGS, AlarmName: 'big', MetricName: 'Size' });
    const names = (operation: string, input: object = {}): unknown => (cloud.send('monitoring', operation, input)['MetricAlarms'] as { AlarmName: string }[]).map(({ AlarmName }) => AlarmName);
    expect(names('DescribeAlarms')).toEqual(['big', 'sleepy', 'slow']);
    expect(names('DescribeAlarms', { AlarmNamePrefix: 's' })).toEqual(['sleepy', 'slow']);
    expect(names('DescribeAlarms', { StateValue: 'ALARM' })).toEqual([]);
    expect(names('DescribeAlarms', { ActionPrefix: 'arn:aws:sns' })).toEqual(['slow']);
    expect(names('DescribeAlarms', { AlarmTypes: ['CompositeAlarm'] })).toEqual([]);
    const first = cloud.send('monitoring', 'DescribeAlarms', { MaxRecords: 2 });
    expect(names('DescribeAlarms', { MaxRecords: 2, NextToken: first['NextToken'] })).toEqual(['slow']);
    expect(names('DescribeAlarmsForMetric', { Namespace: 'App', MetricName: 'Latency' })).toEqual(['slow', 'sleepy']);
    expect(names('DescribeAlarmsForMetric', { Namespace: 'App', MetricName: 'Latency', ExtendedStatistic: 'p99' })).toEqual(['sleepy']);
  });

  it.each<[string, string, object, string]>([
    ['a period of 45 s', 'PutMetricAlarm', { ...SETTINGS, Period: 45 }, 'ValidationError'],
    ['more datapoints than periods', 'PutMetricAlarm', { ...SETTINGS, DatapointsToAlarm: 2 }, 'ValidationError'],
    ['more than a day', 'PutMetricAlarm', { ...SETTINGS, Period: 600, EvaluationPeriods: 145 }, 'ValidationError'],
    ['two statistics', 'PutMetricAlarm', { ...SETTINGS, ExtendedStatistic: 'p50' }, 'ValidationError'],
    ['no threshold', 'PutMetricAlarm', { ...SETTINGS, Threshold: undefined }, 'MissingParameter'],
    ['an expression', 'PutMetricAlarm', { ...SETTINGS, Metrics: [{ Id: 'm' }] }, 'NotModelled'],
    ['an action of EC2', 'PutMetricAlarm', { ...SETTINGS, AlarmActions: ['arn:aws:automate:us-east-1:ec2:stop'] }, 'NotModelled'],
    ['an unknown alarm', 'SetAlarmState', { AlarmName: 'nobody', StateValue: 'OK', StateReason: 'x' }, 'ResourceNotFound'],
    ['an unknown alarm to delete', 'DeleteAlarms', { AlarmNames: ['nobody'] }, 'ResourceNotFound'],
    ['reason data that is no JSON', 'SetAlarmState', { AlarmName: 'slow', StateValue: 'OK', StateReason: 'x', StateReasonData: '{' }, 'InvalidFormatFault'],
  ])('refuse %s', (_, operation, input, name) => {
    expect(world().failure('monitoring', operation, input).name).toBe(name);
  });

  it('need a trace that is kept', () => {
    expect(createTestWorld({ trace: 'counts' }).failure('monitoring', 'PutMetricAlarm', SETTINGS)).toMatchObject({ name: 'NotModelled' });
  });
});
