/** Topics: fan-out, filters, envelopes, rights, retries, dead letters, order, and what is refused. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';
import { retryWait } from './delivering.ts';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:news';
const queueArn = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const queueUrl = (name: string): string => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;
const letIn = (name: string): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: queueArn(name), Condition: { ArnEquals: { 'aws:SourceArn': TOPIC } } }] });

function world(...queues: readonly string[]): TestWorld {
  const cloud = createTestWorld();
  cloud.send('sns', 'CreateTopic', { Name: 'news' });
  for (const name of queues) cloud.send('sqs', 'CreateQueue', { QueueName: name, Attributes: { Policy: letIn(name) } });
  return cloud;
}
const subscribe = (cloud: TestWorld, name: string, Attributes?: object): string => String(cloud.send('sns', 'Subscribe', { TopicArn: TOPIC, Protocol: 'sqs', Endpoint: queueArn(name), ReturnSubscriptionArn: true, ...(Attributes ? { Attributes } : {}) })['SubscriptionArn']);
const publish = (cloud: TestWorld, Message: string, o: object = {}): Record<string, unknown> => cloud.send('sns', 'Publish', { TopicArn: TOPIC, Message, ...o });
const refused = (cloud: TestWorld, o: object): unknown => cloud.failure('sns', 'Publish', { TopicArn: TOPIC, Message: 'x', ...o });

interface Received {
  readonly Body: string;
  readonly MessageAttributes?: Record<string, { readonly DataType: string; readonly StringValue?: string }>;
}
function received(cloud: TestWorld, name: string): Received[] {
  return (cloud.send('sqs', 'ReceiveMessage', { QueueUrl: queueUrl(name), MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] })['Messages'] ?? []) as Received[];
}
const envelopes = (cloud: TestWorld, name: string): Record<string, unknown>[] => received(cloud, name).map(({ Body }) => JSON.parse(Body) as Record<string, unknown>);
const text = (StringValue: string): object => ({ DataType: 'String', StringValue });

describe('a message of a topic', () => {
  it('goes to every subscription by itself, in an envelope', () => {
    const cloud = world('a', 'b');
    const arn = subscribe(cloud, 'a');
    subscribe(cloud, 'b');
    const { MessageId } = publish(cloud, 'hello', { Subject: 'Hi', MessageAttributes: { kind: text('order') } });
    cloud.untilIdle();
    const [envelope] = envelopes(cloud, 'a');
    expect(envelope).toMatchObject({ Type: 'Notification', MessageId, TopicArn: TOPIC, Subject: 'Hi', Message: 'hello', Timestamp: '2026-01-01T00:00:00.000Z', SignatureVersion: '1', MessageAttributes: { kind: { Type: 'String', Value: 'order' } } });
    expect(envelope?.['UnsubscribeURL']).toBe(`https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${arn}`);
    expect(Object.keys(envelope!)).toEqual(['Type', 'MessageId', 'TopicArn', 'Subject', 'Message', 'Timestamp', 'SignatureVersion', 'Signature', 'SigningCertURL', 'UnsubscribeURL', 'MessageAttributes']);
    expect(envelopes(cloud, 'b')).toHaveLength(1);
    expect(cloud.events('sns.Delivered')).toHaveLength(2);
  });

  it('has no Subject and no MessageAttributes in its envelope when it has none', () => {
    const cloud = world('a');
    subscribe(cloud, 'a');
    publish(cloud, 'hello');
    cloud.untilIdle();
    const [envelope] = envelopes(cloud, 'a');
    expect(envelope).not.toHaveProperty('Subject');
    expect(envelope).not.toHaveProperty('MessageAttributes');
  });

  it('is the bare body with its attributes when delivery is raw', () => {
    const cloud = world('a');
    subscribe(cloud, 'a', { RawMessageDelivery: 'true' });
    publish(cloud, 'hello', { MessageAttributes: { kind: text('order') } });
    cloud.untilIdle();
    expect(received(cloud, 'a')).toMatchObject([{ Body: 'hello', MessageAttributes: { kind: { DataType: 'String', StringValue: 'order' } } }]);
  });

  it('with more than 10 attributes fails raw as a client error, without another try', () => {
    const cloud = world('a');
    subscribe(cloud, 'a', { RawMessageDelivery: 'true' });
    publish(cloud, 'hello', { MessageAttributes: Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`a${i}`, text('x')])) });
    cloud.untilIdle();
    expect(received(cloud, 'a')).toEqual([]);
    expect(cloud.events('sns.MessageDropped').map(({ data }) => data['attempts'])).toEqual([1]);
  });

  it('of structure json has its own text for each protocol, or the default', () => {
    const cloud = world('a');
    subscribe(cloud, 'a', { RawMessageDelivery: 'true' });
    publish(cloud, '{"default":"d","sqs":"for queues"}', { MessageStructure: 'json' });
    publish(cloud, '{"default":"d","lambda":"l"}', { MessageStructure: 'json' });
    cloud.untilIdle();
    expect(received(cloud, 'a').map(({ Body }) => Body).sort()).toEqual(['d', 'for queues']);
  });

  it('goes nowhere without a subscription, visibly', () => {
    const cloud = world();
    publish(cloud, 'hello');
    expect(cloud.events('sns.NotSubscribed')).toHaveLength(1);
  });
});

describe('a filter policy', () => {
  it('on attributes lets through what fits, and names the attribute that decided', () => {
    const cloud = world('a', 'b');
    subscribe(cloud, 'a', { FilterPolicy: '{"kind":["order"],"price":[{"numeric":[">",10]}]}' });
    subscribe(cloud, 'b');
    publish(cloud, '1', { MessageAttributes: { kind: text('order'), price: { DataType: 'Number', StringValue: '12' } } });
    publish(cloud, '2', { MessageAttributes: { kind: text('order'), price: { DataType: 'Number', StringValue: '7' } } });
    publish(cloud, '3');
    cloud.untilIdle();
    expect(envelopes(cloud, 'a').map(({ Message }) => Message)).toEqual(['1']);
    expect(envelopes(cloud, 'b')).toHaveLength(3);
    expect(cloud.events('sns.FilteredOut').map(({ data }) => [data['field'], data['actual'], data['bare']])).toEqual([
      ['price', '7', false],
      ['kind', 'missing', true],
    ]);
    expect(String(cloud.events('sns.FilteredOut')[1]!.data['why'])).toContain('the message has no such field');
  });

  it('on the body looks into it, and keeps back what is no JSON', () => {
    const cloud = world('a');
    subscribe(cloud, 'a', { FilterPolicyScope: 'MessageBody', FilterPolicy: '{"order":{"kind":[""]}}' });
    publish(cloud, '{"order":{"kind":""}}');
    publish(cloud, '{"order":{"kind":"x"}}');
    publish(cloud, 'plain');
    cloud.untilIdle();
    expect(envelopes(cloud, 'a').map(({ Message }) => Message)).toEqual(['{"order":{"kind":""}}']);
    expect(cloud.events('sns.FilteredOut').map(({ data }) => [data['field'], data['kind']])).toEqual([
      ['order.kind', 'body'],
      ['body', 'body'],
    ]);
  });

  it('is taken away by an empty object', () => {
    const cloud = world('a');
    const SubscriptionArn = subscribe(cloud, 'a', { FilterPolicy: '{"kind":["order"]}' });
    cloud.send('sns', 'SetSubscriptionAttributes', { SubscriptionArn, AttributeName: 'FilterPolicy', AttributeValue: '{}' });
    publish(cloud, 'x');
    cloud.untilIdle();
    expect(envelopes(cloud, 'a')).toHaveLength(1);
  });

  it.each([
    ['{"a":{"b":["x"]}}', 'Filter policy scope MessageAttributes does not support nested filter policy'],
    ['{"key":[["value"]]}', 'Match value must be String, number, true, false, or null'],
    ['{"a":[1],"b":[1],"c":[1],"d":[1],"e":[1],"f":[1]}', 'Filter policy can not have more than 5 keys'],
  ])('%s is refused with AWS’s words', (FilterPolicy, reason) => {
    const cloud = world('a');
    expect(cloud.failure('sns', 'Subscribe', { TopicArn: TOPIC, Protocol: 'sqs', Endpoint: queueArn('a'), Attributes: { FilterPolicy } })).toMatchObject({ name: 'InvalidParameterException', queryCode: 'InvalidParameter', status: 400, message: `Invalid parameter: Attributes Reason: FilterPolicy: ${reason}` });
    const SubscriptionArn = subscribe(cloud, 'a');
    expect(cloud.failure('sns', 'SetSubscriptionAttributes', { SubscriptionArn, AttributeName: 'FilterPolicy', AttributeValue: FilterPolicy }).message).toBe(`Invalid parameter: FilterPolicy: ${reason}`);
  });
});

describe('a delivery that cannot be made', () => {
  it('for want of a right is not tried again and goes to the dead-letter queue of its subscription', () => {
    const cloud = world('dead');
    cloud.send('sqs', 'CreateQueue', { QueueName: 'closed' });
    subscribe(cloud, 'closed', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dead') }) });
    publish(cloud, 'hello');
    cloud.untilIdle();
    expect(cloud.events('sns.DeliveryFailed').map(({ data }) => [data['error'], data['phase']])).toEqual([['AccessDeniedException', 'none']]);
    expect(envelopes(cloud, 'dead')).toMatchObject([{ Message: 'hello' }]);
  });

  it('to a queue that is gone is lost at once without a dead-letter queue', () => {
    const cloud = world('a');
    subscribe(cloud, 'a');
    cloud.send('sqs', 'DeleteQueue', { QueueUrl: queueUrl('a') });
    publish(cloud, 'hello');
    cloud.untilIdle();
    expect(cloud.events('sns.MessageDropped')).toHaveLength(1);
  });

  it('waits in four phases, 100,015 retries in all over 23 days', () => {
    const waits = Array.from({ length: 100_015 }, (_, i) => retryWait(i + 1)!);
    expect(waits.slice(0, 6).map(({ sec }) => sec)).toEqual([0, 0, 0, 1, 1, 1]);
    expect(waits[14]).toEqual({ phase: 'backoff', sec: 20 });
    expect(waits[15]).toEqual({ phase: 'post-backoff', sec: 20 });
    expect(retryWait(100_016)).toBeUndefined();
    expect(Math.floor(waits.reduce((sum, { sec }) => sum + sec, 0) / 86_400)).toBe(23);
  });
});

describe('a FIFO topic', () => {
  const FIFO = `${TOPIC}.fifo`;
  function fifo(attributes: object = {}): TestWorld {
    const cloud = createTestWorld({ iam: 'off' });
    cloud.send('sns', 'CreateTopic', { Name: 'news.fifo', Attributes: { FifoTopic: 'true', ...attributes } });
    cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' });
    cloud.send('sns', 'Subscribe', { TopicArn: FIFO, Protocol: 'sqs', Endpoint: queueArn('jobs'), Attributes: { RawMessageDelivery: 'true' } });
    return cloud;
  }
  const put = (cloud: TestWorld, Message: string, o: object = {}): Record<string, unknown> => cloud.send('sns', 'Publish', { TopicArn: FIFO, Message, MessageGroupId: 'g', ...o });

  it('keeps the order, also when deliveries take unequal times', () => {
    const cloud = fifo({ ContentBasedDeduplication: 'true' });
    const sequences = ['1', '2', '3', '4', '5', '6'].map((message) => put(cloud, message)['SequenceNumber'] as string);
    expect([...sequences].sort()).toEqual(sequences);
    expect(sequences[0]).toMatch(/^\d{20}$/);
    cloud.untilIdle();
    expect(cloud.events('sns.Delivered')).toHaveLength(6);
    expect(received(cloud, 'jobs').map(({ Body }) => Body)).toEqual(['1', '2', '3', '4', '5', '6']);
  });

  it('takes a message once within 5 minutes, and answers the second time as the first', () => {
    const cloud = fifo();
    const first = put(cloud, 'a', { MessageDeduplicationId: 'd' });
    expect(put(cloud, 'b', { MessageDeduplicationId: 'd' })).toEqual(first);
    cloud.advance(300_000);
    expect(put(cloud, 'c', { MessageDeduplicationId: 'd' })).not.toEqual(first);
    expect(cloud.events('sns.DuplicateIgnored')).toHaveLength(1);
  });

  it('wants a group and something to deduplicate by', () => {
    const cloud = fifo();
    expect(cloud.failure('sns', 'Publish', { TopicArn: FIFO, Message: 'x' }).message).toBe('Invalid parameter: The MessageGroupId parameter is required for FIFO topics');
    expect(cloud.failure('sns', 'Publish', { TopicArn: FIFO, Message: 'x', MessageGroupId: 'g' }).message).toBe('Invalid parameter: The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly');
  });

  it('has queues only, and a standard topic no FIFO queue', () => {
    const cloud = fifo();
    cloud.send('sns', 'CreateTopic', { Name: 'news' });
    expect(cloud.failure('sns', 'Subscribe', { TopicArn: FIFO, Protocol: 'lambda', Endpoint: 'arn:aws:lambda:us-east-1:000000000000:function:f' }).name).toBe('InvalidParameterException');
    expect(cloud.failure('sns', 'Subscribe', { TopicArn: TOPIC, Protocol: 'sqs', Endpoint: queueArn('x.fifo') }).message).toContain('FIFO SQS Queues can not be subscribed to standard SNS topics');
  });
});

describe('publishing', () => {
  it('counts a binary attribute by its bytes, and refuses one without any', () => {
    const cloud = world();
    const binary = (base64: string): object => ({ MessageAttributes: { b: { DataType: 'Binary', BinaryValue: { $bytes: base64 } } } });
    // Name, type and 3 bytes of value.
    const room = 262_144 - 'b'.length - 'Binary'.length - 3;
    expect(publish(cloud, 'x'.repeat(room), binary('AQL/'))).toHaveProperty('MessageId');
    expect(refused(cloud, { Message: 'x'.repeat(room + 1), ...binary('AQL/') })).toMatchObject({ message: 'Invalid parameter: Message too long' });
    expect(refused(cloud, binary(''))).toMatchObject({ message: "The message attribute 'b' must contain non-empty message attribute value for message attribute type 'Binary'." });
  });

  it('refuses what is empty, too long, or without a default, in AWS’s words', () => {
    const cloud = world();
    expect(refused(cloud, { Message: '' })).toMatchObject({ name: 'InvalidParameterException', message: 'Invalid parameter: Empty message' });
    expect(refused(cloud, { Message: 'x'.repeat(262_145) })).toMatchObject({ message: 'Invalid parameter: Message too long' });
    expect(refused(cloud, { Message: '{"sqs":"a"}', MessageStructure: 'json' })).toMatchObject({ message: 'Invalid parameter: Message Structure - No default entry in JSON message body' });
    expect(refused(cloud, { Subject: 'x'.repeat(100) })).toMatchObject({ message: 'Invalid parameter: Subject' });
    expect(cloud.failure('sns', 'Publish', { TopicArn: `${TOPIC}x`, Message: 'x' })).toMatchObject({ name: 'NotFoundException', queryCode: 'NotFound', status: 404, message: 'Topic does not exist' });
  });

  it('in a batch answers entry by entry', () => {
    const cloud = world();
    const batch = (entries: object[]): object => ({ TopicArn: TOPIC, PublishBatchRequestEntries: entries });
    expect(cloud.send('sns', 'PublishBatch', batch([{ Id: 'a', Message: 'x' }, { Id: 'b', Message: '' }]))).toMatchObject({ Successful: [{ Id: 'a' }], Failed: [{ Id: 'b', Code: 'InvalidParameter', Message: 'Invalid parameter: Empty message', SenderFault: true }] });
    const failure = (entries: object[]): unknown => cloud.failure('sns', 'PublishBatch', batch(entries)).queryCode;
    expect(failure(Array.from({ length: 11 }, (_, i) => ({ Id: `e${i}`, Message: 'x' })))).toBe('TooManyEntriesInBatchRequest');
    expect(failure([{ Id: 'a', Message: 'x' }, { Id: 'a', Message: 'y' }])).toBe('BatchEntryIdsNotDistinct');
    expect(failure([])).toBe('EmptyBatchRequest');
    expect(failure([{ Id: 'a', Message: 'x'.repeat(200_000) }, { Id: 'b', Message: 'y'.repeat(100_000) }])).toBe('BatchRequestTooLong');
  });

  it('by a role needs the right to publish', () => {
    const cloud = world();
    cloud.send('iam', 'CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: '{"Statement":[]}' });
    expect(cloud.failure('sns', 'Publish', { TopicArn: TOPIC, Message: 'x' }, 'arn:aws:iam::000000000000:role/r')).toMatchObject({ name: 'AuthorizationErrorException', queryCode: 'AuthorizationError', status: 403 });
  });
});

describe('topics and subscriptions', () => {
  it('are made and taken away twice without harm', () => {
    const cloud = world('a');
    const arn = subscribe(cloud, 'a');
    expect(subscribe(cloud, 'a')).toBe(arn);
    expect(cloud.send('sns', 'CreateTopic', { Name: 'news' })).toEqual({ TopicArn: TOPIC });
    for (let time = 0; time < 2; time++) {
      cloud.send('sns', 'Unsubscribe', { SubscriptionArn: arn });
      cloud.send('sns', 'DeleteTopic', { TopicArn: TOPIC });
    }
    expect(cloud.send('sns', 'ListTopics')).toEqual({ Topics: [] });
  });

  it('by email and the like are not modelled, and say so', () => {
    expect(world().failure('sns', 'Subscribe', { TopicArn: TOPIC, Protocol: 'email', Endpoint: 'a@example.com' })).toMatchObject({ name: 'NotModelled', status: 501 });
  });

  it('take an event of a rule only when the topic’s policy lets EventBridge in', () => {
    const cloud = world('a');
    subscribe(cloud, 'a');
    cloud.send('events', 'PutRule', { Name: 'r', EventPattern: '{"source":["my.app"]}' });
    cloud.send('events', 'PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn: TOPIC }] });
    const put = (): void => {
      cloud.send('events', 'PutEvents', { Entries: [{ Source: 'my.app', DetailType: 'Tick', Detail: '{}' }] });
      cloud.untilIdle();
    };
    put();
    expect(cloud.events('sns.MessagePublished')).toHaveLength(0);
    cloud.send('sns', 'SetTopicAttributes', { TopicArn: TOPIC, AttributeName: 'Policy', AttributeValue: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish', Resource: TOPIC }] }) });
    put();
    expect(envelopes(cloud, 'a').map(({ Message }) => (JSON.parse(String(Message)) as { source: string }).source)).toEqual(['my.app']);
  });
});
