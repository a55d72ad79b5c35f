/** @aws-sdk/util-dynamodb: JavaScript values to DynamoDB's attribute values and back. @source @aws-sdk/util-dynamodb 3, 2026 (behaviour and texts of its errors) */
import { bytesOf } from '../core/buffer.js';

const UNDEFINED = 'Pass options.removeUndefinedValues=true to remove undefined values from map/array/set.';
const isBinary = (value) => ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
const kindOf = (value) => value?.constructor?.name;

/** A number as text, for those that JavaScript cannot hold. */
export class NumberValue {
  constructor(value) {
    const text = typeof value === 'object' && value !== null ? (value.N ?? String(value)) : String(value);
    if (typeof value === 'number' && (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER || !Number.isFinite(value))) throw new Error(`NumberValue should not be initialized with an imprecise number=${value}. Use a string instead.`);
    this.value = text;
  }
  static from(value) {
    return new NumberValue(value);
  }
  toAttributeValue() {
    return { N: this.toString() };
  }
  toBigInt() {
    return BigInt(this.toString());
  }
  toString() {
    return this.value;
  }
  valueOf() {
    return this.toString();
  }
}

function numberAttribute(number, o) {
  if (Number.isNaN(number) || !Number.isFinite(number)) throw new Error(`Special numeric value ${number} is not allowed`);
  if (!o.allowImpreciseNumbers) {
    if (number > Number.MAX_SAFE_INTEGER) throw new Error(`Number ${number} is greater than Number.MAX_SAFE_INTEGER. Use NumberValue from @aws-sdk/lib-dynamodb.`);
    if (number < Number.MIN_SAFE_INTEGER) throw new Error(`Number ${number} is lesser than Number.MIN_SAFE_INTEGER. Use NumberValue from @aws-sdk/lib-dynamodb.`);
  }
  return { N: String(number) };
}

function setAttribute(set, o) {
  const members = o.removeUndefinedValues ? [...set].filter((value) => value !== undefined) : [...set];
  if (members.includes(undefined)) throw new Error(UNDEFINED);
  if (members.length === 0) {
    if (o.convertEmptyValues) return { NULL: true };
    throw new Error('Pass a non-empty set, or options.convertEmptyValues=true.');
  }
  const [first] = members;
  if (first instanceof NumberValue) return { NS: members.map(String) };
  if (typeof first === 'number') return { NS: members.map((value) => numberAttribute(value, o).N) };
  if (typeof first === 'bigint') return { NS: members.map(String) };
  if (isBinary(first)) return { BS: members };
  if (typeof first === 'string') return { SS: members };
  throw new Error('Only Number Set (NS), Binary Set (BS), String Set (SS) are allowed.');
}

function mapAttribute(entries, o) {
  const map = {};
  for (const [name, value] of entries) {
    if (typeof value === 'function' || (value === undefined && o.removeUndefinedValues)) continue;
    Object.defineProperty(map, name, { value: convertToAttr(value, o), writable: true, enumerable: true, configurable: true });
  }
  return { M: map };
}

export function convertToAttr(data, o = {}) {
  if (data === undefined) throw new Error(UNDEFINED);
  if (data === null) return { NULL: true };
  if (Array.isArray(data)) return { L: data.filter((value) => typeof value !== 'function' && (!o.removeUndefinedValues || value !== undefined)).map((value) => convertToAttr(value, o)) };
  if (kindOf(data) === 'Set') return setAttribute(data, o);
  if (kindOf(data) === 'Map') return mapAttribute(data, o);
  if (data instanceof NumberValue) return data.toAttributeValue();
  if (isBinary(data)) return bytesOf(data).length === 0 && o.convertEmptyValues ? { NULL: true } : { B: data };
  if (typeof data === 'object' && (kindOf(data) === 'Object' || !data.constructor)) return mapAttribute(Object.entries(data), o);
  if (typeof data === 'boolean' || kindOf(data) === 'Boolean') return { BOOL: data.valueOf() };
  if (typeof data === 'number' || kindOf(data) === 'Number') return numberAttribute(data.valueOf(), o);
  if (typeof data === 'bigint') return { N: String(data) };
  if (typeof data === 'string' || kindOf(data) === 'String') return data.length === 0 && o.convertEmptyValues ? { NULL: true } : { S: String(data) };
  if (o.convertClassInstanceToMap && typeof data === 'object') return mapAttribute(Object.entries(data), o);
  throw new Error(`Unsupported type passed: ${data}. Pass options.convertClassInstanceToMap=true to marshall typeof object as map attribute.`);
}

function numberOf(text, o) {
  if (typeof o.wrapNumbers === 'function') return o.wrapNumbers(text);
  if (o.wrapNumbers) return NumberValue.from(text);
  const number = Number(text);
  if (Number.isFinite(number) && (number > Number.MAX_SAFE_INTEGER || number < Number.MIN_SAFE_INTEGER)) {
    try {
      return BigInt(text);
    } catch {
      throw new Error(`${text} can't be converted to BigInt. Set options.wrapNumbers to get string value.`);
    }
  }
  return number;
}

export function convertToNative(data, o = {}) {
  for (const [type, value] of Object.entries(data)) {
    if (value === undefined) continue;
    switch (type) {
      case 'NULL':
        return null;
      case 'BOOL':
        return Boolean(value);
      case 'N':
        return numberOf(value, o);
      case 'B':
        return value;
      case 'S':
        return String(value);
      case 'L':
        return value.map((item) => convertToNative(item, o));
      case 'M': {
        const object = {};
        for (const name of Object.keys(value)) Object.defineProperty(object, name, { value: convertToNative(value[name], o), writable: true, enumerable: true, configurable: true });
        return object;
      }
      case 'NS':
        return new Set(value.map((item) => numberOf(item, o)));
      case 'BS':
      case 'SS':
        return new Set(value);
      default:
        throw new Error(`Unsupported type passed: ${type}`);
    }
  }
  throw new Error(`No value defined: ${JSON.stringify(data)}`);
}

export function marshall(data, o = {}) {
  const attribute = convertToAttr(data, o);
  const [type] = Object.keys(attribute);
  return (type === 'M' || type === 'L') && !o.convertTopLevelContainer ? attribute[type] : attribute;
}

export function unmarshall(data, o = {}) {
  return convertToNative(o.convertWithoutMapWrapper ? data : { M: data }, o);
}

export default { marshall, unmarshall, convertToAttr, convertToNative, NumberValueImpl: NumberValue };
