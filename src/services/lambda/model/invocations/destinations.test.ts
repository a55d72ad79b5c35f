import { describe, expect, it } from 'vitest';
import { FN, functionsWorld } from '../testing/functions-world.ts';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';

const work: Script = { handle: (event) => ((event as { fail?: boolean }).fail === true ? [{ fail: ['Error', 'boom'] }] : [{ result: { ok: true } }]) };
const show: Script = { handle: (event) => [{ log: `got ${JSON.stringify(event)}` }, { result: null }] };
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:';
const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/';

function world(destinations: object, before: (cloud: FunctionsWorld) => void = () => {}): FunctionsWorld {
  const cloud = functionsWorld({ work, show });
  cloud.allow('sqs:*', 'lambda:InvokeFunction', 'events:PutEvents', 's3:*');
  cloud.make('work', { MemorySize: 1769 });
  before(cloud);
  cloud.send('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'fn', MaximumRetryAttempts: 0, DestinationConfig: destinations });
  return cloud;
}
function invoke(cloud: FunctionsWorld, event: object): void {
  cloud.send('lambda', 'Invoke', { FunctionName: 'fn', InvocationType: 'Event', Payload: JSON.stringify(event) });
  cloud.advance(5_000);
}
const messages = (cloud: FunctionsWorld, name: string): Record<string, unknown>[] => (cloud.send('sqs', 'ReceiveMessage', { QueueUrl: `${URL}${name}`, MaxNumberOfMessages: 10 })['Messages'] ?? []) as Record<string, unknown>[];

describe('a destination', () => {
  it('that is a function gets the record as its event', () => {
    const cloud = world({ OnSuccess: { Destination: `${FN}-next` } }, (early) => early.make('show', { MemorySize: 1769 }, 'fn-next'));
    invoke(cloud, { n: 1 });
    const record = JSON.parse(cloud.lines('fn-next').find((line) => line.startsWith('got'))!.slice(4)) as object;
    expect(record).toEqual({
      version: '1.0',
      timestamp: expect.stringMatching(/^2026-01-01T00:00:\d\d\.\d{3}Z$/) as unknown,
      requestContext: { requestId: expect.any(String) as unknown, functionArn: `${FN}:$LATEST`, condition: 'Success', approximateInvokeCount: 1 },
      requestPayload: { n: 1 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST' },
      responsePayload: { ok: true },
    });
  });

  it('that is a bus gets an event of source lambda, with the record as its detail', () => {
    const cloud = world({ OnFailure: { Destination: 'arn:aws:events:us-east-1:000000000000:event-bus/default' } }, (early) => {
      early.send('sqs', 'CreateQueue', { QueueName: 'seen', Attributes: { Policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: `${QUEUE}seen` }] }) } });
      early.send('events', 'PutRule', { Name: 'all', EventPattern: '{"source":["lambda"]}' });
      early.send('events', 'PutTargets', { Rule: 'all', Targets: [{ Id: '1', Arn: `${QUEUE}seen` }] });
    });
    invoke(cloud, { fail: true });
    const event = JSON.parse(String(messages(cloud, 'seen')[0]!['Body'])) as object;
    expect(event).toMatchObject({
      source: 'lambda',
      'detail-type': 'Lambda Function Invocation Result - Failure',
      resources: ['arn:aws:events:us-east-1:000000000000:event-bus/default', `${FN}:$LATEST`],
      detail: { requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 1 }, responseContext: { functionError: 'Unhandled' }, responsePayload: { errorType: 'Error', errorMessage: 'boom' } },
    });
  });

  it('that is a bucket takes failures only', () => {
    const cloud = world({ OnFailure: { Destination: 'arn:aws:s3:::lost-events' } }, (early) => early.send('s3', 'CreateBucket', { Bucket: 'lost-events' }));
    expect(cloud.failure('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'fn', DestinationConfig: { OnSuccess: { Destination: 'arn:aws:s3:::lost-events' } } }).name).toBe('InvalidParameterValueException');
    invoke(cloud, { fail: true });
    expect((cloud.send('s3', 'ListObjectsV2', { Bucket: 'lost-events' })['Contents'] as { Key: string }[])[0]!.Key).toMatch(/^aws\/lambda\/async\/fn\/\$LATEST\/2026\/01\/01\//);
  });

  it('that is a FIFO queue, or that the role may not reach, loses the record', () => {
    const fifo = world({ OnSuccess: { Destination: `${QUEUE}in-order.fifo` } });
    invoke(fifo, {});
    expect(fifo.events('lambda.DestinationFailed')).toHaveLength(1);
    const denied = functionsWorld({ work });
    denied.send('sqs', 'CreateQueue', { QueueName: 'seen' });
    denied.make('work');
    denied.send('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'fn', DestinationConfig: { OnSuccess: { Destination: `${QUEUE}seen` } } });
    invoke(denied, {});
    expect(denied.events('lambda.DestinationFailed')[0]!.data['destination']).toBe(`${QUEUE}seen`);
    expect(denied.events('lambda.InvocationSucceeded')).toHaveLength(1);
  });

  it('of an alias is that of the alias, and its ARN is in the record', () => {
    const cloud = functionsWorld({ work });
    cloud.allow('sqs:*');
    cloud.send('sqs', 'CreateQueue', { QueueName: 'seen' });
    cloud.make('work');
    cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    cloud.send('lambda', 'CreateAlias', { FunctionName: 'fn', Name: 'live', FunctionVersion: '1' });
    cloud.send('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'fn', Qualifier: 'live', DestinationConfig: { OnSuccess: { Destination: `${QUEUE}seen` } } });
    invoke(cloud, {});
    expect(messages(cloud, 'seen')).toEqual([]);
    cloud.send('lambda', 'Invoke', { FunctionName: 'fn', Qualifier: 'live', InvocationType: 'Event', Payload: '{}' });
    cloud.advance(5_000);
    expect(JSON.parse(String(messages(cloud, 'seen')[0]!['Body']))).toMatchObject({ requestContext: { functionArn: `${FN}:live` }, responseContext: { executedVersion: '1' } });
  });
});

describe('a dead letter', () => {
  it('carries the first kilobyte of the error message, counted in bytes, with no character cut in two', () => {
    for (const [text, kept] of [['é'.repeat(600), 'é'.repeat(512)], [`x${'é'.repeat(600)}`, `x${'é'.repeat(511)}`], ['x'.repeat(1_024), 'x'.repeat(1_024)]] as const) {
      const cloud = functionsWorld({ fails: { handle: () => [{ fail: ['Error', text] }] } });
      cloud.allow('sqs:*');
      cloud.send('sqs', 'CreateQueue', { QueueName: 'dead' });
      cloud.make('fails', { MemorySize: 1769, DeadLetterConfig: { TargetArn: `${QUEUE}dead` } });
      cloud.send('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'fn', MaximumRetryAttempts: 0 });
      invoke(cloud, {});
      const [letter] = cloud.send('sqs', 'ReceiveMessage', { QueueUrl: `${URL}dead`, MessageAttributeNames: ['All'] })['Messages'] as { MessageAttributes: object }[];
      expect(letter!.MessageAttributes).toMatchObject({ ErrorMessage: { StringValue: kept } });
    }
  });
});

describe('Invoke', () => {
  it('takes the invocation types and log types of the API, and no others', () => {
    const cloud = functionsWorld({ work });
    cloud.make('work');
    const refused = (o: object): string => cloud.failure('lambda', 'Invoke', { FunctionName: 'fn', Payload: '{}', ...o }).message;
    expect(refused({ InvocationType: 'Sync' })).toBe("1 validation error detected: Value 'Sync' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]");
    expect(refused({ LogType: 'tail' })).toBe("1 validation error detected: Value 'tail' at 'logType' failed to satisfy constraint: Member must satisfy enum value set: [None, Tail]");
    expect(cloud.send('lambda', 'Invoke', { FunctionName: 'fn', InvocationType: 'DryRun' })).toEqual({ StatusCode: 204 });
  });
});

describe('events that run in a circle', () => {
  it('are dropped after 16 turns and go to the dead-letter queue; a sync caller gets RecursiveInvocationException', () => {
    const circle: Script = { handle: () => [{ call: ['lambda', 'Invoke', { FunctionName: 'fn', InvocationType: 'Event', Payload: '{}' }] }, { result: null }] };
    const cloud = functionsWorld({ circle });
    cloud.allow('lambda:InvokeFunction', 'sqs:*');
    cloud.send('sqs', 'CreateQueue', { QueueName: 'dead' });
    cloud.make('circle', { MemorySize: 1769, DeadLetterConfig: { TargetArn: `${QUEUE}dead` } });
    invoke(cloud, {});
    cloud.advance(30_000);
    expect(cloud.events('lambda.InvocationSucceeded')).toHaveLength(16);
    expect(messages(cloud, 'dead')).toHaveLength(1);
    const sync = functionsWorld({ circle: { handle: () => [{ call: ['lambda', 'Invoke', { FunctionName: 'fn', Payload: '{}' }], then: (answer) => [{ log: `got ${String((answer as { name?: string }).name)}` }] }, { result: null }] } });
    sync.allow('lambda:InvokeFunction');
    sync.make('circle', { MemorySize: 1769, Timeout: 60 });
    sync.begin();
    sync.advance(60_000);
    expect(sync.lines().filter((line) => line.startsWith('got'))[0]).toBe('got RecursiveInvocationException\n');
    expect(sync.events('lambda.InvocationSucceeded')).toHaveLength(16);
  });
});

describe('the queue of async events', () => {
  it('may hand an event over twice without any error, with the same request id', () => {
    const cloud = functionsWorld({ work }, { tuning: { lambda: { asyncDuplicateChance: 1 } } });
    cloud.make('work');
    invoke(cloud, {});
    const ids = cloud.events('lambda.InvocationSucceeded').map((event) => event.data['requestId']);
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
  });

  it('waits 1 s, then twice as long each time up to five minutes while there is no room, and gives up at the event’s age', () => {
    const long: Script = { handle: () => [{ sleepMs: 850_000 }, { result: 1 }] };
    const cloud = functionsWorld({ long });
    cloud.make('long', { Timeout: 900 });
    cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 1 });
    cloud.send('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'fn', MaximumEventAgeInSeconds: 800 });
    for (let i = 0; i < 2; i++) cloud.send('lambda', 'Invoke', { FunctionName: 'fn', InvocationType: 'Event', Payload: '{}' });
    cloud.advance(3_600_000);
    expect(cloud.events('lambda.AsyncWaiting').map((event) => Number(event.data['waitUs']) / 1e6)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256]);
    expect(cloud.events('lambda.AsyncDropped')[0]!.data).toMatchObject({ condition: 'EventAgeExceeded', attempts: 0 });
  });
});
