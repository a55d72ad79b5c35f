/** Function names in every form that AWS takes, in every operation that takes one; versions, aliases and revisions. */
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { models } from '../../../models.ts';
import { FN, functionsWorld, ROLE } from '../testing/functions-world.ts';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';

const echo: Script = { handle: (event) => [{ result: event }] };

/** A function with version 1 and the alias live. */
function published(): FunctionsWorld {
  const cloud = functionsWorld({ echo });
  cloud.make('echo');
  cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
  cloud.send('lambda', 'CreateAlias', { FunctionName: 'fn', Name: 'live', FunctionVersion: '1' });
  return cloud;
}
/** One version more, that differs from the last one. */
function publishNext(cloud: FunctionsWorld, settings: object): unknown {
  cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', ...settings });
  cloud.advance(1_000);
  return cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' })['Version'];
}
const revision = (cloud: FunctionsWorld, o: object = {}): unknown => cloud.send('lambda', 'GetFunctionConfiguration', { FunctionName: 'fn', ...o })['RevisionId'];

/** What an operation needs beside the name. */
const MORE: Readonly<Record<string, object>> = {
  AddPermission: { StatementId: 's', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' },
  CreateAlias: { Name: 'other', FunctionVersion: '1' },
  CreateEventSourceMapping: { EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:jobs' },
  DeleteAlias: { Name: 'live' },
  DeleteProvisionedConcurrencyConfig: { Qualifier: '1' },
  GetAlias: { Name: 'live' },
  GetProvisionedConcurrencyConfig: { Qualifier: '1' },
  PutFunctionConcurrency: { ReservedConcurrentExecutions: 5 },
  PutFunctionEventInvokeConfig: { MaximumRetryAttempts: 1 },
  PutFunctionRecursionConfig: { RecursiveLoop: 'Allow' },
  PutProvisionedConcurrencyConfig: { Qualifier: '1', ProvisionedConcurrentExecutions: 1 },
  RemovePermission: { StatementId: 'there' },
  UpdateAlias: { Name: 'live', Description: 'x' },
  UpdateFunctionCode: { files: { 'index.mjs': 'echo' } },
  UpdateFunctionConfiguration: { Timeout: 9 },
  UpdateFunctionEventInvokeConfig: { MaximumRetryAttempts: 1 },
};
const lambda = models.find((model) => model.id === 'lambda')!;
const takesName = Object.entries(lambda.operations).filter(([name, { input }]) => name !== 'CreateFunction' && name !== 'UpdateEventSourceMapping' && 'FunctionName' in (input as unknown as z.ZodObject).shape).map(([name]) => name);

describe('a function’s name', () => {
  it('is a member of many operations', () => {
    expect(takesName.length).toBeGreaterThan(25);
  });

  it.each(takesName)('%s takes a name, a partial ARN and a full one', (operation) => {
    for (const FunctionName of ['fn', 'function:fn', '000000000000:function:fn', '000000000000:fn', 'us-east-1:000000000000:function:fn', FN]) {
      const cloud = published();
      cloud.allow('sqs:*');
      cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' });
      cloud.send('lambda', 'AddPermission', { FunctionName: 'fn', StatementId: 'there', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' });
      cloud.send('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'fn', MaximumRetryAttempts: 0 });
      cloud.send('lambda', 'PutProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: '1', ProvisionedConcurrentExecutions: 2 });
      const answer = cloud.start('lambda', operation, { FunctionName, ...MORE[operation] });
      cloud.advance(2_000);
      expect(answer()?.error, `${operation} ${FunctionName}`).toBeUndefined();
    }
  });

  it.each(takesName.filter((name) => name !== 'ListEventSourceMappings'))('%s finds no function of another region or account', (operation) => {
    const cloud = published();
    const refused = (FunctionName: string): object => cloud.failure('lambda', operation, { FunctionName, ...MORE[operation] });
    expect(refused(FN.replace('us-east-1', 'eu-west-1'))).toMatchObject({ status: 404, name: 'ResourceNotFoundException', message: "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')" });
    expect(refused('none')).toMatchObject({ status: operation === 'CreateEventSourceMapping' ? 400 : 404 });
    expect(refused(FN.replace('000000000000', '111111111111'))).toMatchObject({ status: 404, name: 'ResourceNotFoundException' });
  });

  it.each(['GetFunction', 'GetFunctionConfiguration', 'Invoke', 'DeleteFunction', 'GetFunctionEventInvokeConfig', 'GetPolicy'])('%s takes the qualifier with the name or beside it, and not two different ones', (operation) => {
    const cloud = published();
    cloud.send('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'fn:1', MaximumRetryAttempts: 0 });
    cloud.send('lambda', 'AddPermission', { FunctionName: 'fn:1', StatementId: 'there', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' });
    cloud.send('lambda', 'DeleteAlias', { FunctionName: 'fn', Name: 'live' });
    expect(cloud.failure('lambda', operation, { FunctionName: 'fn:1', Qualifier: '2' }).message).toBe('The derived qualifier from the function name does not match the specified qualifier.');
    const forms = [{ FunctionName: 'fn:1' }, { FunctionName: 'fn', Qualifier: '1' }, { FunctionName: `${FN}:1`, Qualifier: '1' }];
    for (const form of operation === 'DeleteFunction' ? forms.slice(2) : forms) {
      const answer = cloud.start('lambda', operation, form);
      cloud.advance(2_000);
      expect(answer()?.error).toBeUndefined();
    }
    expect(revision(cloud)).toBeDefined();
  });

  it.each(['PutFunctionConcurrency', 'GetFunctionConcurrency', 'DeleteFunctionConcurrency'])('%s is for functions only', (operation) => {
    expect(published().failure('lambda', operation, { FunctionName: `${FN}:1`, ...MORE[operation] })).toMatchObject({ status: 400, message: 'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.' });
  });

  it.each([
    ['TagResource', { Resource: `${FN}:1`, Tags: { a: 'b' } }, 400, 'Tags on function aliases and versions are not supported. Please specify a function ARN.'],
    ['ListTags', { Resource: `${FN}:$LATEST` }, 400, 'Tags on function aliases and versions are not supported. Please specify a function ARN.'],
    ['PutFunctionConcurrency', { FunctionName: 'none', ReservedConcurrentExecutions: 1 }, 404, 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:none:$LATEST'],
    ['PutFunctionEventInvokeConfig', { FunctionName: 'fn:none', MaximumRetryAttempts: 1 }, 404, "The function doesn't exist."],
    ['GetFunctionEventInvokeConfig', { FunctionName: 'none' }, 404, "The function arn:aws:lambda:us-east-1:000000000000:function:none:$LATEST doesn't have an EventInvokeConfig"],
    ['GetProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: 'none' }, 404, `Cannot find alias arn: ${FN}:none`],
    ['GetProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: '7' }, 404, `Function not found: ${FN}:7`],
    ['GetProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: '$LATEST' }, 400, 'The function resource provided must be an alias or a published version.'],
    ['DeleteProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: '$LATEST' }, 400, 'The function resource provided must be an alias or a published version.'],
    ['GetAlias', { FunctionName: 'fn', Name: 'none' }, 404, `Cannot find alias arn: ${FN}:none`],
    ['AddPermission', { FunctionName: 'fn', Qualifier: '$LATEST', ...MORE['AddPermission'] }, 400, 'We currently do not support adding policies for $LATEST.'],
    ['ListFunctions', { Marker: 'odd' }, 400, undefined],
    ['ListFunctions', { MaxItems: 0 }, 400, undefined],
  ])('%s %j is refused as on AWS', (operation, input, status, message) => {
    const error = published().failure('lambda', operation, input);
    expect(error.status).toBe(status);
    if (message !== undefined) expect(error.message).toBe(message);
  });

  it('a version has provisioned concurrency directly or through one alias, not both', () => {
    const cloud = published();
    const put = (Qualifier: string): object => ({ FunctionName: 'fn', Qualifier, ProvisionedConcurrentExecutions: 1 });
    cloud.send('lambda', 'PutProvisionedConcurrencyConfig', put('1'));
    expect(cloud.failure('lambda', 'PutProvisionedConcurrencyConfig', put('live'))).toMatchObject({ status: 409, name: 'ResourceConflictException', message: "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version" });
    cloud.send('lambda', 'DeleteProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: '1' });
    cloud.send('lambda', 'PutProvisionedConcurrencyConfig', put('live'));
    expect(cloud.failure('lambda', 'PutProvisionedConcurrencyConfig', put('1'))).toMatchObject({ status: 409, message: 'Version is pointed by a Provisioned Concurrency alias' });
  });
});

describe('versions and aliases', () => {
  it('a version that an alias points to, or gives a part of its requests, cannot be deleted', () => {
    const cloud = published();
    publishNext(cloud, { Timeout: 9 });
    cloud.send('lambda', 'CreateAlias', { FunctionName: 'fn', Name: 'both', FunctionVersion: '1', RoutingConfig: { AdditionalVersionWeights: { '2': 0.1 } } });
    const remove = (Qualifier: string): object => ({ FunctionName: 'fn', Qualifier });
    expect(cloud.failure('lambda', 'DeleteFunction', remove('1'))).toMatchObject({ status: 409, name: 'ResourceConflictException', message: 'Unable to delete version because the following aliases reference it: [live, both]' });
    expect(cloud.failure('lambda', 'DeleteFunction', remove('2')).message).toBe('Unable to delete version because the following aliases reference it: [both]');
    expect(cloud.failure('lambda', 'DeleteFunction', remove('live'))).toMatchObject({ status: 400, message: 'Deletion of aliases is not currently supported.' });
    expect(cloud.failure('lambda', 'DeleteFunction', { FunctionName: 'fn:live' }).status).toBe(400);
    cloud.send('lambda', 'UpdateAlias', { FunctionName: 'fn', Name: 'both', RoutingConfig: {} });
    cloud.send('lambda', 'DeleteFunction', remove('2'));
    expect(cloud.failure('lambda', 'Invoke', { FunctionName: 'fn:2' })).toMatchObject({ status: 404, message: `Function not found: ${FN}:2` });
    expect(publishNext(cloud, { Timeout: 9 })).toBe('3');
  });

  it.each([
    ['UpdateFunctionCode', { files: { 'index.mjs': 'echo', 'more.mjs': '' } }],
    ['UpdateFunctionCode', { files: { 'index.mjs': 'echo' }, Architectures: ['arm64'] }],
    ...[{ Environment: { Variables: { ab: 'c' } } }, { Runtime: 'nodejs24.x' }, { Handler: 'index.other' }, { MemorySize: 256 }, { Timeout: 9 }, { DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead' } }, { Description: 'x' }, { EphemeralStorage: { Size: 1_024 } }, { LoggingConfig: { LogFormat: 'JSON' } }].map((change): [string, object] => ['UpdateFunctionConfiguration', change]),
  ])('%s of %j makes a new version, and none is made without a change', (operation, change) => {
    const cloud = published();
    const publish = (o: object = {}): unknown => cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn', ...o })['Version'];
    expect([publish(), publish({ Description: 'another text for it' })]).toEqual(['1', '1']);
    cloud.send('lambda', operation, { FunctionName: 'fn', ...change });
    cloud.advance(1_000);
    expect([publish(), publish()]).toEqual(['2', '2']);
  });

  it('a version has the description given for it, and that of $LATEST without one', () => {
    const cloud = published();
    cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', Description: 'latest' });
    cloud.advance(1_000);
    expect(cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn', Description: 'second' })).toMatchObject({ Version: '2', Description: 'second' });
    expect(cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn', Description: 'third' })).toMatchObject({ Version: '2', Description: 'second' });
    expect(publishNext(cloud, { Timeout: 9 })).toBe('3');
    expect(cloud.send('lambda', 'GetFunctionConfiguration', { FunctionName: 'fn:3' })['Description']).toBe('latest');
  });

  it('an alias with weights needs versions of one role and one dead-letter queue', () => {
    const cloud = published();
    publishNext(cloud, { DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead' } });
    cloud.send('iam', 'CreateRole', { RoleName: 'other', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }) });
    publishNext(cloud, { Role: ROLE.replace('fn-role', 'other') });
    const shared = (FunctionVersion: string, other: string): object => cloud.failure('lambda', 'UpdateAlias', { FunctionName: 'fn', Name: 'live', FunctionVersion, RoutingConfig: { AdditionalVersionWeights: { [other]: 0.5 } } });
    expect([shared('1', '2'), shared('2', '3')]).toMatchObject([{ name: 'InvalidParameterValueException' }, { name: 'InvalidParameterValueException' }]);
    expect(cloud.send('lambda', 'GetAlias', { FunctionName: 'fn', Name: 'live' })).toMatchObject({ FunctionVersion: '1' });
  });

  it.each([2, -1])('a weight of %i is refused in AWS’s words', (weight) => {
    const cloud = published();
    publishNext(cloud, { Timeout: 9 });
    expect(cloud.failure('lambda', 'UpdateAlias', { FunctionName: 'fn', Name: 'live', RoutingConfig: { AdditionalVersionWeights: { '2': weight } } })).toMatchObject({
      status: 400,
      name: 'ValidationException',
      message: `1 validation error detected: Value '{2=${weight}.0}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]`,
    });
  });

  it('weights of 0 and 1 give a version none or all of the requests; each version has environments of its own', () => {
    const cloud = published();
    publishNext(cloud, { Timeout: 9 });
    const versions = (weight: number): string[] => {
      cloud.send('lambda', 'UpdateAlias', { FunctionName: 'fn', Name: 'live', FunctionVersion: '1', RoutingConfig: { AdditionalVersionWeights: { '2': weight } } });
      return Array.from({ length: 20 }, () => cloud.invoke({}, { Qualifier: 'live' }).version);
    };
    expect([new Set(versions(0)), new Set(versions(1))]).toEqual([new Set(['1']), new Set(['2'])]);
    expect(cloud.events('lambda.InvocationStarted').filter((event) => event.data['cold']).map((event) => event.data['version'])).toEqual(['1', '2']);
  });

  it('an alias of $LATEST follows its updates', () => {
    const cloud = published();
    cloud.send('lambda', 'CreateAlias', { FunctionName: 'fn', Name: 'dev', FunctionVersion: '$LATEST' });
    cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', Timeout: 9 });
    cloud.advance(1_000);
    expect(cloud.send('lambda', 'GetFunctionConfiguration', { FunctionName: 'fn:dev' })).toMatchObject({ Timeout: 9, Version: '$LATEST', FunctionArn: `${FN}:dev` });
    expect(cloud.invoke({}, { Qualifier: 'dev' }).version).toBe('$LATEST');
  });

  it('the mapping of an alias goes on with the version that the alias has by then', () => {
    const cloud = published();
    cloud.allow('sqs:*');
    cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' });
    cloud.send('lambda', 'CreateEventSourceMapping', { FunctionName: 'fn:live', EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:jobs' });
    cloud.advance(2_000);
    publishNext(cloud, { Timeout: 9 });
    const send = (): void => {
      cloud.send('sqs', 'SendMessage', { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs', MessageBody: 'x' });
      cloud.advance(3_000);
    };
    send();
    cloud.send('lambda', 'UpdateAlias', { FunctionName: 'fn', Name: 'live', FunctionVersion: '2' });
    send();
    expect(cloud.events('lambda.InvocationStarted').map((event) => event.data['version'])).toEqual(['1', '2']);
  });
});

describe('a revision', () => {
  it('ends with every change of the function, and when its creation or update is complete', () => {
    const cloud = functionsWorld({ echo });
    const seen = [cloud.send('lambda', 'CreateFunction', { FunctionName: 'fn', Role: ROLE, Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { files: { 'index.mjs': 'echo' } } })['RevisionId']];
    cloud.advance(2_000);
    seen.push(revision(cloud), cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', Timeout: 9 })['RevisionId']);
    cloud.advance(2_000);
    seen.push(revision(cloud));
    expect(new Set(seen).size).toBe(4);
    expect(revision(cloud)).toBe(seen[3]);
    for (const old of seen.slice(0, 3)) expect(cloud.failure('lambda', 'PublishVersion', { FunctionName: 'fn', RevisionId: old })).toMatchObject({ status: 412 });
    expect(cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn', RevisionId: seen[3] })['Version']).toBe('1');
  });

  it('in progress is told with AWS’s reason', () => {
    const cloud = published();
    expect(cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', Timeout: 9 })).toMatchObject({ State: 'Active', LastUpdateStatus: 'InProgress', LastUpdateStatusReason: 'The function is being created.', LastUpdateStatusReasonCode: 'Creating' });
    cloud.advance(2_000);
    expect(Object.keys(cloud.send('lambda', 'GetFunctionConfiguration', { FunctionName: 'fn' }))).not.toContain('LastUpdateStatusReason');
  });

  it('of an alias is asked for by UpdateAlias', () => {
    const cloud = published();
    const { RevisionId } = cloud.send('lambda', 'GetAlias', { FunctionName: 'fn', Name: 'live' });
    const update = { FunctionName: 'fn', Name: 'live', Description: 'x', RevisionId };
    expect(cloud.send('lambda', 'UpdateAlias', update)['RevisionId']).not.toBe(RevisionId);
    expect(cloud.failure('lambda', 'UpdateAlias', update)).toMatchObject({ status: 412, name: 'PreconditionFailedException' });
  });

  it.each([['fn'], ['fn:1'], ['fn:live']])('of the policy of %s is asked for, and changes with every statement', (FunctionName) => {
    const cloud = published();
    const add = (StatementId: string, RevisionId?: unknown): object => ({ FunctionName, StatementId, Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com', ...(RevisionId === undefined ? {} : { RevisionId }) });
    cloud.send('lambda', 'AddPermission', add('one'));
    const { RevisionId } = cloud.send('lambda', 'GetPolicy', { FunctionName });
    cloud.send('lambda', 'AddPermission', add('two', RevisionId));
    expect(cloud.failure('lambda', 'AddPermission', add('three', RevisionId))).toMatchObject({ status: 412 });
    expect(cloud.failure('lambda', 'RemovePermission', { FunctionName, StatementId: 'one', RevisionId })).toMatchObject({ status: 412 });
    cloud.send('lambda', 'RemovePermission', { FunctionName, StatementId: 'one', RevisionId: cloud.send('lambda', 'GetPolicy', { FunctionName })['RevisionId'] });
    expect((JSON.parse(String(cloud.send('lambda', 'GetPolicy', { FunctionName })['Policy'])) as { Statement: { Sid: string }[] }).Statement.map(({ Sid }) => Sid)).toEqual(['two']);
  });

  it('a statement with a member that is not modelled is refused by name, not made wider', () => {
    expect(published().failure('lambda', 'AddPermission', { FunctionName: 'fn', ...MORE['AddPermission'], PrincipalOrgID: 'o-1' })).toMatchObject({ name: 'NotModelled', message: expect.stringContaining('PrincipalOrgID') as unknown });
  });
});
