/** A list whose rows are a sentence each and open to their fields. What is added is opened and has the focus; what is removed gives it to its neighbour. */
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/controls/button.tsx';
import { IconButton } from '../../../ui/controls/icon-button.tsx';
import { Fold } from '../../../ui/layout/fold.tsx';

export interface RowsProps {
  readonly label: string;
  readonly items: readonly { readonly id: string; readonly sentence: string; readonly below?: ReactNode; readonly fields: ReactNode }[];
  /** Answers the id of what was added. */
  readonly add: { readonly label: string; readonly disabled: boolean; readonly onAdd: () => string };
  readonly onRemove: (id: string) => void;
}

export function Rows({ label, items, add, onRemove }: RowsProps): ReactNode {
  const [fresh, setFresh] = useState<string>();
  const list = useRef<HTMLDivElement>(null);
  const focusNext = useRef<string>(undefined);
  useEffect(() => {
    if (focusNext.current === undefined) return;
    list.current?.querySelector<HTMLElement>(focusNext.current)?.focus();
    focusNext.current = undefined;
  });
  const onAdd = (): void => {
    const id = add.onAdd();
    focusNext.current = `[data-row="${id}"] .ui-fold-body :is(button, input)`;
    setFresh(id);
  };
  const remove = (at: number): void => {
    const neighbour = items[at + 1] ?? items[at - 1];
    focusNext.current = neighbour === undefined ? '.load-add' : `[data-row="${neighbour.id}"] summary`;
    onRemove(items[at]!.id);
  };
  return (
    <div ref={list} className="record-rows" role="group" aria-label={label}>
      {items.map(({ id, sentence, below, fields }, at) => (
        <div key={id} className="record-row" data-row={id}>
          <Fold
            startOpen={id === fresh}
            line={
              <span className="load-line">
                <b>{sentence}</b>
                {below}
              </span>
            }
          >
            {fields}
          </Fold>
          <IconButton icon="close" label={`Remove ${sentence}`} size="s" onClick={() => remove(at)} />
        </div>
      ))}
      <Button size="s" icon="plus" iconSize="s" className="load-add" disabled={add.disabled} onClick={onAdd}>
        {add.label}
      </Button>
      {add.disabled && <p className="load-words">A scenario has at most 1,000 of them.</p>}
    </div>
  );
}
