/** The body of a bus's card: each rule with the shortest form of its pattern, matched and unmatched; near, targets and why not. */
import type { ReactNode } from 'react';
import { CountRow } from '../../../ui/scene/count-row.tsx';
import { RuleRow } from '../../../ui/scene/rule-row.tsx';
import { timeText } from '../../../ui/quantity-text.ts';
import type { NodeViewProps } from '../../view-contract.ts';
import type { BusSummary, RuleSummary } from '../model/summary.ts';
import { lastOf, ruleText, targetName } from './facts.ts';

const MID_RULES = 3;
const NEAR_RULES = 5;

export function BusCard({ summary, form }: NodeViewProps): ReactNode {
  const bus = summary as BusSummary | undefined;
  if (form === 'far') return null;
  if (bus === undefined) return <NotYet />;
  const near = form === 'near';
  const max = near ? NEAR_RULES : MID_RULES;
  // One rule more than fits is shown; a line that only says '+ 1' would take the same room.
  const shown = bus.rules.length <= max + 1 ? bus.rules : bus.rules.slice(0, max);
  return (
    <>
      {bus.rules.length === 0 && <NoRules />}
      {shown.map((rule) => (
        <div key={rule.name}>
          <RuleRow name={rule.name} pattern={ruleText(rule)} disabled={!rule.enabled} {...(bus.rules.length > 1 || near ? { tail: rule.matched } : {})} />
          {near && <RuleFacts bus={bus} rule={rule} />}
        </div>
      ))}
      <CountRow counts={[{ value: bus.matched, unit: 'matched' }, ...(bus.rules.length > shown.length ? [{ unit: `+ ${bus.rules.length - shown.length} rules` }] : []), { value: bus.unmatched, unit: 'unmatched' }]} />
    </>
  );
}

/** Before the first moment of a run is there: the shape of a bus with one rule, so that nothing moves when it comes. */
function NotYet(): ReactNode {
  return (
    <>
      <div className="ui-rule" />
      <CountRow
        counts={[
          { value: 0, unit: 'matched' },
          { value: 0, unit: 'unmatched' },
        ]}
      />
    </>
  );
}

function NoRules(): ReactNode {
  return (
    <div className="ui-rule">
      <span className="ui-sub">No rule: nothing is passed on</span>
    </div>
  );
}

function RuleFacts({ bus, rule }: { readonly bus: BusSummary; readonly rule: RuleSummary }): ReactNode {
  const { taken, missed } = lastOf(bus, rule.name);
  const to = rule.targets.length === 0 ? 'no target' : `to ${rule.targets.map((target) => targetName(target.Arn)).join(', ')}`;
  return (
    <div style={{ paddingBottom: 6 }}>
      <CountRow line counts={[{ unit: to }, { unit: taken === undefined ? 'nothing yet' : `last at ${timeText(taken.atUs / 1_000)}` }]} />
      {missed !== undefined && <CountRow line counts={[{ unit: `not ${missed.why.field.split('.').pop() ?? ''} ${missed.why.actual}` }, { unit: `at ${timeText(missed.event.atUs / 1_000)}` }]} />}
    </div>
  );
}
