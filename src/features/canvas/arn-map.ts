/** From ARNs in the trace to what is on the canvas: which node owns a resource, and which edge a travel goes along. */
import type { ScenarioEdge, ScenarioNode, ServiceManifest } from '../../sim/manifest.ts';
import { parseArn } from '../../sim/principal.ts';
import { edgeTypeOf } from './flow-model.ts';

export class ArnMap {
  readonly #byArn = new Map<string, string>();
  /** What was asked before: a run asks the same of thousands of travels. */
  readonly #owners = new Map<string, string | undefined>();
  readonly #ways = new Map<string, ScenarioEdge | undefined>();
  readonly #nodes: readonly ScenarioNode[];
  readonly #edges: readonly ScenarioEdge[];
  readonly #manifests: ReadonlyMap<string, ServiceManifest>;

  constructor(
    nodes: readonly ScenarioNode[],
    edges: readonly ScenarioEdge[],
    arns: Readonly<Record<string, string>>,
    manifests: ReadonlyMap<string, ServiceManifest>,
  ) {
    this.#nodes = nodes;
    this.#edges = edges;
    this.#manifests = manifests;
    for (const node of nodes) {
      const arn = arns[node.id];
      if (arn !== undefined) this.#byArn.set(arn, node.id);
    }
  }

  /** The node whose resource it is, or part of it (a rule of a bus, an object of a bucket, a version of a function). */
  nodeOf(arn: string): string | undefined {
    if (!this.#owners.has(arn)) this.#owners.set(arn, this.#byArn.get(arn) ?? this.#ownerOf(arn));
    return this.#owners.get(arn);
  }

  #ownerOf(arn: string): string | undefined {
    const { service } = parseArn(arn);
    let best: string | undefined;
    let bestLength = 0;
    for (const node of this.#nodes) {
      if (node.service !== service) continue;
      const owned = this.#manifests.get(service)?.owns?.(node.config, arn) ?? false;
      if (owned) return node.id;
    }
    for (const [own, id] of this.#byArn) {
      if (own.length > bestLength && (arn.startsWith(`${own}:`) || arn.startsWith(`${own}/`))) {
        best = id;
        bestLength = own.length;
      }
    }
    return best;
  }

  /** The edge that a thing of this shape takes from one ARN to another. */
  edgeOf(from: string, to: string, shape: string): ScenarioEdge | undefined {
    const way = `${from} ${to} ${shape}`;
    if (!this.#ways.has(way)) this.#ways.set(way, this.#wayOf(from, to, shape));
    return this.#ways.get(way);
  }

  #wayOf(from: string, to: string, shape: string): ScenarioEdge | undefined {
    const source = this.nodeOf(from);
    const target = this.nodeOf(to);
    if (source === undefined || target === undefined) return undefined;
    const between = this.#edges.filter((edge) => edge.from === source && edge.to === target);
    return between.find((edge) => edgeTypeOf(this.#manifests, edge.port)?.shape === shape) ?? between[0];
  }
}
