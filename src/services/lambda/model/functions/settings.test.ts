/** A function's configuration at the edges of what AWS takes. @source aws/lambda.md §2, §2.3, §8.4, §12 */
import { describe, expect, it } from 'vitest';
import { base64Encode } from '../../../../base/base64.ts';
import { zipText } from '../../../../base/zip.ts';
import { configSchema } from '../canvas/config.ts';
import { FN, functionsWorld, ROLE } from '../testing/functions-world.ts';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';

const one: Script = { handle: () => [{ result: 1 }] };
const made = (): FunctionsWorld => {
  const cloud = functionsWorld({ one });
  cloud.make('one');
  return cloud;
};
const create = (cloud: FunctionsWorld, o: object) => cloud.failure('lambda', 'CreateFunction', { FunctionName: 'other', Role: ROLE, Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { files: { 'index.mjs': 'one' } }, ...o });
const update = (cloud: FunctionsWorld, o: object) => cloud.failure('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', ...o });
const settings = (cloud: FunctionsWorld, Qualifier?: string) => cloud.send('lambda', 'GetFunctionConfiguration', { FunctionName: 'fn', ...(Qualifier === undefined ? {} : { Qualifier }) });
const out = (value: unknown, member: string, rule: string): object => ({ status: 400, message: `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: Member must ${rule}` });
const atMost = (max: number): string => `have value less than or equal to ${max}`;
const atLeast = (min: number): string => `have value greater than or equal to ${min}`;

describe('numbers of a function', () => {
  it.each([
    ['MemorySize', 127, 'memorySize', atLeast(128)],
    ['MemorySize', 10_241, 'memorySize', atMost(10_240)],
    ['Timeout', 0, 'timeout', atLeast(1)],
    ['Timeout', 901, 'timeout', atMost(900)],
  ])('%s %i is refused', (member, value, name, rule) => {
    expect(create(made(), { [member]: value })).toMatchObject(out(value, name, rule));
    expect(update(made(), { [member]: value })).toMatchObject(out(value, name, rule));
  });
  it.each([511, 10_241])('/tmp of %i MB is refused', (Size) => {
    expect(update(made(), { EphemeralStorage: { Size } })).toMatchObject(out(Size, 'ephemeralStorage.size', Size < 512 ? atLeast(512) : atMost(10_240)));
  });
  it('are taken at both edges, in steps of 1, and are whole', () => {
    for (const o of [{ MemorySize: 128, Timeout: 1, EphemeralStorage: { Size: 512 } }, { MemorySize: 10_240, Timeout: 900, EphemeralStorage: { Size: 10_240 } }, { MemorySize: 1_771, Timeout: 7, EphemeralStorage: { Size: 513 } }]) {
      const cloud = made();
      cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', ...o });
      cloud.advance(1_000);
      expect(settings(cloud)).toMatchObject(o);
    }
    expect(update(made(), { MemorySize: 128.5 }).status).toBe(400);
    expect(made().failure('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'fn', MaximumRetryAttempts: 0.5 }).status).toBe(400);
  });
});

describe('texts of a function', () => {
  it.each<[string, object, object]>([
    ['a handler of 129 characters', { Handler: 'h'.repeat(129) }, out('h'.repeat(129), 'handler', 'have length less than or equal to 128')],
    ['a handler with a space', { Handler: 'index. handler' }, out('index. handler', 'handler', 'satisfy regular expression pattern: [^\\s]+')],
    ['a description of 257 characters', { Description: 'd'.repeat(257) }, out('d'.repeat(257), 'description', 'have length less than or equal to 256')],
    ['an unknown tracing mode', { TracingConfig: { Mode: 'active' } }, out('active', 'tracingConfig.mode', 'satisfy enum value set: [Active, PassThrough]')],
    ['an unknown log format', { LoggingConfig: { LogFormat: 'json' } }, out('json', 'loggingConfig.logFormat', 'satisfy enum value set: [JSON, Text]')],
    ['an unknown log level', { LoggingConfig: { LogFormat: 'JSON', SystemLogLevel: 'ERROR' } }, out('ERROR', 'loggingConfig.systemLogLevel', 'satisfy enum value set: [DEBUG, INFO, WARN]')],
    ['a log group of AWS', { LoggingConfig: { LogGroup: 'aws/mine' } }, { status: 400 }],
  ])('%s is refused', (_, o, error) => {
    expect(update(made(), o)).toMatchObject(error);
  });
  it('may be as long as AWS says', () => {
    const cloud = made();
    cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', Description: 'd'.repeat(256), Handler: `index.${'h'.repeat(122)}` });
    expect(cloud.failure('lambda', 'UpdateAlias', { FunctionName: 'fn', Name: 'none' }).status).toBe(404);
  });
  it('of versions and aliases have the same limit for their description', () => {
    const cloud = made();
    const Description = 'd'.repeat(257);
    expect(cloud.failure('lambda', 'PublishVersion', { FunctionName: 'fn', Description })).toMatchObject(out(Description, 'description', 'have length less than or equal to 256'));
    cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    expect(cloud.failure('lambda', 'CreateAlias', { FunctionName: 'fn', Name: 'live', FunctionVersion: '1', Description })).toMatchObject(out(Description, 'description', 'have length less than or equal to 256'));
  });
  it('name a function in 1 to 64 characters', () => {
    const name = 'n'.repeat(65);
    expect(create(made(), { FunctionName: name })).toMatchObject({ name: 'InvalidParameterValueException', ...out(name, 'functionName', 'have length less than or equal to 64') });
    const cloud = made();
    cloud.make('one', {}, 'n'.repeat(64));
    for (const FunctionName of [FN, '000000000000:function:fn', 'function:fn', `${FN}:$LATEST`]) expect(cloud.send('lambda', 'GetFunctionConfiguration', { FunctionName })).toMatchObject({ FunctionName: 'fn' });
    expect(create(cloud, { FunctionName: 'a b' }).message).toMatch(/at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern/);
  });
});

describe('a log format', () => {
  it('brings levels with JSON, and takes them away with Text', () => {
    const cloud = made();
    const change = (LoggingConfig: object) => {
      cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', LoggingConfig });
      cloud.advance(1_000);
      return settings(cloud)['LoggingConfig'];
    };
    expect(change({ LogFormat: 'JSON', ApplicationLogLevel: 'WARN' })).toEqual({ LogFormat: 'JSON', ApplicationLogLevel: 'WARN', SystemLogLevel: 'INFO', LogGroup: '/aws/lambda/fn' });
    expect(change({ LogFormat: 'Text' })).toEqual({ LogFormat: 'Text', LogGroup: '/aws/lambda/fn' });
  });
});

describe('environment variables', () => {
  /** The JSON of one variable, of so many bytes. */
  const variables = (bytes: number, letter = 'x') => ({ Environment: { Variables: { AB: letter.repeat((bytes - '{"AB":""}'.length) / new TextEncoder().encode(letter).length) } } });
  it('are 4 KB as JSON: 4,096 bytes fit, 4,097 do not, and bytes count, not characters', () => {
    const cloud = made();
    cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', ...variables(4_096) });
    cloud.advance(1_000);
    expect(update(cloud, variables(4_097))).toMatchObject({
      name: 'InvalidParameterValueException',
      message: `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${JSON.stringify(variables(4_097).Environment.Variables)}`,
    });
    expect(update(cloud, variables(4_097 + 2, 'é')).message).toContain('exceeded the 4KB limit');
    const canvas = (Variables: object) => configSchema.safeParse({ name: 'fn', Environment: Variables }).success;
    expect([canvas(variables(4_096).Environment.Variables), canvas(variables(4_099, 'é').Environment.Variables)]).toEqual([true, false]);
  });
  it('have names of two characters or more that Lambda does not set itself', () => {
    expect(update(made(), { Environment: { Variables: { A: '1' } } }).message).toContain('[a-zA-Z]([a-zA-Z0-9_])+');
    expect(update(made(), { Environment: { Variables: { '1A': '1' } } }).message).toContain('[a-zA-Z]([a-zA-Z0-9_])+');
    expect(update(made(), { Environment: { Variables: { AWS_REGION: 'x', _HANDLER: 'y' } } }).message).toMatch(/Reserved keys used in this request: AWS_REGION, _HANDLER$/);
  });
});

describe('what a function is made of', () => {
  it('has one architecture, of two', () => {
    for (const Architectures of [[], ['x86_64', 'arm64'], ['arm']]) expect(create(made(), { Architectures }).status).toBe(400);
    const cloud = made();
    cloud.make('one', { Architectures: ['arm64'] }, 'arm');
    expect(cloud.send('lambda', 'GetFunctionConfiguration', { FunctionName: 'arm' })['Architectures']).toEqual(['arm64']);
  });
  it('comes from a zip that can be opened, or from files', () => {
    const zip = (bytes: Uint8Array) => {
      const cloud = made();
      return create(cloud, { Code: { ZipFile: { $blob: cloud.world.options.blobs.put(bytes) } } });
    };
    expect(zip(new Uint8Array([1, 2, 3])).message).toBe('Could not unzip uploaded file. Please check your file, then try to upload again.');
    expect(zip(new Uint8Array(52_428_800))).toMatchObject({ name: 'RequestEntityTooLargeException', status: 413, message: 'Zipped size must be smaller than 52428800 bytes' });
    expect(zip(new Uint8Array(52_428_799)).message).toContain('Could not unzip');
    const cloud = made();
    cloud.make('', { Code: { ZipFile: base64Encode(zipText({ 'index.mjs': 'one' })) } }, 'zipped');
    expect(cloud.invoke({}, { FunctionName: 'zipped' }).payload).toBe(1);
  });
  it('is of a runtime that AWS still takes', () => {
    expect(create(made(), { Runtime: 'python3.7' }).message).toMatch(/^The runtime parameter of python3\.7 is no longer supported for creating or updating AWS Lambda functions\. We recommend you use a supported runtime/);
    expect(create(made(), { Runtime: 'nodejs20.x' }).message).toMatch(/^The runtime parameter of nodejs20\.x is no longer supported/);
    expect(create(made(), { Runtime: 'cobol' }).message).toMatch(/at 'runtime' failed to satisfy constraint: Member must satisfy enum value set/);
  });
  it('has a role that Lambda may assume', () => {
    const cloud = made();
    cloud.send('iam', 'CreateRole', { RoleName: 'ec2', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] }) });
    expect(create(cloud, { Role: 'arn:aws:iam::000000000000:role/ec2' }).message).toBe('The role defined for the function cannot be assumed by Lambda.');
    expect(update(cloud, { Role: 'arn:aws:iam::000000000000:role/ec2' }).message).toBe('The role defined for the function cannot be assumed by Lambda.');
  });
  it('has dead letters go to queues and topics only', () => {
    for (const refused of [(o: object) => create(made(), o), (o: object) => update(made(), o)]) {
      expect(refused({ DeadLetterConfig: { TargetArn: FN } })).toMatchObject({ name: 'InvalidParameterValueException', status: 400 });
      expect(refused({ DeadLetterConfig: { TargetArn: 'dead' } }).message).toContain("at 'deadLetterConfig.targetArn'");
    }
    const cloud = made();
    cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead' } });
    cloud.advance(1_000);
    cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', DeadLetterConfig: { TargetArn: '' } });
    cloud.advance(1_000);
    expect(settings(cloud)['DeadLetterConfig']).toBeUndefined();
  });
});

describe('an alias with weights', () => {
  const versions = (...changes: readonly object[]): FunctionsWorld => {
    const cloud = made();
    cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    for (const change of changes) {
      cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', ...change });
      cloud.advance(1_000);
      cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    }
    return cloud;
  };
  const weighted = (FunctionVersion: string, AdditionalVersionWeights: object) => ({ FunctionName: 'fn', Name: 'live', FunctionVersion, RoutingConfig: { AdditionalVersionWeights } });
  it.each<[string, string, object, string]>([
    ['$LATEST as its version', '$LATEST', { 1: 0.5 }, '$LATEST is not supported for an alias pointing to more than 1 version'],
    ['two more versions', '1', { 2: 0.5, 3: 0.2 }, 'Number of items in AdditionalVersionWeights cannot be greater than 1'],
    ['a weight over 1', '1', { 2: 1.1 }, 'less than or equal to 1.0'],
    ['a version that is not there', '1', { 9: 0.5 }, `Function not found: ${FN}:9`],
  ])('is refused with %s', (_, version, weights, text) => {
    expect(versions({ Timeout: 4 }, { Timeout: 5 }).failure('lambda', 'CreateAlias', weighted(version, weights)).message).toContain(text);
  });
  it('needs the same role and the same dead-letter queue, or none, in both', () => {
    const letters = versions({ DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead' } });
    expect(letters.failure('lambda', 'CreateAlias', weighted('1', { 2: 0.5 })).message).toContain('dead letter');
    const roles = made();
    roles.send('iam', 'CreateRole', { RoleName: 'second', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }) });
    roles.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    roles.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', Role: 'arn:aws:iam::000000000000:role/second' });
    roles.advance(1_000);
    roles.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    expect(roles.failure('lambda', 'CreateAlias', weighted('1', { 2: 0.5 })).message).toContain('execution role');
  });
  it('takes no provisioned concurrency; that of its version serves its share, and spills over', () => {
    const cloud = versions({ Timeout: 4 });
    cloud.send('lambda', 'CreateAlias', weighted('1', { 2: 1 }));
    expect(cloud.failure('lambda', 'PutProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: 'live', ProvisionedConcurrentExecutions: 1 }).message).toBe('Alias with weights can not be used with Provisioned Concurrency');
    cloud.send('lambda', 'PutProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: '2', ProvisionedConcurrentExecutions: 1 });
    cloud.advance(100_000);
    const both = [cloud.begin({}, { Qualifier: 'live' }), cloud.begin({}, { Qualifier: 'live' })];
    cloud.advance(5_000);
    expect(both.map((answer) => answer()!.version)).toEqual(['2', '2']);
    expect(cloud.events('lambda.InvocationSucceeded').map((event) => event.data['provisioned'])).toEqual([true, false]);
    cloud.send('lambda', 'UpdateAlias', weighted('1', { 2: 0 }));
    expect(cloud.invoke({}, { Qualifier: 'live' }).version).toBe('1');
    expect(cloud.events('lambda.InvocationSucceeded').at(-1)!.data['provisioned']).toBe(false);
  });
});
