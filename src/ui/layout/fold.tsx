/** A line of a list that opens to show the whole of it; its content is drawn only while open. */
import './fold.css';
import { useState, type ReactNode } from 'react';
import { Icon } from '../icons.tsx';

export interface FoldProps {
  /** Always in sight. */
  readonly line: ReactNode;
  /** At the right end of the line. */
  readonly tail?: ReactNode;
  readonly startOpen?: boolean;
  readonly children: ReactNode;
}

export function Fold({ line, tail, startOpen = false, children }: FoldProps): ReactNode {
  const [open, setOpen] = useState(startOpen);
  return (
    <details className="ui-fold" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {line}
        {tail !== undefined && <span className="ui-fold-tail">{tail}</span>}
        <Icon name="chevron-right" size="s" />
      </summary>
      {open && <div className="ui-fold-body">{children}</div>}
    </details>
  );
}
