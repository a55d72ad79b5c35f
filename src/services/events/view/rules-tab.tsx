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
import type { BusSummary, RuleSummary, TargetSummary } from '../model/summary.ts';
import { INPUTS, lastOf, missesOf, ruleText, targetName } from './facts.ts';
import { patternLines } from './pattern-lines.ts';
import { Verdicts, WhyNot } from './verdicts.tsx';
import './view.css';

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
          // A replayed event has the id of the first time.
          <EventFold key={`${event.id} ${event.atUs}`} {...props} bus={bus} event={event} />
        ))}
      </PanelSection>
      {bus.name === 'default' && <PanelSection><p className="ui-small ui-sub">CloudWatch Events is the old name of this bus and its rules. The API is the same.</p></PanelSection>}
    </>
  );
}

function RuleFold({ bus, rule, nodeByArn, seek }: InspectorTabProps & { readonly bus: BusSummary; readonly rule: RuleSummary }): ReactNode {
  const { taken } = lastOf(bus, rule.name);
  const [newest, ...earlier] = missesOf(bus, rule.name);
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
          ...(rule.targets.length === 0 ? [{ name: 'Target', value: 'none: what it takes goes nowhere' }] : rule.targets.map((target) => ({ name: `Target ${target.Id}`, value: targetText(target, named) }))),
          { name: 'Matched', value: rule.matched },
          { name: 'Failed deliveries', value: rule.failed },
          ...(rule.schedule === null ? [] : [{ name: 'Schedule, UTC', value: rule.schedule }]),
          ...(taken === undefined ? [] : [{ name: 'Last match', value: <JumpLink onClick={() => seek(taken.atUs)}>{timeText(taken.atUs / 1_000)}</JumpLink> }]),
        ]}
      />
      {newest !== undefined && (
        <>
          <Note tone="now">{`${newest.event.detailType} at ${timeText(newest.event.atUs / 1_000)} does not match. ${newest.why.why}`}</Note>
          <WhyNot why={newest.why} />
        </>
      )}
      {rule.pattern !== null && <CodeBlock label={`Event pattern of ${rule.name}${newest === undefined ? '' : `, pointing at ${newest.why.field}`}`} lines={patternLines(rule.pattern, newest?.why.field)} />}
      {earlier.length > 0 && (
        <ul className="events-misses" aria-label={`Earlier events that ${rule.name} did not take`}>
          {earlier.map(({ event, why }) => (
            <li key={`${event.id} ${event.atUs}`}>
              <JumpLink onClick={() => seek(event.atUs)}>{timeText(event.atUs / 1_000)}</JumpLink>
              <span>{why.why}</span>
            </li>
          ))}
        </ul>
      )}
    </Fold>
  );
}

function targetText(target: TargetSummary, named: (arn: string) => string): string {
  const parts = [INPUTS[target.input], ...(target.roleArn === null ? [] : [`as ${targetName(target.roleArn)}`]), target.deadLetterArn === null ? 'no dead-letter queue' : `dead letters to ${named(target.deadLetterArn)}`];
  return `${named(target.Arn)}: ${parts.join(', ')}`;
}

function EventFold({ bus, event, follow, seek }: InspectorTabProps & { readonly bus: BusSummary; readonly event: RecentEvent }): ReactNode {
  const line = (
    <>
      <TokenShape kind="event" size={14} look={event.matched.length > 0 ? 'full' : 'outline'} />
      <b>{event.detailType}</b>
      <span className="ui-clip">{event.source}</span>
    </>
  );
  return (
    <Fold line={line} tail={event.matched.length > 0 ? event.matched.join(', ') : 'unmatched'}>
      <Verdicts bus={bus} event={event} />
      <KeyValues pairs={[{ name: 'Event id', value: event.id }, { name: 'Arrived', value: <JumpLink onClick={() => seek(event.atUs)}>{timeText(event.atUs / 1_000)}</JumpLink> }]} />
      <Button size="s" icon="follow" iconSize="s" onClick={() => follow(event.id)}>
        Follow
      </Button>
    </Fold>
  );
}
