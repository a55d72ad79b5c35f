/** Attribute values: AWS's typed JSON as it comes in and goes out, checked, measured, compared. @simplified Texts of refusals are recalled, not recorded. */
import { base64Decode, base64Encode } from '../../../base/base64.ts';
import { utf8Encode } from '../../../base/utf8.ts';
import type { BlobStore } from '../../../sim/ports/runtime.ts';
import { bytesOf, isBlobValue, isBytesValue } from '../../../sim/values.ts';
import { invalidParameters, validation } from './errors.ts';
import { DYNAMODB } from './limits.ts';
import { compareNumbers, normalNumber, numberBytes } from './numbers.ts';

/** A value as it is kept: bytes are base64 text, numbers in their normal form. */
export type Value =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly M: Item }
  | { readonly L: readonly Value[] }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] };
export interface Item {
  readonly [name: string]: Value;
}
export type ValueType = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'M' | 'L' | 'SS' | 'NS' | 'BS';
const TYPES: readonly string[] = ['S', 'N', 'B', 'BOOL', 'NULL', 'M', 'L', 'SS', 'NS', 'BS'];
const SET_WORDS: Readonly<Record<string, string>> = { SS: 'string set ', NS: 'number set ', BS: 'binary set ' };

export const typeOf = (value: Value): ValueType => Object.keys(value)[0] as ValueType;
/** What stands under the type's letter. */
export const contentOf = (value: Value): unknown => Object.values(value)[0] as unknown;
export const attribute = (item: Item | undefined, name: string): Value | undefined => (item !== undefined && Object.hasOwn(item, name) ? item[name] : undefined);

/** An attribute map of an input. Throws ValidationException for what AWS refuses. */
export function readItem(blobs: BlobStore, given: unknown, depth = 0): Item {
  if (typeof given !== 'object' || given === null) throw validation('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, readValue(blobs, value, depth)]));
}

export function readValue(blobs: BlobStore, given: unknown, depth = 0): Value {
  if (depth > DYNAMODB.nestingMax) throw validation('Nesting Levels have exceeded supported limits');
  const entries = typeof given === 'object' && given !== null ? Object.entries(given).filter(([type, content]) => TYPES.includes(type) && content !== undefined && content !== null) : [];
  const [only] = entries;
  if (only === undefined) throw validation('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  if (entries.length > 1) throw validation('Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes');
  const [type, content] = only;
  switch (type as ValueType) {
    case 'S':
      return { S: text(content) };
    case 'N':
      return { N: normalNumber(text(content)) };
    case 'B':
      return { B: bytes(blobs, content) };
    case 'BOOL':
      return { BOOL: content === true };
    case 'NULL':
      if (content !== true) throw invalidParameters('Null attribute value types must have the value of true');
      return { NULL: true };
    case 'M':
      return { M: readItem(blobs, content, depth + 1) };
    case 'L':
      return { L: list(content).map((value) => readValue(blobs, value, depth + 1)) };
    case 'SS':
      return { SS: members(type, list(content).map(text)) };
    case 'NS':
      return { NS: members(type, list(content).map((one) => normalNumber(text(one)))) };
    case 'BS':
      return { BS: members(type, list(content).map((one) => bytes(blobs, one))) };
  }
}

function text(content: unknown): string {
  if (typeof content !== 'string') throw validation('The parameter cannot be converted to a text value');
  return content;
}
function list(content: unknown): readonly unknown[] {
  return Array.isArray(content) ? content : [];
}
function bytes(blobs: BlobStore, content: unknown): string {
  if (isBytesValue(content)) return content.$bytes;
  const found = typeof content === 'string' || isBlobValue(content) ? bytesOf(blobs, content) : undefined;
  if (found === undefined) throw validation('The parameter cannot be converted to a binary value');
  return base64Encode(found);
}
/** A set's members: at least one, none twice. */
function members(type: string, given: readonly string[]): readonly string[] {
  if (given.length === 0) throw invalidParameters(`An ${SET_WORDS[type] ?? ''} may not be empty`);
  if (new Set(given).size !== given.length) throw invalidParameters(`Input collection [${given.join(', ')}] contains duplicates.`);
  return given;
}

/** An item for an output: bytes as `{ $bytes }`. */
export function writeItem(item: Item): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, writeValue(value)]));
}
export function writeValue(value: Value): unknown {
  if ('B' in value) return { B: { $bytes: value.B } };
  if ('BS' in value) return { BS: value.BS.map((one) => ({ $bytes: one })) };
  if ('M' in value) return { M: writeItem(value.M) };
  return 'L' in value ? { L: value.L.map(writeValue) } : value;
}

const utf8Bytes = (content: string): number => utf8Encode(content).length;
const base64Bytes = (content: string): number => base64Decode(content).length;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Bytes of a value as DynamoDB counts them. @source Amazon DynamoDB developer guide, "item sizes and formats" */
export function valueBytes(value: Value): number {
  if ('S' in value) return utf8Bytes(value.S);
  if ('N' in value) return numberBytes(value.N);
  if ('B' in value) return base64Bytes(value.B);
  if ('M' in value) return 3 + sum(Object.entries(value.M).map(([name, one]) => utf8Bytes(name) + valueBytes(one) + 1));
  if ('L' in value) return 3 + sum(value.L.map((one) => valueBytes(one) + 1));
  if ('SS' in value) return sum(value.SS.map(utf8Bytes));
  if ('NS' in value) return sum(value.NS.map(numberBytes));
  return 'BS' in value ? sum(value.BS.map(base64Bytes)) : 1;
}
export function itemBytes(item: Item): number {
  return sum(Object.entries(item).map(([name, value]) => utf8Bytes(name) + valueBytes(value)));
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let at = 0; at < a.length && at < b.length; at++) if (a[at] !== b[at]) return a[at]! - b[at]!;
  return a.length - b.length;
}
/** Order of two values of the same scalar type: by number, or by bytes; undefined for other pairs. */
export function compareValues(a: Value, b: Value): number | undefined {
  if ('N' in a && 'N' in b) return compareNumbers(a.N, b.N);
  if ('S' in a && 'S' in b) return a.S === b.S ? 0 : compareBytes(utf8Encode(a.S), utf8Encode(b.S));
  return 'B' in a && 'B' in b ? compareBytes(base64Decode(a.B), base64Decode(b.B)) : undefined;
}

/** Equality: sets without regard to order, maps without regard to the order of names. */
export function sameValue(a: Value, b: Value): boolean {
  return canonical(a) === canonical(b);
}
function canonical(value: Value): string {
  if ('M' in value) return `M{${Object.keys(value.M).sort().map((name) => `${JSON.stringify(name)}:${canonical(value.M[name]!)}`).join()}}`;
  if ('L' in value) return `L[${value.L.map(canonical).join()}]`;
  const content = contentOf(value);
  return `${typeOf(value)}${JSON.stringify(Array.isArray(content) ? [...(content as string[])].sort() : content)}`;
}

/** A value in few words for sentences: `'paid'`, `3`, `[2 items]`. */
export function shortValue(value: Value): string {
  if ('S' in value) return value.S.length > 40 ? `'${value.S.slice(0, 40)}…'` : `'${value.S}'`;
  if ('N' in value) return value.N;
  if ('BOOL' in value) return String(value.BOOL);
  if ('NULL' in value) return 'null';
  if ('B' in value) return `${base64Bytes(value.B)} bytes`;
  return 'M' in value ? `a map of ${Object.keys(value.M).length}` : `a list of ${(contentOf(value) as readonly unknown[]).length}`;
}
