/** Zoom out, percentage (to 100 %), zoom in, fit. */
import { Panel, useReactFlow, useStore as useFlow } from 'reactflow';
import type { FitViewOptions } from 'reactflow';
import type { ReactNode } from 'react';
import { IconButton } from '../../ui/controls/icon-button.tsx';

const MOVE = { duration: 240 };
/** How the whole is shown, with so many px kept free at the foot. */
export function fitWithin(footPx: number): FitViewOptions {
  return { padding: footPx === 0 ? 0.08 : { top: 0.08, left: 0.08, right: 0.08, bottom: `${footPx}px` }, maxZoom: 1, minZoom: 0.3 };
}

export function ZoomBar({ fit, onMoved }: { readonly fit: FitViewOptions; readonly onMoved: () => void }): ReactNode {
  const flow = useReactFlow();
  const zoom = useFlow((state) => state.transform[2]);
  const move = window.matchMedia('(prefers-reduced-motion: reduce)').matches ? {} : MOVE;
  const moveTo = (go: () => Promise<boolean>): void => {
    onMoved();
    void go();
  };
  return (
    <Panel position="bottom-right" className="canvas-zoom">
      <IconButton icon="minus" label="Zoom out" shortcut="−" kind="quiet" side="top" onClick={() => moveTo(() => flow.zoomOut(move))} />
      <button type="button" className="ui-num" aria-label={`Zoom ${Math.round(zoom * 100)} %, set to 100 %`} onClick={() => moveTo(() => flow.zoomTo(1, move))}>
        {Math.round(zoom * 100)} %
      </button>
      <IconButton icon="plus" label="Zoom in" shortcut="+" kind="quiet" side="top" onClick={() => moveTo(() => flow.zoomIn(move))} />
      <IconButton icon="fit" label="Fit all" shortcut="Shift 1" kind="quiet" side="top" onClick={() => void flow.fitView({ ...fit, ...move })} />
    </Panel>
  );
}
