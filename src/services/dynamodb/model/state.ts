/** The state of DynamoDB: tables of partitions in the order of their hashes, items in the order of their sort keys. Plain data. */
import { md5Hex } from '../../../base/hash.ts';
import type { EntryId } from '../../../sim/agenda.ts';
import type { PortCall } from '../../../sim/ports/ports.ts';
import type { Context } from '../../../sim/service.ts';
import type { Seq } from '../../../sim/trace.ts';
import { tableNotFound } from './errors.ts';
import type { Stream } from './streams/stream-state.ts';
import { attribute, compareValues, contentOf } from './values.ts';
import type { Item, Value } from './values.ts';

export type KeyType = 'S' | 'N' | 'B';
export interface KeyAttribute {
  readonly name: string;
  readonly type: KeyType;
}

export interface StoredItem {
  readonly item: Item;
  readonly bytes: number;
  /** Key as a person reads it: `o-17` or `o-17/2026-01-01`. */
  readonly key: string;
  /** µs since t = 0 of the last write, and its trace event. */
  readonly writtenUs: number;
  readonly seq: Seq;
}

/** All items of one partition key value. */
export interface Partition {
  /** MD5 of the value: its place in a scan. @simplified DynamoDB's hash is its own secret */
  readonly place: string;
  /** By sort key; one item at most in a table without one. */
  readonly items: StoredItem[];
}

export interface Table {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  readonly hash: KeyAttribute;
  readonly range: KeyAttribute | undefined;
  status: 'CREATING' | 'ACTIVE' | 'DELETING';
  readonly createdMs: number;
  deletionProtected: boolean;
  /** Attribute that holds the time to live, epoch seconds. */
  ttl: { readonly attribute: string; readonly changedUs: number } | undefined;
  sweepAtUs: number | undefined;
  sweepEntry: EntryId | undefined;
  /** By place. */
  readonly partitions: Partition[];
  itemCount: number;
  bytes: number;
  readonly tags: Record<string, string>;
  /** Of the stream that takes its changes; undefined while there is none. */
  streamArn: string | undefined;
  /** Calls that wait until it is active or gone. */
  waiting: readonly { readonly operation: string; readonly input: object; readonly call: PortCall }[];
  readonly totals: { reads: number; writes: number; refused: number; expired: number };
}

export interface DynamoState {
  readonly tables: Map<string, Table>;
  /** By ARN; those that are switched off too. */
  readonly streams: Map<string, Stream>;
  /** Transactions by client request token: what they were, and until when (µs) they count. */
  readonly tokens: Map<string, { readonly request: string; readonly untilUs: number }>;
}

export interface DynamoTuning {
  /** From CREATING to ACTIVE, and from DELETING to gone, ms. @simplified AWS promises nothing; small tables take about this long */
  readonly createMs: number;
  readonly deleteMs: number;
  /** Expired items go at most so long after their time, ms. @simplified AWS says within a few days */
  readonly sweepMs: number;
}
export type DynamoContext = Context<DynamoState, DynamoTuning>;

export function tableArn(context: Pick<DynamoContext, 'region' | 'account'>, nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : `arn:aws:dynamodb:${context.region}:${context.account}:table/${nameOrArn}`;
}
export const nameOf = (nameOrArn: string): string => (nameOrArn.startsWith('arn:') ? (nameOrArn.split('/')[1] ?? '') : nameOrArn);

/** A table that takes reads and writes. Throws ResourceNotFoundException for one that does not exist, or not yet. */
export function activeTable(context: DynamoContext, nameOrArn: string): Table {
  const table = context.state.tables.get(nameOf(nameOrArn));
  if (table === undefined || table.status !== 'ACTIVE') throw tableNotFound();
  return table;
}

export const placeOf = (table: Table, item: Item): string => md5Hex(String(contentOf(attribute(item, table.hash.name)!)));

/** Where it is, or would be put. Binary search. */
function seek<Element>(list: readonly Element[], order: (element: Element) => number): { readonly at: number; readonly found: boolean } {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const sign = order(list[middle]!);
    if (sign === 0) return { at: middle, found: true };
    if (sign < 0) low = middle + 1;
    else high = middle;
  }
  return { at: low, found: false };
}
export function compareRange(table: Table, a: Item, b: Item): number {
  return table.range === undefined ? 0 : (compareValues(attribute(a, table.range.name)!, attribute(b, table.range.name)!) ?? 0);
}

export function partitionOf(table: Table, key: Item): Partition | undefined {
  const place = placeOf(table, key);
  const { at, found } = seek(table.partitions, (partition) => (partition.place < place ? -1 : partition.place > place ? 1 : 0));
  return found ? table.partitions[at] : undefined;
}

/** `key` needs the key attributes only. */
export function findItem(table: Table, key: Item): StoredItem | undefined {
  const partition = partitionOf(table, key);
  if (partition === undefined) return undefined;
  const { at, found } = seek(partition.items, (stored) => compareRange(table, stored.item, key));
  return found ? partition.items[at] : undefined;
}

/** Puts an item in the place of the one with its key, or takes that one out. */
export function storeItem(table: Table, key: Item, stored: StoredItem | undefined): void {
  const place = placeOf(table, key);
  const where = seek(table.partitions, (one) => (one.place < place ? -1 : one.place > place ? 1 : 0));
  if (!where.found) {
    if (stored === undefined) return;
    table.partitions.splice(where.at, 0, { place, items: [] });
  }
  const { items } = table.partitions[where.at]!;
  const { at, found } = seek(items, (one) => compareRange(table, one.item, key));
  table.bytes += (stored?.bytes ?? 0) - (found ? items[at]!.bytes : 0);
  table.itemCount += (stored === undefined ? 0 : 1) - (found ? 1 : 0);
  if (stored === undefined) items.splice(at, found ? 1 : 0);
  else items.splice(at, found ? 1 : 0, stored);
  if (items.length === 0) table.partitions.splice(where.at, 1);
}

export function keyOf(table: Table, item: Item): Item {
  const names = [table.hash.name, ...(table.range === undefined ? [] : [table.range.name])];
  return Object.fromEntries(names.map((name) => [name, item[name] as Value]));
}
export function keyText(table: Table, item: Item): string {
  return Object.values(keyOf(table, item)).map((value) => String(contentOf(value))).join('/');
}
/** What 'follow' goes by. */
export const subjectOf = (table: Table, key: string): string => `dynamodb://${table.name}/${key}`;
