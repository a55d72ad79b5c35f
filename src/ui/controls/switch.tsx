/** On or off, at once. */
import './switch.css';
import * as RadixSwitch from 'radix-ui/switch';
import type { ReactNode } from 'react';

export interface SwitchProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onCheckedChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  /** The label is only spoken, because a visible one stands elsewhere. */
  readonly hideLabel?: boolean;
  /** Ties it to a Field. */
  readonly id?: string;
}

export function Switch({ label, checked, onCheckedChange, disabled = false, hideLabel = false, id }: SwitchProps): ReactNode {
  return (
    <label className="ui-switch-row">
      {!hideLabel && <span>{label}</span>}
      <RadixSwitch.Root
        className="ui-switch"
        checked={checked}
        onCheckedChange={onCheckedChange}
        disabled={disabled}
        {...(id === undefined ? {} : { id })}
        {...(hideLabel ? { 'aria-label': label } : {})}
      >
        <RadixSwitch.Thumb className="ui-switch-thumb" />
      </RadixSwitch.Root>
    </label>
  );
}
