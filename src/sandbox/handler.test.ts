/** The handler contract of both runtimes: results, errors, callbacks, what ends a process. @source aws/lambda.md §3 */
import { describe, expect, test } from 'vitest';
import { processOf, run } from './testing.ts';

const ID = '11111111-2222-4333-8444-555555555555';
const AT = '2026-01-01T00:00:00.000Z';

describe('an async handler', () => {
  test('answers with what its promise holds, and undefined as null', () => {
    expect(run('return { ok: event.n + 1 };', { n: 1 }).value).toEqual({ ok: 2 });
    expect(run('').value).toBeNull();
  });

  test('keeps its module state from one invocation to the next', () => {
    const process = processOf('let n = 0; export const handler = async () => ++n;');
    expect([process.invoke().value, process.invoke().value]).toEqual([1, 2]);
  });

  test('fails with name, message and stack of what it throws', () => {
    const { error, logs } = run("class OrderError extends Error { constructor(m) { super(m); this.name = 'OrderError'; this.order = 7; } }\n  throw new OrderError('no fridge');");
    expect(error).toEqual({ errorType: 'OrderError', errorMessage: 'no fridge', trace: ['OrderError: no fridge', '    at handler (/var/task/index.mjs:3:9)'] });
    expect(logs).toEqual([`${AT}\t${ID}\tERROR\tInvoke Error \t{"errorType":"OrderError","errorMessage":"no fridge","order":7,"stack":["OrderError: no fridge","    at handler (/var/task/index.mjs:3:9)"]}`]);
  });

  test('has a stack that begins with the name and message at its first reading, and can be redefined', () => {
    const body = "const first = (error) => error.stack.split('\\n')[0]; const late = new Error('x'); late.name = 'Late'; const read = new Error('y'); first(read); read.name = 'Late'; const own = new Error('z'); own.stack = 'own'; const defined = new Error('d'); Object.defineProperty(defined, 'stack', { value: 'defined' }); const twice = new Error('t'); twice.message = 'changed'; Error.captureStackTrace(twice); return [first(late), first(read), own.stack, defined.stack, first(twice), Object.keys(late)];";
    expect(run(body).value).toEqual(['Late: x', 'Error: y', 'own', 'defined', 'Error: changed', ['name']]);
  });

  test('fails with the type of a thrown value that is no error', () => {
    expect(run("throw 'boom';").error).toEqual({ errorType: 'string', errorMessage: 'boom', trace: [] });
  });

  test('fails when its value is no JSON', () => {
    expect(run('const a = {}; a.a = a; return a;').error).toMatchObject({ errorType: 'Error', errorMessage: 'Unable to stringify response body' });
    const later = processOf('export const handler = async () => 1n;', { runtime: 'nodejs24.x' });
    expect(later.invoke().error).toMatchObject({ errorType: 'Runtime.JSONStringifyError' });
    expect(later.image).not.toBeNull();
  });

  test('waits on timers in virtual time', () => {
    const { value, ms } = run('const t = Date.now(); await new Promise((r) => setTimeout(r, 2_500)); return Date.now() - t;');
    expect(value).toBe(2500);
    expect(ms).toBeGreaterThanOrEqual(2500);
    expect(ms).toBeLessThan(2502);
  });

  test('that never settles leaves nothing pending', () => {
    expect(run('await new Promise(() => {});')).toMatchObject({ end: { kind: 'waiting', pending: 0 } });
    expect(run('await new Promise(() => {});').value).toBeUndefined();
  });
});

describe('the context', () => {
  test('has what Lambda gives, and the time left', () => {
    const context = run('const { getRemainingTimeInMillis, done, succeed, fail, ...rest } = context; return { ...rest, left: getRemainingTimeInMillis() };').value;
    expect(context).toEqual({ callbackWaitsForEmptyEventLoop: true, functionVersion: '$LATEST', functionName: 'fn', memoryLimitInMB: '128', logGroupName: '/aws/lambda/fn', logStreamName: '2026/01/01/[$LATEST]abc', invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:fn', awsRequestId: ID, left: 30_000 });
  });

  test('of nodejs24.x has no callback members', () => {
    expect(processOf('export const handler = async (event, context) => [context.done, context.callbackWaitsForEmptyEventLoop].map((x) => typeof x);', { runtime: 'nodejs24.x' }).invoke().value).toEqual(['undefined', 'undefined']);
  });
});

describe('callbacks', () => {
  test('of nodejs22.x answer when the event loop is empty', () => {
    const { value, ms } = processOf("export const handler = (event, context, callback) => { setTimeout(() => {}, 400); callback(null, 'ok'); };").invoke();
    expect(value).toBe('ok');
    expect(ms).toBeGreaterThanOrEqual(400);
  });

  test('answer at once without waiting for the event loop', () => {
    const { value, ms } = processOf("export const handler = (event, context, callback) => { context.callbackWaitsForEmptyEventLoop = false; setTimeout(() => {}, 400); callback(null, 'ok'); };").invoke();
    expect(value).toBe('ok');
    expect(ms).toBeLessThan(5);
  });

  test('with an error fail; only the first call counts', () => {
    expect(processOf("export const handler = (event, context, callback) => { callback(new TypeError('bad')); callback(null, 1); };").invoke().error).toMatchObject({ errorType: 'TypeError', errorMessage: 'bad' });
  });

  test('that are never called answer null on nodejs22.x; the returned value is ignored', () => {
    expect(processOf('export const handler = (event) => 42;').invoke().value).toBeNull();
    expect(processOf('export const handler = (event) => 42;', { runtime: 'nodejs24.x' }).invoke().value).toBe(42);
  });

  test('are refused by nodejs24.x when the module loads', () => {
    const { init } = processOf('export const handler = (event, context, callback) => callback();', { runtime: 'nodejs24.x' });
    expect(init!.end).toMatchObject({ kind: 'init-error', error: { errorType: 'Runtime.CallbackHandlerDeprecated' } });
  });
});

describe('the end of a process', () => {
  test('by process.exit', () => {
    expect(run('process.exit(3);').end).toEqual({ kind: 'exit', code: 3 });
    expect(run('try { process.exit(0); } finally { console.log("still here"); }')).toMatchObject({ end: { kind: 'exit', code: 0 }, logs: [] });
  });

  test('by an exception in a timer', () => {
    const old = run("setTimeout(() => { throw new Error('late'); }, 10); await new Promise((r) => setTimeout(r, 100));");
    expect(old.end).toMatchObject({ kind: 'crash', reason: 'uncaught-exception', error: { errorType: 'Error', errorMessage: 'late' } });
    expect(old.logs[0]).toMatch(/\tERROR\tUncaught Exception \t\{"errorType":"Error","errorMessage":"late"/);
    const now = processOf("export const handler = async () => { setTimeout(() => { throw new Error('late'); }, 10); await new Promise((r) => setTimeout(r, 100)); };", { runtime: 'nodejs24.x' }).invoke();
    expect(now.end).toEqual({ kind: 'exit', code: 1 });
    expect(now.logs[0]).toMatch(/^Error: late\n {4}at .*\/var\/task\/index\.mjs:1:\d+/);
  });

  test('by a rejection that nobody handles', () => {
    const old = run("Promise.reject(new Error('lost')); await new Promise((r) => setTimeout(r, 10));");
    expect(old.end).toMatchObject({ kind: 'crash', reason: 'unhandled-rejection', error: { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: lost' } });
    const now = processOf("export const handler = async () => { Promise.reject(new Error('lost')); await new Promise((r) => setTimeout(r, 10)); };", { runtime: 'nodejs24.x' }).invoke();
    expect(now.end).toEqual({ kind: 'exit', code: 1 });
  });

  test('is not brought by a rejection that is handled in the same turn', () => {
    expect(run("const p = Promise.reject(new Error('x')); await null; await null; return p.catch(() => 'caught');").value).toBe('caught');
  });

  test('is left to listeners on process', () => {
    const { value } = run("let seen = ''; process.on('unhandledRejection', (e) => { seen = e.message; }); Promise.reject(new Error('lost')); await new Promise((r) => setTimeout(r, 10)); return seen;");
    expect(value).toBe('lost');
  });
});

describe('order of an event loop turn', () => {
  test('is code, ticks, promises, immediates and timers', () => {
    const body = "const seen = []; await new Promise((done) => { setTimeout(() => { seen.push('timer'); done(); }, 1); setImmediate(() => seen.push('immediate')); Promise.resolve().then(() => seen.push('promise')); process.nextTick(() => seen.push('tick')); seen.push('code'); }); return seen;";
    expect(processOf(`export const handler = async () => { ${body} };`).invoke().value).toEqual(['code', 'tick', 'promise', 'immediate', 'timer']);
  });
});

describe('messages of the engine', () => {
  const cases: readonly [string, string][] = [
    ['return event.detail.key;', "Cannot read properties of undefined (reading 'key')"],
    ['event.detail.key = 1;', "Cannot set properties of undefined (setting 'key')"],
    ['return nothing;', 'nothing is not defined'],
    ['return event.items.map((x) => x);', "Cannot read properties of undefined (reading 'map')"],
    ['const client = {}; await client.send(1);', 'client.send is not a function'],
    ['const sdk = {}; new sdk.Client();', 'sdk.Client is not a constructor'],
    ['for (const r of event.Records);', 'event.Records is not iterable'],
    ['const { key } = event.detail;', "Cannot destructure property 'key' of 'event.detail' as it is undefined."],
    ['const one = 1; one = 2;', 'Assignment to constant variable.'],
    ['early; let early = 1;', "Cannot access 'early' before initialization"],
    ["JSON.parse('oops');", 'Unexpected token \'o\', "oops" is not valid JSON'],
    ["JSON.parse('');", 'Unexpected end of JSON input'],
    ["JSON.parse('{\"a\":1,}');", 'Expected double-quoted property name in JSON at position 7 (line 1 column 8)'],
    ["require('fs');", 'require is not defined in ES module scope, you can use import instead'],
    ['const f = () => f(); f();', 'Maximum call stack size exceeded'],
  ];
  test.each(cases)('%s', (body, message) => {
    expect(run(body).error?.errorMessage).toBe(message);
  });

  test('name the line of any statement', () => {
    expect(run('const first = 1;\nconst key = event.detail.key;\nreturn key;').error?.trace[1]).toBe('    at handler (/var/task/index.mjs:3:1)');
  });
});
