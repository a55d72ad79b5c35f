/** A number with its unit and its range; a value out of range is named, kept in the box and not handed over. */
import { Slider } from '../controls/slider.tsx';
import { groupDigits, parseNumber, withUnit } from '../number-text.ts';
import { Field, type FieldControl } from './field.tsx';
import { type CommitAnswer, type Draft, useDraft } from './use-draft.ts';
import { useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';

export interface NumberFieldProps {
  readonly label: ReactNode;
  /** Undefined shows the placeholder. */
  readonly value: number | undefined;
  /** Called with a number inside the range when typing is done; undefined when an optional field was emptied. Answers why it is refused, or nothing. */
  readonly onCommit: (value: number | undefined) => CommitAnswer | Promise<CommitAnswer>;
  readonly min?: number;
  readonly max?: number;
  /** Arrow keys change by this, with Shift by ten times; default 1. A whole step asks for whole numbers. */
  readonly step?: number;
  readonly unit?: string;
  /** May be emptied. */
  readonly optional?: boolean;
  /** Default 'none'. */
  readonly placeholder?: string;
  readonly help?: ReactNode;
  readonly error?: ReactNode;
  /** Says in the owner's words why a number is out of range. */
  readonly refusal?: (value: number) => string;
  /** Shows a slider under the row; ticks are values. Needs min and max. */
  readonly slider?: { readonly ticks?: readonly number[]; readonly label: string };
  readonly disabled?: boolean;
  /** Width of the box in px; default fits the content. */
  readonly width?: number;
}

interface Range {
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly step: number;
  readonly unit: string | undefined;
}

/** Why a number does not fit a range, or nothing. */
export function rangeRefusal(value: number, { min, max, step, unit }: Range): string | undefined {
  const named = (bound: number): string => (unit ? withUnit(bound, unit) : groupDigits(bound));
  if (Number.isInteger(step) && !Number.isInteger(value)) return 'Whole numbers only.';
  if (min !== undefined && max !== undefined && (value < min || value > max)) return `From ${groupDigits(min)} to ${named(max)}.`;
  if (min !== undefined && value < min) return `At least ${named(min)}.`;
  if (max !== undefined && value > max) return `At most ${named(max)}.`;
  return undefined;
}

/** A press beside the digits still goes to them. */
function focusInside(event: MouseEvent<HTMLElement>): void {
  const input = event.currentTarget.querySelector('input');
  if (event.target === input) return;
  event.preventDefault();
  input?.focus();
}

export function NumberField(props: NumberFieldProps): ReactNode {
  const { label, value, onCommit, min, max, step = 1, unit, optional = false, help, error, slider, disabled = false } = props;
  const [dragged, setDragged] = useState<number>();
  const hand = (text: string): CommitAnswer | Promise<CommitAnswer> => {
    if (text.trim() === '') return optional ? onCommit(undefined) : 'A number is needed here.';
    const parsed = parseNumber(text, unit);
    if (parsed === undefined) return 'This is not a number.';
    const outside = rangeRefusal(parsed, { min, max, step, unit });
    if (outside !== undefined) return props.refusal?.(parsed) ?? outside;
    return parsed === value ? undefined : onCommit(parsed);
  };
  const draft = useDraft(value === undefined ? '' : groupDigits(value), hand);
  const below = slider && min !== undefined && max !== undefined && (
    <Slider
      label={slider.label}
      min={min}
      max={max}
      step={step}
      ticks={slider.ticks ?? []}
      value={dragged ?? value ?? min}
      valueText={(at) => (unit ? withUnit(at, unit) : groupDigits(at))}
      disabled={disabled}
      onValueChange={setDragged}
      onValueCommit={(at) => {
        setDragged(undefined);
        draft.put(groupDigits(at));
      }}
    />
  );
  return (
    <Field label={label} help={help} error={draft.refusal ?? error} below={below}>
      {(control) => <NumberBox {...props} control={control} draft={draft} text={dragged === undefined ? draft.text : groupDigits(dragged)} />}
    </Field>
  );
}

interface NumberBoxProps extends NumberFieldProps {
  readonly control: FieldControl;
  readonly draft: Draft;
  readonly text: string;
}

/** The box with its digits and unit. */
function NumberBox({ control, draft, text, min, max, step = 1, unit, placeholder = 'none', disabled = false, width }: NumberBoxProps): ReactNode {
  const nudge = (event: KeyboardEvent, direction: 1 | -1): void => {
    event.preventDefault();
    const from = parseNumber(draft.text, unit) ?? min ?? 0;
    const far = from + direction * step * (event.shiftKey ? 10 : 1);
    const next = Math.min(max ?? far, Math.max(min ?? far, far));
    draft.type(groupDigits(Number(next.toFixed(6))));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') draft.commit();
    else if (event.key === 'Escape') draft.revert();
    else if (event.key === 'ArrowUp') nudge(event, 1);
    else if (event.key === 'ArrowDown') nudge(event, -1);
  };
  return (
    <span className="ui-input ui-number" style={width === undefined ? undefined : { width }} onMouseDown={focusInside}>
      <input
        {...control}
        type="text"
        inputMode={Number.isInteger(step) ? 'numeric' : 'decimal'}
        autoComplete="off"
        placeholder={placeholder}
        disabled={disabled}
        value={text}
        size={Math.max(1, text === '' ? placeholder.length : text.length)}
        onChange={(event) => draft.type(event.target.value)}
        onBlur={draft.commit}
        onKeyDown={onKeyDown}
      />
      {unit && text !== '' && <span className="ui-input-unit">{unit}</span>}
    </span>
  );
}
