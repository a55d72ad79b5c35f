/** Keeps the whole in sight: while nobody has moved the view, it is fitted again when the canvas changes its size or another scenario is opened. */
import { useReactFlow, useStore as useFlow } from 'reactflow';
import { useCallback, useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { FitViewOptions } from 'reactflow';

/** `fit`: null on a phone, where the view begins at the top instead. Answers what to call when the view was moved by hand. */
export function useKeptFit(pane: RefObject<HTMLDivElement | null>, nodes: readonly { readonly id: string }[], fit: FitViewOptions | null): () => void {
  const flow = useReactFlow();
  const fitted = useRef(true);
  const show = useCallback(() => void (fit === null ? flow.setViewport({ x: 0, y: 0, zoom: 1 }) : flow.fitView(fit)), [flow, fit]);
  const size = useFlow((state) => `${state.width}x${state.height}`);
  const known = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    // Another scenario: none of the cards was there before. The first card of an empty canvas stays where it was put.
    const begun = known.current.size === 0 && nodes.length === 1;
    const fresh = !begun && nodes.length > 0 && !nodes.some(({ id }) => known.current.has(id));
    known.current = new Set(nodes.map(({ id }) => id));
    if (begun) fitted.current = false;
    if (fresh) fitted.current = true;
    if (!fresh) return undefined;
    const frame = requestAnimationFrame(show);
    return () => cancelAnimationFrame(frame);
  }, [nodes, show]);
  useEffect(() => {
    if (!fitted.current || pane.current === null) return undefined;
    const frame = requestAnimationFrame(show);
    return () => cancelAnimationFrame(frame);
  }, [size, show, pane]);
  return () => {
    fitted.current = false;
  };
}
