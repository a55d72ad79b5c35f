/**
 * The service contract: what a folder under services/ hands to the kernel (its model), and what the kernel hands to it (the context).
 *
 * A model is plain functions over plain state. The kernel calls it for three reasons only: an API call (an operation), an agenda
 * entry that it scheduled, or a port call of another service. In each of them it may change its own state, emit trace events,
 * schedule entries, answer calls, and call others through ports or the API. It never sees another service's state.
 */
import type { z } from 'zod';
import type { RandomStream } from '../base/random.ts';
import type { EntryId } from './agenda.ts';
import type { AwsError } from './errors.ts';
import type { Fault, FaultKind } from './faults.ts';
import type { ConditionKeys } from './iam-conditions.ts';
import type { Decision, PolicyDocument } from './iam.ts';
import type { MetricDatum } from './manifest.ts';
import type { Deferred, Delivery, HttpRequest, HttpResponse, InvokeResult, LogSinkPort, Outcome, PollablePort, PortCall, ProvidedPorts, ReplyTo, StreamPort } from './ports/ports.ts';
import type { BlobStore, Runtime, SdkServiceDescription, SdkWaiter } from './ports/runtime.ts';
import type { Credentials, Principal } from './principal.ts';
import type { Seq, TraceData, TraceKind, Travel } from './trace.ts';
import type { SimTime } from './units.ts';

/** An API call as an operation sees it. In state keep what it needs of it, not the call: its request id is made when it is read. `replyTo` is for `context.reply`. */
export interface Call extends PortCall {
  readonly requestId: string;
}

/** How an operation travels in a REST protocol. Members that are named nowhere are in the query (GET, DELETE) or in the JSON body. */
export interface HttpBinding {
  readonly method: string;
  /** Path with its labels: `/2015-03-31/functions/{FunctionName}`; `{Key+}` takes the rest of the path. After `?`, what the query must hold: `?uploads`, `?list-type=2`. */
  readonly uri: string;
  /** Headers or query names that must be there, for operations that share a path: `x-amz-copy-source`, `uploadId`. */
  readonly needs?: readonly string[];
  /** Of a success; 200 unless told. */
  readonly status?: number;
  /** Input members that travel as headers or in the query: header name (lower case) or query name → member. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Input member whose bytes are the body; in REST-XML also a member that is the XML document. */
  readonly payload?: string;
  readonly output?: {
    /** REST-XML: the root element of an answer that is a document. Its members that are also in `headers` travel there. */
    readonly root?: string;
    readonly headers?: Readonly<Record<string, string>>;
    /** Output member whose bytes are the body; in REST-XML also a member that is the document. */
    readonly payload?: string;
    /** Output member that is the HTTP status. */
    readonly status?: string;
  };
}

/** Names of a REST-XML service on the wire, where they are not the members' own. */
export interface XmlNames {
  readonly namespace: string;
  /** Header (lower case) → member, and query name → member, in every operation that has the member. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Beginning of a header → member that is a map: `x-amz-meta-` → `Metadata`. */
  readonly prefixHeaders: Readonly<Record<string, string>>;
  /** Member → element, where they differ (`Parts` → `Part`); a member's name after its parent's and a dot binds stronger (`Filter.Key` → `S3Key`). */
  readonly elements: Readonly<Record<string, string>>;
  /** Lists that have an element of their own around their items: member → element of an item. Other lists repeat their element. */
  readonly wrapped: Readonly<Record<string, string>>;
  /** The first label may be the beginning of the host name instead: `uploads.s3.us-east-1.amazonaws.com`. */
  readonly hostLabel: boolean;
}

/** What differs in the query protocol of a service whose lists and maps are flat on the wire: `Attribute.1.Name` instead of `Attributes.entry.1.key`. */
export interface FlatQuery {
  /** Member → its name on the wire, after the operation's name and a dot where it binds stronger (`SendMessageBatch.Entries`). */
  readonly names: Readonly<Record<string, string>>;
  /** Member that is a map → what key and value are called. */
  readonly maps: Readonly<Record<string, readonly [key: string, value: string]>>;
  readonly namespace: string;
  /** Member that the request's path stands for when the form has none. */
  readonly pathMember: string;
  /** Code of an error → its text in this protocol, where it is another one. */
  readonly texts: Readonly<Record<string, string>>;
}

/** One row of a service's operation table. */
export interface Operation<State, Tuning, Input, Output> {
  /** Shape of the input as in the AWS SDK (PascalCase). Checked by the kernel unless `checksItself`. */
  readonly input: z.ZodType<Input>;
  /** True when `handle` checks its input by hand (hot paths, or where AWS's messages need it). */
  readonly checksItself?: boolean;
  /** IAM action (`sqs:SendMessage`), or null when none is needed. */
  readonly action: string | null;
  /** Where the input decides which action it is (a version named: `s3:GetObjectVersion`); `action` is the usual one. */
  readonly actionFor?: (input: Input) => string;
  /** Condition keys that policies can ask of this request, in lower case (`s3:prefix`), beside those of every request. */
  readonly conditionKeys?: (context: Context<State, Tuning>, input: Input) => ConditionKeys;
  /** True when `handle` asks `context.authorize` by itself: calls about several resources, each judged alone. */
  readonly judgesItself?: boolean;
  /** ARN that the action is checked against; `*` for account-wide actions. */
  readonly resource: (context: Context<State, Tuning>, input: Input) => string;
  /** False for reads: they never appear in the trace by themselves. */
  readonly writes: boolean;
  /** AWS error names it can answer with. */
  readonly errors: readonly string[];
  /** AWS page or sheet it was modelled after, with its date. */
  readonly source: string;
  /** What differs from AWS, one sentence each, shown in the docs panel. */
  readonly simplified?: readonly string[];
  /** Pagination members, for the SDK's paginators. */
  readonly pages?: { readonly inputToken: string; readonly outputToken: string; readonly pageSize?: string };
  /** REST protocols: `POST /2015-03-31/functions/{FunctionName}/invocations`. */
  readonly http?: HttpBinding;
  /** Throws AwsError for a modelled failure. Returns the output, or DEFERRED when `context.reply(call.replyTo, …)` follows later. */
  readonly handle: (context: Context<State, Tuning>, input: Input, call: Call) => Output | Deferred;
}

/** A table is written with `operation(...)` per row, which keeps input and handler types in step. */
export type OperationTable<State, Tuning> = Readonly<Record<string, Operation<State, Tuning, never, unknown>>>;

/** Ties one row's input schema to its handler. */
export function operation<State, Tuning, Input, Output>(row: Operation<State, Tuning, Input, Output>): Operation<State, Tuning, never, unknown> {
  return row as unknown as Operation<State, Tuning, never, unknown>;
}

/**
 * A writer of rows for one service: its IAM prefix, errors and source stand in one place. The name of the row is its IAM action,
 * unless another is told.
 */
export function rowsOf<State, Tuning>(service: string, same: { readonly errors: readonly string[]; readonly source: string }) {
  return <Input, Output>(name: string, input: z.ZodType<Input>, row: Omit<Operation<State, Tuning, Input, Output>, 'input' | 'action' | 'errors' | 'source'>, action = name): Operation<State, Tuning, never, unknown> =>
    operation<State, Tuning, Input, Output>({ input, action: `${service}:${action}`, ...same, ...row });
}

export interface ScheduleOptions {
  /** Housekeeping that 'run until idle' does not wait for. */
  readonly background?: boolean;
  /** Needed for `cancel`. */
  readonly cancellable?: boolean;
  /** Trace events that made it so; the current causes unless told. */
  readonly cause?: readonly Seq[];
}

export interface EmitOptions {
  readonly cause?: readonly Seq[];
  readonly subjects?: readonly string[];
  readonly travel?: Travel;
}

/** A piece of work that the host does outside of the simulation (ffmpeg), named by what goes in. */
export interface WorkRequest {
  readonly kind: string;
  /** Everything that decides the result, as plain data (arguments, SHA-256 of inputs). */
  readonly request: TraceData;
  /** Virtual time that the work takes at least: the world runs on until then before it waits for the host. */
  readonly leastUs: number;
  /** Agenda entry of the asking service that gets `{...payload, workId, result}`. */
  readonly entry: string;
  readonly payload: object;
  /** ARN shown as the one who works. */
  readonly resource: string;
}

/** A port of another service, bound to its context. */
export interface BoundTarget {
  readonly action: string;
  accept(arn: string, delivery: Delivery, call: PortCall): Outcome | Deferred;
}
export interface BoundInvocable {
  readonly action: string;
  invoke(arn: string, o: { type: 'sync' | 'async'; payload: string; traceHeader?: string; subjects: readonly string[]; attempt: number }, call: PortCall): Outcome<InvokeResult> | Deferred;
}
type Bound<P> = { readonly [K in keyof P]: P[K] extends (context: never, ...rest: infer Rest) => infer Result ? (...rest: Rest) => Result : P[K] };
export type BoundPollable = Bound<PollablePort<never>>;
export type BoundStream = Bound<StreamPort<never>>;
/** Who answers for a host name. */
export interface BoundHttp {
  readonly arn: string;
  request(request: HttpRequest, call: PortCall): Outcome<HttpResponse> | Deferred;
}
export type BoundLogSink = Bound<LogSinkPort<never>>;

/** A value that a service reported. */
export interface Observation {
  /** Virtual epoch time, µs. */
  readonly atUs: number;
  readonly datum: MetricDatum;
}

/** What a model gets to work with. One object per service, reused: never keep it. */
export interface Context<State, Tuning> {
  readonly state: State;
  readonly tuning: Tuning;
  readonly now: SimTime;
  /** Virtual epoch time in whole microseconds and (floored) milliseconds. */
  readonly epochUs: number;
  readonly epochMs: number;
  readonly account: string;
  readonly region: string;
  /** Causes of what is happening now; `emit` and `schedule` use them unless told otherwise. */
  readonly cause: readonly Seq[];
  /** The seeded stream of that name; the same name gives the same stream, independent of all others. */
  random(stream: string): RandomStream;
  /** A version 4 UUID from that stream. */
  uuid(stream: string): string;
  /** An agenda entry for this service after `delayUs` (≥ 0). */
  schedule(delayUs: number, kind: string, payload: object, o?: ScheduleOptions): EntryId;
  cancel(id: EntryId): boolean;
  /** Appends a trace event and answers its seq. From now on in this handler, it is not yet a cause: pass `cause` where it is. */
  emit(kind: string, resource: string, data: { readonly [key: string]: TraceData }, o?: EmitOptions): Seq;
  /** Answers a deferred call. */
  reply(to: ReplyTo, outcome: Outcome): void;
  /** An AWS API call: the one door into every service. Permissions of `call.principal` apply. Input and output are the SDK's shapes. */
  api(service: string, operation: string, input: object, call: PortCall): Outcome | Deferred;
  /** ARN that an API call would be about, for showing it; undefined when it is about none. */
  resourceOf(service: string, operation: string, input: object): string | undefined;
  /** Would this be allowed? Emits nothing; `deny` emits the trace event and gives the error. `keys` are condition keys of this request, in lower case. */
  authorize(principal: Principal, action: string, resource: string, keys?: ConditionKeys): Decision;
  /** A fault that this run injects into a call to a resource now, if any. */
  fault(resource: string, kind: FaultKind): Fault | undefined;
  deny(decision: Decision, service: string): AwsError;
  /** Who signs with these temporary credentials. @throws AwsError when they are nobody's, or no longer valid */
  bearer(credentials: Credentials): Principal;
  target(arn: string): BoundTarget | undefined;
  invocable(arn: string): BoundInvocable | undefined;
  pollable(arn: string): BoundPollable | undefined;
  stream(arn: string): BoundStream | undefined;
  logSink(): BoundLogSink | undefined;
  /** The host of that name, if anybody here answers for it. */
  http(hostname: string): BoundHttp | undefined;
  /** The observable port: what trace events of a span (epoch µs, `toUs` excluded) add to CloudWatch's metrics, in order. @throws NotModelled when the trace is only counted */
  observations(span: { readonly fromUs: number; readonly toUs: number }): readonly Observation[];
  readonly runtime: Runtime;
  readonly blobs: BlobStore;
  /** Asks the host for work. The answer is an agenda entry; `cancelWork` ends it with `{cancelled: true}` as result. */
  requestWork(request: WorkRequest): string;
  cancelWork(workId: string): void;
}

/** What a service is to the kernel. */
export interface ServiceModel<State, Tuning> {
  /** Service id = folder = AWS endpoint name = service part of its ARNs. */
  readonly id: string;
  /** Fresh state: plain data, Map, Set and typed arrays only. */
  readonly initialState: () => State;
  /** Modelling constants: as measured on AWS, and all latencies and recycling off. */
  readonly tuning: { readonly aws: Tuning; readonly ideal: Tuning };
  readonly operations: OperationTable<State, Tuning>;
  /** AWS operation names that are known but not modelled: calls reject with NotModelled, by name. */
  readonly notModelled: readonly string[];
  /** REST protocols: the request that means each of them, `GET /2021-10-31/functions/{FunctionName}/url`. */
  readonly notModelledHttp?: Readonly<Record<string, string>>;
  /** What agenda entries of this service do, by kind. */
  readonly entries: Readonly<Record<string, (context: Context<State, Tuning>, payload: never) => void>>;
  readonly provides: ProvidedPorts<Context<State, Tuning>>;
  /** Documented kinds of trace events this service emits. */
  readonly traceKinds: Readonly<Record<string, TraceKind>>;
  /** Resource policy of one of its resources, for IAM. */
  readonly resourcePolicy?: (context: Context<State, Tuning>, arn: string) => PolicyDocument | undefined;
  /** Who bears temporary credentials that this service gave out; undefined for others. @throws AwsError when they are no longer valid */
  readonly bearer?: (context: Context<State, Tuning>, credentials: Credentials) => Principal | undefined;
  /** AWS's own text of an access denial, where it differs from the common one. */
  readonly accessDenied?: (decision: Decision) => AwsError;
  /** The error for an input that does not fit the schema; `SerializationException`-like unless told. */
  readonly invalidInput?: (operation: string, issues: readonly { readonly path: string; readonly message: string }[]) => AwsError;
  /** ARNs of everything that exists in it, oldest first. */
  readonly resources: (context: Context<State, Tuning>) => readonly string[];
  /** What a card and an inspector show of a resource now: plain data typed by the service's view. */
  readonly summarize: (context: Context<State, Tuning>, arn: string) => object | undefined;
  /** How the sandbox's SDK and the wire name it; absent for services without an SDK client. */
  readonly sdk?: {
    readonly packageName: string;
    readonly clientName: string;
    readonly protocol: 'json-1.0' | 'json-1.1' | 'rest-json' | 'rest-xml' | 'query';
    /** X-Amz-Target prefix of the JSON protocols: `AmazonSQS`. */
    readonly targetPrefix?: string;
    /** Names of members that are blobs: base64 in the JSON protocols. */
    readonly blobMembers?: readonly string[];
    /** Query protocol: names of output members that are maps; `Attributes` unless told. */
    readonly mapMembers?: readonly string[];
    /** Set where forms of the query protocol are read too, beside another protocol or in a form of its own. */
    readonly flatQuery?: FlatQuery;
    /** JSON protocols: what stands before the name of an error, and names that its type has another one for. */
    readonly errorTypes?: { readonly namespace: string; readonly names: Readonly<Record<string, string>> };
    /** REST-XML: what all operations of the service share. */
    readonly xml?: XmlNames;
    readonly apiVersion?: string;
    /** Error classes of the client beside those that the operations here answer with. */
    readonly otherErrors?: readonly string[];
    readonly waiters?: readonly SdkWaiter[];
    /** Endpoint host prefix, where it differs from the id (`monitoring`). */
    readonly endpoint?: string;
  };
}

export type AnyServiceModel = ServiceModel<unknown, unknown>;

/** Checks the type of a model and gives it to the registry. */
export function defineModel<State, Tuning>(model: ServiceModel<State, Tuning>): AnyServiceModel {
  return model as unknown as AnyServiceModel;
}

/** What the sandbox's SDK facade needs of a model. */
export function sdkDescription(model: AnyServiceModel): SdkServiceDescription | undefined {
  if (model.sdk === undefined) return undefined;
  const rows = Object.entries(model.operations);
  return {
    service: model.id,
    packageName: model.sdk.packageName,
    clientName: model.sdk.clientName,
    operations: [...rows.map(([name]) => name), ...model.notModelled].sort(),
    errors: [...new Set([...rows.flatMap(([, row]) => row.errors), ...(model.sdk.otherErrors ?? [])])].sort(),
    paginators: rows.flatMap(([name, row]) => (row.pages === undefined ? [] : [{ operation: name, ...row.pages }])),
    ...(model.sdk.waiters === undefined ? {} : { waiters: model.sdk.waiters }),
  };
}
