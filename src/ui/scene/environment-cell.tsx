/** One execution environment as a 50 px cell: what it is doing, by outline, fill, glyph and word. Takes plain facts, keeps no state. */
import './environment-cell.css';
import { useId, type ReactNode } from 'react';

/** `provisioned` is warm with a pin; `empty` is a free place in the row. */
export type EnvironmentState = 'starting' | 'busy' | 'warm' | 'failed' | 'ending' | 'provisioned' | 'empty';

export interface EnvironmentCellProps {
  readonly state: EnvironmentState;
  /** 0 to 1: how far a start or an invocation has come. */
  readonly progress?: number;
  /** Inside a busy cell; by default the progress in per cent. */
  readonly number?: ReactNode;
  /** Below the cell, bold: 'e-1'. */
  readonly label?: string;
  /** Below the label: 'warm 4.7 s'. By default the state's own word. */
  readonly word?: string;
  /** Adds the pin to any state. */
  readonly pinned?: boolean;
}

const words: Readonly<Record<EnvironmentState, string>> = {
  starting: 'cold start',
  busy: 'busy',
  warm: 'warm',
  failed: 'failed',
  ending: 'ending',
  provisioned: 'warm',
  empty: '',
};

/** Left, top, size and corner of the cell inside its 50 px square. */
const box = { x: 5, y: 5, width: 40, height: 40, rx: 9 } as const;

export function EnvironmentCell(props: EnvironmentCellProps): ReactNode {
  const { state, progress = 0, number, label, word = words[state], pinned = state === 'provisioned' } = props;
  return (
    <div className="ui-cell" data-state={state}>
      <svg viewBox="0 0 50 50" aria-hidden>
        <CellDrawing state={state} progress={Math.min(1, Math.max(0, progress))} number={number} />
        {pinned && <path className="ui-cell-pin" d="M36 8.5h8M37 8.5v3l-1.5 2.5h9L43 11.500v-3M40 14v3.500" />}
      </svg>
      {label !== undefined && <b>{label}</b>}
      {word !== '' && <span>{word}</span>}
    </div>
  );
}

interface DrawingProps {
  readonly state: EnvironmentState;
  readonly progress: number;
  readonly number: ReactNode;
}

function CellDrawing({ state, progress, number }: DrawingProps): ReactNode {
  switch (state) {
    case 'starting':
      return <Starting progress={progress} />;
    case 'busy':
      return <Busy progress={progress} number={number} />;
    case 'warm':
    case 'provisioned':
      return (
        <g fill="none">
          <rect {...box} stroke="var(--line-3)" strokeWidth="1.5" />
          <path d="M21.5 19v12M28.5 19v12" stroke="var(--ink-2)" strokeWidth="2" strokeLinecap="round" />
        </g>
      );
    case 'failed':
      return (
        <g stroke="var(--bad)">
          <rect {...box} fill="var(--bad-soft)" strokeWidth="2" />
          <rect x="9" y="9" width="32" height="32" rx="5.5" fill="none" strokeWidth="1" opacity="0.55" />
          <path d="M19.5 19.5l11 11M30.5 19.5l-11 11" strokeWidth="2" strokeLinecap="round" />
        </g>
      );
    case 'ending':
      return (
        <g fill="none" strokeWidth="1.5">
          <rect {...box} stroke="var(--line-3)" strokeDasharray="2 4" />
          <path d="M13 37l24-24M13 28l15-15M22 37l15-15" stroke="var(--line-2)" />
        </g>
      );
    case 'empty':
      return <rect {...box} fill="none" stroke="var(--line-2)" strokeWidth="1.2" strokeDasharray="1 4" strokeLinecap="round" />;
  }
}

function Starting({ progress }: { readonly progress: number }): ReactNode {
  const clip = useId();
  const height = progress * box.height;
  return (
    <>
      <rect {...box} fill="none" stroke="var(--cold)" strokeWidth="1.5" strokeDasharray="3 3" />
      <clipPath id={clip}>
        <rect x={box.x} y={box.y + box.height - height} width={box.width} height={height} />
      </clipPath>
      <rect {...box} fill="var(--cold-soft)" clipPath={`url(#${clip})`} />
      <path
        d="M25 16v18M17.2 20.5l15.6 9M32.8 20.5l-15.6 9"
        stroke="var(--cold)"
        strokeWidth="1.6"
        strokeLinecap="round"
        fill="none"
      />
    </>
  );
}

function Busy({ progress, number }: { readonly progress: number; readonly number: ReactNode }): ReactNode {
  const percent = Math.round(progress * 100);
  return (
    <>
      <rect className="ui-cell-breath" {...box} fill="var(--k-invoke-soft)" />
      <rect {...box} fill="none" stroke="var(--line-2)" strokeWidth="2.5" />
      {progress > 0 && (
        <rect
          {...box}
          fill="none"
          stroke="var(--k-invoke)"
          strokeWidth="2.5"
          strokeLinecap="round"
          pathLength="100"
          strokeDasharray={`${(progress * 100).toFixed(1)} 100`}
        />
      )}
      <text x="25" y="29.2">
        {number ?? percent}
      </text>
    </>
  );
}

/** Lays cells out in a row of places; `more` says how many are not shown: '+ 6'. */
export function EnvironmentRow({ columns = 4, more, children }: { readonly columns?: number; readonly more?: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="ui-cells" style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }}>
      {children}
      {more !== undefined && <span className="ui-cells-more ui-num">{more}</span>}
    </div>
  );
}
