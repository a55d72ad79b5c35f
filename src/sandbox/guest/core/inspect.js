/** util.inspect and util.format, with Node's line breaking: what console.log prints of any value. @source Node.js 22 docs, util.inspect */
import { apply } from './host.js';
import { isError, probing } from './stacks.js';

export const customInspect = Symbol.for('nodejs.util.inspect.custom');
const DEFAULTS = { showHidden: false, depth: 2, colors: false, customInspect: true, showProxy: false, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 80, compact: 3, sorted: false, getters: false, numericSeparator: false };
const IDENTIFIER = /^[a-zA-Z_][a-zA-Z_0-9]*$/;
const { hasOwnProperty, propertyIsEnumerable, toString: objectToString } = Object.prototype;
const has = (object, key) => apply(hasOwnProperty, object, [key]);
const typedArrayTag = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

/** Ours to mark: whose brand a value carries, without asking the value. */
const brands = {
  date: Date.prototype.getTime,
  map: Object.getOwnPropertyDescriptor(Map.prototype, 'size').get,
  set: Object.getOwnPropertyDescriptor(Set.prototype, 'size').get,
  buffer: Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'byteLength').get,
  regexp: RegExp.prototype.toString,
  weakMap: WeakMap.prototype.has,
  weakSet: WeakSet.prototype.has,
  number: Number.prototype.valueOf,
  string: String.prototype.valueOf,
  boolean: Boolean.prototype.valueOf,
  bigint: BigInt.prototype.valueOf,
  symbol: Symbol.prototype.valueOf,
  view: Object.getOwnPropertyDescriptor(DataView.prototype, 'byteLength').get,
};
const NO_KEY = {};
export function isBranded(value, brand) {
  if (brand === 'regexp') return value instanceof RegExp && apply(objectToString, value, []) === '[object RegExp]';
  probing.on = true;
  try {
    apply(brands[brand], value, brand[0] === 'w' ? [NO_KEY] : []);
    return true;
  } catch {
    return false;
  } finally {
    probing.on = false;
  }
}

export function typedArrayName(value) {
  return apply(typedArrayTag, value, []);
}

function quoted(text) {
  let quote = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) quote = '"';
    else if (!text.includes('`') && !text.includes('${')) quote = '`';
  }
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    const code = text.charCodeAt(i);
    if (char === quote || char === '\\') out += char === '\\' || quote === "'" ? `\\${char}` : char;
    else if (code === 8) out += '\\b';
    else if (code === 9) out += '\\t';
    else if (code === 10) out += '\\n';
    else if (code === 12) out += '\\f';
    else if (code === 13) out += '\\r';
    else if (code < 32 || (code >= 127 && code < 160)) out += `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
    else if (code >= 0xd800 && code <= 0xdfff) {
      const next = text.charCodeAt(i + 1);
      if (code < 0xdc00 && next >= 0xdc00 && next <= 0xdfff) {
        out += char + text[i + 1];
        i++;
      } else out += `\\u${code.toString(16).toUpperCase()}`;
    } else out += char;
  }
  return quote + out + quote;
}

const numberText = (value) => (Object.is(value, -0) ? '-0' : `${value}`);

function primitive(value, ctx) {
  switch (typeof value) {
    case 'string': {
      let text = value;
      let trailer = '';
      if (text.length > ctx.maxStringLength) {
        const left = text.length - ctx.maxStringLength;
        text = text.slice(0, ctx.maxStringLength);
        trailer = `... ${left} more character${left > 1 ? 's' : ''}`;
      }
      if (ctx.compact !== true && text.length > 16 && text.length > ctx.breakLength - ctx.indentation - 4) {
        return text.split(/(?<=\n)/).map(quoted).join(` +\n${' '.repeat(ctx.indentation + 2)}`) + trailer;
      }
      return quoted(text) + trailer;
    }
    case 'number':
      return numberText(value);
    case 'bigint':
      return `${value}n`;
    case 'symbol':
      return value.toString();
    default:
      return `${value}`;
  }
}

function constructorName(object) {
  let current = object;
  for (let depth = 0; current !== null && depth < 1000; depth++) {
    const descriptor = Object.getOwnPropertyDescriptor(current, 'constructor');
    if (descriptor !== undefined && typeof descriptor.value === 'function' && descriptor.value.name !== '' && isInstance(object, descriptor.value)) return depth > 1 ? descriptor.value.name : descriptor.value.name;
    current = Object.getPrototypeOf(current);
  }
  return null;
}
function isInstance(object, constructor) {
  try {
    return object instanceof constructor;
  } catch {
    return false;
  }
}

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

function reduceToSingle(ctx, entriesIn, base, { braces, array, recurse, value }) {
  let out = entriesIn;
  const lead = base === '' ? '' : `${base} `;
  if (ctx.compact === true || ctx.compact === false) {
    if (ctx.compact === true) return `${braces[0]}${base ? ` ${base}` : ''} ${out.join(', ')} ${braces[1]}`;
  } else {
    const entries = out.length;
    if (array && entries > 6) out = groupEntries(ctx, out, value);
    if (ctx.current - recurse < ctx.compact && entries === out.length) {
      const start = out.length + ctx.indentation + braces[0].length + base.length + 10;
      let total = out.length + start;
      let fits = total + out.length <= ctx.breakLength;
      for (let i = 0; fits && i < out.length; i++) {
        total += out[i].length;
        if (total > ctx.breakLength) fits = false;
      }
      if (fits && !base.includes('\n')) {
        const joined = out.join(', ');
        if (!joined.includes('\n')) return `${lead}${braces[0]} ${joined} ${braces[1]}`;
      }
    }
  }
  const indentation = `\n${' '.repeat(ctx.indentation)}`;
  return `${lead}${braces[0]}${indentation}  ${out.join(`,${indentation}  `)}${indentation}${braces[1]}`;
}

/** Many short entries of an array go into columns. */
function groupEntries(ctx, out, value) {
  let total = 0;
  let maxLength = 0;
  let i = 0;
  let length = out.length;
  if (ctx.maxArrayLength < out.length) length--;
  const lengths = [];
  for (; i < length; i++) {
    lengths[i] = out[i].length;
    total += lengths[i] + 2;
    if (maxLength < lengths[i]) maxLength = lengths[i];
  }
  const actualMax = maxLength + 2;
  if (!(actualMax * 3 + ctx.indentation < ctx.breakLength && (total / actualMax > 5 || maxLength <= 6))) return out;
  const averageBias = Math.sqrt(actualMax - total / out.length);
  const biasedMax = Math.max(actualMax - 3 - averageBias, 1);
  const columns = Math.min(Math.round(Math.sqrt(2.5 * biasedMax * length) / biasedMax), Math.floor((ctx.breakLength - ctx.indentation) / actualMax), ctx.compact * 4, 15);
  if (columns <= 1) return out;
  const grouped = [];
  const widths = [];
  for (i = 0; i < columns; i++) {
    let width = 0;
    for (let j = i; j < out.length; j += columns) if (lengths[j] > width) width = lengths[j];
    widths.push(width + 2);
  }
  const numeric = value !== undefined && value.length > 0 && [...Array(Math.min(length, value.length)).keys()].every((at) => typeof value[at] === 'number' || typeof value[at] === 'bigint');
  for (i = 0; i < length; i += columns) {
    const max = Math.min(i + columns, length);
    let text = '';
    let j = i;
    for (; j < max - 1; j++) {
      const cell = `${out[j]}, `;
      text += numeric ? cell.padStart(widths[j - i], ' ') : cell.padEnd(widths[j - i], ' ');
    }
    text += numeric ? out[j].padStart(widths[j - i] - 2, ' ') : out[j];
    grouped.push(text);
  }
  if (ctx.maxArrayLength < out.length) grouped.push(out[length]);
  return grouped;
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

export const format = (...args) => formatWithOptions({}, ...args);

export function formatWithOptions(options, ...args) {
  const [first] = args;
  let at = 0;
  let text = '';
  let join = '';
  if (typeof first === 'string') {
    if (args.length === 1) return first;
    let last = 0;
    for (let i = 0; i < first.length - 1; i++) {
      if (first[i] !== '%') continue;
      const next = first[++i];
      if (next === '%') {
        text += first.slice(last, i);
        last = i + 1;
        continue;
      }
      if (at + 1 >= args.length) continue;
      const shown = placeholder(next, args[at + 1], options);
      if (shown === undefined) continue;
      at++;
      text += first.slice(last, i - 1) + shown;
      last = i + 1;
    }
    if (last !== 0) {
      at++;
      join = ' ';
      if (last < first.length) text += first.slice(last);
    } else if (at === 0) {
      // no placeholder was used: the text is an ordinary argument
    }
  }
  for (; at < args.length; at++) {
    text += join + (typeof args[at] === 'string' ? args[at] : inspect(args[at], { ...options, compact: 3, colors: false }));
    join = ' ';
  }
  return text;
}

function placeholder(kind, value, options) {
  switch (kind) {
    case 's':
      if (typeof value === 'number') return numberText(value);
      if (typeof value === 'bigint') return `${value}n`;
      if (typeof value !== 'object' || value === null) return String(value);
      return hasOwnText(value) ? String(value) : inspect(value, { ...options, depth: 0, colors: false, compact: 3 });
    case 'j':
      try {
        return JSON.stringify(value) ?? 'undefined';
      } catch (error) {
        if (error instanceof TypeError && /circular/.test(error.message)) return '[Circular]';
        throw error;
      }
    case 'd':
      return typeof value === 'bigint' ? `${value}n` : typeof value === 'symbol' ? 'NaN' : numberText(Number(value));
    case 'i':
      return typeof value === 'bigint' ? `${value}n` : typeof value === 'symbol' ? 'NaN' : numberText(Number.parseInt(value));
    case 'f':
      return typeof value === 'symbol' ? 'NaN' : numberText(Number.parseFloat(value));
    case 'o':
      return inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 });
    case 'O':
      return inspect(value, options);
    case 'c':
      return '';
    default:
      return undefined;
  }
}

function hasOwnText(value) {
  if (isError(value)) return true;
  if (typeof value.toString !== 'function') return false;
  const builtin = [Object.prototype.toString, Array.prototype.toString, Date.prototype.toString, Function.prototype.toString];
  return !builtin.includes(value.toString);
}
