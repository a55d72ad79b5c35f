import { describe, expect, it } from 'vitest';
import { simTime } from '../../../sim/units.ts';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';
import { functionsWorld, ROLE } from './testing/functions-world.ts';
import type { Script } from './testing/scripted-runtime.ts';

const work: Script = { handle: (event, globals) => [{ cpuMs: 3 + (globals['n'] = (globals['n'] ?? 0) + 1) }, { sleepMs: 40 }, ...((event as { fail?: boolean }).fail ? [{ fail: ['Error', 'boom'] } as const] : [{ result: globals['n'] }])] };

function loaded(): ReturnType<typeof functionsWorld> {
  const cloud = functionsWorld({ work });
  cloud.make('work', { Timeout: 1 });
  for (let i = 0; i < 12; i++) cloud.send('lambda', 'Invoke', { FunctionName: 'fn', InvocationType: 'Event', Payload: JSON.stringify({ fail: i % 3 === 0 }) });
  return cloud;
}

describe('a run with functions', () => {
  it('has the same trace every time', () => {
    const [first, second] = [loaded(), loaded()];
    first.advance(300_000);
    for (let i = 0; i < 3_000; i++) second.advance(100);
    expect(first.events('lambda.InvocationFailed')).toHaveLength(12);
    expect(second.hash()).toBe(first.hash());
  });

  it('goes on from a snapshot as if nothing had happened', () => {
    const cloud = loaded();
    cloud.runtime.release = () => {};
    cloud.advance(260);
    cloud.world.hostReplies.splice(0);
    const snapshot = cloud.world.snapshot();
    const until = simTime(cloud.world.now + 300_000_000);
    cloud.world.runTo(until);
    const hash = cloud.hash();
    expect(cloud.events('lambda.InvocationFailed')).toHaveLength(12);
    cloud.world.restore(snapshot);
    expect(cloud.events('lambda.InvocationStarted').length).toBeGreaterThan(0);
    expect(cloud.events('lambda.InvocationFailed').length).toBeLessThan(12);
    cloud.world.runTo(until);
    expect(cloud.hash()).toBe(hash);
  });
});

describe('a synthetic function', () => {
  const synthetic = (cloud: TestWorld, code: object): void => {
    cloud.send('iam', 'CreateRole', { RoleName: 'fn-role', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }) });
    cloud.send('lambda', 'CreateFunction', { FunctionName: 'load', Role: ROLE, Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { synthetic: code } });
    cloud.advance(2_000);
  };

  it('runs without a sandbox, for as long as it is told', () => {
    const cloud = createTestWorld({ tuning: 'ideal' });
    synthetic(cloud, { initMs: { kind: 'const', value: 250 }, durationMs: { kind: 'const', value: 100 }, errorRate: 0, memoryMb: 90 });
    for (const expected of [350_000, 100_000]) {
      const from = cloud.world.now;
      const answer = cloud.start('lambda', 'Invoke', { FunctionName: 'load' });
      while (answer() === undefined) cloud.world.step();
      expect(answer()!.output).toMatchObject({ StatusCode: 200 });
      expect(cloud.world.now - from).toBe(expected);
    }
    expect(cloud.events('lambda.InvocationSucceeded').map((event) => event.data)).toMatchObject([{ durationUs: 100_000, initUs: 250_000, billedMs: 350, maxMemoryMb: 90 }, { initUs: -1, billedMs: 100 }]);
  });

  it('fails as often as it is told, and at its timeout', () => {
    const cloud = createTestWorld({ tuning: 'ideal' });
    synthetic(cloud, { durationMs: { kind: 'exp', mean: 1_000 }, errorRate: 0.25 });
    for (let i = 0; i < 400; i++) cloud.start('lambda', 'Invoke', { FunctionName: 'load' });
    cloud.untilIdle();
    const count = (kind: string): number => cloud.events(`lambda.Invocation${kind}`).length;
    expect(count('Succeeded') + count('Failed') + count('TimedOut')).toBe(400);
    expect(count('Failed')).toBeGreaterThan(60);
    expect(count('Failed')).toBeLessThan(140);
    expect(count('TimedOut')).toBeGreaterThan(8);
  });
});
