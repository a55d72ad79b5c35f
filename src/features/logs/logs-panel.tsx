/** The logs panel: every line that functions have written, as CloudWatch Logs keeps it. */
import type { ReactNode } from 'react';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import type { RunClient } from '../../runner/client.ts';
import type { RunStore } from '../../state/run.store.ts';
import type { ViewStore } from '../../state/view.store.ts';
import type { ScenarioStore } from '../../scenario/scenario.store.ts';

export interface LogsPanelProps {
  readonly scenario: ScenarioStore;
  readonly run: RunStore;
  readonly view: ViewStore;
  readonly client: RunClient;
}

export function LogsPanel(_: LogsPanelProps): ReactNode {
  return <EmptyState icon="logs" title="No lines yet">Functions write here when they run.</EmptyState>;
}
