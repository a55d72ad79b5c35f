/** What a table's card says, as text. */
import { countText } from '../../../ui/quantity-text.ts';
import type { TableSummary } from '../model/summary.ts';

export function describeTable(name: string, table: TableSummary | undefined): string {
  if (table === undefined) return `${name}, DynamoDB table`;
  const { reads, writes, refused } = table.totals;
  const state = { CREATING: 'Being created. ', ACTIVE: '', DELETING: 'Being deleted. ' }[table.status];
  return `${name}, DynamoDB table. ${state}${countText(table.items, 'item')}, ${countText(writes, 'write')}, ${countText(reads, 'read')}${refused === 0 ? '' : `, ${countText(refused, 'write')} refused`}${table.stream === null ? '' : `. ${streamText(table.stream)}`}`;
}

/** 'Stream, NEW_IMAGE: 3 changes' */
export function streamText({ view, changes }: NonNullable<TableSummary['stream']>): string {
  return `Stream, ${view}: ${countText(changes, 'change')}`;
}

/** The item without the noise of JSON at its ends, on one line: `id: "o-17", qty: 2`. */
export function itemLine(text: string): string {
  return text.slice(1, -1).replace(/"([A-Za-z_][\w-]*)":/g, ' $1: ').trim();
}

/** 'goes in 40 s', or that its time is over. */
export function expiryText(expiresSec: number, nowEpochSec: number, timeText: (ms: number) => string): string {
  return expiresSec > nowEpochSec ? `expires in ${timeText((expiresSec - nowEpochSec) * 1_000)}` : 'expired, not yet swept';
}
