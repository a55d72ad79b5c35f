/** The place of the inspector: beside the canvas while something is selected, a sheet on a phone. */
import { lazy } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { PaneEdge } from '../../ui/layout/pane-edge.tsx';
import { usePaneSize } from '../../ui/layout/pane-size.ts';
import { Sheet } from '../../ui/overlay/sheet.tsx';
import { useApp } from './app-context.ts';
import { addService } from './late-commands.ts';
import { inspectorServices } from './inspector-services.ts';
import { LazyPanel } from './lazy-panel.tsx';
import type { Layout } from './use-layout.ts';

const Inspector = lazy(async () => ({ default: (await import('../inspector/inspector.tsx')).Inspector }));
const AddList = lazy(async () => ({ default: (await import('../palette/add-list.tsx')).AddList }));

const WIDTH = { wide: { initial: 392, min: 320, max: 640 }, narrow: { initial: 336, min: 320, max: 400 } };

export function SidePanel({ layout, thumbnail }: { readonly layout: Layout; readonly thumbnail: (sha256: string) => string | undefined }): ReactNode {
  const app = useApp();
  const { view, manifestList } = app;
  const selected = useStore(view, (state) => state.selectedNodes.length + state.selectedEdges.length > 0);
  const inspecting = useStore(view, (state) => state.phoneTab === 'inspect');
  const pane = usePaneSize(`inspector.${layout}`, WIDTH[layout === 'narrow' ? 'narrow' : 'wide']);
  const services = inspectorServices(app, thumbnail);
  if (layout === 'phone') {
    if (!inspecting) return null;
    return (
      <Sheet label="Inspect" height={0.56} className="side nokey" onClose={() => view.setState({ phoneTab: 'canvas' })}>
        <LazyPanel name="The inspector">
          {selected ? <Inspector services={services} /> : <AddList manifests={manifestList} onAdd={(id) => void addService(app, id)} />}
        </LazyPanel>
      </Sheet>
    );
  }
  if (!selected) return null;
  return (
    <aside className="side" aria-label="Inspector" style={{ width: pane.px }}>
      <PaneEdge label="Width of the inspector" side="left" pane={pane} />
      <LazyPanel name="The inspector">
        <Inspector services={services} />
      </LazyPanel>
    </aside>
  );
}
