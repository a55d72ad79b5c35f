/** Inspector tab: the rules of a bus with pattern, targets and why not, and the last events that came. */
import type { ReactNode } from 'react';
import { Badge } from '../../../ui/feedback/badge.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { Button } from '../../../ui/controls/button.tsx';
import { JumpLink } from '../../../ui/layout/chain.tsx';
import { CodeBlock } from '../../../ui/layout/code-block.tsx';
import { Fold } from '../../../ui/layout/fold.tsx';
import { KeyValues } from '../../../ui/layout/key-values.tsx';
import { PanelSection } from '../../../ui/layout/panel.tsx';
import { TokenShape } from '../../../ui/scene/token-shape.tsx';
import { countText, timeText } from '../../../ui/quantity-text.ts';
import type { InspectorTabProps } from '../../view-contract.ts';
import type { RecentEvent } from '../model/state.ts';
import type { BusSummary, RuleSummary } from '../model/summary.ts';
import { lastOf, ruleText, targetName, whyNotText } from './facts.ts';

export function RulesTab(props: InspectorTabProps): ReactNode {
  const bus = props.summary as BusSummary | undefined;
  if (bus === undefined) {
    return (
      <PanelSection>
        <EmptyState title="Not deployed">This bus exists on the canvas only.</EmptyState>
      </PanelSection>
    );
  }
  return (
    <>
      <PanelSection title={countText(bus.rules.length, 'rule')} end={<span className="ui-small ui-sub ui-num">{`${bus.matched} matched, ${bus.unmatched} unmatched`}</span>}>
        {bus.rules.length === 0 && <EmptyState title="No rule">An event that no rule wants is dropped. Connect the bus to a target to make one.</EmptyState>}
        {bus.rules.map((rule) => (
          <RuleFold key={rule.name} {...props} bus={bus} rule={rule} />
        ))}
      </PanelSection>
      <PanelSection title="Last events">
        {bus.recent.length === 0 && <EmptyState title="No event yet">{bus.name === 'default' ? 'Events of AWS services and of your own come here.' : 'Only events that are put on this bus come here.'}</EmptyState>}
        {bus.recent.map((event) => (
          <EventFold key={event.id} {...props} event={event} />
        ))}
      </PanelSection>
    </>
  );
}

function RuleFold({ bus, rule, nodeByArn, seek }: InspectorTabProps & { readonly bus: BusSummary; readonly rule: RuleSummary }): ReactNode {
  const { taken, missed } = lastOf(bus, rule.name);
  const named = (arn: string): string => String(nodeByArn(arn)?.config['name'] ?? targetName(arn));
  const line = (
    <>
      <TokenShape kind="event" size={14} look={rule.enabled ? 'full' : 'outline'} />
      <b>{rule.name}</b>
      <code className="ui-clip">{ruleText(rule)}</code>
      {!rule.enabled && <Badge>off</Badge>}
    </>
  );
  return (
    <Fold line={line} tail={rule.matched} startOpen={bus.rules.length === 1}>
      <KeyValues
        pairs={[
          { name: 'Targets', value: rule.targets.length === 0 ? 'none' : rule.targets.map((target) => named(target.Arn)).join(', ') },
          { name: 'Matched', value: rule.matched },
          { name: 'Failed deliveries', value: rule.failed },
          ...(rule.schedule === null ? [] : [{ name: 'Schedule', value: rule.schedule }]),
          ...(taken === undefined ? [] : [{ name: 'Last match', value: <JumpLink onClick={() => seek(taken.atUs)}>{timeText(taken.atUs / 1_000)}</JumpLink> }]),
        ]}
      />
      {missed !== undefined && <Note tone="now">{`The event of ${timeText(missed.event.atUs / 1_000)} does not match: ${whyNotText(missed.why)}.`}</Note>}
      {rule.pattern !== null && <CodeBlock label={`Event pattern of ${rule.name}`} lines={JSON.stringify(JSON.parse(rule.pattern), null, 2).split('\n')} />}
    </Fold>
  );
}

function EventFold({ event, follow, seek }: InspectorTabProps & { readonly event: RecentEvent }): ReactNode {
  const line = (
    <>
      <TokenShape kind="event" size={14} look={event.matched.length > 0 ? 'full' : 'outline'} />
      <b>{event.detailType}</b>
      <span className="ui-clip">{event.source}</span>
    </>
  );
  return (
    <Fold line={line} tail={event.matched.length > 0 ? event.matched.join(', ') : 'unmatched'}>
      {event.missed.map((why) => (
        <Note key={why.rule} tone="now">{`${why.rule} does not match: ${whyNotText(why)}.`}</Note>
      ))}
      <KeyValues pairs={[{ name: 'Event id', value: event.id }, { name: 'Arrived', value: <JumpLink onClick={() => seek(event.atUs)}>{timeText(event.atUs / 1_000)}</JumpLink> }]} />
      <Button size="s" icon="follow" iconSize="s" onClick={() => follow(event.id)}>
        Follow
      </Button>
    </Fold>
  );
}
