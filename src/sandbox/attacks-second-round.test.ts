/** More attacks through the Lambda model: odd corners of the language. Whatever they do, the invocation ends, and the next function answers. */
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { createCloud } from '../runner/headless/create-cloud.ts';
import type { Cloud } from '../runner/headless/create-cloud.ts';

/** Whole clouds on a busy machine. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let cloud: Cloud;
let count = 0;
interface Answer {
  readonly failed: boolean;
  readonly payload: unknown;
}
async function make(name: string, body: string): Promise<void> {
  await cloud.send('lambda', 'CreateFunction', { FunctionName: name, Runtime: 'nodejs22.x', Handler: 'index.handler', Role: 'arn:aws:iam::000000000000:role/any', MemorySize: 128, Timeout: 1, Code: { files: { 'index.mjs': `export const handler = async (event, context) => {\n${body}\n};` } } });
  await cloud.advance(5_000);
}
async function invoke(name: string): Promise<Answer> {
  const { Payload, FunctionError } = await cloud.send<{ Payload: Uint8Array; FunctionError?: string }>('lambda', 'Invoke', { FunctionName: name, Payload: '{"text":"x"}' });
  return { failed: FunctionError !== undefined, payload: JSON.parse(new TextDecoder().decode(Payload)) as unknown };
}
async function attack(body: string): Promise<Answer> {
  const name = `attack-${++count}`;
  await make(name, body);
  const answer = await invoke(name);
  expect(await invoke('sound')).toEqual({ failed: false, payload: ['{"a":[1]}', 'x', 'e'] });
  // The environment of the attack, or a new one in its place, takes the next event too.
  expect(['boolean']).toContain(typeof (await invoke(name)).failed);
  expect(Object.keys(Object.prototype)).toEqual([]);
  return answer;
}

beforeAll(async () => {
  cloud = createCloud({ iam: 'off' });
  await make('sound', "return [JSON.stringify({ a: [1] }), event.text, new Error('e').message];");
  await invoke('sound');
});

const KILLED = ['Sandbox.Timedout', 'Runtime.OutOfMemory', 'Runtime.ExitError'];
const failures: readonly [name: string, body: string, types: readonly string[]][] = [
  ['a power of two that fills memory', 'return String(2n ** 10_000_000n).length;', [...KILLED, 'RangeError']],
  ['a shift of a bigint', 'return (1n << 4_000_000_000n).toString(2).length;', [...KILLED, 'RangeError']],
  ['a product of large bigints printed', "let n = 3n; for (let i = 0; i < 24; i++) n *= n; return n.toString().length;", [...KILLED, 'RangeError']],
  ['an array of a thousand million', 'return Array(1e9).fill(1).length;', [...KILLED, 'RangeError']],
  ['an array from a length that lies', 'return Array.from({ length: 2 ** 53 - 1 }).length;', [...KILLED, 'RangeError', 'TypeError']],
  ['a rope of texts that is flattened', "let t = 'ab'; for (let i = 0; i < 40; i++) t = t + t; return t.charCodeAt(5);", [...KILLED, 'RangeError']],
  ['text that is repeated and replaced', "return 'x'.repeat(1e6).replaceAll('x', 'y'.repeat(1e6)).length;", [...KILLED, 'RangeError']],
  ['a species that gives itself', 'class A extends Array { static get [Symbol.species]() { return function (n) { const a = new A(); for (let i = 0; i < 1e7; i++) a.push(i); return a; }; } } let a = A.from([1, 2, 3]); for (;;) a = a.map((x) => x);', [...KILLED, 'RangeError']],
  ['an iterator that never ends in a set', 'return new Set({ [Symbol.iterator]: () => ({ next: () => ({ value: {}, done: false }) }) }).size;', KILLED],
  ['an async iterator that never ends', 'async function* f() { for (;;) yield 1; } for await (const one of f());', KILLED],
  ['generators that call each other', 'function* f() { yield* g(); } function* g() { yield* f(); } return [...f()];', [...KILLED, 'RangeError']],
  ['a clone of something huge', 'const a = []; for (let i = 0; i < 2e5; i++) a.push({ i }); for (;;) structuredClone(a);', KILLED],
  ['a sort whose order never settles', 'const a = Array.from({ length: 1e5 }, (_, i) => i); for (;;) a.sort(() => Math.random() - 0.5);', KILLED],
  ['a regular expression of nested quantifiers', "return new RegExp('(' .repeat(500) + 'a*'.repeat(2) + ')*'.repeat(500)).test('a'.repeat(40) + 'b');", [...KILLED, 'RangeError', 'SyntaxError']],
  ['a regular expression of a million alternatives', "return new RegExp(Array.from({ length: 1e6 }, (_, i) => `a${i}`).join('|')).test('b');", [...KILLED, 'RangeError', 'SyntaxError']],
  ['a text of code that is too deep to be read', "return eval('('.repeat(200_000) + '1' + ')'.repeat(200_000));", [...KILLED, 'RangeError', 'SyntaxError']],
  ['a module that imports itself by ever new names', "for (let i = 0; ; i++) await import(`./index.mjs?${i}`);", [...KILLED, 'Error']],
  ['a name of a module as long as memory', "await import('x'.repeat(20_000_000));", [...KILLED, 'Error', 'RangeError', 'TypeError', 'NotModelled']],
  ['a thousand children with endless arguments', "const { spawn } = await import('node:child_process'); for (;;) spawn('/opt/bin/ffmpeg', Array.from({ length: 200_000 }, () => ''));", [...KILLED, 'Error']],
  ['a then that resolves itself', 'return { then(resolve) { resolve(this); } };', KILLED],
  ['requests without end', "for (;;) fetch('https://nobody.example/').catch(() => {});", KILLED],
  ['a request whose address never ends', "await fetch({ toString: () => { for (;;); } });", KILLED],
  ['files without end', "const fs = await import('node:fs'); for (let i = 0; ; i++) fs.writeFileSync(`/tmp/${i}`, 'x');", [...KILLED, 'Error']],
  ['digests without end', "const { createHash } = await import('node:crypto'); const bytes = Buffer.alloc(8_000_000); for (;;) createHash('md5').update(bytes).digest();", KILLED],
  ['a zip that unfolds without end', "const zlib = await import('node:zlib'); let bomb = Buffer.alloc(20_000_000); bomb = zlib.gzipSync(bomb); for (;;) zlib.gunzipSync(bomb);", KILLED],
  ['a hook of stacks that throws', "Error.prepareStackTrace = () => { throw new Error('in the hook'); }; null.x;", [...KILLED, 'Error', 'TypeError']],
  ['a hook of stacks that calls itself', 'Error.prepareStackTrace = () => new Error("again").stack; null.x;', [...KILLED, 'Error', 'TypeError', 'RangeError']],
  ['an error whose name and message are proxies', 'const trap = new Proxy(function () {}, { get() { throw 1; }, apply() { throw 2; }, has() { throw 3; } }); throw Object.assign(new Error("x"), { name: trap, message: trap, stack: trap, cause: trap });', [...KILLED, 'Error', 'TypeError']],
];

describe('ends as a Lambda failure', () => {
  test.each(failures)('%s', async (_, body, types) => {
    const { failed, payload } = await attack(body);
    expect(failed, JSON.stringify(payload)).toBe(true);
    expect(types).toContain((payload as { errorType: string }).errorType);
  });
});

describe('does nothing', () => {
  test.each<[name: string, body: string, answer: unknown]>([
    ['a reference that is weak, and one that is registered', "const seen = []; const registry = new FinalizationRegistry((x) => seen.push(x)); let o = {}; const weak = new WeakRef(o); registry.register(o, 1); o = null; await new Promise((r) => setTimeout(r, 10)); return [typeof weak.deref(), Array.isArray(seen)];", [expect.stringMatching(/object|undefined/), true]],
    ['memory that is shared: it waits for nobody', "try { const shared = new Int32Array(new SharedArrayBuffer(8)); return [typeof Atomics.wait(shared, 0, 0, 1e9)]; } catch (error) { return [error.name]; }", [expect.stringMatching(/TypeError|ReferenceError|string/)]],
    ['dates that are none', "return [String(new Date(8.64e15 + 1)), new Date(NaN).getTime(), (() => { try { return new Date(NaN).toISOString(); } catch (error) { return error.message; } })()];", ['Invalid Date', null, 'Invalid time value']],
    ['a clone that contains itself', "const a = { m: new Map() }; a.m.set(a, a); const b = structuredClone(a); return b.m.get(b) === b;", true],
    ['a function is no data', "try { structuredClone(() => {}); } catch (error) { return error.name; }", 'DataCloneError'],
    ['specifiers that are no names', "const seen = []; for (const name of ['', ' ', '/', '..', 'file:///etc/passwd', '/etc/passwd', 'data:text/javascript,export default 1', 'https://x.example/a.js', '../../../../proc/self/environ', 'node:nothing', '__proto__', 'constructor']) seen.push(await import(name).then(() => 'loaded', (error) => (error instanceof Error ? 'refused' : 'odd'))); return [...new Set(seen)];", ['refused']],
    ['files beside the function’s own', "const fs = await import('node:fs'); return ['/etc/passwd', '/proc/self/environ', '/var/task/../../etc/hosts', '/tmp/../etc/hosts', '/opt/../root'].map((path) => { try { return fs.readFileSync(path, 'utf8'); } catch (error) { return error.code; } });", Array.from({ length: 5 }, () => 'ENOENT')],
  ])('%s', async (_, body, answer) => expect(await attack(body)).toEqual({ failed: false, payload: answer }));
});
