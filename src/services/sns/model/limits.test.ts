/** What SNS takes and no more: sizes, names, filter policies, subscriptions, calls a second, and what becomes of a raw message that fits no queue. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';
import { manifest } from './manifest.ts';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:news';
const FIFO = `${TOPIC}.fifo`;
const queueArn = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const queueUrl = (name: string): string => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;
const text = (StringValue: string, DataType = 'String'): object => ({ DataType, StringValue });

function world(): TestWorld {
  const cloud = createTestWorld({ iam: 'off' });
  cloud.send('sns', 'CreateTopic', { Name: 'news' });
  return cloud;
}
function fifoWorld(Attributes: object = {}): TestWorld {
  const cloud = createTestWorld({ iam: 'off' });
  cloud.send('sns', 'CreateTopic', { Name: 'news.fifo', Attributes: { FifoTopic: 'true', ContentBasedDeduplication: 'true', ...Attributes } });
  return cloud;
}
const subscription = (name: string, Attributes: object = {}, TopicArn = TOPIC): object => ({ TopicArn, Protocol: 'sqs', Endpoint: queueArn(name), ReturnSubscriptionArn: true, Attributes });
const publish = (cloud: TestWorld, o: object): unknown => cloud.send('sns', 'Publish', { TopicArn: TOPIC, Message: 'x', ...o });
const refusal = (cloud: TestWorld, o: object) => cloud.failure('sns', 'Publish', { TopicArn: TOPIC, Message: 'x', ...o });

describe('A message of SNS', () => {
  it('has up to 256 KB with its attributes, and so has a batch', () => {
    const cloud = world();
    const more = 'kind'.length + 'String'.length + 'order'.length;
    const MessageAttributes = { kind: text('order') };
    expect(publish(cloud, { Message: 'x'.repeat(262_144 - more), MessageAttributes })).toHaveProperty('MessageId');
    expect(refusal(cloud, { Message: 'x'.repeat(262_145 - more), MessageAttributes })).toMatchObject({ name: 'InvalidParameterException', message: 'Invalid parameter: Message too long' });
    const batch = (bytes: number): object => ({ TopicArn: TOPIC, PublishBatchRequestEntries: [{ Id: 'a', Message: 'x' }, { Id: 'b', Message: 'x'.repeat(bytes - 1 - more), MessageAttributes }] });
    expect(cloud.send('sns', 'PublishBatch', batch(262_144))['Successful']).toHaveLength(2);
    expect(cloud.failure('sns', 'PublishBatch', batch(262_145))).toMatchObject({ name: 'BatchRequestTooLongException', queryCode: 'BatchRequestTooLong' });
  });

  it('has a subject of less than 100 characters', () => {
    const cloud = world();
    expect(publish(cloud, { Subject: 'x'.repeat(99) })).toHaveProperty('MessageId');
    expect(refusal(cloud, { Subject: 'x'.repeat(100) }).message).toBe('Invalid parameter: Subject');
  });

  it.each([
    ['.a', "Invalid message attribute name starting with character '.' was found."],
    ['a.', "Invalid message attribute name ending with character '.' was found."],
    ['a..b', "Message attribute name can not have successive '.' character."],
    ['a b', "Invalid non-alphanumeric character '#x20' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots."],
    ['x'.repeat(257), 'Length of message attribute name must be less than 256 bytes.'],
  ])('has no attribute called %s', (name, message) => {
    expect(refusal(world(), { MessageAttributes: { [name]: text('x') } })).toMatchObject({ name: 'InvalidParameterValueException', queryCode: 'ParameterValueInvalid', message });
  });
});

describe('A filter policy of SNS', () => {
  const refusedPolicy = (policy: object, o: object = {}): string => world().failure('sns', 'Subscribe', subscription('a', { FilterPolicy: JSON.stringify(policy), ...o })).message;

  it.each([1_000_000_000, -1_000_000_000, 0.12345, 999_999_999.99999, 301.5])('compares with %d', (number) => {
    expect(world().send('sns', 'Subscribe', subscription('a', { FilterPolicy: JSON.stringify({ price: [{ numeric: ['=', number] }] }) }))).toHaveProperty('SubscriptionArn');
  });

  it.each([1_000_000_001, -1_000_000_000.5, 1e10, 0.123456, 1e-6])('does not compare with %d', (number) => {
    const start = /^Invalid parameter: Attributes Reason: FilterPolicy: (Value must be between|Only values with up to 5 decimals)/;
    expect(refusedPolicy({ price: [{ numeric: ['>', 0, '<', number].slice(number > 0 ? 0 : 2) }] })).toMatch(start);
    expect(refusedPolicy({ order: { price: [{ numeric: ['=', number] }] } }, { FilterPolicyScope: 'MessageBody' })).toMatch(start);
  });

  it('has up to 256 KB', () => {
    const policy = (bytes: number): object => ({ kind: ['x'.repeat(bytes - '{"kind":[""]}'.length)] });
    expect(world().send('sns', 'Subscribe', subscription('a', { FilterPolicy: JSON.stringify(policy(262_144)) }))).toHaveProperty('SubscriptionArn');
    expect(refusedPolicy(policy(262_145))).toContain('FilterPolicy: ');
  });

  it('is one of 200 of a topic', () => {
    const cloud = world();
    const FilterPolicy = '{"kind":["order"]}';
    const arns = Array.from({ length: 200 }, (_, i) => String(cloud.send('sns', 'Subscribe', subscription(`q${i}`, { FilterPolicy }))['SubscriptionArn']));
    const full = { name: 'FilterPolicyLimitExceededException', queryCode: 'FilterPolicyLimitExceeded', status: 403 };
    expect(cloud.failure('sns', 'Subscribe', subscription('more', { FilterPolicy }))).toMatchObject(full);
    const { SubscriptionArn } = cloud.send('sns', 'Subscribe', subscription('more'));
    const set = (arn: unknown, AttributeValue: string): object => ({ SubscriptionArn: arn, AttributeName: 'FilterPolicy', AttributeValue });
    expect(cloud.failure('sns', 'SetSubscriptionAttributes', set(SubscriptionArn, FilterPolicy))).toMatchObject(full);
    // One that is there may change, be asked for again, or make room.
    cloud.send('sns', 'SetSubscriptionAttributes', set(arns[0], '{"kind":["other"]}'));
    expect(cloud.send('sns', 'Subscribe', subscription('q1', { FilterPolicy }))['SubscriptionArn']).toBe(arns[1]);
    cloud.send('sns', 'SetSubscriptionAttributes', set(arns[0], '{}'));
    expect(cloud.send('sns', 'SetSubscriptionAttributes', set(SubscriptionArn, FilterPolicy))).toEqual({});
  });
});

describe('A subscription of SNS', () => {
  it('is one of 100 of a FIFO topic', () => {
    const cloud = fifoWorld();
    for (let i = 0; i < 100; i++) cloud.send('sns', 'Subscribe', subscription(`q${i}.fifo`, {}, FIFO));
    expect(cloud.failure('sns', 'Subscribe', subscription('more.fifo', {}, FIFO))).toMatchObject({ name: 'SubscriptionLimitExceededException', queryCode: 'SubscriptionLimitExceeded', status: 403 });
  });

  it.each([
    ['another account', queueArn('dead').replace('000000000000', '111122223333')],
    ['another Region', queueArn('dead').replace('us-east-1', 'eu-west-1')],
    ['a topic', TOPIC],
    ['a FIFO queue, for a standard topic', queueArn('dead.fifo')],
  ])('has no dead-letter queue in %s', (_, deadLetterTargetArn) => {
    expect(world().failure('sns', 'Subscribe', subscription('a', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn }) })).message).toMatch(/^Invalid parameter: Attributes Reason: RedrivePolicy: /);
  });

  it('with raw delivery keeps a message of eleven attributes in its dead-letter queue, in the envelope', () => {
    const cloud = world();
    for (const QueueName of ['a', 'dead']) cloud.send('sqs', 'CreateQueue', { QueueName });
    cloud.send('sns', 'Subscribe', subscription('a', { RawMessageDelivery: 'true', RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dead') }) }));
    const attributes = (count: number): object => Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, text('x')]));
    publish(cloud, { Message: 'ten', MessageAttributes: attributes(10) });
    publish(cloud, { Message: 'eleven', MessageAttributes: attributes(11) });
    cloud.untilIdle();
    const bodies = (name: string): string[] => ((cloud.send('sqs', 'ReceiveMessage', { QueueUrl: queueUrl(name), MaxNumberOfMessages: 10 })['Messages'] ?? []) as { Body: string }[]).map(({ Body }) => Body);
    expect(bodies('a')).toEqual(['ten']);
    const dead = bodies('dead').map((body) => JSON.parse(body) as { Message: string; MessageAttributes: object });
    expect(dead.map(({ Message, MessageAttributes }) => [Message, Object.keys(MessageAttributes).length])).toEqual([['eleven', 11]]);
    expect(cloud.events('sns.DeliveryFailed').map(({ data }) => [data['attempt'], data['phase']])).toEqual([[1, 'none']]);
  });
});

describe('A FIFO topic of SNS', () => {
  const batch = (i: number, group = 'g'): object => ({ TopicArn: FIFO, PublishBatchRequestEntries: Array.from({ length: 10 }, (_, k) => ({ Id: `e${k}`, Message: `${i}.${k}`, MessageGroupId: group })) });
  const one = (MessageGroupId = 'g'): object => ({ TopicArn: FIFO, Message: 'x', MessageGroupId });

  it('takes 300 calls a second, a batch as one', () => {
    const cloud = fifoWorld();
    for (let i = 0; i < 300; i++) cloud.send('sns', 'PublishBatch', batch(i));
    expect(cloud.failure('sns', 'Publish', one())).toMatchObject({ name: 'ThrottledException', queryCode: 'Throttled', status: 429, retryable: true });
    cloud.advance(1_000);
    expect(cloud.send('sns', 'Publish', one())).toHaveProperty('SequenceNumber');
  });

  it('takes as many of each group with FifoThroughputScope MessageGroup, and tells messages apart by group', () => {
    const cloud = fifoWorld({ FifoThroughputScope: 'MessageGroup' });
    for (let i = 0; i < 300; i++) cloud.send('sns', 'PublishBatch', batch(i, 'a'));
    expect(cloud.failure('sns', 'Publish', one('a')).name).toBe('ThrottledException');
    const ids = ['b', 'c', 'b'].map((group) => cloud.send('sns', 'Publish', one(group))['MessageId']);
    expect([ids[0] === ids[1], ids[0] === ids[2]]).toEqual([false, true]);
  });

  it('is paid by message and by byte, a standard topic by each 64 KB', () => {
    const cost = (cloud: TestWorld): unknown => cloud.events('sns.MessagePublished').flatMap((event) => manifest.cost!(event));
    const fifo = fifoWorld();
    fifo.send('sns', 'Publish', { ...one(), Message: 'x'.repeat(70_000) });
    expect(cost(fifo)).toEqual([{ unit: 'fifoPublish', quantity: 1 }, { unit: 'fifoByte', quantity: 70_000 }]);
    const standard = world();
    publish(standard, { Message: 'x'.repeat(65_537) });
    expect(cost(standard)).toEqual([{ unit: 'publish', quantity: 2 }]);
  });
});
