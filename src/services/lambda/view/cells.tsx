/** Execution environments as cells in a row, with empty places kept so that a card does not change its height. */
import './view.css';
import type { ReactNode } from 'react';
import { EnvironmentCell, EnvironmentRow } from '../../../ui/scene/environment-cell.tsx';
import type { EnvironmentSummary } from '../model/summary.ts';
import { cellOf } from './facts.ts';

export interface CellsProps {
  readonly environments: readonly EnvironmentSummary[];
  readonly nowUs: number;
  /** At most so many, then '+ n'. */
  readonly max: number;
  readonly columns?: number;
}

export function Cells({ environments, nowUs, max, columns = 4 }: CellsProps): ReactNode {
  const shown = environments.slice(0, max);
  const rest = environments.length - shown.length;
  const places = Math.max(0, columns - shown.length);
  return (
    <EnvironmentRow columns={columns} {...(rest > 0 ? { more: `+ ${rest}` } : {})}>
      {shown.map((environment) => (
        <Cell key={environment.id} environment={environment} nowUs={nowUs} />
      ))}
      {Array.from({ length: places }, (_, at) => (
        <EnvironmentCell key={`place ${at}`} state="empty" label={'\u00a0'} word={'\u00a0'} />
      ))}
    </EnvironmentRow>
  );
}

export function Cell({ environment, nowUs }: { readonly environment: EnvironmentSummary; readonly nowUs: number }): ReactNode {
  const { state, progress, word, pinned } = cellOf(environment, nowUs);
  return <EnvironmentCell state={state} progress={progress} word={word} pinned={pinned} label={environment.id} />;
}
