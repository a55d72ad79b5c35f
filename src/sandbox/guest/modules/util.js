/** node:util. @source Node.js 22 docs, util */
import { TextDecoder, TextEncoder, invalidArgument } from '../core/buffer.js';
import { customInspect, format, formatWithOptions, inspect, isBranded, typedArrayName } from '../core/inspect.js';
import { isError } from '../core/stacks.js';

const CUSTOM = Symbol.for('nodejs.util.promisify.custom');

export function promisify(original) {
  if (typeof original !== 'function') throw invalidArgument('original', 'of type function', original);
  if (original[CUSTOM]) return original[CUSTOM];
  function promisified(...args) {
    return new Promise((resolve, reject) => {
      Reflect.apply(original, this, [...args, (error, value) => (error ? reject(error) : resolve(value))]);
    });
  }
  Object.setPrototypeOf(promisified, Object.getPrototypeOf(original));
  Object.defineProperty(promisified, 'name', { value: original.name, configurable: true });
  return promisified;
}
promisify.custom = CUSTOM;

export function callbackify(original) {
  return function callbackified(...args) {
    const callback = args.pop();
    Reflect.apply(original, this, args).then(
      (value) => globalThis.process.nextTick(callback, null, value),
      (reason) => globalThis.process.nextTick(callback, reason ?? new Error('Promise was rejected with a falsy value')),
    );
  };
}

const tagOf = (value) => Object.prototype.toString.call(value).slice(8, -1);
export const types = {
  isPromise: (value) => value instanceof Promise,
  isDate: (value) => isBranded(value, 'date'),
  isRegExp: (value) => isBranded(value, 'regexp'),
  isMap: (value) => isBranded(value, 'map'),
  isSet: (value) => isBranded(value, 'set'),
  isWeakMap: (value) => isBranded(value, 'weakMap'),
  isWeakSet: (value) => isBranded(value, 'weakSet'),
  isNativeError: (value) => isError(value),
  isArrayBuffer: (value) => isBranded(value, 'buffer'),
  isAnyArrayBuffer: (value) => isBranded(value, 'buffer') || tagOf(value) === 'SharedArrayBuffer',
  isArrayBufferView: (value) => ArrayBuffer.isView(value),
  isTypedArray: (value) => typedArrayName(value) !== undefined,
  isUint8Array: (value) => typedArrayName(value) === 'Uint8Array',
  isDataView: (value) => isBranded(value, 'view'),
  isAsyncFunction: (value) => typeof value === 'function' && tagOf(value).startsWith('Async'),
  isGeneratorFunction: (value) => typeof value === 'function' && tagOf(value).endsWith('GeneratorFunction'),
  isGeneratorObject: (value) => tagOf(value) === 'Generator' || tagOf(value) === 'AsyncGenerator',
  isBoxedPrimitive: (value) => typeof value === 'object' && value !== null && ['number', 'string', 'boolean', 'bigint', 'symbol'].some((brand) => isBranded(value, brand)),
  isSymbolObject: (value) => typeof value === 'object' && isBranded(value, 'symbol'),
  isNumberObject: (value) => typeof value === 'object' && value !== null && isBranded(value, 'number'),
  isStringObject: (value) => typeof value === 'object' && value !== null && isBranded(value, 'string'),
  isBooleanObject: (value) => typeof value === 'object' && value !== null && isBranded(value, 'boolean'),
};

/** Structural equality as assert.deepStrictEqual has it. */
export function isDeepStrictEqual(a, b) {
  return deepEqual(a, b, true, []);
}

export function deepEqual(a, b, strict, seen) {
  if (strict ? Object.is(a, b) : a == b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (seen.some(([x, y]) => x === a && y === b)) return true;
  const pairs = [...seen, [a, b]];
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (isBranded(a, 'date') !== isBranded(b, 'date') || (isBranded(a, 'date') && a.getTime() !== b.getTime())) return false;
  if (isBranded(a, 'regexp') && String(a) !== String(b)) return false;
  if (isError(a) && (!isError(b) || a.message !== b.message || a.name !== b.name)) return false;
  if (isBranded(a, 'set')) return isBranded(b, 'set') && a.size === b.size && [...a].every((item) => b.has(item) || [...b].some((other) => deepEqual(item, other, strict, pairs)));
  if (isBranded(a, 'map')) return isBranded(b, 'map') && a.size === b.size && [...a].every(([key, value]) => (b.has(key) ? deepEqual(value, b.get(key), strict, pairs) : [...b].some(([otherKey, other]) => deepEqual(key, otherKey, strict, pairs) && deepEqual(value, other, strict, pairs))));
  if (typedArrayName(a) !== undefined) return typedArrayName(a) === typedArrayName(b) && a.length === b.length && a.every((item, at) => Object.is(item, b[at]));
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && deepEqual(a[key], b[key], strict, pairs));
}

export function inherits(constructor, parent) {
  Object.defineProperty(constructor, 'super_', { value: parent, writable: true, configurable: true });
  Object.setPrototypeOf(constructor.prototype, parent.prototype);
}

export function deprecate(fn, message, code) {
  let warned = false;
  return function deprecated(...args) {
    if (!warned) globalThis.console.warn(`(node:2) ${code ? `[${code}] ` : ''}DeprecationWarning: ${message}`);
    warned = true;
    return Reflect.apply(fn, this, args);
  };
}

/** @source Node.js docs: stripVTControlCharacters */
export const stripVTControlCharacters = (text) => String(text).replace(/\u001b\[[0-9;?]*[A-Za-z]|\u001b\][^\u0007]*\u0007/g, '');
export const styleText = (_, text) => String(text);
export const toUSVString = (text) => String(text).toWellFormed();
export const debuglog = () => Object.assign(() => {}, { enabled: false });

const util = {
  promisify,
  callbackify,
  inspect,
  format,
  formatWithOptions,
  types,
  isDeepStrictEqual,
  inherits,
  deprecate,
  stripVTControlCharacters,
  styleText,
  toUSVString,
  debuglog,
  TextEncoder,
  TextDecoder,
  isArray: Array.isArray,
};
export { format, formatWithOptions, inspect, customInspect };
export default util;
