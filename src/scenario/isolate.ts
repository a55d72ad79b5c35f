/** A scenario in which nothing reacts: what came from outside is where it came to, and a function can be called alone in it. */
import type { EdgeType } from '../sim/manifest.ts';
import { edgeTypeOf } from './environment.ts';
import type { Manifests } from './environment.ts';
import type { ScenarioBase, ScenarioDocument, ScenarioEdgeDocument, ScenarioNodeDocument } from './schema.ts';

export interface IsolateOptions {
  /** The function. */
  readonly nodeId: string;
  /** µs since t = 0: what came in later has not come in. */
  readonly untilUs: number;
}

/**
 * The present design without what brings events to functions. Objects and messages that people put there until then are there;
 * what functions made of them is not. Rights of functions stay as they are.
 */
export function isolated(design: ScenarioBase, recorded: ScenarioDocument | null, manifests: Manifests, { nodeId, untilUs }: IsolateOptions): ScenarioDocument {
  const nodes = new Map(design.nodes.map((node) => [node.id, node]));
  // Calls to the function's own service would run functions.
  const service = nodes.get(nodeId)?.service;
  const base: ScenarioBase = {
    ...design,
    edges: design.edges.flatMap((edge) => quiet(edge, edgeTypeOf(manifests, edge.port), nodes) ?? []),
    stimuli: design.stimuli.filter(({ call }) => call.service !== service),
    faults: [],
  };
  const inputs = (recorded?.inputs ?? []).filter((input) => input.atUs <= untilUs && (input.kind === 'upload' || (input.kind === 'call' && input.service !== service)));
  return { base, inputs };
}

/** A connection as it is where nothing reacts, or null when it is not there. */
function quiet(edge: ScenarioEdgeDocument, type: EdgeType | undefined, nodes: ReadonlyMap<string, ScenarioNodeDocument>): ScenarioEdgeDocument | null {
  if (type === undefined) return null;
  // It only brings files to their place.
  if (type.needs === 'store') return edge;
  const runs = (id: string): boolean => nodes.get(id)?.files !== undefined;
  if (type.owner === 'from') return runs(edge.from) ? edge : null;
  // What asks for work can be switched off, and the rights that go with it stay.
  return runs(edge.to) && 'Enabled' in type.config.shape ? { ...edge, config: { ...edge.config, Enabled: false } } : null;
}
