/** Inspector tab: the last invocations of a function with status, duration, billing and memory. */
import type { ReactNode } from 'react';
import { Button } from '../../../ui/controls/button.tsx';
import { Badge } from '../../../ui/feedback/badge.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { JumpLink } from '../../../ui/layout/chain.tsx';
import { Fold } from '../../../ui/layout/fold.tsx';
import { KeyValues } from '../../../ui/layout/key-values.tsx';
import { PanelSection } from '../../../ui/layout/panel.tsx';
import { TokenShape } from '../../../ui/scene/token-shape.tsx';
import { countText, timeText } from '../../../ui/quantity-text.ts';
import type { InspectorTabProps } from '../../view-contract.ts';
import type { FunctionSummary } from '../model/summary.ts';
import { isStream, mappingText } from './facts.ts';

type Invocation = FunctionSummary['recent'][number];

export function InvocationsTab(props: InspectorTabProps): ReactNode {
  const lambda = props.summary as FunctionSummary | undefined;
  if (lambda === undefined) {
    return (
      <PanelSection>
        <EmptyState title="Not deployed">This function exists on the canvas only.</EmptyState>
      </PanelSection>
    );
  }
  const { counters, lastError } = lambda;
  return (
    <>
      <PanelSection title={countText(counters.invocations, 'invocation')} end={<span className="ui-small ui-sub ui-num">{`${countText(counters.errors, 'error')}, ${counters.throttles} throttled, ${countText(counters.coldStarts, 'cold start')}`}</span>}>
        {lastError !== null && <Note tone="bad">{`Last error, at ${timeText(lastError.startUs / 1_000)}: ${lastError.errorType}: ${lastError.errorMessage}`}</Note>}
        {lambda.running > 0 && <p className="ui-small ui-sub">{`${countText(lambda.running, 'invocation')} under way now.`}</p>}
        {lambda.recent.length === 0 && lambda.running === 0 && <EmptyState title="Nothing has run yet">The first invocation starts an environment: a cold start.</EmptyState>}
        {lambda.recent.map((invocation) => (
          <InvocationFold key={`${invocation.seq}`} {...props} invocation={invocation} memoryMb={lambda.memoryMb} />
        ))}
      </PanelSection>
      {lambda.mappings.length > 0 && (
        <PanelSection title="Event source mappings">
          {lambda.mappings.map((mapping) => (
            <Fold key={mapping.uuid} line={<b>{mappingText(mapping)}</b>} tail={countText(mapping.pollers, isStream(mapping) ? 'lane' : 'poller')}>
              <KeyValues
                pairs={[
                  { name: 'State', value: mapping.state },
                  { name: 'Last result', value: mapping.lastProcessingResult || 'none yet' },
                  { name: isStream(mapping) ? 'Free lanes' : 'Waiting polls', value: `${mapping.polling} of ${mapping.pollers}` },
                  { name: 'Batches running', value: mapping.batches },
                  { name: 'Batch window', value: timeText(mapping.windowSec * 1_000) },
                  { name: 'Polled', value: mapping.counters.polled },
                  ...(isStream(mapping) ? [] : [{ name: 'Deleted', value: mapping.counters.deleted }]),
                  { name: 'Failed batches', value: mapping.counters.failed },
                  { name: 'Empty polls', value: mapping.counters.emptyPolls },
                ]}
              />
            </Fold>
          ))}
        </PanelSection>
      )}
    </>
  );
}

const STATUS = { success: { tone: 'ok', icon: 'check' }, error: { tone: 'bad', icon: 'cross' }, timeout: { tone: 'bad', icon: 'clock' } } as const;
const STATUS_WORDS = { success: 'done', error: 'failed', timeout: 'timed out' } as const;

function InvocationFold({ invocation, memoryMb, follow, seek }: InspectorTabProps & { readonly invocation: Invocation; readonly memoryMb: number }): ReactNode {
  const { status } = invocation;
  const line = (
    <>
      <TokenShape kind="invocation" size={20} digit={invocation.attempt} />
      <b className="ui-num">{timeText(invocation.startUs / 1_000)}</b>
      <span>{invocation.environment}</span>
      {invocation.initUs >= 0 && (
        <Badge tone="cold" icon="snow">
          cold
        </Badge>
      )}
      <Badge tone={STATUS[status].tone} icon={STATUS[status].icon}>
        {STATUS_WORDS[status]}
      </Badge>
    </>
  );
  return (
    <Fold line={line} tail={timeText(invocation.durationUs / 1_000)}>
      {invocation.errorType !== '' && <Note tone="bad">{`${invocation.errorType}: ${invocation.errorMessage}`}</Note>}
      <KeyValues
        pairs={[
          { name: 'Started', value: <JumpLink onClick={() => seek(invocation.startUs)}>{timeText(invocation.startUs / 1_000)}</JumpLink> },
          { name: 'Request id', value: invocation.requestId },
          { name: 'Asked for', value: { sync: 'synchronously', async: 'as an event', mapping: 'by an event source mapping' }[invocation.source] },
          { name: 'Attempt', value: invocation.attempt },
          { name: 'Duration', value: `${(invocation.durationUs / 1_000).toFixed(2)}\u00a0ms` },
          { name: 'Billed', value: `${invocation.billedMs}\u00a0ms` },
          ...(invocation.initUs >= 0 ? [{ name: 'Init', value: `${(invocation.initUs / 1_000).toFixed(2)}\u00a0ms` }] : []),
          { name: 'Memory', value: `${invocation.maxMemoryMb} of ${memoryMb}\u00a0MB` },
          { name: 'Version', value: invocation.version },
        ]}
      />
      <Button size="s" icon="follow" iconSize="s" onClick={() => follow(invocation.requestId)}>
        Follow
      </Button>
    </Fold>
  );
}
