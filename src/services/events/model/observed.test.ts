/** What AWS answered when it was recorded (ids of the list of observations), and what naive simulators get wrong. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const SQS = 'arn:aws:sqs:us-east-1:000000000000';
const EVENTS = 'arn:aws:events:us-east-1:000000000000';
const START = 1_767_225_600;

function openQueue(cloud: TestWorld, name: string): string {
  const url = String(cloud.send('sqs', 'CreateQueue', { QueueName: name })['QueueUrl']);
  const Statement = [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: `${SQS}:${name}` }];
  cloud.send('sqs', 'SetQueueAttributes', { QueueUrl: url, Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) } });
  return url;
}
function rule(cloud: TestWorld, Name: string, pattern: object, targets: readonly object[] = [], EventBusName = 'default'): void {
  cloud.send('events', 'PutRule', { Name, EventBusName, EventPattern: JSON.stringify(pattern) });
  if (targets.length > 0) cloud.send('events', 'PutTargets', { Rule: Name, EventBusName, Targets: targets });
}
const ENTRY = { Source: 'shop', DetailType: 'OrderPlaced', Detail: '{"id":"o-17"}' };
const put = (cloud: TestWorld, ...entries: object[]): Record<string, unknown> => cloud.send('events', 'PutEvents', { Entries: entries.map((entry) => ({ ...ENTRY, ...entry })) });
const received = (cloud: TestWorld, url: string): Record<string, unknown>[] => ((cloud.send('sqs', 'ReceiveMessage', { QueueUrl: url, MaxNumberOfMessages: 10 })['Messages'] ?? []) as { Body: string }[]).map(({ Body }) => JSON.parse(Body) as Record<string, unknown>);
const test = (pattern: object, event: unknown): unknown => createTestWorld().send('events', 'TestEventPattern', { EventPattern: JSON.stringify(pattern), Event: typeof event === 'string' ? event : JSON.stringify(event) })['Result'];
const ENVELOPE = { id: '1', account: '000000000000', source: 'shop', time: '2026-01-01T00:00:00Z', region: 'us-east-1', resources: [], 'detail-type': 'x' };

describe('recorded on AWS', () => {
  it('EVB-007: a Time in the entry is the time of the envelope, without a fraction, and the EventId its id', () => {
    const cloud = createTestWorld();
    const url = openQueue(cloud, 'a');
    rule(cloud, 'r', { source: ['shop'] }, [{ Id: 'a', Arn: `${SQS}:a` }]);
    const { Entries } = put(cloud, { Time: { $date: (START + 90) * 1_000 + 999 } });
    cloud.untilIdle();
    expect(received(cloud, url)).toMatchObject([{ id: (Entries as { EventId: string }[])[0]!.EventId, time: '2026-01-01T00:01:30Z' }]);
  });

  it('EVB-009: target ids have at most 64 characters; one ARN may be there under two ids, one id under two rules', () => {
    const cloud = createTestWorld();
    rule(cloud, 'r', { source: ['shop'] }, [{ Id: 'a', Arn: `${SQS}:x` }, { Id: 'b', Arn: `${SQS}:x` }]);
    rule(cloud, 's', { source: ['shop'] }, [{ Id: 'a', Arn: `${SQS}:x` }]);
    expect((cloud.send('events', 'ListTargetsByRule', { Rule: 'r' })['Targets'] as unknown[]).length).toBe(2);
    expect(cloud.send('events', 'ListRuleNamesByTarget', { TargetArn: `${SQS}:x` })['RuleNames']).toEqual(['r', 's']);
    for (const Id of ['x'.repeat(65), 'a b', 'ü', '']) expect(cloud.failure('events', 'PutTargets', { Rule: 'r', Targets: [{ Id, Arn: `${SQS}:x` }] })).toMatchObject({ name: 'ValidationException', status: 400 });
    cloud.send('events', 'PutTargets', { Rule: 's', Targets: [{ Id: 'x'.repeat(64), Arn: `${SQS}:x` }] });
  });

  it('EVB-011: an unknown rule or bus is 400 ResourceNotFoundException; the default bus cannot be deleted', () => {
    const cloud = createTestWorld();
    expect(cloud.failure('events', 'DescribeRule', { Name: 'none' })).toMatchObject({ name: 'ResourceNotFoundException', status: 400, message: 'Rule none does not exist on EventBus default.' });
    expect(cloud.failure('events', 'DescribeEventBus', { Name: 'none' })).toMatchObject({ name: 'ResourceNotFoundException', status: 400, message: 'Event bus none does not exist.' });
    expect(cloud.failure('events', 'DeleteEventBus', { Name: 'default' })).toMatchObject({ name: 'ValidationException', status: 400 });
  });

  it('EVB-012: the ARN of a rule names its bus unless that is the default one', () => {
    const cloud = createTestWorld();
    cloud.send('events', 'CreateEventBus', { Name: 'orders' });
    const arnOf = (EventBusName: string): unknown => cloud.send('events', 'PutRule', { Name: 'r', EventBusName, EventPattern: '{"source":["shop"]}' })['RuleArn'];
    expect([arnOf('default'), arnOf('orders')]).toEqual([`${EVENTS}:rule/r`, `${EVENTS}:rule/orders/r`]);
  });

  it('EVB-013: what one bus hands to another is an ordinary event there, not one wrapped in another, and goes no further than that', () => {
    const cloud = createTestWorld();
    const url = openQueue(cloud, 'a');
    for (const Name of ['second', 'third']) cloud.send('events', 'CreateEventBus', { Name });
    const trust = { Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
    cloud.send('iam', 'CreateRole', { RoleName: 'forward', AssumeRolePolicyDocument: JSON.stringify(trust) });
    cloud.send('iam', 'PutRolePolicy', { RoleName: 'forward', PolicyName: 'p', PolicyDocument: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: '*' }] }) });
    const to = (bus: string): object => ({ Id: bus, Arn: `${EVENTS}:event-bus/${bus}`, RoleArn: 'arn:aws:iam::000000000000:role/forward' });
    rule(cloud, 'r', { source: ['shop'] }, [to('second')]);
    rule(cloud, 'r', { source: ['shop'] }, [to('third'), { Id: 'a', Arn: `${SQS}:a` }], 'second');
    put(cloud, {});
    cloud.untilIdle();
    expect(received(cloud, url)).toMatchObject([{ source: 'shop', 'detail-type': 'OrderPlaced', detail: { id: 'o-17' } }]);
    expect(cloud.events('events.NotForwarded').map(({ data }) => data['target'])).toEqual([`${EVENTS}:event-bus/third`]);
  });

  it('EVB-014: an entry that two rules match is one entry in the answer, and each queue gets it', () => {
    const cloud = createTestWorld();
    const urls = ['a', 'b'].map((name) => openQueue(cloud, name));
    for (const name of ['a', 'b']) rule(cloud, name, { source: ['shop'] }, [{ Id: 't', Arn: `${SQS}:${name}` }]);
    expect((put(cloud, {})['Entries'] as unknown[]).length).toBe(1);
    cloud.untilIdle();
    expect(urls.map((url) => received(cloud, url).length)).toEqual([1, 1]);
  });

  it('EVB-016: Input, InputPath and InputTransformer exclude each other', () => {
    const cloud = createTestWorld();
    rule(cloud, 'r', { source: ['shop'] });
    expect(cloud.failure('events', 'PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn: `${SQS}:a`, InputPath: '$.detail', InputTransformer: { InputTemplate: '"x"' } }] })).toMatchObject({
      name: 'ValidationException', status: 400, message: 'Only one of Input, InputPath, or InputTransformer must be provided for target t.',
    });
  });

  it('EVB-018: a rule with a schedule alone does not fire on PutEvents; one with both fires on both', () => {
    const cloud = createTestWorld();
    openQueue(cloud, 'a');
    cloud.send('events', 'PutRule', { Name: 'clock', ScheduleExpression: 'rate(1 minute)' });
    cloud.send('events', 'PutRule', { Name: 'both', ScheduleExpression: 'rate(1 minute)', EventPattern: '{"source":["shop"]}' });
    put(cloud, {});
    cloud.advance(60_500);
    expect(cloud.events('events.RuleMatched').map(({ data }) => data['rule'])).toEqual(['both', 'clock', 'both']);
  });

  it('EVB-023: a replay must not end before it starts, nor go to another bus, nor be the eleventh', () => {
    const cloud = createTestWorld();
    cloud.send('events', 'CreateEventBus', { Name: 'other' });
    const bus = `${EVENTS}:event-bus/default`;
    cloud.send('events', 'CreateArchive', { ArchiveName: 'all', EventSourceArn: bus });
    const start = (o: object) => ({ ReplayName: 'r', EventSourceArn: `${EVENTS}:archive/all`, EventStartTime: START, EventEndTime: START + 60, Destination: { Arn: bus }, ...o });
    expect(cloud.failure('events', 'StartReplay', start({ EventEndTime: START - 1 }))).toMatchObject({ name: 'ValidationException', status: 400, message: 'Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.' });
    expect(cloud.failure('events', 'StartReplay', start({ Destination: { Arn: `${EVENTS}:event-bus/other` } })).message).toContain('Cross event bus replay is not permitted.');
    expect(cloud.failure('events', 'StartReplay', start({ Destination: { Arn: `${EVENTS}:event-bus/none` } })).name).toBe('ResourceNotFoundException');
    expect(cloud.failure('events', 'StartReplay', start({ EventSourceArn: `${EVENTS}:archive/none` })).message).toBe('Parameter EventSourceArn is not valid. Reason: Archive none does not exist.');
    for (let i = 0; i < 10; i++) cloud.send('events', 'StartReplay', start({ ReplayName: `r${i}` }));
    expect(cloud.failure('events', 'StartReplay', start({ ReplayName: 'r0' }))).toMatchObject({ name: 'ResourceAlreadyExistsException', message: 'Replay r0 already exists.' });
    expect(cloud.failure('events', 'StartReplay', start({ ReplayName: 'r10' })).name).toBe('LimitExceededException');
  });

  it('EVP-010: a bad pattern is 400 InvalidEventPatternException, with the reason', () => {
    expect(createTestWorld().failure('events', 'TestEventPattern', { EventPattern: '{"source":[{"EXISTS":true}]}', Event: JSON.stringify(ENVELOPE) })).toMatchObject({
      name: 'InvalidEventPatternException', status: 400, message: expect.stringMatching(/^Event pattern is not valid\. Reason: Unrecognized match type EXISTS\n at \[Source: \(String\)".*"; line: 1, column: \d+\]$/) as string,
    });
  });

  it.each([...['id', 'account', 'source', 'time', 'region', 'detail-type'].map((name) => Object.fromEntries(Object.entries(ENVELOPE).filter(([key]) => key !== name))), 'text', [ENVELOPE], 'no {json'])('EVP-011: TestEventPattern refuses the event %j', (event) => {
    expect(createTestWorld().failure('events', 'TestEventPattern', { EventPattern: '{"source":["shop"]}', Event: event === 'no {json' ? event : JSON.stringify(event) })).toMatchObject({ name: 'ValidationException', status: 400, message: 'Parameter Event is not valid.' });
  });
});

describe('what naive simulators get wrong', () => {
  it('2: PutEvents to a missing bus answers an EventId and drops the event; errors of entries come inside of a success', () => {
    const cloud = createTestWorld();
    const output = put(cloud, { EventBusName: 'none' }, { Detail: '[]' }, {});
    expect(output).toMatchObject({ FailedEntryCount: 1, Entries: [{ EventId: expect.any(String) as string }, { ErrorCode: 'MalformedDetail' }, { EventId: expect.any(String) as string }] });
    expect(cloud.events('events.EntriesPut').map(({ data }) => [data['entries'], data['failed']])).toEqual([[3, 1]]);
  });

  it.each([['without permission', 'closed', 'NO_PERMISSIONS'], ['gone', 'nowhere', 'NO_RESOURCE']])('3: a target %s is no error at PutTargets and is not tried again', (_, name, code) => {
    const cloud = createTestWorld();
    cloud.send('sqs', 'CreateQueue', { QueueName: 'closed' });
    openQueue(cloud, 'dead');
    rule(cloud, 'r', { source: ['shop'] }, [{ Id: 'a', Arn: `${SQS}:${name}`, DeadLetterConfig: { Arn: `${SQS}:dead` } }, { Id: 'b', Arn: `${SQS}:${name}` }]);
    put(cloud, {});
    cloud.untilIdle();
    expect(cloud.events('events.DeliveryStarted').length).toBe(2);
    expect(cloud.events('events.DeadLettered').map(({ data }) => data['error'])).toEqual([code]);
    expect(cloud.events('events.EventDropped').length).toBe(1);
  });

  it.each<[string, object, object, boolean]>([
    ['4: anything-but needs the field', { a: [{ 'anything-but': 'x' }] }, {}, false],
    ['4: anything-but takes null', { a: [{ 'anything-but': 'x' }] }, { a: null }, true],
    ['4: anything-but takes another type', { a: [{ 'anything-but': 'x' }] }, { a: 5 }, true],
    ['4: one element of an array is enough', { a: [{ 'anything-but': 'x' }] }, { a: ['x', 'y'] }, true],
    ['5: exists true sees no object', { a: [{ exists: true }] }, { a: { b: 1 } }, false],
    ['5: exists false is true for an object', { a: [{ exists: false }] }, { a: { b: 1 } }, true],
    ['5: exists false is true for an empty list', { a: [{ exists: false }] }, { a: [] }, true],
    ['5: objects in arrays match within one element', { a: { f: ['Anna'], l: ['Jones'] } }, { a: [{ f: 'Anna', l: 'Smith' }, { f: 'Peter', l: 'Jones' }] }, false],
    ['6: 300 matches 300.0', { a: [300] }, { a: 300.0 }, true],
    ['6: "300" matches no number', { a: ['300'] }, { a: 300 }, false],
    ['6: keys are case-sensitive', { A: ['x'] }, { a: 'x' }, false],
    ['6: a dotted key equals nesting', { a: { b: ['x'] } }, { 'a.b': 'x' }, true],
    ['6: an empty prefix matches any text', { a: [{ prefix: '' }] }, { a: 'q' }, true],
  ])('%s', (_, pattern, detail, result) => expect(test({ detail: pattern }, { ...ENVELOPE, detail })).toBe(result));

  it('7: cron has six fields with SUN as 1 and one ?, in UTC, on the default bus; rate is singular for 1 only', () => {
    const cloud = createTestWorld();
    const ok = (ScheduleExpression: string): boolean => cloud.start('events', 'PutRule', { Name: 's', ScheduleExpression })()?.error === undefined;
    expect(['cron(0 8 ? * 1 *)', 'cron(0 8 1 * ? *)', 'rate(1 minute)', 'rate(2 minutes)'].map(ok)).toEqual([true, true, true, true]);
    expect(['cron(0 8 * * *)', 'cron(0 8 ? * 0 *)', 'cron(0 8 * * * *)', 'cron(0 8 ? * ? *)', 'rate(1 minutes)', 'rate(2 minute)', '@daily'].map(ok)).toEqual([false, false, false, false, false, false, false]);
  });

  it.each<[string, object, unknown]>([
    ['a missing path becomes an empty text', { InputPathsMap: { x: '$.detail.none' }, InputTemplate: '{"a":<x>}' }, [{ a: '' }]],
    ['an unquoted value goes in as JSON', { InputPathsMap: { x: '$.detail.list' }, InputTemplate: '{"a":<x>}' }, [{ a: [1, 2] }]],
    ['an object in a text template loses its quotes', { InputPathsMap: { x: '$.detail.part' }, InputTemplate: '"<x>"' }, ['{a:b}']],
    ['a quoted object is accepted and never delivered', { InputPathsMap: { x: '$.detail.part' }, InputTemplate: '{"a":"<x>"}' }, []],
    ['nothing is escaped', { InputPathsMap: { x: '$.detail.said' }, InputTemplate: '{"a":"<x>"}' }, []],
  ])('8: in a transformer %s', (_, InputTransformer, expected) => {
    const cloud = createTestWorld();
    const url = openQueue(cloud, 'a');
    rule(cloud, 'r', { source: ['shop'] }, [{ Id: 'a', Arn: `${SQS}:a`, InputTransformer }]);
    put(cloud, { Detail: '{"list":[1,2],"part":{"a":"b"},"said":"a \\"word\\""}' });
    cloud.untilIdle();
    expect(received(cloud, url)).toEqual(expected);
  });
});
