/** The only door out of the guest: takes the engine's host functions away from the global object, and wraps them. */
const { __host: rawHost, __hostBytes: rawBytes, __evalScript: rawEvaluate } = globalThis;
delete globalThis.__host;
delete globalThis.__hostBytes;
delete globalThis.__evalScript;

/** Captured before user code can replace them. */
export const { parse, stringify } = JSON;
export const { apply, ownKeys } = Reflect;
export const PromiseCtor = Promise;
const { then } = Promise.prototype;
export const promiseThen = (promise, onFulfilled, onRejected) => apply(then, promise, [onFulfilled, onRejected]);
export const promiseResolve = Promise.resolve.bind(Promise);
export const enqueue = queueMicrotask;
const DateCtor = Date;
export const nowMs = DateCtor.now;
const { toISOString } = DateCtor.prototype;
export const isoNow = () => apply(toISOString, new DateCtor(), []);
export const ErrorCtor = Error;

/** A record without a prototype: nothing that user code did to Object.prototype shows in it. */
export const record = (members) => Object.assign(Object.create(null), members);

const FAILURE = '{"error":';
function isFailure(reply) {
  for (let i = 0; i < FAILURE.length; i++) if (reply[i] !== FAILURE[i]) return false;
  return true;
}

/** A failure that the host answered: plain data, turned into the right error by whoever asked. */
export class HostRefusal {
  constructor(error) {
    this.error = error;
  }
}

/** A call by JSON; throws HostRefusal. */
export function host(op, members) {
  const reply = rawHost(op, stringify(record(members)));
  if (isFailure(reply)) throw new HostRefusal(parse(reply).error);
  return parse(reply);
}

/** A call with bytes in (a Uint8Array) or out (answers a Uint8Array, or the JSON value of a text reply). */
export function hostBytes(op, members, bytes) {
  const json = stringify(record(members));
  const reply = bytes === undefined ? rawBytes(op, json) : rawBytes(op, json, exactBuffer(bytes));
  if (typeof reply !== 'string') return new Uint8Array(reply);
  if (isFailure(reply)) throw new HostRefusal(parse(reply).error);
  return parse(reply);
}

function exactBuffer(bytes) {
  if (bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength) return bytes.buffer;
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

/** Evaluates a classic script under a file name. */
export const evaluateScript = (file, source) => rawEvaluate(file, source);
/** Evaluates an ES module now: its namespace, or a promise of it when something in it waits. */
export const evaluateModule = (file, source) => rawEvaluate(file, source, 'module');
