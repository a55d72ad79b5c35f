/** What waits in a queue, as a row of shapes: full and visible, ringed while hidden, dashed while delayed. */
import './stack-row.css';
import { TokenShape, InFlightShape } from './token-shape.tsx';
import type { ReactNode } from 'react';

export interface StackItem {
  readonly id: string;
  readonly state: 'visible' | 'in-flight' | 'delayed';
  /** How often it has been received. */
  readonly attempt?: number;
  /** 0 to 1 of the hiding that is left; for `in-flight`. */
  readonly remaining?: number;
  readonly copy?: boolean;
}

export interface StackRowProps {
  readonly items: readonly StackItem[];
  /** At most so many shapes, then a count; by default 6, and beside words at the right so few that both have room. */
  readonly max?: number;
  /** How many there are, when `items` is only the first of them. */
  readonly total?: number;
  /** Bold beside a single shape: the id of the message. */
  readonly lead?: string;
  /** At the right: 'oldest 9.1 s', 'hidden, back in 11.9 s'. */
  readonly tail?: ReactNode;
  /** In place of shapes when there are none: 'Nothing waiting'. */
  readonly empty?: string;
}

export function StackRow({ items, total = items.length, lead, tail, empty, max = tail === undefined ? 6 : total > 4 ? 3 : 4 }: StackRowProps): ReactNode {
  const shown = items.slice(0, max);
  return (
    <div className="ui-stack">
      {shown.map((item) => (
        <StackShape key={item.id} item={item} />
      ))}
      {total > shown.length && <span className="ui-stack-more ui-num">+ {total - shown.length}</span>}
      {lead !== undefined && <b className="ui-stack-lead">{lead}</b>}
      {total === 0 && empty !== undefined && <span className="ui-stack-empty">{empty}</span>}
      {tail !== undefined && <span className="ui-stack-tail ui-num">{tail}</span>}
    </div>
  );
}

function StackShape({ item }: { readonly item: StackItem }): ReactNode {
  if (item.state === 'in-flight') return <InFlightShape remaining={item.remaining ?? 1} attempt={item.attempt} />;
  const digit = item.attempt !== undefined && item.attempt >= 2 ? item.attempt : undefined;
  return <TokenShape kind="message" size={20} digit={digit} copy={item.copy ?? false} look={item.state === 'delayed' ? 'dashed' : 'full'} />;
}
