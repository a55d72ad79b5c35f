/** The code panel: a function's files in an editor, with what went wrong and what was printed beside them. */
import type { ReactNode } from 'react';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import type { RunClient } from '../../runner/client.ts';
import type { RunStore } from '../../state/run.store.ts';
import type { ViewStore } from '../../state/view.store.ts';
import type { ScenarioStore } from '../../scenario/scenario.store.ts';

export interface EditorPanelProps {
  readonly scenario: ScenarioStore;
  readonly run: RunStore;
  readonly view: ViewStore;
  readonly client: RunClient;
  readonly theme: 'dark' | 'light';
}

export function EditorPanel(_: EditorPanelProps): ReactNode {
  return <EmptyState icon="code" title="No function here">Add a function, and its code is edited here.</EmptyState>;
}
