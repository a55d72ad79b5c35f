/** The view contract: how a service shows itself. Views read summaries and call actions; they decide nothing. */
import { createElement, lazy, Suspense } from 'react';
import type { ComponentType } from 'react';
import type { ScenarioNode } from '../sim/manifest.ts';

/** What a card or inspector part is given. `summary` is what the model's `summarize` answered at `nowUs`; undefined before a run exists. */
export interface NodeViewProps {
  readonly node: ScenarioNode;
  readonly summary: unknown;
  /** Virtual time of the summary, µs since t = 0. */
  readonly nowUs: number;
  /** `far` under 65 % zoom, `mid`, `near` over 130 %. */
  readonly form: 'far' | 'mid' | 'near';
  /** Thumbnail for a clip or rendition by SHA-256: an object URL, or undefined when there is none (yet). */
  readonly thumbnail: (sha256: string) => string | undefined;
}

/** One line of a subject's life. */
export interface LifeMoment {
  readonly seq: number;
  /** µs since t = 0. */
  readonly atUs: number;
  /** `sqs.MessageReceived`. */
  readonly kind: string;
  /** The kind's sentence with its data filled in. */
  readonly sentence: string;
  readonly severity?: 'failure' | 'warning';
}

export interface InspectorTabProps extends NodeViewProps {
  /** An AWS API call of the user at this moment of the run: recorded as an input. Answers the output or throws {name, message}. */
  readonly send: (service: string, operation: string, input: object) => Promise<unknown>;
  /** Reads for display only: not recorded. */
  readonly read: (service: string, operation: string, input: object) => Promise<unknown>;
  /** Opens the life of one subject (message id, `s3://…`, request id). */
  readonly follow: (subject: string) => void;
  /** The life of one subject up to now, oldest first: what led to it, and every event that names it. Absent where no trace is at hand. */
  readonly lifeOf?: (subject: string) => readonly LifeMoment[];
  /** Moves the playhead to a moment. */
  readonly seek: (atUs: number) => void;
  /** The ARN of a node by id, and a node by ARN. */
  readonly arnOf: (nodeId: string) => string;
  readonly nodeByArn: (arn: string) => ScenarioNode | undefined;
  readonly openBlob: (sha256: string, name: string) => void;
}

/** What is known when an example of an event is made. */
export interface HandlerEventContext {
  /** The node that gives the event, and the ARN of its resource. */
  readonly source: ScenarioNode;
  readonly arn: string;
  /** Its configuration of the connection; empty where there is none yet. */
  readonly edge: Readonly<Record<string, unknown>>;
  /** Summary of the source's model at the shown moment; undefined before a run exists. */
  readonly summary: unknown;
  readonly account: string;
  readonly region: string;
  /** The shown moment, epoch ms. */
  readonly epochMs: number;
  /** Whether a function gets it, or a queue, bus or topic on the way to one. */
  readonly to: 'function' | 'other';
  /** What comes to the source itself over its own connections, or undefined. */
  readonly inner: unknown;
}

/** An event as a service gives it to a function, for the editor: its type and an example. */
export interface HandlerEvent {
  readonly id: string;
  /** Edge type that brings it. */
  readonly port: string;
  /** Its name in the package @types/aws-lambda: 'SQSEvent'. */
  readonly type: string;
  /** 'SQS message'. */
  readonly label: string;
  /** @source for the shape, at each service's own; values are ours. */
  readonly example: (context: HandlerEventContext) => unknown;
}

export interface ServiceView {
  readonly id: string;
  /** Body of the node card under its head. */
  readonly Card: ComponentType<NodeViewProps>;
  /** Inspector tabs besides Settings (made from the schema) and Access. First one is shown first. */
  readonly tabs: readonly { readonly id: string; readonly label: string; readonly Tab: ComponentType<InspectorTabProps> }[];
  /** What the card's head shows when it differs from the manifest: a dead-letter queue that is not empty has a red tile. `fact` is the one live fact of the far form. */
  readonly head?: (node: ScenarioNode, summary: unknown) => {
    readonly type?: string;
    readonly icon?: string;
    readonly tone?: 'object' | 'event' | 'message' | 'invocation' | 'client' | 'bad';
    readonly fact?: string;
  };
  /** The accessible sentence of a card: 'transcode, Lambda. 2 busy, 1 cold, 3 errors'. */
  readonly describe: (node: ScenarioNode, summary: unknown) => string;
  /** The card keeps its body in the far form (a function keeps its cells, without words). */
  readonly keepsBody?: boolean;
  /** Events that it gives to functions, fetched when the editor asks. */
  readonly handlerEvents?: () => Promise<readonly HandlerEvent[]>;
  /** The body counts time by `nowUs` with this summary: the card is drawn anew as time passes, not only when its summary changes. */
  readonly showsTime?: (summary: unknown) => boolean;
  /** Width of the card in px, a multiple of 8. */
  readonly width: number;
}

export function defineView(view: ServiceView): ServiceView {
  return view;
}

/** A tab whose code is fetched when it is first shown, so that cards do not wait for inspectors. */
export function lazyTab(load: () => Promise<ComponentType<InspectorTabProps>>): ComponentType<InspectorTabProps> {
  const Loaded = lazy(async () => ({ default: await load() }));
  return function LazyTab(props: InspectorTabProps) {
    return createElement(Suspense, { fallback: null }, createElement(Loaded, props));
  };
}
