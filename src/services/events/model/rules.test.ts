/** EventBridge: what a rule takes, what its targets get, what happens when a target cannot be reached. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const ARN = 'arn:aws:sqs:us-east-1:000000000000';
const RULE_ARN = 'arn:aws:events:us-east-1:000000000000:rule';
const DLQ_ATTRIBUTES = ['RULE_ARN', 'TARGET_ARN', 'ERROR_CODE', 'ERROR_MESSAGE', 'EXHAUSTED_RETRY_CONDITION', 'RETRY_ATTEMPTS'];

/** A queue that EventBridge may send to. */
function openQueue(cloud: TestWorld, name: string, allowed = true): string {
  const url = String(cloud.send('sqs', 'CreateQueue', { QueueName: name })['QueueUrl']);
  if (allowed) cloud.send('sqs', 'SetQueueAttributes', { QueueUrl: url, Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: `${ARN}:${name}` }] }) } });
  return url;
}

function rule(cloud: TestWorld, name: string, pattern: object, targets: readonly object[], bus = 'default'): void {
  cloud.send('events', 'PutRule', { Name: name, EventBusName: bus, EventPattern: JSON.stringify(pattern) });
  cloud.send('events', 'PutTargets', { Rule: name, EventBusName: bus, Targets: targets });
}

function put(cloud: TestWorld, entry: object = {}): Record<string, unknown> {
  const output = cloud.send('events', 'PutEvents', { Entries: [{ Source: 'shop', DetailType: 'OrderPlaced', Detail: '{"id":"o-17","total":42.5}', ...entry }] });
  return (output['Entries'] as Record<string, unknown>[])[0]!;
}

function messages(cloud: TestWorld, url: string): { Body: string; MessageAttributes?: Record<string, { StringValue: string }> }[] {
  return (cloud.send('sqs', 'ReceiveMessage', { QueueUrl: url, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] })['Messages'] ?? []) as never;
}
const bodies = (cloud: TestWorld, url: string): unknown[] => messages(cloud, url).map(({ Body }) => JSON.parse(Body));

describe('EventBridge rules', () => {
  it('give every matching target the whole event, with one id for all of them', () => {
    const cloud = createTestWorld();
    const [a, b] = ['a', 'b'].map((name) => openQueue(cloud, name)) as [string, string];
    rule(cloud, 'orders', { source: ['shop'] }, [{ Id: 'a', Arn: `${ARN}:a` }, { Id: 'b', Arn: `${ARN}:b` }]);
    const { EventId } = put(cloud, { Time: '2026-01-01T00:00:05.750Z' });
    cloud.untilIdle();
    const [event] = bodies(cloud, a);
    expect(event).toEqual({ version: '0', id: EventId, 'detail-type': 'OrderPlaced', source: 'shop', account: '000000000000', time: '2026-01-01T00:00:05Z', region: 'us-east-1', resources: [], detail: { id: 'o-17', total: 42.5 } });
    expect(Object.keys(event as object)).toEqual(['version', 'id', 'detail-type', 'source', 'account', 'time', 'region', 'resources', 'detail']);
    expect(bodies(cloud, b)).toEqual([event]);
  });

  it('that do not match say which field decided, and an event that no rule takes is counted as unmatched', () => {
    const cloud = createTestWorld();
    openQueue(cloud, 'a');
    rule(cloud, 'big', { source: ['shop'], detail: { total: [{ numeric: ['>', 100] }] } }, [{ Id: 'a', Arn: `${ARN}:a` }]);
    put(cloud);
    cloud.untilIdle();
    expect(cloud.events('events.RuleNotMatched').map(({ data }) => [data['rule'], data['field'], data['actual']])).toEqual([['big', 'detail.total', '42.5']]);
    expect(cloud.events('events.Unmatched').length).toBe(1);
    expect(cloud.events('events.DeliveryStarted')).toEqual([]);
    const summary = cloud.world.models.get('events')!.summarize(cloud.world.context('events'), 'arn:aws:events:us-east-1:000000000000:event-bus/default');
    expect(summary).toMatchObject({ received: 1, matched: 0, unmatched: 1, recent: [{ detailType: 'OrderPlaced', matched: [], missed: [{ rule: 'big', field: 'detail.total' }] }] });
  });

  it('that are disabled take nothing, and take again once enabled', () => {
    const cloud = createTestWorld();
    const url = openQueue(cloud, 'a');
    rule(cloud, 'orders', { source: ['shop'] }, [{ Id: 'a', Arn: `${ARN}:a` }]);
    cloud.send('events', 'DisableRule', { Name: 'orders' });
    put(cloud);
    cloud.untilIdle();
    expect(bodies(cloud, url)).toEqual([]);
    cloud.send('events', 'EnableRule', { Name: 'orders' });
    put(cloud);
    cloud.untilIdle();
    expect(bodies(cloud, url).length).toBe(1);
  });

  it('hear only their own bus; an event for a bus that does not exist is accepted and goes nowhere', () => {
    const cloud = createTestWorld();
    const url = openQueue(cloud, 'a');
    cloud.send('events', 'CreateEventBus', { Name: 'orders' });
    rule(cloud, 'all', { source: ['shop'] }, [{ Id: 'a', Arn: `${ARN}:a` }], 'orders');
    put(cloud);
    expect(put(cloud, { EventBusName: 'no-such-bus' })['EventId']).toMatch(/^[0-9a-f-]{36}$/);
    cloud.untilIdle();
    expect(bodies(cloud, url)).toEqual([]);
    put(cloud, { EventBusName: 'arn:aws:events:us-east-1:000000000000:event-bus/orders' });
    cloud.untilIdle();
    expect(bodies(cloud, url).length).toBe(1);
    expect(cloud.send('events', 'DescribeRule', { Name: 'all', EventBusName: 'orders' })['Arn']).toBe(`${RULE_ARN}/orders/all`);
  });

  it('pass an event on from bus to bus as the same kind of event, under a role that may put events there', () => {
    const cloud = createTestWorld();
    const url = openQueue(cloud, 'a');
    cloud.send('events', 'CreateEventBus', { Name: 'second' });
    const second = 'arn:aws:events:us-east-1:000000000000:event-bus/second';
    const [RoleName, RoleArn] = ['forward-role', 'arn:aws:iam::000000000000:role/forward-role'];
    rule(cloud, 'forward', { source: ['shop'] }, [{ Id: 'bus', Arn: second, RoleArn }]);
    rule(cloud, 'all', { source: ['shop'] }, [{ Id: 'a', Arn: `${ARN}:a` }], 'second');
    cloud.send('iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sts:AssumeRole' }] }) });
    put(cloud);
    cloud.untilIdle();
    expect(cloud.events('events.EventDropped').map(({ data }) => data['error'])).toEqual(['AccessDeniedException']);
    cloud.send('iam', 'PutRolePolicy', { RoleName, PolicyName: 'p', PolicyDocument: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: second }] }) });
    put(cloud);
    cloud.untilIdle();
    expect(bodies(cloud, url)).toMatchObject([{ source: 'shop', 'detail-type': 'OrderPlaced', detail: { id: 'o-17' } }]);
  });
});

describe('a change of a rule', () => {
  const slow = (): TestWorld => createTestWorld({ tuning: { events: { ruleChangeMs: 10_000 } } });
  const matched = (cloud: TestWorld): unknown[] => cloud.events('events.RuleMatched').map(({ data }) => data['targets']);

  it('is in force at once unless told otherwise', () => {
    const cloud = createTestWorld();
    rule(cloud, 'orders', { source: ['shop'] }, [{ Id: 'a', Arn: `${ARN}:a` }]);
    put(cloud);
    expect(matched(cloud)).toEqual([1]);
  });

  it('takes its time where the tuning says so: a new rule hears nothing until then', () => {
    const cloud = slow();
    rule(cloud, 'orders', { source: ['shop'] }, [{ Id: 'a', Arn: `${ARN}:a` }]);
    cloud.advance(9_999);
    put(cloud);
    expect(matched(cloud)).toEqual([]);
    cloud.advance(1);
    put(cloud);
    expect(matched(cloud)).toEqual([1]);
  });

  it('leaves the rule as it was meanwhile: pattern, targets and state', () => {
    const cloud = slow();
    rule(cloud, 'orders', { source: ['shop'] }, [{ Id: 'a', Arn: `${ARN}:a` }]);
    cloud.advance(10_000);
    rule(cloud, 'orders', { source: ['other'] }, [{ Id: 'b', Arn: `${ARN}:b` }]);
    cloud.send('events', 'DisableRule', { Name: 'orders' });
    put(cloud);
    expect(matched(cloud)).toEqual([1]);
    cloud.send('events', 'EnableRule', { Name: 'orders' });
    cloud.advance(10_000);
    put(cloud);
    put(cloud, { Source: 'other' });
    expect(matched(cloud)).toEqual([1, 2]);
  });
});

describe('EventBridge input shaping', () => {
  const shaped = (target: object): string[] => {
    const cloud = createTestWorld();
    const url = openQueue(cloud, 'a');
    rule(cloud, 'orders', { source: ['shop'] }, [{ Id: 'a', Arn: `${ARN}:a`, ...target }]);
    put(cloud);
    cloud.untilIdle();
    return messages(cloud, url).map(({ Body }) => Body);
  };

  it.each([
    ['a constant', { Input: '{"fixed":true}' }, ['{"fixed":true}']],
    ['a path to an object', { InputPath: '$.detail' }, ['{"id":"o-17","total":42.5}']],
    ['a path to a text keeps the quotes', { InputPath: '$.detail.id' }, ['"o-17"']],
    ['a template of JSON', { InputTransformer: { InputPathsMap: { id: '$.detail.id', total: '$.detail.total' }, InputTemplate: '{"order":<id>,"sum":<total>,"rule":<aws.events.rule-name>}' } }, ['{"order":"o-17","sum":42.5,"rule":"orders"}']],
    ['a template of text', { InputTransformer: { InputPathsMap: { id: '$.detail.id' }, InputTemplate: '"Order <id> came"' } }, ['"Order o-17 came"']],
    ['a template that is no JSON: nothing arrives', { InputTransformer: { InputPathsMap: { id: '$.detail.id' }, InputTemplate: 'Order <id> came' } }, []],
  ])('%s', (_, target, expected) => expect(shaped(target)).toEqual(expected));

  it('says so in the trace when a template gives nothing that can be delivered', () => {
    const cloud = createTestWorld();
    openQueue(cloud, 'a');
    rule(cloud, 'orders', { source: ['shop'] }, [{ Id: 'a', Arn: `${ARN}:a`, InputTransformer: { InputTemplate: 'plain words' } }]);
    put(cloud);
    cloud.untilIdle();
    expect(cloud.events('events.InputInvalid').map(({ data }) => data['target'])).toEqual(['a']);
  });

  it.each([
    [{ Input: '{}', InputPath: '$.detail' }, 'Only one of Input, InputPath, or InputTransformer must be provided for target a.'],
    [{ InputTransformer: { InputTemplate: '{"x":<missing>}' } }, 'InputTemplate for target a contains invalid placeholder missing.'],
  ])('refuses %j', (target, message) => {
    const cloud = createTestWorld();
    cloud.send('events', 'PutRule', { Name: 'orders', EventPattern: '{"source":["shop"]}' });
    expect(cloud.failure('events', 'PutTargets', { Rule: 'orders', Targets: [{ Id: 'a', Arn: `${ARN}:a`, ...target }] })).toMatchObject({ name: 'ValidationException', message, status: 400 });
  });
});

describe('EventBridge delivery', () => {
  it('does not retry without permission: the event goes to the dead-letter queue of the target, with why', () => {
    const cloud = createTestWorld();
    openQueue(cloud, 'closed', false);
    const dead = openQueue(cloud, 'dead');
    rule(cloud, 'orders', { source: ['shop'] }, [{ Id: 'a', Arn: `${ARN}:closed`, DeadLetterConfig: { Arn: `${ARN}:dead` } }]);
    put(cloud);
    cloud.untilIdle();
    const [letter] = messages(cloud, dead);
    const attributes = Object.fromEntries(DLQ_ATTRIBUTES.map((name) => [name, letter!.MessageAttributes?.[name]?.StringValue]));
    expect(attributes).toEqual({ RULE_ARN: `${RULE_ARN}/orders`, TARGET_ARN: `${ARN}:closed`, ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: expect.stringContaining('is not authorized to perform: sqs:sendmessage on resource') as string, EXHAUSTED_RETRY_CONDITION: undefined, RETRY_ATTEMPTS: '0' });
    expect(JSON.parse(letter!.Body)).toMatchObject({ source: 'shop', detail: { id: 'o-17' } });
    expect(cloud.events('events.DeliveryStarted').length).toBe(1);
    expect(cloud.events('events.DeadLettered')[0]!.travel).toMatchObject({ to: `${ARN}:dead`, shape: 'message' });
  });

  it('drops the event, visibly, when the target is gone and has no dead-letter queue', () => {
    const cloud = createTestWorld();
    rule(cloud, 'orders', { source: ['shop'] }, [{ Id: 'a', Arn: `${ARN}:nowhere` }]);
    put(cloud);
    cloud.untilIdle();
    expect(cloud.events('events.EventDropped').map(({ data }) => [data['target'], data['attempts']])).toEqual([[`${ARN}:nowhere`, 1]]);
  });

  it('needs the permission of the dead-letter queue too', () => {
    const cloud = createTestWorld();
    openQueue(cloud, 'dead', false);
    rule(cloud, 'orders', { source: ['shop'] }, [{ Id: 'a', Arn: `${ARN}:nowhere`, DeadLetterConfig: { Arn: `${ARN}:dead` } }]);
    put(cloud);
    cloud.untilIdle();
    expect(cloud.events('events.DeadLetterFailed').length).toBe(1);
  });
});

describe('EventBridge schedules', () => {
  const fired = (expression: string, ms: number): number[] => {
    const cloud = createTestWorld();
    const url = openQueue(cloud, 'a');
    cloud.send('events', 'PutRule', { Name: 'tick', ScheduleExpression: expression });
    cloud.send('events', 'PutTargets', { Rule: 'tick', Targets: [{ Id: 'a', Arn: `${ARN}:a` }] });
    put(cloud);
    cloud.advance(ms);
    const times = cloud.events('events.ScheduleFired').map(({ at }) => at / 1_000_000);
    expect(bodies(cloud, url).length).toBe(Math.min(10, times.length));
    return times;
  };

  it('fire by rate from the moment the rule was put, and never on PutEvents', () => {
    expect(fired('rate(1 minute)', 181_000)).toEqual([60, 120, 180]);
  });

  it('fire by cron at the clock, in UTC', () => {
    // The run starts at midnight: a quarter past and half past each hour.
    expect(fired('cron(15,30 * * * ? *)', 3_600_000)).toEqual([900, 1_800]);
  });

  it('fire in every state but disabled, and never at a rate of centuries', () => {
    const cloud = createTestWorld();
    cloud.send('events', 'PutRule', { Name: 'all', ScheduleExpression: 'rate(1 minute)', State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' });
    cloud.send('events', 'PutRule', { Name: 'off', ScheduleExpression: 'rate(1 minute)', State: 'DISABLED' });
    cloud.send('events', 'PutRule', { Name: 'rare', ScheduleExpression: 'rate(9999999999 days)' });
    cloud.advance(61_000);
    expect(cloud.events('events.ScheduleFired').map(({ data }) => data['rule'])).toEqual(['all']);
  });

  it('belong to the default bus, and are checked', () => {
    const cloud = createTestWorld();
    cloud.send('events', 'CreateEventBus', { Name: 'other' });
    expect(cloud.failure('events', 'PutRule', { Name: 'tick', EventBusName: 'other', ScheduleExpression: 'rate(1 minute)' }).message).toBe('ScheduleExpression is supported only on the default event bus.');
    for (const expression of ['rate(1 minutes)', 'rate(0 minutes)', 'cron(* * *)', 'every minute']) expect(cloud.failure('events', 'PutRule', { Name: 'tick', ScheduleExpression: expression })).toMatchObject({ name: 'ValidationException', message: 'Parameter ScheduleExpression is not valid.' });
  });
});

describe('EventBridge answers to what does not fit', () => {
  it.each([
    [{ Detail: 'no json' }, 'MalformedDetail', 'Detail is malformed.'],
    [{ Detail: '[1]' }, 'MalformedDetail', 'Detail is malformed.'],
    [{ Source: undefined }, 'InvalidArgument', 'Parameter Source is not valid. Reason: Source is a required argument.'],
    [{ Source: 'aws.s3' }, 'NotAuthorizedForSourceException', 'Not authorized for the source.'],
  ])('an entry %j fails by itself with %s', (entry, ErrorCode, ErrorMessage) => {
    expect(put(createTestWorld(), entry)).toEqual({ ErrorCode, ErrorMessage });
  });

  it('refuses a bad pattern, a sixth target, and a rule that is unknown or still has targets', () => {
    const cloud = createTestWorld();
    expect(cloud.failure('events', 'PutRule', { Name: 'r', EventPattern: '{"source":"shop"}' })).toMatchObject({ name: 'InvalidEventPatternException', message: expect.stringMatching(/^Event pattern is not valid\. Reason: /) as string });
    rule(cloud, 'r', { source: ['shop'] }, Array.from({ length: 5 }, (_, i) => ({ Id: `t${i}`, Arn: `${ARN}:q${i}` })));
    expect(cloud.failure('events', 'PutTargets', { Rule: 'r', Targets: [{ Id: 't5', Arn: `${ARN}:q5` }] })).toMatchObject({ name: 'LimitExceededException', message: 'The requested resource exceeds the maximum number allowed.' });
    expect(cloud.failure('events', 'DeleteRule', { Name: 'r' }).message).toBe("Rule can't be deleted since it has targets.");
    expect(cloud.failure('events', 'DescribeRule', { Name: 'none' })).toMatchObject({ name: 'ResourceNotFoundException', message: 'Rule none does not exist on EventBus default.', status: 400 });
    expect(cloud.failure('events', 'DeleteEventBus', { Name: 'default' }).message).toBe('Cannot delete event bus default.');
  });
});
