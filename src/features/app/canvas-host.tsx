/** The canvas with the app's actions: adding, connecting with reasons, dropping files, the context menu, words on an empty cloud. */
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { ConnectOption } from '../../scenario/legal-edges.ts';
import { completeEdge, completeNode } from '../../scenario/environment.ts';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { Button } from '../../ui/controls/button.tsx';
import type { MenuEntry } from '../../ui/overlay/menu-items.ts';
import { showToast } from '../../ui/overlay/toast-store.ts';
import { Canvas } from '../canvas/canvas.tsx';
import type { CanvasActions } from '../canvas/canvas-context.tsx';
import { useApp } from './app-context.ts';
import { uploadFiles } from './uploads.ts';
import { FirstSteps } from './first-steps.tsx';
import type { Layout } from './use-layout.ts';
import { openFile } from './app-menu.ts';
import type { AppServices } from './services.ts';

export interface OpenMenu {
  readonly label: string;
  readonly at: { readonly x: number; readonly y: number };
  readonly items: readonly MenuEntry[];
}

/** Connects two nodes: at once when there is one way, by a menu when there are several, with the reason when there is none. */
export function connectNodes(app: AppServices, from: string, to: string, at: { readonly x: number; readonly y: number }, openMenu: (menu: OpenMenu) => void): void {
  const answer = app.scenario.connectAnswer(from, to);
  const make = (option: ConnectOption): void => {
    const made = app.scenario.connect(option.from, option.to, option.edgeType.id);
    if (made.ok) {
      app.view.select([], [made.id]);
      if (answer.note !== null) showToast({ text: answer.note, icon: 'info' });
    } else showToast({ text: made.reason, tone: 'bad', icon: 'cross' });
  };
  const [only] = answer.options;
  if (answer.options.length === 1 && only) return make(only);
  if (answer.options.length > 1) {
    return openMenu({ label: 'Connect as', at, items: [{ heading: 'Connect as' }, ...answer.options.map((option) => ({ id: option.edgeType.id, label: optionWords(option), onSelect: () => make(option) }))] });
  }
  const offer = answer.refusal?.offer;
  showToast({ text: answer.refusal?.sentence ?? 'These two have no connection.', tone: 'bad', icon: 'cross', durationMs: 9_000, ...(offer ? { action: { label: optionWords(offer), onAction: () => make(offer) } } : {}) });
}

function optionWords(option: ConnectOption): string {
  const words = option.edgeType.id.split('.')[1]!.replace(/-/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export interface CanvasHostProps {
  readonly layout: Layout;
  readonly thumbnail: (sha256: string) => string | undefined;
  readonly openMenu: (menu: OpenMenu) => void;
  readonly children?: ReactNode;
}

export function CanvasHost({ layout, thumbnail, openMenu: setMenu, children }: CanvasHostProps): ReactNode {
  const app = useApp();
  const { scenario, view, manifests, views, run } = app;
  const design = useStore(scenario, (state) => state.design);
  const nodes = useMemo(() => design.nodes.map((node) => completeNode(node, manifests)), [design.nodes, manifests]);
  const edges = useMemo(() => design.edges.map((edge) => completeEdge(edge, manifests)), [design.edges, manifests]);
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
            { id: 'connect', label: 'Connect to', icon: 'arrow', items: connectEntries(app, nodeId, at, setMenu) },
            'separator',
            { id: 'remove', label: 'Delete', icon: 'trash', shortcut: 'Del', danger: true, onSelect: () => removeSelection(app) },
          ],
        });
      },
    }),
    [app, scenario, view, setMenu],
  );
  return (
    <Canvas minimap={layout === 'wide'} phone={layout === 'phone'} scene={<FirstSteps />} nodes={nodes} edges={edges} run={run} view={view} manifests={manifests} views={views} actions={actions} thumbnail={thumbnail}>
      {nodes.length === 0 && (
        <div className="canvas-empty">
          <EmptyState icon="bucket" title="An empty cloud." actions={<Button icon="bucket" onClick={() => scenario.addNode({ service: 's3', position: { x: 160, y: 160 } })}>Add a bucket</Button>}>
            Drag a bucket in, or press B.
          </EmptyState>
        </div>
      )}
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

/** Every node that a node can be connected to, by name: the route without a mouse. */
export function connectEntries(app: AppServices, from: string, at: { readonly x: number; readonly y: number }, openMenu: (menu: OpenMenu) => void): readonly MenuEntry[] {
  const { nodes } = app.scenario.getState().design;
  const entries = nodes.flatMap((node) => (node.id !== from && app.scenario.connectAnswer(from, node.id).options.length > 0 ? [{ id: node.id, label: String(node.config['name'] ?? node.id), onSelect: () => connectNodes(app, from, node.id, at, openMenu) }] : []));
  return entries.length > 0 ? entries : [{ id: 'none', label: 'Nothing here it could be connected to', disabled: true, onSelect: () => {} }];
}

export function removeSelection(app: AppServices): void {
  const { selectedNodes, selectedEdges } = app.view.getState();
  if (selectedNodes.length + selectedEdges.length === 0) return;
  app.scenario.remove(selectedNodes, selectedEdges);
  app.view.select([]);
  showToast({ text: selectedNodes.length > 1 ? `${selectedNodes.length} nodes deleted.` : selectedNodes.length === 1 ? 'Node deleted.' : 'Connection deleted.', action: { label: 'Undo', onAction: () => void app.scenario.undo() } });
}
