/** The frame of a form field: label, control, what it does, and why a value was refused. */
import './field.css';
import { useId, type ReactNode } from 'react';
import { cx } from '../cx.ts';
import { Icon } from '../icons.tsx';

/** What the control inside must carry so that readers connect it with its label and its messages. */
export interface FieldControl {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

export interface FieldProps {
  readonly label: ReactNode;
  /** One sentence on the effect of the value, or the name AWS uses. */
  readonly help?: ReactNode;
  /** Why the last value was refused. */
  readonly error?: ReactNode;
  /** The control below its label at full width, instead of beside it. */
  readonly wide?: boolean | undefined;
  /** Full width under the row, such as a slider. */
  readonly below?: ReactNode;
  readonly className?: string;
  readonly children: (control: FieldControl) => ReactNode;
}

export function Field({ label, help, error, wide = false, below, className, children }: FieldProps): ReactNode {
  const id = useId();
  const hasError = error !== undefined && error !== null && error !== '';
  const hasHelp = help !== undefined && help !== null && help !== '';
  const describedBy = cx(hasError && `${id}-error`, hasHelp && `${id}-help`);
  const control: FieldControl = {
    id: `${id}-control`,
    'aria-describedby': describedBy === '' ? undefined : describedBy,
    'aria-invalid': hasError ? true : undefined,
  };
  return (
    <div className={cx('ui-field', className)} data-wide={wide || undefined}>
      <label className="ui-field-label" htmlFor={control.id}>
        {label}
      </label>
      {children(control)}
      {below}
      {/* Always there, so that a refusal is spoken when it comes. */}
      <div className="ui-field-error" id={`${id}-error`} role="status" hidden={!hasError}>
        {hasError && (
          <>
            <Icon name="warn" size="s" />
            <span>{error}</span>
          </>
        )}
      </div>
      {hasHelp && (
        <span className="ui-field-help" id={`${id}-help`}>
          {help}
        </span>
      )}
    </div>
  );
}
