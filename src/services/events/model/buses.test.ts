/** EventBridge: who may put events, partner buses, limits, pages, tags, roles of targets, metrics. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';
import { manifest } from './manifest.ts';

const EVENTS = 'arn:aws:events:us-east-1:000000000000';
const SQS = 'arn:aws:sqs:us-east-1:000000000000';
const ROLE = 'arn:aws:iam::000000000000:role/app';
const ENTRY = { Source: 'shop', DetailType: 'x', Detail: '{}' };
const put = (cloud: TestWorld, Entries: object[], as?: string) => cloud.send('events', 'PutEvents', { Entries: Entries.map((entry) => ({ ...ENTRY, ...entry })) }, as);
const trust = (service: string): string => JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] });
const grant = (Action: string, Resource = '*'): string => JSON.stringify({ Statement: [{ Effect: 'Allow', Action, Resource }] });

function withRole(service = 'events.amazonaws.com'): TestWorld {
  const cloud = createTestWorld();
  cloud.send('iam', 'CreateRole', { RoleName: 'app', AssumeRolePolicyDocument: trust(service) });
  return cloud;
}

it('the default bus shows itself before anything came to it, and no other bus does that was not made', () => {
  const { world } = createTestWorld();
  const summary = (bus: string): unknown => world.models.get('events')!.summarize(world.context('events'), `${EVENTS}:event-bus/${bus}`);
  expect(summary('default')).toMatchObject({ name: 'default', matched: 0, unmatched: 0, rules: [], archives: [] });
  expect(summary('shop')).toBeUndefined();
});

describe('PutEvents', () => {
  it('takes one to ten entries, and says in AWS words when there are more', () => {
    const cloud = createTestWorld();
    expect(put(cloud, Array.from({ length: 10 }, () => ({})))['FailedEntryCount']).toBe(0);
    const { name, message } = cloud.failure('events', 'PutEvents', { Entries: Array.from({ length: 11 }, () => ENTRY) });
    expect([name, message]).toEqual(['ValidationException', expect.stringMatching(/^1 validation error detected: Value '\[PutEventsRequestEntry\(time=null, source=shop, .*\)\]' at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10$/)]);
    expect(cloud.failure('events', 'PutEvents', { Entries: [] }).name).toBe('ValidationException');
  });

  it('counts bytes as AWS does: Source, DetailType, Detail and Resources in UTF-8, and 14 for a Time', () => {
    const cloud = createTestWorld();
    // 4 + 1 bytes of source and type, and a detail of the rest: one byte below the limit, then at it.
    const detail = (bytes: number): string => `{"a":"${'x'.repeat(bytes - 8)}"}`;
    expect(put(cloud, [{ Detail: detail(1_048_575 - 5) }])['FailedEntryCount']).toBe(0);
    const refused = 'Total size of the entries in the request is over the limit.';
    expect(cloud.failure('events', 'PutEvents', { Entries: [{ ...ENTRY, Detail: detail(1_048_576 - 5) }] }).message).toBe(refused);
    expect(cloud.failure('events', 'PutEvents', { Entries: [{ ...ENTRY, Time: 0, Detail: detail(1_048_575 - 5) }] }).message).toBe(refused);
    expect(cloud.failure('events', 'PutEvents', { Entries: [{ ...ENTRY, Source: 'ü', Resources: ['abc'], Detail: detail(1_048_575 - 5) }] }).message).toBe(refused);
  });

  it('refuses a Detail that is nested more than 1,000 levels deep, as malformed', () => {
    const nested = (levels: number): string => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    expect(put(createTestWorld(), [{ Detail: nested(1_000) }, { Detail: nested(1_001) }])['Entries']).toMatchObject([{ EventId: expect.any(String) as string }, { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' }]);
  });

  it('is denied as a whole when the caller may not put on one of the buses', () => {
    const cloud = withRole();
    cloud.send('events', 'CreateEventBus', { Name: 'orders' });
    cloud.send('iam', 'PutRolePolicy', { RoleName: 'app', PolicyName: 'p', PolicyDocument: grant('events:PutEvents', `${EVENTS}:event-bus/default`) });
    expect(put(cloud, [{}], ROLE)['FailedEntryCount']).toBe(0);
    expect(cloud.failure('events', 'PutEvents', { Entries: [ENTRY, { ...ENTRY, EventBusName: 'orders' }] }, ROLE)).toMatchObject({
      name: 'AccessDeniedException',
      status: 400,
      message: `User: arn:aws:sts::000000000000:assumed-role/app/app is not authorized to perform: events:PutEvents on resource: ${EVENTS}:event-bus/orders because no identity-based policy allows the events:PutEvents action`,
    });
    expect(cloud.events('events.EventReceived').length).toBe(1);
  });

  it('is allowed by the policy of the bus, in the older form too', () => {
    const cloud = withRole();
    cloud.send('events', 'PutPermission', { StatementId: 'all', Principal: '*', Action: 'events:PutEvents' });
    expect(put(cloud, [{}], ROLE)['FailedEntryCount']).toBe(0);
    cloud.send('events', 'RemovePermission', { StatementId: 'all' });
    // The account as principal leaves it to the account's own policies.
    cloud.send('events', 'PutPermission', { StatementId: 'own', Principal: '000000000000', Action: 'events:PutEvents' });
    expect(cloud.failure('events', 'PutEvents', { Entries: [ENTRY] }, ROLE).name).toBe('AccessDeniedException');
    expect(JSON.parse(String(cloud.send('events', 'DescribeEventBus', {})['Policy']))).toMatchObject({ Statement: [{ Sid: 'own', Principal: { AWS: 'arn:aws:iam::000000000000:root' }, Resource: `${EVENTS}:event-bus/default` }] });
    cloud.send('events', 'RemovePermission', { StatementId: 'own' });
    expect(cloud.failure('events', 'RemovePermission', { StatementId: 'own' }).name).toBe('ResourceNotFoundException');
    expect(cloud.failure('events', 'PutPermission', { Policy: JSON.stringify({ Statement: [{ Sid: 'x'.repeat(10_240) }] }) }).name).toBe('PolicyLengthExceededException');
  });
});

describe('a role of a target', () => {
  const run = (service: string, policy: string | undefined): TestWorld => {
    const cloud = withRole(service);
    cloud.send('sqs', 'CreateQueue', { QueueName: 'a' });
    if (policy !== undefined) cloud.send('iam', 'PutRolePolicy', { RoleName: 'app', PolicyName: 'p', PolicyDocument: policy });
    cloud.send('events', 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
    cloud.send('events', 'PutTargets', { Rule: 'r', Targets: [{ Id: 'a', Arn: `${SQS}:a`, RoleArn: ROLE }] });
    put(cloud, [{}]);
    cloud.untilIdle();
    return cloud;
  };
  it('lets EventBridge in where the queue has no policy', () => expect(run('events.amazonaws.com', grant('sqs:SendMessage')).events('events.Delivered').length).toBe(1));
  it('that may not do it is a failure without a retry', () => expect(run('events.amazonaws.com', undefined).events('events.DeliveryFailed').map(({ data }) => data['retryable'])).toEqual([false]));
  it('that does not trust EventBridge cannot be assumed', () => {
    const [failed] = run('lambda.amazonaws.com', grant('sqs:SendMessage')).events('events.DeliveryFailed');
    expect(failed!.data['message']).toContain('is not authorized to perform: sts:AssumeRole on resource: ' + ROLE);
  });

  it('may be given only by who may pass it', () => {
    const cloud = withRole();
    cloud.send('events', 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
    cloud.send('iam', 'PutRolePolicy', { RoleName: 'app', PolicyName: 'p', PolicyDocument: grant('events:*') });
    const targets = { Rule: 'r', Targets: [{ Id: 'a', Arn: `${SQS}:a`, RoleArn: ROLE }] };
    expect(cloud.failure('events', 'PutTargets', targets, ROLE).message).toContain('iam:PassRole');
    cloud.send('iam', 'PutRolePolicy', { RoleName: 'app', PolicyName: 'q', PolicyDocument: grant('iam:PassRole', ROLE) });
    expect(cloud.send('events', 'PutTargets', targets, ROLE)['FailedEntryCount']).toBe(0);
  });
});

describe('a partner event source', () => {
  const NAME = 'aws.partner/example.com/shop';
  it('feeds the bus of its own name and no other', () => {
    const cloud = createTestWorld();
    const entry = { Source: NAME, DetailType: 'sale', Detail: '{}' };
    expect(cloud.failure('events', 'CreateEventBus', { Name: NAME, EventSourceName: NAME }).name).toBe('ResourceNotFoundException');
    cloud.send('events', 'CreatePartnerEventSource', { Name: NAME, Account: '000000000000' });
    cloud.send('events', 'PutPartnerEvents', { Entries: [entry] });
    expect(cloud.send('events', 'DescribeEventSource', { Name: NAME })['State']).toBe('PENDING');
    cloud.send('events', 'CreateEventBus', { Name: NAME, EventSourceName: NAME });
    cloud.send('events', 'PutPartnerEvents', { Entries: [entry] });
    expect(cloud.send('events', 'DescribeEventSource', { Name: NAME })['State']).toBe('ACTIVE');
    expect([cloud.events('events.BusMissing').length, cloud.events('events.EventReceived').map(({ resource }) => resource)]).toEqual([1, [`${EVENTS}:event-bus/${NAME}`]]);
    expect(cloud.failure('events', 'CreateEventBus', { Name: 'a/b' }).name).toBe('ValidationException');
  });
});

describe('EventBridge quotas and lists', () => {
  it('allow 300 rules and 100 buses, and patterns of 2,048 characters', () => {
    const cloud = createTestWorld();
    for (let i = 0; i < 300; i++) cloud.send('events', 'PutRule', { Name: `r${i}`, EventPattern: '{"source":["shop"]}' });
    expect(cloud.failure('events', 'PutRule', { Name: 'more', EventPattern: '{"source":["shop"]}' }).name).toBe('LimitExceededException');
    for (let i = 0; i < 99; i++) cloud.send('events', 'CreateEventBus', { Name: `b${i}` });
    expect(cloud.failure('events', 'CreateEventBus', { Name: 'more' }).name).toBe('LimitExceededException');
    expect(cloud.failure('events', 'PutRule', { Name: 'r0', EventPattern: JSON.stringify({ source: ['x'.repeat(2_040)] }) }).name).toBe('LimitExceededException');
  });

  it('come in pages with a token for the next', () => {
    const cloud = createTestWorld();
    for (const name of ['a', 'b', 'c', 'other']) cloud.send('events', 'PutRule', { Name: name, EventPattern: '{"source":["shop"]}' });
    const first = cloud.send('events', 'ListRules', { Limit: 3 });
    const second = cloud.send('events', 'ListRules', { Limit: 3, NextToken: first['NextToken'] });
    expect([first, second].map(({ Rules }) => (Rules as { Name: string }[]).map(({ Name }) => Name))).toEqual([['a', 'b', 'c'], ['other']]);
    expect([second['NextToken'], cloud.failure('events', 'ListRules', { NextToken: 'x' }).name]).toEqual([undefined, 'ValidationException']);
  });

  it('say of keys, dead letters and logs of a bus, and of the key of an archive, that they are not modelled', () => {
    const cloud = createTestWorld();
    cloud.send('events', 'CreateEventBus', { Name: 'orders' });
    for (const more of [{ KmsKeyIdentifier: 'k' }, { DeadLetterConfig: { Arn: `${SQS}:dead` } }, { LogConfig: { Level: 'INFO' } }]) {
      expect(cloud.failure('events', 'CreateEventBus', { Name: 'other', ...more })).toMatchObject({ name: 'NotModelled', message: expect.stringContaining(Object.keys(more)[0]!) as string });
      expect(cloud.failure('events', 'UpdateEventBus', { Name: 'orders', ...more }).name).toBe('NotModelled');
    }
    expect(cloud.failure('events', 'CreateArchive', { ArchiveName: 'a', EventSourceArn: `${EVENTS}:event-bus/orders`, KmsKeyIdentifier: 'k' }).name).toBe('NotModelled');
  });

  it('let go of the tags of rules with their bus', () => {
    const cloud = createTestWorld();
    const make = (): string => {
      cloud.send('events', 'CreateEventBus', { Name: 'orders' });
      return String(cloud.send('events', 'PutRule', { Name: 'r', EventBusName: 'orders', EventPattern: '{"source":["shop"]}' })['RuleArn']);
    };
    cloud.send('events', 'TagResource', { ResourceARN: make(), Tags: [{ Key: 'team', Value: 'a' }] });
    cloud.send('events', 'DeleteEventBus', { Name: 'orders' });
    expect(cloud.send('events', 'ListTagsForResource', { ResourceARN: make() })['Tags']).toEqual([]);
  });

  it('say of a bus in another account or Region that it is not modelled', () => {
    const cloud = createTestWorld();
    for (const arn of ['arn:aws:events:us-east-1:111111111111:event-bus/default', 'arn:aws:events:eu-west-1:000000000000:event-bus/default']) {
      expect(cloud.failure('events', 'PutEvents', { Entries: [{ ...ENTRY, EventBusName: arn }] }).name).toBe('NotModelled');
      expect(cloud.failure('events', 'PutEvents', { Entries: [ENTRY, { ...ENTRY, EventBusName: arn }] }).name).toBe('NotModelled');
      expect(cloud.failure('events', 'PutRule', { Name: 'r', EventBusName: arn, EventPattern: '{"source":["shop"]}' }).name).toBe('NotModelled');
    }
    expect(cloud.events('events.EventReceived')).toEqual([]);
  });

  it('keep tags of rules and buses', () => {
    const cloud = createTestWorld();
    const arn = String(cloud.send('events', 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}', Tags: [{ Key: 'team', Value: 'a' }] })['RuleArn']);
    cloud.send('events', 'TagResource', { ResourceARN: arn, Tags: [{ Key: 'cost', Value: 'b' }] });
    cloud.send('events', 'UntagResource', { ResourceARN: arn, TagKeys: ['team'] });
    expect(cloud.send('events', 'ListTagsForResource', { ResourceARN: arn })['Tags']).toEqual([{ Key: 'cost', Value: 'b' }]);
  });
});

describe('a trace header', () => {
  it('goes from the entry to the message, as AWSTraceHeader', () => {
    const cloud = createTestWorld();
    const url = String(cloud.send('sqs', 'CreateQueue', { QueueName: 'a' })['QueueUrl']);
    cloud.send('sqs', 'SetQueueAttributes', { QueueUrl: url, Attributes: { Policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }] }) } });
    cloud.send('events', 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
    cloud.send('events', 'PutTargets', { Rule: 'r', Targets: [{ Id: 'a', Arn: `${SQS}:a` }] });
    put(cloud, [{ TraceHeader: 'Root=1-5f84c7a5-0123456789abcdef01234567;Sampled=1' }]);
    cloud.untilIdle();
    expect(cloud.send('sqs', 'ReceiveMessage', { QueueUrl: url, MessageSystemAttributeNames: ['AWSTraceHeader'] })['Messages']).toMatchObject([{ Attributes: { AWSTraceHeader: 'Root=1-5f84c7a5-0123456789abcdef01234567;Sampled=1' } }]);
  });
});

describe('EventBridge metrics', () => {
  it('have the names of AWS/Events: attempts, final results and where dead letters went', () => {
    const cloud = createTestWorld();
    cloud.send('events', 'CreateEventBus', { Name: 'orders' });
    cloud.send('events', 'PutRule', { Name: 'r', EventBusName: 'orders', EventPattern: '{"source":["shop"]}' });
    cloud.send('events', 'PutTargets', { Rule: 'r', EventBusName: 'orders', Targets: [{ Id: 'a', Arn: `${SQS}:none` }] });
    put(cloud, [{ EventBusName: 'orders' }, { Detail: 'x' }]);
    cloud.untilIdle();
    const data = cloud.world.trace.events.flatMap((event) => [...manifest.metrics(event)]);
    const sum = (metric: string): number => data.filter((datum) => datum.metric === metric).reduce((all, { value }) => all + value, 0);
    expect(['PutEventsApproximateCallCount', 'PutEventsEntriesCount', 'PutEventsFailedEntriesCount', 'TriggeredRules', 'InvocationsCreated', 'InvocationAttempts', 'Invocations', 'FailedInvocations', 'SuccessfulInvocationAttempts'].map(sum)).toEqual([1, 2, 1, 1, 1, 1, 1, 1, 0]);
    expect(data.find(({ metric }) => metric === 'FailedInvocations')).toMatchObject({ namespace: 'AWS/Events', dimensions: { EventBusName: 'orders', RuleName: 'r' } });
  });
});
