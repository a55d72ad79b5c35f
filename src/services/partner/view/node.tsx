/** The body of a partner's card: what it answers, how often it was asked and failed; near, the last requests. */
import type { ReactNode } from 'react';
import { CountRow } from '../../../ui/scene/count-row.tsx';
import { RuleRow } from '../../../ui/scene/rule-row.tsx';
import type { NodeViewProps } from '../../view-contract.ts';
import type { PartnerSummary } from '../model/summary.ts';
import { isBad, resultText, scriptText } from './facts.ts';

const MID_ROWS = 2;
const NEAR_ROWS = 4;
const NOTHING: PartnerSummary = { down: false, totals: { requests: 0, answered: 0, failed: 0, unmatched: 0 }, answers: [], newest: [] };

export function PartnerCard({ summary, form }: NodeViewProps): ReactNode {
  const partner = (summary as PartnerSummary | undefined) ?? NOTHING;
  if (form === 'far') return null;
  const { requests, failed, unmatched } = partner.totals;
  const shown = partner.answers.slice(0, MID_ROWS);
  const more = partner.answers.length - shown.length;
  return (
    <>
      {shown.map((answer, at) => (
        <RuleRow key={at} name={String(answer.status)} pattern={scriptText(answer)} kind="invocation" />
      ))}
      <CountRow counts={[{ value: requests, unit: requests === 1 ? 'request' : 'requests' }, { value: failed, unit: 'failed', ...(failed > 0 ? { tone: 'bad' as const } : {}) }, ...(partner.down ? [{ unit: 'down now', tone: 'bad' as const }] : [])]} />
      {(more > 0 || unmatched > 0) && <CountRow line counts={[...(more > 0 ? [{ unit: `+ ${more} answers` }] : []), ...(unmatched > 0 ? [{ value: unmatched, unit: 'without an answer' }] : [])]} />}
      {form === 'near' && partner.newest.slice(0, NEAR_ROWS).map((one) => <CountRow key={one.seq} line counts={[{ unit: `${one.method} ${one.path}` }, { unit: resultText(one.result), ...(isBad(one.result) ? { tone: 'bad' as const } : {}) }]} />)}
    </>
  );
}
