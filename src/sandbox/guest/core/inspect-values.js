/** What a value is, asked of the engine and not of the value; and how primitives and texts are shown. */
import { apply } from './host.js';
import { probing } from './stacks.js';

export const customInspect = Symbol.for('nodejs.util.inspect.custom');
export const IDENTIFIER = /^[a-zA-Z_][a-zA-Z_0-9]*$/;
export const { propertyIsEnumerable, toString: objectToString } = Object.prototype;
const { hasOwnProperty } = Object.prototype;
export const has = (object, key) => apply(hasOwnProperty, object, [key]);
const typedArrayTag = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

/** Ours to mark: whose brand a value carries, without asking the value. */
export const brands = {
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

export function quoted(text) {
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

export const numberText = (value) => (Object.is(value, -0) ? '-0' : `${value}`);

export function primitive(value, ctx) {
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
export function constructorName(object) {
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
