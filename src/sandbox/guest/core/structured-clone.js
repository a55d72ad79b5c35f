/** structuredClone: deep copies with cycles of what the standard allows. */
import { isBranded, typedArrayName } from './inspect.js';
import { isError } from './stacks.js';

function uncloneable(value) {
  const shown = typeof value === 'symbol' ? value.toString() : typeof value === 'function' ? Function.prototype.toString.call(value) : '#<Object>';
  return new DOMException(`${shown} could not be cloned.`, 'DataCloneError');
}

function copy(value, seen) {
  if (typeof value === 'function' || typeof value === 'symbol') throw uncloneable(value);
  if (typeof value !== 'object' || value === null) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  const keep = (made) => {
    seen.set(value, made);
    return made;
  };
  if (Array.isArray(value)) {
    const made = keep(new Array(value.length));
    for (const key of Object.keys(value)) made[key] = copy(value[key], seen);
    return made;
  }
  if (isBranded(value, 'date')) return keep(new Date(value.getTime()));
  if (isBranded(value, 'regexp')) return keep(new RegExp(value.source, value.flags));
  if (isBranded(value, 'map')) {
    const made = keep(new Map());
    for (const [key, item] of [...value]) made.set(copy(key, seen), copy(item, seen));
    return made;
  }
  if (isBranded(value, 'set')) {
    const made = keep(new Set());
    for (const item of [...value]) made.add(copy(item, seen));
    return made;
  }
  if (isBranded(value, 'buffer')) return keep(value.slice(0));
  const typed = typedArrayName(value);
  if (typed !== undefined) return keep(new globalThis[typed](copy(value.buffer, seen), value.byteOffset, value.length));
  if (isBranded(value, 'view')) return keep(new DataView(copy(value.buffer, seen), value.byteOffset, value.byteLength));
  for (const brand of ['number', 'string', 'boolean', 'bigint']) if (isBranded(value, brand)) return keep(Object(value.valueOf()));
  if (isError(value)) return copyError(value, keep, seen);
  if (value instanceof Promise || isBranded(value, 'weakMap') || isBranded(value, 'weakSet')) throw uncloneable(value);
  const made = keep({});
  for (const key of Object.keys(value)) Object.defineProperty(made, key, { value: copy(value[key], seen), writable: true, enumerable: true, configurable: true });
  return made;
}

const ERRORS = { __proto__: null, Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
function copyError(value, keep, seen) {
  const made = keep(Object.create((ERRORS[value.name] ?? Error).prototype));
  for (const key of ['stack', 'message']) Object.defineProperty(made, key, { value: value[key], writable: true, enumerable: false, configurable: true });
  if (Object.hasOwn(value, 'cause')) Object.defineProperty(made, 'cause', { value: copy(value.cause, seen), writable: true, enumerable: false, configurable: true });
  return made;
}

export function structuredClone(value) {
  if (arguments.length === 0) throw new TypeError("The \"value\" argument must be specified");
  return copy(value, new Map());
}
