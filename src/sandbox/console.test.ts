/** What console.log writes: the runtime's line format, and values as Node prints them (this Node is the oracle). @source aws/lambda.md §4 */
import { format, inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { processOf, run } from './testing.ts';

const ID = '11111111-2222-4333-8444-555555555555';
const AT = '2026-01-01T00:00:00.000Z';

describe('a log line', () => {
  test.each(['log', 'info', 'debug', 'warn', 'error'])('of console.%s has time, request and level', (method) => {
    const level = { log: 'INFO', info: 'INFO', debug: 'DEBUG', warn: 'WARN', error: 'ERROR' }[method]!;
    expect(run(`console.${method}('hello', 'world');`).effects[0]).toMatchObject({ kind: 'log', stream: level === 'WARN' || level === 'ERROR' ? 'stderr' : 'stdout', level: level.toLowerCase(), text: `${AT}\t${ID}\t${level}\thello world` });
  });

  test('before any request says undefined', () => {
    const { init } = processOf("console.log('cold'); export const handler = async () => {};");
    expect(init!.effects).toMatchObject([{ text: `${AT}\tundefined\tINFO\tcold` }]);
  });

  test('keeps line breaks in one entry and moves on with virtual time', () => {
    expect(run("console.log('a\\nb'); await new Promise((r) => setTimeout(r, 1_500)); console.log('c');").logs).toEqual([`${AT}\t${ID}\tINFO\ta\nb`, `2026-01-01T00:00:01.500Z\t${ID}\tINFO\tc`]);
  });

  test('of an error shows its stack', () => {
    expect(run("console.error(new RangeError('too far'));").logs[0]).toBe(`${AT}\t${ID}\tERROR\tRangeError: too far\n    at handler (/var/task/index.mjs:2:15)`);
  });

  test('straight to stdout is text alone', () => {
    expect(run("process.stdout.write('plain\\n');").effects[0]).toMatchObject({ kind: 'log', stream: 'stdout', text: 'plain' });
  });

  test('groups, counts, times and tables', () => {
    const { logs } = run("console.group('g'); console.log('in'); console.groupEnd(); console.count(); console.count(); console.table([{ a: 1, b: 'x' }]);");
    expect(logs.map((line) => line.split('\t').slice(3).join('\t'))).toEqual(['g', '  in', 'default: 1', 'default: 2', "┌─────────┬───┬─────┐\n│ (index) │ a │ b   │\n├─────────┼───┼─────┤\n│ 0       │ 1 │ 'x' │\n└─────────┴───┴─────┘"]);
  });

  test('is a record with the JSON log format', () => {
    const process = processOf("export const handler = async () => { console.warn('careful', 1); console.log({ a: 1 }); };", { environment: { AWS_LAMBDA_LOG_FORMAT: 'JSON' } });
    expect(process.invoke().logs.map((line) => JSON.parse(line) as unknown)).toEqual([
      { timestamp: AT, level: 'WARN', requestId: ID, message: 'careful 1' },
      { timestamp: AT, level: 'INFO', requestId: ID, message: { a: 1 } },
    ]);
  });
});

/** Expressions that mean the same here and in the guest. */
const VALUES = [
  "'text'", '["it\'s", \'say "hi"\', "tab\\t", "line\\nbreak", "back\\\\slash", "\\u0001", "\\ud83d\\ude00"]', '[1, -0, 0, NaN, Infinity, 1e21, 10n, true, null, undefined, Symbol("s")]',
  '{}', '[]', '{ a: 1 }', "{ 'a-b': 1, c_d: 2, 3: 4, [Symbol('k')]: 5 }", '{ a: { b: { c: { d: 1 } } } }', '{ list: [[[[1]]]] }', '[[[]]]', '{ a: { b: { c: {} } } }',
  '[1, 2, 3]', '[ , 1, , , 2]', 'Array.from({ length: 120 }, (_, i) => i)', 'Array.from({ length: 7 }, (_, i) => `item ${i}`)', 'Array.from({ length: 30 }, (_, i) => "x".repeat(i % 9))', "['a', 'b']", 'Object.assign([1, 2], { extra: true })',
  'new Map([["a", 1], [{ k: 1 }, [2]]])', 'new Set([1, "two", { three: 3 }])', 'new Map()', 'new Set()', 'new Map([["k", new Map([["n", { deep: { deeper: 1 } }]])]])',
  'new Date(0)', 'new Date(NaN)', '/a+b/gi', '() => 1', 'function named() {}', 'class A {}', 'class B extends Array {}', 'async () => {}', 'function* gen() {}', 'Object.assign(() => {}, { a: 1 })',
  'new (class Point { constructor() { this.x = 1; } })()', 'new (class Empty {})()', 'Object.create(null)', 'Object.assign(Object.create(null), { a: 1 })', 'Object.create({ inherited: 1 })',
  '{ get a() { return 1; }, set b(v) {}, get c() { return 1; }, set c(v) {} }', 'Object.defineProperty({}, "hidden", { value: 1 })', '{ [Symbol.toStringTag]: "Tag" }',
  'new Uint8Array([1, 2, 3])', 'new Float64Array(2)', 'new ArrayBuffer(4)', 'new BigInt64Array(1)', 'Buffer.from("hello")', 'Buffer.alloc(60)',
  'new Number(3)', 'new String("abc")', 'new Boolean(false)', 'Object(1n)', 'Object(Symbol("x"))',
  '(() => { const a = { name: "loop" }; a.self = a; return a; })()', '(() => { const a = [1]; a.push({ back: a }); return a; })()',
  '{ Records: [{ messageId: "059f36b4-87a3-44ab-83d2-661975830a7d", receiptHandle: "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a", body: "Test message.", attributes: { ApproximateReceiveCount: "1" }, eventSource: "aws:sqs" }] }',
  '{ a: "x".repeat(30), b: "y".repeat(30), c: "z".repeat(30) }', '{ a: "x".repeat(60), b: "y".repeat(60) }', '{ text: "word ".repeat(40) }', '{ text: "line one\\nline two\\nline three of it" }', '"x".repeat(10_050)',
  '{ f() {}, g: async () => {}, h: class {} }', '[undefined, null]', '{ a: undefined, b: null }', '[["a", 1], ["b", 2]]', '[{ a: 1, b: 2 }, { a: 3, b: 4 }]', '{ 1: "a", b: { c: [1, 2, { d: 3 }] } }',
  'new WeakMap()', 'new WeakSet()', '(function () { return arguments; })(1, 2)', 'process.env.NOTHING', '[1.5, 22.25, 333]', '["a", 1, true, null]', '{ "": 1 }', '{ undefined: undefined }',
];

describe('values', () => {
  test('are shown as Node shows them', () => {
    const evaluate = (text: string): unknown => new Function(`return (${text});`)();
    const shown = processOf(`export const handler = async () => { ${VALUES.map((value) => `console.log((${value}));`).join('\n')} };`).invoke();
    expect(shown.error).toBeUndefined();
    const lines = shown.logs.map((line) => line.split('\t').slice(3).join('\t'));
    const expected = VALUES.map((value) => format(evaluate(value)));
    expect(Object.fromEntries(VALUES.map((value, at) => [value, lines[at]]))).toEqual(Object.fromEntries(VALUES.map((value, at) => [value, expected[at]])));
  });

  test('are put into placeholders as Node puts them', () => {
    const calls = ["'%s and %d', 'text', 42", "'%i %f', 3.9, '2.5'", "'%j', { a: 1 }", "'%o', [1]", "'%O', { a: { b: { c: {} } } }", "'%% %s', 1", "'%s'", "'%s', null, undefined, 'more'", "'%s', { a: 1 }", "'%d', '0x10'", "'a', 'b', { c: 1 }", '1, 2, 3', "'100%', 5", "'%c styled', 'color: red'", "'%x', 1", "'%s', Symbol('q')", "'%s', 5n", "'%s', -0", "'%s', [1, [2, [3]]]"];
    const shown = run(calls.map((args) => `console.log(${args});`).join('\n'));
    const expected = calls.map((args) => format(...(new Function(`return [${args}];`)() as [unknown])));
    expect(shown.logs.map((line) => line.split('\t').slice(3).join('\t'))).toEqual(expected);
  });

  test('are inspected by util.inspect with options, and by their own inspect method', () => {
    const { value } = run("const util = await import('node:util'); return [util.inspect({ a: { b: { c: { d: 1 } } } }, { depth: 0 }), util.inspect({ a: { b: { c: { d: 1 } } } }, { depth: null }), util.inspect({ [util.inspect.custom]: () => 'mine' }), util.inspect({ a: 1, b: [1, 2] }, { compact: false })];");
    expect(value).toEqual([inspect({ a: { b: { c: { d: 1 } } } }, { depth: 0 }), inspect({ a: { b: { c: { d: 1 } } } }, { depth: null }), 'mine', inspect({ a: 1, b: [1, 2] }, { compact: false })]);
  });

  test('that resist are shown without harm', () => {
    const { logs, value } = run("console.log(new Proxy({ a: 1 }, { get() { throw new Error('no'); } })); return 1;");
    expect(logs.length + (value === 1 ? 1 : 0)).toBeGreaterThan(0);
  });
});
