/** Draws over the canvas while a part of the panel is shown. */
import { useEffect, useId } from 'react';
import type { Drawing } from '../../state/view.store.ts';
import { useLessons } from './lesson-context.ts';

const NOTHING: Drawing = { paths: [], ghostNodes: [], ghostEdges: [] };

/** The drawing is compared by what it says, so that it may be made anew with every rendering. Null draws nothing. */
export function useDrawing(drawing: Partial<Drawing> | null): void {
  const { view } = useLessons();
  const owner = useId();
  const text = drawing === null ? null : JSON.stringify({ ...NOTHING, ...drawing });
  useEffect(() => {
    view.draw(owner, text === null ? null : (JSON.parse(text) as Drawing));
    return () => view.draw(owner, null);
  }, [view, owner, text]);
}
