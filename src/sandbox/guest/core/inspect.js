/** util.inspect and util.format, with Node's line breaking: what console.log prints of any value. @source Node.js 22 docs, util.inspect */
import { apply } from './host.js';
import { isError } from './stacks.js';
import { reduceToSingle } from './inspect-layout.js';
import { brands, constructorName, customInspect, has, IDENTIFIER, isBranded, numberText, objectToString, primitive, propertyIsEnumerable, quoted, typedArrayName } from './inspect-values.js';

export { format, formatWithOptions } from './inspect-format.js';
export { customInspect, isBranded, typedArrayName };

const DEFAULTS = { showHidden: false, depth: 2, colors: false, customInspect: true, showProxy: false, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 80, compact: 3, sorted: false, getters: false, numericSeparator: false };

function prefix(constructor, tag, fallback, size = '') {
  if (constructor === null) return tag !== '' && fallback !== tag ? `[${fallback}${size}: null prototype] [${tag}] ` : `[${fallback}${size}: null prototype] `;
  return tag !== '' && constructor !== tag ? `${constructor}${size} [${tag}] ` : `${constructor}${size} `;
}

function keysOf(object, ctx) {
  const keys = Object.keys(object);
  if (ctx.showHidden) keys.splice(0, keys.length, ...Object.getOwnPropertyNames(object));
  for (const symbol of Object.getOwnPropertySymbols(object)) {
    if (ctx.showHidden || apply(propertyIsEnumerable, object, [symbol])) keys.push(symbol);
  }
  return keys;
}

function propertyText(ctx, object, key, depth, isArrayIndex) {
  const descriptor = Object.getOwnPropertyDescriptor(object, key) ?? { value: object[key], enumerable: true };
  let text;
  if (descriptor.value !== undefined || (descriptor.get === undefined && descriptor.set === undefined)) {
    const difference = isArrayIndex && ctx.compact === 3 ? 2 : isArrayIndex ? 2 : ctx.compact === true ? 2 : ctx.compact !== 3 ? 2 : 3;
    const extra = isArrayIndex ? 2 : difference === 3 ? 2 : difference;
    ctx.indentation += extra;
    text = formatValue(ctx, descriptor.value, depth);
    ctx.indentation -= extra;
  } else if (descriptor.get !== undefined) text = descriptor.set === undefined ? '[Getter]' : '[Getter/Setter]';
  else text = descriptor.set === undefined ? 'undefined' : '[Setter]';
  if (isArrayIndex) return text;
  let name;
  if (typeof key === 'symbol') name = `[${key.toString()}]`;
  else if (key === '__proto__') name = "['__proto__']";
  else if (descriptor.enumerable === false) name = `[${key}]`;
  else name = IDENTIFIER.test(key) ? key : quoted(key);
  return `${name}: ${text}`;
}

function arrayEntries(ctx, array, depth) {
  const out = [];
  const length = Math.min(Math.max(0, ctx.maxArrayLength), array.length);
  let index = 0;
  for (let shown = 0; shown < length && index < array.length; shown++) {
    if (has(array, index)) {
      out.push(propertyText(ctx, array, `${index}`, depth, true));
      index++;
      continue;
    }
    let holes = 0;
    while (index < array.length && !has(array, index) && holes < 1e6) {
      holes++;
      index++;
    }
    out.push(`<${holes} empty item${holes > 1 ? 's' : ''}>`);
  }
  if (index < array.length) out.push(moreItems(array.length - index));
  return out;
}
const moreItems = (count) => `... ${count} more item${count > 1 ? 's' : ''}`;

function typedEntries(ctx, array) {
  const length = Math.min(Math.max(0, ctx.maxArrayLength), array.length);
  const out = [];
  for (let i = 0; i < length; i++) out.push(typeof array[i] === 'bigint' ? `${array[i]}n` : numberText(array[i]));
  if (array.length > length) out.push(moreItems(array.length - length));
  return out;
}

function limitedEntries(ctx, size, each) {
  const out = [];
  const max = Math.max(0, ctx.maxArrayLength);
  each((text) => {
    if (out.length < max) out.push(text());
  });
  if (size > max) out.push(moreItems(size - max));
  return out;
}

function functionBase(value, constructor, tag) {
  const source = Function.prototype.toString.call(value);
  if (source.startsWith('class') && source.endsWith('}')) {
    const name = has(value, 'name') && value.name !== '' ? value.name : '(anonymous)';
    let base = `[class ${name}`;
    if (constructor !== 'Function' && constructor !== null) base += ` [${constructor}]`;
    const parent = Object.getPrototypeOf(value);
    if (parent && parent.name) base += ` extends ${parent.name}`;
    else if (parent === null) base += ' extends null';
    return `${base}]`;
  }
  const kind = typeof value === 'function' && constructor !== null ? constructor : 'Function';
  let base = `[${/^(Async|Generator|AsyncGenerator)Function$/.test(kind) ? kind : 'Function'}`;
  if (constructor === null) base += ' (null prototype)';
  base += value.name === '' || typeof value.name !== 'string' ? ' (anonymous)]' : `: ${value.name}]`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  return base;
}

function errorBase(ctx, error, keys, constructor) {
  let stack = typeof error.stack === 'string' && error.stack !== '' ? error.stack : Error.prototype.toString.call(error);
  const name = typeof error.name === 'string' ? error.name : 'Error';
  for (const hidden of ['name', 'message', 'stack']) {
    const at = keys.indexOf(hidden);
    if (at >= 0 && stack.includes(String(error[hidden]))) keys.splice(at, 1);
  }
  if (has(error, 'cause') && !keys.includes('cause')) keys.push('cause');
  if (Array.isArray(error.errors) && has(error, 'errors') && !keys.includes('errors')) keys.push('errors');
  // A subclass that did not name itself is shown by its class.
  if (constructor !== null && name.endsWith('Error') && stack.startsWith(name) && (stack.length === name.length || stack[name.length] === ':' || stack[name.length] === '\n') && constructor !== name && !constructor.includes(name)) stack = name === 'Error' && constructor.endsWith('Error') ? constructor + stack.slice(name.length) : `${constructor} [${name}]${stack.slice(name.length)}`;
  else if (constructor !== null && name === 'Error' && constructor !== 'Error' && stack.startsWith('Error')) stack = constructor.includes('Error') ? constructor + stack.slice(5) : stack;
  // Name set after construction: the stack still begins with the old one.
  const message = typeof error.message === 'string' ? error.message : '';
  const end = message === '' ? -1 : stack.indexOf(message);
  const at = stack.indexOf('\n    at', end < 0 ? 0 : end + message.length);
  if (at < 0) return `[${stack}]`;
  if (ctx.indentation !== 0) stack = stack.split('\n').join(`\n${' '.repeat(ctx.indentation)}`);
  return stack;
}

/** Braces, own entries and what stands before the braces. */
function shapeOf(ctx, value, depth) {
  const constructor = constructorName(value);
  let tag = '';
  try {
    tag = value[Symbol.toStringTag];
  } catch {
    tag = '';
  }
  if (typeof tag !== 'string' || (tag !== '' && has(value, Symbol.toStringTag))) tag = '';
  let keys = keysOf(value, ctx);
  const shape = (braces, base, entries, o = {}) => ({ braces, base, entries, keys, ...o });
  if (Object.getPrototypeOf(value) === Object.prototype && tag === '' && apply(objectToString, value, []) === '[object Object]') return keys.length === 0 ? shape(null, `${constructor === 'Object' ? '' : prefix(constructor, tag, 'Object')}{}`) : shape([`${constructor === 'Object' ? '' : prefix(constructor, tag, 'Object')}{`, '}'], '');
  if (Array.isArray(value)) {
    keys = keys.filter((key) => typeof key === 'symbol' || !/^(0|[1-9]\d*)$/.test(key)).filter((key) => key !== 'length' || ctx.showHidden);
    const lead = constructor !== 'Array' || tag !== '' ? prefix(constructor, tag, 'Array', `(${value.length})`) : '';
    if (value.length === 0 && keys.length === 0) return shape(null, `${lead}[]`);
    return shape([`${lead}[`, ']'], '', () => arrayEntries(ctx, value, depth), { array: true });
  }
  const typed = typedArrayName(value);
  if (typed !== undefined) {
    keys = keys.filter((key) => typeof key === 'symbol' || !/^(0|[1-9]\d*)$/.test(key));
    const lead = prefix(constructor, tag === typed ? '' : tag, typed, `(${value.length})`);
    if (value.length === 0 && keys.length === 0) return shape(null, `${lead}[]`);
    return shape([`${lead}[`, ']'], '', () => typedEntries(ctx, value), { array: true });
  }
  if (isBranded(value, 'set')) {
    const lead = prefix(constructor, tag === 'Set' ? '' : tag, 'Set', `(${value.size})`);
    if (value.size === 0 && keys.length === 0) return shape(null, `${lead}{}`);
    return shape([`${lead}{`, '}'], '', () => {
      ctx.indentation += 2;
      const out = limitedEntries(ctx, value.size, (add) => Set.prototype.forEach.call(value, (item) => add(() => formatValue(ctx, item, depth))));
      ctx.indentation -= 2;
      return out;
    });
  }
  if (isBranded(value, 'map')) {
    const lead = prefix(constructor, tag === 'Map' ? '' : tag, 'Map', `(${value.size})`);
    if (value.size === 0 && keys.length === 0) return shape(null, `${lead}{}`);
    return shape([`${lead}{`, '}'], '', () => {
      ctx.indentation += 2;
      const out = limitedEntries(ctx, value.size, (add) => Map.prototype.forEach.call(value, (item, key) => add(() => `${formatValue(ctx, key, depth)} => ${formatValue(ctx, item, depth)}`)));
      ctx.indentation -= 2;
      return out;
    });
  }
  return otherShape(ctx, value, { constructor, tag, keys, depth }, shape);
}

function otherShape(ctx, value, { constructor, tag, keys, depth }, shape) {
  const braces = ['{', '}'];
  const withBase = (base) => (keys.length === 0 ? shape(null, base) : shape(braces, base));
  if (typeof value === 'function') return withBase(functionBase(value, constructor, tag));
  if (apply(objectToString, value, []) === '[object Arguments]') return shape(['[Arguments] {', '}'], '');
  if (isBranded(value, 'regexp')) return withBase(`${constructor === 'RegExp' || constructor === null ? '' : `${constructor} `}${RegExp.prototype.toString.call(value)}`);
  if (isBranded(value, 'date')) return withBase(Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString());
  if (isError(value)) {
    const base = errorBase(ctx, value, keys, constructor);
    return withBase(base);
  }
  if (isBranded(value, 'buffer')) {
    const bytes = new Uint8Array(value);
    const shown = [...bytes.subarray(0, 50)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const rest = bytes.length > 50 ? ` ... ${bytes.length - 50} more byte${bytes.length > 51 ? 's' : ''}` : '';
    return shape([`${prefix(constructor, tag === 'ArrayBuffer' ? '' : tag, 'ArrayBuffer')}{`, '}'], '', () => [`[Uint8Contents]: <${shown}${rest}>`, `byteLength: ${bytes.length}`]);
  }
  if (value instanceof Promise) return shape([`${prefix(constructor, tag === 'Promise' ? '' : tag, 'Promise')}{`, '}'], '', () => ['<pending>']);
  if (isBranded(value, 'weakSet')) return shape([`${prefix(constructor, tag === 'WeakSet' ? '' : tag, 'WeakSet')}{`, '}'], '', () => ['<items unknown>']);
  if (isBranded(value, 'weakMap')) return shape([`${prefix(constructor, tag === 'WeakMap' ? '' : tag, 'WeakMap')}{`, '}'], '', () => ['<items unknown>']);
  for (const [brand, name] of [['number', 'Number'], ['boolean', 'Boolean'], ['string', 'String'], ['bigint', 'BigInt'], ['symbol', 'Symbol']]) {
    if (!isBranded(value, brand)) continue;
    if (brand === 'string') keys.splice(0, value.length);
    return withBase(`[${name}: ${primitive(apply(brands[brand], value, []), { ...ctx, maxStringLength: Infinity })}]`);
  }
  if (tag === 'Module' && constructor === null) return shape(['[Module: null prototype] {', '}'], '');
  const lead = constructor === 'Object' && tag === '' ? '' : prefix(constructor, tag, 'Object');
  if (keys.length === 0) return shape(null, `${lead}{}`);
  return shape([`${lead}{`, '}'], '');
}

function formatValue(ctx, value, recurse) {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return primitive(value, ctx);
  if (ctx.customInspect) {
    const custom = value[customInspect];
    if (typeof custom === 'function' && custom !== inspect && !(value.constructor && value.constructor.prototype === value)) {
      const depth = ctx.depth === null ? null : ctx.depth - recurse;
      const result = apply(custom, value, [depth, { ...ctx.options, depth }, inspect]);
      if (result !== value) return typeof result === 'object' && result !== null ? formatValue(ctx, result, recurse) : String(result).replaceAll('\n', `\n${' '.repeat(ctx.indentation)}`);
    }
  }
  if (ctx.seen.includes(value)) {
    let index = ctx.circular.get(value);
    if (index === undefined) {
      index = ctx.circular.size + 1;
      ctx.circular.set(value, index);
    }
    return `[Circular *${index}]`;
  }
  return formatRaw(ctx, value, recurse);
}

function formatRaw(ctx, value, recurse) {
  if (ctx.depth !== null && recurse > ctx.depth) {
    const shallow = shapeOf({ ...ctx, maxArrayLength: 0 }, value, recurse);
    if (shallow.braces === null) return shallow.base;
    const name = constructorName(value);
    const label = Array.isArray(value) ? 'Array' : name === null ? 'Object: null prototype' : name;
    return shallow.base !== '' ? shallow.base : `[${label}]`;
  }
  const shape = shapeOf(ctx, value, recurse + 1);
  if (shape.braces === null) return shape.base;
  ctx.seen.push(value);
  ctx.current = recurse;
  const out = shape.entries === undefined ? [] : shape.entries();
  for (const key of shape.keys) out.push(propertyText(ctx, value, key, recurse + 1, false));
  ctx.seen.pop();
  const { braces } = shape;
  const index = ctx.circular.get(value);
  let { base } = shape;
  if (index !== undefined) {
    if (base !== '') base = `<ref *${index}> ${base}`;
    else braces[0] = `<ref *${index}> ${braces[0]}`;
  }
  if (ctx.sorted) out.sort();
  return reduceToSingle(ctx, out, base, { braces, array: shape.array === true, recurse, value });
}

export function inspect(value, options, ...legacy) {
  const given = typeof options === 'boolean' ? { showHidden: options, ...(legacy[0] === undefined ? {} : { depth: legacy[0] }) } : (options ?? {});
  const all = { ...DEFAULTS, ...given };
  if (all.depth === Infinity) all.depth = null;
  if (all.maxArrayLength === null) all.maxArrayLength = Infinity;
  if (all.maxStringLength === null) all.maxStringLength = Infinity;
  const ctx = { ...all, indentation: 0, current: 0, seen: [], circular: new Map(), options: all };
  return formatValue(ctx, value, 0);
}
inspect.custom = customInspect;
inspect.defaultOptions = DEFAULTS;
inspect.colors = {};
inspect.styles = {};
