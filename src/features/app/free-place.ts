/** Where a new card goes: right of the selected one, in a new row when that one is full, else below everything; always with room for a connection on each side. */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Kept free between two cards, px: a connection with its words across, one that turns below. */
export const CARDS_APART = { x: 136, y: 56 };
/** A row is as wide as what can be read at once, px. */
const ROW_WIDTH = 1_240;
/** Where the first card of an empty cloud lies. */
const FIRST = { x: 160, y: 160 };
/** Nodes lie on this grid, px. */
const GRID = 8;

/** A free place for a card of `size`. Beside a card it keeps that card's column to its right, and goes down it where something lies. */
export function freePlace(cards: readonly Box[], size: Pick<Box, 'width' | 'height'>, beside?: Box): { readonly x: number; readonly y: number } {
  if (cards.length === 0) return FIRST;
  const left = Math.min(...cards.map((card) => card.x));
  const x = beside ? onGrid(beside.x + beside.width + CARDS_APART.x) : left;
  if (!beside || x + size.width - left > ROW_WIDTH) return { x: left, y: onGrid(Math.max(...cards.map(bottomOf)) + CARDS_APART.y) };
  let y = beside.y;
  const blocks = (card: Box): boolean =>
    card.x < x + size.width + CARDS_APART.x && x < card.x + card.width + CARDS_APART.x && card.y < y + size.height + CARDS_APART.y && y < bottomOf(card) + CARDS_APART.y;
  for (let blocking = cards.filter(blocks); blocking.length > 0; blocking = cards.filter(blocks)) y = onGrid(Math.min(...blocking.map(bottomOf)) + CARDS_APART.y);
  return { x, y };
}

function bottomOf(card: Box): number {
  return card.y + card.height;
}
function onGrid(px: number): number {
  return Math.ceil(px / GRID) * GRID;
}
