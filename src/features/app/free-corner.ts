/** The corner of a place where a box covers least of what lies there. */

export type Corner = 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';

export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Between the box and the edges of the place, px. */
const MARGIN = 16;
/** Corners in order of liking: banners lie at the top, the zoom bar at the bottom right. */
const CORNERS: readonly Corner[] = ['bottom-left', 'top-right', 'top-left', 'bottom-right'];

/** `weight`: how much covering one px² of it costs. */
export function cornerFor(box: Pick<Rect, 'width' | 'height'>, place: Rect, things: readonly { readonly rect: Rect; readonly weight: number }[]): Corner {
  let best: Corner = CORNERS[0]!;
  let least = Number.POSITIVE_INFINITY;
  for (const corner of CORNERS) {
    const left = corner.endsWith('left') ? place.left + MARGIN : place.left + place.width - MARGIN - box.width;
    const top = corner.startsWith('top') ? place.top + MARGIN : place.top + place.height - MARGIN - box.height;
    const cost = things.reduce((sum, { rect, weight }) => sum + weight * overlap(rect, { left, top, width: box.width, height: box.height }), 0);
    if (cost < least) {
      least = cost;
      best = corner;
    }
  }
  return best;
}

function overlap(a: Rect, b: Rect): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}
