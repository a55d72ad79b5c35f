/** When the calls of a load come: the law, and its numbers. Times are seconds of the run. */
import type { ReactNode } from 'react';
import { NumberField } from '../../../ui/fields/number-field.tsx';
import { SelectField } from '../../../ui/fields/select-field.tsx';
import { TextField } from '../../../ui/fields/text-field.tsx';
import { asKind } from '../../../scenario/load.ts';
import type { Arrivals } from '../../../scenario/load.ts';
import { SCENARIO_LIMITS } from '../../../scenario/schema.ts';
import { amountText, ARRIVAL_KINDS, RATE, readTimes, timesText } from './load-text.ts';
import { SecField, SpanFields } from './span-fields.tsx';

export interface ArrivalsFieldsProps {
  readonly arrivals: Arrivals;
  readonly noun: string;
  readonly onChange: (arrivals: Arrivals) => void;
}

export function ArrivalsFields({ arrivals, noun, onChange }: ArrivalsFieldsProps): ReactNode {
  const { help } = ARRIVAL_KINDS.find(({ value }) => value === arrivals.kind)!;
  return (
    <>
      <SelectField label="Arrivals" options={ARRIVAL_KINDS} value={arrivals.kind} help={help} onValueChange={(kind) => kind !== arrivals.kind && onChange(asKind(arrivals, kind))} />
      <LawFields arrivals={arrivals} onChange={onChange} />
      <p className="load-words">{amountText(arrivals, noun)}</p>
    </>
  );
}

function LawFields({ arrivals, onChange }: Pick<ArrivalsFieldsProps, 'arrivals' | 'onChange'>): ReactNode {
  switch (arrivals.kind) {
    case 'constant':
      return (
        <>
          <SecField label="Every" ms={arrivals.everyMs} minSec={0.001} onChange={(everyMs) => onChange({ ...arrivals, everyMs })} />
          <SpanFields span={arrivals} onChange={(span) => onChange({ ...arrivals, ...span })} />
        </>
      );
    case 'poisson':
      return (
        <>
          <RateField label="Rate" value={arrivals.perSec} min={RATE.min} onChange={(perSec) => onChange({ ...arrivals, perSec })} />
          <SpanFields span={arrivals} onChange={(span) => onChange({ ...arrivals, ...span })} />
        </>
      );
    case 'ramp':
      return (
        <>
          <RateField label="Rate at the beginning" value={arrivals.fromPerSec} min={0} onChange={(fromPerSec) => onChange({ ...arrivals, fromPerSec })} />
          <RateField label="Rate at the end" value={arrivals.toPerSec} min={0} onChange={(toPerSec) => onChange({ ...arrivals, toPerSec })} />
          <SpanFields span={arrivals} onChange={(span) => onChange({ ...arrivals, ...span })} />
        </>
      );
    case 'burst':
      return (
        <>
          <NumberField label="How many" value={arrivals.count} min={1} max={SCENARIO_LIMITS.burstMax} onCommit={(count) => (count === undefined ? undefined : onChange({ ...arrivals, count }))} />
          <SecField label="At" ms={arrivals.atMs} onChange={(atMs) => onChange({ ...arrivals, atMs })} />
        </>
      );
    case 'list':
      return (
        <TextField
          label="Times, in seconds"
          value={timesText(arrivals.atMs)}
          rows={3}
          code
          help="With commas, spaces or lines between them. The same time twice makes two."
          onCommit={(text) => {
            const times = readTimes(text);
            if (typeof times === 'string') return times;
            onChange({ kind: 'list', atMs: [...times] });
            return undefined;
          }}
        />
      );
  }
}

function RateField({ label, value, min, onChange }: { readonly label: string; readonly value: number; readonly min: number; readonly onChange: (perSec: number) => void }): ReactNode {
  return <NumberField label={label} unit="a second" step={0.5} value={value} min={min} max={RATE.max} onCommit={(perSec) => (perSec === undefined ? undefined : onChange(perSec))} />
}
