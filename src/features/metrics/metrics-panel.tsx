/** The metrics panel: CloudWatch's numbers over virtual time. */
import type { ReactNode } from 'react';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import type { RunStore } from '../../state/run.store.ts';
import type { ViewStore } from '../../state/view.store.ts';
import type { ScenarioStore } from '../../scenario/scenario.store.ts';

export interface MetricsPanelProps {
  readonly scenario: ScenarioStore;
  readonly run: RunStore;
  readonly view: ViewStore;
}

export function MetricsPanel(_: MetricsPanelProps): ReactNode {
  return <EmptyState icon="metrics" title="Nothing was measured yet">Press play. Numbers come as services work.</EmptyState>;
}
