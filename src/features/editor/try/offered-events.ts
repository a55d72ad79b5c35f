/** Which events a function can be tried with: examples of what its connections bring, and of what others would. */
import { arnsOf, completeEdge, completeNode, DEFAULT_PLACE } from '../../../scenario/environment.ts';
import type { Manifests } from '../../../scenario/environment.ts';
import type { ScenarioBase, ScenarioEdgeDocument, ScenarioNodeDocument } from '../../../scenario/schema.ts';
import type { HandlerEvent, ServiceView } from '../../../services/view-contract.ts';

export interface OfferedEvent {
  readonly id: string;
  /** 'SQS message from jobs'. */
  readonly label: string;
  /** False: the function has no such connection. */
  readonly connected: boolean;
  /** Its name in the package @types/aws-lambda. */
  readonly type: string;
  /** JSON, indented. */
  readonly text: string;
}

/** Service id → events that it gives. */
export type EventCatalogue = ReadonlyMap<string, readonly HandlerEvent[]>;

export async function loadCatalogue(views: ReadonlyMap<string, ServiceView>): Promise<EventCatalogue> {
  const entries = await Promise.all([...views].map(async ([id, view]) => [id, (await view.handlerEvents?.()) ?? []] as const));
  return new Map(entries.filter(([, events]) => events.length > 0));
}

export interface OfferContext {
  readonly design: ScenarioBase;
  readonly manifests: Manifests;
  readonly catalogue: EventCatalogue;
  /** ARN → summary at the shown moment. */
  readonly summaries: Readonly<Record<string, object>>;
  /** µs since the start. */
  readonly shownUs: number;
}

/** A way that events come round again is followed no further than this. */
const WAY_MAX = 4;

/** What is connected first, in document order; then the others, of a resource that is there or made up. */
export function offeredEvents(context: OfferContext, nodeId: string): readonly OfferedEvent[] {
  const { design, catalogue, manifests } = context;
  const connected = incoming(context, nodeId).flatMap(({ edge, source, events }) =>
    events.map((event) => offer(event, { id: `${event.id}/${edge.id}`, label: `${event.label} from ${nameOf(source)}`, connected: true, value: exampleOver(context, { edge, source, event }, { to: 'function', way: 0 }) })),
  );
  const told = new Set(connected.map(({ id }) => id.split('/')[0]));
  const others = [...catalogue].flatMap(([service, events]) => {
    const source = design.nodes.find((node) => node.service === service) ?? madeUp(service, manifests);
    return events.filter((event) => !told.has(event.id)).map((event) => offer(event, { id: event.id, label: event.label, connected: false, value: exampleOver(context, { source, event }, { to: 'function', way: 0 }) }));
  });
  return [...connected, ...others, { id: 'empty', label: 'Empty event', connected: false, type: 'any', text: '{}' }];
}

/** Types of the events that a function's connections bring, each once. */
export function eventTypes(context: Pick<OfferContext, 'design' | 'catalogue'>, nodeId: string): readonly string[] {
  return [...new Set(incoming(context, nodeId).flatMap(({ events }) => events.map((event) => event.type)))];
}

interface Way {
  readonly edge?: ScenarioEdgeDocument;
  readonly source: ScenarioNodeDocument;
  readonly event: HandlerEvent;
}

function incoming({ design, catalogue }: Pick<OfferContext, 'design' | 'catalogue'>, nodeId: string): readonly { readonly edge: ScenarioEdgeDocument; readonly source: ScenarioNodeDocument; readonly events: readonly HandlerEvent[] }[] {
  return design.edges.flatMap((edge) => {
    const source = edge.to === nodeId ? design.nodes.find((node) => node.id === edge.from) : undefined;
    const events = source === undefined ? [] : (catalogue.get(source.service) ?? []).filter((event) => event.port === edge.port);
    return source === undefined || events.length === 0 ? [] : [{ edge, source, events }];
  });
}

function exampleOver(context: OfferContext, { edge, source, event }: Way, { to, way }: { readonly to: 'function' | 'other'; readonly way: number }): unknown {
  const { design, manifests, summaries, shownUs } = context;
  const node = completeNode(source, manifests);
  const { account, region } = DEFAULT_PLACE;
  const arn = manifests.get(source.service)?.arn(node.config, DEFAULT_PLACE) ?? arnsOf(design, manifests)[source.id] ?? '';
  const [before] = way < WAY_MAX ? incoming(context, source.id) : [];
  const inner = before?.events[0] === undefined ? undefined : exampleOver(context, { edge: before.edge, source: before.source, event: before.events[0] }, { to: 'other', way: way + 1 });
  return event.example({ source: node, arn, edge: edge === undefined ? {} : completeEdge(edge, manifests).config, summary: summaries[arn], account, region, epochMs: Math.floor(Date.parse(design.startAt) + shownUs / 1_000), to, inner });
}

function madeUp(service: string, manifests: Manifests): ScenarioNodeDocument {
  return { id: 'example', service, config: { name: manifests.get(service)?.nameBase ?? 'example' }, position: { x: 0, y: 0 } };
}

function offer(event: HandlerEvent, o: { readonly id: string; readonly label: string; readonly connected: boolean; readonly value: unknown }): OfferedEvent {
  return { id: o.id, label: o.label, connected: o.connected, type: event.type, text: JSON.stringify(o.value, null, 2) };
}

const nameOf = (node: ScenarioNodeDocument): string => String(node.config['name'] ?? node.id);
