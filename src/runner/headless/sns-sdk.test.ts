/** @aws-sdk/client-sns, unmodified, against the model over the query protocol: topics, subscriptions, messages, pages, errors. */
import {
  BatchEntryIdsNotDistinctException,
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  InvalidParameterException,
  ListTagsForResourceCommand,
  NotFoundException,
  PublishBatchCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
  paginateListSubscriptionsByTopic,
  paginateListTopics,
} from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { createCloud } from './create-cloud.ts';
import { failureOf, pagesOf, through } from './wire/testing.ts';

async function withTopic() {
  const cloud = createCloud({ iam: 'off' });
  const sns = new SNSClient(through(cloud));
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'news', Tags: [{ Key: 'team', Value: 'a' }] }));
  const { QueueUrl } = await cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' });
  const Endpoint = 'arn:aws:sqs:us-east-1:000000000000:jobs';
  const bodies = async (): Promise<unknown[]> => {
    await cloud.runUntilIdle();
    return ((await cloud.send('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] })).Messages ?? []) as unknown[];
  };
  return { cloud, sns, TopicArn: TopicArn!, Endpoint, bodies };
}

describe('@aws-sdk/client-sns', () => {
  it('subscribes a queue with a filter and reads it back', async () => {
    const { sns, TopicArn, Endpoint } = await withTopic();
    const FilterPolicy = '{"kind":["order"]}';
    const { SubscriptionArn } = await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes: { FilterPolicy, RawMessageDelivery: 'true' }, ReturnSubscriptionArn: true }));
    const { Attributes } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    expect(Attributes).toMatchObject({ FilterPolicy, FilterPolicyScope: 'MessageAttributes', RawMessageDelivery: 'true', Protocol: 'sqs', Endpoint });
    expect((await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes).toMatchObject({ SubscriptionsConfirmed: '1', TopicArn });
    expect((await sns.send(new ListTagsForResourceCommand({ ResourceArn: TopicArn }))).Tags).toEqual([{ Key: 'team', Value: 'a' }]);
  });

  it('publishes text and binary attributes to a raw subscription', async () => {
    const { sns, TopicArn, Endpoint, bodies } = await withTopic();
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes: { RawMessageDelivery: 'true' } }));
    const { MessageId } = await sns.send(new PublishCommand({ TopicArn, Message: 'a & b\nc', MessageAttributes: { kind: { DataType: 'String', StringValue: 'order' }, raw: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) } } }));
    expect(MessageId).toMatch(/^[0-9a-f-]{36}$/);
    expect(await bodies()).toMatchObject([{ Body: 'a & b\nc', MessageAttributes: { kind: { StringValue: 'order' }, raw: { BinaryValue: new Uint8Array([1, 2]) } } }]);
  });

  it('publishes a batch and is told which entry failed', async () => {
    const { sns, TopicArn } = await withTopic();
    const batch = (...PublishBatchRequestEntries: { Id: string; Message: string }[]) => sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));
    expect(await batch({ Id: 'a', Message: 'x' }, { Id: 'b', Message: '' })).toMatchObject({ Successful: [{ Id: 'a' }], Failed: [{ Id: 'b', Code: 'InvalidParameter', SenderFault: true }] });
    expect(await failureOf(batch({ Id: 'a', Message: 'x' }, { Id: 'a', Message: 'y' }))).toBeInstanceOf(BatchEntryIdsNotDistinctException);
  });

  it('gets its own error classes', async () => {
    const { sns, TopicArn } = await withTopic();
    expect(await failureOf(sns.send(new PublishCommand({ TopicArn: `${TopicArn}-2`, Message: 'x' })))).toBeInstanceOf(NotFoundException);
    const empty = await failureOf(sns.send(new PublishCommand({ TopicArn, Message: '' })));
    expect(empty).toBeInstanceOf(InvalidParameterException);
    expect(empty).toMatchObject({ message: 'Invalid parameter: Empty message', $metadata: { httpStatusCode: 400 } });
  });

  it('turns pages of topics and of subscriptions', async () => {
    const { cloud, sns, TopicArn } = await withTopic();
    for (let i = 0; i < 120; i++) await cloud.send('sns', 'CreateTopic', { Name: `t${i}` });
    const topics = await pagesOf(paginateListTopics({ client: sns }, {}));
    expect(topics.map((page) => page.Topics?.length)).toEqual([100, 21]);
    for (let i = 0; i < 101; i++) await cloud.send('sns', 'Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: `arn:aws:sqs:us-east-1:000000000000:q${i}` });
    const subscriptions = await pagesOf(paginateListSubscriptionsByTopic({ client: sns }, { TopicArn }));
    expect(subscriptions.map((page) => page.Subscriptions?.length)).toEqual([100, 1]);
  });
});
