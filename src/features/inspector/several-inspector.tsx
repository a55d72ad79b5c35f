/** Several things at once: how many, and what can be done with all of them. */
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { Button } from '../../ui/controls/button.tsx';
import { iconNamed } from '../../ui/icons.tsx';
import { PanelHead, PanelSection } from '../../ui/layout/panel.tsx';
import { Glyph } from '../../ui/scene/glyph.tsx';
import type { InspectorServices } from './inspector-services.ts';

export function SeveralInspector({ services }: { readonly services: InspectorServices }): ReactNode {
  const { scenario, view, manifests } = services;
  const { nodes, edges } = useStore(
    view,
    useShallow((state) => ({ nodes: state.selectedNodes, edges: state.selectedEdges })),
  );
  const design = useStore(scenario, (state) => state.design);
  const chosen = design.nodes.filter((node) => nodes.includes(node.id));
  const words = [
    chosen.length > 0 ? `${chosen.length} ${chosen.length === 1 ? 'node' : 'nodes'}` : '',
    edges.length > 0 ? `${edges.length} ${edges.length === 1 ? 'connection' : 'connections'}` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
  const align = (axis: 'x' | 'y'): void => {
    const at = Math.min(...chosen.map((node) => node.position[axis]));
    scenario.moveNodes(chosen.map((node) => ({ id: node.id, ...node.position, [axis]: at })));
  };
  return (
    <div className="inspector">
      <PanelHead title={words} subtitle="Selected" onClose={() => view.select([])} closeLabel="Clear the selection" />
      <div className="inspector-body">
        <PanelSection>
          <div className="ui-actions inspector-actions">
            {chosen.length > 0 && (
              <Button icon="copy" iconSize="s" onClick={() => view.select(scenario.duplicate(nodes))}>
                Duplicate
              </Button>
            )}
            {chosen.length > 1 && (
              <>
                <Button icon="layout" iconSize="s" onClick={() => align('y')}>
                  Align in a row
                </Button>
                <Button icon="layout" iconSize="s" onClick={() => align('x')}>
                  Align in a column
                </Button>
              </>
            )}
            <Button kind="danger" icon="trash" iconSize="s" onClick={services.removeSelection}>
              Delete
            </Button>
          </div>
        </PanelSection>
        <ul className="several-list">
          {chosen.map((node) => {
            const manifest = manifests.get(node.service);
            return (
              <li key={node.id}>
                <button type="button" onClick={() => view.select([node.id])}>
                  <Glyph icon={iconNamed(manifest?.icon ?? '')} tone={manifest?.family ?? 'plain'} />
                  {String(node.config['name'] ?? node.id)}
                  <small>{manifest?.title}</small>
                </button>
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}
