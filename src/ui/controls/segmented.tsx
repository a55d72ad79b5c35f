/** One choice of a few, all of them visible: speeds, modes, themes. A radio group: one tab stop, arrow keys move and choose at once. */
import './segmented.css';
import { Icon, type IconName } from '../icons.tsx';
import type { KeyboardEvent, ReactNode } from 'react';

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

const steps: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export function Segmented<Value extends string>({ label, options, value, onValueChange }: SegmentedProps<Value>): ReactNode {
  const open = options.filter((option) => !option.disabled);
  const stop = open.some((option) => option.value === value) ? value : open[0]?.value;

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = steps[event.key];
    if (step === undefined || open.length === 0) return;
    event.preventDefault();
    const at = open.findIndex((option) => option.value === value);
    const next = open[(at + step + open.length) % open.length];
    if (next === undefined) return;
    onValueChange(next.value);
    event.currentTarget.querySelector<HTMLElement>(`[data-value="${CSS.escape(next.value)}"]`)?.focus();
  };
  return (
    <div className="ui-segmented" role="radiogroup" aria-label={label} onKeyDown={onKeyDown}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          role="radio"
          className="ui-segment"
          data-value={option.value}
          aria-checked={option.value === value}
          tabIndex={option.value === stop ? 0 : -1}
          disabled={option.disabled ?? false}
          onClick={() => onValueChange(option.value)}
          {...(option.icon ? { 'aria-label': option.label, title: option.label } : {})}
        >
          {option.icon ? <Icon name={option.icon} size="s" /> : option.label}
        </button>
      ))}
    </div>
  );
}
