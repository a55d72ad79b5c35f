/** A slider with ticks: a number between two bounds, by drag and by arrow keys. */
import './slider.css';
import * as RadixSlider from 'radix-ui/slider';
import type { ReactNode } from 'react';

export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Default 1. */
  readonly step?: number;
  /** Values at which a mark stands. */
  readonly ticks?: readonly number[];
  /** The value with its unit, for readers. */
  readonly valueText?: (value: number) => string;
  /** While it moves. */
  readonly onValueChange: (value: number) => void;
  /** When it is let go. */
  readonly onValueCommit?: (value: number) => void;
  readonly disabled?: boolean;
}

export function Slider(props: SliderProps): ReactNode {
  const { label, value, min, max, step = 1, ticks = [], valueText, onValueChange, onValueCommit, disabled = false } = props;
  const first = (values: readonly number[]): number => values[0] ?? min;
  return (
    <RadixSlider.Root
      className="ui-slider"
      value={[value]}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      onValueChange={(values) => onValueChange(first(values))}
      onValueCommit={(values) => onValueCommit?.(first(values))}
    >
      <RadixSlider.Track className="ui-slider-track">
        {ticks.map((tick) => (
          <span key={tick} className="ui-slider-tick" style={{ left: `${((tick - min) / (max - min)) * 100}%` }} />
        ))}
        <RadixSlider.Range className="ui-slider-range" />
      </RadixSlider.Track>
      <RadixSlider.Thumb className="ui-slider-thumb" aria-label={label} aria-valuetext={valueText?.(value)} />
    </RadixSlider.Root>
  );
}
