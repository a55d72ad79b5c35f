/** The body of a counter's card: nothing when far, one row of facts, near also its setting. */
import type { ReactNode } from 'react';
import { CountRow } from '../../../ui/scene/count-row.tsx';
import { timeText } from '../../../ui/quantity-text.ts';
import type { NodeViewProps } from '../../view-contract.ts';
import type { CounterSummary } from '../model/summary.ts';

export function CounterCard({ summary, form }: NodeViewProps): ReactNode {
  const counter = summary as CounterSummary | undefined;
  if (form === 'far') return null;
  if (counter === undefined) return <CountRow counts={[{ unit: 'Not deployed' }]} />;
  return (
    <>
      <CountRow counts={[{ value: counter.value, unit: 'counted' }, { unit: counter.agoMs === null ? 'not yet' : `${timeText(counter.agoMs)} ago` }]} />
      {form === 'near' && <CountRow line counts={[{ unit: `steps of at most ${counter.stepMax}` }]} />}
    </>
  );
}
