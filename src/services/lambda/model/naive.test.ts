/** What naive simulators get wrong of Lambda, an item a test. @source aws/lambda.md §17 */
import { beforeAll, describe, expect, it } from 'vitest';
import { createBlobStore } from '../../../runner/blobs.ts';
import { loadSandbox } from '../../../runner/sandbox.ts';
import type { Runtime } from '../../../sim/ports/runtime.ts';
import { models } from '../../models.ts';
import { cost } from './canvas/readings.ts';
import { failedIds } from './mappings/batches.ts';
import { FN, functionsWorld, ROLE } from './testing/functions-world.ts';
import type { FunctionsWorld } from './testing/functions-world.ts';
import type { Script } from './testing/scripted-runtime.ts';

const count: Script = { init: [{ cpuMs: 200 }], handle: (event, globals) => [{ cpuMs: 20 }, ...((event as { die?: boolean }).die === true ? [{ exit: 1 }] : []), ...((event as { fail?: boolean }).fail === true ? [{ fail: ['Error', 'boom'] as const }] : []), { result: (globals['n'] = (globals['n'] ?? 0) + 1) }] };
const slow: Script = { handle: () => [{ sleepMs: 2_000 }, { result: 'slow' }] };
const boom: Script = { handle: () => [{ cpuMs: 1 }, { fail: ['Error', 'boom'] }] };
const ok: Script = { handle: () => [{ cpuMs: 1 }, { result: null }] };
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:';
const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/';

const queue = (cloud: FunctionsWorld, name: string, Attributes: object = {}): void => void cloud.send('sqs', 'CreateQueue', { QueueName: name, Attributes });
const bodies = (cloud: FunctionsWorld, name: string): Record<string, unknown>[] => (cloud.send('sqs', 'ReceiveMessage', { QueueUrl: `${URL}${name}`, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] })['Messages'] ?? []) as Record<string, unknown>[];
const later = (cloud: FunctionsWorld): void => void cloud.send('lambda', 'Invoke', { FunctionName: 'fn', InvocationType: 'Event', Payload: '{"n":1}' });
const made = (script: Script, settings: object = {}): FunctionsWorld => {
  const cloud = functionsWorld({ script });
  cloud.make('script', { MemorySize: 1769, ...settings });
  return cloud;
};
const mapped = (script: Script, o: { readonly mapping?: object; readonly queue?: object; readonly settings?: object } = {}): FunctionsWorld => {
  const cloud = functionsWorld({ script });
  cloud.allow('sqs:*');
  queue(cloud, 'jobs', { VisibilityTimeout: '30', ...o.queue });
  cloud.make('script', { MemorySize: 1769, ...o.settings });
  cloud.send('lambda', 'CreateEventSourceMapping', { EventSourceArn: `${QUEUE}jobs`, FunctionName: 'fn', ...o.mapping });
  cloud.advance(2_000);
  return cloud;
};
const sendTo = (cloud: FunctionsWorld, ...texts: string[]): void => texts.forEach((MessageBody) => cloud.send('sqs', 'SendMessage', { QueueUrl: `${URL}jobs`, MessageBody }));

const blobs = createBlobStore();
let runtime: Runtime;
beforeAll(async () => {
  runtime = await loadSandbox({ models, blobs });
});
const running = (code: string, settings: object = {}): FunctionsWorld => {
  const cloud = functionsWorld({}, { runtime, blobs });
  cloud.make(code, { MemorySize: 512, ...settings });
  return cloud;
};

describe('what naive simulators get wrong of Lambda', () => {
  it('1. New environment per call, or the opposite, one environment serving parallel calls. Truth: reuse, one request at a time', () => {
    const cloud = made(slow);
    cloud.invoke();
    const both = [cloud.begin(), cloud.begin()];
    cloud.advance(5_000);
    expect(both.map((answer) => answer()!.payload)).toEqual(['slow', 'slow']);
    expect(cloud.events('lambda.InvocationStarted').map((event) => [event.data['environment'], event.data['cold']])).toEqual([['e-1', true], ['e-1', false], ['e-2', true]]);
  });

  it('2. Scaling Init with memory. Init is boosted; only the handler scales', () => {
    const at = (MemorySize: number): { init: number; run: number } => {
      const cloud = made(count, { MemorySize });
      cloud.invoke();
      const { initUs, durationUs } = cloud.events('lambda.InvocationSucceeded')[0]!.data;
      return { init: Number(initUs), run: Number(durationUs) };
    };
    const [small, large] = [at(128), at(1769)];
    expect(small.init).toBe(large.init);
    expect(small.run).toBeGreaterThan(large.run * 8);
  });

  it('3. Resetting after every error. A thrown error keeps globals; only timeout, crash, out of memory, exit, unhandled rejection resets, and /tmp survives even that', () => {
    const cloud = running(`import { existsSync, writeFileSync } from 'node:fs';
let n = 0;
export const handler = async ({ what }) => {
  const seen = [++n, existsSync('/tmp/left')];
  writeFileSync('/tmp/left', 'x');
  if (what === 'throw') throw new Error('thrown');
  if (what === 'exit') process.exit(1);
  return seen;
};`);
    cloud.invoke({ what: 'throw' });
    expect(cloud.invoke().payload).toEqual([2, true]);
    expect(cloud.invoke({ what: 'exit' }).payload).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect(cloud.invoke().payload).toEqual([1, true]);
  });

  it('3. Node 24 is not Node 22 on unhandled rejections, sync returns and callbacks', () => {
    const answer = (code: string, Runtime: string): unknown => running(code, { Runtime }).invoke().payload;
    const rejects = 'export const handler = async () => { Promise.reject(new Error("left alone")); await new Promise((done) => setTimeout(done, 50)); return 1; };';
    expect(answer(rejects, 'nodejs22.x')).toMatchObject({ errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: left alone' });
    expect(answer(rejects, 'nodejs24.x')).toMatchObject({ errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/exit status 1$/) as unknown });
    const sync = 'export const handler = () => 7;';
    expect([answer(sync, 'nodejs22.x'), answer(sync, 'nodejs24.x')]).toEqual([null, 7]);
    const callback = 'export const handler = (event, context, callback) => callback(null, 7);';
    expect(answer(callback, 'nodejs22.x')).toBe(7);
    expect(answer(callback, 'nodejs24.x')).toMatchObject({ errorType: 'Runtime.CallbackHandlerDeprecated' });
  });

  it('4. Losing the suppressed init: the call after a timeout is slow, shows no Init Duration, and its init eats the function timeout', () => {
    const cloud = made({ init: [{ cpuMs: 400 }], handle: (event) => [{ sleepMs: (event as { ms?: number }).ms ?? 0 }, { result: 'done' }] }, { Timeout: 1 });
    expect(cloud.invoke({ ms: 5_000 }).payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
    const after = cloud.invoke({ ms: 5 });
    expect(after.payload).toBe('done');
    expect(after.log).not.toContain('Init');
    expect(Number(cloud.events('lambda.InvocationSucceeded')[0]!.data['durationUs'])).toBeGreaterThan(500_000);
    cloud.invoke({ ms: 5_000 });
    expect(cloud.invoke({ ms: 600 }).payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(cloud.invoke({ ms: 5 }).payload).toBe('done');
    expect(cloud.invoke({ ms: 600 }).payload).toBe('done');
  });

  it('5. Free Init. Billed since Aug 2025; Billed = ceil(Duration + Init)', () => {
    const cloud = made(count);
    const { log } = cloud.invoke();
    const [, duration, billed, init] = /Duration: ([\d.]+) ms\tBilled Duration: (\d+) ms.*Init Duration: ([\d.]+) ms/.exec(log)!;
    expect(Number(billed)).toBe(Math.ceil(Number((Number(duration) + Number(init)).toFixed(2))));
    const warm = /Duration: ([\d.]+) ms\tBilled Duration: (\d+) ms/.exec(cloud.invoke().log)!;
    expect(Number(warm[2])).toBe(Math.ceil(Number(warm[1])));
  });

  it('6. Treating throttles as function errors: separate retry clock, separate metric, not billed', () => {
    const many = made(slow);
    many.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 1 });
    many.begin();
    expect(many.failure('lambda', 'Invoke', { FunctionName: 'fn' }).status).toBe(429);
    expect(many.events('lambda.Throttled').flatMap(cost)).toEqual([]);
    later(many);
    many.advance(10_000);
    expect(many.events('lambda.AsyncWaiting').map((event) => event.data['waitUs'])).toEqual([1_000_000, 2_000_000]);
    expect(many.events('lambda.InvocationStarted').map((event) => event.data['attempt'])).toEqual([1, 1]);
    expect(many.events('lambda.InvocationFailed')).toEqual([]);
  });

  it('7. Async retry timing: 1 min, 2 min, and the max-age look-ahead (age 60 s: no retry)', () => {
    const cloud = made(boom);
    later(cloud);
    cloud.advance(600_000);
    const ends = cloud.events('lambda.InvocationFailed').map((event) => event.at);
    expect([ends[1]! - ends[0]!, ends[2]! - ends[1]!].map((us) => Math.floor(us / 1e6))).toEqual([60, 120]);
    const short = made(boom);
    short.send('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'fn', MaximumEventAgeInSeconds: 60 });
    later(short);
    short.advance(600_000);
    expect(short.events('lambda.InvocationFailed')).toHaveLength(1);
  });

  it('8. Sync retried, destinations used for sync or SQS. Neither happens', () => {
    const cloud = mapped(boom, { queue: { VisibilityTimeout: '600' } });
    queue(cloud, 'bad');
    cloud.send('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'fn', DestinationConfig: { OnFailure: { Destination: `${QUEUE}bad` } } });
    cloud.invoke();
    sendTo(cloud, 'one');
    cloud.advance(300_000);
    expect(cloud.events('lambda.InvocationFailed')).toHaveLength(2);
    expect(bodies(cloud, 'bad')).toEqual([]);
  });

  it('9. DLQ or destination. Both fire; formats differ (raw event + 3 attributes against record)', () => {
    const cloud = functionsWorld({ boom });
    cloud.allow('sqs:*');
    queue(cloud, 'dead');
    queue(cloud, 'bad');
    cloud.make('boom', { DeadLetterConfig: { TargetArn: `${QUEUE}dead` } });
    cloud.send('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'fn', MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination: `${QUEUE}bad` } } });
    later(cloud);
    cloud.advance(10_000);
    const [[dead], [bad]] = [bodies(cloud, 'dead'), bodies(cloud, 'bad')];
    expect([dead!['Body'], Object.keys(dead!['MessageAttributes'] as object).sort()]).toEqual(['{"n":1}', ['ErrorCode', 'ErrorMessage', 'RequestID']]);
    expect(JSON.parse(String(bad!['Body']))).toMatchObject({ version: '1.0', requestPayload: { n: 1 }, requestContext: { condition: 'RetriesExhausted' } });
    expect(bad!['MessageAttributes']).toBeUndefined();
  });

  it('10. Function DLQ catching SQS failures. Only the queue’s redrive policy does', () => {
    const cloud = functionsWorld({ boom });
    cloud.allow('sqs:*');
    for (const name of ['dead', 'given-up']) queue(cloud, name);
    queue(cloud, 'jobs', { VisibilityTimeout: '10', RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `${QUEUE}given-up`, maxReceiveCount: 2 }) });
    cloud.make('boom', { DeadLetterConfig: { TargetArn: `${QUEUE}dead` } });
    cloud.send('lambda', 'CreateEventSourceMapping', { EventSourceArn: `${QUEUE}jobs`, FunctionName: 'fn' });
    cloud.advance(2_000);
    sendTo(cloud, 'poison');
    cloud.advance(60_000);
    expect([bodies(cloud, 'dead').length, bodies(cloud, 'given-up').length]).toEqual([0, 1]);
  });

  it.each([
    ['malformed answer: whole batch fails', true, '{"foo":"x"}', ['1', '2']],
    ['an empty identifier: whole batch fails', true, '{"batchItemFailures":[{"itemIdentifier":""}]}', ['1', '2']],
    ['no identifier: whole batch fails', true, '{"batchItemFailures":[{"itemIdentifier":null}]}', ['1', '2']],
    ['an identifier of another batch: whole batch fails', true, '{"batchItemFailures":[{"itemIdentifier":"9"}]}', ['1', '2']],
    ['no JSON: whole batch fails', true, '"text"', ['1', '2']],
    ['no flag: whole batch deleted', false, '{"batchItemFailures":[{"itemIdentifier":"1"}]}', []],
    ['one identifier: that one comes back', true, '{"batchItemFailures":[{"itemIdentifier":"2"}]}', ['2']],
    ['an empty list: success', true, '{"batchItemFailures":[]}', []],
    ['null: success', true, '{"batchItemFailures":null}', []],
    ['an empty object: success', true, '{}', []],
    ['null alone: success', true, 'null', []],
    ['an empty text: success', true, '""', []],
  ])('11. Partial batch: %s', (_, partialFailures, payload, failed) => {
    const messages = ['1', '2'].map((messageId) => ({ messageId }));
    const settings = { batchSize: 10, windowSec: 0, maximumConcurrency: undefined, provisioned: undefined, filters: [], partialFailures, metrics: false };
    expect([...failedIds({ settings }, { messages } as never, { status: 'success', payload, errorType: '', fatal: false })]).toEqual(failed);
  });

  it('12. Receive count rises for throttled receives; visibility timeout drives retry timing; filter miss deletes the message', () => {
    const cloud = mapped(ok, { queue: { VisibilityTimeout: '15' }, mapping: { FilterCriteria: { Filters: [{ Pattern: '{"body":["keep"]}' }] } } });
    cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 0 });
    sendTo(cloud, 'keep', 'drop');
    cloud.advance(20_000);
    const received = cloud.events('sqs.MessageReceived').filter((event) => event.data['receiveCount'] === 2);
    expect(received).toHaveLength(1);
    expect(received[0]!.at - cloud.events('sqs.MessageReceived')[0]!.at).toBe(15_000_000);
    expect(cloud.events('lambda.InvocationStarted')).toEqual([]);
    expect(cloud.events('lambda.MessagesFilteredOut')[0]!.data['messages']).toBe(1);
    expect(cloud.send('sqs', 'GetQueueAttributes', { QueueUrl: `${URL}jobs`, AttributeNames: ['All'] })['Attributes']).toMatchObject({ ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '1' });
  });

  it('13. X-Amz-Function-Error: Handled. Real answers today say Unhandled; HTTP is 200; timeout payload is now Sandbox.Timedout', () => {
    expect(made(boom).invoke()).toMatchObject({ statusCode: 200, functionError: 'Unhandled' });
    const { statusCode, functionError, payload } = made(slow, { Timeout: 1 }).invoke();
    expect({ statusCode, functionError, payload }).toMatchObject({ statusCode: 200, functionError: 'Unhandled', payload: { errorType: 'Sandbox.Timedout', errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 1\.00 seconds$/) as unknown } });
  });

  it('14. $LATEST as “highest version”; publish always making a version; provisioned concurrency on $LATEST; provisioned usable one by one (it is all-or-nothing)', () => {
    const cloud = made(count);
    const publish = (): unknown => cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' })['Version'];
    expect([publish(), publish()]).toEqual(['1', '1']);
    cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', Timeout: 9 });
    expect(cloud.send('lambda', 'GetFunctionConfiguration', { FunctionName: 'fn' })['Timeout']).toBe(9);
    expect(cloud.send('lambda', 'GetFunctionConfiguration', { FunctionName: 'fn', Qualifier: '1' })['Timeout']).toBe(3);
    const provision = (Qualifier: string) => ({ FunctionName: 'fn', Qualifier, ProvisionedConcurrentExecutions: 3 });
    expect(cloud.failure('lambda', 'PutProvisionedConcurrencyConfig', provision('$LATEST')).message).toBe('Provisioned Concurrency Configs cannot be applied to unpublished function versions.');
    cloud.send('lambda', 'PutProvisionedConcurrencyConfig', provision('1'));
    cloud.advance(90_100);
    expect(cloud.events('lambda.EnvironmentStarting').length).toBe(3);
    expect(cloud.events('lambda.InitEnded').length).toBeLessThan(3);
    cloud.begin({}, { Qualifier: '1' });
    cloud.advance(3_000);
    expect(cloud.events('lambda.InvocationSucceeded')[0]!.data['provisioned']).toBe(false);
    cloud.invoke({}, { Qualifier: '1' });
    expect(cloud.events('lambda.InvocationSucceeded')[1]!.data['provisioned']).toBe(true);
  });

  it('15. Old limits: 3,000-burst + 500/min, SQS +60/min & 1,000, 256 KB async, 10 s VPC cold start', () => {
    const cloud = functionsWorld({ slow }, { tuning: { lambda: { accountConcurrency: 5_000 } } });
    cloud.make('slow', { Timeout: 30 });
    for (let i = 0; i < 1_000; i++) cloud.begin({}, { LogType: 'None' });
    expect(cloud.failure('lambda', 'Invoke', { FunctionName: 'fn' })).toMatchObject({ status: 429, data: { Reason: 'ConcurrentInvocationLimitExceeded' } });
    cloud.advance(1_000);
    let more = 0;
    const tries = Array.from({ length: 150 }, () => cloud.start('lambda', 'Invoke', { FunctionName: 'fn' }));
    for (const answer of tries) if (answer() === undefined) more++;
    expect(more).toBe(100);
    const event = (bytes: number): object => ({ FunctionName: 'fn', InvocationType: 'Event', Payload: `"${'x'.repeat(bytes - 2)}"` });
    expect(cloud.send('lambda', 'Invoke', event(1_048_576))).toEqual({ StatusCode: 202 });
    expect(cloud.failure('lambda', 'Invoke', event(1_048_577))).toMatchObject({ name: 'RequestTooLargeException', status: 413 });
  });

  it('Also: work left running after return is frozen and resumes in someone else’s request', () => {
    const cloud = made({ handle: (_event, globals) => [{ laterMs: 100, then: (_, late) => Object.assign(late, { by: 1 }) && [{ log: 'from the first request' }] }, { result: globals['by'] ?? 0 }] });
    expect(cloud.invoke().payload).toBe(0);
    cloud.advance(60_000);
    expect(cloud.lines().filter((line) => line.startsWith('from'))).toEqual([]);
    expect(cloud.invoke()).toMatchObject({ payload: 1, log: expect.stringContaining('from the first request') as unknown });
  });

  it('Also: missing log rights lose logs silently', () => {
    const cloud = made(ok);
    cloud.send('iam', 'DetachRolePolicy', { RoleName: 'fn-role', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' });
    expect(cloud.invoke()).toMatchObject({ statusCode: 200, functionError: undefined });
    expect(cloud.lines()).toEqual([]);
  });

  it('Also: resource policy is needed for push sources, execution role for poll sources', () => {
    const cloud = made(ok);
    cloud.send('s3', 'CreateBucket', { Bucket: 'uploads' });
    const NotificationConfiguration = { LambdaFunctionConfigurations: [{ LambdaFunctionArn: FN, Events: ['s3:ObjectCreated:*'] }] };
    expect(cloud.failure('s3', 'PutBucketNotificationConfiguration', { Bucket: 'uploads', NotificationConfiguration }).message).toBe('Unable to validate the following destination configurations');
    cloud.send('lambda', 'AddPermission', { FunctionName: 'fn', StatementId: 's3', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com', SourceArn: 'arn:aws:s3:::uploads' });
    cloud.send('s3', 'PutBucketNotificationConfiguration', { Bucket: 'uploads', NotificationConfiguration });
    queue(cloud, 'jobs');
    const mapping = { EventSourceArn: `${QUEUE}jobs`, FunctionName: 'fn' };
    cloud.send('lambda', 'AddPermission', { FunctionName: 'fn', StatementId: 'sqs', Action: 'lambda:InvokeFunction', Principal: 'sqs.amazonaws.com' });
    expect(cloud.failure('lambda', 'CreateEventSourceMapping', mapping).message).toContain('The provided execution role does not have permissions');
    cloud.allow('sqs:*');
    expect(cloud.send('lambda', 'CreateEventSourceMapping', mapping)['State']).toBe('Creating');
  });

  it('Also: a single-threaded handler gains nothing above 1,769 MB', () => {
    const at = (MemorySize: number): unknown => {
      const cloud = made(count, { MemorySize });
      cloud.invoke();
      return cloud.events('lambda.InvocationSucceeded')[0]!.data['durationUs'];
    };
    expect([at(1769), at(3000), at(10_240)]).toEqual([at(1769), at(1769), at(1769)]);
  });

  it('Also: the role must be one that Lambda may assume', () => {
    const cloud = functionsWorld({ ok });
    cloud.send('iam', 'CreateRole', { RoleName: 'ec2', AssumeRolePolicyDocument: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] }) });
    expect(() => cloud.make('ok', { Role: ROLE.replace('fn-role', 'ec2') })).toThrow('The role defined for the function cannot be assumed by Lambda.');
  });
});
