/** The media panel: upload a clip, and see clips and their renditions side by side. */
import type { ReactNode } from 'react';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import type { RunStore } from '../../state/run.store.ts';
import type { ViewStore } from '../../state/view.store.ts';
import type { ScenarioStore } from '../../scenario/scenario.store.ts';
import type { MediaServices } from './media-services.ts';

export interface MediaPanelProps {
  readonly scenario: ScenarioStore;
  readonly run: RunStore;
  readonly view: ViewStore;
  readonly media: MediaServices;
}

export function MediaPanel(_: MediaPanelProps): ReactNode {
  return <EmptyState icon="media" title="No clips yet">Drop a clip in. It never leaves this device.</EmptyState>;
}
