/** Every command of @aws-sdk/client-eventbridge: answered when it is modelled, refused by name when it is not; every list page by page; every error class that can come. */
import * as sdk from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { models } from '../../services/models.ts';
import { createCloud } from './create-cloud.ts';
import type { Cloud } from './create-cloud.ts';
import { commandOf, failureOf, operationsOf, through } from './wire/testing.ts';

const model = models.find(({ id }) => id === 'events')!;

type Send = (operation: string, input?: object) => Promise<Record<string, unknown>>;

function clientOf(cloud: Cloud): Send {
  const client = new sdk.EventBridgeClient(through(cloud));
  return (operation, input = {}) => client.send(commandOf<sdk.ListRulesCommand>(sdk, operation, input)) as Promise<unknown> as Promise<Record<string, unknown>>;
}

const EVENTS = 'arn:aws:events:us-east-1:000000000000';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:jobs';
const PATTERN = '{"source":["shop"]}';
const PARTNER = 'aws.partner/example.com/shop';
const ENVELOPE = { id: '', account: '', source: 'shop', time: '', region: '', resources: [], 'detail-type': '' };
const WINDOW = { EventStartTime: new Date('2026-01-01T00:00:00Z'), EventEndTime: new Date('2026-01-01T01:00:00Z') };
const own = { EventBusName: 'orders' };

/** One call of each modelled operation, in an order that works. */
const CALLS: readonly (readonly [operation: string, input: object])[] = [
  ['CreateEventBus', { Name: 'orders', Tags: [{ Key: 'team', Value: 'a' }] }],
  ['DescribeEventBus', { Name: 'orders' }],
  ['UpdateEventBus', { Name: 'orders', Description: 'Of the shop' }],
  ['PutPermission', { ...own, StatementId: 'all', Principal: '*', Action: 'events:PutEvents' }],
  ['RemovePermission', { ...own, StatementId: 'all' }],
  ['ListEventBuses', {}],
  ['PutRule', { ...own, Name: 'placed', EventPattern: PATTERN }],
  ['DescribeRule', { ...own, Name: 'placed' }],
  ['DisableRule', { ...own, Name: 'placed' }],
  ['EnableRule', { ...own, Name: 'placed' }],
  ['ListRules', own],
  ['TagResource', { ResourceARN: `${EVENTS}:rule/orders/placed`, Tags: [{ Key: 'k', Value: 'v' }] }],
  ['ListTagsForResource', { ResourceARN: `${EVENTS}:rule/orders/placed` }],
  ['UntagResource', { ResourceARN: `${EVENTS}:rule/orders/placed`, TagKeys: ['k'] }],
  ['PutTargets', { ...own, Rule: 'placed', Targets: [{ Id: 'jobs', Arn: QUEUE }] }],
  ['ListTargetsByRule', { ...own, Rule: 'placed' }],
  ['ListRuleNamesByTarget', { ...own, TargetArn: QUEUE }],
  ['TestEventPattern', { EventPattern: PATTERN, Event: JSON.stringify(ENVELOPE) }],
  ['CreateArchive', { ArchiveName: 'kept', EventSourceArn: `${EVENTS}:event-bus/orders` }],
  ['UpdateArchive', { ArchiveName: 'kept', RetentionDays: 7 }],
  ['DescribeArchive', { ArchiveName: 'kept' }],
  ['ListArchives', {}],
  ['PutEvents', { Entries: [{ ...own, Source: 'shop', DetailType: 'Placed', Detail: '{}' }] }],
  ['StartReplay', { ReplayName: 'again', EventSourceArn: `${EVENTS}:archive/kept`, ...WINDOW, Destination: { Arn: `${EVENTS}:event-bus/orders` } }],
  ['DescribeReplay', { ReplayName: 'again' }],
  ['ListReplays', {}],
  ['CancelReplay', { ReplayName: 'again' }],
  ['DeleteArchive', { ArchiveName: 'kept' }],
  ['CreatePartnerEventSource', { Name: PARTNER, Account: '000000000000' }],
  ['DescribeEventSource', { Name: PARTNER }],
  ['ListEventSources', {}],
  ['PutPartnerEvents', { Entries: [{ Source: PARTNER, DetailType: 'Sale', Detail: '{}' }] }],
  ['DeletePartnerEventSource', { Name: PARTNER, Account: '000000000000' }],
  ['RemoveTargets', { ...own, Rule: 'placed', Ids: ['jobs'] }],
  ['DeleteRule', { ...own, Name: 'placed' }],
  ['DeleteEventBus', { Name: 'orders' }],
];

describe('every command of @aws-sdk/client-eventbridge', () => {
  it('is modelled, or said not to be', () => {
    expect([...Object.keys(model.operations), ...model.notModelled].toSorted()).toEqual(operationsOf(sdk));
  });

  it('is answered when it is modelled', async () => {
    expect(CALLS.map(([operation]) => operation).toSorted()).toEqual(Object.keys(model.operations).toSorted());
    const send = clientOf(createCloud());
    for (const [operation, input] of CALLS) expect((await send(operation, input))['$metadata'], operation).toMatchObject({ httpStatusCode: 200 });
  });

  it.each(model.notModelled)('is refused by name when it is not: %s', async (operation) => {
    expect(await failureOf(clientOf(createCloud())(operation))).toMatchObject({ name: 'NotModelled', message: expect.stringContaining(`events ${operation}`) as string });
  });
});

/** All pages of a list operation, one item each. */
async function pagesOf(send: Send, operation: string, member: string, input: object = {}): Promise<unknown[]> {
  const pages: unknown[] = [];
  let NextToken: unknown;
  do {
    const page = await send(operation, { ...input, Limit: 1, ...(NextToken === undefined ? {} : { NextToken }) });
    pages.push(...(page[member] as unknown[]).map((item) => (typeof item === 'string' ? item : Object.values(item as object).find((value) => ['a', 'b', 'c', 'default', `${PARTNER}-a`, `${PARTNER}-b`].includes(value as string)))));
    expect((page[member] as unknown[]).length).toBe(1);
    NextToken = page['NextToken'];
  } while (NextToken !== undefined);
  return pages;
}

describe('lists of @aws-sdk/client-eventbridge', () => {
  it('come page by page with NextToken and Limit, each of them', async () => {
    const send = clientOf(createCloud());
    for (const Name of ['a', 'b']) {
      await send('CreateEventBus', { Name });
      await send('PutRule', { Name, EventPattern: PATTERN });
      await send('PutTargets', { Rule: Name, Targets: [{ Id: 'a', Arn: QUEUE }, { Id: 'b', Arn: QUEUE }] });
      await send('CreatePartnerEventSource', { Name: `${PARTNER}-${Name}`, Account: '000000000000' });
    }
    const lists: readonly (readonly [string, string, object, unknown[]])[] = [
      ['ListEventBuses', 'EventBuses', {}, ['default', 'a', 'b']],
      ['ListRules', 'Rules', {}, ['a', 'b']],
      ['ListTargetsByRule', 'Targets', { Rule: 'a' }, ['a', 'b']],
      ['ListRuleNamesByTarget', 'RuleNames', { TargetArn: QUEUE }, ['a', 'b']],
      ['ListEventSources', 'EventSources', {}, [`${PARTNER}-a`, `${PARTNER}-b`]],
    ];
    for (const [operation, member, input, names] of lists) expect((await pagesOf(send, operation, member, input)).toSorted(), operation).toEqual(names.toSorted());
    for (const ArchiveName of ['a', 'b']) await send('CreateArchive', { ArchiveName, EventSourceArn: `${EVENTS}:event-bus/a` });
    expect(await pagesOf(send, 'ListArchives', 'Archives')).toEqual(['a', 'b']);
    for (const ReplayName of ['a', 'b', 'c']) await send('StartReplay', { ReplayName, EventSourceArn: `${EVENTS}:archive/a`, ...WINDOW, Destination: { Arn: `${EVENTS}:event-bus/a` } });
    expect(await pagesOf(send, 'ListReplays', 'Replays')).toEqual(['a', 'b', 'c']);
    const listed = operationsOf(sdk).filter((name) => name.startsWith('List') && name in model.operations && name !== 'ListTagsForResource');
    expect(listed).toEqual([...lists.map(([operation]) => operation), 'ListArchives', 'ListReplays'].toSorted());
  });
});

describe('errors of @aws-sdk/client-eventbridge', () => {
  it.each<[string, string, object]>([
    ['ResourceNotFoundException', 'DescribeRule', { Name: 'none' }],
    ['ResourceAlreadyExistsException', 'CreateEventBus', { Name: 'default' }],
    ['InvalidEventPatternException', 'PutRule', { Name: 'r', EventPattern: '{"a":1}' }],
    ['LimitExceededException', 'PutRule', { Name: 'r', EventPattern: `{"a":["${'x'.repeat(2_048)}"]}` }],
    ['ManagedRuleException', 'DeleteRule', { Name: 'Events-Archive-kept' }],
    ['IllegalStatusException', 'CancelReplay', { ReplayName: 'over' }],
    ['PolicyLengthExceededException', 'PutPermission', { Policy: JSON.stringify({ Statement: [{ Sid: 'x'.repeat(10_240) }] }) }],
  ])('arrive as %s', async (name, operation, input) => {
    const cloud = createCloud();
    const send = clientOf(cloud);
    await send('CreateArchive', { ArchiveName: 'kept', EventSourceArn: `${EVENTS}:event-bus/default` });
    await send('StartReplay', { ReplayName: 'over', EventSourceArn: `${EVENTS}:archive/kept`, ...WINDOW, Destination: { Arn: `${EVENTS}:event-bus/default` } });
    await cloud.runUntilIdle();
    const error = await failureOf(send(operation, input));
    expect(error).toBeInstanceOf((sdk as unknown as Record<string, new () => Error>)[name]);
    expect(error).toMatchObject({ name, $fault: 'client', $metadata: { httpStatusCode: 400 }, message: expect.stringMatching(/\w \w/) as string });
  });

  it('that the client has no class for keep their name', async () => {
    const error = await failureOf(clientOf(createCloud())('PutRule', { Name: 'r', ScheduleExpression: 'daily' }));
    expect(error).toBeInstanceOf(sdk.EventBridgeServiceException);
    expect(error).toMatchObject({ name: 'ValidationException', message: 'Parameter ScheduleExpression is not valid.' });
  });
});
