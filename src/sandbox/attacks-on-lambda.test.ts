/** Attacks through the Lambda model: each ends as a Lambda failure, or does nothing; the trace tells it, and the next function answers. */
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { createCloud } from '../runner/headless/create-cloud.ts';
import type { Cloud } from '../runner/headless/create-cloud.ts';

/** Whole clouds on a busy machine. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ROLE = 'arn:aws:iam::000000000000:role/any';
let cloud: Cloud;

async function make(name: string, body: string, settings: object = {}): Promise<void> {
  await cloud.send('lambda', 'CreateFunction', { FunctionName: name, Runtime: 'nodejs22.x', Handler: 'index.handler', Role: ROLE, MemorySize: 128, Timeout: 1, Code: { files: { 'index.mjs': `export const handler = async (event, context) => {\n${body}\n};` } }, ...settings });
  await cloud.advance(5_000);
}
interface Answer {
  readonly failed: boolean;
  readonly payload: unknown;
}
async function invoke(name: string): Promise<Answer> {
  const { Payload, FunctionError } = await cloud.send<{ Payload: Uint8Array; FunctionError?: string }>('lambda', 'Invoke', { FunctionName: name, Payload: '{"text":"x"}' });
  return { failed: FunctionError !== undefined, payload: JSON.parse(new TextDecoder().decode(Payload)) as unknown };
}

beforeAll(async () => {
  cloud = createCloud({ iam: 'off' });
  await make('sound', "const { createHash } = await import('node:crypto'); console.log('sound'); return [JSON.stringify({ a: [1] }), createHash('md5').update(event.text).digest('hex'), typeof {}.polluted, new Error('e').message, await Promise.resolve(3)];");
  await invoke('sound');
});
const SOUND = { failed: false, payload: ['{"a":[1]}', '9dd4e461268c8034f5c8564e155c67a6', 'undefined', 'e', 3] };

let count = 0;
/** Runs an attack in a function of its own; the function beside it is still sound afterwards, in its old environment and in a new one. */
async function attack(body: string): Promise<Answer> {
  const name = `attack-${++count}`;
  await make(name, body);
  const answer = await invoke(name);
  expect(await invoke('sound')).toEqual(SOUND);
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  return answer;
}

const TIMEOUT = ['Sandbox.Timedout'];
const MEMORY = ['Runtime.OutOfMemory'];
const EITHER = [...TIMEOUT, ...MEMORY];

describe('an attack ends as a Lambda failure, and the next function answers', () => {
  const deadly: readonly [name: string, body: string, types: readonly string[]][] = [
    ['an endless loop', 'for (;;);', TIMEOUT],
    ['endless microtasks', 'const again = () => Promise.resolve().then(again); await again();', TIMEOUT],
    ['endless ticks', 'const again = () => process.nextTick(again); again(); await new Promise(() => {});', TIMEOUT],
    ['endless microtasks by queueMicrotask', 'const again = () => queueMicrotask(again); again(); await new Promise(() => {});', TIMEOUT],
    ['timers that start timers', 'const again = () => { setTimeout(again, 0); setTimeout(again, 0); }; again(); await new Promise(() => {});', [...EITHER, 'Runtime.ExitError']],
    ['a hundred thousand timers', 'for (let i = 0; i < 100_000; i++) setTimeout(() => {}, 60_000); await new Promise(() => {});', [...EITHER, 'Runtime.ExitError']],
    ['a regular expression that backtracks for ever', "return /^(a|aa)+$/.test('a'.repeat(60) + 'b') || /(x+x+)+y/.test('x'.repeat(60));", TIMEOUT],
    ['a sparse array that is joined', 'const a = []; a.length = 2 ** 32 - 1; return a.join().length;', EITHER],
    ['a sparse array that is sorted, filled and copied', 'const a = []; a[2 ** 31] = 1; a.sort(); a.fill(0); return [...a].length;', EITHER],
    ['a huge text', "let t = 'x'; for (;;) t += t;", [...EITHER, 'RangeError']],
    ['a huge padded text', "return 'a'.padEnd(2 ** 29, 'b').length;", [...MEMORY, 'RangeError']],
    ['huge arrays', 'const all = []; for (;;) all.push(new Array(1e6).fill(all.length));', EITHER],
    ['filling memory again and again', 'const bytes = new Uint8Array(30_000_000); for (;;) bytes.fill(1).copyWithin(1, 0); ', EITHER],
    ['buffers without end', 'const all = []; for (;;) all.push(Buffer.alloc(1_000_000, 1));', MEMORY],
    ['recursion without end, caught again and again', 'const f = () => { try { f(); } catch { f(); } }; f(); return 1;', [...EITHER, 'Runtime.ExitError']],
    ['recursion through a getter', 'const o = { get x() { return this.x; } }; return o.x;', ['RangeError']],
    ['recursion through toString', "const o = { toString() { return `${this}`; } }; return `${o}`;", ['RangeError']],
    ['JSON a hundred thousand deep', "return JSON.parse('['.repeat(1e5) + ']'.repeat(1e5));", ['RangeError', 'SyntaxError', 'InternalError', ...EITHER, 'Runtime.ExitError']],
    ['an object a hundred thousand deep as result', 'let v = {}; for (let i = 0; i < 1e5; i++) v = { v }; return v;', ['Error', 'RangeError', ...EITHER, 'Runtime.ExitError']],
    ['eval that makes eval', "const bomb = (n) => eval(`bomb(${n + 1}); bomb(${n + 1})`); bomb(0); return 1;", ['RangeError', ...EITHER]],
    ['functions made of text without end', "for (let i = 0; ; i++) new Function('a', 'return ' + 'a+'.repeat(5_000) + i);", EITHER],
    ['a toJSON that never ends', 'return { toJSON() { for (;;); } };', TIMEOUT],
    ['a toString that never ends', "throw Object.assign(new Error('x'), { toString() { for (;;); }, get message() { for (;;); } });", [...TIMEOUT, 'Error', 'TypeError']],
    ['a proxy that never ends as result', 'return new Proxy({}, { ownKeys() { for (;;); }, get() { for (;;); } });', TIMEOUT],
    ['a getter on the result that never ends', 'return { ok: true, get more() { for (;;); } };', TIMEOUT],
    ['a proxy that grows as it is read', "let n = 0; return new Proxy([], { get: (t, k) => (k === 'length' ? 2 ** 53 : k === 'toJSON' ? undefined : n++) , getPrototypeOf: () => Array.prototype });", [...EITHER, 'Error', 'RangeError', 'TypeError']],
    ['a generator without end', 'return [...(function* () { for (;;) yield 1; })()];', EITHER],
    ['a bigint without end', 'let n = 3n; for (;;) n = n ** 7n;', [...EITHER, 'RangeError']],
    ['maps and sets without end', 'const m = new Map(); for (let i = 0; ; i++) m.set(`key ${i}`, new Set([i]));', EITHER],
    ['a flood of log lines', "const line = 'x'.repeat(100_000); for (;;) console.log(line);", [...EITHER, 'Runtime.ExitError']],
    ['a flood of small log lines', 'for (;;) console.log(1);', [...EITHER, 'Runtime.ExitError']],
    ['methods of the language that are replaced', "Function.prototype.call = () => {}; Function.prototype.apply = () => {}; String.prototype.split = () => ['evil']; Map.prototype.get = () => undefined; WeakMap.prototype.get = () => 1; Array.prototype.push = () => {}; Promise.prototype.constructor = null; null.x;", ['TypeError', ...EITHER, 'Runtime.ExitError']],
    ['inspecting an endless object', "const o = new Proxy({}, { ownKeys: () => Array.from({ length: 2000 }, (_, i) => `k${i}`), getOwnPropertyDescriptor: () => ({ value: o, enumerable: true, configurable: true }), get: () => o }); for (;;) console.log('%o', o);", [...EITHER, 'TypeError', 'RangeError', 'Runtime.ExitError']],
  ];
  test.each(deadly)('%s', async (_, body, types) => {
    const { failed, payload } = await attack(body);
    expect(failed).toBe(true);
    expect(types).toContain((payload as { errorType: string }).errorType);
  });
});

describe('an attack that does nothing', () => {
  const harmless: readonly [name: string, body: string, answer: unknown][] = [
    ['constructor chains reach only the sandbox', "const F = (async () => {}).constructor; const G = (function* () {}).constructor; return [await F('return typeof postMessage + typeof importScripts + typeof WebAssembly')(), [...G('yield typeof self')()][0], ''.constructor.constructor('return typeof window + typeof document')(), console.log.constructor('return typeof require')(), setTimeout.constructor('return this === globalThis')()];", ['undefinedundefinedundefined', 'undefined', 'undefinedundefined', 'undefined', true]],
    ['no way to the network or to storage', "const names = ['XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'RTCPeerConnection', 'indexedDB', 'localStorage', 'sessionStorage', 'caches', 'BroadcastChannel', 'Worker', 'SharedWorker', 'navigator', 'location', 'SharedArrayBuffer', 'importScripts']; const found = names.filter((name) => name in globalThis && name !== 'SharedArrayBuffer'); const refused = await fetch('https://example.com/').then(() => 'reached', (error) => error.message); return [found, refused];", [[], 'fetch failed']],
    ['prototypes that are polluted stay inside', "Object.prototype.polluted = 'yes'; Array.prototype.polluted = 'yes'; Object.prototype.toJSON = () => ({ errorType: 'x' }); return 'mine';", 'mine'],
    ['own __proto__ members set no prototype outside', "const { SQSClient, SendMessageCommand } = await import('@aws-sdk/client-sqs'); const evil = JSON.parse('{\"__proto__\": { \"polluted\": 1 }, \"QueueUrl\": \"q\", \"constructor\": { \"prototype\": { \"polluted\": 1 } } }'); await new SQSClient({}).send(new SendMessageCommand(evil)).catch(() => {}); return JSON.parse('{\"__proto__\": { \"polluted\": 1 }, \"a\": 1}').a;", 1],
    ['a getter that answers differently each time is read once', 'let n = 0; return { get value() { return ++n; } };', { value: 1 }],
    ['a result that lies about what it is', "const lie = Object.create({ toString: () => 'evil' }, { then: { value: undefined }, toJSON: { value: () => ({ told: true }) } }); Object.defineProperty(lie, Symbol.toStringTag, { value: 'Promise' }); return lie;", { told: true }],
    ['a revoked proxy and evil errors are told as failures', "const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); try { JSON.stringify(proxy); } catch (error) { return error.name; }", 'TypeError'],
    ['the door of the guest cannot be rebuilt', "return [Object.getOwnPropertySymbols(globalThis).length < 5, Object.keys(process.binding ?? {}).length, typeof process.mainModule, typeof module, typeof process.dlopen, Reflect.ownKeys(globalThis).filter((key) => String(key).includes('__') && !String(key).includes('__proto__') && !String(key).includes('__define') && !String(key).includes('__lookup')).length];", [true, 0, 'undefined', 'undefined', 'undefined', 0]],
    ['ten megabytes of log pass', "const line = 'y'.repeat(100_000); for (let i = 0; i < 100; i++) console.log(line); return 'done';", 'done'],
    ['thousands of timers pass', 'let fired = 0; await Promise.all(Array.from({ length: 2_000 }, (_, i) => new Promise((done) => setTimeout(() => { fired++; done(); }, i % 50)))); return fired;', 2_000],
  ];
  test.each(harmless)('%s', async (name, body, answer) => {
    if (/pass$/.test(name)) {
      await make(`attack-${++count}`, body, { MemorySize: 1769, Timeout: 20 });
      expect(await invoke(`attack-${count}`)).toEqual({ failed: false, payload: answer });
      expect(await invoke('sound')).toEqual(SOUND);
    } else expect(await attack(body)).toEqual({ failed: false, payload: answer });
  });
});

test('code that would compute for minutes is cut at the burst cap; the trace says so, and it counts until its timeout', async () => {
  await make('endless', 'for (;;);', { MemorySize: 1769, Timeout: 60 });
  const before = cloud.now();
  expect((await invoke('endless')).payload).toMatchObject({ errorType: 'Sandbox.Timedout', errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 60\.00 seconds$/) as string });
  expect(cloud.now() - before).toBeGreaterThanOrEqual(60_000);
  expect(cloud.trace.filter((event) => event.kind === 'lambda.ComputingCut')).toHaveLength(1);
  expect(await invoke('sound')).toEqual(SOUND);
}, 120_000);
