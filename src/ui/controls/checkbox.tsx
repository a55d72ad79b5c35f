/** A choice that takes effect with others; `mixed` when those below it differ. */
import './checkbox.css';
import * as RadixCheckbox from 'radix-ui/checkbox';
import { Icon } from '../icons.tsx';
import type { ReactNode } from 'react';

export interface CheckboxProps {
  readonly label: ReactNode;
  readonly checked: boolean | 'mixed';
  readonly onCheckedChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}

export function Checkbox({ label, checked, onCheckedChange, disabled = false }: CheckboxProps): ReactNode {
  return (
    <label className="ui-checkbox-row">
      <RadixCheckbox.Root
        className="ui-checkbox"
        checked={checked === 'mixed' ? 'indeterminate' : checked}
        onCheckedChange={(next) => onCheckedChange(next === true)}
        disabled={disabled}
      >
        <RadixCheckbox.Indicator className="ui-checkbox-mark">
          <Icon name={checked === 'mixed' ? 'minus' : 'check'} size="s" />
        </RadixCheckbox.Indicator>
      </RadixCheckbox.Root>
      <span>{label}</span>
    </label>
  );
}
