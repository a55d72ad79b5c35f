/** FIFO queues as AWS was observed: groups, deduplication, handles, texts of refusals. */
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../base/hash.ts';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

interface Received {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly Attributes: Record<string, string>;
}
const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/orders.fifo';

function fifoIn(attributes: Record<string, string> = {}, name = 'orders.fifo', cloud: TestWorld = createTestWorld()): TestWorld {
  cloud.send('sqs', 'CreateQueue', { QueueName: name, Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true', ...attributes } });
  return cloud;
}
const send = (cloud: TestWorld, body: string, group = 'g', o: object = {}): Record<string, unknown> => cloud.send('sqs', 'SendMessage', { QueueUrl: URL, MessageBody: body, MessageGroupId: group, ...o });
const receive = (cloud: TestWorld, o: object = {}, url = URL): Received[] => (cloud.send('sqs', 'ReceiveMessage', { QueueUrl: url, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'], ...o })['Messages'] ?? []) as Received[];
const bodies = (cloud: TestWorld, o: object = {}): string[] => receive(cloud, o).map(({ Body }) => Body);
const remove = (cloud: TestWorld, message: Received): void => void cloud.send('sqs', 'DeleteMessage', { QueueUrl: URL, ReceiptHandle: message.ReceiptHandle });
const change = (cloud: TestWorld, message: Received, VisibilityTimeout: number): void => void cloud.send('sqs', 'ChangeMessageVisibility', { QueueUrl: URL, ReceiptHandle: message.ReceiptHandle, VisibilityTimeout });

describe('SQS FIFO groups', () => {
  it('hand out one group in order, then others, and hold a group back while a message of it is in flight', () => {
    const cloud = fifoIn();
    for (const [body, group] of [['a1', 'a'], ['b1', 'b'], ['a2', 'a'], ['a3', 'a']] as const) send(cloud, body, group);
    const first = receive(cloud, { MaxNumberOfMessages: 2 });
    expect(first.map(({ Body }) => Body)).toEqual(['a1', 'a2']);
    expect(bodies(cloud)).toEqual(['b1']);
    remove(cloud, first[0]!);
    expect(bodies(cloud)).toEqual([]);
    remove(cloud, first[1]!);
    expect(bodies(cloud)).toEqual(['a3']);
  });

  it('are readable up to the first member in flight: released alone, the first comes, later ones do not (recorded)', () => {
    const cloud = fifoIn();
    for (const body of ['1', '2', '3']) send(cloud, body);
    const [one, two, three] = receive(cloud);
    change(cloud, three!, 0);
    change(cloud, two!, 0);
    expect(bodies(cloud)).toEqual([]);
    change(cloud, one!, 0);
    const again = receive(cloud);
    expect(again.map(({ Body }) => Body)).toEqual(['1', '2', '3']);
    change(cloud, again[0]!, 0);
    expect(bodies(cloud)).toEqual(['1']);
  });

  it('come again in their order after a timeout (SQS-072), and the group that was received from goes to the back (SQS-073)', () => {
    const cloud = fifoIn();
    for (const [body, group] of [['a', 'g1'], ['b', 'g1'], ['c', 'g2'], ['d', 'g3']] as const) send(cloud, body, group);
    expect(bodies(cloud, { MaxNumberOfMessages: 3, VisibilityTimeout: 5 })).toEqual(['a', 'b', 'c']);
    cloud.advance(5_000);
    expect(bodies(cloud)).toEqual(['d', 'a', 'b', 'c']);
  });

  it('give a new message of an emptied group at once (SQS-074)', () => {
    const cloud = fifoIn();
    send(cloud, 'a');
    remove(cloud, receive(cloud)[0]!);
    send(cloud, 'b');
    expect(bodies(cloud)).toEqual(['b']);
  });

  it('answer a waiting poll when the message that held its group back is deleted', () => {
    const cloud = fifoIn();
    send(cloud, '1');
    const [one] = receive(cloud);
    send(cloud, '2');
    const waiting = cloud.start('sqs', 'ReceiveMessage', { QueueUrl: URL, WaitTimeSeconds: 20 });
    cloud.advance(1_000);
    expect(waiting()).toBeUndefined();
    remove(cloud, one!);
    expect(waiting()?.output?.['Messages']).toMatchObject([{ Body: '2' }]);
  });

  it('let the next messages proceed when one goes to the dead-letter queue, which begins its retention anew', () => {
    const cloud = fifoIn({}, 'dead.fifo');
    fifoIn({ RedrivePolicy: JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead.fifo', maxReceiveCount: 1 }) }, 'orders.fifo', cloud);
    const sent = send(cloud, 'poison');
    send(cloud, 'next');
    expect(bodies(cloud, { MaxNumberOfMessages: 1, VisibilityTimeout: 5 })).toEqual(['poison']);
    cloud.advance(60_000);
    expect(bodies(cloud)).toEqual(['next']);
    const [dead] = receive(cloud, {}, URL.replace('orders', 'dead'));
    expect(dead).toMatchObject({ MessageId: sent['MessageId'], Body: 'poison', Attributes: { ApproximateReceiveCount: '2', MessageGroupId: 'g', SentTimestamp: String(1_767_225_600_000 + 60_000), DeadLetterQueueSourceArn: 'arn:aws:sqs:us-east-1:000000000000:orders.fifo' } });
  });
});

describe('SQS FIFO deduplication', () => {
  it('takes a repeated send for five minutes as sent, with the ids of the first, also after receive and delete', () => {
    const cloud = fifoIn();
    const first = send(cloud, 'x');
    remove(cloud, receive(cloud)[0]!);
    cloud.advance(299_999);
    expect(send(cloud, 'x')).toMatchObject({ MessageId: first['MessageId'], SequenceNumber: first['SequenceNumber'] });
    expect(bodies(cloud)).toEqual([]);
    expect(cloud.events('sqs.DuplicateDropped').length).toBe(1);
    cloud.advance(1);
    expect(send(cloud, 'x')['MessageId']).not.toBe(first['MessageId']);
    expect(bodies(cloud)).toEqual(['x']);
  });

  it('hashes the body alone, and an explicit id overrides it and may be that hash', () => {
    const cloud = fifoIn();
    send(cloud, 'x', 'g', { MessageAttributes: { a: { DataType: 'String', StringValue: '1' } } });
    send(cloud, 'x', 'g', { MessageAttributes: { a: { DataType: 'String', StringValue: '2' } } });
    send(cloud, 'y', 'g', { MessageDeduplicationId: sha256Hex('x') });
    send(cloud, 'x', 'g', { MessageDeduplicationId: 'other' });
    expect(receive(cloud).map(({ Body, Attributes }) => [Body, Attributes['MessageDeduplicationId']])).toEqual([['x', sha256Hex('x')], ['x', 'other']]);
  });

  it('ignores the group by default, and looks at it with DeduplicationScope messageGroup', () => {
    const queue = fifoIn();
    for (const group of ['a', 'b']) send(queue, 'x', group, { MessageDeduplicationId: '1' });
    expect(bodies(queue)).toEqual(['x']);
    const group = fifoIn({ DeduplicationScope: 'messageGroup' });
    for (const id of ['a', 'b', 'a']) send(group, 'x', id, { MessageDeduplicationId: '1' });
    expect(bodies(group)).toEqual(['x', 'x']);
  });

  it('is forgotten by a purge', () => {
    const cloud = fifoIn();
    send(cloud, 'x');
    cloud.send('sqs', 'PurgeQueue', { QueueUrl: URL });
    send(cloud, 'x');
    expect(bodies(cloud)).toEqual(['x']);
  });
});

describe('SQS FIFO messages', () => {
  it('carry group, deduplication id and a growing number of 20 digits (SQS-019)', () => {
    const cloud = fifoIn();
    const numbers = ['1', '2', '3'].map((body) => String(send(cloud, body)['SequenceNumber']));
    expect(numbers.every((number) => /^\d{20}$/.test(number))).toBe(true);
    expect([...numbers].sort()).toEqual(numbers);
    expect(receive(cloud)[1]!.Attributes).toMatchObject({ MessageGroupId: 'g', MessageDeduplicationId: sha256Hex('2'), SequenceNumber: numbers[1] });
  });

  it('cannot be deleted with a handle whose timeout is over, unless it was extended (SQS-032)', () => {
    const cloud = fifoIn();
    send(cloud, 'x');
    const [late] = receive(cloud, { VisibilityTimeout: 1 });
    cloud.advance(1_000);
    expect(cloud.failure('sqs', 'DeleteMessage', { QueueUrl: URL, ReceiptHandle: late!.ReceiptHandle })).toMatchObject({ name: 'InvalidParameterValue', message: `Value ${late!.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.` });
    const [kept] = receive(cloud, { VisibilityTimeout: 1 });
    change(cloud, kept!, 30);
    cloud.advance(5_000);
    remove(cloud, kept!);
    cloud.advance(60_000);
    expect(bodies(cloud)).toEqual([]);
  });

  it('are given again, hidden anew, for the same ReceiveRequestAttemptId, until one of them was deleted or five minutes are over', () => {
    const cloud = fifoIn();
    for (const body of ['1', '2']) send(cloud, body);
    const attempt = { ReceiveRequestAttemptId: 'try', VisibilityTimeout: 30 };
    const first = receive(cloud, attempt);
    cloud.advance(20_000);
    expect(receive(cloud, attempt).map(({ ReceiptHandle }) => ReceiptHandle)).toEqual(first.map(({ ReceiptHandle }) => ReceiptHandle));
    cloud.advance(29_000);
    expect(bodies(cloud)).toEqual([]);
    remove(cloud, first[0]!);
    expect(bodies(cloud, attempt)).toEqual([]);
  });

  it('wait for the delay of the queue only, and a new delay holds for those that wait', () => {
    const cloud = fifoIn({ DelaySeconds: '10' });
    send(cloud, 'x', 'g', { DelaySeconds: 0 });
    cloud.advance(9_000);
    expect(bodies(cloud)).toEqual([]);
    cloud.send('sqs', 'SetQueueAttributes', { QueueUrl: URL, Attributes: { DelaySeconds: '20' } });
    cloud.advance(10_999);
    expect(bodies(cloud)).toEqual([]);
    cloud.send('sqs', 'SetQueueAttributes', { QueueUrl: URL, Attributes: { DelaySeconds: '0' } });
    expect(bodies(cloud)).toEqual(['x']);
  });

  it('let their group go on when they are over their retention', () => {
    const cloud = fifoIn({ MessageRetentionPeriod: '60' });
    send(cloud, 'old');
    receive(cloud, { VisibilityTimeout: 600 });
    cloud.advance(30_000);
    send(cloud, 'new');
    cloud.advance(15_000);
    const waiting = cloud.start('sqs', 'ReceiveMessage', { QueueUrl: URL, WaitTimeSeconds: 20 });
    cloud.advance(14_999);
    expect(waiting()).toBeUndefined();
    cloud.advance(1);
    expect(waiting()?.output?.['Messages']).toMatchObject([{ Body: 'new' }]);
  });
});

describe('SQS FIFO refusals', () => {
  it('say what a send lacks (SQS-061)', () => {
    const cloud = fifoIn({ ContentBasedDeduplication: 'false' });
    const failure = (input: object) => cloud.failure('sqs', 'SendMessage', { QueueUrl: URL, MessageBody: 'x', ...input });
    expect(failure({})).toMatchObject({ name: 'MissingParameter', message: 'The request must contain the parameter MessageGroupId.' });
    expect(failure({ MessageGroupId: 'g' })).toMatchObject({ name: 'InvalidParameterValue', message: 'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly' });
    expect(failure({ MessageGroupId: 'group 123', MessageDeduplicationId: 'd' }).message).toBe('Value group 123 for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.');
    expect(failure({ MessageGroupId: 'g', MessageDeduplicationId: 'd', DelaySeconds: 2 }).message).toBe('Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.');
    expect(cloud.failure('sqs', 'SendMessageBatch', { QueueUrl: URL, Entries: [{ Id: '1', MessageBody: 'x' }] })).toMatchObject({ name: 'InvalidParameterValue', message: 'The request must contain the parameter MessageGroupId.' });
    expect(cloud.failure('sqs', 'SendMessageBatch', { QueueUrl: URL, Entries: [{ Id: '1', MessageBody: 'x', MessageGroupId: 'g' }] }).name).toBe('InvalidParameterValue');
  });

  it('keep names and kinds of queues together (SQS-022, SQS-023)', () => {
    const cloud = fifoIn();
    const create = (QueueName: string, Attributes: object) => cloud.failure('sqs', 'CreateQueue', { QueueName, Attributes });
    expect(create('a.fifo', {}).name).toBe('InvalidParameterValue');
    expect(create('a', { FifoQueue: 'true' }).name).toBe('InvalidParameterValue');
    expect(create('a', { FifoQueue: 'false' })).toMatchObject({ name: 'InvalidAttributeName', message: 'Unknown Attribute FifoQueue.' });
    expect(create('a', { ContentBasedDeduplication: 'true' })).toMatchObject({ name: 'InvalidAttributeName', message: 'Unknown Attribute ContentBasedDeduplication.' });
    expect(create('a', { DeduplicationScope: 'queue' }).message).toBe('You can specify the DeduplicationScope only when FifoQueue is set to true.');
    expect(create(`${'a'.repeat(76)}.fifo`, { FifoQueue: 'true' }).name).toBe('InvalidParameterValue');
    expect(cloud.failure('sqs', 'SetQueueAttributes', { QueueUrl: URL, Attributes: { FifoQueue: 'false' } })).toMatchObject({ name: 'InvalidAttributeValue', message: 'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.' });
    expect(cloud.send('sqs', 'SetQueueAttributes', { QueueUrl: URL, Attributes: { FifoQueue: 'true' } })).toEqual({});
    const { QueueUrl } = cloud.send('sqs', 'CreateQueue', { QueueName: 'plain' });
    expect(cloud.failure('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { FifoQueue: 'true' } })).toMatchObject({ name: 'InvalidAttributeName', message: 'Unknown Attribute FifoQueue.' });
    expect(create('b.fifo', { FifoQueue: 'true', FifoThroughputLimit: 'perMessageGroupId' }).name).toBe('InvalidAttributeValue');
    cloud.send('sqs', 'CreateQueue', { QueueName: 'c.fifo', Attributes: { FifoQueue: 'true', DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' } });
  });

  it('want a dead-letter queue of the same kind', () => {
    const cloud = fifoIn();
    cloud.send('sqs', 'CreateQueue', { QueueName: 'plain' });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:plain', maxReceiveCount: 3 });
    expect(cloud.failure('sqs', 'SetQueueAttributes', { QueueUrl: URL, Attributes: { RedrivePolicy } }).message).toMatch(/same type of queue/);
  });

  it('throttle the 301st call of a second, and not in high-throughput mode', () => {
    const cloud = fifoIn();
    for (let i = 0; i < 300; i++) send(cloud, `${i}`);
    expect(cloud.failure('sqs', 'SendMessage', { QueueUrl: URL, MessageBody: 'x', MessageGroupId: 'g' })).toMatchObject({ name: 'RequestThrottled', retryable: true });
    expect(receive(cloud).length).toBe(10);
    cloud.advance(1_000);
    send(cloud, 'x');
    const high = fifoIn({ DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' });
    for (let i = 0; i < 600; i++) send(high, `${i}`, `g${i % 3}`);
  });
});
