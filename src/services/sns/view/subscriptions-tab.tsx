/** Inspector tab: the subscriptions of a topic with their filters, what became of the messages, and why the last one was kept back. */
import type { ReactNode } from 'react';
import { Badge } from '../../../ui/feedback/badge.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { JumpLink } from '../../../ui/layout/chain.tsx';
import { CodeBlock } from '../../../ui/layout/code-block.tsx';
import { Fold } from '../../../ui/layout/fold.tsx';
import { KeyValues } from '../../../ui/layout/key-values.tsx';
import { PanelSection } from '../../../ui/layout/panel.tsx';
import { TokenShape } from '../../../ui/scene/token-shape.tsx';
import { countText, timeText } from '../../../ui/quantity-text.ts';
import type { InspectorTabProps } from '../../view-contract.ts';
import type { SubscriptionSummary, TopicSummary } from '../model/summary.ts';
import { endpointName, filterText } from './facts.ts';

export function SubscriptionsTab(props: InspectorTabProps): ReactNode {
  const topic = props.summary as TopicSummary | undefined;
  if (topic === undefined) {
    return (
      <PanelSection>
        <EmptyState title="Not deployed">This topic exists on the canvas only.</EmptyState>
      </PanelSection>
    );
  }
  return (
    <PanelSection title={countText(topic.subscriptions.length, 'subscription')} end={<span className="ui-small ui-sub ui-num">{`${topic.published} published, ${topic.delivered} delivered`}</span>}>
      {topic.subscriptions.length === 0 && <EmptyState title="No subscription">A message that nobody is subscribed to goes nowhere. Connect the topic to a queue or a function.</EmptyState>}
      {topic.subscriptions.map((one) => (
        <SubscriptionFold key={one.arn} {...props} one={one} alone={topic.subscriptions.length === 1} />
      ))}
    </PanelSection>
  );
}

function SubscriptionFold({ one, alone, nodeByArn, seek }: InspectorTabProps & { readonly one: SubscriptionSummary; readonly alone: boolean }): ReactNode {
  const named = (arn: string): string => String(nodeByArn(arn)?.config['name'] ?? endpointName(arn));
  const line = (
    <>
      <TokenShape kind={one.protocol === 'lambda' ? 'invocation' : 'message'} size={14} look="full" />
      <b>{named(one.endpoint)}</b>
      <code className="ui-clip">{filterText(one)}</code>
      {one.raw && <Badge>raw</Badge>}
    </>
  );
  const miss = one.lastMiss;
  return (
    <Fold line={line} tail={one.delivered} startOpen={alone}>
      <KeyValues
        pairs={[
          { name: 'Protocol', value: one.protocol },
          { name: 'Delivered', value: one.delivered },
          { name: 'Filtered out', value: one.filteredOut },
          { name: 'Failed', value: one.failed },
          { name: 'Dead letters', value: one.deadLetterArn === null ? 'none' : named(one.deadLetterArn) },
          ...(one.filterPolicy === null ? [] : [{ name: 'Filter looks at', value: one.filterScope }]),
        ]}
      />
      {miss !== null && (
        <Note tone="now">
          Kept back at <JumpLink onClick={() => seek(miss.atUs)}>{timeText(miss.atUs / 1_000)}</JumpLink>: {miss.why}
        </Note>
      )}
      {one.filterPolicy !== null && <CodeBlock label={`Filter policy of ${named(one.endpoint)}`} lines={JSON.stringify(JSON.parse(one.filterPolicy), null, 2).split('\n')} />}
    </Fold>
  );
}
