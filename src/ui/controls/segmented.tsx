/** One choice of a few, all of them visible: speeds, modes, themes. Arrow keys move and choose. */
import './segmented.css';
import * as RadioGroup from 'radix-ui/radio-group';
import { Icon, type IconName } from '../icons.tsx';
import type { ReactNode } from 'react';

export interface SegmentedOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** Shown instead of the label, which is then only spoken. */
  readonly icon?: IconName;
  readonly disabled?: boolean;
}

export interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly options: readonly SegmentedOption<Value>[];
  readonly value: Value;
  readonly onValueChange: (value: Value) => void;
}

export function Segmented<Value extends string>({ label, options, value, onValueChange }: SegmentedProps<Value>): ReactNode {
  return (
    <RadioGroup.Root
      className="ui-segmented"
      orientation="horizontal"
      aria-label={label}
      value={value}
      onValueChange={(next) => onValueChange(next as Value)}
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          className="ui-segment"
          value={option.value}
          disabled={option.disabled ?? false}
          {...(option.icon ? { 'aria-label': option.label, title: option.label } : {})}
        >
          {option.icon ? <Icon name={option.icon} size="s" /> : option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
