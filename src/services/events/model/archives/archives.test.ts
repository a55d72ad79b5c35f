/** Archives and replays beside each other, on several buses, with chosen and disabled rules, and at the edges of their windows. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../../testing.ts';
import type { TestWorld } from '../../../testing.ts';
import { manifest } from '../manifest.ts';

const EVENTS = 'arn:aws:events:us-east-1:000000000000';
const busArn = (bus: string): string => `${EVENTS}:event-bus/${bus}`;
const START = 1_767_225_600;

function world(): TestWorld {
  const cloud = createTestWorld();
  cloud.send('events', 'CreateEventBus', { Name: 'orders' });
  return cloud;
}
const archive = (cloud: TestWorld, ArchiveName: string, o: { bus?: string; pattern?: object; RetentionDays?: number } = {}): unknown =>
  cloud.send('events', 'CreateArchive', { ArchiveName, EventSourceArn: busArn(o.bus ?? 'default'), ...(o.pattern === undefined ? {} : { EventPattern: JSON.stringify(o.pattern) }), ...(o.RetentionDays === undefined ? {} : { RetentionDays: o.RetentionDays }) });
const put = (cloud: TestWorld, o: { n?: number; bus?: string; Source?: string; Time?: string } = {}): unknown =>
  cloud.send('events', 'PutEvents', { Entries: [{ Source: o.Source ?? 'shop', DetailType: 'x', Detail: JSON.stringify({ n: o.n ?? 0 }), EventBusName: o.bus ?? 'default', ...(o.Time === undefined ? {} : { Time: o.Time }) }] });
const rule = (cloud: TestWorld, Name: string, bus = 'default', pattern: object = { source: ['shop'] }): unknown => cloud.send('events', 'PutRule', { Name, EventBusName: bus, EventPattern: JSON.stringify(pattern) });
const startInput = (ReplayName: string, o: { archive?: string; bus?: string; from?: number; to?: number; rules?: string[] } = {}): object => ({
  ReplayName,
  EventSourceArn: `${EVENTS}:archive/${o.archive ?? 'all'}`,
  EventStartTime: START + (o.from ?? 0),
  EventEndTime: START + (o.to ?? 3_600),
  Destination: { Arn: busArn(o.bus ?? 'default'), ...(o.rules === undefined ? {} : { FilterArns: o.rules.map((name) => `${EVENTS}:rule/${name}`) }) },
});
const count = (cloud: TestWorld, ArchiveName: string): unknown => cloud.send('events', 'DescribeArchive', { ArchiveName })['EventCount'];
/** What replays sent: replay, rule that took it. */
const taken = (cloud: TestWorld): string[] => {
  const received = new Map(cloud.events('events.EventReceived').flatMap(({ seq, data }) => (data['replay'] === undefined ? [] : [[seq, data['replay']]])));
  return cloud.events('events.RuleMatched').flatMap(({ cause, data }) => (received.has(cause[0]!) ? [`${String(received.get(cause[0]!))} ${String(data['rule'])}`] : []));
};
const replayedCount = (cloud: TestWorld): number => cloud.events('events.EventReceived').filter(({ data }) => data['replay'] !== undefined).length;

describe('archives', () => {
  it('hear their own bus, each by its own pattern, and tell count and bytes of what they keep', () => {
    const cloud = world();
    archive(cloud, 'all');
    archive(cloud, 'big', { pattern: { detail: { n: [{ numeric: ['>', 5] }] } } });
    archive(cloud, 'orders', { bus: 'orders' });
    put(cloud, { n: 1 });
    put(cloud, { n: 7 });
    put(cloud, { n: 7, bus: 'orders' });
    cloud.advance(600_000);
    expect(['all', 'big', 'orders'].map((name) => count(cloud, name))).toEqual([2, 1, 1]);
    const bytes = cloud.events('events.EventArchived').map(({ data }) => Number(data['bytes']));
    expect(cloud.send('events', 'DescribeArchive', { ArchiveName: 'all' })['SizeBytes']).toBe(bytes[0]! + bytes[1]!);
    expect(cloud.events('events.EventArchived').flatMap((event) => manifest.cost(event))).toEqual(bytes.map((quantity) => ({ unit: 'archived', quantity })));
    expect(cloud.send('events', 'ListArchives', { EventSourceArn: busArn('orders') })['Archives']).toMatchObject([{ ArchiveName: 'orders', EventCount: 1 }]);
  });

  it('take by the pattern that they have when the event comes', () => {
    const cloud = world();
    archive(cloud, 'all', { pattern: { source: ['shop'] } });
    put(cloud);
    cloud.send('events', 'UpdateArchive', { ArchiveName: 'all', EventPattern: '{"source":["other"]}' });
    put(cloud);
    put(cloud, { Source: 'other' });
    cloud.advance(600_000);
    expect(count(cloud, 'all')).toBe(2);
  });

  it('let go of events by their age in the archive, whatever time they say', () => {
    const cloud = world();
    archive(cloud, 'all', { RetentionDays: 1 });
    put(cloud, { Time: '2020-01-01T00:00:00Z' });
    cloud.advance(600_000);
    expect(count(cloud, 'all')).toBe(1);
    cloud.advance(86_400_000);
    expect(count(cloud, 'all')).toBe(0);
  });

  it('that are deleted lose the batch under way, also when one of the same name follows', () => {
    const cloud = world();
    archive(cloud, 'all');
    put(cloud);
    cloud.send('events', 'DeleteArchive', { ArchiveName: 'all' });
    archive(cloud, 'all');
    cloud.advance(600_000);
    expect(count(cloud, 'all')).toBe(0);
  });
});

describe('replays', () => {
  it('go to the chosen rules only, and not to one that is disabled', () => {
    const cloud = world();
    archive(cloud, 'all');
    for (const name of ['one', 'two', 'three']) rule(cloud, name);
    put(cloud);
    cloud.advance(600_000);
    cloud.send('events', 'DisableRule', { Name: 'two' });
    cloud.send('events', 'StartReplay', startInput('some', { rules: ['one', 'two'] }));
    cloud.untilIdle();
    expect(taken(cloud)).toEqual(['some one']);
    cloud.send('events', 'StartReplay', startInput('every'));
    cloud.untilIdle();
    expect(taken(cloud)).toEqual(['some one', 'every one', 'every three']);
    expect(cloud.send('events', 'DescribeReplay', { ReplayName: 'some' })['Destination']).toEqual({ Arn: busArn('default'), FilterArns: [`${EVENTS}:rule/one`, `${EVENTS}:rule/two`] });
  });

  it('choose among rules of their bus', () => {
    const cloud = world();
    archive(cloud, 'orders', { bus: 'orders' });
    rule(cloud, 'same');
    rule(cloud, 'same', 'orders');
    put(cloud, { bus: 'orders' });
    cloud.advance(600_000);
    const start = (ReplayName: string, rules: string[]) => cloud.start('events', 'StartReplay', startInput(ReplayName, { archive: 'orders', bus: 'orders', rules }))()?.error?.name;
    expect([start('of-default', ['same']), start('unknown', ['orders/none']), start('own', ['orders/same'])]).toEqual(['ResourceNotFoundException', 'ResourceNotFoundException', undefined]);
    cloud.untilIdle();
    expect(taken(cloud)).toEqual(['own same']);
  });

  it('take the start of their window and not its end', () => {
    const cloud = world();
    archive(cloud, 'all');
    for (const Time of ['2026-01-01T00:00:59Z', '2026-01-01T00:01:00Z', '2026-01-01T00:01:59Z', '2026-01-01T00:02:00Z']) put(cloud, { Time });
    cloud.advance(600_000);
    cloud.send('events', 'StartReplay', startInput('minute', { from: 60, to: 120 }));
    cloud.untilIdle();
    expect(replayedCount(cloud)).toBe(2);
    expect(cloud.send('events', 'DescribeReplay', { ReplayName: 'minute' })).toMatchObject({ State: 'COMPLETED', EventLastReplayedTime: { $date: (START + 119) * 1_000 } });
  });

  it('end at once over a window without events', () => {
    const cloud = world();
    archive(cloud, 'all');
    cloud.send('events', 'StartReplay', startInput('empty'));
    cloud.untilIdle();
    expect(cloud.send('events', 'DescribeReplay', { ReplayName: 'empty' })).toMatchObject({ State: 'COMPLETED' });
    expect(replayedCount(cloud)).toBe(0);
  });

  it('run beside each other under their own names, and nothing of them is archived', () => {
    const cloud = world();
    archive(cloud, 'all');
    rule(cloud, 'one');
    rule(cloud, 'again', 'default', { 'replay-name': [{ prefix: 'b' }] });
    for (let n = 0; n < 3; n++) put(cloud, { n, Time: `2026-01-01T00:0${n}:00Z` });
    cloud.advance(600_000);
    for (const name of ['a', 'b']) cloud.send('events', 'StartReplay', startInput(name));
    cloud.untilIdle();
    expect(taken(cloud).toSorted()).toEqual(['a one', 'a one', 'a one', 'b again', 'b again', 'b again', 'b one', 'b one', 'b one']);
    cloud.advance(600_000);
    expect(count(cloud, 'all')).toBe(3);
  });

  it('are at most ten at a time, each with a name of its own for 90 days', () => {
    const cloud = world();
    archive(cloud, 'all');
    put(cloud);
    cloud.advance(600_000);
    for (let i = 0; i < 10; i++) cloud.send('events', 'StartReplay', startInput(`r${i}`));
    expect(cloud.failure('events', 'StartReplay', startInput('r10'))).toMatchObject({ name: 'LimitExceededException', message: 'The requested resource exceeds the maximum number allowed.' });
    cloud.untilIdle();
    expect(cloud.failure('events', 'StartReplay', startInput('r0'))).toMatchObject({ name: 'ResourceAlreadyExistsException', message: 'Replay r0 already exists.' });
    cloud.advance(91 * 86_400_000);
    expect(cloud.send('events', 'ListReplays')['Replays']).toEqual([]);
    expect(cloud.send('events', 'StartReplay', startInput('r0'))).toMatchObject({ State: 'STARTING' });
  });

  it('send nothing when they are cancelled before they run', () => {
    const cloud = world();
    archive(cloud, 'all');
    put(cloud);
    cloud.advance(600_000);
    cloud.send('events', 'StartReplay', startInput('early'));
    cloud.send('events', 'CancelReplay', { ReplayName: 'early' });
    expect(cloud.failure('events', 'CancelReplay', { ReplayName: 'early' }).name).toBe('IllegalStatusException');
    cloud.untilIdle();
    expect([replayedCount(cloud), cloud.send('events', 'DescribeReplay', { ReplayName: 'early' })['State']]).toEqual([0, 'CANCELLED']);
  });

  it('are listed by name, by archive or by state, one of the three', () => {
    const cloud = world();
    archive(cloud, 'all');
    archive(cloud, 'more');
    cloud.send('events', 'StartReplay', startInput('one'));
    cloud.untilIdle();
    cloud.send('events', 'StartReplay', startInput('two', { archive: 'more' }));
    const names = (o: object): unknown[] => (cloud.send('events', 'ListReplays', o)['Replays'] as { ReplayName: string }[]).map(({ ReplayName }) => ReplayName);
    expect([names({}), names({ NamePrefix: 'o' }), names({ EventSourceArn: `${EVENTS}:archive/more` }), names({ State: 'COMPLETED' })]).toEqual([['one', 'two'], ['one'], ['two'], ['one']]);
    expect(cloud.failure('events', 'ListReplays', { NamePrefix: 'o', State: 'COMPLETED' }).name).toBe('ValidationException');
  });
});
