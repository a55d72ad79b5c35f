/** Limits of a process: what runs away is stopped, memory is latched, and the next process is sound. @source aws/lambda.md §3.4 */
import { describe, expect, test } from 'vitest';
import { BURST_FUEL_MAX } from './engine/runtime.ts';
import { MB, processOf, run, testRuntime, testSpec, TestProcess } from './testing.ts';

const SOON = { fuelMax: 15_000_000 };
/** A process after a bad one works. */
function stillSound(): void {
  expect(run('return [1, 2].map((n) => n * 2);').value).toEqual([2, 4]);
}

describe('code that never ends', () => {
  const endless: readonly [string, string][] = [
    ['an endless loop', 'for (;;);'],
    ['an endless loop in try and finally', 'for (;;) { try { for (;;); } catch {} finally { continue; } }'],
    ['an endless chain of microtasks', 'const again = () => Promise.resolve().then(again); again(); await new Promise(() => {});'],
    ['an endless chain of ticks', 'const again = () => process.nextTick(again); again();'],
    ['an endless chain of immediates', 'const again = () => setImmediate(again); again(); await new Promise(() => {});'],
    ['a catastrophic regular expression', "/^(a+)+$/.test('a'.repeat(40) + 'b');"],
    ['joining a huge sparse array', 'const a = []; a.length = 2 ** 32 - 1; a.join();'],
    ['searching a huge array-like object', 'Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);'],
    ['concatenating huge sparse arrays', 'const a = []; a.length = 2 ** 32 - 2; a[2 ** 32 - 3] = 1; [].concat(a, a, a, a).indexOf(9);'],
    ['searching a long text again and again', "const t = 'a'.repeat(1e7); for (;;) t.lastIndexOf('b');"],
    ['a huge power of a bigint', 'let n = 3n; for (;;) n = n * n;'],
    ['a bomb of eval', "eval('('.repeat(1e6) + ')'.repeat(1e6)); for (;;) eval('1;'.repeat(1e5));"],
    ['a getter that calls itself through a proxy', 'const p = new Proxy({}, { get: (t, k, r) => r[k] }); for (;;) { try { p.x; } catch {} }'],
    ['an evil toJSON', 'return { toJSON() { for (;;); } };'],
    ['sorting with a comparator that never ends', '[2, 1].sort(() => { for (;;); });'],
  ];
  test.each(endless)('%s is stopped', (_, body) => {
    const outcome = run(body, {}, SOON);
    expect(['fuel', 'memory', 'engine-failure']).toContain(outcome.end.kind);
    expect(outcome.value).toBeUndefined();
    stillSound();
  });

  test('is not computed to a far deadline: the burst is cut, and says so', () => {
    const cut = new TestProcess(testRuntime(undefined, { burstFuelMax: 5_000_000 }), testSpec({ files: { 'index.mjs': 'export const handler = async (event) => { while (event.endless); return 1; };' } }));
    cut.start();
    expect(cut.invoke().value).toBe(1);
    expect(cut.invoke({ endless: true })).toMatchObject({ end: { kind: 'cap' }, fuel: 5_000_000 });
    expect(BURST_FUEL_MAX).toBeGreaterThanOrEqual(2_000_000_000);
  });

  test('in the module itself is stopped too', () => {
    const process = processOf('for (;;); export const handler = async () => 1;', {}, SOON);
    expect(process.init!.end.kind).toBe('fuel');
    expect(process.image).toBeNull();
    stillSound();
  });
});

describe('memory', () => {
  const small = { heapBytesMax: 16 * MB };
  const hungry: readonly [string, string][] = [
    ['text', "const kept = []; for (;;) kept.push('x'.repeat(100_000) + kept.length);"],
    ['buffers', 'const kept = []; for (;;) kept.push(Buffer.alloc(100_000, 1));'],
    ['objects', 'const kept = []; for (;;) kept.push({ a: kept.length });'],
    ['one huge array', 'new Array(2 ** 31).fill(0);'],
    ['a caught failure', 'const kept = []; try { for (;;) kept.push(new Uint8Array(1_000_000)); } catch { kept.length = 0; } return "survived";'],
  ];
  test.each(hungry)('that runs out by %s kills the process', (_, body) => {
    const outcome = processOf(`export const handler = async () => { ${body} };`, small, { fuelMax: 2_000_000_000 }).invoke();
    expect(outcome.end).toEqual({ kind: 'memory' });
    stillSound();
  });

  test('is measured: what is kept counts, what is dropped lowers the present but not the peak', () => {
    const process = processOf('let kept; export const handler = async (event) => { kept = event.drop ? undefined : Buffer.alloc(8_000_000, 1); };');
    process.invoke();
    const before = process.invoke({ drop: true });
    expect(before.error).toBeUndefined();
    const after = process.runtime.resume(process.image!, { kind: 'wake', wakes: [] }, { clock: { epochUs: process.nowUs, share: 1, cpuBeforeUs: 0 }, budget: { fuelMax: 1e9 }, tmp: {}, syncChildren: [] });
    expect(after.heapBytesPeak).toBeGreaterThan(8_000_000);
    expect(after.heapBytes).toBeLessThan(1_000_000);
  });
});

describe('depth', () => {
  test('of 300 calls works, with real work in each', () => {
    expect(run('const depth = (n) => (n === 0 ? 0 : 1 + [n].map((m) => depth(m - 1))[0]); return depth(150);').value).toBe(150);
    expect(run('const sum = (n) => { const { a } = { a: n }; return n === 0 ? 0 : a + sum(n - 1); }; return sum(300);').value).toBe(45_150);
    expect(run('const f = async (n) => (n === 0 ? 0 : 1 + (await f(n - 1))); return f(300);').value).toBe(300);
  });

  test('without end is a RangeError that can be caught', () => {
    expect(run('const f = () => f(); try { f(); } catch (error) { return [error.name, error.message]; }').value).toEqual(['RangeError', 'Maximum call stack size exceeded']);
    stillSound();
  });

  test('of JSON: 200 levels pass, endless ones fail without harm', () => {
    expect(run("let v = 0; for (let i = 0; i < 200; i++) v = [v]; return JSON.stringify(JSON.parse(JSON.stringify(v))).length;").value).toBe(401);
    const deep = run("JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)); return 1;");
    expect(deep.value).toBeUndefined();
    stillSound();
    const nested = run('let v = {}; for (let i = 0; i < 100_000; i++) v = { v }; JSON.stringify(v); return 1;');
    expect(nested.value).toBeUndefined();
    stillSound();
  });
});

describe('bounds of a burst', () => {
  test('a flood of log lines ends the process, not the host', () => {
    const outcome = run("const line = 'x'.repeat(1_000_000); for (let i = 0; i < 40; i++) console.log(line); return 'done';");
    expect(outcome.end.kind).toBe('engine-failure');
    stillSound();
  });

  test('10 MB of log lines pass', () => {
    const outcome = run("const line = 'x'.repeat(100_000); for (let i = 0; i < 100; i++) console.log(line); return 'done';");
    expect(outcome.value).toBe('done');
    expect(outcome.logs).toHaveLength(100);
  });

  test('thousands of timers fire in order', () => {
    expect(run('const seen = []; await Promise.all(Array.from({ length: 3_000 }, (_, i) => new Promise((r) => setTimeout(() => { seen.push(i); r(); }, 30 - Math.floor(i / 100))))); return [seen.length, seen[0], seen[2_999]];').value).toEqual([3000, 2900, 99]);
  });

  test('more effects than a burst may have end the process', () => {
    expect(run('for (let i = 0; i < 30_000; i++) setTimeout(() => {}, 1_000); return 1;').end.kind).toBe('engine-failure');
    stillSound();
  });
});

describe('images', () => {
  test('go on with pending promises, in any order, after traps of others', () => {
    const runtime = testRuntime();
    const code = 'let n = 0; export const handler = async (event) => { n += event.add; const mine = n; await new Promise((r) => setTimeout(r, 50)); return [mine, n, [...Array(3)].map(() => Math.floor(Math.random() * 1000))]; };';
    const make = (seed: string): TestProcess => {
      const process = new TestProcess(runtime, testSpec({ files: { 'index.mjs': code }, seed }));
      process.start();
      return process;
    };
    const input = (process: TestProcess) => ({ clock: { epochUs: process.nowUs, share: 1, cpuBeforeUs: 0 }, budget: { fuelMax: 1e9 }, tmp: {}, syncChildren: [] });
    const [a, b, bomb] = [make('a'), make('b'), new TestProcess(runtime, testSpec({ files: { 'index.mjs': 'export const handler = () => { for (;;); }' } }), SOON)];
    bomb.start();
    const begun = (process: TestProcess, add: number) => runtime.resume(process.image!, { kind: 'invoke', event: JSON.stringify({ add }), context: { awsRequestId: 'r', functionName: 'f', functionVersion: '1', invokedFunctionArn: 'a', memoryLimitInMB: '128', logGroupName: 'g', logStreamName: 's', deadlineEpochUs: process.nowUs + 1e6 } }, input(process));
    const [waitA, waitB] = [begun(a, 1), begun(b, 10)];
    expect(bomb.invoke().end.kind).toBe('fuel');
    const end = (image: string | null, process: TestProcess) => runtime.resume(image!, { kind: 'wake', wakes: [{ kind: 'timer', id: 1 }] }, input(process)).effects.at(-1);
    const firstB = end(waitB.image, b);
    const firstA = end(waitA.image, a);
    expect(firstA).toMatchObject({ kind: 'result', ok: true });
    expect(firstA).not.toEqual(firstB);
    bomb.start();
    expect(bomb.invoke().end.kind).toBe('fuel');
    // The same images again: the same results, to the point of fuel.
    expect(end(waitA.image, a)).toEqual(firstA);
    expect(end(waitB.image, b)).toEqual(firstB);
  });

  test('differ in chance by their seed only', () => {
    const code = 'export const handler = async () => [Math.random(), crypto.randomUUID()];';
    const one = processOf(code, { seed: 'one' }).invoke().value;
    expect(processOf(code, { seed: 'one' }).invoke().value).toEqual(one);
    expect(processOf(code, { seed: 'two' }).invoke().value).not.toEqual(one);
  });
});
