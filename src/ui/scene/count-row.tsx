/** Facts in a row, spread from edge to edge: the number bold, its unit not. */
import './count-row.css';
import { groupDigits } from '../number-text.ts';
import type { Tone } from '../tone.ts';
import type { ReactNode } from 'react';

export interface Count {
  /** Bold; a string is an id ('m-7'). Left out where the fact is a word or a size ('over 60 s'). */
  readonly value?: number | string;
  /** 'visible', 'in flight', '13.1 MB'. */
  readonly unit: string;
  /** Colours the number; the word beside it says the same. */
  readonly tone?: Tone | undefined;
}

export interface CountRowProps {
  readonly counts: readonly Count[];
  /** A line of a list inside a card: a rule above it, tighter. */
  readonly line?: boolean;
}

export function CountRow({ counts, line = false }: CountRowProps): ReactNode {
  return (
    <div className="ui-facts" data-line={line || undefined}>
      {counts.map(({ value, unit, tone }, at) => (
        <span key={at}>
          {value !== undefined && (
            <>
              <b className={tone && 'ui-tone'} data-tone={tone} data-id={typeof value === 'string' ? '' : undefined}>
                {typeof value === 'number' ? groupDigits(value) : value}
              </b>{' '}
            </>
          )}
          {unit}
        </span>
      ))}
    </div>
  );
}
