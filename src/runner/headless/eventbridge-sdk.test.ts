/** @aws-sdk/client-eventbridge, unmodified, against the model: buses, rules, targets, events, archives and replays, pages, the SDK's own errors. */
import {
  CreateArchiveCommand,
  CreateConnectionCommand,
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeArchiveCommand,
  DescribeReplayCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  EventBridgeServiceException,
  InvalidEventPatternException,
  LimitExceededException,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
  StartReplayCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { createCloud } from './create-cloud.ts';
import { failureOf, through } from './wire/testing.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:jobs';

async function withRule() {
  const cloud = createCloud();
  const events = new EventBridgeClient(through(cloud));
  await events.send(new CreateEventBusCommand({ Name: 'orders', Description: 'Of the shop' }));
  await events.send(new PutRuleCommand({ Name: 'placed', EventBusName: 'orders', EventPattern: '{"source":["shop"]}' }));
  return { cloud, events };
}

describe('@aws-sdk/client-eventbridge', () => {
  it('makes a bus, a rule and a target, puts an event, and it arrives', async () => {
    const { cloud, events } = await withRule();
    const { QueueUrl } = await cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' });
    const Policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: QUEUE, Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:events:us-east-1:000000000000:rule/orders/placed' } } }] });
    await cloud.send('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy } });
    const put = await events.send(new PutTargetsCommand({ Rule: 'placed', EventBusName: 'orders', Targets: [{ Id: 'jobs', Arn: QUEUE }] }));
    expect(put).toMatchObject({ FailedEntryCount: 0, FailedEntries: [] });
    const { Entries, FailedEntryCount } = await events.send(new PutEventsCommand({ Entries: [{ EventBusName: 'orders', Source: 'shop', DetailType: 'Placed', Detail: '{"id":1}', Time: new Date('2026-01-01T10:00:00Z') }, { Source: 'shop' }] }));
    expect([FailedEntryCount, Entries?.[1]?.ErrorCode]).toEqual([1, 'InvalidArgument']);
    await cloud.runUntilIdle();
    const { Messages } = (await cloud.send('sqs', 'ReceiveMessage', { QueueUrl })) as { Messages: { Body: string }[] };
    expect(JSON.parse(Messages[0]!.Body)).toMatchObject({ id: Entries?.[0]?.EventId, time: '2026-01-01T10:00:00Z', detail: { id: 1 } });
    expect((await events.send(new ListTargetsByRuleCommand({ Rule: 'placed', EventBusName: 'orders' }))).Targets).toEqual([{ Id: 'jobs', Arn: QUEUE }]);
  });

  it('reads back what it made, with dates as dates, page by page', async () => {
    const { events } = await withRule();
    expect(await events.send(new DescribeRuleCommand({ Name: 'placed', EventBusName: 'orders' }))).toMatchObject({ Arn: 'arn:aws:events:us-east-1:000000000000:rule/orders/placed', State: 'ENABLED', CreatedBy: '000000000000' });
    const { EventBuses } = await events.send(new ListEventBusesCommand({ NamePrefix: 'ord' }));
    expect(EventBuses).toMatchObject([{ Name: 'orders', Description: 'Of the shop', CreationTime: new Date('2026-01-01T00:00:00Z') }]);
    await events.send(new PutRuleCommand({ Name: 'second', EventBusName: 'orders', ScheduleExpression: '', EventPattern: '{"source":["x"]}' }));
    const first = await events.send(new ListRulesCommand({ EventBusName: 'orders', Limit: 1 }));
    const rest = await events.send(new ListRulesCommand({ EventBusName: 'orders', Limit: 1, ...(first.NextToken === undefined ? {} : { NextToken: first.NextToken }) }));
    expect([first, rest].map(({ Rules, NextToken }) => [Rules?.[0]?.Name, typeof NextToken])).toEqual([['placed', 'string'], ['second', 'undefined']]);
    expect((await events.send(new TestEventPatternCommand({ EventPattern: '{"source":["x"]}', Event: JSON.stringify({ id: '', account: '', source: 'x', time: '', region: '', resources: [], 'detail-type': '' }) }))).Result).toBe(true);
  });

  it('archives and replays', async () => {
    const { cloud, events } = await withRule();
    const bus = 'arn:aws:events:us-east-1:000000000000:event-bus/orders';
    const { ArchiveArn } = await events.send(new CreateArchiveCommand({ ArchiveName: 'kept', EventSourceArn: bus }));
    await events.send(new PutEventsCommand({ Entries: [{ EventBusName: 'orders', Source: 'shop', DetailType: 'Placed', Detail: '{}' }] }));
    await cloud.advance(600_000);
    expect(await events.send(new DescribeArchiveCommand({ ArchiveName: 'kept' }))).toMatchObject({ EventCount: 1, State: 'ENABLED' });
    const { State } = await events.send(new StartReplayCommand({ ReplayName: 'r', EventSourceArn: ArchiveArn!, EventStartTime: new Date('2026-01-01T00:00:00Z'), EventEndTime: new Date('2026-01-01T00:05:00Z'), Destination: { Arn: bus } }));
    await cloud.runUntilIdle();
    expect([State, await events.send(new DescribeReplayCommand({ ReplayName: 'r' }))]).toEqual(['STARTING', expect.objectContaining({ State: 'COMPLETED', EventLastReplayedTime: new Date('2026-01-01T00:00:00Z') })]);
  });

  it("fails with the SDK's own classes and AWS's words", async () => {
    const { events } = await withRule();
    const fails = async (promise: Promise<unknown>) => (await failureOf(promise)) as EventBridgeServiceException;
    const missing = await fails(events.send(new DescribeRuleCommand({ Name: 'none' })));
    expect(missing).toBeInstanceOf(ResourceNotFoundException);
    expect([missing.message, missing.$metadata.httpStatusCode]).toEqual(['Rule none does not exist on EventBus default.', 400]);
    expect(await fails(events.send(new CreateEventBusCommand({ Name: 'orders' })))).toBeInstanceOf(ResourceAlreadyExistsException);
    expect(await fails(events.send(new PutRuleCommand({ Name: 'bad', EventPattern: '{"source":"shop"}' })))).toBeInstanceOf(InvalidEventPatternException);
    const Targets = Array.from({ length: 6 }, (_, i) => ({ Id: `t${i}`, Arn: QUEUE }));
    expect(await fails(events.send(new PutTargetsCommand({ Rule: 'placed', EventBusName: 'orders', Targets })))).toBeInstanceOf(LimitExceededException);
    await events.send(new PutTargetsCommand({ Rule: 'placed', EventBusName: 'orders', Targets: Targets.slice(1) }));
    const held = await fails(events.send(new DeleteRuleCommand({ Name: 'placed', EventBusName: 'orders' })));
    expect([held.name, held.message]).toEqual(['ValidationException', "Rule can't be deleted since it has targets."]);
    await events.send(new RemoveTargetsCommand({ Rule: 'placed', EventBusName: 'orders', Ids: Targets.map(({ Id }) => Id) }));
    await events.send(new DeleteRuleCommand({ Name: 'placed', EventBusName: 'orders' }));
    await events.send(new DeleteEventBusCommand({ Name: 'orders' }));
    expect((await fails(events.send(new CreateConnectionCommand({ Name: 'c', AuthorizationType: 'BASIC', AuthParameters: {} })))).name).toBe('NotModelled');
  });
});
