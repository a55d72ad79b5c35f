/** The Lambda runtime's loop in the guest: loads the handler, hands it events, and tells results and failures. @source aws/lambda.md §3 */
import { host, HostRefusal, parse, promiseResolve, promiseThen, stringify } from './host.js';
import { deliver, guarded, hasImmediates, pendingCount, rejections, runImmediates, runTicks, setUncaughtHandler } from './event-loop.js';
import { writeErrorFields, writeErrorLog, writeLog, writeRaw } from './console.js';
import { beginProcess, emitProcess, process } from './process.js';
import { errorPayload, isError, lastSyntaxError, stackLines } from './stacks.js';
import { loadFile, refusedError } from './commonjs.js';
import { inspect } from './inspect.js';
import { nodeMajor, state } from './state.js';
import { seedRandom } from './random.js';

const CALLBACKS_GONE = 'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.';
const CALLBACKS_WARNING = 'AWS Lambda plans to remove support for callback-based function handlers starting with Node.js 24. You will need to update this function to use an async handler to use Node.js 24 or later. For more information and to provide feedback on this change, see https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/issues/137. To disable this warning, set the AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING environment variable.';

/** More than any response that Lambda takes (6,291,556 bytes). */
const RESPONSE_CHARS = 6_400_000;

/** `errorType`, `errorMessage` and trace of a failure to load. */
class InitError extends Error {
  constructor(type, message, o = {}) {
    super(message);
    this.name = type;
    this.cause_ = o.cause;
    this.place = o.place;
  }
}

function initPayload(error) {
  if (!(error instanceof InitError)) return errorPayload(error);
  const trace = [`${error.name}: ${error.message}`, ...(error.cause_ === undefined ? [] : stackLines(error.cause_).filter((line) => line.startsWith('    at ')))];
  return { errorType: error.name, errorMessage: error.message, trace };
}

/** `dir/index.handler` → file without extension, and the path to the export. @source aws/lambda.md §3.1 */
function splitHandler(text) {
  if (text.includes('..')) throw new InitError('Runtime.MalformedHandlerName', `'${text}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`);
  const slash = text.lastIndexOf('/');
  const name = text.slice(slash + 1);
  const dot = name.indexOf('.');
  if (dot <= 0 || dot === name.length - 1) throw new InitError('Runtime.MalformedHandlerName', 'Bad handler');
  return { file: text.slice(0, slash + 1) + name.slice(0, dot), path: name.slice(dot + 1).split('.') };
}

/** What require() makes of a path without a file of its own: a folder with an index or a package.json. @source aws/lambda.md §3.1 */
function resolveAsRequire(path) {
  try {
    return host('module.resolve', { specifier: path, from: '/var/task/index' });
  } catch {
    return undefined;
  }
}

const EXTENSIONS = ['', '.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'];
function findFile(file) {
  const base = file[0] === '/' ? file : `/var/task/${file}`;
  const found = EXTENSIONS.map((extension) => base + extension).find((path) => host('task.stat', { path })?.kind === 'file');
  if (found !== undefined) return host('module.resolve', { specifier: found, from: '/var/task/index' });
  const resolved = resolveAsRequire(base);
  if (resolved !== undefined) return resolved;
  throw new InitError('Runtime.ImportModuleError', `Error: Cannot find module '${file.slice(file.lastIndexOf('/') + 1)}'\nRequire stack:\n- /var/runtime/index.mjs`);
}

/** A failure of loading as the runtime names it. */
function loadFailure(error) {
  if (error instanceof InitError) return error;
  if (error instanceof HostRefusal) return loadFailure(refusedError(error, []));
  if (error instanceof SyntaxError) return syntaxFailure(error);
  const { message } = errorPayload(error);
  const text = isError(error) ? String(error.message) : message;
  const missing = isError(error) && (error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND' || /^Cannot find (module|package) '/.test(text));
  return missing ? new InitError('Runtime.ImportModuleError', `Error: ${text}`, { cause: error }) : error;
}

function syntaxFailure(error) {
  const seen = lastSyntaxError.current;
  const message = String(error.message);
  const located = seen !== undefined && seen.message === message;
  const told = host('module.syntax', located ? { name: seen.file, line: seen.line, column: seen.column, message } : { name: '', line: 0, column: 0, message });
  const failure = new InitError('Runtime.UserCodeSyntaxError', `SyntaxError: ${told?.message ?? message}`, located ? { place: { file: seen.file, line: told?.line ?? seen.line, column: told?.column ?? seen.column } } : { cause: error });
  if (located) failure.cause_ = { stack: `\n    at ${failure.place.file}:${failure.place.line}` };
  return failure;
}

function failInit(given) {
  // The engine's own promise of the module's evaluation has no other handler.
  for (const [promise, reason] of [...rejections]) if (reason === given) rejections.delete(promise);
  const error = loadFailure(given);
  const payload = initPayload(error);
  writeErrorFields(nodeMajor() >= 24 ? 'Init Error' : 'Uncaught Exception', { errorType: payload.errorType, errorMessage: payload.errorMessage, stack: payload.trace });
  host('init-error', { ...payload, ...error.place });
}

function takeHandler(exports, path, name) {
  let target = exports;
  let owner;
  for (const part of path) {
    owner = target;
    target = target?.[part] ?? (target === exports ? exports?.default?.[part] : undefined);
  }
  if (target === undefined || target === null) throw new InitError('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof target !== 'function') throw new InitError('Runtime.HandlerNotFound', `${name} is not a function`);
  if (nodeMajor() >= 24 && target.length >= 3) throw new InitError('Runtime.CallbackHandlerDeprecated', `ERROR: ${CALLBACKS_GONE}`);
  if (nodeMajor() < 24 && target.length >= 3 && process.env.AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING === undefined) writeLog('WARN', CALLBACKS_WARNING);
  return owner === exports ? target : target.bind(owner);
}

export function load(json) {
  const input = parse(json);
  state.runtime = input.runtime;
  state.handlerName = input.handler;
  state.programs = input.programs;
  state.heapBytesMax = input.heapBytesMax;
  state.architecture = input.architecture ?? 'x86_64';
  state.jsonLogs = input.environment.AWS_LAMBDA_LOG_FORMAT === 'JSON';
  seedRandom();
  beginProcess(input.environment);
  let loading;
  try {
    const { file, path } = splitHandler(input.handler);
    const found = findFile(file);
    const done = (exports) => {
      state.handler = takeHandler(exports, path, input.handler);
      host('ready', {});
    };
    if (found.format === 'module') loading = promiseThen(import(found.name), done);
    else done(loadFile(found.name, found.format, undefined).exports);
  } catch (error) {
    failInit(error);
    return '';
  }
  if (loading !== undefined) promiseThen(loading, undefined, failInit);
  runTicks();
  return '';
}

const W3C_FIELDS = ['traceparent', 'tracestate', 'baggage'];
/** W3C trace fields of a client context, which is without them then. @source AWS's Node.js runtime client from 24 on, context-builder (lambda.md §3.2) */
function takeW3c(clientContext) {
  const fields = {};
  const source = clientContext?.w3c;
  if (typeof clientContext === 'object' && clientContext !== null) delete clientContext.w3c;
  if (typeof source === 'object' && source !== null && !Array.isArray(source)) for (const name of W3C_FIELDS) if (typeof source[name] === 'string') fields[name] = source[name];
  return Object.freeze(fields);
}

/** The context object. @source aws/lambda.md §3.2 */
function makeContext(data, invocation) {
  const clientContext = data.clientContext === undefined ? undefined : parse(data.clientContext);
  const w3c = nodeMajor() >= 24 ? takeW3c(clientContext) : undefined;
  const context = {
    ...(nodeMajor() < 24 ? { callbackWaitsForEmptyEventLoop: true } : {}),
    functionVersion: data.functionVersion,
    functionName: data.functionName,
    memoryLimitInMB: data.memoryLimitInMB,
    logGroupName: data.logGroupName,
    logStreamName: data.logStreamName,
    clientContext,
    identity: data.identity === undefined ? undefined : parse(data.identity),
    invokedFunctionArn: data.invokedFunctionArn,
    awsRequestId: data.awsRequestId,
    ...(nodeMajor() >= 24 ? { xRayTraceId: data.traceId, w3c: () => w3c } : {}),
    getRemainingTimeInMillis: () => Math.floor(data.deadlineEpochUs / 1000) - Date.now(),
  };
  if (nodeMajor() < 24) {
    context.done = (error, value) => invocation.finish(error, value);
    context.succeed = (value) => invocation.finish(null, value);
    context.fail = (error) => invocation.finish(error ?? 'handled');
  }
  return context;
}

/** One event in the handler's hands. Its outcome is told once. */
class Invocation {
  told = false;
  /** A callback's value that waits for the event loop to run empty. */
  waiting = undefined;
  /** A handler of the old kind that returned nothing: `null` when the loop is empty. */
  endsEmpty = false;

  succeed(value) {
    if (this.told) return;
    let text;
    try {
      text = stringify(value === undefined ? null : value) ?? 'null';
    } catch {
      this.fail(unserializable());
      return;
    }
    this.told = true;
    // A longer one is refused for its length: what it says does not matter any more.
    host('result', { ok: true, value: text.length > RESPONSE_CHARS ? text.slice(0, RESPONSE_CHARS) : text });
  }
  fail(error) {
    if (this.told) return;
    this.told = true;
    writeErrorLog('Invoke Error', error);
    host('result', { ok: false, error: errorPayload(error) });
  }
  finish(error, value) {
    if (error !== null && error !== undefined) this.fail(error);
    else this.succeed(value);
  }
}

function unserializable() {
  const error = new Error('Unable to stringify response body');
  if (nodeMajor() >= 24) error.name = 'Runtime.JSONStringifyError';
  return error;
}

export function invoke(json) {
  const { event: eventText, context: data } = parse(json);
  state.requestId = data.awsRequestId;
  if (data.traceId !== undefined) process.env._X_AMZN_TRACE_ID = data.traceId;
  else delete process.env._X_AMZN_TRACE_ID;
  const invocation = new Invocation();
  state.invocation = invocation;
  const context = makeContext(data, invocation);
  let result;
  try {
    const event = parse(eventText);
    if (nodeMajor() >= 24) result = state.handler(event, context);
    else {
      const callback = (error, value) => {
        if (invocation.told || invocation.waiting !== undefined) return;
        if (error !== null && error !== undefined) invocation.fail(error);
        else if (context.callbackWaitsForEmptyEventLoop === false) invocation.succeed(value);
        else invocation.waiting = { value };
      };
      result = state.handler(event, context, callback);
    }
  } catch (error) {
    invocation.fail(error);
    runTicks();
    return '';
  }
  if (nodeMajor() >= 24 || (result !== null && (typeof result === 'object' || typeof result === 'function') && typeof result.then === 'function')) {
    promiseThen(promiseResolve(result), (value) => invocation.succeed(value), (error) => invocation.fail(error));
  } else invocation.endsEmpty = true;
  runTicks();
  return '';
}

export function wake(json) {
  for (const one of parse(json)) guarded(() => deliver(one));
  runTicks();
  return '';
}

export const pending = () => String(pendingCount() + (hasImmediates() ? 1 : 0));

/** A turn of the loop: ticks, immediates, rejections nobody handled, a loop that ran empty. */
export function settle() {
  if (runTicks()) return 'again';
  if (tellRejections()) return 'again';
  if (runImmediates()) {
    runTicks();
    return 'again';
  }
  const { invocation } = state;
  if (invocation !== undefined && !invocation.told && pendingCount() === 0) {
    if (invocation.waiting !== undefined) invocation.succeed(invocation.waiting.value);
    else if (invocation.endsEmpty) invocation.succeed(null);
    else if (nodeMajor() < 24 && emptyOnce(invocation)) return 'again';
  }
  return 'done';
}

/** Node's beforeExit: listeners may start work again. */
function emptyOnce(invocation) {
  if (invocation.emptied === true || process.listenerCount('beforeExit') === 0) return false;
  invocation.emptied = true;
  guarded(() => emitProcess('beforeExit', process.exitCode ?? 0));
  return true;
}

let previous;
let latest;
/**
 * Promises that were rejected without a handler. When a module throws as it is imported, the engine rejects a promise of its own that
 * nobody can see, and right after it the one that it handles itself, for the same reason: neither is anybody's mistake.
 */
export function rejection(promise, reason, handled) {
  if (!handled) {
    rejections.set(promise, reason);
    previous = latest;
    latest = { promise, reason };
    return;
  }
  rejections.delete(promise);
  if (latest?.promise === promise && previous?.reason === reason) rejections.delete(previous.promise);
  previous = undefined;
  latest = undefined;
}

function tellRejections() {
  previous = undefined;
  latest = undefined;
  if (rejections.size === 0) return false;
  const all = [...rejections];
  rejections.clear();
  for (const [promise, reason] of all) unhandledRejection(reason, promise);
  return true;
}

/** @source aws/lambda.md §3.4: up to 22 the runtime reports it; from 24 on Node prints it and exits with 1 */
function unhandledRejection(reason, promise) {
  if (process.listenerCount('unhandledRejection') > 0) {
    guarded(() => emitProcess('unhandledRejection', reason, promise));
    return;
  }
  if (nodeMajor() < 24) {
    const text = isError(reason) ? String(errorPayload(reason).errorMessage) : errorPayload(reason).errorMessage;
    const shown = isError(reason) ? `${errorPayload(reason).errorType}: ${text}` : text;
    const trace = [`Runtime.UnhandledPromiseRejection: ${shown}`, ...(isError(reason) ? stackLines(reason).filter((line) => line.startsWith('    at ')) : [])];
    writeErrorFields('Unhandled Promise Rejection', { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: shown, reason, promise: {}, stack: trace });
    host('unhandled-rejection', { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: shown, trace });
    return;
  }
  uncaughtInNode(isError(reason) ? reason : notAnError(reason));
}

function notAnError(reason) {
  const error = new Error(`This error originated either by throwing inside of an async function without a catch block, or by rejecting a promise which was not handled with .catch(). The promise rejected with the reason "${inspect(reason)}".`);
  error.name = 'UnhandledPromiseRejection';
  error.code = 'ERR_UNHANDLED_REJECTION';
  return error;
}

function uncaught(error) {
  if (process.listenerCount('uncaughtException') > 0) {
    emitProcess('uncaughtException', error, 'uncaughtException');
    return;
  }
  if (nodeMajor() < 24) {
    writeErrorLog('Uncaught Exception', error);
    host('uncaught-exception', errorPayload(error));
    return;
  }
  uncaughtInNode(error);
}

/** Node without handlers: the stack on stderr, exit code 1. */
function uncaughtInNode(error) {
  let shown;
  try {
    shown = isError(error) ? inspect(error) : `Uncaught:\n${inspect(error)}`;
  } catch {
    shown = 'Uncaught exception';
  }
  writeRaw('stderr', `${shown}\n\nNode.js ${process.version}`);
  host('exit', { code: 1 });
}
setUncaughtHandler(uncaught);
