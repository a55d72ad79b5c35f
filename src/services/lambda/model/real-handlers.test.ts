import { beforeAll, describe, expect, it } from 'vitest';
import { createBlobStore } from '../../../runner/blobs.ts';
import { loadSandbox } from '../../../runner/sandbox.ts';
import type { Runtime } from '../../../sim/ports/runtime.ts';
import { models } from '../../models.ts';
import { functionsWorld } from './testing/functions-world.ts';
import type { FunctionsWorld } from './testing/functions-world.ts';

const blobs = createBlobStore();
let runtime: Runtime;
beforeAll(async () => {
  runtime = await loadSandbox({ models, blobs });
});

function running(code: string, settings: object = {}): FunctionsWorld {
  const cloud = functionsWorld({}, { runtime, blobs });
  cloud.make(code, { MemorySize: 512, ...settings });
  return cloud;
}
const ID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

describe('handler code in an environment', () => {
  it('answers, logs, and keeps its variables for the next request', () => {
    const cloud = running(`let n = 0;
export const handler = async (event, context) => {
  console.log('hello', event.name);
  return { n: ++n, memory: context.memoryLimitInMB, arn: context.invokedFunctionArn };
};`);
    expect(cloud.invoke({ name: 'you' }).payload).toEqual({ n: 1, memory: '512', arn: 'arn:aws:lambda:us-east-1:000000000000:function:fn' });
    const second = cloud.invoke({ name: 'me' });
    expect(second.payload).toMatchObject({ n: 2 });
    expect(second.log).toMatch(new RegExp(`^START RequestId: ${ID.source} Version: \\$LATEST\\n\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\\t${ID.source}\\tINFO\\thello me\\nEND RequestId: `));
  });

  it('adds metrics of its log lines to CloudWatch, of console.log in text and of process.stdout in both formats', () => {
    const code = `export const handler = async () => {
  const metric = (Name) => JSON.stringify({ _aws: { Timestamp: Date.now(), CloudWatchMetrics: [{ Namespace: 'shop', Dimensions: [[]], Metrics: [{ Name }] }] }, [Name]: 1 });
  console.log(metric('console'));
  process.stdout.write(metric('stdout'));
};`;
    const metrics = (settings: object): unknown => {
      const cloud = running(code, settings);
      cloud.invoke();
      return (cloud.send('monitoring', 'ListMetrics', { Namespace: 'shop' })['Metrics'] as { MetricName: string }[]).map(({ MetricName }) => MetricName);
    };
    expect(metrics({})).toEqual(['console', 'stdout']);
    expect(metrics({ LoggingConfig: { LogFormat: 'JSON' } })).toEqual(['stdout']);
  });

  it('waits for an alarm that it has put, with the SDK’s waiter', () => {
    const cloud = running(`import { CloudWatchClient, PutMetricAlarmCommand, waitUntilAlarmExists } from '@aws-sdk/client-cloudwatch';
export const handler = async () => {
  const client = new CloudWatchClient({});
  await client.send(new PutMetricAlarmCommand({ AlarmName: 'a', Namespace: 'App', MetricName: 'm', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold' }));
  const found = await waitUntilAlarmExists({ client, maxWaitTime: 10 }, { AlarmNames: ['a'] });
  const missed = await waitUntilAlarmExists({ client, maxWaitTime: 2, minDelay: 1 }, { AlarmNames: ['b'] }).catch((error) => error.name);
  return [found.state, found.reason.MetricAlarms[0].StateValue, missed];
};`, { Timeout: 30 });
    cloud.allow('cloudwatch:*');
    expect(cloud.invoke().payload).toEqual(['SUCCESS', 'INSUFFICIENT_DATA', 'TimeoutError']);
  });

  it('fails with its own error, stack and line', () => {
    const { payload, functionError, log } = running(`export const handler = async () => {
  throw new RangeError('too far');
};`).invoke();
    expect(functionError).toBe('Unhandled');
    expect(payload).toMatchObject({ errorType: 'RangeError', errorMessage: 'too far' });
    expect((payload as { trace: string[] }).trace.slice(0, 2)).toEqual(['RangeError: too far', expect.stringMatching(/^ {4}at handler \(.*\/var\/task\/index\.mjs:2:9\)$/)]);
    expect(log).toContain('\tERROR\tInvoke Error \t{"errorType":"RangeError","errorMessage":"too far"');
  });

  it.each([
    ['a module that is not there', "import x from 'not-there';\nexport const handler = async () => x;", 'Runtime.ImportModuleError'],
    ['a syntax error', 'export const handler = async () => {{;', 'Runtime.UserCodeSyntaxError'],
    ['a handler that is not exported', 'export const other = async () => 1;', 'Runtime.HandlerNotFound'],
  ])('fails in its init for %s', (_, code, errorType) => {
    const cloud = running(code);
    expect(cloud.invoke().payload).toMatchObject({ errorType });
    expect(cloud.events('lambda.InitFailed')[0]!.data).toMatchObject({ status: 'error', error: errorType });
  });

  it('is stopped at its timeout while it computes without end, and /tmp stays', () => {
    const cloud = running(
      `import { writeFileSync, existsSync } from 'node:fs';
export const handler = async (event) => {
  if (event.look) return existsSync('/tmp/left');
  writeFileSync('/tmp/left', 'x');
  for (;;) await null;
};`,
      { Timeout: 1, MemorySize: 128 },
    );
    expect(cloud.invoke().payload).toMatchObject({ errorType: 'Sandbox.Timedout', errorMessage: expect.stringMatching(/Task timed out after 1\.00 seconds$/) as unknown });
    expect(cloud.invoke({ look: true }).payload).toBe(true);
  });

  it.each([
    ['process.exit(3)', 'Runtime.ExitError', /exit status 3$/],
    ['const all = []; for (;;) all.push(new Uint8Array(1e6).fill(1))', 'Runtime.OutOfMemory', /signal: killed$/],
  ])('loses its environment’s memory by %s', (body, errorType, message) => {
    const cloud = running(`let n = 0;
export const handler = async (event) => {
  if (event.ok) return ++n;
  ${body};
};`, { MemorySize: 128, Timeout: 30 });
    expect(cloud.invoke({ ok: true }).payload).toBe(1);
    const { payload } = cloud.invoke();
    expect(payload).toMatchObject({ errorType, errorMessage: expect.stringMatching(message) as unknown });
    expect(cloud.invoke({ ok: true }).payload).toBe(1);
  });

  it('takes ten times as long on a tenth of a vCPU, and no less time on more than one', () => {
    const code = 'export const handler = async () => { let x = 0; for (let i = 0; i < 5e5; i++) x += i % 7; return x; };';
    const took = (MemorySize: number): number => {
      const cloud = running(code, { MemorySize, Timeout: 60 });
      cloud.invoke();
      return Number(cloud.events('lambda.InvocationSucceeded')[0]!.data['durationUs']);
    };
    const whole = took(1769);
    expect(whole).toBeGreaterThan(500);
    expect(took(3_000)).toBe(whole);
    expect(took(177) / whole).toBeGreaterThan(7);
  });

  it('goes on from a snapshot in the middle of an invocation', () => {
    const cloud = running('export const handler = async () => { const from = Date.now(); await new Promise((done) => setTimeout(done, 500)); return Date.now() - from; };');
    const { release } = runtime;
    runtime.release = () => {};
    try {
      cloud.send('lambda', 'Invoke', { FunctionName: 'fn', InvocationType: 'Event' });
      cloud.advance(400);
      cloud.world.hostReplies.splice(0);
      const snapshot = cloud.world.snapshot();
      cloud.advance(2_000);
      const hash = cloud.hash();
      expect(cloud.events('lambda.InvocationSucceeded')).toHaveLength(1);
      cloud.world.restore(snapshot);
      expect(cloud.events('lambda.InvocationSucceeded')).toHaveLength(0);
      cloud.advance(2_000);
      expect(cloud.hash()).toBe(hash);
    } finally {
      runtime.release = release;
    }
  });
});
