/** A level between nothing and a limit, with its number in words; calm by the rule of smoothing.ts. */
import './gauge.css';
import { toneColour, type Tone } from '../tone.ts';
import { useHeld, useSmoothed } from './use-smoothed.ts';
import type { ReactNode } from 'react';

export interface GaugeProps {
  /** What is measured: 'Concurrency'. */
  readonly label: string;
  readonly value: number;
  readonly max: number;
  /** The value as people read it: '8 of 10'. */
  readonly text: string;
  /** The tone of a smoothed value; the default is ink throughout. */
  readonly toneOf?: (smoothed: number) => Tone;
}

export function Gauge({ label, value, max, text, toneOf }: GaugeProps): ReactNode {
  const smoothed = useSmoothed(value);
  const tone = useHeld<Tone>(toneOf?.(smoothed) ?? 'plain');
  const share = max > 0 ? Math.min(1, Math.max(0, smoothed / max)) : 0;
  return (
    <div className="ui-gauge" role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={max} aria-valuenow={value} aria-valuetext={text}>
      <span>{label}</span>
      <b className="ui-num">{text}</b>
      <i className="ui-gauge-bar">
        <i style={{ width: `${share * 100}%`, background: toneColour(tone) }} />
      </i>
    </div>
  );
}
