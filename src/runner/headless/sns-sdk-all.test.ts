/** Every command of @aws-sdk/client-sns: answered when it is modelled, refused by name when it is not; its pages, and every error class of it that can come. */
import * as sdk from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { models } from '../../services/models.ts';
import { sdkDescription } from '../../sim/service.ts';
import { createCloud } from './create-cloud.ts';
import { sdkOperations } from './wire/sdk-schemas.ts';
import { commandOf, failureOf, operationsOf, pagesOf, through } from './wire/testing.ts';

const model = models.find(({ id }) => id === 'sns')!;

type Send = (operation: string, input?: object) => Promise<Record<string, unknown>>;
function start() {
  const cloud = createCloud({ iam: 'off' });
  const client = new sdk.SNSClient(through(cloud));
  const send: Send = (operation, input = {}) => client.send(commandOf<sdk.ListTopicsCommand>(sdk, operation, input)) as Promise<unknown> as Promise<Record<string, unknown>>;
  return { cloud, client, send };
}

const TopicArn = 'arn:aws:sns:us-east-1:000000000000:news';
const queue = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const subscription = (name: string, Attributes: object = {}): object => ({ TopicArn, Protocol: 'sqs', Endpoint: queue(name), ReturnSubscriptionArn: true, Attributes });

/** One call of each modelled operation, in an order that works; a function takes the ARN of the subscription. */
const CALLS: readonly (readonly [operation: string, input: object | ((SubscriptionArn: string) => object)])[] = [
  ['CreateTopic', { Name: 'news', Attributes: { DisplayName: 'News' }, Tags: [{ Key: 'team', Value: 'a' }] }],
  ['ListTopics', {}],
  ['SetTopicAttributes', { TopicArn, AttributeName: 'DisplayName', AttributeValue: 'All the news' }],
  ['GetTopicAttributes', { TopicArn }],
  ['AddPermission', { TopicArn, Label: 'l', AWSAccountId: ['111122223333'], ActionName: ['Publish'] }],
  ['RemovePermission', { TopicArn, Label: 'l' }],
  ['TagResource', { ResourceArn: TopicArn, Tags: [{ Key: 'a', Value: '1' }] }],
  ['UntagResource', { ResourceArn: TopicArn, TagKeys: ['a'] }],
  ['ListTagsForResource', { ResourceArn: TopicArn }],
  ['Subscribe', subscription('jobs', { RawMessageDelivery: 'true' })],
  ['GetSubscriptionAttributes', (SubscriptionArn) => ({ SubscriptionArn })],
  ['SetSubscriptionAttributes', (SubscriptionArn) => ({ SubscriptionArn, AttributeName: 'FilterPolicy', AttributeValue: '{"kind":["order"]}' })],
  ['ListSubscriptions', {}],
  ['ListSubscriptionsByTopic', { TopicArn }],
  ['Publish', { TopicArn, Message: 'x', Subject: 's', MessageAttributes: { kind: { DataType: 'String', StringValue: 'order' } } }],
  ['PublishBatch', { TopicArn, PublishBatchRequestEntries: [{ Id: 'a', Message: 'x' }] }],
  ['Unsubscribe', (SubscriptionArn) => ({ SubscriptionArn })],
  ['DeleteTopic', { TopicArn }],
];

describe('every command of @aws-sdk/client-sns', () => {
  it('is modelled, or said not to be', () => {
    expect([...Object.keys(model.operations), ...model.notModelled].toSorted()).toEqual(operationsOf(sdk));
  });

  it('is answered when it is modelled', async () => {
    expect(CALLS.map(([operation]) => operation).toSorted()).toEqual(Object.keys(model.operations).toSorted());
    const { send } = start();
    let SubscriptionArn = '';
    for (const [operation, input] of CALLS) {
      const answer = await send(operation, typeof input === 'function' ? input(SubscriptionArn) : input);
      expect(answer['$metadata'], operation).toMatchObject({ httpStatusCode: 200, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string });
      if (operation === 'Subscribe') SubscriptionArn = String(answer['SubscriptionArn']);
    }
  });

  it.each(model.notModelled)('is refused by name when it is not: %s', async (operation) => {
    expect(await failureOf(start().send(operation))).toMatchObject({ name: 'NotModelled', message: expect.stringContaining(`sns ${operation}`) as string, $metadata: { httpStatusCode: 501 } });
  });

  it('has no member that is passed over in silence', () => {
    const known = (name: string): string[] => Object.keys((model.operations[name]?.input as unknown as { readonly shape: object } | undefined)?.shape ?? {});
    const passed = sdkOperations(sdk).flatMap(({ name, members }) => (name in model.operations ? members.filter((member) => !known(name).includes(member.name)).map((member) => `${name}.${member.name}`) : []));
    expect(passed).toEqual([]);
  });

  it.each([
    ['CreateTopic', { Name: 'news', DataProtectionPolicy: '{}' }, 'DataProtectionPolicy'],
    ['CreateTopic', { Name: 'news.fifo', Attributes: { FifoTopic: 'true', ArchivePolicy: '{"MessageRetentionPeriod":"30"}' } }, 'ArchivePolicy'],
    ['SetTopicAttributes', { TopicArn, AttributeName: 'SQSSuccessFeedbackRoleArn', AttributeValue: 'arn:aws:iam::000000000000:role/r' }, 'SQSSuccessFeedbackRoleArn'],
    ['Subscribe', subscription('jobs', { ReplayPolicy: '{}' }), 'ReplayPolicy'],
    ['Publish', { PhoneNumber: '+15550100', Message: 'x' }, 'phone number'],
  ])('refuses by name what it would do nothing with: %s %j', async (operation, input, what) => {
    const { cloud, send } = start();
    await cloud.send('sns', 'CreateTopic', { Name: 'news' });
    expect(await failureOf(send(operation, input))).toMatchObject({ name: 'NotModelled', message: expect.stringContaining(what) as string, $metadata: { httpStatusCode: 501 } });
  });

  it.each(['http', 'https', 'email', 'email-json', 'sms', 'application', 'firehose'])('subscribes nobody by %s, and says so', async (Protocol) => {
    const { send } = start();
    await send('CreateTopic', { Name: 'news' });
    expect(await failureOf(send('Subscribe', { TopicArn, Protocol, Endpoint: 'x' }))).toMatchObject({ name: 'NotModelled', message: expect.stringContaining(`a subscription by ${Protocol}`) as string });
  });
});

describe('pages of @aws-sdk/client-sns', () => {
  it('are turned by its paginators', async () => {
    const { cloud, client } = start();
    await cloud.send('sns', 'CreateTopic', { Name: 'news' });
    for (let i = 0; i < 100; i++) await cloud.send('sns', 'CreateTopic', { Name: `t${i}` });
    for (let i = 0; i < 103; i++) await cloud.send('sns', 'Subscribe', subscription(`q${i}`));
    await cloud.send('sns', 'Subscribe', { ...subscription('other'), TopicArn: `${TopicArn.replace('news', 't0')}` });
    expect((await pagesOf(sdk.paginateListTopics({ client }, {}))).map(({ Topics }) => Topics?.length)).toEqual([100, 1]);
    expect((await pagesOf(sdk.paginateListSubscriptions({ client }, {}))).map(({ Subscriptions }) => Subscriptions?.length)).toEqual([100, 4]);
    expect((await pagesOf(sdk.paginateListSubscriptionsByTopic({ client }, { TopicArn }))).map(({ Subscriptions }) => Subscriptions?.length)).toEqual([100, 3]);
  });
});

describe('errors of @aws-sdk/client-sns', () => {
  const batch = (entries: object[]): object => ({ TopicArn, PublishBatchRequestEntries: entries });
  const entry = (Id: string, Message = 'x'): object => ({ Id, Message });
  it.each<[string, string, object, number]>([
    ['NotFoundException', 'Publish', { TopicArn: `${TopicArn}-2`, Message: 'x' }, 404],
    ['InvalidParameterException', 'Publish', { TopicArn, Message: '' }, 400],
    ['InvalidParameterValueException', 'Publish', { TopicArn, Message: 'x', MessageAttributes: { a: { DataType: 'String', StringValue: '' } } }, 400],
    ['EmptyBatchRequestException', 'PublishBatch', batch([]), 400],
    ['TooManyEntriesInBatchRequestException', 'PublishBatch', batch([...'abcdefghijk'].map((id) => entry(id))), 400],
    ['BatchEntryIdsNotDistinctException', 'PublishBatch', batch([entry('a'), entry('a')]), 400],
    ['InvalidBatchEntryIdException', 'PublishBatch', batch([entry('a b')]), 400],
    ['BatchRequestTooLongException', 'PublishBatch', batch([entry('a', 'x'.repeat(200_000)), entry('b', 'x'.repeat(100_000))]), 400],
    ['FilterPolicyLimitExceededException', 'Subscribe', subscription('more', { FilterPolicy: '{"a":["b"]}' }), 403],
    ['SubscriptionLimitExceededException', 'Subscribe', { TopicArn: `${TopicArn}.fifo`, Protocol: 'sqs', Endpoint: queue('more.fifo') }, 403],
    ['ThrottledException', 'Publish', { TopicArn: `${TopicArn}.fifo`, Message: 'x', MessageGroupId: 'g' }, 429],
  ])('arrive as %s', async (name, operation, input, httpStatusCode) => {
    const { cloud, send } = start();
    await send('CreateTopic', { Name: 'news' });
    await send('CreateTopic', { Name: 'news.fifo', Attributes: { FifoTopic: 'true', ContentBasedDeduplication: 'true' } });
    if (name === 'FilterPolicyLimitExceededException') for (let i = 0; i < 200; i++) await cloud.send('sns', 'Subscribe', subscription(`q${i}`, { FilterPolicy: '{"a":["b"]}' }));
    if (name === 'SubscriptionLimitExceededException') for (let i = 0; i < 100; i++) await cloud.send('sns', 'Subscribe', { ...input, Endpoint: queue(`q${i}.fifo`) });
    if (name === 'ThrottledException') for (let i = 0; i < 300; i++) await cloud.send('sns', operation, input);
    const error = await failureOf(send(operation, input));
    expect(error).toBeInstanceOf((sdk as unknown as Record<string, new () => Error>)[name]);
    expect(error).toMatchObject({ name, $fault: 'client', $metadata: { httpStatusCode }, message: expect.stringMatching(/\w \w/) as string });
  });

  it('of a role without the right arrive as AuthorizationErrorException', async () => {
    const cloud = createCloud();
    await cloud.send('sns', 'CreateTopic', { Name: 'news' });
    await cloud.send('iam', 'CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: '{"Statement":[]}' });
    expect(await failureOf(cloud.send('sns', 'Publish', { TopicArn, Message: 'x' }, { as: 'arn:aws:iam::000000000000:role/r' }))).toMatchObject({ name: 'AuthorizationErrorException', $metadata: { httpStatusCode: 403 } });
  });

  it('are all known to handlers, which may import any class of the client', () => {
    const classes = Object.entries(sdk as Readonly<Record<string, unknown>>).filter(([, value]) => typeof value === 'function' && value.prototype instanceof sdk.SNSServiceException).map(([name]) => name);
    expect(classes.length).toBeGreaterThan(30);
    expect(sdkDescription(model)!.errors).toEqual(expect.arrayContaining(classes));
  });
});
