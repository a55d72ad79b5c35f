/** Inspector tab: the load that comes to a node by itself, and the faults that strike it. Both are part of the scenario. */
import './load.css';
import { use } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { PanelSection } from '../../../ui/layout/panel.tsx';
import type { ScenarioNode, ServiceManifest } from '../../../sim/manifest.ts';
import { environmentOf } from '../../../scenario/environment.ts';
import { faultsOf, loadOf, newFault, newStimulus, withFault, withoutFault, withoutStimulus, withStimulus } from '../../../scenario/load.ts';
import { SCENARIO_LIMITS } from '../../../scenario/schema.ts';
import type { Fault, Stimulus } from '../../../scenario/schema.ts';
import type { LoadForm } from '../../../services/load-form.ts';
import { loadFormOf } from '../../../services/load-forms.ts';
import type { InspectorServices } from '../inspector-services.ts';
import { FaultFields } from './fault-fields.tsx';
import { arrivalsText, faultText } from './load-text.ts';
import { Rows } from './rows.tsx';
import { StimulusFields, StimulusNews } from './stimulus-fields.tsx';

export interface LoadTabProps {
  readonly services: InspectorServices;
  readonly node: ScenarioNode;
  readonly manifest: ServiceManifest;
}

export function LoadTab(props: LoadTabProps): ReactNode {
  const form = use(loadFormOf(props.node.service));
  return (
    <>
      {form !== null && <LoadSection {...props} form={form} />}
      <FaultsSection {...props} />
    </>
  );
}

function LoadSection({ services, node, manifest, form }: LoadTabProps & { readonly form: LoadForm }): ReactNode {
  const { scenario, manifests } = services;
  const design = useStore(scenario, (state) => state.design);
  const name = String(node.config['name'] ?? node.id);
  const arn = environmentOf(design, manifests).arnOf(node.id);
  const stimuli = loadOf(design, node, { manifest, arn });
  const { load } = manifest;
  const full = design.stimuli.length >= SCENARIO_LIMITS.stimuliMax;
  const put = (stimulus: Stimulus): void => scenario.apply(`Change the load of ${name}`, (base) => withStimulus(base, stimulus));
  const add = (): string => {
    const stimulus = newStimulus(scenario.getState().design, node, { operation: load!.operation, input: load!.aim(form.start(node), arn) });
    scenario.apply(`Add load to ${name}`, (base) => withStimulus(base, stimulus));
    return stimulus.id;
  };
  return (
    <PanelSection title="Load">
      <p className="load-words">
        {`${form.noun[0]!.toUpperCase()}${form.noun.slice(1)}s that come by themselves. A change of load or faults begins the run anew.`}
      </p>
      <Rows
        label="Load"
        items={stimuli.map((stimulus) => ({
          id: stimulus.id,
          sentence: arrivalsText(stimulus.arrivals, form.noun),
          below: <StimulusNews run={services.run} stimulus={stimulus} brief={briefOf(stimulus, form, node)} />,
          fields: <StimulusFields stimulus={stimulus} form={form} node={node} own={load?.operation === stimulus.call.operation} onChange={put} />,
        }))}
        add={{ label: stimuli.length === 0 ? 'Add load' : 'Add more load', disabled: full, onAdd: add }}
        onRemove={(id) => scenario.apply(`Remove load of ${name}`, (base) => withoutStimulus(base, id))}
      />
    </PanelSection>
  );
}

/** What a call brings, on one line: the first text of several lines. */
function briefOf({ call }: Stimulus, form: LoadForm, node: ScenarioNode): string {
  const field = form.fields(node).find(({ kind }) => kind === 'text' || kind === 'json');
  return field === undefined ? '' : field.read(call.input).replace(/\s+/g, ' ').slice(0, 80);
}

function FaultsSection({ services, node, manifest }: LoadTabProps): ReactNode {
  const { scenario } = services;
  const design = useStore(scenario, (state) => state.design);
  const name = String(node.config['name'] ?? node.id);
  const faults = faultsOf(design, node.id);
  const kinds: readonly Fault['kind'][] = [...(manifest.faults ?? []), 'deny'];
  const full = design.faults.length >= SCENARIO_LIMITS.faultsMax;
  const add = (): string => {
    const fault = newFault(scenario.getState().design, node.id, kinds[0]!);
    scenario.apply(`Add a fault to ${name}`, (base) => withFault(base, fault));
    return fault.id;
  };
  return (
    <PanelSection title="Faults">
      <p className="load-words">
        What goes wrong on purpose, at every call or by chance. The seed decides which calls.
      </p>
      <Rows
        label="Faults"
        items={faults.map((fault) => ({
          id: fault.id,
          sentence: faultText(fault),
          fields: <FaultFields fault={fault} kinds={kinds} onChange={(next) => scenario.apply(`Change a fault of ${name}`, (base) => withFault(base, next))} />,
        }))}
        add={{ label: faults.length === 0 ? 'Add a fault' : 'Add another fault', disabled: full, onAdd: add }}
        onRemove={(id) => scenario.apply(`Remove a fault of ${name}`, (base) => withoutFault(base, id))}
      />
    </PanelSection>
  );
}
