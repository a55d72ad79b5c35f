/** One line or several lines of text with a label. */
import { Field, type FieldControl } from './field.tsx';
import { type CommitAnswer, useDraft } from './use-draft.ts';
import type { KeyboardEvent, ReactNode } from 'react';

export interface TextFieldProps {
  readonly label: ReactNode;
  readonly value: string;
  /**
   * Called when the text is done: Enter (Ctrl Enter in several lines) or leaving the field, and only when it changed.
   * Answers why the text is refused (it then stays in the box), or nothing.
   */
  readonly onCommit: (value: string) => CommitAnswer | Promise<CommitAnswer>;
  /** Called at every keystroke, where a preview needs it. */
  readonly onDraft?: (value: string) => void;
  readonly help?: ReactNode;
  readonly error?: ReactNode;
  readonly placeholder?: string;
  readonly unit?: string;
  /** More than 1 makes it a text area. */
  readonly rows?: number;
  /** Code type, no spelling help. */
  readonly code?: boolean;
  readonly disabled?: boolean;
  /** Width of the box in px beside the label; else it is full width below the label. */
  readonly width?: number;
}

export function TextField(props: TextFieldProps): ReactNode {
  const { label, value, onCommit, onDraft, help, error, placeholder, unit, rows = 1, code = false, disabled = false, width } = props;
  const draft = useDraft(value, onCommit);
  const several = rows > 1;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (!several || event.ctrlKey || event.metaKey)) draft.commit();
    else if (event.key === 'Escape') draft.revert();
  };
  const onChange = (event: { readonly target: { readonly value: string } }): void => {
    draft.type(event.target.value);
    onDraft?.(event.target.value);
  };
  const box = (control: FieldControl): ReactNode => {
    const shared = { ...control, value: draft.text, placeholder, disabled, spellCheck: !code, autoComplete: 'off', onBlur: draft.commit, onChange, onKeyDown };
    return (
      <span
        className="ui-input"
        data-multiline={several || undefined}
        data-code={code || undefined}
        style={width === undefined ? undefined : { width }}
      >
        {several ? <textarea {...shared} rows={rows} /> : <input {...shared} type="text" />}
        {unit && <span className="ui-input-unit">{unit}</span>}
      </span>
    );
  };
  return (
    <Field label={label} help={help} error={draft.refusal ?? error} wide={width === undefined}>
      {box}
    </Field>
  );
}
