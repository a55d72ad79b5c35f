/** The phone's panel: comes from below, leaves the canvas alive above it, and is pulled higher or lower by its grip. */
import './sheet.css';
import { clampHeight, nextStop } from './sheet-stops.ts';
import { cx } from '../cx.ts';
import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';

export interface SheetProps {
  readonly label: string;
  /** Share of the window's height it starts at; default 0.52. */
  readonly height?: number;
  /** Highest share; default 0.9. */
  readonly heightMax?: number;
  /** Pulled down below a sixth of the window, it closes. */
  readonly onClose?: () => void;
  readonly className?: string;
  readonly children: ReactNode;
}

interface Pull {
  readonly startY: number;
  readonly startShare: number;
}

export function Sheet({ label, height = 0.52, heightMax = 0.9, onClose, className, children }: SheetProps): ReactNode {
  const [share, setShare] = useState(height);
  const pull = useRef<Pull>(undefined);
  const stops = { low: 0.16, middle: height, high: heightMax };

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    pull.current = { startY: event.clientY, startShare: share };
  };
  const onPointerMove = (event: PointerEvent): void => {
    const from = pull.current;
    if (from) setShare(clampHeight(from.startShare + (from.startY - event.clientY) / innerHeight, stops));
  };
  const onPointerUp = (): void => {
    pull.current = undefined;
    if (share <= stops.low) {
      setShare(height);
      onClose?.();
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      setShare(nextStop(share, event.key === 'ArrowUp' ? 1 : -1, stops));
    } else if (event.key === 'Escape') onClose?.();
  };
  return (
    <section className={cx('ui-sheet', className)} aria-label={label} style={{ height: `${share * 100}dvh` }}>
      <div
        className="ui-sheet-grip"
        role="separator"
        aria-orientation="horizontal"
        aria-label={`Height of ${label}`}
        aria-valuemin={Math.round(stops.low * 100)}
        aria-valuemax={Math.round(stops.high * 100)}
        aria-valuenow={Math.round(share * 100)}
        tabIndex={0}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerUp}
        onKeyDown={onKeyDown}
      />
      <div className="ui-sheet-body">{children}</div>
    </section>
  );
}
