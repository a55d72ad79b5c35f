/** Lists: of texts, a line each; of records, a fold each with its own fields. */
import type { ReactNode } from 'react';
import { Button } from '../../ui/controls/button.tsx';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { Field } from '../../ui/fields/field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { Fold } from '../../ui/layout/fold.tsx';
import { FieldControl } from './field-control.tsx';
import type { FieldControlProps } from './field-control.tsx';
import type { FieldDescription } from './schema-fields.ts';

export function TextsField({ field, value, help, onCommit }: FieldControlProps): ReactNode {
  const list = Array.isArray(value) ? (value as readonly string[]) : [];
  const lines = (text: string): readonly string[] =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  return (
    <TextField
      label={field.label}
      value={list.join('\n')}
      rows={Math.max(3, list.length + 1)}
      help={<>{help ?? 'One a line.'}</>}
      onCommit={(text) => onCommit(lines(text))}
    />
  );
}

type Row = Readonly<Record<string, unknown>>;

export function RecordsField({ field, fields, blank, value, help, onCommit }: FieldControlProps & { readonly fields: readonly FieldDescription[]; readonly blank: Row | null }): ReactNode {
  const next = Array.isArray(value) && value.length > 0 ? (value[value.length - 1] as Row) : blank;
  const rows = Array.isArray(value) ? (value as readonly Row[]) : [];
  const put = (at: number, row: Row): string | undefined => onCommit(rows.map((old, i) => (i === at ? row : old)));
  return (
    <Field label={`${field.label}, ${rows.length}`} wide {...(help === undefined ? {} : { help })}>
      {(control) => (
        <div id={control.id} role="group" aria-label={field.label} className="record-rows">
          {rows.map((row, at) => (
            <div key={at} className="record-row">
              <Fold line={<span className="ui-clip">{lineOf(row, fields)}</span>}>
                {fields.map((inner) => (
                  <FieldControl
                    key={inner.member}
                    field={inner}
                    value={row[inner.member]}
                    onCommit={(next) => inner.refusal(next) ?? put(at, { ...row, [inner.member]: next })}
                  />
                ))}
              </Fold>
              <IconButton icon="close" label={`Remove ${lineOf(row, fields)}`} size="s" onClick={() => onCommit(rows.filter((_, i) => i !== at))} />
            </div>
          ))}
          <Button size="s" icon="plus" iconSize="s" disabled={next === null} onClick={() => onCommit([...rows, next])}>
            {rows.length === 0 ? 'Add one' : 'Add a copy of the last'}
          </Button>
        </div>
      )}
    </Field>
  );
}

/** A row in a few words: its texts, then its numbers. */
function lineOf(row: Row, fields: readonly FieldDescription[]): string {
  const parts = fields.flatMap(({ member, label, unit, type }) => {
    const value = row[member];
    if (value === undefined || value === '' || (type.kind === 'number' && value === 0 && unit === undefined)) return [];
    if (typeof value === 'object') {
      const count = value === null ? 0 : Object.keys(value).length;
      return count === 0 ? [] : [`${label}: ${count}`];
    }
    const text = typeof value === 'string' && /^[0-9a-f]{64}$/.test(value) ? `${value.slice(0, 8)}…` : String(value);
    return [unit === undefined ? text : `${text}\u00a0${unit}`];
  });
  return parts.join(', ');
}
