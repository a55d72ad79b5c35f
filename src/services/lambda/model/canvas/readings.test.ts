import { describe, expect, it } from 'vitest';
import { functionsWorld } from '../testing/functions-world.ts';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';
import { cost, metrics, prices } from './readings.ts';

const work: Script = { handle: (event) => ((event as { fail?: boolean }).fail === true ? [{ fail: ['Error', 'boom'] }] : [{ cpuMs: 10 }, { result: 1 }]) };
const lazy: Script = { init: [{ cpuMs: 12_000 }], handle: () => [{ result: 1 }] };
const usd = (cloud: FunctionsWorld): number => cloud.world.trace.events.flatMap(cost).reduce((sum, item) => sum + item.quantity * prices[item.unit]!.usd, 0);
const sums = (cloud: FunctionsWorld): Record<string, number> => {
  const all: Record<string, number> = {};
  for (const event of cloud.world.trace.events) for (const { metric, value } of metrics(event)) all[metric] = (all[metric] ?? 0) + value;
  return all;
};

describe('what a function costs', () => {
  it('is requests and GB-seconds, rounded up to milliseconds, init included', () => {
    const cloud = functionsWorld({ work });
    cloud.make('work', { MemorySize: 1024 });
    const billed = Number(/Billed Duration: (\d+) ms/.exec(cloud.invoke().log)![1]);
    expect(usd(cloud)).toBeCloseTo(0.2e-6 + (billed / 1000) * 0.0000166667, 15);
  });

  it('is a request of its own for each retry, and nothing for what is throttled', () => {
    const cloud = functionsWorld({ work });
    cloud.make('work', { MemorySize: 1024 });
    cloud.send('lambda', 'Invoke', { FunctionName: 'fn', InvocationType: 'Event', Payload: '{"fail":true}' });
    cloud.advance(600_000);
    const requests = (): number => cloud.world.trace.events.flatMap(cost).filter(({ unit }) => unit === 'request').length;
    expect(requests()).toBe(3);
    cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 0 });
    const before = usd(cloud);
    cloud.failure('lambda', 'Invoke', { FunctionName: 'fn' });
    expect([requests(), usd(cloud)]).toEqual([3, before]);
  });

  it('is less on arm64, and more for /tmp over 512 MB while it runs', () => {
    const paid = (settings: object): { readonly usd: number; readonly billedSec: number } => {
      const cloud = functionsWorld({ work });
      cloud.make('work', { MemorySize: 1024, ...settings });
      const billedSec = Number(/Billed Duration: (\d+) ms/.exec(cloud.invoke().log)![1]) / 1000;
      return { usd: usd(cloud), billedSec };
    };
    const arm = paid({ Architectures: ['arm64'] });
    expect(arm.usd).toBeCloseTo(0.2e-6 + arm.billedSec * 0.0000133334, 15);
    const disk = paid({ EphemeralStorage: { Size: 1536 } });
    expect(disk.usd).toBeCloseTo(0.2e-6 + disk.billedSec * (0.0000166667 + 0.0000000309), 15);
  });

  it('has an init in it that timed out before the request', () => {
    const cloud = functionsWorld({ lazy });
    cloud.make('lazy', { MemorySize: 1024, Timeout: 60 });
    const billed = Number(/Billed Duration: (\d+) ms/.exec(cloud.invoke().log)![1]);
    expect(usd(cloud)).toBeCloseTo(0.2e-6 + ((billed + 10_000) / 1000) * 0.0000166667, 12);
  });

  it('goes on while provisioned concurrency is kept, by five minutes, until it is deleted', () => {
    const cloud = functionsWorld({ work });
    cloud.make('work', { MemorySize: 1024 });
    cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    cloud.send('lambda', 'PutProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: '1', ProvisionedConcurrentExecutions: 2 });
    cloud.advance(660_000);
    const kept = (): number => cloud.events('lambda.ProvisionedBilled').flatMap(cost).reduce((sum, item) => sum + item.quantity * prices[item.unit]!.usd, 0);
    expect(kept()).toBeCloseTo(3 * 300 * 2 * 0.0000041667, 9);
    cloud.send('lambda', 'DeleteProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: '1' });
    cloud.advance(3_600_000);
    expect(cloud.events('lambda.ProvisionedBilled')).toHaveLength(3);
  });
});

describe('CloudWatch metrics of a function', () => {
  it('have AWS’s names', () => {
    const cloud = functionsWorld({ work });
    cloud.make('work', { MemorySize: 1769 });
    cloud.invoke();
    cloud.invoke({ fail: true });
    cloud.send('lambda', 'Invoke', { FunctionName: 'fn', InvocationType: 'Event', Payload: '{}' });
    cloud.advance(1_000);
    cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 0 });
    cloud.failure('lambda', 'Invoke', { FunctionName: 'fn' });
    const all = sums(cloud);
    expect(all).toMatchObject({ Invocations: 3, Errors: 1, Throttles: 1, AsyncEventsReceived: 1, ConcurrentExecutions: 3 });
    expect(all['AsyncEventAge']).toBeCloseTo(21.5, 1);
    expect(all['Duration']).toBeCloseTo(20, 0);
  });

  it('count an error in the minute in which its invocation began', () => {
    const cloud = functionsWorld({ slow: { handle: () => [{ sleepMs: 30_000 }, { fail: ['Error', 'boom'] }] } });
    cloud.make('slow', { Timeout: 60 });
    cloud.advance(50_000);
    cloud.invoke();
    expect(cloud.events('lambda.InvocationFailed')[0]!.at).toBeGreaterThan(60_000_000);
    const start = Date.parse('2026-01-01T00:00:00Z');
    const read = (fromSec: number, toSec: number): unknown => cloud.send('monitoring', 'GetMetricStatistics', { Namespace: 'AWS/Lambda', MetricName: 'Errors', Dimensions: [{ Name: 'FunctionName', Value: 'fn' }], StartTime: new Date(start + fromSec * 1_000).toISOString(), EndTime: new Date(start + toSec * 1_000).toISOString(), Period: 60, Statistics: ['Sum'] })['Datapoints'];
    expect(read(0, 300)).toEqual([{ Timestamp: { $date: start }, Sum: 1, Unit: 'Count' }]);
    expect([read(0, 60), read(60, 300)]).toMatchObject([[{ Sum: 1 }], []]);
  });

  it('tell provisioned invocations from those that spilled over', () => {
    const cloud = functionsWorld({ slow: { handle: () => [{ sleepMs: 1_000 }, { result: 1 }] } });
    cloud.make('slow');
    cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    cloud.send('lambda', 'PutProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: '1', ProvisionedConcurrentExecutions: 2 });
    cloud.advance(100_000);
    for (let i = 0; i < 3; i++) cloud.begin({}, { Qualifier: '1' });
    cloud.advance(5_000);
    expect(sums(cloud)).toMatchObject({ ProvisionedConcurrencyInvocations: 2, ProvisionedConcurrencySpilloverInvocations: 1 });
    expect(Math.max(...cloud.events('lambda.InvocationStarted').flatMap(metrics).filter((datum) => datum.metric === 'ProvisionedConcurrencyUtilization').map((datum) => datum.value))).toBe(1);
  });
});
