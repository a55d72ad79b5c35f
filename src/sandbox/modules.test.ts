/** Modules: ES modules, CommonJS, JSON, TypeScript, layers; and how loading fails. @source aws/lambda.md §3.1, §3.4 */
import { describe, expect, test } from 'vitest';
import type { ProcessSpec } from '../sim/ports/runtime.ts';
import type { Outcome } from './testing.ts';
import { testRuntime, testSpec, TestProcess } from './testing.ts';

const runtime = testRuntime();
function processWith(files: Record<string, string>, o: Partial<ProcessSpec> = {}): TestProcess {
  const process = new TestProcess(runtime, testSpec({ files, ...o }));
  process.start();
  return process;
}
const result = (files: Record<string, string>, o: Partial<ProcessSpec> = {}): unknown => {
  const outcome = processWith(files, o).invoke();
  return outcome.error ?? outcome.value;
};
function initError(files: Record<string, string>, o: Partial<ProcessSpec> = {}): { readonly end: Outcome['end']; readonly log: string } {
  const { init } = processWith(files, o);
  const log = init!.effects.flatMap((effect) => (effect.kind === 'log' ? [effect.text] : [])).join('\n');
  return { end: init!.end, log };
}

describe('ES modules', () => {
  test('import each other, Node, JSON and CommonJS', () => {
    expect(
      result({
        'index.mjs': "import { double } from './lib/double.mjs'; import data from './data.json' with { type: 'json' }; import legacy, { named } from './legacy.cjs'; import path, { join } from 'node:path'; import * as fs from 'fs'; export const handler = async () => [double(21), data.answer, legacy.named, named, path.join === join, typeof fs.readFileSync, import.meta.url, import.meta.dirname];",
        'lib/double.mjs': 'export const double = (n) => n * 2;',
        'data.json': '{ "answer": 42 }',
        'legacy.cjs': "exports.named = 'old';",
      }),
    ).toEqual([42, 42, 'old', 'old', true, 'function', 'file:///var/task/index.mjs', '/var/task']);
  });

  test('wait at the top level, and keep the process from being ready', () => {
    const process = new TestProcess(runtime, testSpec({ files: { 'index.mjs': 'const started = Date.now(); await new Promise((r) => setTimeout(r, 700)); const waited = Date.now() - started; export const handler = async () => waited;' } }));
    process.start();
    expect(process.init!.ready).toBe(true);
    expect(process.invoke().value).toBe(700);
  });

  test('that fail when loaded on demand can be caught', () => {
    expect(result({ 'index.mjs': "export const handler = async () => { const seen = []; for (const name of ['./bad.mjs', './none.mjs', './worse.mjs']) { try { await import(name); } catch (error) { seen.push(error.name + ': ' + error.message); } } await new Promise((r) => setTimeout(r, 10)); return seen; };", 'bad.mjs': "throw new TypeError('bad');", 'worse.mjs': 'let let = 1;' })).toEqual(['TypeError: bad', "Error: Cannot find module '/var/task/none.mjs' imported from /var/task/index.mjs", expect.stringMatching(/^SyntaxError: /) as string]);
  });

  test('know where they are, and keep the columns of their first line', () => {
    const { errorType, trace } = result({ 'index.mjs': "const here = import.meta.resolve('./x.mjs') + import.meta.filename; export const handler = async () => { throw new Error(here); };", 'x.mjs': '' }) as { errorType: string; trace: string[] };
    expect([errorType, ...trace]).toEqual(['Error', 'Error: file:///var/task/x.mjs/var/task/index.mjs', '    at handler (/var/task/index.mjs:1:112)']);
  });

  test('fail with a code when they are not there', () => {
    expect(result({ 'index.mjs': "export const handler = async () => Promise.all(['./none.mjs', 'none', 'node:none'].map((name) => import(name).catch((error) => error.code)));" })).toEqual(['ERR_MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND', 'ERR_UNKNOWN_BUILTIN_MODULE']);
  });

  test('are loaded on demand', () => {
    expect(result({ 'index.mjs': "export const handler = async () => (await import(`./${'late'}.mjs`)).value;", 'late.mjs': 'export const value = 7;' })).toBe(7);
  });

  test('in a .js file need package.json on nodejs22.x; nodejs24.x looks at the text', () => {
    const files = { 'index.js': 'export const handler = async () => 1;' };
    expect(initError(files).end).toMatchObject({ kind: 'init-error', error: { errorType: 'Runtime.UserCodeSyntaxError', errorMessage: "SyntaxError: Unexpected token 'export'" } });
    expect(result({ ...files, 'package.json': '{ "type": "module" }' })).toBe(1);
    expect(result(files, { runtime: 'nodejs24.x' })).toBe(1);
  });
});

describe('CommonJS', () => {
  test('requires files, directories, JSON and Node, with one cache', () => {
    expect(
      result({
        'index.js': "const a = require('./lib'); const b = require('./lib/index.js'); const { x } = require('./config.json'); const { join } = require('path'); exports.handler = async () => [a === b, a.count(), b.count(), x, join('a', 'b'), __filename, __dirname, typeof module.exports.handler];",
        'lib/index.js': 'let n = 0; module.exports = { count: () => ++n };',
        'config.json': '{ "x": 5 }',
      }),
    ).toEqual([true, 1, 2, 5, 'a/b', '/var/task/index.js', '/var/task', 'function']);
  });

  test('imports ES modules dynamically, and cannot require them', () => {
    expect(result({ 'index.js': "exports.handler = async () => (await import('./m.mjs')).default;", 'm.mjs': "export default 'esm';" })).toBe('esm');
    expect(result({ 'index.js': "exports.handler = async () => { try { require('./m.mjs'); } catch (error) { return error.code; } };", 'm.mjs': 'export default 1;' })).toBe('ERR_REQUIRE_ESM');
  });

  test('requires ES modules on nodejs24.x, and where NODE_OPTIONS asks for it', () => {
    const files = { 'index.js': "const named = require('./named.mjs'); const whole = require('./whole.mjs'); const own = require('./own.mjs'); exports.handler = async () => [named.a, named.__esModule ?? null, whole.default, whole.b, whole.__esModule, own(), require('./named.mjs') === named, (await import('./named.mjs')).a];", 'named.mjs': 'export const a = 1;', 'whole.mjs': "export default 'd'; export const b = 2;", 'own.mjs': "const own = () => 'own'; export { own as 'module.exports' };" };
    const expected = [1, null, 'd', 2, true, 'own', true, 1];
    expect(result(files, { runtime: 'nodejs24.x' })).toEqual(expected);
    expect(result(files, { environment: { NODE_OPTIONS: '--experimental-require-module' } })).toEqual(expected);
  });

  test('cannot require an ES module that waits, or that throws', () => {
    const files = { 'index.js': "exports.handler = async () => ['./waits.mjs', './throws.mjs'].map((name) => { try { require(name); } catch (error) { return error.code ?? error.message; } });", 'waits.mjs': 'export const x = await 1;', 'throws.mjs': "throw new Error('while loading');" };
    const process = processWith(files, { runtime: 'nodejs24.x' });
    expect(process.invoke()).toMatchObject({ value: ['ERR_REQUIRE_ASYNC_MODULE', 'while loading'], end: { kind: 'waiting' } });
  });

  test('passes on names that ES modules can import', () => {
    const files = { 'index.mjs': "import { one, two, three } from './all.cjs'; import { deep } from './passed.cjs'; export const handler = async () => [one, two, three, deep];", 'all.cjs': "module.exports = { one: 1, ...require('./two.cjs') }; exports = module.exports; exports.three = 3;", 'two.cjs': 'exports.two = 2;', 'passed.cjs': "module.exports = require('./deep.cjs');", 'deep.cjs': "Object.defineProperty(exports, 'deep', { enumerable: true, get: () => 'deep' });" };
    expect(result(files)).toEqual([1, 2, 3, 'deep']);
  });

  test('goes in circles without harm', () => {
    expect(result({ 'index.js': "const a = require('./a'); exports.handler = async () => [a.done, a.b.seen];", 'a.js': "exports.done = false; exports.b = require('./b'); exports.done = true;", 'b.js': "exports.seen = require('./a').done;" })).toEqual([true, false]);
  });
});

test('layers supply packages, from node_modules and by path', () => {
  const layerFiles = { '/opt/nodejs/node_modules/left/package.json': '{ "name": "left", "main": "main.js" }', '/opt/nodejs/node_modules/left/main.js': "module.exports = () => 'from a layer';", '/opt/nodejs/util.mjs': "export const tool = 'tool';" };
  expect(result({ 'index.mjs': "import left from 'left'; import { tool } from '/opt/nodejs/util.mjs'; export const handler = async () => [left(), tool];" }, { layerFiles })).toEqual(['from a layer', 'tool']);
});

test('packages choose by conditions, patterns and private names, below /opt and /var/task', () => {
  const pkg = (o: object): string => JSON.stringify(o);
  const files = { 'index.mjs': "import { kind } from 'dual'; import { createRequire } from 'node:module'; import { tool } from 'dual/tools/hammer'; import own from '#config'; const require = createRequire(import.meta.url); export const handler = async () => [kind, require('dual').kind, tool, own.stage, await import('dual/secret').catch((error) => error.code)];", 'package.json': pkg({ imports: { '#config': './config/prod.json' } }), 'config/prod.json': '{ "stage": "prod" }', 'node_modules/dual/package.json': pkg({ name: 'dual', exports: { '.': { import: './esm.mjs', require: './cjs.cjs' }, './tools/*': './lib/*.js' } }), 'node_modules/dual/esm.mjs': "export const kind = 'esm';", 'node_modules/dual/cjs.cjs': "exports.kind = 'cjs';", 'node_modules/dual/lib/hammer.js': "exports.tool = 'hammer';" };
  const code = files['index.mjs'].replace("import own from '#config';", "import own from '#config' with { type: 'json' };");
  expect(result({ ...files, 'index.mjs': code })).toEqual(['esm', 'cjs', 'hammer', 'prod', 'ERR_PACKAGE_PATH_NOT_EXPORTED']);
});

test('TypeScript runs with its lines kept', () => {
  const code = "interface Order {\n  id: string;\n}\nenum Size { Small, Large }\nexport const handler = async (event: Order): Promise<string> => {\n  const size: Size = Size.Large;\n  if (!event.id) throw new Error(`no id, size ${size}`);\n  return event.id;\n};";
  expect(result({ 'index.ts': code, 'package.json': '{ "type": "module" }' })).toEqual({ errorType: 'Error', errorMessage: 'no id, size 1', trace: ['Error: no id, size 1', expect.stringMatching(/^ {4}at handler \(\/var\/task\/index\.ts:7:\d+\)$/) as string] });
});

test('names of Node that are not modelled can be imported, and say so when they are used', () => {
  const files = { 'index.mjs': "import { parseArgs } from 'node:util'; import { sign, createHash } from 'crypto'; import fs, { statfsSync } from 'node:fs'; export const handler = async () => [parseArgs, sign, statfsSync, fs.writevSync].map((use) => { try { return use(); } catch (error) { return error.message; } }).concat(typeof createHash);" };
  expect(result(files)).toEqual(['Not modelled: util.parseArgs.', 'Not modelled: crypto.sign.', 'Not modelled: fs.statfsSync.', 'Not modelled: fs.writevSync.', 'function']);
});

describe('loading fails', () => {
  test('for a file that is not there', () => {
    const { end, log } = initError({ 'other.mjs': '' });
    expect(end).toMatchObject({ kind: 'init-error', error: { errorType: 'Runtime.ImportModuleError', errorMessage: "Error: Cannot find module 'index'\nRequire stack:\n- /var/runtime/index.mjs" } });
    expect(log).toContain('\tERROR\tUncaught Exception \t{"errorType":"Runtime.ImportModuleError"');
    expect(initError({ 'other.mjs': '' }, { runtime: 'nodejs24.x' }).log).toContain('\tERROR\tInit Error \t{"errorType":"Runtime.ImportModuleError"');
  });

  test('for a package that is not there', () => {
    expect(initError({ 'index.mjs': "import x from 'left-pad'; export const handler = async () => x;" }).end).toMatchObject({ error: { errorType: 'Runtime.ImportModuleError', errorMessage: "Error: Cannot find package 'left-pad' imported from /var/task/index.mjs" } });
    expect(initError({ 'index.js': "const x = require('left-pad'); exports.handler = async () => x;" }).end).toMatchObject({ error: { errorType: 'Runtime.ImportModuleError', errorMessage: "Error: Cannot find module 'left-pad'\nRequire stack:\n- /var/task/index.js" } });
  });

  test('by name for what is not modelled', () => {
    expect(initError({ 'index.mjs': "import http from 'node:http'; export const handler = async () => http;" }).end).toMatchObject({ error: { errorType: 'NotModelled', errorMessage: "No such built-in module: node:http\nNot modelled: the module 'node:http' is not part of this sandbox." } });
    for (const name of ['node:worker_threads', 'net', 'http2', 'node:vm']) expect(initError({ 'index.mjs': `import x from '${name}'; export const handler = async () => x;` }).end).toMatchObject({ error: { errorMessage: expect.stringMatching(/^No such built-in module: node:(worker_threads|net|http2|vm)\n/) as string } });
    expect(initError({ 'index.js': "const net = require('net'); exports.handler = async () => net;" }).end).toMatchObject({ error: { errorType: 'NotModelled', errorMessage: expect.stringContaining('No such built-in module: node:net') as string } });
  });

  test('for a handler that is missing, or no function', () => {
    expect(initError({ 'index.mjs': 'export const other = 1;' }).end).toMatchObject({ error: { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is undefined or not exported' } });
    expect(initError({ 'index.mjs': 'export const handler = 1;' }).end).toMatchObject({ error: { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is not a function' } });
    expect(initError({ 'index.mjs': '' }, { handler: 'index' }).end).toMatchObject({ error: { errorType: 'Runtime.MalformedHandlerName', errorMessage: 'Bad handler' } });
  });

  test('with what the module throws', () => {
    expect(initError({ 'index.mjs': "\nthrow new RangeError('at start');" }).end).toMatchObject({ error: { errorType: 'RangeError', errorMessage: 'at start', trace: ['RangeError: at start', '    at /var/task/index.mjs:2:7'] } });
  });

  const syntax: readonly [string, string, number][] = [
    ['export const handler = async () => {\n  return 1;\n', 'Unexpected end of input', 3],
    ['const a = 1;\nconst b = );\nexport const handler = () => a;', "Unexpected token ')'", 2],
    ['const a = 1\nlet b c = 2;', "Unexpected identifier 'c'", 2],
    ['const one = 1;\nconst one = 2;\nexport const handler = () => one;', "Identifier 'one' has already been declared", 2],
    ["import { nothing } from './lib.mjs';\nexport const handler = () => nothing;", "The requested module './lib.mjs' does not provide an export named 'nothing'", 1],
    ['export const handler = () => {\n  const x = await 1;\n};', 'await is only valid in async functions and the top level bodies of modules', 2],
  ];
  test.each(syntax)('for a syntax error: %s', (code, message, line) => {
    const { end } = initError({ 'index.mjs': code, 'lib.mjs': 'export const something = 1;' });
    expect(end).toMatchObject({ kind: 'init-error', error: { errorType: 'Runtime.UserCodeSyntaxError', errorMessage: `SyntaxError: ${message}` } });
    if (!message.startsWith('The requested')) expect(end).toMatchObject({ file: '/var/task/index.mjs', line });
  });
});
