/** Which connections two nodes can have, why not, and what to do instead: computed from what the manifests say. */
import type { EdgeType, RefusalHint, ScenarioNode, ServiceManifest } from '../sim/manifest.ts';
import { completeNode } from './environment.ts';
import type { Design, Manifests } from './environment.ts';

/** A connection that may be made. `from` and `to` are in the edge's own direction, which may differ from the gesture's. */
export interface ConnectOption {
  readonly edgeType: EdgeType;
  readonly from: string;
  readonly to: string;
}

export interface ConnectAnswer {
  readonly options: readonly ConnectOption[];
  /** What people should know of this pair even though it is possible ('A queue does not push …'), or null. */
  readonly note: string | null;
  /** Why there is no option, with the legal way where there is one. Null when there are options. */
  readonly refusal: { readonly sentence: string; readonly offer: ConnectOption | null } | null;
}

export function connectAnswer(fromId: string, toId: string, design: Design, manifests: Manifests): ConnectAnswer {
  const from = nodeOf(fromId, design, manifests);
  const to = nodeOf(toId, design, manifests);
  if (!from || !to) return refused('One of the two is gone.');
  const { options, reasons } = optionsOf(from, to, design);
  const hint = hintOf(from.node, to.node, [from.manifest, to.manifest]);
  if (options.length > 0) return { options, note: hint?.sentence ?? null, refusal: null };
  const offer = hint?.offer ? offerOf(hint.offer, fromId, toId, design, manifests) : null;
  // What stands against these two comes before what is so of all of their kind.
  if (reasons.length > 0) return refused(reasons[0]!, offer);
  if (hint) return refused(hint.sentence, offer);
  const back = fromId === toId ? [] : optionsOf(to, from, design).options;
  if (back.length > 0) return refused(`${the(from.manifest)} gives nothing to ${lower(the(to.manifest))}. The other way round there is a connection.`, back[0]!);
  return refused(fromId === toId ? 'A node does not connect to itself.' : `${the(from.manifest)} and ${lower(the(to.manifest))} have no connection on AWS. A function between them can do it.`);
}

/** Ids of the nodes that `fromId` can be connected to, in document order: what lights up during a drag. */
export function legalTargets(fromId: string, design: Design, manifests: Manifests): readonly string[] {
  return design.nodes.filter((node) => connectAnswer(fromId, node.id, design, manifests).options.length > 0).map((node) => node.id);
}

interface End {
  readonly node: ScenarioNode;
  readonly manifest: ServiceManifest;
}

function nodeOf(id: string, design: Design, manifests: Manifests): End | null {
  const node = design.nodes.find((candidate) => candidate.id === id);
  const manifest = node && manifests.get(node.service);
  return node && manifest ? { node: completeNode(node, manifests), manifest } : null;
}

function optionsOf(from: End, to: End, design: Design): { readonly options: readonly ConnectOption[]; readonly reasons: readonly string[] } {
  const options: ConnectOption[] = [];
  const reasons: string[] = [];
  const consider = (type: EdgeType, other: End): void => {
    if (!other.manifest.provides.includes(type.needs)) return;
    if (type.services && !type.services.includes(other.node.service)) return;
    const reason = type.refuse?.(from.node, to.node) ?? countReason(type, from, to, design);
    if (reason === null) options.push({ edgeType: type, from: from.node.id, to: to.node.id });
    else reasons.push(reason);
  };
  for (const type of from.manifest.edges) if (type.owner === 'from') consider(type, to);
  for (const type of to.manifest.edges) if (type.owner === 'to') consider(type, from);
  return { options, reasons };
}

/** Refuses an edge that needs another one first, and a second edge of the same kind where one is all there can be. */
function countReason(type: EdgeType, from: End, to: End, design: Design): string | null {
  const owner = type.owner === 'from' ? from : to;
  const ownedBy = (port: string) => design.edges.filter((edge) => edge.port === port && (type.owner === 'from' ? edge.from : edge.to) === owner.node.id);
  if (type.ownerNeeds !== undefined && ownedBy(type.ownerNeeds.port).length === 0) return type.ownerNeeds.sentence;
  const own = ownedBy(type.id);
  if (own.some((edge) => edge.from === from.node.id && edge.to === to.node.id) && !('Name' in type.config.shape)) return 'These two are already connected so.';
  if (type.ownerMax === undefined || own.length < type.ownerMax) return null;
  const name = String(owner.node.config['name']);
  return type.ownerMax === 1 ? `${name} already has a connection of this kind, and can have only one. Remove it first.` : `${name} already has ${own.length} connections of this kind, which is all it can have.`;
}

function hintOf(from: ScenarioNode, to: ScenarioNode, manifests: readonly ServiceManifest[]): RefusalHint | undefined {
  return manifests.flatMap((manifest) => manifest.refusals ?? []).find((hint) => hint.fromService === from.service && hint.toService === to.service);
}

function offerOf(offer: NonNullable<RefusalHint['offer']>, fromId: string, toId: string, design: Design, manifests: Manifests): ConnectOption | null {
  const [first, second] = offer.swap ? [toId, fromId] : [fromId, toId];
  const from = nodeOf(first, design, manifests);
  const to = nodeOf(second, design, manifests);
  return (from && to && optionsOf(from, to, design).options.find((option) => option.edgeType.id === offer.port)) ?? null;
}

function refused(sentence: string, offer: ConnectOption | null = null): ConnectAnswer {
  return { options: [], note: null, refusal: { sentence, offer } };
}
function the(manifest: ServiceManifest): string {
  return `${/^[AEIOU]/.test(manifest.title) || /^(S3|SQS|SNS)\b/.test(manifest.title) ? 'An' : 'A'} ${manifest.title}`;
}
function lower(text: string): string {
  return `${text[0]!.toLowerCase()}${text.slice(1)}`;
}
