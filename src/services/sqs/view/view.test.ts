/** What a queue says on its card. */
import { describe, expect, it } from 'vitest';
import type { QueueMessageSummary, QueueSummary } from '../model/summary.ts';
import type { LifeMoment } from '../../view-contract.ts';
import { describeQueue, factText, hidingLeft, inStackOrder, lastErrorOf, objectKeyIn, stackItem, whereText } from './facts.ts';
import { view } from './index.tsx';

const message = (changes: Partial<QueueMessageSummary>): QueueMessageSummary => ({ id: 'm', state: 'visible', receiveCount: 0, sentMs: 0, ageMs: 0, untilUs: 0, receivedUs: 0, body: '', bodyChars: 0, senderId: '', attributes: {}, lastSeq: 0, ...changes });
const queue = (changes: Partial<QueueSummary>): QueueSummary => ({ visible: 0, inFlight: 0, delayed: 0, oldestMs: 0, messages: [], fifo: null, noisyGroups: [], visibilityTimeoutSec: 30, retentionSec: 345_600, maxReceiveCount: 3, deadLetterQueueArn: null, deadLetterSources: [], moveTask: null, totals: { sent: 0, received: 0, deleted: 0, deadLettered: 0, emptyReceives: 0 }, ...changes });
const plain = (text: string): string => text.replace(/\u00a0/g, ' ');

describe('a queue card', () => {
  it('shows visible messages first, then those in flight by when they come back, then delayed ones', () => {
    const ids = inStackOrder([message({ id: 'late', state: 'hidden', untilUs: 9 }), message({ id: 'delayed', state: 'delayed', untilUs: 1 }), message({ id: 'soon', state: 'hidden', untilUs: 5 }), message({ id: 'here' })]).map(({ id }) => id);
    expect(ids).toEqual(['here', 'soon', 'late', 'delayed']);
  });

  it('runs the ring down over the visibility timeout, and says when the message is back', () => {
    const hidden = message({ state: 'hidden', receivedUs: 2_000_000, untilUs: 32_000_000, receiveCount: 1 });
    expect([hidingLeft(hidden, 2_000_000), hidingLeft(hidden, 17_000_000), hidingLeft(hidden, 40_000_000)]).toEqual([1, 0.5, 0]);
    expect(plain(whereText(hidden, 20_100_000))).toBe('back in 11.9 s');
    expect(stackItem(hidden, 17_000_000)).toMatchObject({ state: 'in-flight', attempt: 1, remaining: 0.5 });
  });

  it('gives a message that came back the number of its next attempt', () => {
    expect(stackItem(message({ receiveCount: 1 }), 0).attempt).toBe(2);
    expect(stackItem(message({}), 0).attempt).toBeUndefined();
  });

  it('says in the far form what waits, what is in flight, or that it is empty', () => {
    expect([queue({ visible: 4, delayed: 3 }), queue({ inFlight: 2 }), queue({}), queue({ visible: 1, deadLetterSources: ['arn:aws:sqs:::jobs'] })].map(factText)).toEqual(['7 waiting', '2 in flight', 'empty', '1 dead letter']);
  });

  it('turns red with its own name once a dead letter is in it, and only then', () => {
    const node = { id: 'n', service: 'sqs', config: { name: 'jobs-dlq' }, position: { x: 0, y: 0 } };
    const sources = ['arn:aws:sqs:us-east-1:000000000000:jobs'];
    expect(view.head!(node, queue({ deadLetterSources: sources }))).toEqual({ type: 'Dead-letter queue', icon: 'dead-letter', fact: 'empty' });
    expect(view.head!(node, queue({ deadLetterSources: sources, visible: 1 }))).toMatchObject({ tone: 'bad' });
    expect(view.head!(node, queue({ visible: 1 }))).toEqual({ fact: '1 waiting' });
  });

  it('is one sentence for a reader', () => {
    expect(describeQueue('jobs', queue({ visible: 2, inFlight: 1 }))).toBe('jobs, SQS queue. 2 visible, 1 in flight, 0 delayed');
    expect(describeQueue('jobs', queue({}))).toBe('jobs, SQS queue. Nothing waiting');
    expect(describeQueue('dlq', queue({ visible: 1, deadLetterSources: ['a'], messages: [message({ receiveCount: 3, deadLetterSource: 'a' })] }))).toBe('dlq, dead-letter queue. 1 message, the oldest after 3 receives');
  });

  it('of a FIFO queue says so, and how many groups wait for a message in flight', () => {
    const node = { id: 'n', service: 'sqs', config: { name: 'line', FifoQueue: true }, position: { x: 0, y: 0 } };
    const fifo = queue({ visible: 2, inFlight: 1, fifo: { groups: 2, blocked: 1, contentBasedDeduplication: true } });
    expect([view.head!(node, undefined), view.head!(node, fifo)]).toEqual([{ type: 'FIFO queue' }, { type: 'FIFO queue', fact: '2 waiting' }]);
    expect(describeQueue('line', fifo)).toBe('line, FIFO queue. 2 visible, 1 in flight, 0 delayed, 1 group blocked');
    expect(whereText(message({ groupId: 'red', blocked: true }), 0)).toBe('waits for red');
  });

  it('names as last error the first failure of the newest try that failed', () => {
    const moment = (seq: number, kind: string, severity?: 'failure'): LifeMoment => ({ seq, atUs: seq, kind, sentence: kind, ...(severity === undefined ? {} : { severity }) });
    const life = [moment(1, 'sqs.MessageReceived'), moment(2, 'lambda.InvocationTimedOut', 'failure'), moment(3, 'sqs.MessageReceived'), moment(4, 'lambda.InvocationFailed', 'failure'), moment(5, 'lambda.MessagesFailed', 'failure'), moment(6, 'sqs.MessageReceived'), moment(7, 'sqs.MessageDeadLettered', 'failure')];
    expect(lastErrorOf(life)?.seq).toBe(4);
    expect(lastErrorOf(life.slice(0, 1))).toBeUndefined();
  });

  it('finds the object that a message is about, by EventBridge and by notification', () => {
    expect(objectKeyIn('{"detail":{"object":{"key":"in/dog.mp4"}}}')).toBe('in/dog.mp4');
    expect(objectKeyIn('{"Records":[{"s3":{"object":{"key":"a+b.mp4"}}}]}')).toBe('a+b.mp4');
    expect([objectKeyIn('{"detail":3}'), objectKeyIn('hello'), objectKeyIn('{"detail":')]).toEqual([undefined, undefined, undefined]);
  });
});
