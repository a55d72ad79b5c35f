/**
 * Runs handlers of the corpus in this very Node, one process for many: the runtime loop of Lambda as far as results go, /tmp, /opt and
 * /var/task in a temporary folder, and real SDK clients whose requests go to the parent, which has the cloud.
 */
import fs from 'node:fs';
import { STATUS_CODES } from 'node:http';
import { createRequire, Module, register, syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import { Readable } from 'node:stream';
import { mapped, rootOf } from './node-loader.mjs';

const require = createRequire(import.meta.url);
register('./node-loader.mjs', import.meta.url);

/** The case that runs now. */
let root = '';
let logs = [];
let endInvocation = () => {};
const ownEnvironment = { ...process.env };
const nodeExit = process.exit;

async function bytesOf(body) {
  if (ArrayBuffer.isView(body)) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const parts = [];
  for await (const part of body) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

/** Requests of SDK clients, answered by the parent. */
const open = new Map();
let nextRequest = 1;
const requestHandler = {
  async handle({ method, path, query, headers, body, hostname }) {
    const id = nextRequest++;
    const plain = body === undefined || body === null ? undefined : typeof body === 'string' ? body : (await bytesOf(body)).toString('base64');
    process.send({ kind: 'request', id, request: { method, path, query, headers, hostname, body: plain }, isBase64: typeof body !== 'string' });
    return new Promise((done, fail) => open.set(id, { done, fail }));
  },
  updateHttpClientConfig: () => {},
  httpHandlerConfigs: () => ({}),
  destroy: () => {},
};
/** fetch of handlers: this Node's own Request, Response and errors around the parent's answer. */
globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  request.signal.throwIfAborted();
  const id = nextRequest++;
  process.send({ kind: 'fetch', id, request: { url: request.url, method: request.method, body: await request.text() } });
  const { status, headers, body, failure } = await new Promise((done) => open.set(id, { done }));
  if (failure !== undefined) throw new TypeError('fetch failed', { cause: Object.assign(new Error(failure.message), failure.data) });
  const response = new Response([204, 304].includes(status) ? null : Buffer.from(body), { status, headers, statusText: STATUS_CODES[status] });
  Object.defineProperty(response, 'url', { value: request.url.split('#')[0] });
  return response;
};
const { NodeHttpHandler } = createRequire(require.resolve('@aws-sdk/client-sqs'))('@smithy/node-http-handler');
NodeHttpHandler.create = () => requestHandler;

/** File names of the execution environment, and in errors too. */
function mapFiles(object, names) {
  for (const name of names) {
    const original = object[name];
    if (typeof original !== 'function') continue;
    object[name] = Object.assign(function (...args) {
      const own = root;
      for (const at of [0, 1]) if (typeof args[at] === 'string' && (at === 0 || /^(rename|copyFile|cp|link|symlink)/.test(name))) args[at] = mapped(own, args[at]);
      const unmapped = (error) => {
        if (typeof error?.message === 'string') error.message = error.message.replaceAll(own, '');
        if (typeof error?.path === 'string') error.path = error.path.replaceAll(own, '');
        return error;
      };
      const last = args[args.length - 1];
      if (typeof last === 'function') args[args.length - 1] = (error, ...rest) => last(unmapped(error), ...rest);
      try {
        const result = Reflect.apply(original, this, args);
        return typeof result?.catch === 'function' ? result.catch((error) => { throw unmapped(error); }) : result;
      } catch (error) {
        throw unmapped(error);
      }
    }, original);
  }
}
const FILE_FUNCTIONS = ['access', 'appendFile', 'copyFile', 'cp', 'createReadStream', 'createWriteStream', 'exists', 'lstat', 'mkdir', 'mkdtemp', 'open', 'opendir', 'readFile', 'readdir', 'rename', 'rm', 'rmdir', 'stat', 'truncate', 'unlink', 'utimes', 'writeFile'].flatMap((name) => [name, `${name}Sync`]);
mapFiles(fs, FILE_FUNCTIONS);
mapFiles(fs.promises, FILE_FUNCTIONS);
const { _resolveFilename: resolveFilename, _extensions: extensions } = Module;
Module._resolveFilename = function (specifier, parent, ...rest) {
  const from = rootOf(parent?.filename ?? '');
  if (from === undefined) return Reflect.apply(resolveFilename, this, [specifier, parent, ...rest]);
  if (specifier.startsWith('@aws-sdk/')) return require.resolve(specifier);
  try {
    return Reflect.apply(resolveFilename, this, [mapped(from, specifier), parent, ...rest]);
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND' || /^[./]/.test(specifier)) throw error;
    try {
      return require.resolve(specifier, { paths: [`${from}/opt/nodejs/node_modules`, `${from}/opt/nodejs`] });
    } catch {
      throw error;
    }
  }
};
extensions['.cts'] = undefined;
syncBuiltinESMExports();

process.cwd = () => '/var/task';
for (const level of ['log', 'info', 'debug', 'warn', 'error', 'trace']) console[level] = (...args) => void logs.push(format(...args));

const payloadOf = (error) => (error instanceof Error ? { errorType: error.name, errorMessage: error.message, trace: String(error.stack).split('\n') } : { errorType: typeof error, errorMessage: String(error), trace: [] });
const exited = (code) => ({ errorType: 'Runtime.ExitError', errorMessage: code === 0 ? 'Error: Runtime exited without providing a reason' : `Error: Runtime exited with error: exit status ${code}`, trace: [] });
class Exit extends Error {}
process.exit = (code = process.exitCode ?? 0) => {
  endInvocation({ error: exited(code), dead: true });
  throw new Exit();
};
let major = 22;
process.on('unhandledRejection', (reason) => {
  if (reason instanceof Exit) return;
  const shown = reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
  const { trace } = payloadOf(reason);
  endInvocation({ error: major >= 24 ? exited(1) : { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: shown, trace }, dead: true });
});
process.on('uncaughtException', (error) => {
  if (error instanceof Exit) return;
  endInvocation({ error: major >= 24 ? exited(1) : payloadOf(error), dead: true });
});

async function loadHandler(handler) {
  const dot = handler.lastIndexOf('.');
  const base = join(root, 'var/task', handler.slice(0, dot));
  const file = ['.js', '.mjs', '.cjs', '.ts', '.mts'].map((extension) => base + extension).find((path) => fs.existsSync(path));
  if (file === undefined) throw new Error(`there is no file for ${handler}`);
  const isCommonJs = file.endsWith('.cjs') || (file.endsWith('.js') && !/"type":\s*"module"/.test(fs.existsSync(`${root}/var/task/package.json`) ? fs.readFileSync(`${root}/var/task/package.json`, 'utf8') : ''));
  const module = isCommonJs ? require(file) : await import(pathToFileURL(file).href);
  return module[handler.slice(dot + 1)];
}

function contextOf(one, invocation) {
  const deadline = Date.now() + one.timeoutSec * 1000;
  const context = { functionVersion: '$LATEST', functionName: one.functionName, memoryLimitInMB: '128', logGroupName: `/aws/lambda/${one.functionName}`, logStreamName: 'stream', invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${one.functionName}`, awsRequestId: crypto.randomUUID(), getRemainingTimeInMillis: () => deadline - Date.now() };
  if (major < 24) Object.assign(context, { callbackWaitsForEmptyEventLoop: true, done: (error, value) => invocation(error ? { error: payloadOf(error) } : { value }), succeed: (value) => invocation({ value }), fail: (error) => invocation({ error: payloadOf(error) }) });
  return context;
}

/** One event: a value, or what an error is told as. */
function invoke(one, handler, event) {
  return new Promise((done) => {
    endInvocation = done;
    const context = contextOf(one, done);
    // @simplified a callback's value does not wait for the event loop to run empty
    const callback = (error, value) => done(error ? { error: payloadOf(error) } : { value });
    try {
      const result = major >= 24 ? handler(event, context) : handler(event, context, callback);
      if (major >= 24 || typeof result?.then === 'function') Promise.resolve(result).then((value) => done({ value }), (error) => (error instanceof Exit ? undefined : done({ error: payloadOf(error) })));
      else if (handler.length < 3) done({ value: null });
    } catch (error) {
      if (!(error instanceof Exit)) done({ error: payloadOf(error) });
    }
  });
}

async function runCase(one) {
  root = one.root;
  logs = [];
  major = Number(/\d+/.exec(one.runtime)[0]);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, one.environment, { HOME: ownEnvironment.HOME });
  const results = [];
  let handler;
  for (const event of one.events) {
    let outcome;
    try {
      handler ??= await loadHandler(one.handler);
      outcome = await invoke(one, handler, structuredClone(event));
      if (outcome.error === undefined) outcome = { value: JSON.parse(JSON.stringify(outcome.value ?? null)) };
    } catch (error) {
      outcome = { error: payloadOf(error) };
    }
    if (outcome.dead === true) handler = undefined;
    results.push(outcome);
  }
  const text = JSON.stringify({ results, logs });
  return JSON.parse(text.replaceAll(`file://${root}`, 'file://').replaceAll(root, ''));
}

process.on('message', (message) => {
  if (message.kind === 'fetched') {
    open.get(message.id).done(message);
    open.delete(message.id);
    return;
  }
  if (message.kind === 'answer') {
    const { done, fail } = open.get(message.id);
    open.delete(message.id);
    if (message.failure !== undefined) fail(new Error(message.failure));
    else done({ response: { statusCode: message.statusCode, headers: message.headers, body: Readable.from([Buffer.from(message.body, 'base64')]) } });
    return;
  }
  if (message.kind === 'end') nodeExit(0);
  runCase(message).then(
    (outcome) => process.send({ kind: 'outcome', outcome }),
    (error) => process.send({ kind: 'outcome', outcome: { results: [], logs: [], failure: String(error.stack) } }),
  );
});
process.send({ kind: 'ready' });
