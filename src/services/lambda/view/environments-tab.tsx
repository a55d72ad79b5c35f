/** Inspector tab: every execution environment of a function with its age, what it served and what it holds. */
import './view.css';
import type { ReactNode } from 'react';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { Badge } from '../../../ui/feedback/badge.tsx';
import { Button } from '../../../ui/controls/button.tsx';
import { Fold } from '../../../ui/layout/fold.tsx';
import { KeyValues } from '../../../ui/layout/key-values.tsx';
import { PanelSection } from '../../../ui/layout/panel.tsx';
import { Gauge } from '../../../ui/scene/gauge.tsx';
import { bytesText, countText, timeText } from '../../../ui/quantity-text.ts';
import type { InspectorTabProps } from '../../view-contract.ts';
import type { EnvironmentSummary, FunctionSummary } from '../model/summary.ts';
import { Cell } from './cells.tsx';
import { cellOf } from './facts.ts';
import { ProvisionedSection } from './provisioned.tsx';

export function EnvironmentsTab(props: InspectorTabProps): ReactNode {
  const lambda = props.summary as FunctionSummary | undefined;
  if (lambda === undefined || lambda.environments.length === 0) {
    return (
      <>
        <PanelSection>
          <EmptyState title="No environment">An invocation starts one, and pays for it with a cold start. It is kept warm for a while after its last use.</EmptyState>
        </PanelSection>
        {lambda !== undefined && <ProvisionedSection {...props} />}
      </>
    );
  }
  const { environments, reservedConcurrency, running } = lambda;
  return (
    <>
      <PanelSection title={countText(environments.length, 'environment')}>
        <ul className="lambda-environments" aria-label="Execution environments">
          {environments.map((environment) => (
            <li key={environment.id}>
              <Cell environment={environment} nowUs={props.nowUs} />
            </li>
          ))}
        </ul>
        {reservedConcurrency !== null && <Gauge label="Concurrency" value={running} max={reservedConcurrency} text={`${running} of ${reservedConcurrency} reserved`} toneOf={(value) => (value >= reservedConcurrency ? 'warn' : 'invocation')} />}
      </PanelSection>
      <PanelSection title="One by one">
        {environments.map((environment) => (
          <EnvironmentFold key={environment.id} {...props} environment={environment} />
        ))}
      </PanelSection>
      <ProvisionedSection {...props} />
    </>
  );
}

function EnvironmentFold({ environment, nowUs, follow }: InspectorTabProps & { readonly environment: EnvironmentSummary }): ReactNode {
  const { id, phase, sinceUs, untilUs, requestId } = environment;
  const line = (
    <>
      <b>{id}</b>
      {environment.outdated && <Badge>old code</Badge>}
      {environment.provisioned && <Badge icon="pin">provisioned</Badge>}
    </>
  );
  return (
    <Fold line={line} tail={cellOf(environment, nowUs).word}>
      <KeyValues
        pairs={[
          { name: 'Age', value: timeText(Math.max(0, nowUs - environment.bornUs) / 1_000) },
          { name: phase === 'idle' ? 'Unused for' : 'In this state for', value: timeText(Math.max(0, nowUs - sinceUs) / 1_000) },
          ...(untilUs > nowUs ? [{ name: phase === 'idle' ? 'Ends in' : 'Times out in', value: timeText((untilUs - nowUs) / 1_000) }] : []),
          { name: 'Served', value: countText(environment.served, 'request') },
          { name: 'Most memory of your code', value: bytesText(environment.heapPeakBytes) },
          { name: 'Version', value: environment.version },
          ...(environment.child === '' ? [] : [{ name: 'Waits for', value: environment.child }]),
          ...(requestId === '' ? [] : [{ name: 'Request', value: requestId }]),
        ]}
      />
      {requestId !== '' && (
        <Button size="s" icon="follow" iconSize="s" onClick={() => follow(requestId)}>
          Follow
        </Button>
      )}
    </Fold>
  );
}
