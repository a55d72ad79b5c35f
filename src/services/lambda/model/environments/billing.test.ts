/** What a REPORT line bills, and what is on the bill beside it. @source aws/lambda.md §4, §5.1, §14 */
import { describe, expect, it } from 'vitest';
import { cost } from '../canvas/readings.ts';
import { functionsWorld } from '../testing/functions-world.ts';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';

const made = (script: Script, settings: object = {}): FunctionsWorld => {
  const cloud = functionsWorld({ script });
  cloud.make('script', { MemorySize: 1769, ...settings });
  return cloud;
};
interface Report {
  readonly duration: number;
  readonly billed: number;
  readonly init: number | undefined;
  readonly memory: number;
}
const reports = (cloud: FunctionsWorld): Report[] =>
  cloud.lines().filter((line) => line.startsWith('REPORT')).map((line) => {
    const number = (name: string): number | undefined => (new RegExp(`\\t${name}: ([\\d.]+) `).exec(line) === null ? undefined : Number(new RegExp(`\\t${name}: ([\\d.]+) `).exec(line)![1]));
    return { duration: number('Duration')!, billed: number('Billed Duration')!, init: number('Init Duration'), memory: number('Max Memory Used')! };
  });
/** Milliseconds that are on the bill for running. */
const onTheBill = (cloud: FunctionsWorld): number => cloud.world.trace.events.flatMap((event) => [...cost(event)]).filter(({ unit }) => unit === 'duration-x86_64').reduce((sum, { quantity }) => sum + quantity, 0) / 1769;

const run: Script = { init: [{ cpuMs: 100 }], handle: (event) => [{ cpuMs: (event as { ms?: number }).ms ?? 5 }, { result: 1 }] };
const longInit: Script = { init: [{ cpuMs: 12_000 }], handle: () => [{ cpuMs: 5 }, { result: 1 }] };
const dies: Script = {
  init: [{ cpuMs: 100 }],
  handle: (event) => {
    const { how } = event as { how?: string };
    return how === 'memory' ? [{ cpuMs: 5 }, { outOfMemory: true }] : how === 'exit' ? [{ cpuMs: 5 }, { exit: 1 }] : how === 'late' ? [{ sleepMs: 60_000 }] : [{ cpuMs: 5 }, { result: 1 }];
  },
};
const sum = (report: Report): number => Math.ceil(Number((report.duration + (report.init ?? 0)).toFixed(2)));

describe('a cold start', () => {
  it('bills init and duration together, rounded up once, and the next request its duration only', () => {
    const cloud = made(run);
    cloud.invoke();
    cloud.invoke();
    const [cold, warm] = reports(cloud);
    expect(cold!.init).toBeGreaterThan(100);
    expect([cold!.billed, warm!.billed, warm!.init]).toEqual([sum(cold!), Math.ceil(warm!.duration), undefined]);
  });

  it('whose init took too long bills the ten seconds beside the REPORT line, and the second attempt in its duration', () => {
    const cloud = made(longInit, { Timeout: 60 });
    cloud.invoke();
    const [report] = reports(cloud);
    expect(report!.init).toBeUndefined();
    expect(report!.duration).toBeGreaterThan(12_000);
    expect(report!.billed).toBe(Math.ceil(report!.duration));
    expect(Math.round(onTheBill(cloud))).toBe(report!.billed + 10_000);
  });
});

describe('a request that ends its process', () => {
  it.each(['memory', 'exit', 'late'])('(%s) bills its init if it was the first; the next bills the start of the process in its duration', (how) => {
    const cloud = made(dies, { Timeout: 1 });
    cloud.invoke({ how });
    cloud.invoke();
    const [first, second] = reports(cloud);
    expect(first!.init).toBeGreaterThan(100);
    expect(first!.billed).toBe(sum(first!));
    if (how === 'late') expect([first!.duration, first!.billed]).toEqual([1_000, 1_000 + Math.ceil(first!.init!)]);
    expect(second!.init).toBeUndefined();
    expect(second!.duration).toBeGreaterThan(200);
    expect(second!.billed).toBe(Math.ceil(second!.duration));
  });

  it('for lack of memory shows all of it from then on: Max Memory Used is that of the environment', () => {
    const cloud = made(dies, { MemorySize: 1769 });
    cloud.invoke();
    cloud.invoke({ how: 'memory' });
    cloud.invoke();
    expect(reports(cloud).map(({ memory }) => memory)).toEqual([64, 1769, 1769]);
  });
});

describe('what is thrown out', () => {
  it('is not billed: throttled requests, and refused ones', () => {
    const cloud = made(run);
    cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 0 });
    expect(cloud.failure('lambda', 'Invoke', { FunctionName: 'fn' }).status).toBe(429);
    expect(cloud.failure('lambda', 'Invoke', { FunctionName: 'fn', Payload: 'no' }).status).toBe(400);
    expect(cloud.world.trace.events.flatMap((event) => [...cost(event)]).filter(({ unit }) => unit !== 'poll')).toEqual([]);
  });
});

describe('a provisioned environment', () => {
  it('is made anew after hours, used or not, and that init is billed', () => {
    const cloud = made(run);
    cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    cloud.send('lambda', 'PutProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: '1', ProvisionedConcurrentExecutions: 1 });
    cloud.advance(5 * 3_600_000);
    expect(cloud.events('lambda.EnvironmentEnded').map((event) => event.data['reason'])).toContain('age');
    expect(cloud.events('lambda.InitEnded').length).toBeGreaterThan(1);
    expect(cloud.send('lambda', 'GetProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: '1' })).toMatchObject({ Status: 'READY', AvailableProvisionedConcurrentExecutions: 1 });
    expect(cloud.invoke({}, { Qualifier: '1' }).log).not.toContain('Init Duration');
    expect(cloud.lines().filter((line) => line.startsWith('INIT_REPORT')).length).toBe(cloud.events('lambda.InitEnded').length);
  });
});
