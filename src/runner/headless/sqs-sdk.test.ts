/** SQS through its real SDK client: checksums, error classes, batches, FIFO queues, paginators. */
import {
  AddPermissionCommand,
  BatchEntryIdsNotDistinct,
  BatchRequestTooLong,
  CancelMessageMoveTaskCommand,
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  EmptyBatchRequest,
  GetQueueAttributesCommand,
  InvalidAttributeName,
  InvalidAttributeValue,
  InvalidBatchEntryId,
  InvalidMessageContents,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  ListQueueTagsCommand,
  paginateListQueues,
  PurgeQueueCommand,
  PurgeQueueInProgress,
  QueueDeletedRecently,
  QueueDoesNotExist,
  QueueNameExists,
  ReceiptHandleIsInvalid,
  ReceiveMessageCommand,
  ResourceNotFoundException,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
  TagQueueCommand,
  TooManyEntriesInBatchRequest,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { createCloud } from './create-cloud.ts';
import type { Cloud } from './create-cloud.ts';
import { failureOf, pagesOf, through } from './wire/testing.ts';

const clients = (): { readonly cloud: Cloud; readonly sqs: SQSClient } => {
  const cloud = createCloud();
  return { cloud, sqs: new SQSClient(through(cloud)) };
};
async function queueIn(sqs: SQSClient, QueueName = 'jobs', Attributes: Record<string, string> = {}): Promise<string> {
  return (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '';
}

describe('@aws-sdk/client-sqs › standard queues', () => {
  it('sends, receives, hides and deletes in batches, with results per entry', async () => {
    const { sqs } = clients();
    const QueueUrl = await queueIn(sqs);
    const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: 'a', MessageBody: 'one' }, { Id: 'b', MessageBody: '' }, { Id: 'c', MessageBody: 'three', MessageAttributes: { n: { DataType: 'Number.int', StringValue: '3' } } }] }));
    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['a', 'c']);
    expect(sent.Failed).toMatchObject([{ Id: 'b', SenderFault: true, Code: 'MissingParameter', Message: 'The request must contain the parameter MessageBody.' }]);
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['n'] }));
    expect(Messages.map(({ Body }) => Body)).toEqual(['one', 'three']);
    const handles = Messages.map(({ ReceiptHandle }, i) => ({ Id: `${i}`, ReceiptHandle }));
    expect((await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries: handles.map((entry) => ({ ...entry, VisibilityTimeout: 60 })) }))).Successful).toHaveLength(2);
    const gone = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: [...handles, { Id: 'x', ReceiptHandle: 'nonsense' }] }));
    expect([gone.Successful?.length, gone.Failed?.map(({ Code }) => Code)]).toEqual([2, ['ReceiptHandleIsInvalid']]);
    expect((await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes).toMatchObject({ ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' });
  });

  it('brings the trace header back outside of the attributes and their digest (SQS-041)', async () => {
    const { sqs } = clients();
    const QueueUrl = await queueIn(sqs);
    const header = 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1';
    const input = { QueueUrl, MessageBody: 'x', MessageAttributes: { Foo: { DataType: 'String', StringValue: 'Bar' } } };
    const plain = await sqs.send(new SendMessageCommand(input));
    const traced = await sqs.send(new SendMessageCommand({ ...input, MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: header } } }));
    expect([plain.MD5OfMessageAttributes, traced.MD5OfMessageAttributes]).toEqual(['ae7155c6026991b6d54b11589678bf9c', 'ae7155c6026991b6d54b11589678bf9c']);
    expect(traced.MD5OfMessageSystemAttributes).toMatch(/^[0-9a-f]{32}$/);
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['AWSTraceHeader'] }));
    expect(Messages.map(({ Attributes }) => Attributes)).toEqual([undefined, { AWSTraceHeader: header }]);
  });

  it('lists queues page by page, tags, and sources of dead letters', async () => {
    const { sqs } = clients();
    for (const name of ['a', 'b', 'c', 'other']) await queueIn(sqs, name);
    const pages = await pagesOf(paginateListQueues({ client: sqs, pageSize: 2 }, {}));
    expect(pages.map(({ QueueUrls }) => QueueUrls?.map((url) => url.split('/').pop()))).toEqual([['a', 'b'], ['c', 'other']]);
    const QueueUrl = await queueIn(sqs, 'a');
    await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { team: 'video', stage: 'test' } }));
    await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['stage'] }));
    expect((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({ team: 'video' });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: await queueIn(sqs, 'b'), Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:a', maxReceiveCount: 1 }) } }));
    expect((await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl }))).queueUrls).toEqual([await queueIn(sqs, 'b')]);
  });

  it('starts, lists and cancels the way back from a dead-letter queue', async () => {
    const { cloud, sqs } = clients();
    const dead = await queueIn(sqs, 'dead');
    const SourceArn = 'arn:aws:sqs:us-east-1:000000000000:dead';
    expect(await failureOf(sqs.send(new StartMessageMoveTaskCommand({ SourceArn })))).toMatchObject({ name: 'InvalidParameterValue' });
    await queueIn(sqs, 'jobs', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: SourceArn, maxReceiveCount: 1 }) });
    for (let i = 0; i < 3; i++) await sqs.send(new SendMessageCommand({ QueueUrl: dead, MessageBody: `${i}` }));
    expect(await failureOf(sqs.send(new StartMessageMoveTaskCommand({ SourceArn, DestinationArn: `${SourceArn}-none` })))).toBeInstanceOf(ResourceNotFoundException);
    const DestinationArn = SourceArn.replace('dead', 'jobs');
    const { TaskHandle } = await sqs.send(new StartMessageMoveTaskCommand({ SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond: 1 }));
    await cloud.advance(1_500);
    expect(await failureOf(sqs.send(new StartMessageMoveTaskCommand({ SourceArn })))).toMatchObject({ name: 'InvalidParameterValue', message: 'There is already a task running. Only one active task is allowed for a source queue arn at a given time.' });
    expect((await sqs.send(new ListMessageMoveTasksCommand({ SourceArn }))).Results).toMatchObject([{ TaskHandle, Status: 'RUNNING', DestinationArn, ApproximateNumberOfMessagesMoved: 2, ApproximateNumberOfMessagesToMove: 3 }]);
    expect((await sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }))).ApproximateNumberOfMessagesMoved).toBe(2);
    await cloud.advance(60_000);
    expect((await sqs.send(new ListMessageMoveTasksCommand({ SourceArn }))).Results).toMatchObject([{ Status: 'CANCELLED' }]);
    expect((await sqs.send(new GetQueueAttributesCommand({ QueueUrl: dead, AttributeNames: ['ApproximateNumberOfMessages'] }))).Attributes).toEqual({ ApproximateNumberOfMessages: '1' });
    expect(await failureOf(sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle: btoa(JSON.stringify({ taskId: '00000000-0000-0000-0000-000000000000', sourceArn: SourceArn })) })))).toMatchObject({ message: 'Task does not exist.', $metadata: { httpStatusCode: 404 } });
  });
});

describe('@aws-sdk/client-sqs › FIFO queues', () => {
  it('sends in groups, drops repeated sends, and refuses a late delete', async () => {
    const { cloud, sqs } = clients();
    const QueueUrl = await queueIn(sqs, 'orders.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true', VisibilityTimeout: '5' });
    const first = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a', MessageGroupId: 'g' }));
    expect(first.SequenceNumber).toMatch(/^\d{20}$/);
    expect((await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a', MessageGroupId: 'g' }))).SequenceNumber).toBe(first.SequenceNumber);
    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: '1', MessageBody: 'b', MessageGroupId: 'g' }, { Id: '2', MessageBody: 'c', MessageGroupId: 'h' }] }));
    const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 1, MessageSystemAttributeNames: ['All'], ReceiveRequestAttemptId: 'one' });
    const { Messages: [message] = [] } = await sqs.send(receive);
    expect(message).toMatchObject({ MessageId: first.MessageId, Body: 'a', Attributes: { MessageGroupId: 'g', SequenceNumber: first.SequenceNumber } });
    expect((await sqs.send(receive)).Messages?.[0]?.ReceiptHandle).toBe(message?.ReceiptHandle);
    expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))).Messages?.map(({ Body }) => Body)).toEqual(['c']);
    await cloud.advance(5_000);
    expect(await failureOf(sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle })))).toMatchObject({ name: 'InvalidParameterValue', message: `Value ${message?.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.` });
  });
});

describe('@aws-sdk/client-sqs › failures are of its own classes', () => {
  const two = [{ Id: 'a', MessageBody: 'x' }, { Id: 'a', MessageBody: 'y' }];
  const half = 'x'.repeat(524_288);
  const cases: readonly (readonly [string, (sqs: SQSClient, QueueUrl: string) => Promise<unknown>, unknown, object])[] = [
    ['no such queue', (sqs) => sqs.send(new SendMessageCommand({ QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/none', MessageBody: 'x' })), QueueDoesNotExist, { $metadata: { httpStatusCode: 400 }, Error: { Code: 'AWS.SimpleQueueService.NonExistentQueue' } }],
    ['other attributes', (sqs) => queueIn(sqs, 'jobs', { DelaySeconds: '7' }), QueueNameExists, { message: 'A queue already exists with the same name and a different value for attribute DelaySeconds', Error: { Code: 'QueueAlreadyExists' } }],
    ['an unknown attribute', (sqs) => queueIn(sqs, 'more', { Nonsense: '1' }), InvalidAttributeName, { message: 'Unknown Attribute Nonsense.' }],
    ['a value out of range', (sqs) => queueIn(sqs, 'more', { DelaySeconds: '901' }), InvalidAttributeValue, { message: 'Invalid value for the parameter DelaySeconds.' }],
    ['too many entries', (sqs, QueueUrl) => sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: Array.from({ length: 20 }, (_, i) => ({ Id: `${i}`, MessageBody: 'x' })) })), TooManyEntriesInBatchRequest, { message: 'Maximum number of entries per request are 10. You have sent 20.' }],
    ['no entries', (sqs, QueueUrl) => sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: [] })), EmptyBatchRequest, {}],
    ['ids that repeat', (sqs, QueueUrl) => sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: two })), BatchEntryIdsNotDistinct, {}],
    ['a bad id', (sqs, QueueUrl) => sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: 'a!', MessageBody: 'x' }] })), InvalidBatchEntryId, {}],
    ['a batch over 1 MiB (SQS-006)', (sqs, QueueUrl) => sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: 'a', MessageBody: half }, { Id: 'b', MessageBody: `${half}x` }] })), BatchRequestTooLong, { message: 'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.', Error: { Code: 'AWS.SimpleQueueService.BatchRequestTooLong' } }],
    ['characters outside of XML', (sqs, QueueUrl) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a\u0000' })), InvalidMessageContents, {}],
    ['a handle that is none', (sqs, QueueUrl) => sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'none' })), ReceiptHandleIsInvalid, {}],
    ['a purge after a purge', async (sqs, QueueUrl) => (await sqs.send(new PurgeQueueCommand({ QueueUrl })), sqs.send(new PurgeQueueCommand({ QueueUrl }))), PurgeQueueInProgress, { message: 'Only one PurgeQueue operation on jobs is allowed every 60 seconds.', $metadata: { httpStatusCode: 403 } }],
    ['a name that was just deleted', async (sqs, QueueUrl) => (await sqs.send(new DeleteQueueCommand({ QueueUrl })), queueIn(sqs)), QueueDeletedRecently, {}],
  ];
  it.each(cases)('%s', async (_, run, type, shape) => {
    const { sqs } = clients();
    const error = await failureOf(run(sqs, await queueIn(sqs)));
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject(shape);
  });

  it('tells those that have no class by their query code', async () => {
    const { sqs } = clients();
    const QueueUrl = await queueIn(sqs);
    const failure = (input: object): Promise<unknown> => failureOf(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', ...input })));
    expect(await failure({ MessageBody: '' })).toMatchObject({ name: 'MissingParameter', Error: { Code: 'MissingParameter', Type: 'Sender' } });
    expect(await failure({ MessageAttributes: { X: { DataType: 'String', StringValue: '' } } })).toMatchObject({ name: 'InvalidParameterValue', message: "Message (user) attribute 'X' must contain a non-empty value of type 'String'." });
    expect(await failure({ MessageDeduplicationId: 'd' })).toMatchObject({ name: 'InvalidParameterValue' });
    expect(await failureOf(sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: 'x', VisibilityTimeout: 43_201 })))).toMatchObject({ name: 'InvalidParameterValue' });
    await sqs.send(new AddPermissionCommand({ QueueUrl, Label: 'partner', AWSAccountIds: ['111122223333'], Actions: ['SendMessage'] }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }));
    expect(JSON.parse(Attributes?.['Policy'] ?? '')).toMatchObject({ Statement: [{ Sid: 'partner', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'SQS:SendMessage' }] });
  });
});
