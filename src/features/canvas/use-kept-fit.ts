/** Keeps in sight what matters: the whole, while nobody has moved the view, also when a card is added outside of it; after that the selected card, when the canvas changes its size or the keyboard goes there. */
import { useReactFlow, useStore as useFlow } from 'reactflow';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { RefObject } from 'react';
import type { FitViewOptions } from 'reactflow';

/** `fit`: null on a phone, where the view begins at the top instead. Answers what to call when the view was moved by hand, or fitted by hand. */
export function useKeptFit(pane: RefObject<HTMLDivElement | null>, nodes: readonly { readonly id: string }[], fit: FitViewOptions | null, selected: string | undefined): { readonly moved: () => void; readonly fitAgain: () => void } {
  const flow = useReactFlow();
  /** `placed`: cards of a cloud that began empty stay where they were put, as long as all are in sight. */
  const kept = useRef<'whole' | 'placed' | 'selected'>('whole');
  const show = useCallback(() => void (fit === null ? flow.setViewport({ x: 0, y: 0, zoom: 1 }) : flow.fitView(fit)), [flow, fit]);
  const size = useFlow((state) => `${state.width}x${state.height}`);
  const known = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    // Another scenario: none of the cards was there before. The first card of an empty canvas stays where it was put.
    const begun = known.current.size === 0 && nodes.length === 1;
    const fresh = !begun && nodes.length > 0 && !nodes.some(({ id }) => known.current.has(id));
    known.current = new Set(nodes.map(({ id }) => id));
    if (begun) kept.current = 'placed';
    if (fresh) kept.current = 'whole';
    if (!fresh) return undefined;
    const frame = requestAnimationFrame(show);
    return () => cancelAnimationFrame(frame);
  }, [nodes, show]);
  useEffect(() => {
    if (kept.current !== 'whole' || pane.current === null) return undefined;
    const frame = requestAnimationFrame(show);
    return () => cancelAnimationFrame(frame);
  }, [size, show, pane]);
  const seenSize = useRef(size);
  useEffect(() => {
    const resized = seenSize.current !== size;
    seenSize.current = size;
    if (fit === null || selected === undefined || pane.current === null) return undefined;
    const { width, height } = pane.current.getBoundingClientRect();
    const frame = requestAnimationFrame(() => {
      const node = flow.getNode(selected);
      if (!node) return;
      const view = flow.getViewport();
      const box = { x: node.position.x * view.zoom + view.x, y: node.position.y * view.zoom + view.y, width: (node.measured?.width ?? node.initialWidth ?? 0) * view.zoom, height: (node.measured?.height ?? node.initialHeight ?? 0) * view.zoom };
      const outside = box.x > width || box.y > height || box.x + box.width < 0 || box.y + box.height < 0;
      const by = { x: into(box.x, box.width, width), y: into(box.y, box.height, height) };
      if (by.x === 0 && by.y === 0) return;
      if (kept.current !== 'selected') {
        kept.current = 'whole';
        return show();
      }
      if (resized || outside) void flow.setViewport({ ...view, x: view.x + by.x, y: view.y + by.y });
    });
    return () => cancelAnimationFrame(frame);
  }, [size, selected, fit, flow, pane, show]);
  return useMemo(
    () => ({
      moved: () => {
        kept.current = 'selected';
      },
      fitAgain: () => {
        kept.current = 'whole';
      },
    }),
    [],
  );
}

/** Between a card and the edge of the canvas, px. */
const MARGIN = 24;

/** How far a span must move to lie within 0 … room; its beginning counts more than its end. */
function into(start: number, length: number, room: number): number {
  if (start < MARGIN) return MARGIN - start;
  return start + length > room - MARGIN ? Math.max(MARGIN, room - MARGIN - length) - start : 0;
}
