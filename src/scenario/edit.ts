/** Pure edits of a design: each takes a base document and gives the next. Names stay unique, ids are made from names. */
import type { EdgeType, ServiceManifest } from '../sim/manifest.ts';
import { edgeTypeOf } from './environment.ts';
import type { Manifests } from './environment.ts';
import type { ScenarioBase, ScenarioEdgeDocument, ScenarioNodeDocument } from './schema.ts';
import { withoutLostTestEvents } from './test-events.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}
export type Config = Readonly<Record<string, unknown>>;
type NodeConfig = ScenarioNodeDocument['config'];

export interface NewNode {
  readonly service: string;
  readonly position: Point;
  /** Over the schema's defaults; its `name` is numbered when taken. */
  readonly config?: Config;
  readonly files?: Readonly<Record<string, string>>;
}

/** Adds a node with the service's defaults. Answers its id. */
export function withNode(base: ScenarioBase, add: NewNode, manifests: Manifests): { readonly base: ScenarioBase; readonly id: string } {
  const manifest = manifests.get(add.service);
  const name = freeName(base, add.service, String(add.config?.['name'] ?? manifest?.nameBase ?? add.service));
  const id = freeId(base, name);
  const files = add.files ?? manifest?.files;
  const node: ScenarioNodeDocument = {
    id,
    service: add.service,
    config: { ...defaultsOf(manifest), ...add.config, name } as NodeConfig,
    ...(files === undefined ? {} : { files: { ...files } }),
    position: snapped(add.position),
  };
  return { base: { ...base, nodes: [...base.nodes, node] }, id };
}

/** Adds an edge with its type's defaults and the permission that a console would add. */
export function withEdge(base: ScenarioBase, add: { readonly from: string; readonly to: string; readonly port: string; readonly config?: Config }, manifests: Manifests): { readonly base: ScenarioBase; readonly id: string } {
  const type = edgeTypeOf(manifests, add.port);
  const id = freeId(base, `${add.from}-${add.to}`.slice(0, 58));
  const config = edgeDefaults(base, type, add.config ?? {});
  return { base: { ...base, edges: [...base.edges, { id, from: add.from, to: add.to, port: add.port, config: config as NodeConfig, grant: true }] }, id };
}

/** Removes nodes with their edges, and edges. */
export function without(base: ScenarioBase, nodeIds: readonly string[], edgeIds: readonly string[]): ScenarioBase {
  const nodes = new Set(nodeIds);
  const edges = new Set(edgeIds);
  return withoutLostTestEvents({
    ...base,
    nodes: base.nodes.filter((node) => !nodes.has(node.id)),
    edges: base.edges.filter((edge) => !edges.has(edge.id) && !nodes.has(edge.from) && !nodes.has(edge.to)),
    stimuli: kept(base.stimuli, (stimulus) => stimulus.node === undefined || !nodes.has(stimulus.node)),
    faults: kept(base.faults, (fault) => !nodes.has(fault.node)),
  });
}

/** The list itself where all stay: load and faults that are no longer the same begin a run anew. */
function kept<T>(list: T[], stays: (item: T) => boolean): T[] {
  const left = list.filter(stays);
  return left.length === list.length ? list : left;
}

export function mapNode(base: ScenarioBase, id: string, change: (node: ScenarioNodeDocument) => ScenarioNodeDocument): ScenarioBase {
  return { ...base, nodes: base.nodes.map((node) => (node.id === id ? change(node) : node)) };
}
export function mapEdge(base: ScenarioBase, id: string, change: (edge: ScenarioEdgeDocument) => ScenarioEdgeDocument): ScenarioBase {
  return { ...base, edges: base.edges.map((edge) => (edge.id === id ? change(edge) : edge)) };
}

/** What copy puts on the clipboard. */
export interface Fragment {
  readonly coldstart: 'fragment';
  readonly nodes: readonly ScenarioNodeDocument[];
  readonly edges: readonly ScenarioEdgeDocument[];
}

/** Nodes and the edges among them. */
export function fragmentOf(base: ScenarioBase, nodeIds: readonly string[]): Fragment {
  const ids = new Set(nodeIds);
  return { coldstart: 'fragment', nodes: base.nodes.filter((node) => ids.has(node.id)), edges: base.edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to)) };
}

/** Adds a copy of a fragment, with new ids and free names, moved by `offset`. Answers the new nodes' ids. */
export function withFragment(base: ScenarioBase, fragment: Fragment, offset: Point): { readonly base: ScenarioBase; readonly ids: readonly string[] } {
  let next = base;
  const ids = new Map<string, string>();
  for (const node of fragment.nodes) {
    const name = freeName(next, node.service, String(node.config['name'] ?? node.service));
    const id = freeId(next, name);
    ids.set(node.id, id);
    next = { ...next, nodes: [...next.nodes, { ...node, id, config: { ...node.config, name }, position: snapped({ x: node.position.x + offset.x, y: node.position.y + offset.y }) }] };
  }
  for (const edge of fragment.edges) {
    const from = ids.get(edge.from);
    const to = ids.get(edge.to);
    if (from === undefined || to === undefined) continue;
    next = { ...next, edges: [...next.edges, { ...edge, id: freeId(next, `${from}-${to}`.slice(0, 58)), from, to }] };
  }
  return { base: next, ids: [...ids.values()] };
}

/** `jobs`, else `jobs-2`, `jobs-3` …: names are unique per service. */
export function freeName(base: ScenarioBase, service: string, wanted: string): string {
  const taken = new Set(base.nodes.filter((node) => node.service === service).map((node) => String(node.config['name'])));
  const stem = wanted.replace(/-\d+$/, '') || wanted;
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${stem}-${n}`;
    if (!taken.has(name)) return name;
  }
}

/** An id made from words, unique in the whole document. */
export function freeId(base: ScenarioBase, words: string): string {
  const taken = new Set([...base.nodes.map((node) => node.id), ...base.edges.map((edge) => edge.id)]);
  const stem = words.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60) || 'node';
  for (let n = 1; ; n++) {
    const id = n === 1 ? stem : `${stem}-${n}`;
    if (!taken.has(id)) return id;
  }
}

/** Canvas positions sit on an 8 px grid. */
export function snapped(point: Point): Point {
  return { x: Math.round(point.x / 8) * 8, y: Math.round(point.y / 8) * 8 };
}

function defaultsOf(manifest: ServiceManifest | undefined): Config {
  const parsed = manifest?.config.partial().safeParse({});
  return parsed?.success ? (parsed.data as Config) : {};
}

/** A member `Name` of an edge (a rule's) is numbered like a node's. */
function edgeDefaults(base: ScenarioBase, type: EdgeType | undefined, config: Config): Config {
  const parsed = type?.config.partial().safeParse({});
  const defaults = (parsed?.success ? parsed.data : {}) as Config;
  const merged: Record<string, unknown> = { ...defaults, ...config };
  if (type && 'Name' in type.config.shape) {
    const taken = new Set(base.edges.filter((edge) => edge.port === type.id).map((edge) => String(edge.config['Name'])));
    const wanted = String(merged['Name'] ?? 'rule');
    let n = 1;
    while (taken.has(n === 1 ? wanted : `${wanted}-${n}`)) n++;
    merged['Name'] = n === 1 ? wanted : `${wanted}-${n}`;
  }
  return merged;
}
