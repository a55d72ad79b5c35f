/** Faults of a scenario as the world takes them: at ARNs, in µs; and those that nothing here can be struck by. */
import { errorToData, NotModelled } from '../sim/errors.ts';
import type { AwsErrorData } from '../sim/errors.ts';
import type { Fault } from '../sim/faults.ts';
import { msToUs } from '../sim/units.ts';
import type { Manifests } from '../scenario/environment.ts';
import { delayMsOf } from '../scenario/load.ts';
import type { ScenarioBase } from '../scenario/schema.ts';

interface Faults {
  readonly faults: readonly Fault[];
  readonly refused: readonly { readonly nodeId: string; readonly operation: string; readonly error: AwsErrorData }[];
}

export function faultsOf(base: ScenarioBase, arns: Readonly<Record<string, string>>, manifests: Manifests): Faults {
  const faults: Fault[] = [];
  const refused: Faults['refused'][number][] = [];
  for (const { id, node, kind, fromMs, untilMs, chance, config } of base.faults) {
    const service = base.nodes.find((one) => one.id === node)?.service ?? '';
    const resource = arns[node];
    if (resource === undefined || (kind !== 'deny' && !(manifests.get(service)?.faults ?? []).includes(kind))) refused.push({ nodeId: node, operation: `fault ${id}`, error: errorToData(new NotModelled('runner', `the fault ${kind} of a node of ${service}`, 'The scenario runs without it.')) });
    else faults.push({ id, resource, kind, fromUs: msToUs(fromMs), untilUs: msToUs(untilMs), chance, delayUs: msToUs(delayMsOf({ config })) });
  }
  return { faults, refused };
}
