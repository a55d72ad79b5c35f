/** Memory size decides how long CPU work takes; Max Memory Used is what was really used; both are the same every time. @source aws/lambda.md §4, §6 */
import { describe, expect, test, vi } from 'vitest';
import { createCloud } from '../runner/headless/create-cloud.ts';

/** Whole clouds on a busy machine. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

interface Report {
  readonly durationMs: number;
  readonly billedMs: number;
  readonly maxMemoryMb: number;
  readonly value: unknown;
}

/** Two invocations of a new function: their REPORT lines and values. */
async function reports(memoryMb: number, body: string, seed = 1): Promise<readonly Report[]> {
  const cloud = createCloud({ iam: 'off', seed });
  await cloud.send('lambda', 'CreateFunction', { FunctionName: 'work', Runtime: 'nodejs22.x', Handler: 'index.handler', Role: 'arn:aws:iam::000000000000:role/any', MemorySize: memoryMb, Timeout: 60, Code: { files: { 'index.mjs': `let kept = []; export const handler = async (event) => {\n${body}\n};` } } });
  await cloud.advance(5_000);
  const values: unknown[] = [];
  for (let i = 0; i < 2; i++) {
    const { Payload } = await cloud.send<{ Payload: Uint8Array }>('lambda', 'Invoke', { FunctionName: 'work', Payload: JSON.stringify({ i }) });
    values.push(JSON.parse(new TextDecoder().decode(Payload)));
  }
  await cloud.advance(30_000);
  const { events } = await cloud.send<{ events: readonly { readonly message: string }[] }>('logs', 'FilterLogEvents', { logGroupName: '/aws/lambda/work', filterPattern: 'REPORT' });
  return events.map(({ message }, at) => {
    const number = (name: string): number => Number(new RegExp(`\\t${name}: ([\\d.]+) `).exec(message)![1]);
    return { durationMs: number('Duration'), billedMs: number('Billed Duration'), maxMemoryMb: number('Max Memory Used'), value: values[at] };
  });
}

const WORK = 'let n = 0; for (let i = 0; i < 400_000; i++) n = (n * 31 + i) % 65_521; return n;';

describe('CPU work', () => {
  test('takes as much longer as the share of a vCPU is smaller, and never less than at a whole one', async () => {
    const [small, full, large] = await Promise.all([reports(128, WORK), reports(1769, WORK), reports(3538, WORK)]);
    const [s, f, l] = [small[1]!, full[1]!, large[1]!];
    expect([s.value, l.value]).toEqual([f.value, f.value]);
    expect(f.durationMs).toBeGreaterThan(5);
    expect(s.durationMs / f.durationMs).toBeGreaterThan(1769 / 128 / 1.25);
    expect(s.durationMs / f.durationMs).toBeLessThan((1769 / 128) * 1.25);
    expect(l.durationMs).toBe(f.durationMs);
    for (const one of [s, f, l]) expect(one.billedMs).toBe(Math.ceil(one.durationMs));
  });

  test('takes the same time on every run, and in a second world beside it', async () => {
    for (const memory of [128, 1769]) expect(await reports(memory, WORK)).toEqual(await reports(memory, WORK));
  });
});

describe('Max Memory Used', () => {
  test('grows with what the handler keeps, does not fall again, and does not depend on the memory size', async () => {
    const keep = 'kept.push(Buffer.alloc(event.i === 0 ? 20_000_000 : 1_000, 1)); if (event.i === 1) kept = []; return kept.length;';
    const nothing = await reports(512, 'return 0;');
    const [small, large] = await Promise.all([reports(512, keep), reports(1769, keep)]);
    expect(small[0]!.maxMemoryMb - nothing[0]!.maxMemoryMb).toBeGreaterThanOrEqual(19);
    expect(small[0]!.maxMemoryMb - nothing[0]!.maxMemoryMb).toBeLessThanOrEqual(22);
    expect(small[1]!.maxMemoryMb).toBe(small[0]!.maxMemoryMb);
    expect(large.map(({ maxMemoryMb }) => maxMemoryMb)).toEqual(small.map(({ maxMemoryMb }) => maxMemoryMb));
  });
});

describe('recursion', () => {
  test.each([
    ['of plain calls', 'const down = (n) => (n === 0 ? 0 : 1 + down(n - 1)); return down(300);'],
    ['through a tree of objects', 'const tree = (n) => (n === 0 ? null : { n, child: tree(n - 1) }); const depth = (t) => (t === null ? 0 : 1 + depth(t.child)); return depth(tree(300));'],
    ['through async calls', 'const down = async (n) => (n === 0 ? 0 : 1 + (await down(n - 1))); return down(300);'],
    ['of methods of a class', 'class Node { constructor(n) { this.next = n === 0 ? null : new Node(n - 1); } get depth() { return this.next === null ? 0 : 1 + this.next.depth; } } return new Node(300).depth;'],
    ['of generators', 'function* walk(n) { if (n > 0) { yield n; yield* walk(n - 1); } } return [...walk(300)].length;'],
    ['with try, destructuring and defaults in each call', 'const down = ({ n, step = 1 } = {}) => { try { if (n === 0) return 0; return step + down({ n: n - step }); } finally { kept.length = 0; } }; return down({ n: 300 });'],
  ])('300 deep works: %s', async (_, body) => {
    expect((await reports(128, body))[1]!.value).toBe(300);
  });
});
