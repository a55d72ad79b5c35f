/** Message attributes and sizes: what a send may carry, to the byte, and what a receive brings of it. Digests as recorded on AWS. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs';
function queueIn(Attributes: object = {}): TestWorld {
  const cloud = createTestWorld();
  cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs', Attributes });
  return cloud;
}
const text = (StringValue: string, DataType = 'String'): object => ({ DataType, StringValue });
const bytes = (base64: string, DataType = 'Binary'): object => ({ DataType, BinaryValue: { $bytes: base64 } });
const sent = (cloud: TestWorld, MessageAttributes: object, MessageBody = 'msg'): Record<string, unknown> =>
  cloud.send('sqs', 'SendMessage', { QueueUrl: URL, MessageBody, MessageAttributes });
const refusal = (cloud: TestWorld, MessageAttributes: object, MessageBody = 'msg') =>
  cloud.failure('sqs', 'SendMessage', { QueueUrl: URL, MessageBody, MessageAttributes });
const received = (cloud: TestWorld, o: object): Record<string, unknown> =>
  (cloud.send('sqs', 'ReceiveMessage', { QueueUrl: URL, VisibilityTimeout: 0, ...o })['Messages'] as Record<string, unknown>[])[0]!;

describe('SQS message attributes', () => {
  it.each([
    ['a text', { MyAttribute: text('foobar') }, 'adb59cd4678ea5a855436b949cd07ab6'],
    ['another text', { Foo: text('Bar') }, 'ae7155c6026991b6d54b11589678bf9c'],
    ['several, in any order', { 'Help.Me': text('Me'), Hello: text('There'), General: text('Kenobi') }, '4c360f3fdafd970e05fae2f149d997f5'],
    ['bytes', { attr1: bytes(btoa('traceparent\u001e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01')) }, '8cbe4db156db8a94db8b801b7addb984'],
  ])('have the digest that AWS was recorded with: %s', (_, attributes, digest) => {
    expect(sent(queueIn(), attributes)['MD5OfMessageAttributes']).toBe(digest);
  });

  it('count the label of a type into their digest, and a number as a text', () => {
    const digestOf = (attribute: object): unknown => sent(queueIn(), { a: attribute })['MD5OfMessageAttributes'];
    const all = [text('1'), text('1', 'String.Array'), text('1', 'Number'), text('1', 'Number.byte'), bytes('MQ=='), bytes('MQ==', 'Binary.png')].map(digestOf);
    expect(new Set(all).size).toBe(all.length);
  });

  it.each(['a', 'A-b_c.d', 'a.b.c', 'Amazonas.x', 'awsome', 'x'.repeat(256)])('take the name %s', (name) => {
    expect(sent(queueIn(), { [name]: text('x') })).toHaveProperty('MD5OfMessageAttributes');
  });

  it.each(['', '.a', 'a.', 'a..b', 'a b', 'ü', 'AWS.a', 'aws.a', 'Aws.x', 'Amazon.a', 'AMAZON.a', 'x'.repeat(257)])('refuse the name %j', (name) => {
    expect(refusal(queueIn(), { [name]: text('x') })).toMatchObject({ name: 'InvalidParameterValue', status: 400 });
  });

  it.each([
    ['another type', text('x', 'Text')],
    ['a list, which AWS keeps for later', { DataType: 'StringList', StringListValues: ['x'] }],
    ['an empty text', text('')],
    ['bytes without any', bytes('')],
    ['a binary type with a text only', text('x', 'Binary')],
    ['a text type with bytes only', bytes('MQ==', 'String')],
    ['no type', { StringValue: 'x' }],
  ])('refuse %s', (_, attribute) => {
    expect(refusal(queueIn(), { a: attribute }).name).toMatch(/^(InvalidParameterValue|MissingParameter)$/);
  });

  it('are ten at most', () => {
    const many = (count: number): object => Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, text('x')]));
    expect(sent(queueIn(), many(10))).toHaveProperty('MessageId');
    expect(refusal(queueIn(), many(11))).toMatchObject({ name: 'InvalidParameterValue' });
  });

  it.each([
    ['nothing asked for', [], undefined],
    ['All', ['All'], '4c360f3fdafd970e05fae2f149d997f5'],
    ['an asterisk', ['*'], '4c360f3fdafd970e05fae2f149d997f5'],
    ['any', ['.*'], '4c360f3fdafd970e05fae2f149d997f5'],
    ['names that are not there', ['Foo', 'Help'], undefined],
    ['two names', ['Hello', 'General'], 'fca026605781cb4126a1e9044df24232'],
    ['one that is there', ['Foo', 'Hello'], 'a311262e065454b75da111d535b8dacd'],
    ['what a name begins with', ['Hel.*'], '83fee93c1bcd8b9a5a923ffacdc636c7'],
    ['a name that cannot be', ['AWS.', '..foo'], undefined],
  ])('come as asked for, and their digest is of those alone: %s', (_, MessageAttributeNames, digest) => {
    const cloud = queueIn();
    sent(cloud, { 'Help.Me': text('Me'), Hello: text('There'), General: text('Kenobi') });
    expect(received(cloud, { MessageAttributeNames })['MD5OfMessageAttributes']).toBe(digest);
  });

  it('are told apart from system attributes, which come by their old and their new name', () => {
    const cloud = queueIn();
    sent(cloud, { Foo: text('Bar') });
    const asked = (o: object): string[] => Object.keys((received(cloud, o)['Attributes'] ?? {}) as object).sort();
    expect(asked({})).toEqual([]);
    expect(asked({ AttributeNames: ['SenderId'] })).toEqual(['SenderId']);
    expect(asked({ MessageSystemAttributeNames: ['SentTimestamp'] })).toEqual(['SentTimestamp']);
    expect(asked({ AttributeNames: ['SenderId'], MessageSystemAttributeNames: ['SentTimestamp'] })).toEqual(['SenderId', 'SentTimestamp']);
    const all = ['ApproximateFirstReceiveTimestamp', 'ApproximateReceiveCount', 'SenderId', 'SentTimestamp'];
    expect([asked({ AttributeNames: ['All'] }), asked({ MessageSystemAttributeNames: ['All'] })]).toEqual([all, all]);
    expect(received(cloud, { AttributeNames: ['All'] })).not.toHaveProperty('MessageAttributes');
  });

  it('of the system are the trace header alone, a text that counts against no limit', () => {
    const cloud = queueIn({ MaximumMessageSize: '1024' });
    const send = (MessageSystemAttributes: object) => ({ QueueUrl: URL, MessageBody: 'x'.repeat(1_024), MessageSystemAttributes });
    expect(cloud.send('sqs', 'SendMessage', send({ AWSTraceHeader: text('Root=1-5759e988-bd862e3fe1be46a994272793') }))).toHaveProperty(
      'MD5OfMessageSystemAttributes',
    );
    for (const other of [{ SenderId: text('x') }, { AWSTraceHeader: text('1', 'Number') }, { AWSTraceHeader: text('') }])
      expect(cloud.failure('sqs', 'SendMessage', send(other)).name).toBe('InvalidParameterValue');
  });
});

describe('SQS sizes', () => {
  it.each([
    ['a body', {}, 0],
    ['a body of two-byte characters', {}, 0],
    ['name, type and text of an attribute', { name: text('value', 'String.label') }, 'name'.length + 'String.label'.length + 'value'.length],
    ['the bytes of a binary attribute, not their base64', { b: bytes('AQL/') }, 'b'.length + 'Binary'.length + 3],
  ])('of a message go up to the queue’s own limit: %s', (label, attributes, more) => {
    const cloud = queueIn({ MaximumMessageSize: '1024' });
    const body = (size: number): string => (label.includes('two-byte') ? `${'ü'.repeat(Math.floor(size / 2))}${size % 2 === 1 ? 'x' : ''}` : 'x'.repeat(size));
    expect(sent(cloud, attributes, body(1_024 - more))).toHaveProperty('MessageId');
    expect(refusal(cloud, attributes, body(1_025 - more))).toMatchObject({
      name: 'InvalidParameterValue',
      message: 'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
    });
  });

  it('of a message go up to 1 MiB by default', () => {
    expect(sent(queueIn(), {}, 'x'.repeat(1_048_576))).toHaveProperty('MessageId');
    expect(refusal(queueIn(), {}, 'x'.repeat(1_048_577)).message).toBe(
      'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
    );
  });

  it('of a batch go up to 1 MiB in all, attributes included, and a message over the queue’s limit fails alone', () => {
    const cloud = queueIn({ MaximumMessageSize: '1024' });
    const attribute = { a: text('x') };
    const more = 'a'.length + 'String'.length + 'x'.length;
    const batch = (bodyBytes: number): object => ({
      QueueUrl: URL,
      Entries: [
        { Id: 'small', MessageBody: 'x' },
        { Id: 'large', MessageBody: 'x'.repeat(bodyBytes - 1), MessageAttributes: attribute },
      ],
    });
    expect(cloud.send('sqs', 'SendMessageBatch', batch(1_048_576 - more))).toMatchObject({
      Successful: [{ Id: 'small' }],
      Failed: [{ Id: 'large', Code: 'InvalidParameterValue', SenderFault: true }],
    });
    expect(cloud.failure('sqs', 'SendMessageBatch', batch(1_048_577 - more))).toMatchObject({
      name: 'BatchRequestTooLong',
      queryCode: 'AWS.SimpleQueueService.BatchRequestTooLong',
      message: 'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.',
    });
  });

  it('of a body begin at one character', () => {
    expect(sent(queueIn(), {}, ' ')).toHaveProperty('MessageId');
  });
});

describe('SQS bodies', () => {
  it.each(['\t', '\n', '\r', ' ', '\ud7ff', '\ue000', '\ufffd', '\u{10000}', '\u{10ffff}'])('hold the character %j', (character) => {
    const cloud = queueIn();
    sent(cloud, {}, `a${character}b`);
    expect(received(cloud, {})['Body']).toBe(`a${character}b`);
  });

  it.each(['\u0000', '\u0008', '\u000b', '\u001f', '\ud800', '\udfff', '\ufffe', '\uffff'])('do not hold the character %j', (character) => {
    expect(refusal(queueIn(), {}, `a${character}b`)).toMatchObject({ name: 'InvalidMessageContents', status: 400 });
  });
});

describe('SQS receives', () => {
  it.each([['MaxNumberOfMessages', 0], ['MaxNumberOfMessages', 11], ['WaitTimeSeconds', -1], ['WaitTimeSeconds', 21], ['VisibilityTimeout', -1], ['VisibilityTimeout', 43_201]])('take no %s of %i', (name, value) => {
    expect(queueIn().failure('sqs', 'ReceiveMessage', { QueueUrl: URL, [name]: value })).toMatchObject({ name: 'InvalidParameterValue', message: expect.stringContaining(`Value ${value} for parameter ${name} is invalid. Reason: `) as string });
  });
});

describe('SQS inputs of another type', () => {
  it.each([
    ['SendMessage', { MessageBody: { id: 1 } }, 'SerializationException'],
    ['SendMessage', { MessageBody: 5 }, 'SerializationException'],
    ['SendMessage', { MessageBody: 'x', DelaySeconds: '5' }, 'SerializationException'],
    ['SendMessage', { MessageBody: 'x', MessageAttributes: { a: 'x' } }, 'SerializationException'],
    ['ReceiveMessage', { MaxNumberOfMessages: 'ten' }, 'SerializationException'],
    ['ReceiveMessage', { WaitTimeSeconds: 0.5 }, 'SerializationException'],
    ['ReceiveMessage', { AttributeNames: 'All' }, 'SerializationException'],
    ['DeleteMessage', {}, 'MissingParameter'],
    ['SendMessageBatch', {}, 'MissingParameter'],
    ['SendMessageBatch', { Entries: [{ MessageBody: 'x' }] }, 'MissingParameter'],
  ])('are refused, and the run goes on: %s %j', (operation, input, name) => {
    const cloud = queueIn();
    expect(cloud.failure('sqs', operation, { QueueUrl: URL, ...input })).toMatchObject({ name, status: 400 });
    expect(sent(cloud, {})).toHaveProperty('MessageId');
  });

  it.each(['SendMessage', 'ReceiveMessage', 'GetQueueAttributes', 'PurgeQueue'])('want the URL of the queue: %s', (operation) => {
    expect(queueIn().failure('sqs', operation, {})).toMatchObject({ name: 'MissingParameter', message: 'The request must contain the parameter QueueUrl.' });
  });
});

describe('SQS batches', () => {
  const entry = (operation: string, Id: string): object => ({
    Id,
    ...(operation === 'SendMessage' ? { MessageBody: 'x' } : { ReceiptHandle: 'x', ...(operation === 'DeleteMessage' ? {} : { VisibilityTimeout: 1 }) }),
  });

  it.each(['SendMessage', 'DeleteMessage', 'ChangeMessageVisibility'])('of %s name what is missing, repeated or too many', (operation) => {
    const cloud = queueIn();
    const failure = (...ids: string[]) => cloud.failure('sqs', `${operation}Batch`, { QueueUrl: URL, Entries: ids.map((Id) => entry(operation, Id)) });
    expect(failure()).toMatchObject({
      name: 'EmptyBatchRequest',
      queryCode: 'AWS.SimpleQueueService.EmptyBatchRequest',
      message: `There should be at least one ${operation}BatchRequestEntry in the request.`,
    });
    expect(failure('a', 'b', 'a')).toMatchObject({ name: 'BatchEntryIdsNotDistinct', queryCode: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct' });
    expect(failure('a', '')).toMatchObject({ name: 'InvalidBatchEntryId' });
    expect(failure(...Array.from({ length: 20 }, (_, i) => `e${i}`))).toMatchObject({
      name: 'TooManyEntriesInBatchRequest',
      message: 'Maximum number of entries per request are 10. You have sent 20.',
    });
  });
});
