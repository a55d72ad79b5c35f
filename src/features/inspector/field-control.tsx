/** The control of one settings field by its kind. */
import type { ReactNode } from 'react';
import { Checkbox } from '../../ui/controls/checkbox.tsx';
import { Segmented } from '../../ui/controls/segmented.tsx';
import { Switch } from '../../ui/controls/switch.tsx';
import { Field } from '../../ui/fields/field.tsx';
import { jsonRefusal } from '../../ui/fields/json-refusal.ts';
import { NumberField } from '../../ui/fields/number-field.tsx';
import { SelectField } from '../../ui/fields/select-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { MapField } from './map-field.tsx';
import { RecordsField, TextsField } from './list-fields.tsx';
import type { FieldDescription } from './schema-fields.ts';

export interface FieldControlProps {
  readonly field: FieldDescription;
  readonly value: unknown;
  readonly help?: ReactNode;
  /** Answers why the value is refused, or nothing. */
  readonly onCommit: (value: unknown) => string | undefined;
}

/** Up to so many choices stand side by side when they are short. */
const SEGMENTS_MAX = 3;
const SEGMENT_CHARS_MAX = 12;

export function FieldControl(props: FieldControlProps): ReactNode {
  const { field, value, help, onCommit } = props;
  const shared = { label: field.label, ...(help === undefined ? {} : { help }) };
  switch (field.type.kind) {
    case 'number':
      return <NumberControl {...props} />;
    case 'choice': {
      const { options } = field.type;
      if (options.length <= SEGMENTS_MAX && options.every((option) => option.length <= SEGMENT_CHARS_MAX)) {
        return (
          <Field {...shared}>
            {() => (
              <Segmented
                label={field.label}
                options={options.map((option) => ({ value: option, label: option }))}
                value={String(value)}
                onValueChange={onCommit}
              />
            )}
          </Field>
        );
      }
      return (
        <SelectField
          {...shared}
          options={options.map((option) => ({ value: option, label: option }))}
          value={typeof value === 'string' ? value : undefined}
          onValueChange={onCommit}
        />
      );
    }
    case 'choices': {
      const chosen = Array.isArray(value) ? (value as readonly unknown[]) : [];
      const { options } = field.type;
      return (
        <Field {...shared} wide>
          {() => (
            <div className="choices" role="group" aria-label={field.label}>
              {options.map((option) => (
                <Checkbox
                  key={option}
                  label={option}
                  checked={chosen.includes(option)}
                  onCheckedChange={(on) => onCommit(options.filter((one) => (one === option ? on : chosen.includes(one))))}
                />
              ))}
            </div>
          )}
        </Field>
      );
    }
    case 'switch':
      return (
        <Field {...shared}>{(control) => <Switch label={field.label} hideLabel checked={value === true} id={control.id} onCheckedChange={onCommit} />}</Field>
      );
    case 'map':
      return <MapField {...props} />;
    case 'texts':
      return <TextsField {...props} />;
    case 'records':
      return <RecordsField {...props} fields={field.type.fields} blank={field.type.blank} />;
    case 'json':
      return <JsonControl {...props} />;
    case 'text':
      return field.control === 'json' ? (
        <JsonTextControl {...props} />
      ) : (
        <TextField
          {...shared}
          value={typeof value === 'string' ? value : ''}
          {...(field.unit === undefined ? {} : { unit: field.unit })}
          onCommit={(text) => onCommit(text === '' && field.empty !== 'no' ? nothing(field) : text)}
        />
      );
  }
}

function NumberControl({ field, value, help, onCommit }: FieldControlProps): ReactNode {
  if (field.type.kind !== 'number') return null;
  const { min, max, step } = field.type;
  return (
    <NumberField
      label={field.label}
      value={typeof value === 'number' ? value : undefined}
      step={step}
      optional={field.empty !== 'no'}
      refusal={(wanted) => field.refusal(wanted) ?? 'This value does not fit.'}
      {...(min === undefined ? {} : { min })}
      {...(max === undefined ? {} : { max })}
      {...(field.unit === undefined ? {} : { unit: field.unit })}
      {...(help === undefined ? {} : { help })}
      {...(field.control === 'slider' && min !== undefined && max !== undefined ? { slider: { label: field.label } } : {})}
      onCommit={(wanted) => onCommit(wanted ?? nothing(field))}
    />
  );
}

/** Text that holds JSON: shown over several lines, kept as it was typed. */
function JsonTextControl({ field, value, help, onCommit }: FieldControlProps): ReactNode {
  const text = typeof value === 'string' ? value : '';
  return (
    <TextField
      label={field.label}
      value={pretty(text)}
      rows={Math.min(14, Math.max(4, pretty(text).split('\n').length))}
      code
      {...(help === undefined ? {} : { help })}
      onCommit={(typed) => onCommit(typed === pretty(text) ? text : typed)}
    />
  );
}

/** Anything that has no control of its own. */
function JsonControl({ field, value, help, onCommit }: FieldControlProps): ReactNode {
  return (
    <TextField
      label={field.label}
      value={value === undefined ? '' : JSON.stringify(value, null, 2)}
      rows={6}
      code
      {...(help === undefined ? {} : { help })}
      onCommit={(typed) => {
        if (typed.trim() === '') return onCommit(nothing(field));
        return jsonRefusal(typed) ?? onCommit(JSON.parse(typed));
      }}
    />
  );
}

function nothing(field: FieldDescription): undefined | null {
  return field.empty === 'null' ? null : undefined;
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
