/** Inspector tab: puts an item into the table, as the visitor: what a stream then tells of. */
import { useMemo, type ReactNode } from 'react';
import { Note } from '../../../ui/feedback/note.tsx';
import { TryForm } from '../../../ui/fields/try-form.tsx';
import { PanelSection } from '../../../ui/layout/panel.tsx';
import type { InspectorTabProps } from '../../view-contract.ts';
import { keysOf, typedItem } from './typed-item.ts';
import type { KeyAttribute } from './typed-item.ts';

/** Something to begin with that has the key of the table. */
function example(keys: readonly KeyAttribute[]): string {
  const values = keys.map(({ name, type }, i) => [name, type === 'N' ? i + 1 : type === 'B' ? 'bzE=' : `o-${i + 1}`] as const);
  return JSON.stringify({ ...Object.fromEntries(values), quantity: 2 }, null, 2);
}

export function WriteTab({ node, send }: InspectorTabProps): ReactNode {
  const table = String(node.config['name']);
  const keys = useMemo(() => keysOf(node.config), [node.config]);
  const names = keys.map(({ name }) => name);
  const onSend = async (text: string): Promise<ReactNode> => {
    const item: unknown = JSON.parse(text);
    if (typeof item !== 'object' || item === null || Array.isArray(item)) throw new Error('An item is a JSON object: attributes by their names.');
    await send('dynamodb', 'PutItem', { TableName: table, Item: typedItem(item as Record<string, unknown>, keys) });
    return <Note tone="ok">{`${table} has it. An item of the same key was replaced.`}</Note>;
  };
  return (
    <PanelSection>
      <TryForm key={names.join()} label="Item" help={`Plain JSON with the key ${names.join(' and ')}. Text becomes S, a number N, a list L, an object M.`} start={example(keys)} json action={`Put into ${table}`} icon="arrow" onSend={onSend} />
    </PanelSection>
  );
}
