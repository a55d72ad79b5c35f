/** What a table's card and inspector show now. */
import { nameOf } from './state.ts';
import type { DynamoContext } from './state.ts';
import { attribute } from './values.ts';
import type { Item, Value } from './values.ts';

export interface TableItemSummary {
  readonly key: string;
  readonly bytes: number;
  /** The item as JSON text, sets as lists, bytes as base64. */
  readonly text: string;
  /** µs since t = 0 of the last write. */
  readonly writtenUs: number;
  /** Epoch seconds when its time is over; null for an item that stays. */
  readonly expiresSec: number | null;
}
export interface TableSummary {
  readonly status: 'CREATING' | 'ACTIVE' | 'DELETING';
  readonly items: number;
  readonly bytes: number;
  readonly key: string;
  readonly ttlAttribute: string | null;
  /** The stream that takes its changes: what of an item it shows, and how many changes came since it was switched on. Null while it is off. */
  readonly stream: { readonly view: string; readonly changes: number } | null;
  readonly totals: { readonly reads: number; readonly writes: number; readonly refused: number; readonly expired: number };
  /** Written last, first. */
  readonly newest: readonly TableItemSummary[];
}
const NEWEST_MAX = 100;

function plain(value: Value): unknown {
  if ('M' in value) return plainItem(value.M);
  if ('L' in value) return value.L.map(plain);
  if ('N' in value) return Number(value.N);
  return 'NULL' in value ? null : Object.values(value)[0];
}
function plainItem(item: Item): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)]));
}

export function summarizeTable(context: DynamoContext, arn: string): TableSummary | undefined {
  const table = context.state.tables.get(nameOf(arn));
  if (table === undefined || table.arn !== arn) return undefined;
  const stream = table.streamArn === undefined ? undefined : context.state.streams.get(table.streamArn);
  const all = table.partitions.flatMap(({ items }) => items).sort((a, b) => b.seq - a.seq);
  return {
    status: table.status,
    items: table.itemCount,
    bytes: table.bytes,
    key: table.range === undefined ? table.hash.name : `${table.hash.name}, ${table.range.name}`,
    ttlAttribute: table.ttl?.attribute ?? null,
    stream: stream === undefined ? null : { view: stream.view, changes: stream.nextNumber - 1 },
    totals: { ...table.totals },
    newest: all.slice(0, NEWEST_MAX).map(({ item, key, bytes, writtenUs }) => {
      const expiry = table.ttl && attribute(item, table.ttl.attribute);
      return { key, bytes, text: JSON.stringify(plainItem(item)), writtenUs, expiresSec: expiry !== undefined && 'N' in expiry ? Math.floor(Number(expiry.N)) : null };
    }),
  };
}
