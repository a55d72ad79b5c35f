/** FIFO queues at their edges: deduplication within a batch and across scopes, attempts, metrics, quotas by Region, dead letters by age. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';
import { metricsOf } from './metrics.ts';

interface Received {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly Attributes: Record<string, string>;
}
const urlOf = (name: string): string => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}.fifo`;
const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}.fifo`;
const QueueUrl = urlOf('orders');
const create = (cloud: TestWorld, name: string, attributes: object = {}): unknown =>
  cloud.send('sqs', 'CreateQueue', { QueueName: `${name}.fifo`, Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true', ...attributes } });
function fifoIn(attributes: object = {}): TestWorld {
  const cloud = createTestWorld();
  create(cloud, 'orders', attributes);
  return cloud;
}
const send = (cloud: TestWorld, MessageBody: string, MessageGroupId = 'g', o: object = {}): Record<string, unknown> =>
  cloud.send('sqs', 'SendMessage', { QueueUrl, MessageBody, MessageGroupId, ...o });
const receive = (cloud: TestWorld, o: object = {}, url = QueueUrl): Received[] =>
  (cloud.send('sqs', 'ReceiveMessage', { QueueUrl: url, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'], ...o })['Messages'] ?? []) as Received[];
const bodies = (cloud: TestWorld, o: object = {}, url = QueueUrl): string[] => receive(cloud, o, url).map(({ Body }) => Body);

describe('SQS FIFO deduplication', () => {
  it('works between the entries of one batch: both succeed with the ids of the first, one arrives', () => {
    const cloud = fifoIn();
    const { Successful, Failed } = cloud.send('sqs', 'SendMessageBatch', {
      QueueUrl,
      Entries: [
        { Id: 'a', MessageBody: 'x', MessageGroupId: 'g' },
        { Id: 'b', MessageBody: 'x', MessageGroupId: 'h' },
        { Id: 'c', MessageBody: 'y', MessageGroupId: 'g' },
      ],
    });
    const [a, b, c] = Successful as { MessageId: string; SequenceNumber: string }[];
    expect(Failed).toBeUndefined();
    expect([b!.MessageId, b!.SequenceNumber]).toEqual([a!.MessageId, a!.SequenceNumber]);
    expect(c!.MessageId).not.toBe(a!.MessageId);
    expect(bodies(cloud)).toEqual(['x', 'y']);
  });

  it('counts five minutes from the send that was accepted, not from those that were dropped', () => {
    const cloud = fifoIn();
    send(cloud, 'x');
    cloud.advance(200_000);
    send(cloud, 'x');
    cloud.advance(100_000);
    send(cloud, 'x');
    expect(cloud.events('sqs.DuplicateDropped')).toHaveLength(1);
    expect(bodies(cloud)).toEqual(['x', 'x']);
  });

  it('by group lets another group in and keeps its own out, also with the throughput limit of the queue', () => {
    const cloud = fifoIn({ DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perQueue' });
    const ids = ['a', 'b', 'a'].map((group) => send(cloud, 'x', group, { MessageDeduplicationId: 'same' })['MessageId']);
    expect(ids[2]).toBe(ids[0]);
    expect(ids[1]).not.toBe(ids[0]);
  });

  it('answers a dropped send with the digests of what was sent, and its body is gone', () => {
    const cloud = fifoIn();
    const first = send(cloud, 'one', 'g', { MessageDeduplicationId: 'd' });
    const second = send(cloud, 'two', 'g', { MessageDeduplicationId: 'd' });
    expect(second).toMatchObject({ MessageId: first['MessageId'], MD5OfMessageBody: 'b8a9f715dbb64fd5c56e7783c6820a61' });
    expect(bodies(cloud)).toEqual(['one']);
  });
});

describe('SQS FIFO batches', () => {
  it('refuse a delay for its entry alone, and take DelaySeconds 0', () => {
    const cloud = fifoIn();
    const answer = cloud.send('sqs', 'SendMessageBatch', {
      QueueUrl,
      Entries: [
        { Id: 'a', MessageBody: 'x', MessageGroupId: 'g', DelaySeconds: 2 },
        { Id: 'b', MessageBody: 'y', MessageGroupId: 'g', DelaySeconds: 0 },
      ],
    });
    expect(answer).toMatchObject({
      Successful: [{ Id: 'b' }],
      Failed: [
        {
          Id: 'a',
          SenderFault: true,
          Code: 'InvalidParameterValue',
          Message: 'Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.',
        },
      ],
    });
  });

  it('bring ten messages of one group in a receive, then those of the next', () => {
    const cloud = fifoIn();
    for (let i = 0; i < 8; i++) send(cloud, `a${i}`, 'a');
    for (let i = 0; i < 4; i++) send(cloud, `b${i}`, 'b');
    expect(bodies(cloud)).toEqual(['a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'b0', 'b1']);
    expect(bodies(cloud)).toEqual([]);
  });
});

describe('SQS ReceiveRequestAttemptId', () => {
  const attempt = { ReceiveRequestAttemptId: 'try', VisibilityTimeout: 600 };

  it('is void once the visibility of one of its messages was changed', () => {
    const cloud = fifoIn();
    for (const group of ['a', 'b']) send(cloud, group, group);
    const [first] = receive(cloud, attempt);
    cloud.send('sqs', 'ChangeMessageVisibility', { QueueUrl, ReceiptHandle: first!.ReceiptHandle, VisibilityTimeout: 500 });
    expect(receive(cloud, attempt)).toEqual([]);
  });

  it('is remembered for five minutes', () => {
    const cloud = fifoIn();
    send(cloud, 'x');
    receive(cloud, attempt);
    cloud.advance(299_999);
    expect(bodies(cloud, attempt)).toEqual(['x']);
    cloud.advance(1);
    expect(bodies(cloud, attempt)).toEqual([]);
  });

  it.each(['', 'x'.repeat(129), 'a b'])('is no %j', (ReceiveRequestAttemptId) => {
    expect(fifoIn().failure('sqs', 'ReceiveMessage', { QueueUrl, ReceiveRequestAttemptId })).toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('is of FIFO queues', () => {
    const cloud = createTestWorld();
    const plain = cloud.send('sqs', 'CreateQueue', { QueueName: 'plain' })['QueueUrl'];
    expect(cloud.failure('sqs', 'ReceiveMessage', { QueueUrl: plain, ReceiveRequestAttemptId: 'try' }).message).toBe(
      'Value try for parameter ReceiveRequestAttemptId is invalid. Reason: The request include parameter that is not valid for this queue type.',
    );
  });
});

describe('SQS FIFO quotas', () => {
  const high = { DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' };

  it('count the calls of each action by itself, and a batch as one', () => {
    const cloud = fifoIn();
    for (let i = 0; i < 300; i++)
      cloud.send('sqs', 'SendMessageBatch', {
        QueueUrl,
        Entries: Array.from({ length: 10 }, (_, k) => ({ Id: `${k}`, MessageBody: `${i}.${k}`, MessageGroupId: `${k}` })),
      });
    expect(cloud.failure('sqs', 'SendMessage', { QueueUrl, MessageBody: 'x', MessageGroupId: 'g' })).toMatchObject({
      name: 'RequestThrottled',
      retryable: true,
    });
    const [message] = receive(cloud);
    for (let i = 0; i < 299; i++) receive(cloud);
    expect(cloud.failure('sqs', 'ReceiveMessage', { QueueUrl }).name).toBe('RequestThrottled');
    expect(cloud.send('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle: message!.ReceiptHandle })).toEqual({});
  });

  it('in high-throughput mode are 300 a group, in batches too', () => {
    const cloud = fifoIn(high);
    for (let i = 0; i < 300; i++)
      cloud.send('sqs', 'SendMessageBatch', {
        QueueUrl,
        Entries: [
          { Id: 'a', MessageBody: `a${i}`, MessageGroupId: 'a' },
          { Id: 'b', MessageBody: `b${i}`, MessageGroupId: 'a' },
        ],
      });
    expect(cloud.failure('sqs', 'SendMessage', { QueueUrl, MessageBody: 'x', MessageGroupId: 'a' }).name).toBe('RequestThrottled');
    expect(send(cloud, 'x', 'b')).toHaveProperty('MessageId');
  });
});

describe('SQS FIFO metrics', () => {
  it('tell how many groups have messages in flight', () => {
    const cloud = fifoIn();
    for (const [body, group] of [
      ['1', 'a'],
      ['2', 'a'],
      ['3', 'b'],
      ['4', 'c'],
    ] as const)
      send(cloud, body, group);
    const value = (kind: string): unknown =>
      metricsOf(cloud.events(kind).at(-1)!).find(({ metric }) => metric === 'ApproximateNumberOfGroupsWithInflightMessages')?.value;
    expect(value('sqs.MessageSent')).toBe(0);
    const [first] = receive(cloud, { MaxNumberOfMessages: 3 });
    expect(value('sqs.MessageReceived')).toBe(2);
    cloud.send('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle: first!.ReceiptHandle });
    expect(value('sqs.MessageDeleted')).toBe(2);
    cloud.advance(30_000);
    expect(value('sqs.MessageVisible')).toBe(0);
  });
});

describe('SQS dead letters', () => {
  it('of a FIFO queue live for the whole retention of theirs, those of a standard queue for what is left of it', () => {
    const cloud = createTestWorld();
    const url = (name: string): string => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;
    for (const [suffix, attributes, group] of [
      ['', {}, {}],
      ['.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' }, { MessageGroupId: 'g' }],
    ] as const) {
      cloud.send('sqs', 'CreateQueue', { QueueName: `dead${suffix}`, Attributes: { MessageRetentionPeriod: '100', ...attributes } });
      cloud.send('sqs', 'CreateQueue', {
        QueueName: `jobs${suffix}`,
        Attributes: {
          VisibilityTimeout: '40',
          RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:us-east-1:000000000000:dead${suffix}`, maxReceiveCount: 1 }),
          ...attributes,
        },
      });
      cloud.send('sqs', 'SendMessage', { QueueUrl: url(`jobs${suffix}`), MessageBody: 'x', ...group });
      cloud.send('sqs', 'ReceiveMessage', { QueueUrl: url(`jobs${suffix}`) });
    }
    cloud.advance(40_000);
    for (const name of ['jobs', 'jobs.fifo']) expect(cloud.send('sqs', 'ReceiveMessage', { QueueUrl: url(name) })).toEqual({});
    cloud.advance(200_000);
    expect(cloud.events('sqs.MessageExpired').map(({ resource, at }) => [resource.split(':').pop(), at / 1_000_000])).toEqual([
      ['dead', 100],
      ['dead.fifo', 140],
    ]);
    // Age counts from the move.
    expect(cloud.events('sqs.DeadLetterArrived').map(({ data }) => data['oldestMs'])).toEqual([0, 0]);
  });

  it('go at once when a poll waits as their last timeout ends, with all they were sent with, and count as no send', () => {
    const cloud = createTestWorld();
    create(cloud, 'dead');
    create(cloud, 'orders', { VisibilityTimeout: '5', RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 1 }) });
    const header = 'Root=1-5759e988-bd862e3fe1be46a994272793';
    const { MessageId } = send(cloud, 'poison', 'g', {
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'order' } },
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: header } },
    });
    receive(cloud);
    cloud.start('sqs', 'ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 });
    cloud.advance(5_000);
    const arrived = cloud.events('sqs.DeadLetterArrived');
    expect(arrived.map(({ at }) => at)).toEqual([5_000_000]);
    expect(metricsOf(arrived[0]!).map(({ metric }) => metric)).not.toContain('NumberOfMessagesSent');
    const [dead] = receive(cloud, { MessageAttributeNames: ['All'] }, urlOf('dead'));
    expect(dead).toMatchObject({
      MessageId,
      Body: 'poison',
      MessageAttributes: { kind: { StringValue: 'order' } },
      Attributes: { AWSTraceHeader: header, ApproximateReceiveCount: '2', DeadLetterQueueSourceArn: arnOf('orders') },
    });
  });

  it('do not reach a queue of that name in another Region or account', () => {
    const cloud = createTestWorld();
    create(cloud, 'dead');
    for (const other of [arnOf('dead').replace('us-east-1', 'eu-west-1'), arnOf('dead').replace('000000000000', '111122223333'), 'dummy', 'dead.fifo']) {
      expect(
        cloud.failure('sqs', 'CreateQueue', {
          QueueName: 'orders.fifo',
          Attributes: { FifoQueue: 'true', RedrivePolicy: JSON.stringify({ deadLetterTargetArn: other, maxReceiveCount: 1 }) },
        }),
      ).toMatchObject({ name: 'InvalidParameterValue' });
    }
    expect(
      cloud.failure('sqs', 'CreateQueue', {
        QueueName: 'orders.fifo',
        Attributes: { FifoQueue: 'true', RedrivePolicy: '{"deadLetterTargetArn": "dummy", "maxReceiveCount": 42}' },
      }).message,
    ).toBe(
      'Value {"deadLetterTargetArn": "dummy", "maxReceiveCount": 42} for parameter RedrivePolicy is invalid. Reason: Invalid value for deadLetterTargetArn.',
    );
  });
});
