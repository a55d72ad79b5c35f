/** Faults that a run injects into functions: each looks as if it had happened by itself, for as long as it is on and as often as its chance says. */
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../../sim/faults.ts';
import { FN, functionsWorld } from '../testing/functions-world.ts';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';

const work: Script = { handle: () => [{ cpuMs: 10 }, { log: 'ran' }, { result: 'done' }] };
function world(fault: Partial<Fault> & Pick<Fault, 'kind'>, settings: object = {}): FunctionsWorld {
  const cloud = functionsWorld({ work }, { faults: [{ id: 'f', resource: FN, fromUs: 0, untilUs: 600_000_000, chance: 1, delayUs: 2_000_000, ...fault }] });
  cloud.make('work', { MemorySize: 1769, Timeout: 10, ...settings });
  return cloud;
}
const told = (cloud: FunctionsWorld): unknown[] => cloud.events('lambda.FaultInjected').map(({ data }) => [data['fault'], data['kind']]);
const report = (log: string): string => /REPORT .*/.exec(log)![0];

describe('A fault of a run', () => {
  it('throws in the place of the handler, and the environment goes on', () => {
    const cloud = world({ kind: 'throw' });
    const { functionError, payload, statusCode } = cloud.invoke();
    expect([statusCode, functionError, payload]).toEqual([200, 'Unhandled', { errorType: 'InjectedFault', errorMessage: 'The scenario makes this invocation fail.', trace: [] }]);
    expect(cloud.lines().some((line) => line.includes('ran'))).toBe(false);
    expect(cloud.lines().filter((line) => /\tERROR\tInvoke Error \t\{"errorType":"InjectedFault","errorMessage":"The scenario makes this invocation fail\.","stack":\["InjectedFault: .*"\]\}\n$/.test(line))).toHaveLength(1);
    cloud.invoke();
    expect([told(cloud), cloud.events('lambda.EnvironmentStarting').length]).toEqual([[['f', 'throw'], ['f', 'throw']], 1]);
    const [struck] = cloud.events('lambda.FaultInjected');
    expect(cloud.events('lambda.InvocationFailed')[0]!.cause).toContain(struck!.seq);
  });

  it('makes an event be tried again, until its time is over', () => {
    const cloud = world({ kind: 'throw', untilUs: 30_000_000 });
    cloud.send('lambda', 'Invoke', { FunctionName: 'fn', InvocationType: 'Event', Payload: '{}' });
    cloud.advance(120_000);
    expect([cloud.events('lambda.InvocationFailed').length, cloud.events('lambda.InvocationSucceeded').length]).toEqual([1, 1]);
  });

  it('lets the handler run into its timeout, and the process is gone', () => {
    const cloud = world({ kind: 'timeout' });
    const { payload, log } = cloud.invoke();
    expect(payload).toMatchObject({ errorType: 'Sandbox.Timedout', errorMessage: expect.stringMatching(/Task timed out after 10\.00 seconds$/) as string });
    expect(report(log)).toMatch(/Duration: 10000\.00 ms.*Status: timeout/);
    expect(cloud.events('lambda.InvocationTimedOut')).toHaveLength(1);
  });

  it('takes all memory, as REPORT says', () => {
    const { payload, log } = world({ kind: 'out-of-memory' }).invoke();
    expect(payload).toMatchObject({ errorType: 'Runtime.OutOfMemory', errorMessage: expect.stringMatching(/Runtime exited with error: signal: killed$/) as string });
    expect(report(log)).toContain('Memory Size: 1769 MB\tMax Memory Used: 1769 MB');
  });

  it('delays the handler, which runs then, or not any more before its timeout', () => {
    const late = world({ kind: 'slow' }).invoke();
    expect([late.payload, Number(/Duration: ([\d.]+) ms/.exec(late.log)![1])]).toEqual(['done', 2_010]);
    expect(world({ kind: 'slow' }, { Timeout: 1 }).invoke().functionError).toBe('Unhandled');
  });

  it('throttles requests of every kind', () => {
    const cloud = world({ kind: 'throttle', untilUs: 60_000_000 });
    expect(cloud.failure('lambda', 'Invoke', { FunctionName: 'fn' })).toMatchObject({ name: 'TooManyRequestsException', data: { Reason: 'ConcurrentInvocationLimitExceeded' } });
    cloud.send('lambda', 'Invoke', { FunctionName: 'fn', InvocationType: 'Event', Payload: '{}' });
    cloud.advance(180_000);
    expect(cloud.events('lambda.Throttled').every(({ data }) => data['fault'] === 'f')).toBe(true);
    expect(cloud.events('lambda.InvocationSucceeded')).toHaveLength(1);
    const [struck] = cloud.events('lambda.FaultInjected');
    expect([struck!.data['kind'], cloud.events('lambda.Throttled')[0]!.cause]).toEqual(['throttle', [struck!.seq]]);
  });

  it('denies whoever is not the administrator', () => {
    const cloud = world({ kind: 'deny' });
    cloud.allow('lambda:InvokeFunction');
    expect(cloud.failure('lambda', 'Invoke', { FunctionName: 'fn' }, 'arn:aws:iam::000000000000:role/fn-role')).toMatchObject({ name: 'AccessDeniedException', message: expect.stringMatching(/explicit deny/) as string });
    const [dropped] = cloud.events('iam.PermissionDropped');
    expect([dropped!.data['fault'], cloud.events('iam.AccessDenied')[0]!.cause]).toEqual(['f', [dropped!.seq]]);
    expect(cloud.invoke().payload).toBe('done');
  });

  it('strikes by its chance, the same each time, and shifts nobody else’s luck', () => {
    const run = (chance: number): FunctionsWorld => {
      const cloud = world({ kind: 'throw', chance });
      for (let i = 0; i < 40; i++) cloud.invoke();
      return cloud;
    };
    const [some, again] = [run(0.25), run(0.25)];
    expect(told(some).length).toBeGreaterThan(4);
    expect(told(some).length).toBeLessThan(17);
    expect(some.hash()).toBe(again.hash());
    const inits = (cloud: FunctionsWorld): unknown[] => cloud.events('lambda.InitEnded').map(({ data }) => data['initUs']);
    expect(inits(some)).toEqual(inits(run(1)));
  });

  it('strikes functions without code alike', () => {
    const ends = (kind: Fault['kind']): unknown[] => {
      const cloud = functionsWorld({}, { faults: [{ id: 'f', resource: FN, kind, fromUs: 0, untilUs: 600_000_000, chance: 1, delayUs: 2_000_000 }] });
      cloud.make('', { Code: { synthetic: { initMs: 10, durationMs: 100 } } });
      cloud.start('lambda', 'Invoke', { FunctionName: 'fn' });
      cloud.advance(20_000);
      return ['lambda.InvocationSucceeded', 'lambda.InvocationFailed', 'lambda.InvocationTimedOut'].flatMap((name) => cloud.events(name).map(({ data }) => [data['status'], Math.round(Number(data['durationUs']) / 1_000)]));
    };
    expect([ends('throw'), ends('slow'), ends('timeout'), ends('out-of-memory')]).toEqual([[['error', 0]], [['success', 2_100]], [['timeout', 3_000]], [['error', 0]]]);
  });

  it('is off outside of its time, and for other functions', () => {
    for (const fault of [{ fromUs: 300_000_000 }, { untilUs: 1 }, { resource: `${FN}-other` }]) expect(world({ kind: 'throw', ...fault }).invoke().payload).toBe('done');
  });
});
