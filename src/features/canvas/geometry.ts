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
