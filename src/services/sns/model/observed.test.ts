/** What AWS's SNS answered when it was recorded, by the numbers of the list of observations. @source aws/observed.md L */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const TopicArn = 'arn:aws:sns:us-east-1:000000000000:news';
const Endpoint = 'arn:aws:sqs:us-east-1:000000000000:a';
const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/a';
function world(): TestWorld {
  const cloud = createTestWorld();
  cloud.send('sns', 'CreateTopic', { Name: 'news' });
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: Endpoint }] });
  cloud.send('sqs', 'CreateQueue', { QueueName: 'a', Attributes: { Policy } });
  return cloud;
}
const subscribe = (cloud: TestWorld, Attributes: object = {}): string => String(cloud.send('sns', 'Subscribe', { TopicArn, Protocol: 'sqs', Endpoint, ReturnSubscriptionArn: true, Attributes })['SubscriptionArn']);
const entries = (...ids: readonly string[]): object => ({ TopicArn, PublishBatchRequestEntries: ids.map((Id) => ({ Id, Message: 'x' })) });

describe('recorded on AWS', () => {
  it.each(['{}', '{"sqs":"x"}', '{"default":1}', '{"default":{"a":"b"}}'])('SNS-006: the structured message %s lacks a text for default', (Message) => {
    const failure = world().failure('sns', 'Publish', { TopicArn, Message, MessageStructure: 'json' });
    expect(failure.status).toBe(400);
    expect(failure.message).toMatch(/No default entry in JSON message body$/);
  });

  it('SNS-006: a key that is there twice is accepted', () => {
    expect(world().send('sns', 'Publish', { TopicArn, Message: '{"default":"a","default":"b"}', MessageStructure: 'json' })).toMatchObject({ MessageId: expect.any(String) as string });
  });

  it('SNS-007: a batch has at most 10 entries and no id twice', () => {
    const cloud = world();
    expect(cloud.failure('sns', 'PublishBatch', entries(...Array.from({ length: 11 }, (_, i) => `e${i}`)))).toMatchObject({ name: expect.stringMatching(/^TooManyEntriesInBatchRequest/) as string, status: 400 });
    expect(cloud.failure('sns', 'PublishBatch', entries('e', 'e'))).toMatchObject({ name: expect.stringMatching(/^BatchEntryIdsNotDistinct/) as string, status: 400 });
    expect(cloud.send('sns', 'PublishBatch', entries('a', 'b'))['Successful']).toHaveLength(2);
  });

  it('SNS-007: subscribing twice gives the same ARN; deleting and unsubscribing again do no harm', () => {
    const cloud = world();
    const SubscriptionArn = subscribe(cloud);
    expect(subscribe(cloud)).toBe(SubscriptionArn);
    for (let i = 0; i < 2; i++) cloud.send('sns', 'Unsubscribe', { SubscriptionArn });
    for (let i = 0; i < 2; i++) cloud.send('sns', 'DeleteTopic', { TopicArn });
  });

  it('SNS-012: in a body an empty text matches an empty text only', () => {
    const cloud = world();
    subscribe(cloud, { FilterPolicyScope: 'MessageBody', FilterPolicy: '{"name":[""]}', RawMessageDelivery: 'true' });
    for (const name of ['', 'x']) cloud.send('sns', 'Publish', { TopicArn, Message: JSON.stringify({ name }) });
    cloud.untilIdle();
    expect(cloud.send('sqs', 'ReceiveMessage', { QueueUrl: URL, MaxNumberOfMessages: 10 })['Messages']).toMatchObject([{ Body: '{"name":""}' }]);
  });
});
