/** What a queue tells CloudWatch and the bill, event by event. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';
import { manifest } from './manifest.ts';
import { metricsOf } from './metrics.ts';

const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs';
function queueIn(): TestWorld {
  const cloud = createTestWorld();
  cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs', Attributes: { VisibilityTimeout: '10' } });
  return cloud;
}
const send = (cloud: TestWorld, MessageBody: string, o: object = {}): unknown => cloud.send('sqs', 'SendMessage', { QueueUrl, MessageBody, ...o });
const receive = (cloud: TestWorld, o: object = {}): { Body: string; ReceiptHandle: string }[] => (cloud.send('sqs', 'ReceiveMessage', { QueueUrl, ...o })['Messages'] ?? []) as never;
const last = (cloud: TestWorld, kind: string): Record<string, number> => Object.fromEntries(metricsOf(cloud.events(kind).at(-1)!).map(({ metric, value }) => [metric, value]));

describe('CloudWatch metrics of a queue', () => {
  it('count sends with their bytes, receives, deletes and empty receives, by its name', () => {
    const cloud = queueIn();
    send(cloud, 'äx');
    expect(metricsOf(cloud.events('sqs.MessageSent')[0]!)).toContainEqual({ namespace: 'AWS/SQS', metric: 'SentMessageSize', dimensions: { QueueName: 'jobs' }, value: 3, unit: 'Bytes' });
    const [message] = receive(cloud);
    cloud.send('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle: message!.ReceiptHandle });
    receive(cloud);
    const counted = (kind: string): string[] => Object.keys(last(cloud, kind)).filter((metric) => metric.startsWith('NumberOf'));
    expect(['sqs.MessageSent', 'sqs.MessageReceived', 'sqs.MessageDeleted', 'sqs.ReceivedNothing'].map(counted)).toEqual([['NumberOfMessagesSent'], ['NumberOfMessagesReceived'], ['NumberOfMessagesDeleted'], ['NumberOfEmptyReceives']]);
  });

  it('gauge what is visible, in flight and delayed after each event', () => {
    const cloud = queueIn();
    send(cloud, 'a');
    send(cloud, 'b', { DelaySeconds: 5 });
    expect(last(cloud, 'sqs.MessageSent')).toMatchObject({ ApproximateNumberOfMessagesVisible: 1, ApproximateNumberOfMessagesNotVisible: 0, ApproximateNumberOfMessagesDelayed: 1 });
    receive(cloud);
    expect(last(cloud, 'sqs.MessageReceived')).toMatchObject({ ApproximateNumberOfMessagesVisible: 0, ApproximateNumberOfMessagesNotVisible: 1, ApproximateNumberOfMessagesDelayed: 1 });
    expect(last(cloud, 'sqs.MessageReceived')).not.toHaveProperty('ApproximateNumberOfGroupsWithInflightMessages');
  });

  it('leave a message out of the oldest age that was received three times, and it comes last', () => {
    const cloud = queueIn();
    send(cloud, 'poison');
    cloud.advance(5_000);
    for (let i = 0; i < 3; i++) {
      receive(cloud);
      // Received twice, it is still the oldest; a third time, no longer.
      expect(last(cloud, 'sqs.MessageReceived')['ApproximateAgeOfOldestMessage']).toBe(i < 2 ? 5 + i * 10 : 0);
      cloud.advance(10_000);
    }
    send(cloud, 'young');
    cloud.advance(2_000);
    send(cloud, 'younger');
    expect(last(cloud, 'sqs.MessageSent')['ApproximateAgeOfOldestMessage']).toBe(2);
    receive(cloud, { MaxNumberOfMessages: 1 });
    cloud.advance(10_000);
    expect(receive(cloud, { MaxNumberOfMessages: 10 }).map(({ Body }) => Body)).toEqual(['young', 'younger', 'poison']);
  });
});

describe('The bill of a queue', () => {
  it('has every call, an empty receive too, and each 64 KB of a payload', () => {
    const cloud = queueIn();
    const units = (kind: string): unknown => cloud.events(kind).flatMap((event) => manifest.cost!(event));
    send(cloud, 'x'.repeat(65_536));
    send(cloud, 'x'.repeat(262_144));
    const messages = receive(cloud, { MaxNumberOfMessages: 10 });
    cloud.send('sqs', 'ChangeMessageVisibility', { QueueUrl, ReceiptHandle: messages[0]!.ReceiptHandle, VisibilityTimeout: 1 });
    cloud.send('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle: messages[0]!.ReceiptHandle });
    receive(cloud);
    const request = (quantity: number): object => ({ unit: 'request', quantity });
    expect(['sqs.MessageSent', 'sqs.MessageReceived', 'sqs.VisibilityChanged', 'sqs.MessageDeleted', 'sqs.ReceivedNothing'].map(units)).toEqual([[request(1), request(4)], [request(1), request(4)], [request(1)], [request(1)], [request(1)]]);
  });

  it('has a call about ten messages once, and each 64 KB of all of them together', () => {
    const cloud = queueIn();
    const count = (kind: string): number => cloud.events(kind).flatMap((event) => manifest.cost!(event)).reduce((sum, { quantity }) => sum + quantity, 0);
    const batch = (bytes: number, n: number): object => ({ QueueUrl, Entries: Array.from({ length: n }, (_, i) => ({ Id: `${i}`, MessageBody: 'x'.repeat(bytes) })) });
    cloud.send('sqs', 'SendMessageBatch', batch(1, 10));
    expect(count('sqs.MessageSent')).toBe(1);
    const messages = receive(cloud, { MaxNumberOfMessages: 10 });
    expect([messages.length, count('sqs.MessageReceived')]).toEqual([10, 1]);
    const entries = (o: object): object => ({ QueueUrl, Entries: messages.map(({ ReceiptHandle }, i) => ({ Id: `${i}`, ReceiptHandle, ...o })) });
    cloud.send('sqs', 'ChangeMessageVisibilityBatch', entries({ VisibilityTimeout: 5 }));
    cloud.send('sqs', 'DeleteMessageBatch', entries({}));
    expect([count('sqs.VisibilityChanged'), count('sqs.MessageDeleted')]).toEqual([1, 1]);
    // 3 × 30,000 bytes are two chunks of 64 KB.
    cloud.send('sqs', 'SendMessageBatch', batch(30_000, 3));
    receive(cloud, { MaxNumberOfMessages: 10 });
    expect([count('sqs.MessageSent'), count('sqs.MessageReceived')]).toEqual([3, 3]);
    cloud.send('sqs', 'SendMessage', { QueueUrl, MessageBody: 'alone' });
    expect(cloud.events('sqs.MessageSent').at(-1)!.data).not.toHaveProperty('requests');
  });

  it('has calls of a FIFO queue at their own price, a dropped copy too', () => {
    const cloud = createTestWorld();
    const url = `${QueueUrl}.fifo`;
    cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs.fifo', Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' } });
    for (let i = 0; i < 2; i++) cloud.send('sqs', 'SendMessage', { QueueUrl: url, MessageBody: 'x', MessageGroupId: 'g' });
    expect(['sqs.MessageSent', 'sqs.DuplicateDropped'].map((kind) => cloud.events(kind).flatMap((event) => manifest.cost!(event)))).toEqual([[{ unit: 'fifoRequest', quantity: 1 }], [{ unit: 'fifoRequest', quantity: 1 }]]);
  });
});
