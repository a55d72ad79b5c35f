/** The body of a schedule's card: its expression, when it fires next and by which clock; near, what became of it. */
import type { ReactNode } from 'react';
import { CountRow } from '../../../ui/scene/count-row.tsx';
import { RuleRow } from '../../../ui/scene/rule-row.tsx';
import { timeText } from '../../../ui/quantity-text.ts';
import type { NodeViewProps } from '../../view-contract.ts';
import type { ScheduleSummary } from '../model/summary.ts';
import { inText, nextText } from './facts.ts';

export function ScheduleCard({ node, summary, form }: NodeViewProps): ReactNode {
  const schedule = summary as ScheduleSummary | undefined;
  if (form === 'far') return null;
  const zone = String(node.config['ScheduleExpressionTimezone'] ?? 'UTC');
  const expression = String(node.config['ScheduleExpression'] ?? '');
  if (schedule === undefined) {
    return (
      <>
        <RuleRow name={expression} pattern="" />
        <CountRow counts={[{ unit: 'No target yet' }, { unit: zone }]} />
      </>
    );
  }
  return (
    <>
      <RuleRow name={schedule.expression} pattern="" disabled={!schedule.enabled} {...(schedule.fired > 0 ? { tail: schedule.fired } : {})} />
      <CountRow counts={[{ unit: schedule.next === null ? nextText(schedule) : `next ${nextText(schedule)}` }, { unit: schedule.zone }]} />
      {form === 'near' && <CountRow line counts={[{ unit: schedule.next === null ? 'no next time' : inText(schedule) }, ...(schedule.windowMinutes === 0 ? [] : [{ unit: `+ up to ${timeText(schedule.windowMinutes * 60_000)}` }])]} />}
      {schedule.failed > 0 && <CountRow line counts={[{ value: schedule.failed, unit: 'failed', tone: 'bad' }]} />}
    </>
  );
}
