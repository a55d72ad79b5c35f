/** The canvas with the app's actions: adding, connecting with reasons, dropping files, the context menu, words on an empty cloud. */
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { completeEdge, completeNode } from '../../scenario/environment.ts';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { Button } from '../../ui/controls/button.tsx';
import { Canvas } from '../canvas/canvas.tsx';
import type { CanvasActions } from '../canvas/canvas-context.tsx';
import { useApp } from './app-context.ts';
import { uploadFiles } from './uploads.ts';
import { connectEntries, connectNodes, removeSelection } from './canvas-commands.ts';
import type { OpenMenu } from './canvas-commands.ts';
import { viewById } from '../../services/views.ts';
import { FirstSteps, FOOT_PX, useFirstSteps } from './first-steps.tsx';
import type { Layout } from './use-layout.ts';
import { openFile } from './app-menu.ts';
import type { AppServices } from './services.ts';

export interface CanvasHostProps {
  readonly layout: Layout;
  readonly thumbnail: (sha256: string) => string | undefined;
  readonly openMenu: (menu: OpenMenu) => void;
  readonly children?: ReactNode;
}

export function CanvasHost({ layout, thumbnail, openMenu: setMenu, children }: CanvasHostProps): ReactNode {
  const app = useApp();
  const { scenario, view, manifests, run } = app;
  const design = useStore(scenario, (state) => state.design);
  const nodes = useMemo(() => design.nodes.map((node) => completeNode(node, manifests)), [design.nodes, manifests]);
  const edges = useMemo(() => design.edges.map((edge) => completeEdge(edge, manifests)), [design.edges, manifests]);
  const { stimuli, faults } = design;
  const scripted = useMemo(() => ({ load: new Set(stimuli.map(({ node }) => node)), faults: new Set(faults.map(({ node }) => node)) }), [stimuli, faults]);
  const steps = useFirstSteps(layout);
  const actions: CanvasActions = useMemo(
    () => ({
      moveNodes: (moves) => scenario.moveNodes(moves),
      connect: (from, to, at) => connectNodes(app, from, to, at, setMenu),
      addNode: (service, _variant, position) => view.select([scenario.addNode({ service, position })]),
      dropFiles: (files, nodeId) => void takeFiles(app, files, nodeId),
      removeSelection: () => removeSelection(app),
      rename: (nodeId, name) => scenario.rename(nodeId, name),
      openContextMenu: (at, nodeId) => {
        if (nodeId === null) return;
        const ids = view.getState().selectedNodes;
        setMenu({
          label: 'Node',
          at,
          items: [
            { id: 'rename', label: 'Rename', icon: 'edit', shortcut: 'F2', onSelect: () => view.setState({ renaming: nodeId }) },
            { id: 'duplicate', label: 'Duplicate', icon: 'copy', shortcut: 'Ctrl D', onSelect: () => view.select(scenario.duplicate(ids)) },
            { id: 'connect', label: 'Connect to', icon: 'arrow', items: connectEntries(app, nodeId) },
            'separator',
            { id: 'remove', label: 'Delete', icon: 'trash', shortcut: 'Del', danger: true, onSelect: () => removeSelection(app) },
          ],
        });
      },
    }),
    [app, scenario, view, setMenu],
  );
  return (
    <Canvas
      minimap={layout === 'wide'}
      phone={layout === 'phone'}
      scene={steps === 'corner' ? <FirstSteps place="corner" /> : undefined}
      footPx={steps === 'foot' ? FOOT_PX : 0}
      nodes={nodes}
      edges={edges}
      scripted={scripted}
      run={run}
      view={view}
      manifests={manifests}
      views={viewById}
      actions={actions}
      thumbnail={thumbnail}
    >
      {nodes.length === 0 && (
        <div className="canvas-empty">
          <EmptyState
            icon="bucket"
            title="An empty cloud."
            actions={
              <Button icon="bucket" onClick={() => scenario.addNode({ service: 's3', position: { x: 160, y: 160 } })}>
                Add a bucket
              </Button>
            }
          >
            Drag a bucket in, or press B.
          </EmptyState>
        </div>
      )}
      {steps === 'foot' && <FirstSteps place="foot" />}
      {children}
    </Canvas>
  );
}

/** A scenario file is opened, everything else is a clip. */
async function takeFiles(app: AppServices, files: readonly File[], nodeId: string | null): Promise<void> {
  const [first] = files;
  if (files.length === 1 && first && /\.coldstart\.json$/i.test(first.name)) return openFile(app, first);
  return uploadFiles(app, files, nodeId);
}
