/** @aws-sdk/client-lambda, unmodified: its paginators, its waiters, and a tour of the operations that no other test of the client takes. */
import * as sdk from '@aws-sdk/client-lambda';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { zipText } from '../../base/zip.ts';
import { createCloud } from './create-cloud.ts';
import { failureOf, pagesOf, through } from './wire/testing.ts';

const Role = 'arn:aws:iam::000000000000:role/worker';
const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:fn';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:jobs';
const ZipFile = (text = ''): Uint8Array => zipText({ 'index.mjs': `export const handler = async () => ({ ok: true });\n${text}` });

async function world(o: { readonly advanceMs?: number } = {}) {
  const cloud = createCloud();
  await cloud.send('iam', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }) });
  await cloud.send('iam', 'PutRolePolicy', { RoleName: 'worker', PolicyName: 'all', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['logs:*', 'sqs:*'], Resource: '*' }] }) });
  return { cloud, lambda: new LambdaClient(through(cloud, o)) };
}
const create = (FunctionName = 'fn'): sdk.CreateFunctionCommand => new sdk.CreateFunctionCommand({ FunctionName, Role, Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { ZipFile: ZipFile() } });
/** A function with versions 1 to 3. */
async function withVersions() {
  const made = await world();
  await made.lambda.send(create());
  for (let version = 1; version <= 3; version++) {
    await made.cloud.advance(2_000);
    await made.lambda.send(new sdk.PublishVersionCommand({ FunctionName: 'fn' }));
    await made.lambda.send(new sdk.UpdateFunctionConfigurationCommand({ FunctionName: 'fn', Timeout: 10 + version }));
  }
  await made.cloud.advance(2_000);
  return made;
}
const sizes = async <Page>(paginator: AsyncIterable<Page>, member: keyof Page): Promise<number[]> => (await pagesOf(paginator)).map((page) => (page[member] as readonly unknown[]).length);

describe('paginators of @aws-sdk/client-lambda', () => {
  it('ListFunctions, also with all versions', async () => {
    const { lambda } = await withVersions();
    for (const name of ['a', 'b']) await lambda.send(create(name));
    expect(await sizes(sdk.paginateListFunctions({ client: lambda, pageSize: 2 }, {}), 'Functions')).toEqual([2, 1]);
    expect(await sizes(sdk.paginateListFunctions({ client: lambda, pageSize: 4 }, { FunctionVersion: 'ALL' }), 'Functions')).toEqual([4, 2]);
  });

  it('ListVersionsByFunction, ListAliases, of one version too', async () => {
    const { lambda } = await withVersions();
    expect(await sizes(sdk.paginateListVersionsByFunction({ client: lambda, pageSize: 3 }, { FunctionName: 'fn' }), 'Versions')).toEqual([3, 1]);
    for (const [Name, FunctionVersion] of [['a', '1'], ['b', '2'], ['c', '2']]) await lambda.send(new sdk.CreateAliasCommand({ FunctionName: 'fn', Name, FunctionVersion }));
    expect(await sizes(sdk.paginateListAliases({ client: lambda, pageSize: 2 }, { FunctionName: 'fn' }), 'Aliases')).toEqual([2, 1]);
    expect(await sizes(sdk.paginateListAliases({ client: lambda, pageSize: 2 }, { FunctionName: 'fn', FunctionVersion: '2' }), 'Aliases')).toEqual([2]);
  });

  it('ListEventSourceMappings, of a function and of a source', async () => {
    const { cloud, lambda } = await world();
    await lambda.send(create());
    for (const QueueName of ['jobs', 'b', 'c']) {
      await cloud.send('sqs', 'CreateQueue', { QueueName });
      await lambda.send(new sdk.CreateEventSourceMappingCommand({ FunctionName: 'fn', EventSourceArn: QUEUE.replace('jobs', QueueName) }));
    }
    expect(await sizes(sdk.paginateListEventSourceMappings({ client: lambda, pageSize: 2 }, { FunctionName: 'fn' }), 'EventSourceMappings')).toEqual([2, 1]);
    expect(await sizes(sdk.paginateListEventSourceMappings({ client: lambda }, { EventSourceArn: QUEUE }), 'EventSourceMappings')).toEqual([1]);
  });

  it('ListFunctionEventInvokeConfigs, ListProvisionedConcurrencyConfigs', async () => {
    const { lambda } = await withVersions();
    for (const Qualifier of ['1', '2', '3']) {
      await lambda.send(new sdk.PutFunctionEventInvokeConfigCommand({ FunctionName: 'fn', Qualifier, MaximumRetryAttempts: 0 }));
      await lambda.send(new sdk.PutProvisionedConcurrencyConfigCommand({ FunctionName: 'fn', Qualifier, ProvisionedConcurrentExecutions: 1 }));
    }
    expect(await sizes(sdk.paginateListFunctionEventInvokeConfigs({ client: lambda, pageSize: 2 }, { FunctionName: 'fn' }), 'FunctionEventInvokeConfigs')).toEqual([2, 1]);
    expect(await sizes(sdk.paginateListProvisionedConcurrencyConfigs({ client: lambda, pageSize: 2 }, { FunctionName: 'fn' }), 'ProvisionedConcurrencyConfigs')).toEqual([2, 1]);
  });

  it('ListLayers, ListLayerVersions', async () => {
    const { lambda } = await world();
    for (const LayerName of ['a', 'a', 'a', 'b', 'c']) await lambda.send(new sdk.PublishLayerVersionCommand({ LayerName, Content: { ZipFile: ZipFile(LayerName) } }));
    expect(await sizes(sdk.paginateListLayers({ client: lambda, pageSize: 2 }, {}), 'Layers')).toEqual([2, 1]);
    expect((await pagesOf(sdk.paginateListLayerVersions({ client: lambda, pageSize: 2 }, { LayerName: 'a' }))).map((page) => page.LayerVersions?.map((version) => version.Version))).toEqual([[3, 2], [1]]);
  });

  it('answer with no more than AWS does, whatever is asked for', async () => {
    const { lambda } = await world();
    for (let i = 0; i < 51; i++) await lambda.send(create(`fn-${i}`));
    expect(await sizes(sdk.paginateListFunctions({ client: lambda, pageSize: 1_000 }, {}), 'Functions')).toEqual([50, 1]);
  });
});

describe('waiters of @aws-sdk/client-lambda', () => {
  const quick = { maxWaitTime: 20, minDelay: 0.01, maxDelay: 0.02 };

  it.each([
    ['FunctionActive', sdk.waitUntilFunctionActive],
    ['FunctionActiveV2', sdk.waitUntilFunctionActiveV2],
    ['FunctionExists', sdk.waitUntilFunctionExists],
  ])('%s: a new function', async (name, wait) => {
    const { lambda } = await world({ advanceMs: 300 });
    await lambda.send(create());
    expect((await wait({ client: lambda, ...quick }, { FunctionName: 'fn' })).state).toBe('SUCCESS');
    const { State } = await lambda.send(new sdk.GetFunctionConfigurationCommand({ FunctionName: 'fn' }));
    if (name !== 'FunctionExists') expect(State).toBe('Active');
  });

  it.each([
    ['FunctionUpdated', sdk.waitUntilFunctionUpdated],
    ['FunctionUpdatedV2', sdk.waitUntilFunctionUpdatedV2],
  ])('%s: an update', async (_, wait) => {
    const { cloud, lambda } = await world({ advanceMs: 300 });
    await lambda.send(create());
    await cloud.advance(2_000);
    expect((await lambda.send(new sdk.UpdateFunctionCodeCommand({ FunctionName: 'fn', ZipFile: ZipFile('// two') }))).LastUpdateStatus).toBe('InProgress');
    expect((await wait({ client: lambda, ...quick }, { FunctionName: 'fn' })).state).toBe('SUCCESS');
    expect((await lambda.send(new sdk.GetFunctionConfigurationCommand({ FunctionName: 'fn' }))).LastUpdateStatus).toBe('Successful');
  });

  it('PublishedVersionActive: a version', async () => {
    const { lambda } = await withVersions();
    expect((await sdk.waitUntilPublishedVersionActive({ client: lambda, ...quick }, { FunctionName: 'fn', Qualifier: '2' })).state).toBe('SUCCESS');
  });

  it('FunctionExists: waits for one that is not there yet', async () => {
    const { cloud, lambda } = await world();
    const waiting = sdk.waitUntilFunctionExists({ client: lambda, ...quick }, { FunctionName: 'fn' });
    await failureOf(lambda.send(new sdk.GetFunctionCommand({ FunctionName: 'fn' })));
    await lambda.send(create());
    await cloud.advance(1_000);
    expect((await waiting).state).toBe('SUCCESS');
  });

  it('FunctionActive: asks for a function that is not there until its time is over, and says why', async () => {
    const { lambda } = await world();
    expect(String(await failureOf(sdk.waitUntilFunctionActive({ client: lambda, ...quick, maxWaitTime: 1 }, { FunctionName: 'none' })))).toMatch(/Function not found/);
  });
});

describe('operations of @aws-sdk/client-lambda', () => {
  const status = (answer: { readonly $metadata: { readonly httpStatusCode?: number | undefined } }): number | undefined => answer.$metadata.httpStatusCode;

  it('on aliases: made, changed, listed, deleted', async () => {
    const { lambda } = await withVersions();
    const made = await lambda.send(new sdk.CreateAliasCommand({ FunctionName: 'fn', Name: 'live', FunctionVersion: '1', Description: 'first' }));
    expect(made).toMatchObject({ AliasArn: `${ARN}:live`, Description: 'first', $metadata: { httpStatusCode: 201 } });
    const changed = await lambda.send(new sdk.UpdateAliasCommand({ FunctionName: ARN, Name: 'live', FunctionVersion: '2', RoutingConfig: { AdditionalVersionWeights: { '3': 0.5 } }, RevisionId: made.RevisionId }));
    expect(changed).toMatchObject({ FunctionVersion: '2', RoutingConfig: { AdditionalVersionWeights: { '3': 0.5 } } });
    expect(await failureOf(lambda.send(new sdk.UpdateAliasCommand({ FunctionName: 'fn', Name: 'live', RevisionId: made.RevisionId })))).toBeInstanceOf(sdk.PreconditionFailedException);
    expect(await failureOf(lambda.send(new sdk.DeleteFunctionCommand({ FunctionName: 'fn', Qualifier: '3' })))).toBeInstanceOf(sdk.ResourceConflictException);
    expect(status(await lambda.send(new sdk.DeleteAliasCommand({ FunctionName: 'fn', Name: 'live' })))).toBe(204);
    expect(await failureOf(lambda.send(new sdk.GetAliasCommand({ FunctionName: 'fn', Name: 'live' })))).toBeInstanceOf(sdk.ResourceNotFoundException);
    expect(status(await lambda.send(new sdk.DeleteFunctionCommand({ FunctionName: 'fn', Qualifier: '3' })))).toBe(204);
  });

  it('on async settings: changed in part, deleted', async () => {
    const { lambda } = await withVersions();
    await lambda.send(new sdk.PutFunctionEventInvokeConfigCommand({ FunctionName: 'fn', MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 90 }));
    expect(await lambda.send(new sdk.UpdateFunctionEventInvokeConfigCommand({ FunctionName: 'fn', MaximumRetryAttempts: 0 }))).toMatchObject({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 90 });
    expect(status(await lambda.send(new sdk.DeleteFunctionEventInvokeConfigCommand({ FunctionName: 'fn' })))).toBe(204);
    expect(await failureOf(lambda.send(new sdk.GetFunctionEventInvokeConfigCommand({ FunctionName: 'fn' })))).toBeInstanceOf(sdk.ResourceNotFoundException);
  });

  it('on mappings: changed to another function, deleted', async () => {
    const { cloud, lambda } = await world();
    for (const name of ['fn', 'other']) await lambda.send(create(name));
    await cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' });
    const { UUID } = await lambda.send(new sdk.CreateEventSourceMappingCommand({ FunctionName: 'fn', EventSourceArn: QUEUE, FilterCriteria: { Filters: [{ Pattern: '{"body":{"a":[1]}}' }] }, ScalingConfig: { MaximumConcurrency: 2 } }));
    await cloud.advance(2_000);
    const changed = await lambda.send(new sdk.UpdateEventSourceMappingCommand({ UUID, FunctionName: 'other', BatchSize: 3 }));
    expect(changed).toMatchObject({ State: 'Updating', FunctionArn: ARN.replace(/fn$/, 'other'), BatchSize: 3, FilterCriteria: { Filters: [{ Pattern: '{"body":{"a":[1]}}' }] }, ScalingConfig: { MaximumConcurrency: 2 }, $metadata: { httpStatusCode: 202 } });
    expect(await lambda.send(new sdk.DeleteEventSourceMappingCommand({ UUID }))).toMatchObject({ State: 'Deleting', $metadata: { httpStatusCode: 202 } });
    await cloud.advance(2_000);
    expect(await failureOf(lambda.send(new sdk.GetEventSourceMappingCommand({ UUID })))).toBeInstanceOf(sdk.ResourceNotFoundException);
    expect(await failureOf(lambda.send(new sdk.CreateEventSourceMappingCommand({ FunctionName: 'none', EventSourceArn: QUEUE })))).toBeInstanceOf(sdk.InvalidParameterValueException);
  });

  it('on layers: by number, by ARN, deleted', async () => {
    const { lambda } = await world();
    const made = await lambda.send(new sdk.PublishLayerVersionCommand({ LayerName: 'shared', Content: { ZipFile: ZipFile() }, CompatibleRuntimes: ['nodejs22.x'], Description: 'tools' }));
    expect(made).toMatchObject({ Version: 1, Description: 'tools', CompatibleRuntimes: ['nodejs22.x'], $metadata: { httpStatusCode: 201 } });
    expect(await lambda.send(new sdk.GetLayerVersionCommand({ LayerName: 'shared', VersionNumber: 1 }))).toMatchObject({ LayerVersionArn: made.LayerVersionArn, Content: { CodeSize: made.Content!.CodeSize } });
    expect(await lambda.send(new sdk.GetLayerVersionByArnCommand({ Arn: made.LayerVersionArn }))).toMatchObject({ Version: 1 });
    expect(status(await lambda.send(new sdk.DeleteLayerVersionCommand({ LayerName: 'shared', VersionNumber: 1 })))).toBe(204);
    expect(await failureOf(lambda.send(new sdk.GetLayerVersionCommand({ LayerName: 'shared', VersionNumber: 1 })))).toBeInstanceOf(sdk.ResourceNotFoundException);
  });

  it('on concurrency, recursion and provisioned concurrency', async () => {
    const { lambda } = await withVersions();
    expect(await lambda.send(new sdk.PutFunctionRecursionConfigCommand({ FunctionName: 'fn', RecursiveLoop: 'Allow' }))).toMatchObject({ RecursiveLoop: 'Allow' });
    expect(await lambda.send(new sdk.GetFunctionRecursionConfigCommand({ FunctionName: 'fn' }))).toMatchObject({ RecursiveLoop: 'Allow' });
    expect(status(await lambda.send(new sdk.PutProvisionedConcurrencyConfigCommand({ FunctionName: 'fn', Qualifier: '1', ProvisionedConcurrentExecutions: 1 })))).toBe(202);
    expect(status(await lambda.send(new sdk.DeleteProvisionedConcurrencyConfigCommand({ FunctionName: 'fn', Qualifier: '1' })))).toBe(204);
    expect(status(await lambda.send(new sdk.DeleteFunctionConcurrencyCommand({ FunctionName: 'fn' })))).toBe(204);
    expect(await failureOf(lambda.send(new sdk.PutFunctionConcurrencyCommand({ FunctionName: `${ARN}:1`, ReservedConcurrentExecutions: 1 })))).toBeInstanceOf(sdk.InvalidParameterValueException);
  });

  it('refuses a policy that grows too long, and packages that are too large, with their own classes', async () => {
    const { cloud, lambda } = await world();
    await lambda.send(create());
    await cloud.advance(2_000);
    const add = (StatementId: string): Promise<unknown> => lambda.send(new sdk.AddPermissionCommand({ FunctionName: 'fn', StatementId, Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com', SourceArn: `arn:aws:s3:::${'b'.repeat(60)}` }));
    let error: unknown;
    for (let i = 0; error === undefined && i < 200; i++) error = await add(`s-${i}-${'x'.repeat(80)}`).then(() => undefined, (failure: unknown) => failure);
    expect(error).toBeInstanceOf(sdk.PolicyLengthExceededException);
    expect(await failureOf(lambda.send(new sdk.UpdateFunctionCodeCommand({ FunctionName: 'fn', ZipFile: new Uint8Array([1, 2, 3]) })))).toBeInstanceOf(sdk.InvalidParameterValueException);
  });

  it('finds no function of another region', async () => {
    const { lambda } = await world();
    expect(await failureOf(lambda.send(new sdk.GetFunctionCommand({ FunctionName: ARN.replace('us-east-1', 'eu-west-1') })))).toMatchObject({ name: 'ResourceNotFoundException', message: "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')" });
  });
});
