/** Every command of @aws-sdk/client-sqs: answered, its pages, its digests checked, and every error class of it that can come. */
import * as sdk from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { models } from '../../services/models.ts';
import { sdkDescription } from '../../sim/service.ts';
import { createCloud } from './create-cloud.ts';
import type { Cloud } from './create-cloud.ts';
import { sdkOperations } from './wire/sdk-schemas.ts';
import { commandOf, failureOf, operationsOf, pagesOf, through } from './wire/testing.ts';

const model = models.find(({ id }) => id === 'sqs')!;

type Send = (operation: string, input?: object) => Promise<Record<string, unknown>>;
function start(cloud: Cloud = createCloud()) {
  const client = new sdk.SQSClient(through(cloud));
  const send: Send = (operation, input = {}) => client.send(commandOf<sdk.ListQueuesCommand>(sdk, operation, input)) as Promise<unknown> as Promise<Record<string, unknown>>;
  return { cloud, client, send };
}

const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs';
const ARN = 'arn:aws:sqs:us-east-1:000000000000:jobs';
const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: ARN, maxReceiveCount: 1 });

/** One call of each operation, in an order that works; a function takes what earlier calls answered. */
type Answers = Record<string, Record<string, unknown>>;
const handleOf = (answers: Answers): unknown => (answers['ReceiveMessage']!['Messages'] as { ReceiptHandle: string }[])[0]!.ReceiptHandle;
const CALLS: readonly (readonly [operation: string, input: object | ((answers: Answers) => object)])[] = [
  ['CreateQueue', { QueueName: 'jobs', Attributes: { VisibilityTimeout: '40' }, tags: { team: 'video' } }],
  ['GetQueueUrl', { QueueName: 'jobs' }],
  ['ListQueues', { QueueNamePrefix: 'j' }],
  ['SetQueueAttributes', { QueueUrl, Attributes: { DelaySeconds: '0' } }],
  ['GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] }],
  ['TagQueue', { QueueUrl, Tags: { a: '1' } }],
  ['UntagQueue', { QueueUrl, TagKeys: ['a'] }],
  ['ListQueueTags', { QueueUrl }],
  ['AddPermission', { QueueUrl, Label: 'l', AWSAccountIds: ['111122223333'], Actions: ['SendMessage'] }],
  ['RemovePermission', { QueueUrl, Label: 'l' }],
  ['SendMessage', { QueueUrl, MessageBody: 'x' }],
  ['SendMessageBatch', { QueueUrl, Entries: [{ Id: 'a', MessageBody: 'y' }] }],
  ['ReceiveMessage', { QueueUrl }],
  ['ChangeMessageVisibility', (answers) => ({ QueueUrl, ReceiptHandle: handleOf(answers), VisibilityTimeout: 5 })],
  ['ChangeMessageVisibilityBatch', (answers) => ({ QueueUrl, Entries: [{ Id: 'a', ReceiptHandle: handleOf(answers), VisibilityTimeout: 5 }] })],
  ['DeleteMessage', (answers) => ({ QueueUrl, ReceiptHandle: handleOf(answers) })],
  ['DeleteMessageBatch', (answers) => ({ QueueUrl, Entries: [{ Id: 'a', ReceiptHandle: handleOf(answers) }] })],
  ['CreateQueue', { QueueName: 'source', Attributes: { RedrivePolicy } }],
  ['ListDeadLetterSourceQueues', { QueueUrl }],
  ['StartMessageMoveTask', { SourceArn: ARN, DestinationArn: ARN.replace('jobs', 'source') }],
  ['ListMessageMoveTasks', { SourceArn: ARN }],
  ['CancelMessageMoveTask', (answers) => ({ TaskHandle: answers['StartMessageMoveTask']!['TaskHandle'] })],
  ['PurgeQueue', { QueueUrl }],
  ['DeleteQueue', { QueueUrl }],
];

describe('every command of @aws-sdk/client-sqs', () => {
  it('is modelled', () => {
    expect(Object.keys(model.operations).toSorted()).toEqual(operationsOf(sdk));
    expect(model.notModelled).toEqual([]);
  });

  it('has no member that is passed over in silence', () => {
    const known = (name: string): string[] => Object.keys((model.operations[name]!.input as unknown as { readonly shape: object }).shape);
    expect(sdkOperations(sdk).flatMap(({ name, members }) => members.filter((member) => !known(name).includes(member.name)).map((member) => `${name}.${member.name}`))).toEqual([]);
  });

  it('is answered', async () => {
    expect([...new Set(CALLS.map(([operation]) => operation))].toSorted()).toEqual(operationsOf(sdk));
    const { send } = start();
    const answers: Answers = {};
    for (const [operation, input] of CALLS) {
      answers[operation] = await send(operation, typeof input === 'function' ? input(answers) : input);
      expect(answers[operation]['$metadata'], operation).toMatchObject({ httpStatusCode: 200, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string });
    }
  });
});

describe('pages of @aws-sdk/client-sqs', () => {
  it('are turned by its paginators', async () => {
    const { client, send } = start();
    await send('CreateQueue', { QueueName: 'jobs' });
    for (const QueueName of ['a', 'b', 'c']) await send('CreateQueue', { QueueName, Attributes: { RedrivePolicy } });
    const names = (urls: readonly string[] | undefined): unknown => urls?.map((url) => url.split('/').pop());
    expect((await pagesOf(sdk.paginateListQueues({ client, pageSize: 3 }, {}))).map(({ QueueUrls }) => names(QueueUrls))).toEqual([['a', 'b', 'c'], ['jobs']]);
    expect((await pagesOf(sdk.paginateListDeadLetterSourceQueues({ client, pageSize: 2 }, { QueueUrl }))).map(({ queueUrls }) => names(queueUrls))).toEqual([['a', 'b'], ['c']]);
  });
});

describe('digests', () => {
  it('are checked by the client, which refuses a body that is not as it was sent', async () => {
    const cloud = createCloud();
    const bend = (body: Uint8Array): Uint8Array => new TextEncoder().encode(new TextDecoder().decode(body).replace('"Body":"sent"', '"Body":"bent"').replace('9dd4e461268c8034f5c8564e155c67a6', '0'.repeat(32)));
    const handle: Cloud['handle'] = async (request) => {
      const answer = await cloud.handle(request);
      return { ...answer, body: bend(answer.body) };
    };
    const client = new sdk.SQSClient(through({ handle } as Cloud));
    await client.send(new sdk.CreateQueueCommand({ QueueName: 'jobs' }));
    await client.send(new sdk.SendMessageCommand({ QueueUrl, MessageBody: 'sent' }));
    expect(await failureOf(client.send(new sdk.ReceiveMessageCommand({ QueueUrl })))).toMatchObject({ message: expect.stringMatching(/md5/i) as string });
    // MD5 of 'x', as the answer should have it.
    expect(await failureOf(client.send(new sdk.SendMessageCommand({ QueueUrl, MessageBody: 'x' })))).toMatchObject({ message: expect.stringMatching(/md5|checksum/i) as string });
  });
});

describe('errors of @aws-sdk/client-sqs', () => {
  const entries = (...ids: readonly string[]): object[] => ids.map((Id) => ({ Id, MessageBody: 'x' }));
  const half = 'x'.repeat(524_289);
  it.each<[string, string, object, number, string]>([
    ['QueueDoesNotExist', 'SendMessage', { QueueUrl: QueueUrl.replace('jobs', 'none'), MessageBody: 'x' }, 400, 'AWS.SimpleQueueService.NonExistentQueue'],
    ['QueueNameExists', 'CreateQueue', { QueueName: 'jobs', Attributes: { DelaySeconds: '7' } }, 400, 'QueueAlreadyExists'],
    ['QueueDeletedRecently', 'CreateQueue', { QueueName: 'deleted' }, 400, 'AWS.SimpleQueueService.QueueDeletedRecently'],
    ['InvalidAttributeName', 'SetQueueAttributes', { QueueUrl, Attributes: { Nonsense: '1' } }, 400, 'InvalidAttributeName'],
    ['InvalidAttributeValue', 'SetQueueAttributes', { QueueUrl, Attributes: { DelaySeconds: '901' } }, 400, 'InvalidAttributeValue'],
    ['InvalidMessageContents', 'SendMessage', { QueueUrl, MessageBody: '\u0001' }, 400, 'InvalidMessageContents'],
    ['ReceiptHandleIsInvalid', 'DeleteMessage', { QueueUrl, ReceiptHandle: 'none' }, 404, 'ReceiptHandleIsInvalid'],
    ['EmptyBatchRequest', 'SendMessageBatch', { QueueUrl, Entries: [] }, 400, 'AWS.SimpleQueueService.EmptyBatchRequest'],
    ['TooManyEntriesInBatchRequest', 'SendMessageBatch', { QueueUrl, Entries: entries(...'abcdefghijk') }, 400, 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest'],
    ['BatchEntryIdsNotDistinct', 'SendMessageBatch', { QueueUrl, Entries: entries('a', 'a') }, 400, 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct'],
    ['InvalidBatchEntryId', 'SendMessageBatch', { QueueUrl, Entries: entries('a b') }, 400, 'AWS.SimpleQueueService.InvalidBatchEntryId'],
    ['BatchRequestTooLong', 'SendMessageBatch', { QueueUrl, Entries: entries('a', 'b').map((entry) => ({ ...entry, MessageBody: half })) }, 400, 'AWS.SimpleQueueService.BatchRequestTooLong'],
    ['PurgeQueueInProgress', 'PurgeQueue', { QueueUrl }, 403, 'AWS.SimpleQueueService.PurgeQueueInProgress'],
    ['OverLimit', 'AddPermission', { QueueUrl, Label: 'l', AWSAccountIds: ['111122223333'], Actions: Array.from({ length: 8 }, () => 'SendMessage') }, 403, 'OverLimit'],
    ['ResourceNotFoundException', 'ListMessageMoveTasks', { SourceArn: ARN.replace('jobs', 'none') }, 404, 'ResourceNotFoundException'],
    ['RequestThrottled', 'SendMessage', { QueueUrl: `${QueueUrl}.fifo`, MessageBody: 'x', MessageGroupId: 'g' }, 403, 'RequestThrottled'],
  ])('arrive as %s', async (name, operation, input, httpStatusCode, Code) => {
    const { cloud, send } = start();
    for (const QueueName of ['jobs', 'deleted']) await send('CreateQueue', { QueueName });
    await send('DeleteQueue', { QueueUrl: QueueUrl.replace('jobs', 'deleted') });
    await send('PurgeQueue', { QueueUrl });
    await send('CreateQueue', { QueueName: 'jobs.fifo', Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' } });
    if (name === 'RequestThrottled') for (let i = 0; i < 300; i++) await cloud.send('sqs', operation, input);
    const error = await failureOf(send(operation, input));
    expect(error).toBeInstanceOf((sdk as unknown as Record<string, new () => Error>)[name]);
    expect(error).toMatchObject({ name, $fault: 'client', $metadata: { httpStatusCode }, Error: { Code, Type: 'Sender' }, message: expect.stringMatching(/\w \w/) as string });
  });

  it('that the client has no class for keep their legacy code as a name', async () => {
    const { send } = start();
    await send('CreateQueue', { QueueName: 'jobs' });
    for (const [name, input] of [['InvalidParameterValue', { QueueUrl, MaxNumberOfMessages: 11 }], ['MissingParameter', {}]] as const) {
      const error = await failureOf(send('ReceiveMessage', input));
      expect(error).toBeInstanceOf(sdk.SQSServiceException);
      expect(error).toMatchObject({ name, Error: { Code: name } });
    }
  });

  it('are all known to handlers, which may import any class of the client', () => {
    const classes = Object.entries(sdk as Readonly<Record<string, unknown>>).filter(([, value]) => typeof value === 'function' && value.prototype instanceof sdk.SQSServiceException).map(([name]) => name);
    expect(classes.length).toBeGreaterThan(25);
    expect(sdkDescription(model)!.errors).toEqual(expect.arrayContaining(classes));
  });
});
