/** What a lesson draws over the canvas, in canvas coordinates: a guess, the truth over it, and ghosts of what could be added. The words are in the lesson panel; readers hear those. */
import { useStore as useFlow, ViewportPortal } from 'reactflow';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Drawing } from '../../state/view.store.ts';
import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { useCanvas } from './canvas-context.tsx';
import { bentPath, portAt, sidesOf } from './geometry.ts';
import type { Box, Side } from './geometry.ts';

/** A ghost is as large as a queue's card, px. */
const GHOST = { width: 232, height: 96 };
/** The guess and the truth lie this far to either side of the edges, px. */
const ASIDE = { guess: -6, truth: 6 };
const WORDS = { guess: 'Your guess', truth: 'What happened' };

export function Drawings(): ReactNode {
  const { view } = useCanvas();
  const drawings = useStore(view, (state) => state.drawings);
  const all = Object.values(drawings);
  if (all.length === 0) return null;
  return (
    <ViewportPortal>
      <div className="canvas-drawings" aria-hidden="true">
        {all.map((drawing, i) => (
          <OneDrawing key={i} drawing={drawing} />
        ))}
      </div>
    </ViewportPortal>
  );
}

function OneDrawing({ drawing }: { readonly drawing: Drawing }): ReactNode {
  const { manifests } = useCanvas();
  const nodes = useFlow((state) => state.nodes);
  const boxes = useMemo(() => {
    const found = new Map<string, Box>();
    for (const node of nodes) found.set(node.id, { ...node.position, width: node.measured?.width ?? GHOST.width, height: node.measured?.height ?? GHOST.height });
    for (const { id, x, y } of drawing.ghostNodes) if (!found.has(id)) found.set(id, { x, y, ...GHOST });
    return found;
  }, [nodes, drawing.ghostNodes]);
  const known = new Set(nodes.map(({ id }) => id));
  const edges = useFlow((state) => state.edges);
  const ghosts = drawing.ghostEdges.flatMap((ghost) => {
    const [a, b] = [boxes.get(ghost.from), boxes.get(ghost.to)];
    if (!a || !b) return [];
    const twins = edges.filter(({ source, target }) => (source === ghost.from && target === ghost.to) || (source === ghost.to && target === ghost.from)).length;
    return [{ ...ghost, ...ghostLine(a, b, twins) }];
  });
  return (
    <>
      <svg className="canvas-drawing">
        {drawing.paths.map(({ kind, nodes: way }) => (
          <path key={kind} data-kind={kind} d={wayPath(way, boxes, ASIDE[kind])} />
        ))}
        {ghosts.map(({ from, to, path }) => (
          <path key={`${from} ${to}`} data-kind="ghost" d={path} />
        ))}
      </svg>
      {drawing.paths.map(({ kind, nodes: way }) => {
        const first = boxes.get(way[0] ?? '');
        return first && (
          <span key={kind} className="canvas-drawing-word" data-kind={kind} style={{ left: first.x, top: first.y + (kind === 'guess' ? -24 : first.height + 6) }}>
            {WORDS[kind]}
          </span>
        );
      })}
      {drawing.ghostNodes.map(
        ({ id, service, name, x, y }) =>
          !known.has(id) && (
            <div key={id} className="canvas-ghost" style={{ left: x, top: y, ...GHOST }}>
              <Icon name={(manifests.get(service)?.icon ?? 'help') as IconName} />
              <span>
                <b>{name}</b>
                {manifests.get(service)?.title ?? service}
              </span>
            </div>
          ),
      )}
      {ghosts.map(({ from, to, words, middle }) => (
        <span key={`${from} ${to}`} className="canvas-drawing-word" data-kind="ghost" style={{ left: middle.x, top: middle.y + 4 }}>
          {words}
        </span>
      ))}
    </>
  );
}

function endsOf(from: Box, to: Box): { readonly start: { x: number; y: number; side: Side }; readonly end: { x: number; y: number; side: Side } } {
  const sides = sidesOf(from, to);
  return { start: { ...portAt(from, sides.source), side: sides.source }, end: { ...portAt(to, sides.target), side: sides.target } };
}

/** A ghost's line: aside of the edges that already join the two cards, and the middle of it. */
function ghostLine(a: Box, b: Box, twins: number): { readonly path: string; readonly middle: { readonly x: number; readonly y: number } } {
  const { start, end } = endsOf(a, b);
  const along = start.side === 'left' || start.side === 'right' ? 'x' : 'y';
  if (along === 'x' ? start.y === end.y : start.x === end.x) return bentPath(start, end, twins * 32, along);
  const [c, d] = [out(start, start.side), out(end, end.side)];
  return { path: `M${start.x} ${start.y}C${c.x} ${c.y} ${d.x} ${d.y} ${end.x} ${end.y}`, middle: { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 } };
}

/** A curve from card to card along the way; cards that are not there are passed over. */
function wayPath(way: readonly string[], boxes: ReadonlyMap<string, Box>, aside: number): string {
  let path = '';
  for (let i = 1; i < way.length; i++) {
    const [from, to] = [boxes.get(way[i - 1]!), boxes.get(way[i]!)];
    if (!from || !to || way[i - 1] === way[i]) continue;
    const { start, end } = endsOf(from, to);
    const [a, b] = [moved(start, aside), moved(end, aside)];
    const [c, d] = [out(a, start.side), out(b, end.side)];
    path += `M${a.x} ${a.y}C${c.x} ${c.y} ${d.x} ${d.y} ${b.x} ${b.y}`;
  }
  return path;
}

/** Beside the port, along the card's edge. */
function moved({ x, y, side }: { readonly x: number; readonly y: number; readonly side: Side }, by: number): { readonly x: number; readonly y: number } {
  return side === 'left' || side === 'right' ? { x, y: y + by } : { x: x + by, y };
}
const REACH = 40;
function out({ x, y }: { readonly x: number; readonly y: number }, side: Side): { readonly x: number; readonly y: number } {
  return { left: { x: x - REACH, y }, right: { x: x + REACH, y }, top: { x, y: y - REACH }, bottom: { x, y: y + REACH } }[side];
}
