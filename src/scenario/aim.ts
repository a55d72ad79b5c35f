/** Load goes to the resource of its node: where a change of the node gives that another ARN, the calls are turned to it. */
import { DEFAULT_PLACE } from './environment.ts';
import type { Manifests } from './environment.ts';
import type { ScenarioBase, ScenarioNodeDocument } from './schema.ts';

/** `base` with another configuration of a node, and the node's load turned to where it is then. */
export function withNodeConfig(base: ScenarioBase, node: ScenarioNodeDocument, config: ScenarioNodeDocument['config'], manifests: Manifests): ScenarioBase {
  const nodes = base.nodes.map((same) => (same.id === node.id ? { ...same, config } : same));
  const manifest = manifests.get(node.service);
  const arn = manifest?.arn(config, DEFAULT_PLACE);
  if (!manifest?.load || arn === undefined || arn === manifest.arn(node.config, DEFAULT_PLACE)) return { ...base, nodes };
  const { operation, aim } = manifest.load;
  let turned = false;
  const stimuli = base.stimuli.map((stimulus) => {
    const { call } = stimulus;
    if (stimulus.node !== node.id || call.service !== node.service || call.operation !== operation) return stimulus;
    turned = true;
    return { ...stimulus, call: { ...call, input: aim(call.input, arn) as typeof call.input } };
  });
  return { ...base, nodes, ...(turned ? { stimuli } : {}) };
}
