/** What a cold start is made of, and what a process finds in its environment. @source aws/lambda.md §3.3, §5.2, §5.4 */
import { describe, expect, it } from 'vitest';
import { functionsWorld } from '../testing/functions-world.ts';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';

const one: Script = { handle: () => [{ result: 1 }] };
const slow: Script = { handle: () => [{ sleepMs: 5_000 }, { result: 1 }] };
const made = (settings: object = {}, script: Script = one): FunctionsWorld => {
  const cloud = functionsWorld({ script });
  cloud.make('script', { MemorySize: 1769, Timeout: 60, ...settings });
  return cloud;
};
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
/** Starts so many environments at once. */
const many = (settings: object, n = 300): FunctionsWorld => {
  const cloud = made(settings, slow);
  for (let i = 0; i < n; i++) cloud.begin({}, { LogType: 'None' });
  cloud.advance(20_000);
  return cloud;
};
const inits = (cloud: FunctionsWorld): number[] => cloud.events('lambda.InitEnded').map(({ data }) => Number(data['initUs']) / 1000);

describe('a cold start', () => {
  it.each([
    ['nodejs22.x', 'x86_64', 145],
    ['nodejs22.x', 'arm64', 129],
    ['nodejs24.x', 'x86_64', 141],
    ['nodejs24.x', 'arm64', 124],
  ])('of %s on %s takes the measured median', (Runtime, architecture, ms) => {
    const all = inits(many({ Runtime, Architectures: [architecture] }));
    expect(median(all) / ms).toBeGreaterThan(0.97);
    expect(median(all) / ms).toBeLessThan(1.03);
    expect(median(all.map((value) => Math.abs(Math.log(value / ms))))).toBeLessThan(0.14);
  });

  it('has placing and fetching before it, which no Init Duration shows, and a function’s first fetch takes three times as long', () => {
    const files = { 'index.mjs': 'slow', 'data.txt': 'x'.repeat(30_000_000) };
    const waits = (n: number): number[] => {
      const cloud = functionsWorld({ slow });
      cloud.make('slow', { Timeout: 60, Code: { files } });
      for (let i = 0; i < n; i++) cloud.begin({}, { LogType: 'None' });
      return cloud.events('lambda.EnvironmentStarting').map(({ data }) => Number(data['placeUs']) / 1000);
    };
    const [first, ...others] = waits(200);
    const mb = (30_000_004 / 3 + 200) / 1_048_576;
    expect(median(others)).toBeGreaterThan(40 * 0.9 + 3 + 2 * mb);
    expect(median(others)).toBeLessThan(40 * 1.1 + 3 + 2 * mb);
    expect(first! - median(others)).toBeGreaterThan(2 * (3 + 2 * mb) - 30);
  });

  it('is seldom in steady traffic: an environment is used again', () => {
    const cloud = made();
    for (let i = 0; i < 200; i++) cloud.invoke();
    expect(cloud.events('lambda.InvocationStarted').filter(({ data }) => data['cold'] === true)).toHaveLength(1);
  });
});

describe('an environment', () => {
  it('serves again after ten minutes less a moment, and is gone after ten minutes', () => {
    const cloud = made();
    cloud.invoke();
    cloud.advance(599_000);
    cloud.invoke();
    cloud.advance(601_000);
    cloud.invoke();
    expect(cloud.events('lambda.InvocationStarted').map(({ data }) => data['cold'])).toEqual([true, false, true]);
  });

  it('ends within two to four hours however busy it is', () => {
    const cloud = made();
    const ends = (): readonly unknown[] => cloud.events('lambda.EnvironmentEnded').map(({ data }) => data['reason']);
    const hour = (hours: number): void => {
      for (let i = 0; i < hours * 12; i++) {
        cloud.invoke();
        cloud.advance(300_000);
      }
    };
    hour(1.9);
    expect(ends()).toEqual([]);
    hour(2.3);
    expect(ends()[0]).toBe('age');
  });

  it('belongs to one version: moving an alias starts cold', () => {
    const cloud = made();
    cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    cloud.send('lambda', 'CreateAlias', { FunctionName: 'fn', Name: 'live', FunctionVersion: '1' });
    cloud.invoke({}, { Qualifier: 'live' });
    cloud.invoke({}, { Qualifier: '1' });
    cloud.invoke();
    expect(cloud.events('lambda.InvocationStarted').map(({ data }) => [data['version'], data['cold']])).toEqual([['1', true], ['1', false], ['$LATEST', true]]);
  });
});

describe('the variables of a process', () => {
  it('are AWS’s, with those of the function beside them', () => {
    const cloud = made({ MemorySize: 512, Environment: { Variables: { TABLE: 'orders', TZ: 'Europe/Paris' } } });
    cloud.invoke();
    const [spec] = cloud.runtime.specs;
    expect(spec!.environment).toMatchObject({
      _HANDLER: 'index.handler',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
      AWS_LAMBDA_FUNCTION_NAME: 'fn',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/fn',
      AWS_LAMBDA_RUNTIME_API: '169.254.100.1:9001',
      LAMBDA_TASK_ROOT: '/var/task',
      LAMBDA_RUNTIME_DIR: '/var/runtime',
      LANG: 'en_US.UTF-8',
      PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
      NODE_PATH: '/opt/nodejs/node22/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules:/var/runtime:/var/task',
      AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
      AWS_XRAY_DAEMON_ADDRESS: '169.254.100.1:2000',
      TABLE: 'orders',
      TZ: 'Europe/Paris',
    });
    expect(spec!.environment['AWS_LAMBDA_LOG_STREAM_NAME']).toMatch(/^2026\/01\/01\/\[\$LATEST\][0-9a-f]{32}$/);
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) expect(spec!.environment[name]).not.toBe('');
  });

  it('tell a provisioned environment for its whole life, also in what spills over', () => {
    const cloud = made({}, slow);
    cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    cloud.send('lambda', 'PutProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: '1', ProvisionedConcurrentExecutions: 1 });
    cloud.advance(100_000);
    for (let i = 0; i < 2; i++) cloud.begin({}, { Qualifier: '1' });
    cloud.advance(10_000);
    expect(cloud.runtime.specs.map(({ environment }) => environment['AWS_LAMBDA_INITIALIZATION_TYPE'])).toEqual(['provisioned-concurrency', 'on-demand']);
  });
});
