/** When schedules fire, whom they call under which rights, and what becomes of calls that fail. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const START_MS = 1_767_225_600_000;
const ROLE = 'arn:aws:iam::000000000000:role/schedule-role';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:jobs';
const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs';
const trust = (Service: string): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }] });

function world(o: { startAtEpochMs?: number; rights?: readonly string[] } = {}): TestWorld {
  const cloud = createTestWorld(o.startAtEpochMs === undefined ? {} : { startAtEpochMs: o.startAtEpochMs });
  cloud.send('iam', 'CreateRole', { RoleName: 'schedule-role', AssumeRolePolicyDocument: trust('scheduler.amazonaws.com') });
  cloud.send('iam', 'PutRolePolicy', { RoleName: 'schedule-role', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: o.rights ?? ['sqs:*', 'events:*'], Resource: '*' }] }) });
  cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' });
  return cloud;
}
const input = (ScheduleExpression: string, o: object = {}): object => ({ Name: 's', ScheduleExpression, FlexibleTimeWindow: { Mode: 'OFF' }, Target: { Arn: QUEUE, RoleArn: ROLE, Input: '{"a":1}' }, ...o });
const create = (cloud: TestWorld, ScheduleExpression: string, o: object = {}): Record<string, unknown> => cloud.send('scheduler', 'CreateSchedule', input(ScheduleExpression, o));
const times = (cloud: TestWorld): unknown[] => cloud.events('scheduler.ScheduleFired').map(({ data }) => data['scheduledTime']);
function bodies(cloud: TestWorld): { Body: string; MessageAttributes?: Record<string, { StringValue: string }> }[] {
  return (cloud.send('sqs', 'ReceiveMessage', { QueueUrl: URL, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] })['Messages'] ?? []) as never;
}

describe('the times of a schedule', () => {
  it('of a rate without a start begin at once and go on by its period', () => {
    const cloud = world();
    create(cloud, 'rate(5 minutes)');
    cloud.advance(11 * 60_000);
    expect(times(cloud)).toEqual(['2026-01-01T00:00:00Z', '2026-01-01T00:05:00Z', '2026-01-01T00:10:00Z']);
  });

  it('of a rate with a start count from it and stop at the end', () => {
    const cloud = world();
    create(cloud, 'rate(10 minutes)', { StartDate: '2026-01-01T00:03:00Z', EndDate: '2026-01-01T00:25:00Z' });
    cloud.advance(60 * 60_000);
    expect(times(cloud)).toEqual(['2026-01-01T00:03:00Z', '2026-01-01T00:13:00Z', '2026-01-01T00:23:00Z']);
  });

  it('of a cron go by the clock of its zone, through the change to summer time', () => {
    const cloud = world({ startAtEpochMs: Date.parse('2026-03-27T00:00:00Z') });
    create(cloud, 'cron(0 9 ? * MON-FRI *)', { ScheduleExpressionTimezone: 'Europe/Berlin' });
    cloud.advance(5 * 86_400_000);
    expect(times(cloud)).toEqual(['2026-03-27T08:00:00Z', '2026-03-30T07:00:00Z', '2026-03-31T07:00:00Z']);
    expect(cloud.events('scheduler.ScheduleFired').map(({ data }) => data['localTime'])).toEqual(['2026-03-27T09:00:00', '2026-03-30T09:00:00', '2026-03-31T09:00:00']);
  });

  it('leave out a local time that does not exist, and fire once at one that comes twice', () => {
    const spring = world({ startAtEpochMs: Date.parse('2026-03-28T12:00:00Z') });
    create(spring, 'cron(30 2 * * ? *)', { ScheduleExpressionTimezone: 'Europe/Berlin' });
    spring.advance(2 * 86_400_000);
    expect(times(spring)).toEqual(['2026-03-30T00:30:00Z']);
    const autumn = world({ startAtEpochMs: Date.parse('2026-10-24T12:00:00Z') });
    create(autumn, 'cron(30 2 * * ? *)', { ScheduleExpressionTimezone: 'Europe/Berlin' });
    autumn.advance(86_400_000);
    expect(times(autumn)).toEqual(['2026-10-25T00:30:00Z']);
  });

  it('count a day of a rate as 24 hours, whatever the clock does', () => {
    const cloud = world({ startAtEpochMs: Date.parse('2026-03-28T12:00:00Z') });
    create(cloud, 'rate(1 day)', { ScheduleExpressionTimezone: 'Europe/Berlin' });
    cloud.advance(2 * 86_400_000);
    expect(times(cloud)).toEqual(['2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z', '2026-03-30T12:00:00Z']);
  });

  it('of an at come once, start and end or not, and the schedule stays', () => {
    const cloud = world();
    create(cloud, 'at(2026-01-01T01:00:00)', { ScheduleExpressionTimezone: 'Europe/Berlin', StartDate: '2027-01-01T00:00:00Z' });
    cloud.advance(3_600_000);
    expect(times(cloud)).toEqual(['2026-01-01T00:00:00Z']);
    expect(cloud.send('scheduler', 'GetSchedule', { Name: 's' })).toMatchObject({ Name: 's', State: 'ENABLED' });
  });

  it('fall into the flexible window, at a drawn moment that a seed decides', () => {
    const late = (seed: number): number[] => {
      const cloud = createTestWorld({ seed, iam: 'off' });
      cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' });
      create(cloud, 'rate(1 hour)', { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 30 } });
      cloud.advance(5 * 3_600_000);
      return cloud.events('scheduler.ScheduleFired').map(({ data }) => Number(data['lateUs']) / 60_000_000);
    };
    const one = late(1);
    expect(one.length).toBeGreaterThanOrEqual(5);
    expect(new Set(one).size).toBeGreaterThan(1);
    for (const minutes of one) expect(minutes).toBeLessThan(30);
    expect(late(1)).toEqual(one);
    expect(late(2)).not.toEqual(one);
  });

  it('never come for an at that is over, and for a rate of centuries only once', () => {
    const cloud = world();
    create(cloud, 'at(2025-12-31T23:59:59)', { ActionAfterCompletion: 'DELETE' });
    create(cloud, 'rate(9999999999 days)', { Name: 'rare' });
    cloud.advance(86_400_000);
    expect(cloud.events('scheduler.ScheduleFired').map(({ data }) => data['schedule'])).toEqual(['rare']);
    expect(cloud.send('scheduler', 'GetSchedule', { Name: 's' })).toMatchObject({ State: 'ENABLED' });
  });

  it('are not waited for by a run until idle when they recur, and are when they come once', () => {
    const cloud = world();
    create(cloud, 'cron(0 12 * * ? *)');
    cloud.send('scheduler', 'CreateSchedule', { ...input('at(2026-01-01T00:10:00)'), Name: 'once' });
    cloud.untilIdle();
    expect(times(cloud)).toEqual(['2026-01-01T00:10:00Z']);
  });

  it('end when it is disabled, updated or deleted', () => {
    const cloud = world();
    create(cloud, 'rate(1 minute)');
    cloud.advance(90_000);
    cloud.send('scheduler', 'UpdateSchedule', input('rate(1 minute)', { State: 'DISABLED' }));
    cloud.advance(600_000);
    expect(times(cloud)).toHaveLength(2);
    cloud.send('scheduler', 'UpdateSchedule', input('cron(0 1 * * ? *)'));
    cloud.send('scheduler', 'DeleteSchedule', { Name: 's' });
    cloud.advance(86_400_000);
    expect(times(cloud)).toHaveLength(2);
  });

  it('when they are over, let a schedule delete itself if it is set to', () => {
    const cloud = world();
    create(cloud, 'at(2026-01-01T00:01:00)', { ActionAfterCompletion: 'DELETE' });
    cloud.advance(120_000);
    expect(cloud.events('scheduler.ScheduleCompleted')).toHaveLength(1);
    expect(cloud.failure('scheduler', 'GetSchedule', { Name: 's' })).toMatchObject({ name: 'ResourceNotFoundException', message: 'Schedule s does not exist.', status: 404 });
  });
});

describe('the target of a schedule', () => {
  it('gets its input with the context put in', () => {
    const cloud = world();
    create(cloud, 'at(2026-01-01T00:01:00)', { Target: { Arn: QUEUE, RoleArn: ROLE, Input: '<aws.scheduler.scheduled-time> <aws.scheduler.attempt-number> <aws.scheduler.schedule-arn>' } });
    cloud.advance(90_000);
    expect(bodies(cloud).map(({ Body }) => Body)).toEqual(['2026-01-01T00:01:00Z 1 arn:aws:scheduler:us-east-1:000000000000:schedule/default/s']);
  });

  it('gets a notification whose detail is text when there is no input', () => {
    const cloud = world();
    create(cloud, 'at(2026-01-01T00:01:00)', { Target: { Arn: QUEUE, RoleArn: ROLE } });
    cloud.advance(90_000);
    expect(JSON.parse(bodies(cloud)[0]!.Body)).toMatchObject({ 'detail-type': 'Scheduled Event', source: 'aws.scheduler', time: '2026-01-01T00:01:00Z', detail: '{}' });
  });

  it('may be a bus, which gets an event of the named source', () => {
    const cloud = world();
    create(cloud, 'at(2026-01-01T00:01:00)', { Target: { Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/default', RoleArn: ROLE, Input: '{"n":1}', EventBridgeParameters: { Source: 'my.app', DetailType: 'Tick' } } });
    cloud.advance(90_000);
    expect(cloud.events('events.EventReceived').map(({ data }) => [data['source'], data['detailType']])).toEqual([['my.app', 'Tick']]);
  });

  it('may be any modelled operation, with the input as its input', () => {
    const cloud = world();
    create(cloud, 'at(2026-01-01T00:01:00)', { Target: { Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage', RoleArn: ROLE, Input: JSON.stringify({ QueueUrl: URL, MessageBody: 'hello' }) } });
    cloud.advance(90_000);
    expect(bodies(cloud).map(({ Body }) => Body)).toEqual(['hello']);
  });

  it('is not called without the right, not tried again, and the call goes to the dead-letter queue with why', () => {
    const cloud = world({ rights: ['sqs:SendMessage'] });
    create(cloud, 'at(2026-01-01T00:01:00)', { Target: { Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/default', RoleArn: ROLE, Input: '{"n":1}', EventBridgeParameters: { Source: 'my.app', DetailType: 'Tick' }, DeadLetterConfig: { Arn: QUEUE } } });
    cloud.advance(90_000);
    const [letter] = bodies(cloud);
    expect(letter?.Body).toBe('{"n":1}');
    const attributes = Object.fromEntries(Object.entries(letter?.MessageAttributes ?? {}).map(([key, { StringValue }]) => [key, StringValue]));
    expect(attributes).toMatchObject({ ERROR_CODE: 'AccessDeniedException', IS_PAYLOAD_TRUNCATED: 'false', RETRY_ATTEMPTS: '0', SCHEDULED_TIME: '2026-01-01T00:01:00Z', SCHEDULE_ARN: 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/s', TARGET_ARN: 'arn:aws:events:us-east-1:000000000000:event-bus/default' });
    expect(attributes['EXHAUSTED_RETRY_CONDITION']).toBeUndefined();
  });

  it('is not reached when the role stops trusting the service: the call is dropped', () => {
    const cloud = world();
    create(cloud, 'at(2026-01-01T00:01:00)');
    cloud.send('iam', 'UpdateAssumeRolePolicy', { RoleName: 'schedule-role', PolicyDocument: trust('lambda.amazonaws.com') });
    cloud.advance(90_000);
    expect(cloud.events('scheduler.RoleRefused')).toHaveLength(1);
    expect(cloud.events('scheduler.InvocationDropped').map(({ data }) => data['attempts'])).toEqual([1]);
  });
});

describe('setting a schedule', () => {
  it.each<[string, object, string, string]>([
    ['an expression that is none', input('rate(0 minutes)'), 'ValidationException', 'Invalid Schedule Expression rate(0 minutes).'],
    ['an unknown zone', input('rate(1 hour)', { ScheduleExpressionTimezone: 'Mars/Base' }), 'ValidationException', 'Invalid Schedule Expression Timezone Mars/Base.'],
    ['a role that nobody may assume', input('rate(1 hour)', { Target: { Arn: QUEUE, RoleArn: 'arn:aws:iam::000000000000:role/none' } }), 'ValidationException', 'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.'],
    ['a group that is not there', input('rate(1 hour)', { GroupName: 'g' }), 'ResourceNotFoundException', 'Schedule group g does not exist.'],
    ['a window without its length', input('rate(1 hour)', { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }), 'ValidationException', 'MaximumWindowInMinutes must be provided when FlexibleTimeWindowMode is set to FLEXIBLE.'],
    ['a target that is not modelled', input('rate(1 hour)', { Target: { Arn: 'arn:aws:kinesis:us-east-1:000000000000:stream/x', RoleArn: ROLE } }), 'NotModelled', 'Not modelled: scheduler a target of kinesis.'],
  ])('refuses %s', (_, request, name, message) => {
    expect(world().failure('scheduler', 'CreateSchedule', request)).toMatchObject({ name, message });
  });

  it.each<[string, object, string]>([
    ['of a function with an input that is no JSON', { Arn: 'arn:aws:lambda:us-east-1:000000000000:function:f', Input: 'hi' }, 'JSON syntax error in input for the target.'],
    ['in another Region', { Arn: 'arn:aws:sqs:eu-west-1:000000000000:jobs' }, 'The target ARN provided does not match the current region us-east-1.'],
    ['of a FIFO queue without a group', { Arn: `${QUEUE}.fifo` }, 'Parameters SqsParameters must be specified.'],
    ['of a standard queue with a group', { Arn: QUEUE, SqsParameters: { MessageGroupId: 'g' } }, 'Parameters MessageGroupId not valid for the target.'],
    ['of a queue with a source', { Arn: QUEUE, EventBridgeParameters: { Source: 's', DetailType: 'd' } }, 'Parameters EventBridgeParameters not supported for the target.'],
    ['of a queue with the parameters of a stream', { Arn: QUEUE, KinesisParameters: { PartitionKey: 'k' } }, 'Parameters KinesisParameters not supported for the target.'],
    ['of a bus without a source', { Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/default' }, 'Parameters EventBridgeParameters must be specified.'],
    ['of a call that only reads', { Arn: 'arn:aws:scheduler:::aws-sdk:sqs:getQueueUrl', Input: '{}' }, 'getQueueUrl API is not supported.'],
    ['of a call without its request', { Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage' }, 'You must provide an input to set this target for your schedule.'],
    ['of a call with a request that is no JSON', { Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage', Input: 'hi' }, 'JSON syntax error in input for the target.'],
    ['of a call in a Region', { Arn: 'arn:aws:scheduler:us-east-1:000000000000:aws-sdk:sqs:sendMessage', Input: '{}' }, 'scheduler is not a supported service for a target.'],
    ['by no ARN', { Arn: 'jobs' }, 'Provided Arn is not in correct format.'],
  ])('refuses a target %s', (_, target, message) => {
    expect(world().failure('scheduler', 'CreateSchedule', input('rate(1 hour)', { Target: { RoleArn: ROLE, ...target } }))).toMatchObject({ name: 'ValidationException', message });
  });

  it('refuses an end before the start, a moment that is none, and changes of the default group', () => {
    const cloud = world();
    const refusal = (o: object): string => cloud.failure('scheduler', 'CreateSchedule', input('rate(1 hour)', o)).message;
    expect(refusal({ StartDate: '2026-02-01T00:00:00Z', EndDate: '2026-02-01T00:00:00Z' })).toBe('The StartDate you specify must come before the EndDate.');
    expect(refusal({ StartDate: 'tomorrow' })).toContain("at 'startDate' failed to satisfy constraint: Member must be a timestamp");
    for (const operation of ['CreateScheduleGroup', 'DeleteScheduleGroup']) expect(cloud.failure('scheduler', operation, { Name: 'default' })).toMatchObject({ name: 'ValidationException', message: 'This operation cannot be performed on schedule group default.' });
  });

  it('answers the same token the same, and refuses it for another request', () => {
    const cloud = world();
    const first = create(cloud, 'rate(1 hour)', { ClientToken: 't' });
    expect(create(cloud, 'rate(1 hour)', { ClientToken: 't' })).toEqual(first);
    expect(cloud.failure('scheduler', 'CreateSchedule', input('rate(2 hours)', { ClientToken: 't' }))).toMatchObject({ name: 'ConflictException', status: 409 });
    expect(cloud.failure('scheduler', 'CreateSchedule', input('rate(1 hour)'))).toMatchObject({ name: 'ConflictException', message: 'Schedule s already exists.' });
  });

  it('deletes the schedules of a group with it, and never the default group', () => {
    const cloud = world();
    cloud.send('scheduler', 'CreateScheduleGroup', { Name: 'g' });
    create(cloud, 'rate(1 hour)', { GroupName: 'g' });
    expect(cloud.send('scheduler', 'ListSchedules', { GroupName: 'g' })['Schedules']).toMatchObject([{ Name: 's', GroupName: 'g', Target: { Arn: QUEUE } }]);
    cloud.send('scheduler', 'DeleteScheduleGroup', { Name: 'g' });
    expect(cloud.send('scheduler', 'ListSchedules')['Schedules']).toEqual([]);
    expect(cloud.failure('scheduler', 'DeleteScheduleGroup', { Name: 'default' }).name).toBe('ValidationException');
  });

  it('shows the retry policy that applies', () => {
    const cloud = world();
    create(cloud, 'rate(1 hour)');
    expect(cloud.send('scheduler', 'GetSchedule', { Name: 's' })).toMatchObject({ CreationDate: { $date: START_MS }, FlexibleTimeWindow: { Mode: 'OFF' }, ScheduleExpressionTimezone: 'UTC', Target: { RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 } } });
  });
});
