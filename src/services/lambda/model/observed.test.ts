/** What was recorded of Lambda on real AWS, a line a test. Those of streams are in mappings/stream.test.ts. @source aws/observed.md E, F, G */
import { describe, expect, it } from 'vitest';
import { FN, functionsWorld, ROLE } from './testing/functions-world.ts';
import type { FunctionsWorld } from './testing/functions-world.ts';
import type { Script } from './testing/scripted-runtime.ts';

const echo: Script = { handle: (event) => [{ result: event }] };
const nothing: Script = { handle: () => [{ cpuMs: 1 }, { result: undefined }] };
const slow: Script = { handle: () => [{ sleepMs: 2_000 }, { result: 1 }] };
const boom: Script = { handle: () => [{ fail: ['Error', 'boom'] }] };
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:';
const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs';

function made(script: Script, settings: object = {}): FunctionsWorld {
  const cloud = functionsWorld({ script });
  cloud.make('script', settings);
  return cloud;
}
function withQueue(script: Script, attributes: object = {}): FunctionsWorld {
  const cloud = functionsWorld({ script });
  cloud.allow('sqs:*');
  cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs', Attributes: attributes });
  cloud.make('script', { MemorySize: 1769 });
  return cloud;
}
const map = (cloud: FunctionsWorld, more: object = {}): Record<string, unknown> => cloud.send('lambda', 'CreateEventSourceMapping', { EventSourceArn: `${QUEUE}jobs`, FunctionName: 'fn', ...more });
const published = (script: Script = echo): FunctionsWorld => {
  const cloud = made(script);
  cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
  return cloud;
};

describe('Lambda as recorded, synchronous', () => {
  it('LAM-001: RequestResponse answers 200, ExecutedVersion and the handler’s JSON; nothing returned is the text null', () => {
    expect(made(echo).invoke({ a: [1] })).toMatchObject({ statusCode: 200, version: '$LATEST', payload: { a: [1] } });
    const cloud = made(nothing);
    const answer = cloud.start('lambda', 'Invoke', { FunctionName: 'fn' });
    cloud.advance(3_000);
    expect(answer()!.output!['Payload']).toEqual({ $bytes: 'bnVsbA==' });
  });

  it('LAM-009: an unknown function is a 404 that names its ARN, with $LATEST when it was asked so, Type User and Message', () => {
    const cloud = made(echo);
    const message = 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:none';
    expect(cloud.failure('lambda', 'Invoke', { FunctionName: 'none' })).toMatchObject({ name: 'ResourceNotFoundException', status: 404, message, data: { Type: 'User', Message: message } });
    expect(cloud.failure('lambda', 'Invoke', { FunctionName: 'none', Qualifier: '$LATEST' }).message).toBe(`${message}:$LATEST`);
  });

  it('LAM-010: a payload that is not JSON is a 400 that begins as AWS’s', () => {
    expect(made(echo).failure('lambda', 'Invoke', { FunctionName: 'fn', Payload: 'x' })).toMatchObject({ name: 'InvalidRequestContentException', status: 400, message: expect.stringMatching(/^Could not parse request body into json: Could not parse payload into json: Unexpected character /) as unknown });
  });

  it('LAM-012: with reserved 1 and provisioned 1 on version 1, $LATEST gets 429 and version 1 runs', () => {
    const cloud = published();
    cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 1 });
    cloud.send('lambda', 'PutProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: '1', ProvisionedConcurrentExecutions: 1 });
    cloud.advance(100_000);
    expect(cloud.failure('lambda', 'Invoke', { FunctionName: 'fn' })).toMatchObject({ status: 429, data: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' } });
    expect(cloud.invoke({}, { Qualifier: '1' }).version).toBe('1');
  });

  it('LAM-013: reserved below the provisioned total is refused; reading none is a 200 without the field', () => {
    const cloud = published();
    expect(cloud.send('lambda', 'GetFunctionConcurrency', { FunctionName: 'fn' })).toEqual({});
    cloud.send('lambda', 'PutProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: '1', ProvisionedConcurrentExecutions: 2 });
    expect(cloud.failure('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 1 })).toMatchObject({ name: 'InvalidParameterValueException', status: 400, message: " ReservedConcurrentExecutions  1 should not be lower than function's total provisioned concurrency [2]." });
  });

  it('LAM-014: START, END and REPORT carry the request id; Init Duration only on a cold start', () => {
    const cloud = made(echo);
    const [cold, warm] = [cloud.invoke().log, cloud.invoke().log];
    for (const log of [cold, warm]) expect(new Set([...log.matchAll(/^(?:START|END|REPORT) RequestId: (\S+)/gm)].map((match) => match[1])).size).toBe(1);
    expect([cold.includes('Init Duration'), warm.includes('Init Duration')]).toEqual([true, false]);
  });

  it('LAM-015: the invoked ARN carries the qualifier only if the call had one', () => {
    const who: Script = { handle: () => [{ result: null }] };
    const cloud = published(who);
    const arns: string[] = [];
    const { resume } = cloud.runtime;
    cloud.runtime.resume = (image, stimulus, input) => {
      if (stimulus.kind === 'invoke') arns.push(stimulus.context.invokedFunctionArn);
      return resume(image, stimulus, input);
    };
    cloud.invoke();
    cloud.invoke({}, { Qualifier: '1' });
    cloud.invoke({}, { FunctionName: 'fn:1' });
    expect(arns).toEqual([FN, `${FN}:1`, `${FN}:1`]);
  });

  it('LAM-016: the defaults of a function', () => {
    const cloud = functionsWorld({ echo });
    expect(cloud.send('lambda', 'CreateFunction', { FunctionName: 'fn', Role: ROLE, Runtime: 'nodejs24.x', Handler: 'index.handler', Code: { files: { 'index.mjs': 'echo' } } })).toMatchObject({
      MemorySize: 128, Timeout: 3, EphemeralStorage: { Size: 512 }, Architectures: ['x86_64'], PackageType: 'Zip', TracingConfig: { Mode: 'PassThrough' }, State: 'Pending', StateReasonCode: 'Creating', StateReason: 'The function is being created.',
    });
  });

  it('LAM-017: routing cannot include $LATEST; a duplicate alias is 409; alias names cannot be all digits', () => {
    const cloud = published();
    cloud.send('lambda', 'CreateAlias', { FunctionName: 'fn', Name: 'live', FunctionVersion: '1' });
    const alias = (more: object): object => ({ FunctionName: 'fn', Name: 'other', FunctionVersion: '1', ...more });
    expect(cloud.failure('lambda', 'CreateAlias', alias({ RoutingConfig: { AdditionalVersionWeights: { $LATEST: 0.5 } } }))).toMatchObject({ name: 'InvalidParameterValueException', status: 400 });
    expect(cloud.failure('lambda', 'CreateAlias', alias({ FunctionVersion: '$LATEST', RoutingConfig: { AdditionalVersionWeights: { '1': 0.5 } } })).message).toBe('$LATEST is not supported for an alias pointing to more than 1 version');
    expect(cloud.failure('lambda', 'CreateAlias', alias({ Name: 'live' }))).toMatchObject({ name: 'ResourceConflictException', status: 409 });
    expect(cloud.failure('lambda', 'CreateAlias', alias({ Name: '123' })).name).toBe('InvalidParameterValueException');
    expect(cloud.failure('lambda', 'CreateAlias', alias({ RoutingConfig: { AdditionalVersionWeights: { '1': 0.5, '2': 0.1 } } })).message).toBe('Number of items in AdditionalVersionWeights cannot be greater than 1');
  });

  it('LAM-018: a wrong RevisionId is 412', () => {
    expect(made(echo).failure('lambda', 'PublishVersion', { FunctionName: 'fn', RevisionId: 'wrong' })).toMatchObject({ name: 'PreconditionFailedException', status: 412 });
  });
});

describe('Lambda as recorded, asynchronous', () => {
  it('ASY-005: the record is the message’s body as JSON text, without attributes, unlike the dead letter', () => {
    const cloud = withQueue(boom);
    cloud.send('sqs', 'CreateQueue', { QueueName: 'dead' });
    cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', DeadLetterConfig: { TargetArn: `${QUEUE}dead` } });
    cloud.advance(1_000);
    cloud.send('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'fn', MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination: `${QUEUE}jobs` } } });
    cloud.send('lambda', 'Invoke', { FunctionName: 'fn', InvocationType: 'Event', Payload: '{"a":1}' });
    cloud.advance(5_000);
    const read = (url: string) => (cloud.send('sqs', 'ReceiveMessage', { QueueUrl: url, MessageAttributeNames: ['All'] })['Messages'] as Record<string, unknown>[])[0]!;
    const record = read(URL);
    expect(JSON.parse(String(record['Body']))).toMatchObject({ requestPayload: { a: 1 } });
    expect(record['MessageAttributes']).toBeUndefined();
    expect(Object.keys(read(URL.replace('jobs', 'dead'))['MessageAttributes'] as object)).toHaveLength(3);
  });

  it('ASY-014: nothing set, itself and an unknown function as a destination are refused', () => {
    const cloud = made(echo);
    const put = (more: object) => cloud.failure('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'fn', ...more });
    expect(put({})).toMatchObject({ status: 400, message: 'You must specify at least one of error handling or destination setting.' });
    expect(put({ DestinationConfig: { OnSuccess: { Destination: FN } } })).toMatchObject({ status: 400, message: "You can't specify the function as a destination for itself." });
    expect(put({ DestinationConfig: { OnSuccess: { Destination: `${FN}2` } } })).toMatchObject({ name: 'InvalidParameterValueException', status: 400 });
  });

  it('ASY-016: a side of DestinationConfig that is not set is {}', () => {
    expect(made(echo).send('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'fn', MaximumRetryAttempts: 1 })['DestinationConfig']).toEqual({ OnSuccess: {}, OnFailure: {} });
  });
});

describe('Lambda as recorded, mappings of queues', () => {
  it('ESQ-010: create is 202 Creating with BatchSize 10, window 0, no response types, USER_INITIATED, and no member of streams', () => {
    const answer = map(withQueue(echo));
    expect(answer).toMatchObject({ State: 'Creating', BatchSize: 10, MaximumBatchingWindowInSeconds: 0, FunctionResponseTypes: [], StateTransitionReason: 'USER_INITIATED' });
    for (const member of ['StartingPosition', 'ParallelizationFactor', 'MaximumRetryAttempts', 'MaximumRecordAgeInSeconds', 'BisectBatchOnFunctionError', 'TumblingWindowInSeconds', 'DestinationConfig', 'LastProcessingResult']) expect(Object.keys(answer)).not.toContain(member);
  });

  it.each([15, 100, 1_000, 10_000])('ESQ-012: 15 messages and a batch size of %i with a window all arrive, none twice', (BatchSize) => {
    const ids: Script = { handle: (event) => [{ log: (event as { Records: { messageId: string }[] }).Records.map((record) => record.messageId).join(' ') }, { result: null }] };
    const cloud = withQueue(ids);
    map(cloud, { BatchSize, MaximumBatchingWindowInSeconds: 2 });
    cloud.advance(2_000);
    for (let i = 0; i < 15; i++) cloud.send('sqs', 'SendMessage', { QueueUrl: URL, MessageBody: String(i) });
    cloud.advance(30_000);
    const seen = cloud.lines().filter((line) => /^[0-9a-f]{8}-/.test(line)).flatMap((line) => line.trim().split(' '));
    expect([seen.length, new Set(seen).size]).toEqual([15, 15]);
  });

  it('ESQ-013: 30 messages, batch size 20, MaximumConcurrency 2 and reserved 2: two at a time, and all arrive', () => {
    const cloud = withQueue(slow);
    cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 2 });
    for (let i = 0; i < 30; i++) cloud.send('sqs', 'SendMessage', { QueueUrl: URL, MessageBody: String(i) });
    map(cloud, { BatchSize: 20, MaximumBatchingWindowInSeconds: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    cloud.advance(60_000);
    expect(cloud.events('lambda.InvocationSucceeded')).toHaveLength(2);
    expect(cloud.events('lambda.Throttled')).toEqual([]);
  });

  it('ESQ-019: update is 202 Updating, enabling goes through Enabling; an unknown UUID is 404', () => {
    const cloud = withQueue(echo);
    const { UUID } = map(cloud, { Enabled: false });
    cloud.advance(2_000);
    const update = (more: object): unknown => cloud.send('lambda', 'UpdateEventSourceMapping', { UUID, ...more })['State'];
    expect(update({ BatchSize: 5 })).toBe('Updating');
    cloud.advance(2_000);
    expect(update({ Enabled: true })).toBe('Enabling');
    cloud.advance(2_000);
    expect(cloud.send('lambda', 'GetEventSourceMapping', { UUID })).toMatchObject({ State: 'Enabled', BatchSize: 5 });
    expect(cloud.failure('lambda', 'GetEventSourceMapping', { UUID: 'none' })).toMatchObject({ status: 404, message: 'The resource you requested does not exist.' });
  });
});

describe('Lambda versions, aliases and policies by the guide', () => {
  it('an alias cannot point to an alias', () => {
    const cloud = published();
    cloud.send('lambda', 'CreateAlias', { FunctionName: 'fn', Name: 'live', FunctionVersion: '1' });
    expect(cloud.failure('lambda', 'CreateAlias', { FunctionName: 'fn', Name: 'other', FunctionVersion: 'live' })).toMatchObject({ name: 'InvalidParameterValueException', message: expect.stringContaining("at 'functionVersion' failed to satisfy constraint") as unknown });
  });

  it('a statement for an alias admits only through the alias', () => {
    const cloud = published();
    cloud.send('lambda', 'CreateAlias', { FunctionName: 'fn', Name: 'live', FunctionVersion: '1' });
    cloud.send('lambda', 'AddPermission', { FunctionName: 'fn', Qualifier: 'live', StatementId: 'me', Action: 'lambda:InvokeFunction', Principal: ROLE });
    expect(JSON.parse(String(cloud.send('lambda', 'GetPolicy', { FunctionName: 'fn', Qualifier: 'live' })['Policy'])).Statement[0].Resource).toBe(`${FN}:live`);
    expect(cloud.failure('lambda', 'Invoke', { FunctionName: 'fn' }, ROLE).name).toBe('AccessDeniedException');
    const answer = cloud.start('lambda', 'Invoke', { FunctionName: 'fn', Qualifier: 'live' }, ROLE);
    cloud.advance(2_000);
    expect(answer()!.output).toMatchObject({ StatusCode: 200, ExecutedVersion: '1' });
    expect(cloud.failure('lambda', 'AddPermission', { FunctionName: 'fn', Qualifier: '$LATEST', StatementId: 'me', Action: 'lambda:InvokeFunction', Principal: ROLE }).message).toBe('We currently do not support adding policies for $LATEST.');
  });

  it('the allocation of an alias follows it to its new version', () => {
    const cloud = published();
    cloud.send('lambda', 'CreateAlias', { FunctionName: 'fn', Name: 'live', FunctionVersion: '1' });
    cloud.send('lambda', 'PutProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: 'live', ProvisionedConcurrentExecutions: 2 });
    cloud.advance(100_000);
    expect(cloud.failure('lambda', 'PutProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: '1', ProvisionedConcurrentExecutions: 1 }).message).toBe('Version is pointed by a Provisioned Concurrency alias');
    cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', Timeout: 9 });
    cloud.advance(1_000);
    cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    cloud.send('lambda', 'UpdateAlias', { FunctionName: 'fn', Name: 'live', FunctionVersion: '2' });
    expect(cloud.send('lambda', 'GetProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: 'live' })['Status']).toBe('IN_PROGRESS');
    cloud.advance(100_000);
    expect(cloud.send('lambda', 'GetProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: 'live' })['Status']).toBe('READY');
    expect(cloud.invoke({}, { Qualifier: 'live' }).version).toBe('2');
    expect(cloud.events('lambda.InvocationSucceeded')[0]!.data['provisioned']).toBe(true);
  });

  it('a log group of its own has streams with the function’s name', () => {
    const cloud = made(echo, { LoggingConfig: { LogGroup: '/shared' } });
    cloud.invoke();
    expect((cloud.send('logs', 'DescribeLogStreams', { logGroupName: '/shared' })['logStreams'] as { logStreamName: string }[])[0]!.logStreamName).toMatch(/^2026\/01\/01\/fn\[\$LATEST\]\[[0-9a-f]{32}\]$/);
    expect(cloud.failure('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', LoggingConfig: { LogGroup: 'aws/x' } }).status).toBe(400);
  });
});
