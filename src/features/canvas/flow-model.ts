/** From the scenario to React Flow's nodes and edges: derived each time, never a second copy. */
import type { EdgeType, ScenarioEdge, ScenarioNode, ServiceManifest } from '../../sim/manifest.ts';
import type { ServiceView } from '../../services/view-contract.ts';
import type { CardFlowNode } from './card-node.tsx';
import { crossingHeights, portAt, sidesOf, twinBends } from './geometry.ts';
import type { Box, Side } from './geometry.ts';
import type { Scripted } from './canvas-context.tsx';
import type { WireFlowEdge } from './wire-edge.tsx';

export interface FlowInput {
  readonly nodes: readonly ScenarioNode[];
  readonly edges: readonly ScenarioEdge[];
  readonly manifests: ReadonlyMap<string, ServiceManifest>;
  readonly views: ReadonlyMap<string, ServiceView>;
  /** Positions of nodes that are being dragged. */
  readonly dragged: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  readonly measured: ReadonlyMap<string, { readonly width: number; readonly height: number }>;
  readonly selectedNodes: readonly string[];
  readonly selectedEdges: readonly string[];
  /** Node ids on the followed path; null when nothing is followed. */
  readonly followedNodes: ReadonlySet<string> | null;
  readonly problems: ReadonlyMap<string, string>;
  /** Nodes that load comes to by itself, and nodes that faults strike. */
  readonly scripted: Scripted;
  readonly renaming: string | null;
  /** On a phone: cards lie in one column of this width, px; null elsewhere. */
  readonly columnWidth: number | null;
}

/** How far an edge leaves its card before it turns, px. */
const WIDE_OFFSET = 28;

/** Rows of the phone's column: card and gap, and the margin beside it, px. */
const ROW = { height: 50, gap: 24, margin: 24, top: 12 };
/** Cards whose tops differ by less than this lie in one row on the wide canvas. */
const ROW_OF = 64;

/** Where each card lies: its own place, or its turn in the column in the order of the flow. */
function placesOf({ nodes, dragged, measured, columnWidth }: FlowInput): ReadonlyMap<string, { readonly x: number; readonly y: number }> {
  if (columnWidth === null) return new Map(nodes.map((node) => [node.id, dragged.get(node.id) ?? node.position]));
  const rowOf = (node: ScenarioNode): number => Math.round(node.position.y / ROW_OF);
  const order = [...nodes].sort((a, b) => rowOf(a) - rowOf(b) || a.position.x - b.position.x);
  let y = ROW.top;
  return new Map(
    order.map((node) => {
      const place = { x: ROW.margin, y };
      y += (measured.get(node.id)?.height ?? ROW.height) + ROW.gap;
      return [node.id, place];
    }),
  );
}

const DEFAULT_WIDTH = 220;
const DEFAULT_HEIGHT = 112;

export function flowNodes(input: FlowInput): CardFlowNode[] {
  const used = usedSides(input);
  const places = placesOf(input);
  const rowWidth = input.columnWidth === null ? null : input.columnWidth - 2 * ROW.margin;
  return input.nodes.map((node) => {
    const measured = input.measured.get(node.id);
    return {
      id: node.id,
      type: 'card',
      position: places.get(node.id) ?? node.position,
      selected: input.selectedNodes.includes(node.id),
      ...(measured ? { measured } : {}),
      draggable: rowWidth === null,
      initialWidth: rowWidth ?? input.views.get(node.service)?.width ?? DEFAULT_WIDTH,
      initialHeight: DEFAULT_HEIGHT,
      data: {
        node,
        dimmed: input.followedNodes !== null && !input.followedNodes.has(node.id),
        problem: input.problems.get(node.id) ?? null,
        loaded: input.scripted.load.has(node.id),
        faulty: input.scripted.faults.has(node.id),
        renaming: input.renaming === node.id,
        rowWidth,
        used: [...(used.get(node.id) ?? [])].sort().join(' '),
      },
      domAttributes: { 'aria-labelledby': `card-name-${node.id}` },
    };
  });
}

/** Which sides of each node an edge joins: only these show their port when nobody looks. */
function usedSides(input: FlowInput): ReadonlyMap<string, ReadonlySet<Side>> {
  const used = new Map<string, Set<Side>>();
  const add = (id: string, side: Side): void => void used.set(id, (used.get(id) ?? new Set<Side>()).add(side));
  const boxes = boxesOf(input);
  for (const edge of input.edges) {
    const from = boxes.get(edge.from);
    const to = boxes.get(edge.to);
    if (!from || !to) continue;
    const sides = sidesFor(input, from, to);
    add(edge.from, sides.source);
    add(edge.to, sides.target);
  }
  return used;
}

/** In the phone's column neighbours are joined straight, all others round the right margin. */
function sidesFor(input: FlowInput, from: Box, to: Box): { readonly source: Side; readonly target: Side } {
  if (input.columnWidth === null) return sidesOf(from, to);
  if (Math.abs(from.y + from.height + ROW.gap - to.y) < 2) return { source: 'bottom', target: 'top' };
  if (Math.abs(to.y + to.height + ROW.gap - from.y) < 2) return { source: 'top', target: 'bottom' };
  return { source: 'right', target: 'right' };
}

/** Where edges between rows run across, kept apart from each other. */
function heightsOf(input: FlowInput, boxes: ReadonlyMap<string, Box>): ReadonlyMap<string, number> {
  return crossingHeights(
    input.edges.flatMap((edge) => {
      const from = boxes.get(edge.from);
      const to = boxes.get(edge.to);
      if (!from || !to) return [];
      const sides = sidesFor(input, from, to);
      if (sides.source !== 'top' && sides.source !== 'bottom') return [];
      const a = portAt(from, sides.source);
      const b = portAt(to, sides.target);
      return [{ id: edge.id, x1: a.x, y1: a.y, x2: b.x, y2: b.y }];
    }),
  );
}

/** Edges that run straight between two ports. In the phone's column nothing bends. */
function straightEdges(input: FlowInput, boxes: ReadonlyMap<string, Box>): readonly ScenarioEdge[] {
  if (input.columnWidth !== null) return [];
  return input.edges.filter((edge) => {
    const from = boxes.get(edge.from);
    const to = boxes.get(edge.to);
    if (!from || !to) return false;
    const sides = sidesOf(from, to);
    const [a, b] = [portAt(from, sides.source), portAt(to, sides.target)];
    return sides.source === 'left' || sides.source === 'right' ? Math.abs(a.y - b.y) < 8 : Math.abs(a.x - b.x) < 8;
  });
}

export function flowEdges(input: FlowInput): WireFlowEdge[] {
  const boxes = boxesOf(input);
  const heights = heightsOf(input, boxes);
  const bends = twinBends(straightEdges(input, boxes));
  return input.edges.flatMap((edge) => {
    const from = boxes.get(edge.from);
    const to = boxes.get(edge.to);
    if (!from || !to) return [];
    const type = edgeTypeOf(input.manifests, edge.port);
    const sides = sidesFor(input, from, to);
    const followed = input.followedNodes;
    return [
      {
        id: edge.id,
        type: 'wire' as const,
        source: edge.from,
        target: edge.to,
        sourceHandle: sides.source,
        targetHandle: sides.target,
        selected: input.selectedEdges.includes(edge.id),
        ariaLabel: `${nameOf(input.nodes, edge.from)} to ${nameOf(input.nodes, edge.to)}: ${labelOf(type, edge)}`,
        data: {
          edge,
          label: labelOf(type, edge),
          icon: type?.icon ?? 'help',
          style: type?.style ?? 'push',
          shape: type?.shape ?? 'message',
          followed: followed !== null && followed.has(edge.from) && followed.has(edge.to),
          dimmed: followed !== null && !(followed.has(edge.from) && followed.has(edge.to)),
          bendPx: bends.get(edge.id) ?? 0,
          acrossY: heights.get(edge.id) ?? null,
          offset: input.columnWidth === null ? WIDE_OFFSET : ROW.margin / 2,
          denied: !edge.grant && !input.problems.has(edge.id),
          refused: input.problems.get(edge.id) ?? (edge.grant ? null : 'The permission for this connection has been taken away.'),
        },
      },
    ];
  });
}

export function edgeTypeOf(manifests: ReadonlyMap<string, ServiceManifest>, port: string): EdgeType | undefined {
  return manifests.get(port.slice(0, port.indexOf('.')))?.edges.find((type) => type.id === port);
}

/** Fills `{config.Member}` of an edge's words. */
export function labelOf(type: EdgeType | undefined, edge: ScenarioEdge): string {
  return (type?.label ?? edge.port).replace(/\{config\.([A-Za-z]+)\}/g, (_, member: string) => String(edge.config[member] ?? ''));
}

export function nameOf(nodes: readonly ScenarioNode[], id: string): string {
  return String(nodes.find((node) => node.id === id)?.config['name'] ?? id);
}

function boxesOf(input: FlowInput): ReadonlyMap<string, Box> {
  const places = placesOf(input);
  return new Map(
    input.nodes.map((node) => {
      const place = places.get(node.id) ?? node.position;
      const size = input.measured.get(node.id);
      if (input.columnWidth !== null) return [node.id, { ...place, width: input.columnWidth - 2 * ROW.margin, height: size?.height ?? ROW.height }];
      return [node.id, { ...place, width: size?.width ?? input.views.get(node.service)?.width ?? DEFAULT_WIDTH, height: size?.height ?? DEFAULT_HEIGHT }];
    }),
  );
}
