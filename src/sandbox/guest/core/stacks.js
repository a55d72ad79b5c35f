/** Stacks and messages of errors as V8 words them: installs the one hook that the engine calls for every new error. */
import { apply, host, promiseThen, record } from './host.js';

const { set: setNative } = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
const internalError = globalThis.InternalError?.prototype;
const RangeErrorPrototype = RangeError.prototype;
const errorToString = Error.prototype.toString;
const own = Object.getOwnPropertyDescriptor;
const define = Object.defineProperty;
let userPrepare;
/** Place of the last syntax error in a file: `{file, line, column, message}`. */
export const lastSyntaxError = { current: undefined };

const isInternal = (file) => file === '' || (file[0] === 'n' && file[1] === 'o' && file[2] === 'd' && file[3] === 'e' && file[4] === ':');

/** V8's texts for the engine's own. Each is exact for what can be told from the engine's text. */
const EXACT = {
  __proto__: null,
  "invalid 'instanceof' right operand": "Right-hand side of 'instanceof' is not callable",
  'cannot convert symbol to string': 'Cannot convert a Symbol value to a string',
  'cannot convert symbol to number': 'Cannot convert a Symbol value to a number',
  'cannot convert BigInt to number': 'Cannot mix BigInt and other types, use explicit conversions',
  'BigInt are forbidden in JSON.stringify': 'Do not know how to serialize a BigInt',
  'circular reference': 'Converting circular structure to JSON',
  'invalid string length': 'Invalid string length',
  'string too long': 'Invalid string length',
  'invalid array length': 'Invalid array length',
  'invalid number of digits': 'toFixed() digits argument must be between 0 and 100',
  'empty array': 'Reduce of empty array with no initial value',
  'object is not extensible': 'Cannot add property, object is not extensible',
  'Date value is NaN': 'Invalid time value',
  'expecting hex digit': 'URI malformed',
  'malformed UTF-8': 'URI malformed',
  "class constructors must be invoked with 'new'": "Class constructor cannot be invoked without 'new'",
};

function translated(message, sites) {
  const exact = EXACT[message];
  if (exact !== undefined) return exact;
  if (/^cannot read property 'Symbol.iterator' of (undefined|null)$/.test(message)) return notIterable(sites, message.endsWith('null') ? 'null' : 'undefined');
  if (message === 'Cannot convert undefined or null to object') return undestructurable(sites) ?? message;
  let match = /^cannot (read|set) property '([\s\S]*)' of (undefined|null)$/.exec(message);
  if (match) return `Cannot ${match[1]} properties of ${match[3]} (${match[1] === 'read' ? 'reading' : 'setting'} '${match[2]}')`;
  match = /^(.*) is not initialized$/.exec(message);
  if (match) return `Cannot access '${match[1]}' before initialization`;
  match = /^'(.*)' is read-only$/.exec(message);
  if (match) return assignsConstant(match[1], sites) ? 'Assignment to constant variable.' : `Cannot assign to read only property '${match[1]}' of object`;
  if (message === 'not a function') return `${expressionAt(sites) ?? 'value'} is not a ${isConstruction(sites) ? 'constructor' : 'function'}`;
  if (/^(require|exports|module|__filename|__dirname) is not defined$/.test(message) && sites[0] !== undefined && !sites[0].isNative() && String(sites[0].getFileName())[0] === '/') return `${message} in ES module scope${message[0] === 'r' ? ', you can use import instead' : ''}`;
  if (message === 'not a constructor') return `${expressionAt(sites) ?? 'value'} is not a constructor`;
  if (message === 'value is not iterable') return `${iteratedAt(sites) ?? 'object'} is not iterable`;
  if (message === 'invalid repeat count') return 'Invalid count value';
  if (message === 'invalid BigInt literal') return 'Cannot convert value to a BigInt';
  return undefined;
}

/** Column of a frame in the user's own text. */
function columnOf(site, file) {
  const column = site.getColumnNumber();
  try {
    return host('module.column', { name: file, line: site.getLineNumber(), column });
  } catch {
    return column;
  }
}

/** The text of the line where the top frame stands, or undefined. */
function sourceLine(sites) {
  const site = sites[0];
  if (site === undefined || site.isNative()) return undefined;
  const file = site.getFileName();
  if (typeof file !== 'string' || file[0] !== '/') return undefined;
  try {
    const read = host('task.read', { path: file });
    const line = read?.text.split('\n')[site.getLineNumber() - 1];
    return line === undefined ? undefined : { text: line, at: columnOf(site, file) - 1 };
  } catch {
    return undefined;
  }
}

function isConstruction(sites) {
  const line = sourceLine(sites);
  return line !== undefined && /^new\s/.test(line.text.slice(line.at));
}

/** What was called, as V8 shows it: `o.a.foo`, `this.x`, `(intermediate value).y`. */
function expressionAt(sites) {
  const line = sourceLine(sites);
  if (line === undefined) return undefined;
  const built = /^new\s+([\w$.]+)/.exec(line.text.slice(line.at));
  if (built) return built[1];
  const name = /^\.?\??\.?\s*([\w$]+)/.exec(line.text.slice(line.at));
  const chain = /((?:[\w$]+|\))\??\.)*$/.exec(line.text.slice(0, line.at + (line.text[line.at] === '.' ? 1 : 0)));
  if (name === null) return undefined;
  const before = (chain?.[0] ?? '').replace(/^.*\)\??\./, '(intermediate value).').replaceAll('?.', '.');
  return `${before}${name[1]}`;
}

function notIterable(sites, value) {
  const line = sourceLine(sites);
  const simple = line === undefined ? undefined : (/\bof\s+([\w$.]+)\s*\)/.exec(line.text) ?? /\.\.\.\s*([\w$.]+)/.exec(line.text) ?? /\]\s*=\s*([\w$]+)\s*[;,)]?\s*$/.exec(line.text))?.[1];
  return simple === undefined ? `${value} is not iterable (cannot read property Symbol(Symbol.iterator))` : `${simple} is not iterable`;
}

/** @simplified the engine does not tell null from undefined here; undefined is what a missing member is */
function undestructurable(sites) {
  const line = sourceLine(sites);
  const match = line === undefined ? null : /\b(?:const|let|var)\s*\{\s*([\w$]+)[^{}]*\}\s*=\s*(await\s+)?([\w$.]+)\s*[;,]?\s*(?:$|\w)/.exec(line.text.slice(Math.max(0, line.at - 1)));
  if (match === null) return undefined;
  return `Cannot destructure property '${match[1]}' of '${match[2] ? '(intermediate value)' : match[3]}' as it is undefined.`;
}

function iteratedAt(sites) {
  const line = sourceLine(sites);
  if (line === undefined) return undefined;
  return (/\bof\s+([\w$.]+)/.exec(line.text) ?? /\.\.\.\s*([\w$.]+)/.exec(line.text) ?? /[\]]\s*=\s*([\w$.]+)/.exec(line.text))?.[1];
}

function assignsConstant(name, sites) {
  const line = sourceLine(sites);
  return line === undefined || !new RegExp(`[.\\]]\\s*${name.replace(/[$]/g, '\\$&')}\\b`).test(line.text);
}

/** `    at handler (/var/task/index.mjs:3:9)`; undefined for frames of the prelude. */
function frame(site) {
  if (site.isNative()) {
    const name = site.getFunctionName();
    return name ? `    at ${name} (<anonymous>)` : undefined;
  }
  const file = site.getFileName();
  if (typeof file !== 'string' || isInternal(file) || file === '<input>') return undefined;
  const place = `${file}:${site.getLineNumber()}:${columnOf(site, file)}`;
  const name = site.getFunctionName();
  if (!name || name === '<eval>' || name === '<anonymous>') return `    at ${place}`;
  return `    at ${isClass(site.getFunction()) ? 'new ' : ''}${name} (${place})`;
}

/** A class only ever runs by `new`; its prototype cannot be replaced, unlike that of a function. */
function isClass(value) {
  return typeof value === 'function' && own(value, 'prototype')?.writable === false;
}

/** V8 leaves out the constructors of the error itself. */
function firstFrame(error, sites) {
  const prototype = Object.getPrototypeOf(error);
  const constructor = prototype === null ? undefined : own(prototype, 'constructor')?.value;
  let first = 0;
  if (typeof constructor === 'function' && constructor !== Error) {
    for (let i = 0; i < sites.length; i++) if (sites[i].getFunction() === constructor) first = i + 1;
  }
  return first;
}

function frames(error, sites) {
  const lines = [];
  for (let i = firstFrame(error, sites); i < sites.length; i++) {
    const line = frame(sites[i]);
    if (line !== undefined) lines[lines.length] = line;
  }
  // Native frames at the end called nothing of the user's: they are the prelude's own.
  while (lines.length > 0 && lines[lines.length - 1].endsWith('(<anonymous>)')) lines.length--;
  return lines;
}


function noteSyntax(error, sites) {
  const site = sites[0];
  if (site === undefined || site.isNative() || site.getFunctionName()) return;
  const file = site.getFileName();
  if (typeof file === 'string' && file[0] === '/') lastSyntaxError.current = { file, line: site.getLineNumber(), column: site.getColumnNumber(), message: own(error, 'message')?.value };
}

function header(error) {
  try {
    return `${apply(errorToString, error, [])}`;
  } catch {
    return 'Error';
  }
}

/** While brands of values are probed, failures are nobody's errors. */
export const probing = { on: false };

let capturing = false;
function prepare(error, sites) {
  // The engine asks again when an error is thrown on: it keeps the places where it was made.
  if (probing.on || (!capturing && isOurs(error))) return '';
  const message = own(error, 'message');
  if (message !== undefined && typeof message.value === 'string') {
    if (Object.getPrototypeOf(error) === internalError) {
      if (message.value === 'out of memory') host('out-of-memory', {});
      // V8 has no such class.
      Object.setPrototypeOf(error, RangeErrorPrototype);
    }
    const text = translated(message.value, sites);
    if (text !== undefined) define(error, 'message', { __proto__: null, value: text, writable: true, enumerable: false, configurable: true });
    if (error instanceof SyntaxError) noteSyntax(error, sites);
  }
  if (typeof userPrepare === 'function') return keep(error, undefined, userPrepare(error, sites));
  const lines = frames(error, sites);
  let places = '';
  for (let i = 0; i < lines.length; i++) places += `\n${lines[i]}`;
  return keep(error, places, undefined);
}

const { get: recordOf, set: setRecord } = WeakMap.prototype;
/** Error → the places where it was made, and its stack's text once that was read. */
const stacks = new WeakMap();
/** Shared by all errors: as in Node, the text begins with the name and message that the error has when its stack is first read. */
const stackAccessor = own(
  {
    get stack() {
      const kept = apply(recordOf, stacks, [this]);
      if (kept === undefined) return undefined;
      if (kept.read !== undefined) return apply(kept.read, this, []);
      if (kept.text === undefined) kept.text = header(this) + kept.places;
      return kept.text;
    },
    set stack(text) {
      const kept = isObject(this) ? apply(recordOf, stacks, [this]) : undefined;
      if (kept !== undefined) kept.text = text;
    },
  },
  'stack',
);
const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

function isOurs(error) {
  return apply(recordOf, stacks, [error]) !== undefined && own(error, 'stack')?.get === stackAccessor.get;
}

/** Whether a stack of ours was given another definition. */
function redefined(error, descriptor) {
  if (!isObject(error) || !isOurs(error)) return false;
  const kept = apply(recordOf, stacks, [error]);
  kept.read = descriptor.get;
  kept.text = descriptor.value;
  return true;
}
const replaceMethod = (object, holder) => define(object, 'defineProperty', { value: holder.defineProperty, writable: true, enumerable: false, configurable: true });
const { defineProperty: reflectDefine } = Reflect;
replaceMethod(Object, {
  defineProperty(object, key, descriptor) {
    return key === 'stack' && redefined(object, descriptor) ? object : define(object, key, descriptor);
  },
});
replaceMethod(Reflect, {
  defineProperty(object, key, descriptor) {
    return key === 'stack' && redefined(object, descriptor) ? true : reflectDefine(object, key, descriptor);
  },
});

/** The engine would put a text there after this; it leaves what cannot be redefined alone. */
function keep(error, places, text) {
  try {
    if (!isOurs(error)) define(error, 'stack', { __proto__: null, get: stackAccessor.get, set: stackAccessor.set, enumerable: false, configurable: false });
    apply(setRecord, stacks, [error, { places, text }]);
  } catch {
    // sealed, or a proxy: a text now
  }
  return text ?? header(error) + places;
}

apply(setNative, Error, [prepare]);
const { captureStackTrace } = Error;
const capture = {
  captureStackTrace(object, above = capture) {
    const before = capturing;
    capturing = true;
    try {
      apply(captureStackTrace, Error, [object, above]);
    } finally {
      capturing = before;
    }
  },
}.captureStackTrace;
define(Error, 'captureStackTrace', { value: capture, writable: true, enumerable: false, configurable: true });
Object.defineProperty(Error, 'prepareStackTrace', {
  configurable: true,
  enumerable: false,
  get: () => userPrepare,
  set(value) {
    userPrepare = value;
  },
});

/** Gives what a promise fails with the places where it was asked for, as Node's stacks have them for awaited calls. */
export function withPlaces(promise) {
  const here = {};
  Error.captureStackTrace(here);
  const { places = '' } = apply(recordOf, stacks, [here]) ?? {};
  return promiseThen(promise, undefined, (error) => {
    const kept = isObject(error) ? apply(recordOf, stacks, [error]) : undefined;
    if (kept !== undefined && kept.text === undefined) kept.places += places.replaceAll('\n    at ', '\n    at async ');
    throw error;
  });
}

/** Lines of an error's stack, its own header first. */
export function stackLines(error) {
  let stack;
  try {
    stack = error.stack;
  } catch {
    stack = undefined;
  }
  return typeof stack === 'string' ? stack.split('\n') : [];
}

/** A thrown value as the runtime reports it. @source aws/lambda.md §3.4 */
export function errorPayload(error) {
  if (isError(error)) {
    const lines = stackLines(error);
    return record({ errorType: safely(() => String(error.name ?? 'Error')) ?? 'Error', errorMessage: safely(() => String(error.message ?? '')) ?? '', trace: lines });
  }
  return record({ errorType: typeof error, errorMessage: safely(() => String(error)) ?? '', trace: [] });
}

export function isError(value) {
  try {
    return value instanceof Error || Error.isError(value);
  } catch {
    return false;
  }
}

function safely(read) {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** The same for a log line: `{"errorType":…,"errorMessage":…,"stack":[…]}` with the error's own members. @source aws/lambda.md §4 */
export function errorForLog(error) {
  const { errorType, errorMessage, trace } = errorPayload(error);
  const shown = record({ errorType, errorMessage });
  if (isError(error)) {
    for (const key of Object.keys(error)) {
      const value = safely(() => error[key]);
      if (key !== 'name' && key !== 'message' && key !== 'stack' && value !== undefined && typeof value !== 'function') shown[key] = value;
    }
  }
  shown.stack = trace;
  return shown;
}
