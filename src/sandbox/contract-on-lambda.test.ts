/** The contract of AWS's Node runtimes through the Lambda model: payloads, log lines and what lives on. @source aws/lambda.md §3, §4, §5 */
import { describe, expect, test, vi } from 'vitest';
import { createCloud } from '../runner/headless/create-cloud.ts';

/** Whole clouds on a busy machine. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

interface Played {
  /** By invocation. */
  readonly payloads: readonly unknown[];
  /** All log lines, the runtime's own too; request ids by number, stamps as `<time>`. */
  readonly lines: readonly string[];
}
interface Options {
  readonly runtime?: string;
  readonly handler?: string;
  readonly settings?: object;
  readonly events?: readonly unknown[];
}

async function play(files: Readonly<Record<string, string>>, o: Options = {}): Promise<Played> {
  const cloud = createCloud({ iam: 'off' });
  await cloud.send('lambda', 'CreateFunction', { FunctionName: 'fn', Runtime: o.runtime ?? 'nodejs22.x', Handler: o.handler ?? 'index.handler', Role: 'arn:aws:iam::000000000000:role/any', MemorySize: 256, Timeout: 2, Code: { files }, ...o.settings });
  await cloud.advance(5_000);
  const payloads: unknown[] = [];
  for (const event of o.events ?? [{ i: 1 }, { i: 2 }]) {
    const { Payload } = await cloud.send<{ Payload: Uint8Array }>('lambda', 'Invoke', { FunctionName: 'fn', Payload: JSON.stringify(event) });
    payloads.push(JSON.parse(new TextDecoder().decode(Payload)));
  }
  await cloud.advance(30_000);
  const { events } = await cloud.send<{ events: readonly { readonly message: string }[] }>('logs', 'FilterLogEvents', { logGroupName: '/aws/lambda/fn' });
  const ids: string[] = [];
  const known = (text: string): string =>
    text.replace(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => `<${(ids.includes(id) ? ids : (ids.push(id), ids)).indexOf(id) + 1}>`).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>');
  return { payloads: JSON.parse(known(JSON.stringify(payloads))) as unknown[], lines: events.map(({ message }) => known(message.replace(/\n$/, ''))) };
}
const body = (code: string): Readonly<Record<string, string>> => ({ 'index.mjs': `let n = 0;\nexport const handler = async (event, context) => {\n  n++;\n  ${code}\n};` });
const NODE24 = { runtime: 'nodejs24.x' };
const exit = (request: number, reason: string): object => ({ errorType: 'Runtime.ExitError', errorMessage: `RequestId: <${request}> Error: Runtime exited ${reason}` });
/** Lines that the handler or its runtime wrote. */
const own = ({ lines }: Played): readonly string[] => lines.filter((line) => !/^(INIT_START|INIT_REPORT|START|END|REPORT) /.test(line));
const reports = ({ lines }: Played): readonly string[] => lines.filter((line) => /^(INIT_)?REPORT /.test(line));

describe('what lives on after a failure', () => {
  test('a thrown error leaves the process as it is', async () => {
    const played = await play(body("if (n === 1) throw new Error('boom');\n  return n;"));
    expect(played.payloads).toEqual([{ errorType: 'Error', errorMessage: 'boom', trace: ['Error: boom', '    at handler (/var/task/index.mjs:4:22)'] }, 2]);
    expect(own(played)).toEqual(['<time>\t<1>\tERROR\tInvoke Error \t{"errorType":"Error","errorMessage":"boom","stack":["Error: boom","    at handler (/var/task/index.mjs:4:22)"]}']);
    expect(reports(played)[0]).not.toContain('Status');
  });

  test('a timeout ends it; /tmp stays', async () => {
    const played = await play(body("const fs = await import('node:fs'); if (!fs.existsSync('/tmp/x')) { fs.writeFileSync('/tmp/x', ''); await new Promise((r) => setTimeout(r, 60_000)); } return n;"));
    expect(played.payloads).toEqual([{ errorType: 'Sandbox.Timedout', errorMessage: 'RequestId: <1> Error: Task timed out after 2.00 seconds' }, 1]);
    expect(reports(played)[0]).toMatch(/^REPORT RequestId: <1>\tDuration: 2000\.00 ms\tBilled Duration: \d+ ms\tMemory Size: 256 MB\tMax Memory Used: \d+ MB\tInit Duration: [\d.]+ ms\tStatus: timeout\t$/);
    expect(reports(played)[1]).not.toContain('Init Duration');
  });

  test('running out of memory ends it', async () => {
    const played = await play(body('const all = []; for (;;) all.push(new Uint8Array(1e6).fill(1));'), { events: [{}] });
    expect(played.payloads).toEqual([{ errorType: 'Runtime.OutOfMemory', errorMessage: 'RequestId: <1> Error: Runtime exited with error: signal: killed' }]);
    expect(reports(played)[0]).toMatch(/\tMax Memory Used: 256 MB\t.*\tStatus: error\tError Type: Runtime\.OutOfMemory\t$/);
  });

  test('process.exit ends it, by 0 and by another code', async () => {
    expect((await play(body('process.exit(event.i - 1);'))).payloads).toEqual([exit(1, 'without providing a reason'), exit(2, 'with error: exit status 1')]);
  });

  test('a rejection that nobody handles: a report of the runtime up to 22, an exit of Node from 24 on', async () => {
    const code = body("Promise.reject(new TypeError('lost'));\n  await new Promise((r) => setTimeout(r, 5));\n  return n;");
    const old = await play(code, { events: [{}] });
    expect(old.payloads).toEqual([{ errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'TypeError: lost', trace: ['Runtime.UnhandledPromiseRejection: TypeError: lost', '    at handler (/var/task/index.mjs:4:18)'] }]);
    expect(own(old)[0]).toBe('<time>\t<1>\tERROR\tUnhandled Promise Rejection \t{"errorType":"Runtime.UnhandledPromiseRejection","errorMessage":"TypeError: lost","reason":{"errorType":"TypeError","errorMessage":"lost","stack":["TypeError: lost","    at handler (/var/task/index.mjs:4:18)"]},"promise":{},"stack":["Runtime.UnhandledPromiseRejection: TypeError: lost","    at handler (/var/task/index.mjs:4:18)"]}');
    const now = await play(code, NODE24);
    expect(now.payloads).toEqual([exit(1, 'with error: exit status 1'), exit(2, 'with error: exit status 1')]);
    expect(own(now)[0]).toMatch(/^TypeError: lost\n {4}at handler \(\/var\/task\/index\.mjs:4:18\)\n\nNode\.js v24\.[\d.]+$/);
  });

  test('a promise that never settles: the process lives on up to 22, and ends from 24 on', async () => {
    expect((await play(body('if (n === 1) await new Promise(() => {}); return n;'))).payloads).toEqual([{ errorType: 'Runtime.NodeJsExit', errorMessage: expect.stringMatching(/^The Lambda runtime client detected an unexpected Node\.js exit code\. /) as string, trace: [] }, 2]);
    expect((await play(body('if (event.i === 1) await new Promise(() => {}); return n;'), NODE24)).payloads).toEqual([exit(1, 'without providing a reason'), 1]);
  });

  test('timers left running are frozen, and fire in a later invocation, under its request', async () => {
    const played = await play(body("setTimeout(() => console.log('timer of', event.i), 300);\n  if (event.i === 2) await new Promise((r) => setTimeout(r, 400));\n  return n;"));
    expect(played.payloads).toEqual([1, 2]);
    expect(own(played)).toEqual(['<time>\t<2>\tINFO\ttimer of 1', '<time>\t<2>\tINFO\ttimer of 2']);
  });
});

describe('a failing init is told twice, then the invocation', () => {
  const failures: readonly [string, Readonly<Record<string, string>>, string, string, Options?][] = [
    ['a missing package', { 'index.mjs': "import x from 'nope';\nexport const handler = async () => x;" }, 'Runtime.ImportModuleError', "Error: Cannot find package 'nope' imported from /var/task/index.mjs"],
    ['a missing module of CommonJS', { 'index.js': "const x = require('./nope');\nexports.handler = async () => x;" }, 'Runtime.ImportModuleError', "Error: Cannot find module './nope'\nRequire stack:\n- /var/task/index.js"],
    ['a missing file', { 'other.mjs': '' }, 'Runtime.ImportModuleError', "Error: Cannot find module 'index'\nRequire stack:\n- /var/runtime/index.mjs"],
    ['a syntax error', { 'index.mjs': 'export const handler = async () => {\n  return );\n};' }, 'Runtime.UserCodeSyntaxError', "SyntaxError: Unexpected token ')'"],
    ['no such export', { 'index.mjs': 'export const other = 1;' }, 'Runtime.HandlerNotFound', 'index.handler is undefined or not exported'],
    ['an export that is no function', { 'index.mjs': 'export const handler = 1;' }, 'Runtime.HandlerNotFound', 'index.handler is not a function'],
    ['a malformed name', { 'index.mjs': '' }, 'Runtime.MalformedHandlerName', "'../index.handler' is not a valid handler name. Use absolute paths when specifying root directories in handler names.", { handler: '../index.handler' }],
    ['a callback on nodejs24.x', { 'index.mjs': 'export const handler = (event, context, callback) => callback();' }, 'Runtime.CallbackHandlerDeprecated', 'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.', NODE24],
    ['what the module throws', { 'index.mjs': "throw new RangeError('at start');" }, 'RangeError', 'at start'],
    ['response streaming, which is not modelled', { 'index.mjs': 'export const handler = awslambda.streamifyResponse(async () => {});' }, 'NotModelled', 'Not modelled: awslambda.streamifyResponse: response streaming.'],
    ['a module of Node that is not modelled', { 'index.mjs': "import http from 'node:http'; export const handler = async () => http;" }, 'NotModelled', "No such built-in module: node:http\nNot modelled: the module 'node:http' is not part of this sandbox."],
  ];
  test.each(failures)('%s', async (_, files, errorType, errorMessage, o = {}) => {
    const played = await play(files, { ...o, events: [{}] });
    expect(played.payloads).toEqual([expect.objectContaining({ errorType, errorMessage })]);
    const title = o.runtime === 'nodejs24.x' ? 'Init Error' : 'Uncaught Exception';
    expect(own(played)).toHaveLength(2);
    expect(own(played)[0]!.startsWith(`<time>\tundefined\tERROR\t${title} \t{"errorType":"${errorType}","errorMessage":${JSON.stringify(errorMessage)},"stack":[`)).toBe(true);
    expect(reports(played).map((line) => line.replace(/[\d.]+ ms/g, '# ms'))).toEqual([`INIT_REPORT Init Duration: # ms\tPhase: init\tStatus: error\tError Type: ${errorType}`, `INIT_REPORT Init Duration: # ms\tPhase: invoke\tStatus: error\tError Type: ${errorType}`, expect.stringMatching(/^REPORT RequestId: <1>\t/) as string]);
  });

  test('process.exit while loading', async () => {
    expect((await play({ 'index.mjs': 'process.exit(4);' }, { events: [{}] })).payloads).toEqual([exit(1, 'with error: exit status 4')]);
  });

  test('an init of more than ten seconds begins again under the function\'s timeout', async () => {
    const played = await play({ 'index.mjs': 'await new Promise((r) => setTimeout(r, 11_000)); export const handler = async () => 1;' }, { events: [{}], settings: { Timeout: 20 } });
    expect(played.payloads).toEqual([1]);
    expect(reports(played)[0]).toBe('INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout');
  });
});

describe('forms of handlers', () => {
  test('a callback waits for the event loop, unless it is told not to', async () => {
    const files = { 'index.js': "exports.handler = (event, context, callback) => { context.callbackWaitsForEmptyEventLoop = event.waits; setTimeout(() => console.log('timer', event.i), 200); callback(null, event.i); callback(null, 'twice'); };" };
    const played = await play(files, { events: [{ i: 1, waits: true }, { i: 2, waits: false }, { i: 3, waits: true }] });
    expect(played.payloads).toEqual([1, 2, 3]);
    expect(own(played).slice(1)).toEqual(['<time>\t<1>\tINFO\ttimer 1', '<time>\t<3>\tINFO\ttimer 2', '<time>\t<3>\tINFO\ttimer 3']);
    expect(own(played)[0]).toMatch(/^<time>\tundefined\tWARN\tAWS Lambda plans to remove support for callback-based function handlers/);
  });

  test('a plain return is the answer from 24 on, and null before', async () => {
    const files = { 'index.mjs': 'export const handler = (event) => event.i;' };
    expect((await play(files)).payloads).toEqual([null, null]);
    expect((await play(files, NODE24)).payloads).toEqual([1, 2]);
  });

  test('top-level await is part of the init, and is billed with it', async () => {
    const played = await play({ 'index.mjs': "console.log('loading'); const value = await new Promise((r) => setTimeout(r, 400, 7)); export const handler = async () => value;" }, { events: [{}] });
    expect(played.payloads).toEqual([7]);
    expect(own(played)).toEqual(['<time>\tundefined\tINFO\tloading']);
    expect(Number(/Init Duration: ([\d.]+)/.exec(reports(played)[0]!)![1])).toBeGreaterThan(400);
  });

  test('the time left counts down on virtual time, and the context differs between 22 and 24', async () => {
    const code = body('const before = context.getRemainingTimeInMillis(); await new Promise((r) => setTimeout(r, 500)); return [before > 1_990 && before <= 2_000, before - context.getRemainingTimeInMillis(), Object.keys(context).sort()];');
    const [old, now] = [(await play(code, { events: [{}] })).payloads[0], (await play(code, { ...NODE24, events: [{}] })).payloads[0]] as [unknown[], unknown[]];
    expect(old.slice(0, 2)).toEqual([true, 500]);
    const both = ['awsRequestId', 'clientContext', 'functionName', 'functionVersion', 'getRemainingTimeInMillis', 'identity', 'invokedFunctionArn', 'logGroupName', 'logStreamName', 'memoryLimitInMB'];
    expect(old[2]).toEqual([...both, 'callbackWaitsForEmptyEventLoop', 'done', 'fail', 'succeed'].sort());
    expect(now[2]).toEqual(expect.arrayContaining(both));
    expect(now[2]).not.toContain('done');
  });

  test('a response that is too large is refused', async () => {
    expect((await play(body("return 'x'.repeat(7_000_000);"), { events: [{}] })).payloads).toEqual([{ errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).', errorType: 'Function.ResponseSizeTooLarge' }]);
  });
});

describe('console', () => {
  const LOGS = body("console.log('hi\\nthere', { a: 1 }); console.debug('d'); console.warn('w'); console.error(new TypeError('bad')); console.trace('t'); process.stdout.write('raw\\n');\n  console.log({ x: [1] }); console.info('with', new Error('inner'));\n  throw new Error('boom');");
  test('writes text with time, request and level', async () => {
    expect(own(await play(LOGS, { events: [{}] }))).toEqual([
      '<time>\t<1>\tINFO\thi\nthere { a: 1 }',
      '<time>\t<1>\tDEBUG\td',
      '<time>\t<1>\tWARN\tw',
      expect.stringMatching(/^<time>\t<1>\tERROR\tTypeError: bad\n {4}at handler \(\/var\/task\/index\.mjs:4:\d+\)$/) as string,
      expect.stringMatching(/^<time>\t<1>\tTRACE\tTrace: t\n {4}at handler \(\/var\/task\/index\.mjs:4:\d+\)$/) as string,
      'raw',
      '<time>\t<1>\tINFO\t{ x: [ 1 ] }',
      expect.stringMatching(/^<time>\t<1>\tINFO\twith Error: inner\n {4}at handler \(\/var\/task\/index\.mjs:5:\d+\)$/) as string,
      expect.stringMatching(/^<time>\t<1>\tERROR\tInvoke Error \t\{"errorType":"Error","errorMessage":"boom",/) as string,
    ]);
  });

  test('writes JSON where the function asks for it, from its level on', async () => {
    const played = await play(LOGS, { events: [{}], settings: { LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO', SystemLogLevel: 'WARN' } } });
    const records = own(played).filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>).filter((record) => !('type' in record));
    expect(records.map(({ level, message }) => [level, typeof message === 'object' ? message : String(message).split('\n    at')[0]])).toEqual([
      ['INFO', 'hi\nthere { a: 1 }'],
      ['WARN', 'w'],
      ['ERROR', expect.objectContaining({ errorType: 'TypeError', errorMessage: 'bad' })],
      ['INFO', { x: [1] }],
      ['INFO', 'with Error: inner'],
      ['ERROR', expect.objectContaining({ errorType: 'Error', errorMessage: 'boom' })],
    ]);
    for (const record of records) expect(record).toMatchObject({ timestamp: '<time>', requestId: '<1>' });
    expect(records[4]).toMatchObject({ errorType: 'Error', errorMessage: 'inner' });
  });
});

describe('lines of TypeScript are true', () => {
  const files = {
    'index.ts': "import type { A } from './types.js';\nimport {\n  type B,\n  fails,\n} from './lib.js';\n\ninterface Local {\n  readonly a: A;\n  b?: B;\n}\n\ntype Pick2<T, K extends keyof T> = {\n  [P in K]: T[P];\n};\n\nenum Level {\n  Low = 1,\n  High,\n}\n\ndeclare module './lib.js' {\n  interface Extra { x: number }\n}\n\nabstract class Base<T extends object = Local> {\n  declare marker: string;\n  private readonly value?: T;\n\n  constructor(protected readonly level: Level = Level.High) {}\n\n  abstract run(event: Pick2<Record<string, string>, 'kind'>): Promise<unknown>;\n\n  protected check(this: Base<T>, on: boolean): asserts on is true {\n    if (!on) {\n      throw new RangeError(\n        `level ${this.level}`,\n      );\n    }\n  }\n}\n\nclass Work extends Base {\n  async run(event: { kind: string }): Promise<unknown> {\n    if (event.kind === 'lib') return fails(event.kind as unknown as number);\n    if (event.kind === 'later') {\n      await Promise.resolve();\n      (undefined as unknown as { x: () => void }).x();\n    }\n    this.check(event.kind === 'fine');\n    return event.kind satisfies string;\n  }\n}\n\nexport const handler = async (event: { kind: string }): Promise<unknown> =>\n  new Work().run(event);\n",
    'lib.ts': "export type B = {\n  n: number;\n};\n\nexport function fails<T extends number | string>(\n  what: T,\n  ..._rest: unknown[]\n): never {\n  const deep = <U,>(value: U): never => {\n    throw new TypeError(`no ${String(value)}`);\n  };\n  return deep(what);\n}\n",
    'types.ts': 'export type A = string;\n',
    'package.json': '{ "type": "module" }',
  };
  test.each([
    ['thrown in a class, over several lines', 'check', ['index.ts:35', 'index.ts:49', 'index.ts:55']],
    ['thrown in a generic function of another file', 'lib', ['lib.ts:10', 'lib.ts:12', 'index.ts:44', 'index.ts:55']],
    ['of a mistake after an await', 'later', ['index.ts:47']],
  ])('%s', async (_, kind, places) => {
    const [{ trace }] = (await play(files, { events: [{ kind }] })).payloads as [{ trace: string[] }];
    expect(trace.slice(1).map((line) => /\/var\/task\/(\S+?):\d+\)?$/.exec(line)?.[1])).toEqual(places);
  });
});

describe('records of JSON logs', () => {
  const JSON_LOGS = { LoggingConfig: { LogFormat: 'JSON' } };
  const messages = ({ lines }: Played): readonly Record<string, unknown>[] => lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter((record) => !('type' in record));

  test('hold an error by its class, message and whole stack, and with its own members', async () => {
    const played = await play(body("class OrderError extends Error { order = 7; }\n  console.error(new OrderError('no fridge'));\n  console.log({ in: new TypeError('deep') });\n  console.warn('why', new RangeError('far'));\n  console.log(5);\n  return 1;"), { events: [{}], settings: JSON_LOGS });
    const [alone, inside, after, number] = messages(played);
    expect(alone!['message']).toEqual({ errorType: 'OrderError', errorMessage: 'no fridge', stackTrace: ['Error: no fridge', expect.stringMatching(/^ {4}at handler \(\/var\/task\/index\.mjs:5:\d+\)$/)], order: 7 });
    expect(inside!['message']).toEqual({ in: expect.objectContaining({ errorType: 'TypeError', errorMessage: 'deep' }) as unknown });
    expect(after).toMatchObject({ level: 'WARN', errorType: 'RangeError', errorMessage: 'far', stackTrace: ['RangeError: far', expect.stringContaining('/var/task/index.mjs') as unknown] });
    expect(String(after!['message'])).toMatch(/^why RangeError: far\n/);
    expect(number!['message']).toBe(5);
  });

  test('hold what the runtime tells of failures: in an invocation, in an init, of a rejection', async () => {
    const boom = messages(await play(body("throw new TypeError('boom');"), { events: [{}], settings: JSON_LOGS }));
    expect(boom).toEqual([{ timestamp: '<time>', level: 'ERROR', requestId: '<1>', message: { errorType: 'TypeError', errorMessage: 'boom', stackTrace: ['TypeError: boom', expect.stringContaining('/var/task/index.mjs:4')] } }]);
    const text = messages(await play(body("throw 'only text';"), { events: [{}], settings: JSON_LOGS }));
    expect(text[0]!['message']).toMatchObject({ errorType: 'Error', errorMessage: 'only text' });
    const init = messages(await play({ 'index.mjs': 'export const other = 1;' }, { ...NODE24, events: [{}], settings: JSON_LOGS }));
    expect(init[0]!['message']).toMatchObject({ errorType: 'HandlerNotFound', errorMessage: 'index.handler is undefined or not exported' });
    const lost = messages(await play(body("Promise.reject(new TypeError('lost'));\n  await new Promise((r) => setTimeout(r, 5));"), { events: [{}], settings: JSON_LOGS }));
    expect(lost[0]!['message']).toMatchObject({ errorType: 'UnhandledPromiseRejection', errorMessage: 'TypeError: lost', reason: { errorType: 'TypeError', errorMessage: 'lost' }, promise: {} });
  });
});

describe('the file of a handler', () => {
  const answers = async (files: Readonly<Record<string, string>>, handler: string): Promise<unknown> => (await play(files, { events: [{}], handler, ...NODE24 })).payloads[0];
  const says = (word: string): string => `exports.handler = async () => '${word}';`;
  const exportsIt = (word: string): string => `export const handler = async () => '${word}';`;
  test('is the first of: without an extension, .js, .mjs, .cjs, then what require() finds', async () => {
    expect(await answers({ 'src/app.js': says('js'), 'src/app.mjs': exportsIt('mjs'), 'src/app.cjs': says('cjs') }, 'src/app.handler')).toBe('js');
    expect(await answers({ 'src/app.mjs': exportsIt('mjs'), 'src/app.cjs': says('cjs') }, 'src/app.handler')).toBe('mjs');
    expect(await answers({ 'src/app.cjs': says('cjs') }, 'src/app.handler')).toBe('cjs');
    expect(await answers({ 'src/app/index.js': says('folder') }, 'src/app.handler')).toBe('folder');
  });
  test('ending in .js is a module where the nearest package.json says so', async () => {
    expect(await answers({ 'package.json': '{"type":"module"}', 'index.js': exportsIt('module') }, 'index.handler')).toBe('module');
    expect(await answers({ 'package.json': '{"type":"module"}', 'src/package.json': '{}', 'src/index.js': says('nearest') }, 'src/index.handler')).toBe('nearest');
  });
  test('may hold the handler in a member of an export', async () => {
    expect(await answers({ 'index.js': "exports.api = { get: async () => 'deep' };" }, 'index.api.get')).toBe('deep');
  });
});

describe('the machine that a handler sees', () => {
  const seen = async (settings: object): Promise<unknown> => (await play({ 'index.mjs': "import os from 'node:os'; export const handler = async () => [os.cpus().length, os.availableParallelism(), os.arch(), process.arch, os.userInfo().username, process.cwd(), process.env.AWS_LAMBDA_INITIALIZATION_TYPE];" }, { events: [{}], settings })).payloads[0];
  test.each([
    [128, 2],
    [3_008, 2],
    [3_009, 3],
    [5_307, 3],
    [5_308, 4],
    [7_077, 5],
    [8_846, 6],
    [10_240, 6],
  ])('has at %i MB %i cores', async (MemorySize, cores) => {
    expect(await seen({ MemorySize })).toEqual([cores, cores, 'x64', 'x64', 'sbx_user1051', '/var/task', 'on-demand']);
  });
  test('is of the function’s architecture', async () => {
    expect(await seen({ Architectures: ['arm64'] })).toEqual([2, 2, 'arm64', 'arm64', 'sbx_user1051', '/var/task', 'on-demand']);
  });
});

describe('the context of nodejs24.x', () => {
  test('has the W3C fields of the client context, which is without them', async () => {
    const cloud = createCloud({ iam: 'off' });
    await cloud.send('lambda', 'CreateFunction', { FunctionName: 'fn', Runtime: 'nodejs24.x', Handler: 'index.handler', Role: 'arn:aws:iam::000000000000:role/any', Code: { files: { 'index.mjs': 'export const handler = async (event, context) => [context.w3c(), context.clientContext ?? null, typeof context.xRayTraceId];' } } });
    await cloud.advance(5_000);
    const answer = async (clientContext?: object): Promise<unknown> => {
      const { Payload } = await cloud.send<{ Payload: Uint8Array }>('lambda', 'Invoke', { FunctionName: 'fn', ...(clientContext === undefined ? {} : { ClientContext: btoa(JSON.stringify(clientContext)) }) });
      return JSON.parse(new TextDecoder().decode(Payload));
    };
    expect(await answer()).toEqual([{}, null, 'string']);
    expect(await answer({ custom: { a: 1 }, w3c: { traceparent: '00-1-2-01', baggage: 7, other: 'x' } })).toEqual([{ traceparent: '00-1-2-01' }, { custom: { a: 1 } }, 'string']);
  });
});
