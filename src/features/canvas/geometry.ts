/** Where edges leave and enter cards: straight between cards of one row, round a corner between rows. */

export type Side = 'left' | 'right' | 'top' | 'bottom';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Ports sit this far below the top edge of a card. */
export const PORT_Y = 24;
/** Cards whose tops differ by less than this share a row. */
const SAME_ROW = 64;
/** Vertical gap that a bottom-to-top edge needs. */
const VERTICAL_GAP = 24;

/** Which sides an edge joins, so that it is shortest and does not cross its own cards. */
export function sidesOf(from: Box, to: Box): { readonly source: Side; readonly target: Side } {
  const gapRight = to.x - (from.x + from.width);
  const gapBelow = to.y - (from.y + from.height);
  const gapAbove = from.y - (to.y + to.height);
  if (gapRight >= 0 && Math.abs(to.y - from.y) < SAME_ROW) return { source: 'right', target: 'left' };
  if (gapBelow >= VERTICAL_GAP) return { source: 'bottom', target: 'top' };
  if (gapAbove >= VERTICAL_GAP) return { source: 'top', target: 'bottom' };
  if (gapRight >= 0) return { source: 'right', target: 'left' };
  return { source: 'left', target: 'right' };
}

/** Centre of a card's port. */
export function portAt(box: Box, side: Side): { readonly x: number; readonly y: number } {
  if (side === 'left') return { x: box.x, y: box.y + PORT_Y };
  if (side === 'right') return { x: box.x + box.width, y: box.y + PORT_Y };
  if (side === 'top') return { x: box.x + box.width / 2, y: box.y };
  return { x: box.x + box.width / 2, y: box.y + box.height };
}

/** Snaps to the 8 px grid that nodes live on. */
export function snap(value: number): number {
  return Math.round(value / 8) * 8;
}

/** The two ends of an edge that turns twice: down (or up), across, down again. */
export interface Crossing {
  readonly id: string;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** Edges that run across the same gap lie this far apart, so that each keeps its words. */
const LANE_GAP = 32;
/** Middles that are nearer than this would lie on each other. */
const SAME_LANE = 24;

/** Height at which each crossing runs across: its middle, moved aside where another runs there too. Straight ones are left out. */
export function crossingHeights(crossings: readonly Crossing[]): ReadonlyMap<string, number> {
  const heights = new Map<string, number>();
  const turning = crossings.filter(({ x1, x2 }) => Math.abs(x1 - x2) >= 8);
  const middle = ({ y1, y2 }: Crossing): number => (y1 + y2) / 2;
  const meets = (a: Crossing, b: Crossing): boolean =>
    Math.abs(middle(a) - middle(b)) < SAME_LANE && Math.max(Math.min(a.x1, a.x2), Math.min(b.x1, b.x2)) < Math.min(Math.max(a.x1, a.x2), Math.max(b.x1, b.x2));
  const open = new Set(turning);
  for (const first of turning) {
    if (!open.delete(first)) continue;
    const group = [first];
    for (let i = 0; i < group.length; i++) {
      for (const other of open) {
        if (!meets(group[i]!, other)) continue;
        open.delete(other);
        group.push(other);
      }
    }
    group.forEach((crossing, i) => heights.set(crossing.id, middle(crossing) + (i - (group.length - 1) / 2) * LANE_GAP));
  }
  return heights;
}

/** Straight edges between the same two cards lie this far apart, px. */
const TWIN_GAP = 32;

/** How far each straight edge bends aside, px, so that edges between the same two cards, either way, do not lie on each other. The first stays straight. */
export function twinBends(edges: readonly { readonly id: string; readonly from: string; readonly to: string }[]): ReadonlyMap<string, number> {
  const seen = new Map<string, number>();
  return new Map(
    edges.map(({ id, from, to }) => {
      const pair = from < to ? `${from} ${to}` : `${to} ${from}`;
      const before = seen.get(pair) ?? 0;
      seen.set(pair, before + 1);
      return [id, before * TWIN_GAP];
    }),
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
}
/** A bent edge leaves its card this far before it turns, px. */
const TWIN_LEAD = 14;

/** SVG path of a straight edge that bends aside by `px` (down, or to the right), and the middle of its long piece. */
export function bentPath(from: Point, to: Point, px: number, along: 'x' | 'y'): { readonly path: string; readonly middle: Point } {
  const lead = Math.sign(along === 'x' ? to.x - from.x : to.y - from.y) * TWIN_LEAD;
  const points: readonly Point[] =
    along === 'x'
      ? [from, { x: from.x + lead, y: from.y }, { x: from.x + lead, y: from.y + px }, { x: to.x - lead, y: from.y + px }, { x: to.x - lead, y: to.y }, to]
      : [from, { x: from.x, y: from.y + lead }, { x: from.x + px, y: from.y + lead }, { x: from.x + px, y: to.y - lead }, { x: to.x, y: to.y - lead }, to];
  return { path: roundedPath(points), middle: { x: (points[2]!.x + points[3]!.x) / 2, y: (points[2]!.y + points[3]!.y) / 2 } };
}

/** A polyline whose corners are rounded as far as its pieces allow. */
function roundedPath(points: readonly Point[]): string {
  let path = `M${points[0]!.x} ${points[0]!.y}`;
  for (let i = 1; i < points.length - 1; i++) {
    const [before, corner, after] = [points[i - 1]!, points[i]!, points[i + 1]!];
    const radius = Math.min(8, distance(before, corner) / 2, distance(corner, after) / 2);
    const enter = towards(corner, before, radius);
    const leave = towards(corner, after, radius);
    path += `L${enter.x} ${enter.y}Q${corner.x} ${corner.y} ${leave.x} ${leave.y}`;
  }
  return `${path}L${points.at(-1)!.x} ${points.at(-1)!.y}`;
}
function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}
function towards(from: Point, to: Point, px: number): Point {
  return { x: from.x + Math.sign(to.x - from.x) * Math.min(px, Math.abs(to.x - from.x)), y: from.y + Math.sign(to.y - from.y) * Math.min(px, Math.abs(to.y - from.y)) };
}
