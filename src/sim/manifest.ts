/**
 * The manifest contract: what the canvas, the inspector, the deployer and the cost meter know of a service without its model.
 * Data and pure functions only; no state, no React. It is loaded on the page and in the worker.
 */
import type { FaultKind } from './faults.ts';
import type { z } from 'zod';
import type { PortName } from './ports/ports.ts';
import type { PolicyStatement } from './iam.ts';
import type { TokenShape, TraceEvent } from './trace.ts';

/** A node of a scenario as a service sees it. `config` fits the manifest's schema. */
export interface ScenarioNode<Config = Readonly<Record<string, unknown>>> {
  readonly id: string;
  readonly service: string;
  readonly config: Config;
  /** Handler files of a function: name → text. */
  readonly files?: Readonly<Record<string, string>>;
  readonly position: { readonly x: number; readonly y: number };
}

export interface ScenarioEdge<Config = Readonly<Record<string, unknown>>> {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Edge type: `lambda.event-source-mapping`. */
  readonly port: string;
  readonly config: Config;
  /** False when the permission that a console would add has been taken away. */
  readonly grant: boolean;
}

/** Where a scenario is deployed: enough to name every resource. */
export interface DeployEnvironment {
  readonly account: string;
  readonly region: string;
  /** ARN of a node's main resource. */
  arnOf(nodeId: string): string;
  node(nodeId: string): ScenarioNode | undefined;
  /** Edges that touch a node, in document order. */
  edgesOf(nodeId: string): readonly ScenarioEdge[];
}

/** One API call of a deployment. A string value `{capture.path}` in `input` stands for a member of an earlier call's output. */
export interface ApiCall {
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Keeps the output under this name for later calls: `edge:e1`. */
  readonly capture?: string;
}

/** What an edge needs at its other end, and what it means. Declared by the service that holds its configuration in AWS. */
export interface EdgeType {
  /** `<service>.<kebab-case>`. */
  readonly id: string;
  /** Words above the line: 'rule target', 'polls'. May use `{config.BatchSize}`. */
  readonly label: string;
  /** Icon name of ui/icons. */
  readonly icon: string;
  /** Which end of the edge this service is. A mapping goes from the queue to the function and belongs to the function. */
  readonly owner: 'from' | 'to';
  /** The other end must provide this port. */
  readonly needs: PortName;
  /** Ids of services at the other end, when a port alone is not enough. */
  readonly services?: readonly string[];
  readonly style: 'push' | 'poll' | 'dead-letter' | 'destination';
  readonly shape: TokenShape;
  readonly config: z.ZodObject;
  /** At most so many edges of this type from (or to) one owner. */
  readonly ownerMax?: number;
  /** The owner must have an edge of that type before it can have this one, and why it cannot otherwise. */
  readonly ownerNeeds?: { readonly port: string; readonly sentence: string };
  /** Why this pair is not possible, in one sentence, or null. */
  readonly refuse?: (from: ScenarioNode, to: ScenarioNode) => string | null;
  /** Calls that make it, in order; also used to change it when `update` is absent (remove, then deploy). */
  readonly deploy: (edge: ScenarioEdge, environment: DeployEnvironment) => readonly ApiCall[];
  readonly update?: (before: ScenarioEdge, after: ScenarioEdge, environment: DeployEnvironment) => readonly ApiCall[];
  /** `after` is the design that stays, where it is known. */
  readonly remove: (edge: ScenarioEdge, environment: DeployEnvironment, after?: DeployEnvironment) => readonly ApiCall[];
  /** Rights that the execution role of the owner (a function) needs for it; given to the role while `edge.grant`. */
  readonly roleStatements?: (edge: ScenarioEdge, environment: DeployEnvironment) => readonly PolicyStatement[];
  /** Statement for the resource policy of the other end (queue policy, topic policy, function policy) while `edge.grant`. */
  readonly resourceStatement?: (edge: ScenarioEdge, environment: DeployEnvironment) => PolicyStatement | null;
}

/** A refusal of a pair that people try, with the legal way. Looked at before 'these two have no connection'. */
export interface RefusalHint {
  readonly fromService: string;
  readonly toService: string;
  /** 'A queue does not push. Lambda asks it for work: that is an event source mapping.' */
  readonly sentence: string;
  /** Edge type offered instead, with its ends swapped when `swap`. */
  readonly offer?: { readonly port: string; readonly swap: boolean };
}

/** A line of a bill. Amounts are integers so that cost is exact: `quantity` × the price of `unit`. */
export interface CostItem {
  /** Key of the manifest's `prices`. */
  readonly unit: string;
  readonly quantity: number;
}

export interface Price {
  readonly label: string;
  /** US dollars for one unit. */
  readonly usd: number;
  readonly source: string;
}

/** A metric datum as CloudWatch names it. */
export interface MetricDatum {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
  readonly unit: 'Count' | 'Milliseconds' | 'Seconds' | 'Bytes' | 'None';
  /** It counts for a moment so long before its event, at most METRIC_AGO_US_MAX. */
  readonly agoUs?: number;
  /** The metric by other dimensions too, with its value there. CloudWatch gives these beside; plots by resource and a run's totals leave them out. */
  readonly also?: readonly { readonly dimensions: Readonly<Record<string, string>>; readonly value: number }[];
}
/** 15 minutes: the longest time of a function, whose errors count where it began. */
export const METRIC_AGO_US_MAX = 900_000_000;

/** What a span on the timeline means; its look follows from it. */
export type SpanState = 'starting' | 'running' | 'failed' | 'timed-out' | 'throttled' | 'warm' | 'hidden' | 'ending' | 'computing';

/**
 * How a trace event changes the timeline. Spans live in lanes of a resource: one lane per environment, one per queue.
 * `open` ends the lane's span of the same `id` that is still open; `close` ends it, and may change what it turned out to be.
 */
export type TimelineChange =
  | { readonly kind: 'open'; readonly resource: string; readonly lane: string; readonly id: string; readonly state: SpanState; readonly label?: string; readonly subjects?: readonly string[]; readonly untilUs?: number }
  | { readonly kind: 'close'; readonly resource: string; readonly lane: string; readonly id: string; readonly state?: SpanState }
  | { readonly kind: 'mark'; readonly resource: string; readonly lane: string; readonly mark: 'arrived' | 'dead-letter' | 'throttled' | 'denied' | 'dropped'; readonly label?: string; readonly subjects?: readonly string[] }
  /** The level of a resource (queue depth, concurrency) is now this. */
  | { readonly kind: 'level'; readonly resource: string; readonly series: string; readonly value: number };

/** Input of a call of the load, plain JSON. */
export type LoadInput = Readonly<Record<string, unknown>>;

export interface ServiceManifest {
  readonly id: string;
  /** 'SQS queue'. */
  readonly title: string;
  /** Palette word: 'Queue'. */
  readonly noun: string;
  /** What it is for, one sentence. */
  readonly summary: string;
  /** Colour and shape family. */
  readonly family: TokenShape | 'client';
  readonly icon: string;
  /** Single letter that adds one. */
  readonly shortcut?: string;
  readonly paletteOrder: number;
  /** Other starting points for the palette or menus: 'FIFO queue', 'Dead-letter queue'. */
  readonly variants?: readonly { readonly noun: string; readonly config: Readonly<Record<string, unknown>> }[];
  /** Configuration with AWS's member names where it is AWS's, units and help in `.meta({ label, unit, help, group })`, limits in the schema's own checks with AWS's limits in the message. `name` is always a member. */
  readonly config: z.ZodObject;
  /** Name for a new node, a base to be numbered: 'jobs'. */
  readonly nameBase: string;
  /** Handler files of a new node. */
  readonly files?: Readonly<Record<string, string>>;
  readonly provides: readonly PortName[];
  readonly edges: readonly EdgeType[];
  readonly refusals?: readonly RefusalHint[];
  /** ARN of the node's main resource. Names are unique in a scenario. */
  readonly arn: (config: Readonly<Record<string, unknown>>, at: { readonly account: string; readonly region: string }) => string;
  /** Whether an ARN that is not the node's own belongs to it: a rule of a bus. Prefixes of the own ARN need no mention. */
  readonly owns?: (config: Readonly<Record<string, unknown>>, arn: string) => boolean;
  readonly deploy: (node: ScenarioNode, environment: DeployEnvironment) => readonly ApiCall[];
  /** Calls for a change of config or files during a run; null when AWS can't change it in place (the node is removed and made anew). */
  readonly update: (before: ScenarioNode, after: ScenarioNode, environment: DeployEnvironment) => readonly ApiCall[] | null;
  readonly remove: (node: ScenarioNode, environment: DeployEnvironment) => readonly ApiCall[];
  /** Trust policy of a role that the node has only as long as a connection gives it rights (`roleStatements`), named `<name>-role`. Absent: it has none, or makes its role itself. */
  readonly lentRole?: string;
  /** Calls that change the statements of the node's resource policy (queue policy, function policy) from one list to another. Absent: it has none. */
  readonly resourcePolicy?: (node: ScenarioNode, before: readonly PolicyStatement[], after: readonly PolicyStatement[], environment: DeployEnvironment) => readonly ApiCall[];
  /** The call that brings a visitor's file here (dropped on the node); absent where none can be dropped. */
  readonly upload?: (node: ScenarioNode, file: { readonly key: string; readonly blob: { readonly sha256: string; readonly size: number } }) => ApiCall | null;
  /** Advice on a design: 'Messages come back after 12 s, six times this function's timeout.' */
  readonly lints?: (node: ScenarioNode, environment: DeployEnvironment) => readonly { readonly level: 'effect' | 'warning'; readonly field?: string; readonly sentence: string }[];
  /** The AWS CLI's name for the service where it is not the id: 's3api'. */
  readonly cliCommand?: string;
  /** The call by which load comes to its nodes, and an input of it turned to the node of that ARN. Absent: nothing can be sent to it. */
  readonly load?: { readonly operation: string; readonly aim: (input: LoadInput, arn: string) => LoadInput };
  /** Faults that a run can inject into its nodes, beside `deny`, which strikes whatever is authorized. */
  readonly faults?: readonly FaultKind[];
  readonly prices: Readonly<Record<string, Price>>;
  /** What a trace event costs. */
  readonly cost: (event: TraceEvent) => readonly CostItem[];
  /** The CloudWatch metrics a trace event adds to. */
  readonly metrics: (event: TraceEvent) => readonly MetricDatum[];
  /** What a trace event draws on the timeline; empty for most. */
  readonly timeline?: (event: TraceEvent) => readonly TimelineChange[];
  /** Simplifications of the model, one sentence each, for the docs panel. */
  readonly simplified: readonly string[];
  /** Resources for an AWS SAM template: logical id → resource. */
  readonly sam?: (node: ScenarioNode, environment: DeployEnvironment) => Readonly<Record<string, unknown>>;
}

export function defineManifest(manifest: ServiceManifest): ServiceManifest {
  return manifest;
}

/** What all of these services say that a trace event adds to CloudWatch's metrics. */
export function metricsReader(manifests: readonly ServiceManifest[]): (event: TraceEvent) => readonly MetricDatum[] {
  return (event) => manifests.flatMap((manifest) => manifest.metrics(event));
}
