/** A rule of a bus: its name and the shortest form of its pattern. */
import './rule-row.css';
import { TokenShape } from './token-shape.tsx';
import type { ReactNode } from 'react';

export interface RuleRowProps {
  readonly name: string;
  /** 'suffix .mp4'. */
  readonly pattern: string;
  /** At the right: how many matched. */
  readonly tail?: ReactNode;
  /** Shape before the name; an event unless told. */
  readonly kind?: 'event' | 'message' | 'invocation' | 'object';
  /** Switched off: outlined shape and a word. */
  readonly disabled?: boolean;
}

export function RuleRow({ name, pattern, tail, kind = 'event', disabled = false }: RuleRowProps): ReactNode {
  return (
    <div className="ui-rule" data-disabled={disabled || undefined}>
      <TokenShape kind={kind} size={14} look={disabled ? 'outline' : 'full'} />
      <b>{name}</b>
      <code title={pattern}>{disabled ? `off, ${pattern}` : pattern}</code>
      {tail !== undefined && <span className="ui-rule-tail ui-num">{tail}</span>}
    </div>
  );
}
