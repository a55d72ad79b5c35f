/** A scenario as a small picture: its cards and connections, in place. */
import type { ReactNode } from 'react';
import { toneColour } from '../../ui/tone.ts';
import type { ServiceManifest } from '../../sim/manifest.ts';
import type { ScenarioDocument } from '../../scenario/schema.ts';

const CARD = { width: 220, height: 112 };

export function Sketch({ document, manifests }: { readonly document: ScenarioDocument; readonly manifests: ReadonlyMap<string, ServiceManifest> }): ReactNode {
  const { nodes, edges } = document.base;
  if (nodes.length === 0) return <span className="gallery-sketch" aria-hidden="true" />;
  const left = Math.min(...nodes.map((node) => node.position.x)) - 40;
  const top = Math.min(...nodes.map((node) => node.position.y)) - 40;
  const width = Math.max(...nodes.map((node) => node.position.x)) + CARD.width + 40 - left;
  const height = Math.max(...nodes.map((node) => node.position.y)) + CARD.height + 40 - top;
  const centre = (id: string): { readonly x: number; readonly y: number } | null => {
    const node = nodes.find((candidate) => candidate.id === id);
    return node ? { x: node.position.x + CARD.width / 2, y: node.position.y + CARD.height / 2 } : null;
  };
  return (
    <svg className="gallery-sketch" viewBox={`${left} ${top} ${width} ${height}`} aria-hidden="true">
      {edges.map((edge) => {
        const from = centre(edge.from);
        const to = centre(edge.to);
        return from && to ? <path key={edge.id} d={`M${from.x} ${from.y}L${to.x} ${to.y}`} stroke="var(--line-3)" strokeWidth="5" /> : null;
      })}
      {nodes.map((node) => (
        <g key={node.id} transform={`translate(${node.position.x} ${node.position.y})`}>
          <rect {...CARD} rx="16" fill="var(--card)" stroke="var(--line-2)" strokeWidth="5" />
          <rect x="20" y="20" width="44" height="44" rx="10" fill={toneColour(manifests.get(node.service)?.family ?? 'plain')} />
          <rect x="80" y="28" width="100" height="12" rx="6" fill="var(--line-3)" />
        </g>
      ))}
    </svg>
  );
}
