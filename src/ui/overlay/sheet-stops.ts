/** Where a sheet may rest, as shares of the window's height. */

export interface SheetStops {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

export function clampHeight(share: number, { low, high }: SheetStops): number {
  return Math.min(high, Math.max(low, share));
}

/** The next resting height above (1) or below (-1) the present one. */
export function nextStop(share: number, direction: 1 | -1, { low, middle, high }: SheetStops): number {
  const stops = [low, middle, high];
  const onward = direction === 1 ? stops.find((stop) => stop > share + 0.01) : stops.findLast((stop) => stop < share - 0.01);
  return onward ?? (direction === 1 ? high : low);
}
