/** From plain JSON to DynamoDB's typed attributes: text is S, a number N, a list L, an object M. Key attributes take the type that the table says. */

import { sameData } from '../../../base/same-data.ts';

export interface KeyAttribute {
  readonly name: string;
  readonly type: string;
}
type Typed = Readonly<Record<string, unknown>>;

/** The key of a table, as its settings say. */
export function keysOf(config: Readonly<Record<string, unknown>>): readonly KeyAttribute[] {
  const text = (member: string, other: string): string => String(config[member] ?? '') || other;
  const sort = text('SortKey', '');
  return [{ name: text('PartitionKey', 'id'), type: text('PartitionKeyType', 'S') }, ...(sort === '' ? [] : [{ name: sort, type: text('SortKeyType', 'S') }])];
}

export function typedItem(item: Readonly<Record<string, unknown>>, keys: readonly KeyAttribute[]): Typed {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, typedKeyValue(value, keys.find((key) => key.name === name)?.type) ?? typed(value)]));
}

/** Only the key of an item. */
export function typedKey(item: Readonly<Record<string, unknown>>, keys: readonly KeyAttribute[]): Typed {
  return typedItem(Object.fromEntries(keys.filter(({ name }) => name in item).map(({ name }) => [name, item[name]])), keys);
}

/** An item as plain JSON; in DynamoDB's own JSON where plain JSON cannot say it (sets, bytes that are no key). */
export function itemText(item: Typed, keys: readonly KeyAttribute[]): string {
  const plain = Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainValue(value as Typed)]));
  return JSON.stringify(sameData(typedItem(plain, keys), item) ? plain : item, null, 2);
}

const TYPES = ['S', 'N', 'B', 'BOOL', 'NULL', 'L', 'M', 'SS', 'NS', 'BS'];

/** Whether it is DynamoDB's own JSON: every attribute says its type. */
export function isTyped(item: Readonly<Record<string, unknown>>): boolean {
  return Object.values(item).every((value) => typeof value === 'object' && value !== null && Object.keys(value).length === 1 && TYPES.includes(Object.keys(value)[0]!));
}

function plainValue(typedValue: Typed): unknown {
  const [[type, value] = ['', null]] = Object.entries(typedValue);
  if (type === 'N') return Number.isNaN(Number(value)) ? value : Number(value);
  if (type === 'B') return (value as Typed)['$bytes'];
  if (type === 'NULL') return null;
  if (type === 'L') return (value as readonly Typed[]).map(plainValue);
  if (type === 'M') return Object.fromEntries(Object.entries(value as Typed).map(([name, member]) => [name, plainValue(member as Typed)]));
  return value;
}

/** Bytes stand as base64 text in plain JSON, and a number may. */
function typedKeyValue(value: unknown, type: string | undefined): Typed | undefined {
  if (type === 'B' && typeof value === 'string') return { B: { $bytes: value } };
  if (type === 'N' && typeof value === 'string') return { N: value };
  return undefined;
}

function typed(value: unknown): Typed {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.map(typed) };
  return { M: Object.fromEntries(Object.entries(value as Record<string, unknown>).map(([name, member]) => [name, typed(member)])) };
}
