/** Names and values, such as environment variables: a row each, and an empty row to add one. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { Field } from '../../ui/fields/field.tsx';
import type { FieldControlProps } from './field-control.tsx';

export function MapField({ field, value, help, onCommit }: FieldControlProps): ReactNode {
  const map = (value ?? {}) as Readonly<Record<string, string>>;
  const [refusal, setRefusal] = useState<string>();
  const change = (next: Readonly<Record<string, string>>): boolean => {
    const answer = onCommit(next);
    setRefusal(answer);
    return answer === undefined;
  };
  return (
    <Field label={field.label} wide error={refusal} {...(help === undefined ? {} : { help })}>
      {(control) => (
        <div className="map-rows" role="group" aria-label={field.label} aria-describedby={control['aria-describedby']}>
          {Object.entries(map).map(([name, text]) => (
            <MapRow
              key={name}
              name={name}
              text={text}
              onChange={(to, next) => change(Object.fromEntries(Object.entries(map).map(([key, old]) => (key === name ? [to, next] : [key, old]))))}
              onRemove={() => change(Object.fromEntries(Object.entries(map).filter(([key]) => key !== name)))}
            />
          ))}
          <MapRow key={`new-${Object.keys(map).length}`} name="" text="" id={control.id} onChange={(name, text) => change({ ...map, [name]: text })} />
        </div>
      )}
    </Field>
  );
}

interface MapRowProps {
  readonly name: string;
  readonly text: string;
  readonly id?: string;
  readonly onChange: (name: string, text: string) => boolean;
  readonly onRemove?: () => void;
}

function MapRow({ name, text, id, onChange, onRemove }: MapRowProps): ReactNode {
  const [draft, setDraft] = useState({ name, text });
  const commit = (): void => {
    if (draft.name === name && draft.text === text) return;
    if (draft.name === '') return;
    onChange(draft.name, draft.text);
  };
  const what = name === '' ? 'new' : name;
  return (
    <div className="map-row">
      <span className="ui-input" data-code>
        <input
          {...(id === undefined ? {} : { id })}
          type="text"
          aria-label={`Name, ${what}`}
          placeholder="NAME"
          spellCheck={false}
          autoComplete="off"
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
          onBlur={name === '' ? undefined : commit}
          onKeyDown={(event) => event.key === 'Enter' && commit()}
        />
      </span>
      <span className="ui-input" data-code>
        <input
          type="text"
          aria-label={`Value, ${what}`}
          placeholder="value"
          spellCheck={false}
          autoComplete="off"
          value={draft.text}
          onChange={(event) => setDraft({ ...draft, text: event.target.value })}
          onBlur={commit}
          onKeyDown={(event) => event.key === 'Enter' && commit()}
        />
      </span>
      {onRemove ? (
        <IconButton icon="close" label={`Remove ${name}`} size="s" onClick={onRemove} />
      ) : (
        <IconButton icon="plus" label="Add" size="s" disabled={draft.name === ''} onClick={commit} />
      )}
    </div>
  );
}
