/** @aws-sdk/client-lambda, unmodified, against the model: functions, invocations, versions, mappings, waiters, pages, errors. */
import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetAliasCommand,
  GetEventSourceMappingCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  GetProvisionedConcurrencyConfigCommand,
  InvalidParameterValueException,
  InvalidRequestContentException,
  InvokeCommand,
  LambdaClient,
  ListProvisionedConcurrencyConfigsCommand,
  ListTagsCommand,
  ProvisionedConcurrencyConfigNotFoundException,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  PutProvisionedConcurrencyConfigCommand,
  RemovePermissionCommand,
  RequestTooLargeException,
  ResourceConflictException,
  ResourceNotFoundException,
  TagResourceCommand,
  TooManyRequestsException,
  UntagResourceCommand,
  UpdateEventSourceMappingCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  paginateListFunctions,
  paginateListVersionsByFunction,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { zipText } from '../../base/zip.ts';
import { createCloud } from './create-cloud.ts';
import { failureOf, pagesOf, through } from './wire/testing.ts';

const Role = 'arn:aws:iam::000000000000:role/worker';
const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:fn';
const HANDLER = `let calls = 0;
export const handler = async (event, context) => {
  console.log('call', ++calls);
  if (event.fail) throw new RangeError('too far');
  if (event.sleep) await new Promise((done) => setTimeout(done, event.sleep));
  return { calls, event, version: context.functionVersion, arn: context.invokedFunctionArn };
};`;

async function cloudWithRole(o: { readonly advanceMs?: number } = {}) {
  const cloud = createCloud();
  await cloud.send('iam', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }) });
  await cloud.send('iam', 'PutRolePolicy', { RoleName: 'worker', PolicyName: 'all', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['logs:*', 'sqs:*'], Resource: '*' }] }) });
  return { cloud, lambda: new LambdaClient(through(cloud, o)) };
}
const creation = (FunctionName = 'fn', code = HANDLER) => new CreateFunctionCommand({ FunctionName, Role, Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { ZipFile: zipText({ 'index.mjs': code }) }, MemorySize: 512 });

async function withFunction(code = HANDLER) {
  const made = await cloudWithRole();
  await made.lambda.send(creation('fn', code));
  await made.cloud.advance(2_000);
  return made;
}
const json = (bytes: Uint8Array | undefined): unknown => JSON.parse(new TextDecoder().decode(bytes));

describe('@aws-sdk/client-lambda', () => {
  it('creates a function from a zip and waits until it is active', async () => {
    const { lambda } = await cloudWithRole({ advanceMs: 500 });
    const made = await lambda.send(creation());
    expect(made).toMatchObject({ FunctionName: 'fn', FunctionArn: ARN, State: 'Pending', StateReasonCode: 'Creating', Version: '$LATEST', Runtime: 'nodejs22.x', MemorySize: 512, Timeout: 3, $metadata: { httpStatusCode: 201 } });
    expect((await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 20, minDelay: 0.01, maxDelay: 0.02 }, { FunctionName: 'fn' })).state).toBe('SUCCESS');
    const { Configuration, Code } = await lambda.send(new GetFunctionCommand({ FunctionName: 'fn' }));
    expect([Configuration?.State, Configuration?.LastUpdateStatus, Code?.RepositoryType]).toEqual(['Active', 'Successful', 'S3']);
    expect((await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'fn', Timeout: 7 }))).LastUpdateStatus).toBe('InProgress');
    expect(await failureOf(lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'fn', Timeout: 8 })))).toBeInstanceOf(ResourceConflictException);
    expect((await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 20, minDelay: 0.01, maxDelay: 0.02 }, { FunctionName: 'fn' })).state).toBe('SUCCESS');
    expect((await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'fn' }))).Timeout).toBe(7);
  });

  it('invokes synchronously, with the payload and the tail of the log', async () => {
    const { lambda } = await withFunction();
    const answer = await lambda.send(new InvokeCommand({ FunctionName: 'fn', Payload: JSON.stringify({ a: 1 }), LogType: 'Tail' }));
    expect([answer.StatusCode, answer.FunctionError, answer.ExecutedVersion]).toEqual([200, undefined, '$LATEST']);
    expect(json(answer.Payload)).toEqual({ calls: 1, event: { a: 1 }, version: '$LATEST', arn: ARN });
    const log = Buffer.from(answer.LogResult!, 'base64').toString();
    expect(log).toMatch(/START RequestId: [0-9a-f-]{36} Version: \$LATEST\n.*\tINFO\tcall 1\nEND RequestId: .*\nREPORT RequestId: /s);
    expect(json((await lambda.send(new InvokeCommand({ FunctionName: 'fn' }))).Payload)).toMatchObject({ calls: 2, event: {} });
  });

  it('invokes as an event with 202 and without a payload, and only checks with 204', async () => {
    const { cloud, lambda } = await withFunction();
    const answer = await lambda.send(new InvokeCommand({ FunctionName: 'fn', InvocationType: 'Event', Payload: '{}' }));
    expect([answer.StatusCode, answer.Payload?.length ?? 0]).toEqual([202, 0]);
    await cloud.advance(2_000);
    expect(cloud.trace.filter((event) => event.kind === 'lambda.InvocationSucceeded')).toHaveLength(1);
    expect((await lambda.send(new InvokeCommand({ FunctionName: 'fn', InvocationType: 'DryRun' }))).StatusCode).toBe(204);
  });

  it('gets a handler’s error with status 200, FunctionError and the error as payload', async () => {
    const { lambda } = await withFunction();
    const answer = await lambda.send(new InvokeCommand({ FunctionName: 'fn', Payload: '{"fail":true}' }));
    expect([answer.StatusCode, answer.FunctionError]).toEqual([200, 'Unhandled']);
    expect(json(answer.Payload)).toMatchObject({ errorType: 'RangeError', errorMessage: 'too far' });
  });

  it('publishes versions and points aliases to them; a qualified invocation says which ran', async () => {
    const { lambda } = await withFunction();
    expect((await lambda.send(new PublishVersionCommand({ FunctionName: 'fn' }))).Version).toBe('1');
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'fn', ZipFile: zipText({ 'index.mjs': `${HANDLER}\n// two` }), Publish: true }));
    expect(await lambda.send(new CreateAliasCommand({ FunctionName: 'fn', Name: 'live', FunctionVersion: '2', RoutingConfig: { AdditionalVersionWeights: { '1': 0.1 } } }))).toMatchObject({ AliasArn: `${ARN}:live`, FunctionVersion: '2' });
    expect((await lambda.send(new GetAliasCommand({ FunctionName: 'fn', Name: 'live' }))).RoutingConfig).toEqual({ AdditionalVersionWeights: { '1': 0.1 } });
    const answer = await lambda.send(new InvokeCommand({ FunctionName: 'fn', Qualifier: 'live', Payload: '{}' }));
    expect(['1', '2']).toContain(answer.ExecutedVersion);
    expect(json(answer.Payload)).toMatchObject({ arn: `${ARN}:live`, version: answer.ExecutedVersion });
    const pages = await pagesOf(paginateListVersionsByFunction({ client: lambda, pageSize: 2 }, { FunctionName: 'fn' }));
    expect(pages.map((page) => page.Versions?.map((version) => version.Version))).toEqual([['$LATEST', '1'], ['2']]);
  });

  it('maps a queue, and the function works it off', async () => {
    const { cloud, lambda } = await withFunction();
    const sqs = new SQSClient(through(cloud));
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }));
    const made = await lambda.send(new CreateEventSourceMappingCommand({ EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:jobs', FunctionName: 'fn', BatchSize: 5 }));
    expect(made).toMatchObject({ State: 'Creating', BatchSize: 5, StateTransitionReason: 'USER_INITIATED', LastModified: expect.any(Date) as unknown, $metadata: { httpStatusCode: 202 } });
    await cloud.advance(3_000);
    expect((await lambda.send(new GetEventSourceMappingCommand({ UUID: made.UUID }))).State).toBe('Enabled');
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'work' }));
    await cloud.advance(5_000);
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] }));
    expect(Attributes).toEqual({ ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' });
    expect((await lambda.send(new UpdateEventSourceMappingCommand({ UUID: made.UUID, Enabled: false }))).State).toBe('Disabling');
  });

  it('lists functions page by page', async () => {
    const { lambda } = await withFunction();
    for (let i = 0; i < 4; i++) await lambda.send(creation(`more-${i}`));
    const pages = await pagesOf(paginateListFunctions({ client: lambda, pageSize: 2 }, {}));
    expect(pages.map((page) => page.Functions?.length)).toEqual([2, 2, 1]);
  });

  it('sets concurrency, async settings, policy and tags, and reads them again', async () => {
    const { cloud, lambda } = await withFunction();
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'fn', ReservedConcurrentExecutions: 5 }));
    expect((await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: 'fn' }))).ReservedConcurrentExecutions).toBe(5);
    expect((await lambda.send(new GetAccountSettingsCommand({}))).AccountLimit).toMatchObject({ ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 995 });
    await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'fn' }));
    expect((await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: 'fn' }))).ReservedConcurrentExecutions).toBeUndefined();
    await lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName: 'fn', MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 }));
    expect(await lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName: 'fn' }))).toMatchObject({ FunctionArn: `${ARN}:$LATEST`, MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60, DestinationConfig: { OnSuccess: {}, OnFailure: {} }, LastModified: expect.any(Date) as unknown });
    await lambda.send(new AddPermissionCommand({ FunctionName: 'fn', StatementId: 's3', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com', SourceArn: 'arn:aws:s3:::clips' }));
    expect(JSON.parse((await lambda.send(new GetPolicyCommand({ FunctionName: 'fn' }))).Policy!)).toMatchObject({ Id: 'default', Statement: [{ Sid: 's3', Resource: ARN, Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::clips' } } }] });
    await lambda.send(new RemovePermissionCommand({ FunctionName: 'fn', StatementId: 's3' }));
    await lambda.send(new TagResourceCommand({ Resource: ARN, Tags: { team: 'clips', stage: 'dev' } }));
    await lambda.send(new UntagResourceCommand({ Resource: ARN, TagKeys: ['stage'] }));
    expect((await lambda.send(new ListTagsCommand({ Resource: ARN }))).Tags).toEqual({ team: 'clips' });
    await lambda.send(new PublishVersionCommand({ FunctionName: 'fn' }));
    expect((await lambda.send(new PutProvisionedConcurrencyConfigCommand({ FunctionName: 'fn', Qualifier: '1', ProvisionedConcurrentExecutions: 2 }))).Status).toBe('IN_PROGRESS');
    await cloud.advance(100_000);
    expect(await lambda.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName: 'fn', Qualifier: '1' }))).toMatchObject({ Status: 'READY', AvailableProvisionedConcurrentExecutions: 2 });
    expect((await lambda.send(new ListProvisionedConcurrencyConfigsCommand({ FunctionName: 'fn' }))).ProvisionedConcurrencyConfigs).toMatchObject([{ FunctionArn: `${ARN}:1` }]);
  });

  it('fails with its own error classes', async () => {
    const { lambda } = await withFunction();
    const missing = await failureOf(lambda.send(new InvokeCommand({ FunctionName: 'none' })));
    expect(missing).toBeInstanceOf(ResourceNotFoundException);
    expect(missing).toMatchObject({ message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:none', Type: 'User', $metadata: { httpStatusCode: 404 } });
    expect(await failureOf(lambda.send(creation()))).toBeInstanceOf(ResourceConflictException);
    const garbled = await failureOf(lambda.send(new InvokeCommand({ FunctionName: 'fn', Payload: 'a' })));
    expect(garbled).toBeInstanceOf(InvalidRequestContentException);
    expect(garbled).toMatchObject({ message: expect.stringMatching(/^Could not parse request body into json: Could not parse payload into json: /) as unknown });
    expect(await failureOf(lambda.send(new InvokeCommand({ FunctionName: 'fn', Payload: `"${'x'.repeat(6_291_456)}"` })))).toBeInstanceOf(RequestTooLargeException);
    expect(await failureOf(lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'fn', MemorySize: 64 })))).toBeInstanceOf(InvalidParameterValueException);
    await lambda.send(new PublishVersionCommand({ FunctionName: 'fn' }));
    expect(await failureOf(lambda.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName: 'fn', Qualifier: '1' })))).toBeInstanceOf(ProvisionedConcurrencyConfigNotFoundException);
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'fn', ReservedConcurrentExecutions: 0 }));
    const throttled = await failureOf(lambda.send(new InvokeCommand({ FunctionName: 'fn' })));
    expect(throttled).toBeInstanceOf(TooManyRequestsException);
    expect(throttled).toMatchObject({ message: 'Rate Exceeded.', Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', $metadata: { httpStatusCode: 429 } });
    await lambda.send(new DeleteFunctionCommand({ FunctionName: 'fn' }));
    expect(await failureOf(lambda.send(new GetFunctionCommand({ FunctionName: 'fn' })))).toBeInstanceOf(ResourceNotFoundException);
  });

  it('is told by name what is not modelled', async () => {
    const { lambda } = await withFunction();
    expect(await failureOf(lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'fn', FileSystemConfigs: [{ Arn: 'arn:aws:elasticfilesystem:us-east-1:000000000000:access-point/fsap-1', LocalMountPath: '/mnt/x' }] })))).toMatchObject({ name: 'NotModelled', $metadata: { httpStatusCode: 501 } });
  });
});
