/** Receipt handles that are late, used twice or of another queue, changes of visibility, and how many messages may be in flight. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';
import { messagesOf, putMessage } from './message-store.ts';
import { contentOf } from './messages.ts';
import type { SqsState } from './state.ts';

const urlOf = (name: string): string => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;
const FIFO = { FifoQueue: 'true', ContentBasedDeduplication: 'true' };

interface Received {
  readonly Body: string;
  readonly ReceiptHandle: string;
  readonly Attributes: Record<string, string>;
}
/** The verbs of one queue. */
function queueIn(QueueName: string, Attributes: object = {}, cloud: TestWorld = createTestWorld()) {
  const QueueUrl = urlOf(QueueName);
  const group = QueueName.endsWith('.fifo') ? { MessageGroupId: 'g' } : {};
  cloud.send('sqs', 'CreateQueue', { QueueName, Attributes: { ...Attributes, ...('MessageGroupId' in group ? FIFO : {}) } });
  return {
    cloud,
    send: (MessageBody: string, o: object = {}) => cloud.send('sqs', 'SendMessage', { QueueUrl, MessageBody, ...group, ...o }),
    receive: (o: object = {}) =>
      (cloud.send('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10, AttributeNames: ['All'], ...o })['Messages'] ?? []) as Received[],
    poll: (WaitTimeSeconds: number) => cloud.start('sqs', 'ReceiveMessage', { QueueUrl, WaitTimeSeconds }),
    remove: (ReceiptHandle: string) => cloud.send('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle }),
    removal: (ReceiptHandle: string) => cloud.failure('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle }),
    change: (ReceiptHandle: string, VisibilityTimeout: number) => cloud.send('sqs', 'ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout }),
    refusedChange: (ReceiptHandle: string, VisibilityTimeout: number) =>
      cloud.failure('sqs', 'ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout }),
    counts: () =>
      Object.values(
        cloud.send('sqs', 'GetQueueAttributes', {
          QueueUrl,
          AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed'],
        })['Attributes'] as Record<string, string>,
      ),
    purge: () => cloud.send('sqs', 'PurgeQueue', { QueueUrl }),
    set: (changed: object) => cloud.send('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: changed }),
  };
}

describe('A late receipt handle', () => {
  it('of a standard queue deletes the message that nobody received again', () => {
    const queue = queueIn('jobs', { VisibilityTimeout: '1' });
    queue.send('x');
    const [message] = queue.receive();
    queue.cloud.advance(5_000);
    expect(queue.counts()).toEqual(['1', '0', '0']);
    queue.remove(message!.ReceiptHandle);
    expect([queue.counts(), queue.receive()]).toEqual([['0', '0', '0'], []]);
  });

  it('of a standard queue may change visibility, to no effect (recorded)', () => {
    const queue = queueIn('jobs', { VisibilityTimeout: '1' });
    queue.send('x');
    const [message] = queue.receive();
    queue.cloud.advance(1_000);
    expect(queue.change(message!.ReceiptHandle, 30)).toEqual({});
    expect(queue.receive()).toHaveLength(1);
  });

  it('of a FIFO queue deletes nothing, hides nothing, and leaves its group to the newest one', () => {
    const queue = queueIn('jobs.fifo', { VisibilityTimeout: '1' });
    for (const body of ['1', '2']) queue.send(body);
    const [late] = queue.receive({ MaxNumberOfMessages: 1 });
    queue.cloud.advance(1_000);
    expect(queue.removal(late!.ReceiptHandle)).toMatchObject({
      name: 'InvalidParameterValue',
      message: `Value ${late!.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
    });
    expect(queue.refusedChange(late!.ReceiptHandle, 10)).toMatchObject({ name: 'InvalidParameterValue', status: 400 });
    const [again] = queue.receive({ MaxNumberOfMessages: 1, VisibilityTimeout: 30 });
    expect(again).toMatchObject({ Body: '1', Attributes: { ApproximateReceiveCount: '2' } });
    expect(queue.removal(late!.ReceiptHandle).message).toMatch(/has expired/);
    expect(queue.receive()).toEqual([]);
    queue.remove(again!.ReceiptHandle);
    expect(queue.receive().map(({ Body }) => Body)).toEqual(['2']);
  });
});

describe('A receipt handle', () => {
  it.each(['jobs', 'jobs.fifo'])('deletes twice without an error: %s', (name) => {
    const queue = queueIn(name);
    queue.send('x');
    const [message] = queue.receive();
    for (let i = 0; i < 2; i++) expect(queue.remove(message!.ReceiptHandle)).toEqual({});
    expect(queue.cloud.events('sqs.MessageDeleted')).toHaveLength(1);
  });

  it('of another queue is none', () => {
    const queue = queueIn('jobs');
    const other = queueIn('others', {}, queue.cloud);
    queue.send('x');
    const [message] = queue.receive();
    expect(other.removal(message!.ReceiptHandle)).toMatchObject({ name: 'ReceiptHandleIsInvalid', status: 404 });
    expect(queue.counts()).toEqual(['0', '1', '0']);
  });
});

describe('A change of visibility', () => {
  it('holds for that receive only: the next one has the queue’s timeout again', () => {
    const queue = queueIn('jobs', { VisibilityTimeout: '10' });
    queue.send('x');
    queue.change(queue.receive()[0]!.ReceiptHandle, 1);
    queue.cloud.advance(1_000);
    expect(queue.receive()).toHaveLength(1);
    queue.cloud.advance(9_999);
    expect(queue.receive()).toEqual([]);
    queue.cloud.advance(1);
    expect(queue.receive()).toHaveLength(1);
  });

  it('adds up to 12 hours from the receive, over several changes, in both kinds of queue', () => {
    for (const name of ['jobs', 'jobs.fifo']) {
      const queue = queueIn(name);
      queue.send('x');
      const handle = queue.receive()[0]!.ReceiptHandle;
      for (let hours = 1; hours < 12; hours++) {
        queue.change(handle, 3_600);
        queue.cloud.advance(3_599_000);
      }
      // 11 × 3,599 s are over.
      const left = 43_200 - 11 * 3_599;
      expect(queue.refusedChange(handle, left + 1).message).toContain('Total VisibilityTimeout for the message is beyond the limit [43200 seconds]');
      queue.change(handle, left);
    }
  });

  it('to 0 in a FIFO group gives it up at once: the message comes first again, to a poll that waits too', () => {
    const queue = queueIn('jobs.fifo');
    for (const body of ['1', '2']) queue.send(body);
    const [first] = queue.receive({ MaxNumberOfMessages: 1 });
    const waiting = queue.poll(20);
    queue.cloud.advance(1_000);
    expect(waiting()).toBeUndefined();
    queue.change(first!.ReceiptHandle, 0);
    expect(waiting()?.output?.['Messages']).toMatchObject([{ Body: '1' }]);
    expect(queue.removal(first!.ReceiptHandle).message).toMatch(/has expired/);
  });
});

describe('Messages in flight', () => {
  /** A queue with as many messages in flight as may be, and one more that is visible. Most of them are put there: sending them takes minutes. */
  function full(name: string) {
    const queue = queueIn(name, { VisibilityTimeout: '600' });
    const group = (MessageGroupId: string): object => (name.endsWith('.fifo') ? { MessageGroupId } : {});
    queue.send('in flight', group('a'));
    const [taken] = queue.receive();
    const { queues } = queue.cloud.world.context('sqs').state as SqsState;
    const inside = queues.get(name)!;
    const [likeAll] = messagesOf(inside.messages);
    const rest = { deadLetteredMs: undefined, deadLetterSource: undefined, firstReceivedMs: undefined, handle: undefined, state: 'hidden', sentMs: likeAll!.sentMs, untilUs: likeAll!.untilUs, receivedUs: 0, lastSeq: 0 } as const;
    const copy = { ...contentOf(likeAll!), ...rest, number: 0 };
    for (let i = 1; i < 119_999; i++) {
      copy.number = inside.nextNumber++;
      putMessage(inside.messages, copy);
    }
    inside.hiddenCount = inside.messages.size;
    queue.send('the last one', group('b'));
    queue.send('one more', group('c'));
    expect(queue.receive({ MaxNumberOfMessages: 10 }).map(({ Body }) => Body)).toEqual(['the last one']);
    return { ...queue, taken: taken! };
  }

  it('are 120,000 in a standard queue: a short poll fails, a long poll waits until there is room', () => {
    const queue = full('jobs');
    expect(queue.cloud.failure('sqs', 'ReceiveMessage', { QueueUrl: urlOf('jobs') })).toMatchObject({ name: 'OverLimit', status: 403 });
    const patient = queue.poll(20);
    queue.cloud.advance(19_999);
    expect(patient()).toBeUndefined();
    queue.cloud.advance(1);
    expect(patient()?.output).toEqual({});
    const waiting = queue.poll(20);
    queue.cloud.advance(3_000);
    queue.remove(queue.taken.ReceiptHandle);
    expect(waiting()?.output?.['Messages']).toMatchObject([{ Body: 'one more' }]);
  });

  it('are 120,000 in a FIFO queue too, where no poll fails', () => {
    const queue = full('jobs.fifo');
    expect(queue.receive()).toEqual([]);
    queue.change(queue.taken.ReceiptHandle, 0);
    expect(queue.receive({ MaxNumberOfMessages: 1 })).toHaveLength(1);
    expect(queue.receive()).toEqual([]);
  });
});

describe('A purge', () => {
  it('takes what is visible, in flight and delayed, and is allowed again after 60 seconds', () => {
    const queue = queueIn('jobs', { VisibilityTimeout: '30' });
    queue.send('in flight');
    const [message] = queue.receive();
    queue.send('visible');
    queue.send('delayed', { DelaySeconds: 10 });
    expect(queue.counts()).toEqual(['1', '1', '1']);
    queue.purge();
    expect(queue.counts()).toEqual(['0', '0', '0']);
    queue.remove(message!.ReceiptHandle);
    queue.cloud.advance(59_999);
    expect([queue.receive(), queue.counts()]).toEqual([[], ['0', '0', '0']]);
    expect(queue.cloud.failure('sqs', 'PurgeQueue', { QueueUrl: urlOf('jobs') })).toMatchObject({
      name: 'PurgeQueueInProgress',
      status: 403,
      message: 'Only one PurgeQueue operation on jobs is allowed every 60 seconds.',
    });
    queue.cloud.advance(1);
    expect(queue.purge()).toEqual({});
  });
});

describe('A delay', () => {
  it('of a standard queue that changes does not touch what is delayed already', () => {
    const queue = queueIn('jobs', { DelaySeconds: '10' });
    queue.send('old');
    queue.set({ DelaySeconds: '0' });
    queue.send('new');
    expect(queue.receive().map(({ Body }) => Body)).toEqual(['new']);
    queue.cloud.advance(10_000);
    expect(queue.receive().map(({ Body }) => Body)).toEqual(['old']);
  });

  it('that ends with a visibility timeout gives the older message first', () => {
    const queue = queueIn('jobs');
    queue.send('delayed', { DelaySeconds: 5 });
    queue.send('hidden');
    queue.receive({ VisibilityTimeout: 5 });
    queue.cloud.advance(5_000);
    expect(queue.receive().map(({ Body }) => Body)).toEqual(['hidden', 'delayed']);
  });
});
