/** AsyncLocalStorage: values follow awaits, promises, timers and replies, each flow its own, in images too. */
import { describe, expect, test } from 'vitest';
import { processOf, run } from './testing.ts';
import type { Outcome } from './testing.ts';

const within = (body: string): Outcome => processOf(`import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'; const store = new AsyncLocalStorage(); const wait = (ms) => new Promise((done) => setTimeout(done, ms));\nexport const handler = async () => { ${body} };`).invoke();

describe('an AsyncLocalStorage', () => {
  test('keeps its value across awaits, timers, ticks, immediates and microtasks', () => {
    expect(within("return store.run('a', async () => { const seen = [store.getStore()]; await null; seen.push(store.getStore()); await wait(5); seen.push(store.getStore()); await new Promise((done) => process.nextTick(() => { seen.push(store.getStore()); setImmediate(() => { seen.push(store.getStore()); queueMicrotask(() => { seen.push(store.getStore()); done(); }); }); })); seen.push(store.getStore()); return seen; });").value).toEqual(['a', 'a', 'a', 'a', 'a', 'a', 'a']);
  });

  test('keeps flows that cross each other apart', () => {
    const body = "const seen = []; const flow = (id, ms) => store.run(id, async () => { for (let i = 0; i < 3; i++) { await wait(ms); seen.push(`${id}${store.getStore()}`); await Promise.all([null, Promise.resolve()]).then(() => seen.push(`then ${store.getStore()}`)); } }); await Promise.all([flow('a', 3), flow('b', 2), flow('c', 5)]); return [new Set(seen.filter((text) => text.length === 2)).size, seen.filter((text) => text.startsWith('then')).length, store.getStore() ?? null];";
    expect(within(body).value).toEqual([3, 9, null]);
  });

  test('ends with its run, also for code that went on before', () => {
    expect(within("const outer = (async () => { await wait(1); return store.getStore() ?? 'none'; })(); const inner = store.run(1, async () => { await wait(2); return store.run(2, async () => { await null; return store.getStore(); }).then((n) => [n, store.getStore()]); }); return [await outer, await inner, store.getStore() ?? 'none'];").value).toEqual(['none', [2, 1], 'none']);
  });

  test('can be entered, left, bound and taken along', () => {
    expect(within("store.enterWith('e'); await null; const snapshot = AsyncLocalStorage.snapshot(); const bound = AsyncLocalStorage.bind(() => store.getStore()); const resource = new AsyncResource('R'); return store.run('inner', () => [store.getStore(), bound(), snapshot(() => store.getStore()), resource.runInAsyncScope(() => store.getStore()), store.exit(() => store.getStore() ?? null)]);").value).toEqual(['inner', 'e', 'e', 'e', null]);
  });

  test('follows replies of calls', () => {
    const code = "import { AsyncLocalStorage } from 'node:async_hooks'; import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs'; const store = new AsyncLocalStorage(); const sqs = new SQSClient({}); const inner = async () => { await sqs.send(new SendMessageCommand({})); return store.getStore(); }; export const handler = async (event, context) => Promise.all([store.run(event.id, inner), store.run(event.id + 1, inner)]);";
    const process = processOf(code);
    expect([process.invoke({ id: 1 }).value, process.invoke({ id: 7 }).value]).toEqual([[1, 2], [7, 8]]);
  });

  test('throws what its callback throws, and puts the value back', () => {
    expect(within("try { store.run('x', () => { throw new Error('inside'); }); } catch (error) { return [error.message, store.getStore() ?? null]; }").value).toEqual(['inside', null]);
    expect(within("const failed = await store.run('x', async () => { await null; throw new Error('later'); }).catch((error) => error.message); return [failed, store.getStore() ?? null];").value).toEqual(['later', null]);
  });

  test('costs nothing where nobody asks for it', () => {
    const plain = processOf('export const handler = async () => { for (let i = 0; i < 100; i++) await i; };').invoke();
    const asked = processOf("import { AsyncLocalStorage } from 'node:async_hooks'; export const handler = async () => { for (let i = 0; i < 100; i++) await i; };").invoke();
    expect(asked.fuel).toBeLessThan(plain.fuel * 1.02);
  });
});

test('what is not modelled of node:async_hooks says so', () => {
  expect(run("const { createHook } = await import('async_hooks'); createHook({});").error).toMatchObject({ errorType: 'NotModelled' });
});
