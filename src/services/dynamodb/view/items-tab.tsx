/** Inspector tab: the items of a table, written last first, to read, follow or delete. */
import './view.css';
import type { ReactNode } from 'react';
import { IconButton } from '../../../ui/controls/icon-button.tsx';
import { useAction } from '../../../ui/controls/use-action.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { JumpLink } from '../../../ui/layout/chain.tsx';
import { CodeBlock } from '../../../ui/layout/code-block.tsx';
import { PanelSection } from '../../../ui/layout/panel.tsx';
import { bytesText, countText, timeText } from '../../../ui/quantity-text.ts';
import type { InspectorTabProps } from '../../view-contract.ts';
import type { TableItemSummary, TableSummary } from '../model/summary.ts';
import { streamText } from './facts.ts';
import { keysOf, typedKey } from './typed-item.ts';

export function ItemsTab(props: InspectorTabProps): ReactNode {
  const table = props.summary as TableSummary | undefined;
  const name = String(props.node.config['name']);
  if (table === undefined) {
    return (
      <PanelSection>
        <EmptyState title="Not deployed">This table exists on the canvas only.</EmptyState>
      </PanelSection>
    );
  }
  const { reads, writes, refused, expired } = table.totals;
  const counts = [countText(writes, 'write'), countText(reads, 'read'), `${refused} refused by a condition`, ...(expired === 0 ? [] : [`${expired} expired`])];
  return (
    <PanelSection title={countText(table.items, 'item')} end={<span className="ui-small ui-sub">{bytesText(table.bytes)}</span>}>
      <p className="dynamodb-counts ui-small ui-sub">
        {counts.join(', ')}
        {table.stream !== null && <span>{streamText(table.stream)}</span>}
      </p>
      {table.items === 0 && <EmptyState title="Empty">{table.status === 'CREATING' ? 'The table is being created and takes no items yet.' : 'Nothing has been written yet, or everything is gone. Write puts an item in.'}</EmptyState>}
      <ul className="dynamodb-all" aria-label={`Items of ${name}`}>
        {table.newest.map((item) => (
          <ItemLine key={item.key} {...props} item={item} table={name} />
        ))}
      </ul>
      {table.items > table.newest.length && <p className="ui-small ui-sub">{`The ${table.newest.length} written last are listed.`}</p>}
    </PanelSection>
  );
}

function ItemLine({ item, table, node, send, follow, seek }: InspectorTabProps & { readonly item: TableItemSummary; readonly table: string }): ReactNode {
  const { busy, failure, run } = useAction();
  const remove = (): void => run(async () => void (await send('dynamodb', 'DeleteItem', { TableName: table, Key: typedKey(JSON.parse(item.text) as Record<string, unknown>, keysOf(node.config)) })));
  return (
    <li>
      <div className="dynamodb-line">
        <b>{item.key}</b>
        <small className="ui-num">{bytesText(item.bytes)}</small>
        <small>
          Written at <JumpLink onClick={() => seek(item.writtenUs)}>{timeText(item.writtenUs / 1_000)}</JumpLink>
        </small>
        <IconButton icon="follow" size="s" label={`Follow ${item.key}`} onClick={() => follow(`dynamodb://${table}/${item.key}`)} />
        <IconButton icon="trash" size="s" label={`Delete ${item.key}`} disabled={busy} onClick={remove} />
      </div>
      {failure !== undefined && <Note tone="bad">{failure}</Note>}
      <CodeBlock label={`Item ${item.key}`} lines={JSON.stringify(JSON.parse(item.text), null, 2).split('\n')} />
    </li>
  );
}
