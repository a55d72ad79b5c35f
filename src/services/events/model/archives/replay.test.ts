/** Archives and replays: what is kept, when it can be replayed, in which order it comes back. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../../testing.ts';
import type { TestWorld } from '../../../testing.ts';

const EVENTS = 'arn:aws:events:us-east-1:000000000000';
const BUS = `${EVENTS}:event-bus/default`;
const START = 1_767_225_600;

function withArchive(pattern?: object, RetentionDays = 0): TestWorld {
  const cloud = createTestWorld();
  cloud.send('events', 'CreateArchive', { ArchiveName: 'all', EventSourceArn: BUS, RetentionDays, ...(pattern === undefined ? {} : { EventPattern: JSON.stringify(pattern) }) });
  for (const Name of ['one', 'two']) cloud.send('events', 'PutRule', { Name, EventPattern: '{"source":["shop"]}' });
  return cloud;
}
const put = (cloud: TestWorld, n: number, Source = 'shop'): unknown => cloud.send('events', 'PutEvents', { Entries: [{ Source, DetailType: 'x', Detail: JSON.stringify({ n }) }] });
const replay = (cloud: TestWorld, o: object = {}): Record<string, unknown> => cloud.send('events', 'StartReplay', { ReplayName: 'again', EventSourceArn: `${EVENTS}:archive/all`, EventStartTime: START, EventEndTime: START + 3_600, Destination: { Arn: BUS }, ...o });
const replayed = (cloud: TestWorld) => cloud.events('events.EventReceived').filter(({ data }) => data['replay'] !== undefined);

describe('an archive', () => {
  it('keeps what its pattern takes, and has it written 5 to 8 minutes later', () => {
    const cloud = withArchive({ source: ['shop'] });
    put(cloud, 1);
    put(cloud, 2, 'other');
    const count = (): unknown => cloud.send('events', 'DescribeArchive', { ArchiveName: 'all' })['EventCount'];
    cloud.advance(299_000);
    expect(count()).toBe(0);
    cloud.advance(181_000);
    expect(count()).toBe(1);
    expect(cloud.send('events', 'DescribeArchive', { ArchiveName: 'all' })).toMatchObject({ ArchiveArn: `${EVENTS}:archive/all`, EventSourceArn: BUS, State: 'ENABLED', RetentionDays: 0, SizeBytes: expect.any(Number) as number });
  });

  it('lets go of events past its retention', () => {
    const cloud = withArchive(undefined, 1);
    put(cloud, 1);
    cloud.advance(600_000);
    expect(cloud.send('events', 'DescribeArchive', { ArchiveName: 'all' })['EventCount']).toBe(1);
    cloud.advance(86_400_000);
    expect(cloud.send('events', 'DescribeArchive', { ArchiveName: 'all' })['EventCount']).toBe(0);
  });

  it('is fed by a rule that EventBridge manages: to be seen, not to be changed', () => {
    const cloud = withArchive({ source: ['shop'] });
    const managed = cloud.send('events', 'DescribeRule', { Name: 'Events-Archive-all' });
    expect(JSON.parse(String(managed['EventPattern']))).toEqual({ source: ['shop'], 'replay-name': [{ exists: false }] });
    expect(cloud.failure('events', 'DeleteRule', { Name: 'Events-Archive-all' }).name).toBe('ManagedRuleException');
    cloud.send('events', 'DeleteArchive', { ArchiveName: 'all' });
    expect(cloud.failure('events', 'DescribeRule', { Name: 'Events-Archive-all' }).name).toBe('ResourceNotFoundException');
  });

  it('refuses a name that is taken, a bus that is missing and a bad pattern', () => {
    const cloud = withArchive();
    const create = (o: object) => cloud.failure('events', 'CreateArchive', { ArchiveName: 'new', EventSourceArn: BUS, ...o });
    expect([create({ ArchiveName: 'all' }).message, create({ EventSourceArn: `${EVENTS}:event-bus/none` }).message]).toEqual(['Archive all already exists.', 'Event bus none does not exist.']);
    expect([create({ EventPattern: '{"a":1}' }).name, create({ ArchiveName: 'x'.repeat(49) }).name]).toEqual(['InvalidEventPatternException', 'ValidationException']);
  });
});

describe('a replay', () => {
  it('sends the kept events again, with its name, their own time and id, minute after minute', () => {
    const cloud = withArchive();
    for (let n = 0; n < 12; n++) {
      put(cloud, n);
      cloud.advance(20_000);
    }
    cloud.advance(600_000);
    expect(replay(cloud)).toMatchObject({ ReplayArn: `${EVENTS}:replay/again`, State: 'STARTING' });
    cloud.untilIdle();
    const first = cloud.events('events.EventReceived').filter(({ data }) => data['replay'] === undefined).map(({ data }) => data['eventId']);
    const again = replayed(cloud).map(({ data }) => data['eventId']);
    const minutes = (ids: unknown[]): unknown[][] => [0, 3, 6, 9].map((from) => ids.slice(from, from + 3).toSorted());
    expect(minutes(again)).toEqual(minutes(first));
    expect(again).not.toEqual(first);
    expect(cloud.send('events', 'DescribeReplay', { ReplayName: 'again' })).toMatchObject({ State: 'COMPLETED', Destination: { Arn: BUS }, EventLastReplayedTime: { $date: expect.any(Number) as number } });
    expect(cloud.events('events.EventArchived').length).toBe(12);
  });

  it('puts its name into the envelope, between region and resources', () => {
    const cloud = withArchive();
    const url = String(cloud.send('sqs', 'CreateQueue', { QueueName: 'a' })['QueueUrl']);
    cloud.send('sqs', 'SetQueueAttributes', { QueueUrl: url, Attributes: { Policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }] }) } });
    cloud.send('events', 'PutTargets', { Rule: 'one', Targets: [{ Id: 'a', Arn: 'arn:aws:sqs:us-east-1:000000000000:a' }] });
    put(cloud, 1);
    cloud.advance(600_000);
    replay(cloud, { Destination: { Arn: BUS, FilterArns: [`${EVENTS}:rule/one`] } });
    cloud.untilIdle();
    const bodies = (cloud.send('sqs', 'ReceiveMessage', { QueueUrl: url, MaxNumberOfMessages: 10 })['Messages'] as { Body: string }[]).map(({ Body }) => Object.keys(JSON.parse(Body) as object));
    const plain = ['version', 'id', 'detail-type', 'source', 'account', 'time', 'region', 'resources', 'detail'];
    expect(bodies.toSorted((a, b) => a.length - b.length)).toEqual([plain, [...plain.slice(0, 7), 'replay-name', ...plain.slice(7)]]);
    // The other rule was not asked.
    expect(cloud.events('events.RuleMatched').map(({ data }) => data['rule'])).toEqual(['one', 'two', 'one']);
  });

  it('can be cancelled while it runs, and not afterwards', () => {
    const cloud = withArchive();
    for (let n = 0; n < 5; n++) {
      put(cloud, n);
      cloud.advance(60_000);
    }
    cloud.advance(600_000);
    replay(cloud);
    cloud.advance(2_100);
    expect(cloud.send('events', 'CancelReplay', { ReplayName: 'again' })).toMatchObject({ State: 'CANCELLING' });
    cloud.untilIdle();
    expect([replayed(cloud).length, cloud.send('events', 'DescribeReplay', { ReplayName: 'again' })['State']]).toEqual([1, 'CANCELLED']);
    expect(cloud.failure('events', 'CancelReplay', { ReplayName: 'again' })).toMatchObject({ name: 'IllegalStatusException', message: 'Replay again is not in a valid state for this operation.' });
  });

  it('sends only events of its window', () => {
    const cloud = withArchive();
    put(cloud, 1);
    cloud.advance(120_000);
    put(cloud, 2);
    cloud.advance(600_000);
    replay(cloud, { EventStartTime: START + 60 });
    cloud.untilIdle();
    expect(replayed(cloud).length).toBe(1);
  });
});
