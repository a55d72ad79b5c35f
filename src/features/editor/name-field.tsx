/** A field in place of a name: Enter or leaving it takes the new name, Escape keeps the old one. */
import { useId, useState } from 'react';
import type { ReactNode } from 'react';

export interface NameFieldProps {
  readonly name: string;
  /** Why it cannot have a name, as a sentence, or null. */
  readonly refusalOf: (name: string) => string | null;
  readonly onDone: (name: string) => void;
  readonly onCancel: () => void;
}

export function NameField({ name, refusalOf, onDone, onCancel }: NameFieldProps): ReactNode {
  const [text, setText] = useState(name);
  const told = useId();
  const refusal = refusalOf(text);
  return (
    <span className="editor-naming">
      <input
        aria-label={`New name of ${name}`}
        aria-invalid={refusal !== null || undefined}
        aria-describedby={refusal === null ? undefined : told}
        value={text}
        autoFocus
        spellCheck={false}
        onFocus={(event) => event.target.setSelectionRange(0, text.lastIndexOf('.') > 0 ? text.lastIndexOf('.') : text.length)}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => (refusal === null ? onDone(text) : onCancel())}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && refusal === null) onDone(text);
          else if (event.key === 'Escape') onCancel();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {refusal !== null && (
        <small id={told} role="alert">
          {refusal}
        </small>
      )}
    </span>
  );
}
