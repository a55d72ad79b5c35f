/** What a scenario looks like to the manifests: names, ARNs and neighbours of its nodes, with defaults filled in. */
import type { DeployEnvironment, ScenarioEdge, ScenarioNode, ServiceManifest } from '../sim/manifest.ts';
import type { ScenarioEdgeDocument, ScenarioNodeDocument } from './schema.ts';

export type Manifests = ReadonlyMap<string, ServiceManifest>;

/** The part of a scenario that is deployed. */
export interface Design {
  readonly nodes: readonly ScenarioNodeDocument[];
  readonly edges: readonly ScenarioEdgeDocument[];
}
/** Account and region that it is deployed in. */
export interface Place {
  readonly account: string;
  readonly region: string;
}
export const DEFAULT_PLACE: Place = { account: '000000000000', region: 'us-east-1' };

export function manifestsById(manifests: readonly ServiceManifest[]): Manifests {
  return new Map(manifests.map((manifest) => [manifest.id, manifest]));
}

/** The edge type of a port name `<service>.<kebab-case>`. */
export function edgeTypeOf(manifests: Manifests, port: string): ServiceManifest['edges'][number] | undefined {
  return manifests.get(port.slice(0, port.indexOf('.')))?.edges.find((type) => type.id === port);
}

/** Configuration with the schema's defaults; unchanged where it does not fit the schema (AWS then says what is wrong). */
export function completeNode(node: ScenarioNodeDocument, manifests: Manifests): ScenarioNode {
  const parsed = manifests.get(node.service)?.config.safeParse(node.config);
  const { files, ...rest } = node;
  return { ...rest, ...(files === undefined ? {} : { files }), config: parsed?.success ? parsed.data : node.config };
}

export function completeEdge(edge: ScenarioEdgeDocument, manifests: Manifests): ScenarioEdge {
  const parsed = edgeTypeOf(manifests, edge.port)?.config.safeParse(edge.config);
  return { ...edge, config: parsed?.success ? parsed.data : edge.config };
}

export function environmentOf(design: Design, manifests: Manifests, place: Place = DEFAULT_PLACE): DeployEnvironment {
  const nodes = new Map(design.nodes.map((node) => [node.id, completeNode(node, manifests)]));
  const touching = new Map<string, ScenarioEdge[]>();
  for (const document of design.edges) {
    const edge = completeEdge(document, manifests);
    for (const end of new Set([edge.from, edge.to])) touching.set(end, [...(touching.get(end) ?? []), edge]);
  }
  return {
    ...place,
    arnOf: (nodeId) => {
      const node = nodes.get(nodeId);
      return (node && manifests.get(node.service)?.arn(node.config, place)) ?? `arn:aws:missing:::${nodeId}`;
    },
    node: (nodeId) => nodes.get(nodeId),
    edgesOf: (nodeId) => touching.get(nodeId) ?? [],
  };
}

/** Node id → ARN of its main resource. */
export function arnsOf(design: Design, manifests: Manifests, place: Place = DEFAULT_PLACE): Readonly<Record<string, string>> {
  const environment = environmentOf(design, manifests, place);
  return Object.fromEntries(design.nodes.map((node) => [node.id, environment.arnOf(node.id)]));
}
