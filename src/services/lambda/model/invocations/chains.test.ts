import { describe, expect, it } from 'vitest';
import { functionsWorld } from '../testing/functions-world.ts';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';

const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs';
const again: Script = { handle: () => [{ call: ['sqs', 'SendMessage', { QueueUrl: URL, MessageBody: 'again' }] }, { result: null }] };
const caller: Script = { handle: (event) => [{ call: ['lambda', 'Invoke', { FunctionName: 'callee', Payload: JSON.stringify(event) }], then: (answer) => [{ result: answer }] }] };
const callee: Script = { handle: (event) => [{ cpuMs: 10 }, { result: { got: event } }] };

describe('a chain of calls', () => {
  it('from function to function waits for the answer, with the rights of the caller', () => {
    const cloud = functionsWorld({ caller, callee });
    cloud.make('callee', { MemorySize: 1769 }, 'callee');
    cloud.make('caller', { MemorySize: 1769 });
    expect(cloud.invoke({ n: 1 }).payload).toMatchObject({ name: 'AccessDeniedException', httpStatusCode: 403 });
    cloud.allow('lambda:InvokeFunction');
    expect(cloud.invoke({ n: 1 }).payload).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    const [inner, outer] = cloud.events('lambda.InvocationSucceeded').slice(-2);
    expect(inner!.resource).toContain(':callee');
    expect(Number(outer!.data['durationUs'])).toBeGreaterThan(Number(inner!.data['durationUs']) + 10_000);
    expect(cloud.events('lambda.CallAnswered').at(-1)!.cause).toContain(inner!.seq);
  });

  it('that comes back to the same function is stopped after 16 turns, and its message goes the way of failures', () => {
    const cloud = functionsWorld({ again });
    cloud.allow('sqs:*');
    cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' });
    cloud.make('again', { MemorySize: 1769 });
    cloud.send('lambda', 'CreateEventSourceMapping', { EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:jobs', FunctionName: 'fn', BatchSize: 1 });
    cloud.advance(2_000);
    cloud.send('sqs', 'SendMessage', { QueueUrl: URL, MessageBody: 'first' });
    cloud.advance(20_000);
    expect(cloud.events('lambda.InvocationSucceeded')).toHaveLength(16);
    expect(cloud.events('lambda.RecursionStopped')).toHaveLength(1);
    expect(cloud.send('sqs', 'GetQueueAttributes', { QueueUrl: URL, AttributeNames: ['ApproximateNumberOfMessagesNotVisible'] })['Attributes']).toEqual({ ApproximateNumberOfMessagesNotVisible: '1' });
    cloud.send('lambda', 'PutFunctionRecursionConfig', { FunctionName: 'fn', RecursiveLoop: 'Allow' });
    cloud.advance(15_000);
    expect(cloud.events('lambda.InvocationSucceeded').length).toBeGreaterThan(30);
  });
});

describe('a client context', () => {
  it('reaches the handler as JSON, and must be base64 of it', () => {
    const cloud = functionsWorld({ show: { handle: (_, __, { clientContext }) => [{ result: clientContext ?? 'none' }] } });
    cloud.make('show');
    expect(cloud.invoke({}, { ClientContext: 'eyJjdXN0b20iOnsiYSI6MX19' }).payload).toBe('{"custom":{"a":1}}');
    expect(cloud.invoke().payload).toBe('none');
    expect(cloud.failure('lambda', 'Invoke', { FunctionName: 'fn', ClientContext: 'a' })).toMatchObject({ name: 'InvalidRequestContentException', status: 400 });
  });
});

describe('logs as JSON', () => {
  it('are platform events, and lines of the handler from the level on', () => {
    const talk: Script = { handle: () => [{ log: '{"level":"INFO","message":"hello"}' }, { result: 1 }] };
    const cloud = functionsWorld({ talk });
    cloud.make('talk', { LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'WARN' } });
    cloud.invoke();
    const lines = cloud.lines().map((line) => JSON.parse(line) as { type: string; record: Record<string, unknown> });
    expect(lines.map((line) => line.type)).toEqual(['platform.initStart', 'platform.start', 'platform.report']);
    expect(lines[2]!.record).toMatchObject({ status: 'success', metrics: { memorySizeMB: 128, maxMemoryUsedMB: 64 } });
  });
});

describe('a runtime that does not run here', () => {
  it('is refused by name when the function has code, and taken when it is synthetic', () => {
    const cloud = functionsWorld({});
    expect(() => cloud.make('x', { Runtime: 'python3.12' })).toThrow('Not modelled: lambda handlers of python3.12.');
    expect(() => cloud.make('x', { Runtime: 'python3.7' })).toThrow('The runtime parameter of python3.7 is no longer supported');
    cloud.make('x', { Runtime: 'python3.12', Code: { synthetic: { durationMs: 5 } } });
    expect(cloud.send('lambda', 'GetFunctionConfiguration', { FunctionName: 'fn' })['Runtime']).toBe('python3.12');
  });
});

describe('a chain over other services', () => {
  const looping = (script: Script, prepare: (cloud: FunctionsWorld) => void): FunctionsWorld => {
    const cloud = functionsWorld({ script });
    cloud.allow('sns:*', 's3:*', 'sqs:*', 'lambda:InvokeFunction');
    cloud.make('script', { MemorySize: 1769 });
    for (const service of ['sns', 's3']) cloud.send('lambda', 'AddPermission', { FunctionName: 'fn', StatementId: service, Action: 'lambda:InvokeFunction', Principal: `${service}.amazonaws.com` });
    prepare(cloud);
    return cloud;
  };
  const runs = (cloud: FunctionsWorld): number => cloud.events('lambda.InvocationSucceeded').length;
  const call = (service: string, operation: string, input: object): Script => ({ handle: () => [{ call: [service, operation, input] }, { result: null }] });
  const TOPIC = 'arn:aws:sns:us-east-1:000000000000:news';
  const FN_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:fn';

  it.each<[string, Script, (cloud: FunctionsWorld) => void, number]>([
    [
      'a topic',
      call('sns', 'Publish', { TopicArn: TOPIC, Message: 'again' }),
      (cloud) => {
        cloud.send('sns', 'CreateTopic', { Name: 'news' });
        cloud.send('sns', 'Subscribe', { TopicArn: TOPIC, Protocol: 'lambda', Endpoint: FN_ARN });
      },
      16,
    ],
    [
      'a bucket',
      call('s3', 'PutObject', { Bucket: 'loop', Key: 'a', Body: 'again' }),
      (cloud) => {
        cloud.send('s3', 'CreateBucket', { Bucket: 'loop' });
        cloud.send('s3', 'PutBucketNotificationConfiguration', { Bucket: 'loop', NotificationConfiguration: { LambdaFunctionConfigurations: [{ LambdaFunctionArn: FN_ARN, Events: ['s3:ObjectCreated:*'] }] } });
      },
      16,
    ],
    [
      'a topic and a queue',
      call('sns', 'Publish', { TopicArn: TOPIC, Message: 'again' }),
      (cloud) => {
        cloud.send('sns', 'CreateTopic', { Name: 'news' });
        cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs', Attributes: { VisibilityTimeout: '300', Policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' }] }) } });
        cloud.send('sns', 'Subscribe', { TopicArn: TOPIC, Protocol: 'sqs', Endpoint: 'arn:aws:sqs:us-east-1:000000000000:jobs' });
        cloud.send('lambda', 'CreateEventSourceMapping', { EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:jobs', FunctionName: 'fn' });
        cloud.advance(2_000);
      },
      16,
    ],
  ])('through %s is stopped after 16 turns', (_, script, prepare, turns) => {
    const cloud = looping(script, prepare);
    cloud.send('lambda', 'Invoke', { FunctionName: 'fn', InvocationType: 'Event', Payload: '{}' });
    cloud.advance(120_000);
    expect(runs(cloud)).toBe(turns);
    expect(cloud.events('lambda.RecursionStopped')).toHaveLength(1);
  });

  it('of destinations is stopped too', () => {
    const cloud = functionsWorld({ ping: { handle: () => [{ result: 1 }] } });
    cloud.allow('lambda:InvokeFunction');
    for (const name of ['ping', 'pong']) cloud.make('ping', { MemorySize: 1769 }, name);
    for (const [name, to] of [['ping', 'pong'], ['pong', 'ping']]) cloud.send('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: name, DestinationConfig: { OnSuccess: { Destination: `arn:aws:lambda:us-east-1:000000000000:function:${to}` } } });
    cloud.send('lambda', 'Invoke', { FunctionName: 'ping', InvocationType: 'Event', Payload: '{}' });
    cloud.advance(120_000);
    expect(runs(cloud)).toBe(32);
  });
});
