/** The body of a table's card: how many items, how often they are read and written, and which writes a condition kept out. */
import './view.css';
import type { ReactNode } from 'react';
import { CountRow } from '../../../ui/scene/count-row.tsx';
import { bytesText } from '../../../ui/quantity-text.ts';
import type { NodeViewProps } from '../../view-contract.ts';
import type { TableSummary } from '../model/summary.ts';
import { itemLine } from './facts.ts';

const NEAR_ROWS = 4;
/** Before the first moment of a run is there: the shape of an empty table, so that nothing moves when it comes. */
const NOTHING: TableSummary = { status: 'ACTIVE', items: 0, bytes: 0, key: '', ttlAttribute: null, stream: null, totals: { reads: 0, writes: 0, refused: 0, expired: 0 }, newest: [] };
const STATES = { CREATING: 'being created', ACTIVE: '', DELETING: 'being deleted' } as const;

export function TableCard({ summary, form }: NodeViewProps): ReactNode {
  const table = (summary as TableSummary | undefined) ?? NOTHING;
  if (form === 'far') return null;
  const { reads, writes, refused } = table.totals;
  const state = STATES[table.status];
  return (
    <>
      <p className="dynamodb-newest ui-small">{state !== '' ? `Table ${state}` : (table.newest[0] && itemLine(table.newest[0].text)) || 'No items'}</p>
      <CountRow counts={[{ value: table.items, unit: table.items === 1 ? 'item' : 'items' }, { value: writes, unit: writes === 1 ? 'write' : 'writes' }, { value: reads, unit: reads === 1 ? 'read' : 'reads' }]} />
      {refused > 0 && (
        <p className="dynamodb-refused ui-small">
          <b className="ui-num">{refused}</b> {refused === 1 ? 'write' : 'writes'} refused by a condition
        </p>
      )}
      {form === 'near' && summary !== undefined && <NearRows table={table} />}
    </>
  );
}

function NearRows({ table }: { readonly table: TableSummary }): ReactNode {
  return (
    <div className="dynamodb-rows">
      {table.newest.slice(0, NEAR_ROWS).map((item) => (
        <CountRow key={item.key} line counts={[{ unit: item.key }, { unit: bytesText(item.bytes) }]} />
      ))}
      {table.items > NEAR_ROWS && <CountRow line counts={[{ unit: `and ${table.items - NEAR_ROWS} more` }]} />}
      <CountRow line counts={[{ unit: `key: ${table.key}` }, ...(table.ttlAttribute === null ? [] : [{ unit: `goes by ${table.ttlAttribute}` }])]} />
      {table.stream !== null && <CountRow line counts={[{ value: table.stream.changes, unit: `${table.stream.changes === 1 ? 'change' : 'changes'} in the stream` }]} />}
    </div>
  );
}
