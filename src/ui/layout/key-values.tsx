/** Names and values, one pair a line. */
import './key-values.css';
import type { ReactNode } from 'react';

export interface KeyValuesProps {
  readonly pairs: readonly { readonly name: string; readonly value: ReactNode }[];
  /** Values are code: ARNs, ids, JSON. */
  readonly code?: boolean;
}

export function KeyValues({ pairs, code = false }: KeyValuesProps): ReactNode {
  return (
    <dl className="ui-pairs" data-code={code || undefined}>
      {pairs.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="ui-num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
