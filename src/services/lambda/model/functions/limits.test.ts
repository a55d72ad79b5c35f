import { describe, expect, it } from 'vitest';
import { FN, functionsWorld, ROLE } from '../testing/functions-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';

const echo: Script = { handle: (event) => [{ result: event }] };
const one: Script = { handle: () => [{ result: 1 }] };
const slow: Script = { handle: () => [{ sleepMs: 1_000 }, { result: 1 }] };
const put: Script = { handle: () => [{ call: ['s3', 'PutObject', { Bucket: 'out', Key: 'a.txt', Body: 'hello' }], then: (answer) => [{ result: (answer as { name?: string; message?: string }).name === undefined ? 'put' : answer }] }] };

describe('Lambda concurrency', () => {
  it('is limited by the reservation: one more request is throttled with 429', () => {
    const cloud = functionsWorld({ slow });
    cloud.make('slow');
    expect(cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 2 })).toEqual({ ReservedConcurrentExecutions: 2 });
    const answers = [cloud.begin(), cloud.begin()];
    expect(cloud.failure('lambda', 'Invoke', { FunctionName: 'fn' })).toMatchObject({ name: 'TooManyRequestsException', status: 429, message: 'Rate Exceeded.', data: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', Type: 'User' } });
    cloud.advance(3_000);
    expect(answers.map((answer) => answer()!.payload)).toEqual([1, 1]);
    expect(cloud.invoke().payload).toBe(1);
  });

  it('leaves 100 of the account unreserved', () => {
    const cloud = functionsWorld({ slow });
    cloud.make('slow');
    expect(cloud.failure('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 901 }).message).toBe("Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].");
    cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 900 });
    expect(cloud.send('lambda', 'GetAccountSettings')['AccountLimit']).toMatchObject({ ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 100 });
    cloud.send('lambda', 'DeleteFunctionConcurrency', { FunctionName: 'fn' });
    expect(cloud.send('lambda', 'GetFunctionConcurrency', { FunctionName: 'fn' })).toEqual({});
    expect(cloud.send('lambda', 'GetAccountSettings')['AccountLimit']).toMatchObject({ UnreservedConcurrentExecutions: 1000 });
  });

  it('that is provisioned comes out of the account’s, of which 100 stay', () => {
    const cloud = functionsWorld({ slow }, { tuning: { lambda: { accountConcurrency: 300 } } });
    cloud.make('slow');
    cloud.make('slow', {}, 'other');
    cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'other', ReservedConcurrentExecutions: 50 });
    const put = (ProvisionedConcurrentExecutions: number) => ({ FunctionName: 'fn', Qualifier: '1', ProvisionedConcurrentExecutions });
    expect(cloud.failure('lambda', 'PutProvisionedConcurrencyConfig', put(251)).message).toBe("Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [250].");
    expect(cloud.failure('lambda', 'PutProvisionedConcurrencyConfig', put(151)).message).toContain('below its minimum value of [100]');
    cloud.send('lambda', 'PutProvisionedConcurrencyConfig', put(150));
    expect(cloud.send('lambda', 'GetAccountSettings')['AccountLimit']).toMatchObject({ UnreservedConcurrentExecutions: 100 });
    expect(cloud.failure('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 149 }).message).toBe(" ReservedConcurrentExecutions  149 should not be lower than function's total provisioned concurrency [150].");
    cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 150 });
    expect(cloud.failure('lambda', 'PutProvisionedConcurrencyConfig', put(151)).message).toBe('Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function');
  });

  it('of the whole account is shared by functions without a reservation', () => {
    const cloud = functionsWorld({ slow }, { tuning: { lambda: { accountConcurrency: 102 } } });
    cloud.make('slow');
    cloud.make('slow', {}, 'other');
    cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'other', ReservedConcurrentExecutions: 2 });
    for (let i = 0; i < 100; i++) cloud.begin();
    expect(cloud.failure('lambda', 'Invoke', { FunctionName: 'fn' }).data).toMatchObject({ Reason: 'ConcurrentInvocationLimitExceeded' });
    expect(cloud.begin({}, { FunctionName: 'other' })()).toBeUndefined();
    cloud.advance(5_000);
    expect(cloud.invoke().payload).toBe(1);
  });

  it('that is provisioned is ready after the allocation, serves without a cold start, and spills over', () => {
    const cloud = functionsWorld({ slow });
    cloud.make('slow');
    cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    cloud.send('lambda', 'CreateAlias', { FunctionName: 'fn', Name: 'live', FunctionVersion: '1' });
    expect(cloud.failure('lambda', 'PutProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: '$LATEST', ProvisionedConcurrentExecutions: 1 }).message).toBe('Provisioned Concurrency Configs cannot be applied to unpublished function versions.');
    const put = { FunctionName: 'fn', Qualifier: 'live', ProvisionedConcurrentExecutions: 2 };
    expect(cloud.send('lambda', 'PutProvisionedConcurrencyConfig', put)).toMatchObject({ Status: 'IN_PROGRESS', RequestedProvisionedConcurrentExecutions: 2, AvailableProvisionedConcurrentExecutions: 0 });
    cloud.advance(100_000);
    expect(cloud.send('lambda', 'GetProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: 'live' })).toMatchObject({ Status: 'READY', AvailableProvisionedConcurrentExecutions: 2, AllocatedProvisionedConcurrentExecutions: 2 });
    expect(cloud.send('lambda', 'ListProvisionedConcurrencyConfigs', { FunctionName: 'fn' })['ProvisionedConcurrencyConfigs']).toMatchObject([{ FunctionArn: `${FN}:live`, Status: 'READY' }]);
    for (let i = 0; i < 3; i++) cloud.begin({}, { Qualifier: 'live' });
    cloud.advance(5_000);
    expect(cloud.events('lambda.InvocationStarted').map((event) => event.data['cold'])).toEqual([false, false, true]);
    expect(cloud.events('lambda.InvocationSucceeded').map((event) => event.data['provisioned'])).toEqual([true, true, false]);
    cloud.send('lambda', 'DeleteProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: 'live' });
    expect(cloud.events('lambda.EnvironmentEnded').map((event) => event.data['reason'])).toEqual(['concurrency', 'concurrency']);
  });
});

describe('Lambda versions and aliases', () => {
  it('publish numbers that stay as they are, and none when nothing has changed', () => {
    const cloud = functionsWorld({ echo, slow });
    cloud.make('echo');
    const publish = (): unknown => cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' })['Version'];
    expect([publish(), publish()]).toEqual(['1', '1']);
    cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', Timeout: 9 });
    cloud.advance(1_000);
    expect(publish()).toBe('2');
    expect(cloud.send('lambda', 'GetFunctionConfiguration', { FunctionName: 'fn', Qualifier: '1' })).toMatchObject({ Timeout: 3, Version: '1', FunctionArn: `${FN}:1` });
    expect((cloud.send('lambda', 'ListVersionsByFunction', { FunctionName: 'fn' })['Versions'] as { Version: string }[]).map((version) => version.Version)).toEqual(['$LATEST', '1', '2']);
    expect(cloud.invoke({ a: 1 }, { Qualifier: '1' })).toMatchObject({ version: '1', payload: { a: 1 } });
    expect(cloud.lines().find((line) => line.startsWith('START'))).toMatch(/Version: 1\n$/);
  });

  it('never give a number again, even when the function was deleted', () => {
    const cloud = functionsWorld({ echo });
    cloud.make('echo');
    cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    cloud.send('lambda', 'DeleteFunction', { FunctionName: 'fn' });
    cloud.make('echo');
    expect(cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' })['Version']).toBe('2');
  });

  it('share requests of an alias by weight', () => {
    const cloud = functionsWorld({ echo, slow });
    cloud.make('echo');
    cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', Timeout: 9 });
    cloud.advance(1_000);
    cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    cloud.send('lambda', 'CreateAlias', { FunctionName: 'fn', Name: 'live', FunctionVersion: '1', RoutingConfig: { AdditionalVersionWeights: { '2': 0.3 } } });
    const versions = Array.from({ length: 200 }, () => cloud.invoke({}, { Qualifier: 'live' }).version);
    const second = versions.filter((version) => version === '2').length;
    expect(second).toBeGreaterThan(40);
    expect(second).toBeLessThan(80);
    expect(second + versions.filter((version) => version === '1').length).toBe(200);
  });

  it.each([
    [{ Name: '12', FunctionVersion: '1' }, 'InvalidParameterValueException'],
    [{ Name: 'x', FunctionVersion: '7' }, 'ResourceNotFoundException'],
    [{ Name: 'x', FunctionVersion: '$LATEST', RoutingConfig: { AdditionalVersionWeights: { '1': 0.5 } } }, 'InvalidParameterValueException'],
  ])('refuse the alias %j', (alias, name) => {
    const cloud = functionsWorld({ echo });
    cloud.make('echo');
    cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    expect(cloud.failure('lambda', 'CreateAlias', { FunctionName: 'fn', ...alias }).name).toBe(name);
  });
});

describe('Lambda permissions', () => {
  it('let the handler do what its role may, and throw AccessDenied in the handler otherwise', () => {
    const cloud = functionsWorld({ put });
    cloud.send('s3', 'CreateBucket', { Bucket: 'out' });
    cloud.make('put');
    expect(cloud.invoke().payload).toMatchObject({ message: expect.stringContaining('is not authorized to perform: s3:PutObject') as unknown });
    expect(cloud.events('lambda.CallFailed')).toHaveLength(1);
    const failed = cloud.events('lambda.CallFailed')[0]!;
    expect(cloud.events('lambda.InvocationSucceeded')[0]!.cause).toContain(failed.seq);
    cloud.allow('s3:PutObject');
    expect(cloud.invoke().payload).toBe('put');
    expect(cloud.events('s3.ObjectCreated')).toHaveLength(1);
  });

  it('of a caller are checked: a role needs lambda:InvokeFunction', () => {
    const cloud = functionsWorld({ echo });
    cloud.make('echo');
    expect(cloud.failure('lambda', 'Invoke', { FunctionName: 'fn' }, ROLE)).toMatchObject({ name: 'AccessDeniedException', status: 403, message: `User: arn:aws:sts::000000000000:assumed-role/fn-role/fn-role is not authorized to perform: lambda:InvokeFunction on resource: ${FN} because no identity-based policy allows the lambda:InvokeFunction action` });
    cloud.send('lambda', 'AddPermission', { FunctionName: 'fn', StatementId: 'me', Action: 'lambda:InvokeFunction', Principal: ROLE });
    const answer = cloud.start('lambda', 'Invoke', { FunctionName: 'fn' }, ROLE);
    cloud.advance(2_000);
    expect(answer()!.output).toMatchObject({ StatusCode: 200 });
  });

  it('are written as AWS writes them from AddPermission', () => {
    const cloud = functionsWorld({ echo });
    cloud.make('echo');
    expect(cloud.failure('lambda', 'GetPolicy', { FunctionName: 'fn' })).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
    const add = { FunctionName: 'fn', StatementId: 's3', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com', SourceArn: 'arn:aws:s3:::my-bucket', SourceAccount: '000000000000' };
    const statement = {
      Sid: 's3',
      Effect: 'Allow',
      Principal: { Service: 's3.amazonaws.com' },
      Action: 'lambda:InvokeFunction',
      Resource: FN,
      Condition: { StringEquals: { 'AWS:SourceAccount': '000000000000' }, ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::my-bucket' } },
    };
    expect(JSON.parse(String(cloud.send('lambda', 'AddPermission', add)['Statement']))).toEqual(statement);
    expect(JSON.parse(String(cloud.send('lambda', 'GetPolicy', { FunctionName: 'fn' })['Policy']))).toEqual({ Version: '2012-10-17', Id: 'default', Statement: [statement] });
    expect(cloud.failure('lambda', 'AddPermission', add)).toMatchObject({ name: 'ResourceConflictException', status: 409, message: 'The statement id (s3) provided already exists. Please provide a new statement id, or remove the existing statement.' });
    cloud.send('lambda', 'RemovePermission', { FunctionName: 'fn', StatementId: 's3' });
    expect(cloud.failure('lambda', 'GetPolicy', { FunctionName: 'fn' }).status).toBe(404);
  });

  it('for logs can be missing: the function runs, its lines are lost', () => {
    const cloud = functionsWorld({ echo });
    cloud.make('echo');
    cloud.send('iam', 'DetachRolePolicy', { RoleName: 'fn-role', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' });
    expect(cloud.invoke({ a: 1 }).payload).toEqual({ a: 1 });
    expect(cloud.lines()).toEqual([]);
    expect(cloud.events('logs.LinesLost').length).toBeGreaterThan(0);
  });
});

describe('Lambda answers to what does not fit', () => {
  const made = () => {
    const cloud = functionsWorld({ echo, one });
    cloud.make('echo');
    return cloud;
  };

  it('a new function is Pending for a moment and takes no request yet', () => {
    const cloud = functionsWorld({ echo });
    const input = { FunctionName: 'fn', Role: ROLE, Runtime: 'nodejs24.x', Handler: 'index.handler', Code: { files: { 'index.mjs': 'echo' } } };
    expect(cloud.send('lambda', 'CreateFunction', input)).toMatchObject({ State: 'Pending', StateReasonCode: 'Creating', MemorySize: 128, Timeout: 3, EphemeralStorage: { Size: 512 }, Architectures: ['x86_64'], PackageType: 'Zip', TracingConfig: { Mode: 'PassThrough' }, Version: '$LATEST' });
    expect(cloud.failure('lambda', 'Invoke', { FunctionName: 'fn' })).toMatchObject({ name: 'ResourceConflictException', status: 409 });
    expect(cloud.failure('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', Timeout: 9 }).status).toBe(409);
    const waiting = cloud.start('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', Timeout: 9, WaitForActive: true });
    expect(waiting()).toBeUndefined();
    cloud.advance(2_000);
    expect(waiting()!.output).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful', Timeout: 9 });
  });

  it('a function made again is Pending for as long as the first one', () => {
    const cloud = functionsWorld({ echo });
    const input = { FunctionName: 'fn', Role: ROLE, Runtime: 'nodejs24.x', Handler: 'index.handler', Code: { files: { 'index.mjs': 'echo' } } };
    const state = () => cloud.send('lambda', 'GetFunctionConfiguration', { FunctionName: 'fn' })['State'];
    cloud.send('lambda', 'CreateFunction', input);
    cloud.advance(600);
    cloud.send('lambda', 'DeleteFunction', { FunctionName: 'fn' });
    cloud.send('lambda', 'CreateFunction', input);
    cloud.advance(600);
    expect(state()).toBe('Pending');
    cloud.advance(600);
    expect(state()).toBe('Active');
  });

  it('an update is in progress for a second: requests meet the former code, and no other update is taken', () => {
    const cloud = made();
    const state = () => cloud.send('lambda', 'GetFunction', { FunctionName: 'fn' })['Configuration'];
    cloud.invoke();
    expect(cloud.send('lambda', 'UpdateFunctionCode', { FunctionName: 'fn', files: { 'index.mjs': 'one' } })).toMatchObject({ State: 'Active', LastUpdateStatus: 'InProgress' });
    const busy = { name: 'ResourceConflictException', status: 409, message: `The operation cannot be performed at this time. An update is in progress for resource: ${FN}` };
    expect(cloud.failure('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', Timeout: 9 })).toMatchObject(busy);
    expect(cloud.failure('lambda', 'UpdateFunctionCode', { FunctionName: 'fn', files: { 'index.mjs': 'echo' } })).toMatchObject(busy);
    expect(cloud.failure('lambda', 'PublishVersion', { FunctionName: 'fn' })).toMatchObject(busy);
    expect(cloud.failure('lambda', 'TagResource', { Resource: FN, Tags: { a: 'b' } })).toMatchObject(busy);
    expect(cloud.invoke({ a: 1 }).payload).toEqual({ a: 1 });
    expect(state()).toMatchObject({ LastUpdateStatus: 'InProgress' });
    cloud.advance(1_000);
    expect(state()).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful' });
    expect(cloud.invoke({ a: 1 }).payload).toBe(1);
  });

  it('updates that wait for one another are all done, in their order', () => {
    const cloud = made();
    cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', Timeout: 5 });
    const code = cloud.start('lambda', 'UpdateFunctionCode', { FunctionName: 'fn', files: { 'index.mjs': 'one' }, WaitForActive: true });
    const settings = cloud.start('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', MemorySize: 512, WaitForActive: true });
    expect([code(), settings()]).toEqual([undefined, undefined]);
    cloud.advance(1_000);
    expect(settings()!.output).toMatchObject({ LastUpdateStatus: 'Successful', Timeout: 5, MemorySize: 512 });
    expect(cloud.invoke().payload).toBe(1);
  });

  it('a function deleted during an update, and made again, is not updated', () => {
    const cloud = made();
    cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', Timeout: 9 });
    const waiting = cloud.start('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', Timeout: 8, WaitForActive: true });
    cloud.send('lambda', 'DeleteFunction', { FunctionName: 'fn' });
    expect(waiting()!.error).toMatchObject({ name: 'ResourceNotFoundException' });
    cloud.make('echo');
    expect(cloud.send('lambda', 'GetFunctionConfiguration', { FunctionName: 'fn' })).toMatchObject({ Timeout: 3, LastUpdateStatus: 'Successful' });
  });

  it.each([
    ['Invoke', { FunctionName: 'none' }, 404, 'ResourceNotFoundException', 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:none'],
    ['Invoke', { FunctionName: 'none', Qualifier: '$LATEST' }, 404, 'ResourceNotFoundException', 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:none:$LATEST'],
    ['CreateFunction', { FunctionName: 'fn', Role: ROLE, Code: { files: {} } }, 409, 'ResourceConflictException', 'Function already exist: fn'],
    ['CreateFunction', { FunctionName: 'x', Role: 'arn:aws:iam::000000000000:role/none', Runtime: 'nodejs22.x', Handler: 'a.b', Code: { files: {} } }, 400, 'InvalidParameterValueException', 'The role defined for the function cannot be assumed by Lambda.'],
    ['UpdateFunctionConfiguration', { FunctionName: 'fn', MemorySize: 100 }, 400, 'InvalidParameterValueException', "1 validation error detected: Value '100' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128"],
    ['UpdateFunctionConfiguration', { FunctionName: 'fn', RevisionId: 'no' }, 412, 'PreconditionFailedException', 'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id'],
    ['PutFunctionEventInvokeConfig', { FunctionName: 'fn' }, 400, 'InvalidParameterValueException', 'You must specify at least one of error handling or destination setting.'],
    ['PutFunctionEventInvokeConfig', { FunctionName: 'fn', DestinationConfig: { OnFailure: { Destination: FN } } }, 400, 'InvalidParameterValueException', "You can't specify the function as a destination for itself."],
    ['GetEventSourceMapping', { UUID: 'no' }, 404, 'ResourceNotFoundException', 'The resource you requested does not exist.'],
    ['DeleteFunction', { FunctionName: 'fn', Qualifier: '$LATEST' }, 400, 'InvalidParameterValueException', '$LATEST version cannot be deleted without deleting the function.'],
  ])('%s %j', (operation, input, status, name, message) => {
    expect(made().failure('lambda', operation, input)).toMatchObject({ name, status, message });
  });

  it('a payload that is no JSON', () => {
    const error = made().failure('lambda', 'Invoke', { FunctionName: 'fn', Payload: 'no json' });
    expect(error).toMatchObject({ name: 'InvalidRequestContentException', status: 400 });
    expect(error.message).toMatch(/^Could not parse request body into json: Could not parse payload into json:/);
  });

  it('what AWS has and the model has not', () => {
    expect(made().failure('lambda', 'CreateFunctionUrlConfig', {}).name).toBe('NotModelled');
  });
});
