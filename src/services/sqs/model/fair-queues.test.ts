/** Fair queues: tenants of a standard queue by MessageGroupId, and whose messages wait for others. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';
import { manifest } from './manifest.ts';
import { metricsOf } from './metrics.ts';

interface Received {
  readonly Body: string;
  readonly ReceiptHandle: string;
}
const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs';
function queueIn(): TestWorld {
  const cloud = createTestWorld();
  cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs', Attributes: { VisibilityTimeout: '3600' } });
  return cloud;
}
const send = (cloud: TestWorld, MessageBody: string, o: object = {}): void => void cloud.send('sqs', 'SendMessage', { QueueUrl: URL, MessageBody, ...o });
const sendMany = (cloud: TestWorld, group: string, count: number): void => {
  for (let i = 0; i < count; i++) send(cloud, `${group} ${i}`, { MessageGroupId: group });
};
const receive = (cloud: TestWorld, o: object = {}): Received[] => (cloud.send('sqs', 'ReceiveMessage', { QueueUrl: URL, MaxNumberOfMessages: 10, ...o })['Messages'] ?? []) as Received[];
const bodies = (cloud: TestWorld, o: object = {}): string[] => receive(cloud, o).map(({ Body }) => Body);
/** Hands out everything of the newest sends. */
const take = (cloud: TestWorld, count: number): Received[] => Array.from({ length: count / 10 }, () => receive(cloud)).flat();

describe('SQS fair queues', () => {
  it('give quiet tenants their turn before a tenant with 30 messages and more than a tenth of all in flight', () => {
    const cloud = queueIn();
    for (let i = 0; i < 60; i++) send(cloud, `loud ${i}`, { MessageGroupId: 'loud' });
    for (let i = 0; i < 3; i++) expect(bodies(cloud).length).toBe(10);
    send(cloud, 'quiet', { MessageGroupId: 'quiet' });
    send(cloud, 'alone');
    expect(bodies(cloud, { MaxNumberOfMessages: 3 })).toEqual(['quiet', 'alone', 'loud 30']);
    expect(bodies(cloud, { MaxNumberOfMessages: 1 })).toEqual(['loud 31']);
  });

  it('hold nothing back and keep no order while nobody is loud', () => {
    const cloud = queueIn();
    for (const group of ['a', 'a', 'b']) send(cloud, group, { MessageGroupId: group });
    expect(bodies(cloud, { MaxNumberOfMessages: 1 })).toEqual(['a']);
    expect(bodies(cloud)).toEqual(['a', 'b']);
  });

  it('want 30 of its own and more than a tenth of all in flight to call a tenant noisy', () => {
    const few = queueIn();
    sendMany(few, 'loud', 40);
    for (let i = 0; i < 29; i++) receive(few, { MaxNumberOfMessages: 1 });
    send(few, 'quiet', { MessageGroupId: 'quiet' });
    expect(bodies(few, { MaxNumberOfMessages: 1 })).toEqual(['loud 29']);
    expect(bodies(few, { MaxNumberOfMessages: 1 })).toEqual(['quiet']);

    const share = queueIn();
    for (let i = 0; i < 270; i++) send(share, `${i}`);
    sendMany(share, 'loud', 40);
    take(share, 300);
    send(share, 'quiet', { MessageGroupId: 'quiet' });
    expect(bodies(share, { MaxNumberOfMessages: 1 })).toEqual(['loud 30']);
    expect(bodies(share, { MaxNumberOfMessages: 1 })).toEqual(['quiet']);
  });

  it('give, of several noisy tenants, the one its turn that has the fewest in flight', () => {
    const cloud = queueIn();
    sendMany(cloud, 'a', 50);
    take(cloud, 50);
    sendMany(cloud, 'b', 40);
    take(cloud, 40);
    sendMany(cloud, 'a', 2);
    sendMany(cloud, 'b', 2);
    expect(bodies(cloud, { MaxNumberOfMessages: 2 })).toEqual(['b 0', 'b 1']);
  });

  it('call a tenant noisy until its backlog is gone, also when less of it is in flight', () => {
    const cloud = queueIn();
    sendMany(cloud, 'loud', 60);
    const taken = take(cloud, 30);
    send(cloud, 'quiet', { MessageGroupId: 'quiet' });
    expect(bodies(cloud, { MaxNumberOfMessages: 1 })).toEqual(['quiet']);
    for (const { ReceiptHandle } of taken) cloud.send('sqs', 'DeleteMessage', { QueueUrl: URL, ReceiptHandle });
    send(cloud, 'quiet again', { MessageGroupId: 'quiet' });
    expect(bodies(cloud, { MaxNumberOfMessages: 1 })).toEqual(['quiet again']);
    take(cloud, 30);
    sendMany(cloud, 'loud', 1);
    send(cloud, 'third', { MessageGroupId: 'quiet' });
    for (const { ReceiptHandle } of receive(cloud)) cloud.send('sqs', 'DeleteMessage', { QueueUrl: URL, ReceiptHandle });
    expect(cloud.events('sqs.MessageDeleted').at(-1)!.data).toMatchObject({ noisyGroups: 0 });
  });

  it('call a tenant quiet again that has sent nothing for five minutes', () => {
    const cloud = queueIn();
    sendMany(cloud, 'loud', 60);
    take(cloud, 30);
    cloud.advance(299_999);
    send(cloud, 'quiet', { MessageGroupId: 'quiet' });
    expect(bodies(cloud, { MaxNumberOfMessages: 1 })).toEqual(['quiet']);
    send(cloud, 'later', { MessageGroupId: 'quiet' });
    cloud.advance(1);
    expect(bodies(cloud, { MaxNumberOfMessages: 1 })).toEqual(['loud 30']);
  });

  it('take the ids that FIFO queues take, and refuse others in the same words', () => {
    const cloud = queueIn();
    send(cloud, 'x', { MessageGroupId: '~'.repeat(128) });
    for (const MessageGroupId of ['group 123', '', 'x'.repeat(129), 'ü']) {
      expect(cloud.failure('sqs', 'SendMessage', { QueueUrl: URL, MessageBody: 'x', MessageGroupId })).toMatchObject({ name: 'InvalidParameterValue', message: `Value ${MessageGroupId} for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.` });
    }
  });

  it('tell CloudWatch of noisy tenants and of what the queue holds beside theirs', () => {
    const cloud = queueIn();
    sendMany(cloud, 'loud', 40);
    take(cloud, 30);
    send(cloud, 'quiet', { MessageGroupId: 'quiet' });
    send(cloud, 'alone');
    receive(cloud, { MaxNumberOfMessages: 1 });
    const last = metricsOf(cloud.events('sqs.MessageReceived').at(-1)!);
    const value = (metric: string): number | undefined => last.find((datum) => datum.metric === metric)?.value;
    expect(['ApproximateNumberOfNoisyGroups', 'ApproximateNumberOfMessagesVisibleInQuietGroups', 'ApproximateNumberOfMessagesNotVisibleInQuietGroups', 'ApproximateNumberOfMessagesVisible'].map(value)).toEqual([1, 1, 1, 11]);
  });

  it('cost a tenth of a dollar more for a million sends with a group', () => {
    const cloud = queueIn();
    send(cloud, 'x'.repeat(65_537), { MessageGroupId: 'a' });
    send(cloud, 'x');
    receive(cloud);
    const bill = ['sqs.MessageSent', 'sqs.MessageReceived'].flatMap((kind) => cloud.events(kind).flatMap((event) => manifest.cost!(event)));
    expect(bill).toEqual([
      { unit: 'request', quantity: 2 }, { unit: 'fairRequest', quantity: 2 }, { unit: 'request', quantity: 1 },
      { unit: 'request', quantity: 2 },
    ]);
  });
});
