/** The fuzz over some seeds, and its checkers at runs that were spoiled. */
import { describe, expect, it } from 'vitest';
import { models } from '../services/models.ts';
import type { TraceEvent } from '../sim/trace.ts';
import type { SimTime } from '../sim/units.ts';
import { causeError, InvocationCheck, MessageCheck } from './fuzz-checks.ts';
import { DeliveryCheck } from './fuzz-deliveries.ts';
import { fuzzSeed } from './fuzz-run.ts';

const LINE = 'arn:aws:sqs:us-east-1:000000000000:line.fifo';
let next = 0;
const event = (kind: string, data: TraceEvent['data'], o: Partial<TraceEvent> = {}): TraceEvent => ({ seq: next++, at: (next * 10) as SimTime, kind, resource: LINE, cause: [0], data, ...o });
const sent = (messageId: string, groupId = 'g'): TraceEvent => event('sqs.MessageSent', { messageId, groupId, delaySec: 0 });
const received = (messageId: string, data: TraceEvent['data'] = {}): TraceEvent => event('sqs.MessageReceived', { messageId, hiddenUntilUs: 1e9, ...data });
/** The first thing that a check finds. */
const found = (check: { take(one: TraceEvent): string | null; end?(): string | null }, events: readonly TraceEvent[]): string | null => events.reduce<string | null>((wrong, one) => wrong ?? check.take(one), null) ?? check.end?.() ?? null;

describe('Fuzz', () => {
  it('finds in 200 seeds each message in one place, groups in order, concurrency kept, each delivery ended once, causes, the same run for the same seed, the same future from a snapshot', () => {
    for (let seed = 1; seed <= 200; seed++) expect(fuzzSeed(seed, 12)).toBeNull();
  }, 120_000);
});

describe('Fuzz checkers', () => {
  it.each([
    ['a message that comes twice', () => [sent('a'), sent('a')], /already/],
    ['a receive of what is in flight', () => [sent('a'), received('a'), received('a')], /it is hidden/],
    ['a delete of what is gone', () => [sent('a'), event('sqs.MessageDeleted', { messageId: 'a' }), event('sqs.MessageDeleted', { messageId: 'a' })], /not there/],
    ['a dead letter that does not arrive', () => [sent('a'), event('sqs.MessageDeadLettered', { messageId: 'a', deadLetterQueueArn: 'elsewhere' })], /never arrived/],
    ['a depth that does not add up', () => [sent('a'), received('a', { visible: 1, inFlight: 0, delayed: 0 })], /tells of 1, 0, 0/],
    ['a purge that miscounts', () => [sent('a'), event('sqs.QueuePurged', { purged: 2 })], /and had 1/],
    ['a group out of order', () => [sent('a'), sent('b'), received('b')], /before it, visible/],
    ['a group that goes on while its first message is in flight', () => [sent('a'), sent('b'), received('a'), received('b')], /before it, hidden/],
  ])('tell of %s', (_, events, words) => expect(found(new MessageCheck(), events())).toMatch(words));

  it('let other groups pass, and a group go on when its first message is gone', () => {
    expect(found(new MessageCheck(), [sent('a'), sent('b', 'h'), sent('c'), received('a'), received('b'), event('sqs.MessageDeleted', { messageId: 'a' }), received('c')])).toBeNull();
  });

  const LATER = 60_000_000 as SimTime;
  const begin = (requestId: string, environment: string): TraceEvent => event('lambda.InvocationStarted', { requestId, environment });
  const end = (requestId: string, environment: string): TraceEvent => event('lambda.InvocationSucceeded', { requestId, environment });
  it.each([
    ['two requests in one environment', () => [begin('r1', 'e1'), begin('r2', 'e1')], /beside r1/],
    ['more requests than are reserved', () => [event('lambda.ConcurrencySet', { reserved: 1 }), { ...begin('r1', 'e1'), at: LATER }, { ...begin('r2', 'e2'), at: LATER }], /runs 2 requests, 1 are reserved/],
    ['a request after the end of its environment', () => [event('lambda.EnvironmentEnded', { environment: 'e1' }), begin('r1', 'e1')], /after its end/],
    ['an end of what does not run', () => [begin('r1', 'e1'), end('r2', 'e1')], /it runs r1/],
  ])('tell of %s', (_, events, words) => expect(found(new InvocationCheck(), events())).toMatch(words));

  it('tell of more requests than the account may run', () => {
    expect(found(new InvocationCheck(1), [begin('r1', 'e1'), begin('r2', 'e2')])).toMatch(/the account runs 2 requests/);
  });

  const delivery = (kind: string, attempt = 1): TraceEvent => event(kind, { messageId: 'm', endpoint: LINE, attempt });
  const queued = event('lambda.AsyncQueued', { requestId: 'r' });
  it.each([
    ['a delivery that begins twice', () => [delivery('sns.DeliveryStarted'), delivery('sns.DeliveryStarted', 2)], /on its way/],
    ['a retry that skips a number', () => [delivery('sns.DeliveryStarted'), delivery('sns.DeliveryFailed'), delivery('sns.DeliveryStarted', 3)], /attempt 3 comes after attempt 1/],
    ['a delivery that ends twice', () => [delivery('sns.DeliveryStarted'), delivery('sns.Delivered'), delivery('sns.DeadLettered')], /over already/],
    ['an end without a beginning', () => [delivery('sns.Delivered')], /never began/],
    ['an event delivered twice without a replay', () => [event('events.EventReceived', { eventId: 'e' }), ...[1, 2].map(() => event('events.DeliveryStarted', { eventId: 'e', rule: 'r', target: LINE, attempt: 1 }))], /attempt 1 comes after/],
    ['an event that runs again after its success', () => [queued, event('lambda.InvocationSucceeded', { requestId: 'r' }), event('lambda.InvocationStarted', { requestId: 'r' })], /settled already/],
  ])('tell of %s', (_, events, words) => expect(found(new DeliveryCheck(), events())).toMatch(words));

  it('let an event be delivered once more for a replay', () => {
    const received = (): TraceEvent => event('events.EventReceived', { eventId: 'e' });
    const start = (): TraceEvent => event('events.DeliveryStarted', { eventId: 'e', rule: 'r', target: LINE, attempt: 1 });
    expect(found(new DeliveryCheck(), [received(), start(), received(), start()])).toBeNull();
    expect(found(new DeliveryCheck(), [received(), start(), received(), start(), start()])).toMatch(/begins 3 times/);
  });

  it('tell of an event without a cause, or with one that comes later', () => {
    const lone = { ...sent('a'), seq: 0, cause: [] };
    expect(causeError(lone, 0, undefined)).toMatch(/no cause/);
    expect(causeError({ ...lone, cause: [3] }, 0, undefined)).toMatch(/had not happened/);
    expect(causeError({ ...lone, kind: 'sim.ApiCall' }, 0, undefined)).toBeNull();
  });

  it('know every event of SQS that says where a message is', () => {
    const kinds = Object.keys(models.find(({ id }) => id === 'sqs')!.traceKinds).filter((kind) => /Message|DeadLetter|ReceiveRepeated|Visibility/.test(kind));
    const unknown = kinds.filter((kind) => new MessageCheck().take(event(kind, { messageId: 'none', formerMessageId: 'none' })) === null && kind !== 'sqs.MessageSent');
    expect(unknown).toEqual([]);
  });
});
