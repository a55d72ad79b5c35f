/** The edge by which a panel is pulled wider or higher. Drag, arrow keys (Shift goes further), Home, End; a double click or Enter brings the first size back. */
import './pane-edge.css';
import { paneAfterKey, type PaneSize } from './pane-size.ts';
import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';

export interface PaneEdgeProps {
  /** 'Width of the inspector'. */
  readonly label: string;
  /** Which edge of its panel this is; the panel must be positioned. */
  readonly side: 'left' | 'right' | 'top' | 'bottom';
  /** From `usePaneSize`. */
  readonly pane: PaneSize;
}

/** For each edge: the axis of the pull, its sign, and the arrows. */
const ways = {
  left: { axis: 'x', sign: -1, grow: 'ArrowLeft', shrink: 'ArrowRight' },
  right: { axis: 'x', sign: 1, grow: 'ArrowRight', shrink: 'ArrowLeft' },
  top: { axis: 'y', sign: -1, grow: 'ArrowUp', shrink: 'ArrowDown' },
  bottom: { axis: 'y', sign: 1, grow: 'ArrowDown', shrink: 'ArrowUp' },
} as const;

export function PaneEdge({ label, side, pane }: PaneEdgeProps): ReactNode {
  const way = ways[side];
  const pull = useRef<{ readonly from: number; readonly px: number }>(undefined);
  const along = (event: PointerEvent): number => (way.axis === 'x' ? event.clientX : event.clientY);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.focus();
    event.currentTarget.setPointerCapture(event.pointerId);
    pull.current = { from: along(event), px: pane.px };
  };
  const onPointerMove = (event: PointerEvent): void => {
    const start = pull.current;
    if (start) pane.set(Math.max(pane.min, Math.min(pane.max, start.px + way.sign * (along(event) - start.from))));
  };
  const onPointerUp = (): void => {
    pull.current = undefined;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = paneAfterKey(event.key, pane.px, { ...pane, grow: way.grow, shrink: way.shrink, far: event.shiftKey });
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    pane.set(next);
  };
  return (
    <div
      className="ui-edge"
      data-side={side}
      role="separator"
      aria-label={label}
      aria-orientation={way.axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuenow={pane.px}
      aria-valuemin={pane.min}
      aria-valuemax={Math.max(pane.min, pane.max)}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onDoubleClick={pane.reset}
      onKeyDown={onKeyDown}
    />
  );
}
