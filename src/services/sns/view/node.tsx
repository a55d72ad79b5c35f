/** The body of a topic's card: each subscription with its filter, what was published, delivered and filtered out; near, why not. */
import type { ReactNode } from 'react';
import { CountRow } from '../../../ui/scene/count-row.tsx';
import { RuleRow } from '../../../ui/scene/rule-row.tsx';
import { timeText } from '../../../ui/quantity-text.ts';
import type { NodeViewProps } from '../../view-contract.ts';
import type { SubscriptionSummary, TopicSummary } from '../model/summary.ts';
import { endpointName, filterText } from './facts.ts';

const MID_ROWS = 3;
const NEAR_ROWS = 5;

export function TopicCard({ summary, form }: NodeViewProps): ReactNode {
  const topic = summary as TopicSummary | undefined;
  if (form === 'far') return null;
  const all = topic?.subscriptions ?? [];
  const near = form === 'near';
  const max = near ? NEAR_ROWS : MID_ROWS;
  const shown = all.length <= max + 1 ? all : all.slice(0, max);
  const counts = [
    { value: topic?.published ?? 0, unit: 'published' },
    { value: topic?.delivered ?? 0, unit: 'delivered' },
    { value: topic?.filteredOut ?? 0, unit: 'filtered' },
  ];
  return (
    <>
      {all.length === 0 && <div className="ui-rule">{topic !== undefined && <span className="ui-sub">No subscription: nothing is passed on</span>}</div>}
      {shown.map((one) => (
        <div key={one.arn}>
          <RuleRow name={endpointName(one.endpoint)} pattern={filterText(one)} kind={one.protocol === 'lambda' ? 'invocation' : 'message'} tail={one.delivered} />
          {near && <WhyNot one={one} />}
        </div>
      ))}
      <CountRow counts={counts} />
      {(all.length > shown.length || (topic?.failed ?? 0) > 0) && (
        <CountRow line counts={[...(all.length > shown.length ? [{ unit: `+ ${all.length - shown.length} subscriptions` }] : []), ...((topic?.failed ?? 0) > 0 ? [{ value: topic?.failed ?? 0, unit: 'failed', tone: 'bad' as const }] : [])]} />
      )}
    </>
  );
}

function WhyNot({ one }: { readonly one: SubscriptionSummary }): ReactNode {
  if (one.lastMiss === null) return null;
  return <CountRow line counts={[{ unit: `not ${one.lastMiss.field}` }, { value: one.filteredOut, unit: 'filtered' }, { unit: `at ${timeText(one.lastMiss.atUs / 1_000)}` }]} />;
}
