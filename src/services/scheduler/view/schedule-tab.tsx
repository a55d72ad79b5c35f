/** Inspector tab: when a schedule fires, whom it calls, and what became of it. */
import type { ReactNode } from 'react';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { JumpLink } from '../../../ui/layout/chain.tsx';
import { KeyValues } from '../../../ui/layout/key-values.tsx';
import { PanelSection } from '../../../ui/layout/panel.tsx';
import { timeText } from '../../../ui/quantity-text.ts';
import type { InspectorTabProps } from '../../view-contract.ts';
import type { ScheduleSummary } from '../model/summary.ts';
import { inText, nextText } from './facts.ts';

export function ScheduleTab({ summary, nodeByArn, seek }: InspectorTabProps): ReactNode {
  const schedule = summary as ScheduleSummary | undefined;
  if (schedule === undefined) {
    return (
      <PanelSection>
        <EmptyState title="No target yet">Connect the schedule to a function, queue, topic or bus. AWS knows no schedule without a target.</EmptyState>
      </PanelSection>
    );
  }
  const named = (arn: string): string => String(nodeByArn(arn)?.config['name'] ?? arn.split(/[:/]/).pop());
  const last = schedule.lastFiredUs;
  return (
    <>
      <PanelSection title="Next time" end={<span className="ui-small ui-sub ui-num">{inText(schedule)}</span>}>
        <KeyValues
          pairs={[
            { name: schedule.zone, value: nextText(schedule) },
            ...(schedule.next === null ? [] : [{ name: 'UTC', value: schedule.next.utc }]),
            { name: 'Expression', value: schedule.expression },
            ...(schedule.windowMinutes === 0 ? [] : [{ name: 'Flexible window', value: timeText(schedule.windowMinutes * 60_000) }]),
          ]}
        />
      </PanelSection>
      <PanelSection title="Calls">
        <KeyValues
          pairs={[
            { name: 'Target', value: named(schedule.targetArn) },
            { name: 'Fired', value: schedule.fired },
            { name: 'Failed for good', value: schedule.failed },
            ...(schedule.deadLetterArn === null ? [] : [{ name: 'Dead letters', value: named(schedule.deadLetterArn) }]),
            ...(last === null ? [] : [{ name: 'Last time', value: <JumpLink onClick={() => seek(last)}>{timeText(last / 1_000)}</JumpLink> }]),
          ]}
        />
      </PanelSection>
    </>
  );
}
