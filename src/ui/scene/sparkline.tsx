/** The last values of one measure as a small line; its number belongs beside it, not in it. */
import { toneColour, type Tone } from '../tone.ts';
import type { ReactNode } from 'react';

export interface SparklineProps {
  /** Oldest first, evenly spaced. */
  readonly values: readonly number[];
  /** What it shows and how it ends: 'Queue depth, now 7'. */
  readonly label: string;
  /** px; default 96 × 24. */
  readonly width?: number;
  readonly height?: number;
  /** The top of the scale; by default the largest value. */
  readonly max?: number;
  readonly tone?: Tone;
  /** Fills the area below the line, for counts. */
  readonly area?: boolean;
  /** Steps instead of slopes, for values that hold until they change. */
  readonly stepped?: boolean;
}

/** SVG path of values in a box, y downwards. */
export function sparkPath(values: readonly number[], o: { readonly width: number; readonly height: number; readonly max: number; readonly stepped: boolean }): string {
  if (values.length === 0) return '';
  const right = o.width / Math.max(1, values.length - 1);
  const y = (value: number): string => (o.height - (o.max > 0 ? Math.min(1, Math.max(0, value / o.max)) : 0) * o.height).toFixed(2);
  let path = `M0 ${y(values[0]!)}`;
  for (let i = 1; i < values.length; i++) {
    const x = (i * right).toFixed(2);
    path += o.stepped ? `H${x}V${y(values[i]!)}` : `L${x} ${y(values[i]!)}`;
  }
  return values.length === 1 ? `${path}H${o.width}` : path;
}

export function Sparkline(props: SparklineProps): ReactNode {
  const { values, label, width = 96, height = 24, tone = 'plain', area = false, stepped = false } = props;
  const max = props.max ?? values.reduce((most, value) => Math.max(most, value), 0);
  const inner = { width, height: height - 2, max, stepped };
  const line = sparkPath(values, inner);
  const colour = toneColour(tone);
  return (
    <svg width={width} height={height} viewBox={`0 -1 ${width} ${height}`} role="img" aria-label={label} style={{ overflow: 'visible' }}>
      {area && line !== '' && <path d={`${line}V${inner.height}H0z`} fill={colour} opacity="0.35" />}
      <path d={line} fill="none" stroke={colour} strokeWidth="1.5" strokeLinejoin="round" />
    </svg>
  );
}
