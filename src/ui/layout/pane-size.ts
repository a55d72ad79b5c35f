/** The size of a panel that is pulled by its edge: kept in localStorage under its name, always inside its bounds. */
import { useCallback, useState } from 'react';

export interface PaneBounds {
  /** px, also what a double click brings back. */
  readonly initial: number;
  readonly min: number;
  readonly max: number;
}

export interface PaneSize extends PaneBounds {
  readonly px: number;
  readonly set: (px: number) => void;
  readonly reset: () => void;
}

export function clampPane(px: number, { min, max }: PaneBounds): number {
  return Math.round(Math.max(min, Math.min(px, Math.max(min, max))));
}

/** What a key does to a size; `grow` is the arrow that makes it larger. Nothing when the key is none of ours. */
export function paneAfterKey(key: string, px: number, o: PaneBounds & { readonly grow: string; readonly shrink: string; readonly far: boolean }): number | undefined {
  const step = o.far ? 64 : 16;
  if (key === o.grow) return clampPane(px + step, o);
  if (key === o.shrink) return clampPane(px - step, o);
  if (key === 'Home') return clampPane(o.min, o);
  if (key === 'End') return clampPane(o.max, o);
  if (key === 'Enter') return clampPane(o.initial, o);
  return undefined;
}

function readKept(key: string): number | undefined {
  try {
    const kept = Number(localStorage.getItem(key) ?? Number.NaN);
    return Number.isFinite(kept) ? kept : undefined;
  } catch {
    return undefined; // storage is blocked
  }
}

function keep(key: string, px: number | undefined): void {
  try {
    if (px === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, String(px));
  } catch {
    // storage is blocked: the size lasts as long as the page
  }
}

/** Size of the panel called `name`. When the bounds shrink, what is shown shrinks, what was chosen is kept. */
export function usePaneSize(name: string, bounds: PaneBounds): PaneSize {
  const key = `coldstart.pane.${name}`;
  const [kept, setKept] = useState(() => ({ key, px: readKept(key) }));
  if (kept.key !== key) setKept({ key, px: readKept(key) });
  const set = useCallback(
    (px: number) => {
      setKept({ key, px });
      keep(key, px);
    },
    [key],
  );
  const reset = useCallback(() => {
    setKept({ key, px: undefined });
    keep(key, undefined);
  }, [key]);
  return { ...bounds, px: clampPane(kept.px ?? bounds.initial, bounds), set, reset };
}
