/** One of a list that may be long, with a label; the list opens over the page. */
import './select-field.css';
import * as RadixSelect from 'radix-ui/select';
import { Icon } from '../icons.tsx';
import { Field } from './field.tsx';
import type { ReactNode } from 'react';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** Small, at the right of the row. */
  readonly note?: string;
  readonly disabled?: boolean;
}

export interface SelectProps<Value extends string> {
  /** Its name, where no Field gives it one. */
  readonly label?: string;
  readonly options: readonly SelectOption<Value>[];
  /** Undefined shows the placeholder. */
  readonly value: Value | undefined;
  readonly onValueChange: (value: Value) => void;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly width?: number | string;
  readonly id?: string;
  readonly 'aria-describedby'?: string | undefined;
  readonly 'aria-invalid'?: true | undefined;
}

/** The control alone. */
export function Select<Value extends string>(props: SelectProps<Value>): ReactNode {
  const { label, options, value, onValueChange, placeholder = 'Choose', disabled = false, width, ...control } = props;
  return (
    <RadixSelect.Root value={value ?? ''} onValueChange={(next) => onValueChange(next as Value)} disabled={disabled}>
      <RadixSelect.Trigger {...control} className="ui-select" aria-label={label} style={width === undefined ? undefined : { width }}>
        <span className="ui-clip">
          <RadixSelect.Value placeholder={placeholder} />
        </span>
        <Icon name="chevron-down" size="s" />
      </RadixSelect.Trigger>
      <RadixSelect.Portal>
        <RadixSelect.Content className="ui-select-list" position="popper" sideOffset={4} collisionPadding={8}>
          <RadixSelect.Viewport>
            {options.map((option) => (
              <RadixSelect.Item key={option.value} className="ui-select-item" value={option.value} disabled={option.disabled ?? false}>
                <span className="ui-select-tick">
                  <RadixSelect.ItemIndicator>
                    <Icon name="check" size="s" />
                  </RadixSelect.ItemIndicator>
                </span>
                <RadixSelect.ItemText>{option.label}</RadixSelect.ItemText>
                {option.note !== undefined && <small className="ui-num">{option.note}</small>}
              </RadixSelect.Item>
            ))}
          </RadixSelect.Viewport>
        </RadixSelect.Content>
      </RadixSelect.Portal>
    </RadixSelect.Root>
  );
}

export interface SelectFieldProps<Value extends string> extends Omit<SelectProps<Value>, 'label' | 'id' | 'aria-describedby' | 'aria-invalid'> {
  readonly label: ReactNode;
  readonly help?: ReactNode;
  readonly error?: ReactNode;
}

export function SelectField<Value extends string>({ label, help, error, ...select }: SelectFieldProps<Value>): ReactNode {
  return (
    <Field label={label} help={help} error={error}>
      {(control) => <Select {...select} {...control} />}
    </Field>
  );
}
