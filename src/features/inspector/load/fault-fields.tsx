/** One fault: what goes wrong, how often, and when. */
import type { ReactNode } from 'react';
import { NumberField } from '../../../ui/fields/number-field.tsx';
import { SelectField } from '../../../ui/fields/select-field.tsx';
import { delayMsOf } from '../../../scenario/load.ts';
import type { Fault } from '../../../scenario/schema.ts';
import { FAULT_KINDS, percentOf } from './load-text.ts';
import { SecField, SpanFields } from './span-fields.tsx';

export interface FaultFieldsProps {
  readonly fault: Fault;
  /** What can strike this node. */
  readonly kinds: readonly Fault['kind'][];
  readonly onChange: (fault: Fault) => void;
}

export function FaultFields({ fault, kinds, onChange }: FaultFieldsProps): ReactNode {
  const fits = kinds.includes(fault.kind);
  const options = (fits ? kinds : [...kinds, fault.kind]).map((value) => ({ value, label: FAULT_KINDS[value].label }));
  const { config: _, ...plain } = fault;
  return (
    <>
      <SelectField
        label="What happens"
        options={options}
        value={fault.kind}
        help={FAULT_KINDS[fault.kind].help}
        {...(fits ? {} : { error: 'This cannot strike a node of this service: the run leaves it out. Choose another.' })}
        onValueChange={(kind) => kind !== fault.kind && onChange({ ...plain, kind })}
      />
      {fault.kind === 'slow' && <SecField label="Late by" ms={delayMsOf(fault)} onChange={(delayMs) => onChange({ ...fault, config: { delayMs } })} />}
      <NumberField label="Share of calls" unit="%" step={0.5} min={0} max={100} value={percentOf(fault.chance)} onCommit={(percent) => (percent === undefined ? undefined : onChange({ ...fault, chance: percent / 100 }))} />
      <SpanFields span={fault} onChange={(span) => onChange({ ...fault, ...span })} />
    </>
  );
}
