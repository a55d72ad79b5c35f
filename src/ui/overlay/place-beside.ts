/** Where a small thing goes beside another: on the wanted side if it fits there, else on the opposite one, and never outside the window. */

export type Side = 'top' | 'right' | 'bottom' | 'left';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

/** Between the two, and to the window's edge, px. */
const gapPx = 6;
const edgePx = 8;

const opposite: Readonly<Record<Side, Side>> = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' };

function beside(anchor: Box, size: Size, side: Side): { x: number; y: number } {
  const middleX = anchor.left + anchor.width / 2 - size.width / 2;
  const middleY = anchor.top + anchor.height / 2 - size.height / 2;
  switch (side) {
    case 'top':
      return { x: middleX, y: anchor.top - size.height - gapPx };
    case 'bottom':
      return { x: middleX, y: anchor.top + anchor.height + gapPx };
    case 'left':
      return { x: anchor.left - size.width - gapPx, y: middleY };
    case 'right':
      return { x: anchor.left + anchor.width + gapPx, y: middleY };
  }
}

/** Left and top in px of the window. */
export function placeBeside(anchor: Box, size: Size, side: Side, window: Size): { readonly x: number; readonly y: number } {
  const fits = ({ x, y }: { x: number; y: number }): boolean =>
    side === 'top' || side === 'bottom' ? y >= edgePx && y + size.height <= window.height - edgePx : x >= edgePx && x + size.width <= window.width - edgePx;
  const wanted = beside(anchor, size, side);
  const other = beside(anchor, size, opposite[side]);
  const chosen = fits(wanted) || !fits(other) ? wanted : other;
  const keep = (at: number, length: number, room: number): number => Math.round(Math.max(edgePx, Math.min(at, room - length - edgePx)));
  return { x: keep(chosen.x, size.width, window.width), y: keep(chosen.y, size.height, window.height) };
}
