/** Zoom out, percentage (to 100 %), zoom in, fit. */
import { Panel, useReactFlow, useStore as useFlow } from 'reactflow';
import type { FitViewOptions } from 'reactflow';
import { useEffect, useMemo } from 'react';
import type { ReactNode } from 'react';
import type { ViewStore } from '../../state/view.store.ts';
import { isTyping } from '../../ui/typing.ts';
import { IconButton } from '../../ui/controls/icon-button.tsx';

const MOVE = { duration: 240 };
/** How the whole is shown, with so many px kept free at the foot. */
export function fitWithin(footPx: number): FitViewOptions {
  return { padding: footPx === 0 ? 0.08 : { top: 0.08, left: 0.08, right: 0.08, bottom: `${footPx}px` }, maxZoom: 1, minZoom: 0.3 };
}

export interface ZoomBarProps {
  readonly fit: FitViewOptions;
  /** The view was moved by hand. */
  readonly onMoved: () => void;
  /** The whole is wanted in sight. */
  readonly onFit: () => void;
  readonly view: ViewStore;
}

export function ZoomBar({ fit, onMoved, onFit, view }: ZoomBarProps): ReactNode {
  const flow = useReactFlow();
  const zoom = useFlow((state) => state.transform[2]);
  const ways = useMemo(() => {
    const move = window.matchMedia('(prefers-reduced-motion: reduce)').matches ? {} : MOVE;
    const by = (go: () => Promise<boolean>) => () => {
      onMoved();
      void go();
    };
    return {
      out: by(() => flow.zoomOut(move)),
      whole: by(() => flow.zoomTo(1, move)),
      in: by(() => flow.zoomIn(move)),
      fit: () => {
        onFit();
        void flow.fitView({ ...fit, ...move });
      },
    };
  }, [flow, fit, onMoved, onFit]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !view.getState().singleKeys) return;
      const way = event.code === 'Digit1' && event.shiftKey ? ways.fit : { '+': ways.in, '=': ways.in, '-': ways.out, '0': ways.whole }[event.key];
      if (way === undefined) return;
      event.preventDefault();
      way();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [ways, view]);
  return (
    <Panel position="bottom-right" className="canvas-zoom">
      <IconButton icon="minus" label="Zoom out" shortcut="−" kind="quiet" side="top" onClick={ways.out} />
      <button type="button" className="ui-num" aria-label={`Zoom ${Math.round(zoom * 100)} %, set to 100 %`} onClick={ways.whole}>
        {Math.round(zoom * 100)} %
      </button>
      <IconButton icon="plus" label="Zoom in" shortcut="+" kind="quiet" side="top" onClick={ways.in} />
      <IconButton icon="fit" label="Fit all" shortcut="Shift 1" kind="quiet" side="top" onClick={ways.fit} />
    </Panel>
  );
}
