/**
 * The canvas compiled into AWS API calls: a design as the calls that make it, an edit as the calls for the difference.
 *
 * Order of a deployment: nodes, then what their resource policies say, then what roles may do, then the connections: AWS checks
 * permissions when a connection is made. An edit first takes away connections, then nodes, and then builds as a deployment does.
 */
import type { ApiCall, DeployEnvironment, ScenarioEdge, ScenarioNode } from '../sim/manifest.ts';
import type { PolicyStatement } from '../sim/iam.ts';
import { completeEdge, completeNode, edgeTypeOf, environmentOf } from './environment.ts';
import type { Design, Manifests, Place } from './environment.ts';

/** One call with what it is for. */
export interface DeployStep {
  readonly call: ApiCall;
  readonly nodeId?: string;
  readonly edgeId?: string;
}

const EMPTY: Design = { nodes: [], edges: [] };

/** The calls that make a design out of nothing. */
export function deploySteps(design: Design, manifests: Manifests, place: Place): readonly DeployStep[] {
  return editSteps(EMPTY, design, manifests, place);
}

/** The calls that turn one design into another. */
export function editSteps(before: Design, after: Design, manifests: Manifests, place: Place): readonly DeployStep[] {
  const was: Side = sideOf(before, manifests, place);
  const is: Side = sideOf(after, manifests, place);
  const remade = remadeNodes(was, is, manifests);
  const kept = (edge: ScenarioEdge): boolean => !remade.has(edge.from) && !remade.has(edge.to);
  const steps: DeployStep[] = [];
  for (const edge of was.edges.values()) {
    const later = is.edges.get(edge.id);
    if (later && later.port === edge.port && later.from === edge.from && later.to === edge.to && kept(edge)) continue;
    steps.push(...forEdge(edge.id, edgeTypeOf(manifests, edge.port)?.remove(edge, was.environment, is.environment)));
  }
  for (const [id, node] of was.nodes) {
    if (is.nodes.has(id) && !remade.has(id)) continue;
    steps.push(...forNode(id, manifests.get(node.service)?.remove(node, was.environment)));
    if (hasLentRole(was, node, manifests)) steps.push(...forNode(id, [deleteRole(node)]));
  }
  for (const [id, node] of is.nodes) {
    const manifest = manifests.get(node.service);
    const earlier = remade.has(id) ? undefined : was.nodes.get(id);
    steps.push(...forNode(id, earlier === undefined ? manifest?.deploy(node, is.environment) : same(earlier, node) ? [] : (manifest?.update(earlier, node, is.environment) ?? [])));
  }
  steps.push(...resourcePolicySteps(was, is, remade, manifests));
  steps.push(...roleSteps(was, is, remade, manifests));
  for (const edge of is.edges.values()) steps.push(...edgeSteps(edge, was, is, kept(edge), manifests));
  return withoutRepeats(steps);
}

interface Side {
  readonly nodes: ReadonlyMap<string, ScenarioNode>;
  readonly edges: ReadonlyMap<string, ScenarioEdge>;
  readonly environment: DeployEnvironment;
}

function sideOf(design: Design, manifests: Manifests, place: Place): Side {
  const nodes = new Map(design.nodes.map((node) => [node.id, completeNode(node, manifests)]));
  const ends = (edge: { from: string; to: string }): boolean => nodes.has(edge.from) && nodes.has(edge.to);
  const edges = design.edges.filter(ends);
  return { nodes, edges: new Map(edges.map((edge) => [edge.id, completeEdge(edge, manifests)])), environment: environmentOf({ nodes: design.nodes, edges }, manifests, place) };
}

/** Nodes that AWS can't change in place (`update` gives null): they are removed and made anew. */
function remadeNodes(was: Side, is: Side, manifests: Manifests): ReadonlySet<string> {
  const remade = new Set<string>();
  for (const [id, node] of is.nodes) {
    const earlier = was.nodes.get(id);
    if (earlier === undefined || same(earlier, node)) continue;
    if (earlier.service !== node.service || manifests.get(node.service)?.update(earlier, node, is.environment) === null) remade.add(id);
  }
  return remade;
}

function edgeSteps(edge: ScenarioEdge, was: Side, is: Side, kept: boolean, manifests: Manifests): readonly DeployStep[] {
  const type = edgeTypeOf(manifests, edge.port);
  const earlier = kept ? was.edges.get(edge.id) : undefined;
  const stays = earlier && earlier.port === edge.port && earlier.from === edge.from && earlier.to === edge.to;
  if (!stays) return forEdge(edge.id, type?.deploy(edge, is.environment));
  if (sameJson(earlier.config, edge.config)) return [];
  return forEdge(edge.id, type?.update?.(earlier, edge, is.environment) ?? [...(type?.remove(earlier, was.environment, is.environment) ?? []), ...(type?.deploy(edge, is.environment) ?? [])]);
}

/** Statements that the granted edges put into a node's resource policy. */
function statementsFor(side: Side, nodeId: string, manifests: Manifests): PolicyStatement[] {
  return [...side.environment.edgesOf(nodeId)].flatMap((edge) => {
    const type = edge.grant ? edgeTypeOf(manifests, edge.port) : undefined;
    const otherEnd = type?.owner === 'from' ? edge.to : edge.from;
    const statement = otherEnd === nodeId ? type?.resourceStatement?.(edge, side.environment) : null;
    return statement ? [statement] : [];
  });
}

function resourcePolicySteps(was: Side, is: Side, remade: ReadonlySet<string>, manifests: Manifests): readonly DeployStep[] {
  return [...is.nodes].flatMap(([id, node]) => {
    const manifest = manifests.get(node.service);
    const before = was.nodes.has(id) && !remade.has(id) ? statementsFor(was, id, manifests) : [];
    const after = statementsFor(is, id, manifests);
    return sameJson(before, after) ? [] : forNode(id, manifest?.resourcePolicy?.(node, before, after, is.environment));
  });
}

/** Role of a node, a function's for one: named after it, as the console does. */
export function roleNameOf(node: ScenarioNode): string {
  return `${String(node.config['name'])}-role`;
}

const deleteRole = (node: ScenarioNode): ApiCall => ({ service: 'iam', operation: 'DeleteRole', input: { RoleName: roleNameOf(node) } });

/** What a granted connection puts into the role of its owner. */
function rightsOf(side: Side, edge: ScenarioEdge | undefined, manifests: Manifests): readonly PolicyStatement[] {
  return edge?.grant ? (edgeTypeOf(manifests, edge.port)?.roleStatements?.(edge, side.environment) ?? []) : [];
}

function ownerOf(edge: ScenarioEdge, manifests: Manifests): string {
  return edgeTypeOf(manifests, edge.port)?.owner === 'to' ? edge.to : edge.from;
}

/** Whether the node has a role just for its connections, and one of them needs it. */
function hasLentRole(side: Side, node: ScenarioNode, manifests: Manifests): boolean {
  if (manifests.get(node.service)?.lentRole === undefined) return false;
  return side.environment.edgesOf(node.id).some((edge) => ownerOf(edge, manifests) === node.id && rightsOf(side, edge, manifests).length > 0);
}

/** One inline policy per connection, named after it, in the role of the connection's owner; roles that only connections need come and go with them. */
function roleSteps(was: Side, is: Side, remade: ReadonlySet<string>, manifests: Manifests): readonly DeployStep[] {
  const steps: DeployStep[] = [];
  const given = (side: Side, edge: ScenarioEdge | undefined): readonly PolicyStatement[] => rightsOf(side, edge, manifests);
  const owner = (edge: ScenarioEdge): string => ownerOf(edge, manifests);
  const unneeded: DeployStep[] = [];
  for (const [id, node] of is.nodes) {
    const earlier = remade.has(id) ? undefined : was.nodes.get(id);
    const had = earlier !== undefined && hasLentRole(was, earlier, manifests);
    const has = hasLentRole(is, node, manifests);
    if (has && !had) steps.push(...forNode(id, [{ service: 'iam', operation: 'CreateRole', input: { RoleName: roleNameOf(node), AssumeRolePolicyDocument: manifests.get(node.service)!.lentRole! } }]));
    if (had && !has) unneeded.push(...forNode(id, [deleteRole(node)]));
  }
  for (const edge of was.edges.values()) {
    const node = is.nodes.get(owner(edge));
    const later = is.edges.get(edge.id);
    const stays = later !== undefined && owner(later) === owner(edge) && given(is, later).length > 0;
    if (stays || node === undefined || remade.has(node.id) || given(was, edge).length === 0) continue;
    steps.push({ edgeId: edge.id, call: { service: 'iam', operation: 'DeleteRolePolicy', input: { RoleName: roleNameOf(node), PolicyName: edge.id } } });
  }
  for (const edge of is.edges.values()) {
    const statements = given(is, edge);
    const node = is.nodes.get(owner(edge));
    if (node === undefined || statements.length === 0) continue;
    const earlier = was.edges.get(edge.id);
    if (earlier && owner(earlier) === node.id && !remade.has(node.id) && sameJson(given(was, earlier), statements)) continue;
    const document = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    steps.push({ edgeId: edge.id, call: { service: 'iam', operation: 'PutRolePolicy', input: { RoleName: roleNameOf(node), PolicyName: edge.id, PolicyDocument: document } } });
  }
  return [...steps, ...unneeded];
}

function forNode(nodeId: string, calls: readonly ApiCall[] | undefined): readonly DeployStep[] {
  return (calls ?? []).map((call) => ({ nodeId, call }));
}
function forEdge(edgeId: string, calls: readonly ApiCall[] | undefined): readonly DeployStep[] {
  return (calls ?? []).map((call) => ({ edgeId, call }));
}

/** A call that was just made in the same words need not be made again (a bucket's whole notification configuration, once per edge). */
function withoutRepeats(steps: readonly DeployStep[]): readonly DeployStep[] {
  const last = new Map<string, string>();
  return steps.filter(({ call }) => {
    const kind = `${call.service}.${call.operation}`;
    const text = JSON.stringify(call.input);
    if (last.get(kind) === text && call.capture === undefined) return false;
    last.set(kind, text);
    return true;
  });
}

function same(a: ScenarioNode, b: ScenarioNode): boolean {
  return a.service === b.service && sameJson(a.config, b.config) && sameJson(a.files ?? {}, b.files ?? {});
}
function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, sorted(member)]));
}

/** Outputs of earlier calls by capture name. */
export type Captures = Record<string, unknown>;

const PLACEHOLDER = /^\{([^{}.]+)\.([^{}]+)\}$/;

/** Puts captured outputs in place of `{capture.path}`. A capture that is missing (its call was refused) stays as it is. */
export function fillIn(value: unknown, captures: Captures): unknown {
  if (typeof value === 'string') {
    const match = PLACEHOLDER.exec(value);
    if (!match) return value;
    let found: unknown = captures[match[1]!];
    for (const member of match[2]!.split('.')) found = typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[member] : undefined;
    return found ?? value;
  }
  if (Array.isArray(value)) return value.map((item) => fillIn(item, captures));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fillIn(member, captures)]));
}
