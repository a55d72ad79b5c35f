/** SQS over its older query protocol: flat lists and maps in forms, XML answers, legacy codes; and the errors of its JSON protocol, which name those codes too. */
import { describe, expect, it } from 'vitest';
import { createCloud } from '../create-cloud.ts';
import { parseXml } from './xml.ts';
import type { XmlElement } from './xml.ts';

const HOST = 'sqs.us-east-1.amazonaws.com';
const URL_JOBS = `https://${HOST}/000000000000/jobs`;
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

interface Answer {
  readonly status: number;
  readonly xml: string;
  readonly root: XmlElement;
}
type Form = Readonly<Record<string, string | number>>;

function start() {
  const cloud = createCloud();
  const handle = async (request: object): Promise<Answer> => {
    const { statusCode, body } = await cloud.handle({ hostname: HOST, path: '/', method: 'POST', headers: {}, ...request });
    return { status: statusCode, xml: text(body), root: parseXml(text(body)) };
  };
  const call = (Action: string, form: Form = {}, path = '/'): Promise<Answer> =>
    handle({ path, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: String(new URLSearchParams({ Action, Version: '2012-11-05', ...Object.fromEntries(Object.entries(form).map(([name, value]) => [name, String(value)])) })) });
  return { cloud, call, handle };
}
async function withQueue(attributes: Form = {}) {
  const started = start();
  await started.call('CreateQueue', { QueueName: 'jobs', ...attributes });
  return started;
}
const child = (element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined => path.reduce<XmlElement | undefined>((at, name) => at?.children.find((one) => one.name === name), element);
const result = ({ root }: Answer): readonly XmlElement[] => root.children.find(({ name }) => name.endsWith('Result'))?.children ?? [];
/** Elements with members as plain data: text, or a map of what is in it. */
const plain = (element: XmlElement): unknown => (element.children.length === 0 ? element.text : Object.fromEntries(element.children.map((one) => [one.name, plain(one)])));
const shown = (answer: Answer): unknown[] => result(answer).map((element) => [element.name, plain(element)]);

describe('SQS over the query protocol', () => {
  it('makes a queue from flat attributes and tags, and lists them so', async () => {
    const { call } = await withQueue({ 'Attribute.1.Name': 'VisibilityTimeout', 'Attribute.1.Value': 40, 'Attribute.2.Name': 'DelaySeconds', 'Attribute.2.Value': 5, 'Tag.1.Key': 'team', 'Tag.1.Value': 'video' });
    const answer = await call('GetQueueAttributes', { QueueUrl: URL_JOBS, 'AttributeName.1': 'VisibilityTimeout', 'AttributeName.2': 'DelaySeconds' });
    expect(answer.xml).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<GetQueueAttributesResponse xmlns="http:\/\/queue\.amazonaws\.com\/doc\/2012-11-05\/"><GetQueueAttributesResult><Attribute><Name>VisibilityTimeout<\/Name><Value>40<\/Value><\/Attribute>/);
    expect(shown(answer)).toEqual([['Attribute', { Name: 'VisibilityTimeout', Value: '40' }], ['Attribute', { Name: 'DelaySeconds', Value: '5' }]]);
    expect(child(answer.root, 'ResponseMetadata', 'RequestId')?.text).toMatch(/^[0-9a-f-]{36}$/);
    await call('SetQueueAttributes', { QueueUrl: URL_JOBS, 'Attribute.1.Name': 'DelaySeconds', 'Attribute.1.Value': 0 });
    await call('TagQueue', { QueueUrl: URL_JOBS, 'Tag.1.Key': 'stage', 'Tag.1.Value': 'test', 'Tag.2.Key': 'old', 'Tag.2.Value': '' });
    await call('UntagQueue', { QueueUrl: URL_JOBS, 'TagKey.1': 'old' });
    expect(shown(await call('ListQueueTags', { QueueUrl: URL_JOBS }))).toEqual([['Tag', { Key: 'team', Value: 'video' }], ['Tag', { Key: 'stage', Value: 'test' }]]);
    expect(shown(await call('GetQueueUrl', { QueueName: 'jobs' }))).toEqual([['QueueUrl', URL_JOBS]]);
    await call('CreateQueue', { QueueName: 'more' });
    expect(shown(await call('ListQueues'))).toEqual([['QueueUrl', URL_JOBS], ['QueueUrl', URL_JOBS.replace('jobs', 'more')]]);
    expect(shown(await call('ListQueues', { MaxResults: 1 }))).toEqual([['QueueUrl', URL_JOBS], ['NextToken', '1']]);
  });

  it('sends and receives a message with attributes of each kind', async () => {
    const { call } = await withQueue();
    const sent = await call('SendMessage', {
      QueueUrl: URL_JOBS, MessageBody: 'a & <b>\r\n', DelaySeconds: 0,
      'MessageAttribute.1.Name': 'Foo', 'MessageAttribute.1.Value.DataType': 'String', 'MessageAttribute.1.Value.StringValue': 'Bar',
      'MessageSystemAttribute.1.Name': 'AWSTraceHeader', 'MessageSystemAttribute.1.Value.DataType': 'String', 'MessageSystemAttribute.1.Value.StringValue': 'Root=1-5759e988-bd862e3fe1be46a994272793',
    });
    expect(Object.fromEntries(shown(sent) as [string, string][])).toMatchObject({ MD5OfMessageAttributes: 'ae7155c6026991b6d54b11589678bf9c', MD5OfMessageSystemAttributes: expect.stringMatching(/^[0-9a-f]{32}$/) as string });
    const [[, message] = []] = shown(await call('ReceiveMessage', { QueueUrl: URL_JOBS, VisibilityTimeout: 0, 'AttributeName.1': 'ApproximateReceiveCount', 'MessageAttributeName.1': 'All' })) as [string, object][];
    expect(message).toMatchObject({ Body: 'a & <b>\r\n', Attribute: { Name: 'ApproximateReceiveCount', Value: '1' }, MessageAttribute: { Name: 'Foo', Value: { DataType: 'String', StringValue: 'Bar' } } });
    await call('SendMessage', { QueueUrl: URL_JOBS, MessageBody: 'x', 'MessageAttribute.1.Name': 'b', 'MessageAttribute.1.Value.DataType': 'Binary.png', 'MessageAttribute.1.Value.BinaryValue': 'AQL/' });
    const messages = shown(await call('ReceiveMessage', { QueueUrl: URL_JOBS, MaxNumberOfMessages: 10, 'MessageAttributeName.1': 'b', 'MessageSystemAttributeName.1': 'AWSTraceHeader' })) as [string, object][];
    expect(messages.map(([name]) => name)).toEqual(['Message', 'Message']);
    expect(messages.map(([, one]) => (one as { MessageAttribute?: unknown }).MessageAttribute)).toEqual([undefined, { Name: 'b', Value: { DataType: 'Binary.png', BinaryValue: 'AQL/' } }]);
    expect(messages.map(([, one]) => (one as { Attribute?: unknown }).Attribute)).toContainEqual({ Name: 'AWSTraceHeader', Value: 'Root=1-5759e988-bd862e3fe1be46a994272793' });
  });

  it('answers an empty receive with an empty result', async () => {
    const { call } = await withQueue();
    expect((await call('ReceiveMessage', { QueueUrl: URL_JOBS })).xml).toContain('<ReceiveMessageResult></ReceiveMessageResult>');
  });

  it('sends, hides and deletes in batches, entry by entry', async () => {
    const { call } = await withQueue();
    const sent = await call('SendMessageBatch', {
      QueueUrl: URL_JOBS,
      'SendMessageBatchRequestEntry.1.Id': 'a', 'SendMessageBatchRequestEntry.1.MessageBody': 'one',
      'SendMessageBatchRequestEntry.1.MessageAttribute.1.Name': 'n', 'SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.DataType': 'Number', 'SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.StringValue': '3',
      'SendMessageBatchRequestEntry.2.Id': 'b', 'SendMessageBatchRequestEntry.2.MessageBody': 'two', 'SendMessageBatchRequestEntry.2.DelaySeconds': 901,
      'SendMessageBatchRequestEntry.10.Id': 'c', 'SendMessageBatchRequestEntry.10.MessageBody': 'three',
    });
    expect(shown(sent)).toMatchObject([
      ['SendMessageBatchResultEntry', { Id: 'a', MD5OfMessageAttributes: expect.any(String) as string }],
      ['SendMessageBatchResultEntry', { Id: 'c' }],
      ['BatchResultErrorEntry', { Id: 'b', SenderFault: 'true', Code: 'InvalidParameterValue' }],
    ]);
    const handles = result(await call('ReceiveMessage', { QueueUrl: URL_JOBS, MaxNumberOfMessages: 10 })).map((message) => child(message, 'ReceiptHandle')!.text);
    const entries = (name: string, more: Form = {}): Form => Object.fromEntries(handles.flatMap((handle, i) => Object.entries({ Id: `h${i}`, ReceiptHandle: handle, ...more }).map(([member, value]) => [`${name}.${i + 1}.${member}`, value])));
    expect(shown(await call('ChangeMessageVisibilityBatch', { QueueUrl: URL_JOBS, ...entries('ChangeMessageVisibilityBatchRequestEntry', { VisibilityTimeout: 60 }) }))).toEqual([['ChangeMessageVisibilityBatchResultEntry', { Id: 'h0' }], ['ChangeMessageVisibilityBatchResultEntry', { Id: 'h1' }]]);
    expect(shown(await call('DeleteMessageBatch', { QueueUrl: URL_JOBS, ...entries('DeleteMessageBatchRequestEntry') }))).toEqual([['DeleteMessageBatchResultEntry', { Id: 'h0' }], ['DeleteMessageBatchResultEntry', { Id: 'h1' }]]);
  });

  it('changes, deletes, purges, permits and moves', async () => {
    const { call } = await withQueue();
    const arn = 'arn:aws:sqs:us-east-1:000000000000:jobs';
    await call('CreateQueue', { QueueName: 'source', 'Attribute.1.Name': 'RedrivePolicy', 'Attribute.1.Value': JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 1 }) });
    expect(shown(await call('ListDeadLetterSourceQueues', { QueueUrl: URL_JOBS }))).toEqual([['QueueUrl', URL_JOBS.replace('jobs', 'source')]]);
    await call('SendMessage', { QueueUrl: URL_JOBS, MessageBody: 'x' });
    const [[, TaskHandle] = []] = shown(await call('StartMessageMoveTask', { SourceArn: arn, DestinationArn: arn.replace('jobs', 'source'), MaxNumberOfMessagesPerSecond: 1 })) as [string, string][];
    expect(shown(await call('ListMessageMoveTasks', { SourceArn: arn, MaxResults: 10 }))).toMatchObject([['ListMessageMoveTasksResultEntry', { Status: 'RUNNING', TaskHandle, MaxNumberOfMessagesPerSecond: '1', ApproximateNumberOfMessagesToMove: '1' }]]);
    expect(shown(await call('CancelMessageMoveTask', { TaskHandle: TaskHandle! }))).toEqual([['ApproximateNumberOfMessagesMoved', '0']]);
    const ReceiptHandle = child(result(await call('ReceiveMessage', { QueueUrl: URL_JOBS }))[0], 'ReceiptHandle')!.text;
    for (const [action, form] of [
      ['ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout: 3 }],
      ['DeleteMessage', { ReceiptHandle }],
      ['AddPermission', { Label: 'partner', 'AWSAccountId.1': '111122223333', 'AWSAccountId.2': '444455556666', 'ActionName.1': 'SendMessage' }],
      ['RemovePermission', { Label: 'partner' }],
      ['PurgeQueue', {}],
      ['DeleteQueue', {}],
    ] as const) {
      expect([action, (await call(action, { QueueUrl: URL_JOBS, ...form })).status]).toEqual([action, 200]);
    }
  });

  it('takes the queue from the path, and the form of a GET from its query', async () => {
    const { call, handle } = await withQueue();
    expect((await call('SendMessage', { MessageBody: 'by path' }, '/000000000000/jobs/')).status).toBe(200);
    const form = String(new URLSearchParams({ Action: 'ReceiveMessage', Version: '2012-11-05', 'AttributeName.1': 'SenderId' }));
    const answer = await handle({ method: 'GET', path: `/000000000000/jobs?${form}` });
    expect(shown(answer)).toMatchObject([['Message', { Body: 'by path', Attribute: { Name: 'SenderId' } }]]);
  });

  it.each<[string, string, Form, number, string, string]>([
    ['no queue', 'SendMessage', { QueueUrl: URL_JOBS.replace('jobs', 'none'), MessageBody: 'x' }, 400, 'AWS.SimpleQueueService.NonExistentQueue', 'The specified queue does not exist for this wsdl version.'],
    ['no body', 'SendMessage', { QueueUrl: URL_JOBS }, 400, 'MissingParameter', 'The request must contain the parameter MessageBody.'],
    ['a number that is none', 'ReceiveMessage', { QueueUrl: URL_JOBS, MaxNumberOfMessages: 11 }, 400, 'InvalidParameterValue', 'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.'],
    ['other attributes', 'CreateQueue', { QueueName: 'jobs', 'Attribute.1.Name': 'DelaySeconds', 'Attribute.1.Value': 7 }, 400, 'QueueAlreadyExists', 'A queue already exists with the same name and a different value for attribute DelaySeconds'],
    ['no entries', 'SendMessageBatch', { QueueUrl: URL_JOBS }, 400, 'AWS.SimpleQueueService.EmptyBatchRequest', 'There should be at least one SendMessageBatchRequestEntry in the request.'],
    ['a handle that is none', 'DeleteMessage', { QueueUrl: URL_JOBS, ReceiptHandle: 'none' }, 404, 'ReceiptHandleIsInvalid', 'The input receipt handle "none" is not a valid receipt handle.'],
  ])('fails with the legacy code: %s', async (_, action, form, status, code, message) => {
    const { call } = await withQueue();
    const answer = await call(action, form);
    expect(answer.status).toBe(status);
    expect(answer.xml).toContain('<ErrorResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/">');
    expect([child(answer.root, 'Error', 'Type')?.text, child(answer.root, 'Error', 'Code')?.text, child(answer.root, 'Error', 'Message')?.text, child(answer.root, 'Error', 'Detail')?.text]).toEqual(['Sender', code, message, '']);
    expect(child(answer.root, 'RequestId')?.text).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('refuses a second purge with 403, and an action that SQS has not by name', async () => {
    const { call } = await withQueue();
    await call('PurgeQueue', { QueueUrl: URL_JOBS });
    const again = await call('PurgeQueue', { QueueUrl: URL_JOBS });
    expect([again.status, child(again.root, 'Error', 'Code')?.text]).toEqual([403, 'AWS.SimpleQueueService.PurgeQueueInProgress']);
    const unknown = await call('ListSubscriptions');
    expect([unknown.status, child(unknown.root, 'Error', 'Code')?.text, child(unknown.root, 'Error', 'Message')?.text]).toEqual([501, 'NotModelled', expect.stringContaining('sqs ListSubscriptions')]);
  });
});

describe('SQS over JSON', () => {
  const failure = async (operation: string, input: object) => {
    const { statusCode, headers, body } = await createCloud().handle({ method: 'POST', hostname: HOST, path: '/', headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${operation}` }, body: JSON.stringify(input) });
    return { statusCode, query: (headers as Record<string, string>)['x-amzn-query-error'], body: JSON.parse(text(body)) as Record<string, unknown> };
  };

  it.each<[string, object, number, string | undefined, string]>([
    ['GetQueueUrl', { QueueName: 'none' }, 400, 'AWS.SimpleQueueService.NonExistentQueue;Sender', 'com.amazonaws.sqs#QueueDoesNotExist'],
    ['CreateQueue', { QueueName: 'a b' }, 400, 'InvalidParameterValue;Sender', 'com.amazonaws.sqs#InvalidParameterValueException'],
    ['DeleteQueue', {}, 400, 'MissingParameter;Sender', 'com.amazonaws.sqs#MissingRequiredParameterException'],
    ['CreateQueue', { QueueName: 'a', Attributes: { Nonsense: '1' } }, 400, 'InvalidAttributeName;Sender', 'com.amazonaws.sqs#InvalidAttributeName'],
    ['StartMessageMoveTask', { SourceArn: 'arn:aws:sqs:us-east-1:000000000000:none' }, 404, 'ResourceNotFoundException;Sender', 'com.amazonaws.sqs#ResourceNotFoundException'],
  ])('names the type of a failure in its body and the legacy code in a header: %s %j', async (operation, input, status, query, type) => {
    const answer = await failure(operation, input);
    expect([answer.statusCode, answer.query, answer.body['__type']]).toEqual([status, query, type]);
    expect(Object.keys(answer.body).toSorted()).toEqual(['__type', 'message']);
  });

  it('keeps the JSON words where the older protocol has others', async () => {
    expect((await failure('GetQueueUrl', { QueueName: 'none' })).body['message']).toBe('The specified queue does not exist.');
  });
});
