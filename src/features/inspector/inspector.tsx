/** The inspector: what is selected, in full. One node, one connection, or several things at once. */
import './inspector.css';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { InspectorServices } from './inspector-services.ts';
import { EdgeInspector } from './edge-inspector.tsx';
import { NodeInspector } from './node-inspector.tsx';
import { SeveralInspector } from './several-inspector.tsx';

export function Inspector({ services }: { readonly services: InspectorServices }): ReactNode {
  const { view, scenario } = services;
  const { nodes, edges } = useStore(
    view,
    useShallow((state) => ({ nodes: state.selectedNodes, edges: state.selectedEdges })),
  );
  const design = useStore(scenario, (state) => state.design);
  const [node] = design.nodes.filter((candidate) => nodes.includes(candidate.id));
  const [edge] = design.edges.filter((candidate) => edges.includes(candidate.id));
  if (nodes.length + edges.length > 1) return <SeveralInspector services={services} />;
  if (node) return <NodeInspector key={node.id} services={services} nodeId={node.id} />;
  if (edge) return <EdgeInspector key={edge.id} services={services} edgeId={edge.id} />;
  return null;
}
