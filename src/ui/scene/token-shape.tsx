/** Something that travels, as a small SVG: its shape says the kind, its digit the attempt, a notch that it is a copy. */
import './token-shape.css';
import { toneColour } from '../tone.ts';
import { copyPaths, digitBaseline, type TokenKind, tokenPaths } from './token-paths.ts';
import type { ReactNode } from 'react';

export type { TokenKind } from './token-paths.ts';

export interface TokenShapeProps {
  readonly kind: TokenKind;
  /** Side of the square it is drawn in; the shape fills 18 of 22. Default 22. */
  readonly size?: number;
  readonly digit?: string | number | undefined;
  readonly copy?: boolean;
  /** `outline`: known but not here; `dashed`: delayed. Default `full`. */
  readonly look?: 'full' | 'outline' | 'dashed';
  /** Where no word beside it says so. */
  readonly title?: string;
}

export function TokenShape({ kind, size = 22, digit, copy = false, look = 'full', title }: TokenShapeProps): ReactNode {
  const colour = toneColour(kind);
  const path = (copy ? copyPaths : tokenPaths)[kind];
  const named = title === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': title };
  const drawn =
    look === 'full'
      ? { fill: colour }
      : { fill: 'none', stroke: colour, strokeWidth: 1.5, strokeDasharray: look === 'dashed' ? '2.5 2.5' : undefined };
  return (
    <svg className="ui-token" width={size} height={size} viewBox="-11 -11 22 22" {...named}>
      <path d={path} strokeLinejoin="round" {...drawn} />
      {digit !== undefined && (
        <text y={digitBaseline} fill={look === 'full' ? 'var(--canvas)' : 'var(--ink)'}>
          {digit}
        </text>
      )}
    </svg>
  );
}

/** A message that is hidden while somebody works on it: a ring that runs down round a small outlined hexagon. */
export function InFlightShape({ remaining, attempt, size = 20 }: { readonly remaining: number; readonly attempt?: number | undefined; readonly size?: number }): ReactNode {
  const left = Math.min(1, Math.max(0, remaining)) * 100;
  return (
    <svg className="ui-token" data-small="" width={size} height={size} viewBox="-11 -11 22 22" aria-hidden>
      <circle r="9.5" fill="none" stroke="var(--line-2)" strokeWidth="1.6" />
      <circle
        r="9.5"
        fill="none"
        stroke="var(--k-message)"
        strokeWidth="1.8"
        pathLength="100"
        strokeDasharray={`${left.toFixed(1)} 100`}
        transform="rotate(-90)"
      />
      <path
        d="M-5.5-2.75L0-5.5 5.5-2.75V2.75L0 5.5-5.5 2.75z"
        fill="none"
        stroke="var(--k-message)"
        strokeWidth="1.2"
        strokeLinejoin="round"
      />
      {attempt !== undefined && (
        <text y="2.9" fill="var(--ink)">
          {attempt}
        </text>
      )}
    </svg>
  );
}
