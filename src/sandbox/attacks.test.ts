/** Hostile code: it harms itself at most. Every attack ends as an ordinary outcome, and the next process is sound. */
import { describe, expect, test } from 'vitest';
import { MB, run } from './testing.ts';
import type { Outcome } from './testing.ts';

const LITTLE = { fuelMax: 40_000_000 };
const MUCH = { fuelMax: 900_000_000 };
function attack(body: string, budget = LITTLE): Outcome {
  const outcome = run(body, { text: 'x' }, budget);
  expect(run("return [JSON.stringify({ a: [1] }), [1, 2].map((n) => n + 1), String(new Error('e').message), await Promise.resolve(3)];").value).toEqual(['{"a":[1]}', [2, 3], 'e', 3]);
  return outcome;
}

describe('the host is out of reach', () => {
  test('by names of its functions', () => {
    expect(attack("return ['__host', '__hostBytes', '__evalScript', '__guest', '__sdk', 'require', 'module', 'window', 'self', 'document', 'WebAssembly', 'importScripts', 'postMessage', 'XMLHttpRequest'].filter((name) => name in globalThis);").value).toEqual([]);
  });

  test('by constructor chains', () => {
    expect(attack("return (async () => {}).constructor('return [typeof process.mainModule, typeof globalThis.postMessage, this === globalThis || this === undefined]')();").value).toEqual(['undefined', 'undefined', true]);
    expect(attack("return [].constructor.constructor('return typeof WebAssembly')();").value).toBe('undefined');
  });

  test('by errors: their texts and stacks name nothing of it', () => {
    const { value } = attack("const texts = []; const fs = await import('node:fs'); for (const f of [() => fs.readFileSync('/tmp/none'), () => null.x, () => fs.mkdirSync('/'), () => JSON.parse('{'), () => new URL('x'), () => Buffer.from(null)]) { try { f(); } catch (e) { texts.push(e.stack + e.message); } } return texts.join();");
    expect(value).not.toMatch(/file:|node_modules|\/work|\.ts\b|wasm/);
  });

  test('by the internal module door: it gives only modules', () => {
    expect(attack("const door = globalThis[Symbol.for('coldstart.module')]; try { door.builtin = 1; } catch {} return [Object.isFrozen(door), typeof door.builtin('node:fs').readFileSync];").value).toEqual([true, 'function']);
  });
});

describe('the runtime keeps its word', () => {
  test('when prototypes are polluted', () => {
    expect(attack("Object.prototype.ok = false; Object.prototype.value = 'evil'; Object.prototype.toJSON = () => 'evil'; return 'mine';").value).toBe('mine');
    expect(attack("Array.prototype.toJSON = () => []; const { S3Client, GetObjectCommand } = await import('@aws-sdk/client-s3'); await new S3Client({}).send(new GetObjectCommand({ Bucket: 'b' })); return 1;").effects).toContainEqual(expect.objectContaining({ kind: 'call', input: '{"Bucket":"b"}' }));
  });

  test('when globals are replaced', () => {
    expect(attack("JSON.stringify = () => 'evil'; JSON.parse = () => ({}); globalThis.Promise = null; globalThis.Date = null; console.log('still'); return { fine: true };")).toMatchObject({ value: { fine: true }, logs: [expect.stringMatching(/^2026-01-01T00:00:00\.000Z\t.*\tINFO\tstill$/)] });
    expect(attack('Promise.prototype.then = () => {}; return 5;').end.kind).toBe('waiting');
  });

  test('when a thenable or a proxy is returned', () => {
    expect(attack("return { then(resolve) { resolve('from then'); } };").value).toBe('from then');
    expect(attack("return new Proxy({}, { get() { throw new Error('trap'); }, ownKeys() { throw new Error('trap'); } });").error).toBeDefined();
    expect(attack("return { toJSON() { throw new Error('no'); } };").error).toMatchObject({ errorMessage: 'Unable to stringify response body' });
  });

  test('when evil things are thrown', () => {
    expect(attack("throw new Proxy(new Error('x'), { get() { throw 1; } });").error).toBeDefined();
    expect(attack("throw { get name() { throw 1; }, toString() { throw 2; } };").error).toMatchObject({ errorType: 'object' });
    expect(attack("const e = new Error('m'); Object.defineProperty(e, 'stack', { get() { throw 1; } }); throw e;").error).toMatchObject({ errorMessage: 'm' });
    expect(attack('throw null;').error).toMatchObject({ errorType: 'object', errorMessage: 'null' });
    expect(attack('throw Symbol("s");').error).toMatchObject({ errorType: 'symbol' });
  });

  test('when own __proto__ keys come and go', () => {
    expect(attack("return JSON.parse('{\"__proto__\":{\"polluted\":true},\"a\":1}');").value).not.toHaveProperty('polluted');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('when Error.prepareStackTrace is taken over', () => {
    expect(attack("Error.prepareStackTrace = (e, sites) => sites.length; const n = new Error('x').stack; Error.prepareStackTrace = () => { throw new Error('again'); }; return typeof n;").value).toBe('number');
  });

  test('when a result is told twice, or late', () => {
    expect(attack("context.succeed(1); context.succeed(2); return 3;").effects.filter((effect) => effect.kind === 'result')).toHaveLength(1);
  });
});

describe('what is too much', () => {
  test('a huge response and a huge log line are no harm', () => {
    const [result] = attack("return 'x'.repeat(9_000_000);", MUCH).effects;
    expect(result).toMatchObject({ kind: 'result', ok: true });
    expect(result?.kind === 'result' && result.ok ? result.value.length : 0).toBeGreaterThan(6_291_556);
    const { value, logs } = attack("console.log('y'.repeat(9_000_000)); return 1;", MUCH);
    expect(value).toBe(1);
    expect(logs.map((text) => text.length)).toEqual([...new Array<number>(9).fill(1_000_000), 67]);
  });

  test('a call with a huge input fails in the guest', () => {
    expect(attack(`const { SQSClient, SendMessageCommand } = await import('@aws-sdk/client-sqs'); try { await new SQSClient({}).send(new SendMessageCommand({ MessageBody: 'x'.repeat(${9 * MB}) })); } catch (error) { return error.name; }`, MUCH).value).toBe('NotModelled');
  });

  test('an endless generator, a deep proxy chain and a self-calling getter are stopped', () => {
    for (const body of ['const g = (function* () { for (;;) yield 1; })(); return [...g];', 'let p = {}; for (let i = 0; i < 100_000; i++) p = new Proxy(p, {}); return p.x;', 'const o = { get x() { return this.x; } }; return o.x;', "return 'a'.padEnd(2 ** 29, 'ab').length;", 'return Array(2 ** 32 - 1).join("x").length;']) {
      const outcome = attack(body);
      expect(outcome.end.kind !== 'waiting' || outcome.error !== undefined).toBe(true);
    }
  });
});
