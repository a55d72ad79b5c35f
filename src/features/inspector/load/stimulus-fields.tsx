/** One load: when its calls come, what they bring, and what has come of it so far. */
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { jsonRefusal } from '../../../ui/fields/json-refusal.ts';
import { SelectField } from '../../../ui/fields/select-field.tsx';
import { TextField } from '../../../ui/fields/text-field.tsx';
import { groupDigits } from '../../../ui/number-text.ts';
import type { LoadInput, ScenarioNode } from '../../../sim/manifest.ts';
import { stimulusArn } from '../../../scenario/load.ts';
import type { Stimulus } from '../../../scenario/schema.ts';
import type { LoadField, LoadForm } from '../../../services/load-form.ts';
import type { RunStore } from '../../../state/run.store.ts';
import { ArrivalsFields } from './arrivals-fields.tsx';
import { lastUntil } from './last-until.ts';

export interface StimulusFieldsProps {
  readonly stimulus: Stimulus;
  readonly form: LoadForm;
  readonly node: ScenarioNode;
  /** It is the call that the form is for. */
  readonly own: boolean;
  readonly onChange: (stimulus: Stimulus) => void;
}

export function StimulusFields({ stimulus, form, node, own, onChange }: StimulusFieldsProps): ReactNode {
  const { call } = stimulus;
  const put = (input: LoadInput): void => onChange({ ...stimulus, call: { ...call, input: input as typeof call.input } });
  return (
    <>
      <ArrivalsFields arrivals={stimulus.arrivals} noun={form.noun} onChange={(arrivals) => onChange({ ...stimulus, arrivals })} />
      {own ? form.fields(node).map((field) => <CallField key={field.label} field={field} input={call.input} onChange={put} />) : <CallField field={wholeInput(call.operation)} input={call.input} onChange={put} />}
      <p className="load-words">
        <code>{'{{n}}'}</code> becomes the number of the {form.noun}, from 1.
      </p>
    </>
  );
}

/** A call that has no form: its input as it is. */
function wholeInput(operation: string): LoadField {
  return {
    label: `Input of ${operation}`,
    kind: 'json',
    read: (input) => JSON.stringify(input, null, 2),
    write: (_, text) => {
      const input: unknown = JSON.parse(text);
      if (typeof input !== 'object' || input === null || Array.isArray(input)) throw new Error('An input is a JSON object: members by their names.');
      return input as LoadInput;
    },
  };
}

function CallField({ field, input, onChange }: { readonly field: LoadField; readonly input: LoadInput; readonly onChange: (input: LoadInput) => void }): ReactNode {
  const { label, kind, options = [] } = field;
  const text = field.read(input);
  const help = field.help === undefined ? {} : { help: field.help };
  const commit = (typed: string): string | undefined => {
    const refusal = kind === 'json' ? jsonRefusal(typed) : undefined;
    if (refusal !== undefined) return refusal;
    try {
      onChange(field.write(input, typed));
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  if (kind === 'choice') return <SelectField label={label} options={options} value={text} onValueChange={commit} {...help} />;
  const rows = kind === 'line' ? {} : { rows: Math.min(12, Math.max(3, text.split('\n').length + 1)), code: true };
  return <TextField label={label} value={text} onCommit={commit} {...rows} {...help} />;
}

/** '12 so far.' and what each brings, or why the last was refused. */
export function StimulusNews({ run, stimulus, brief }: { readonly run: RunStore; readonly stimulus: Stimulus; readonly brief: string }): ReactNode {
  const calls = useStore(run, ({ index, status }) => {
    const last = lastUntil(index, stimulusArn(stimulus.id), status.shownUs);
    const number = last?.data['number'];
    return typeof number === 'number' ? number : 0;
  });
  const refusal = useStore(run, ({ index, status }) => {
    const message = lastUntil(index, stimulusArn(stimulus.id), status.shownUs)?.data['message'];
    return typeof message === 'string' ? message : null;
  });
  return (
    <small className={refusal === null ? 'ui-clip' : ''} data-refused={refusal !== null || undefined}>
      {calls === 0 ? 'None so far.' : `${groupDigits(calls)} so far.`} {refusal === null ? <code>{brief}</code> : `The last was refused: ${refusal}`}
    </small>
  );
}
