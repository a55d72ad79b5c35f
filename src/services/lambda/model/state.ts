/** State of the Lambda model: functions with their versions, environments with their processes, the async queue, and mappings. Plain data. */
import type { EntryId } from '../../../sim/agenda.ts';
import type { PolicyStatement } from '../../../sim/iam.ts';
import type { PortCall, ReplyTo } from '../../../sim/ports/ports.ts';
import type { BurstEnd, ChildCommand, ChildResult, Effect, ImageId, Stimulus, TmpFiles, Wake } from '../../../sim/ports/runtime.ts';
import type { Context } from '../../../sim/service.ts';
import type { Seq } from '../../../sim/trace.ts';
import type { Provisioned } from './functions/provisioned-state.ts';
import type { Mapping } from './mappings/mapping-state.ts';
import type { LambdaTuning } from './tuning.ts';

/** A distribution of durations in ms, or of sizes. */
export type Distribution =
  | { readonly kind: 'const'; readonly value: number }
  | { readonly kind: 'exp'; readonly mean: number }
  | { readonly kind: 'lognormal'; readonly median: number; readonly sigma: number }
  | { readonly kind: 'empirical'; readonly values: readonly number[] };

/** A function without code, for load studies. */
export interface Synthetic {
  readonly initMs: Distribution;
  readonly durationMs: Distribution;
  /** 0 to 1. */
  readonly errorRate: number;
  readonly memoryMb: number;
}

export interface Code {
  readonly files: Readonly<Record<string, string>>;
  readonly synthetic?: Synthetic;
  /** Base64 SHA-256 of the package, as AWS shows it. */
  readonly sha256: string;
  readonly zipBytes: number;
  readonly unzippedBytes: number;
}

export interface Settings {
  readonly runtime: string;
  readonly handler: string;
  readonly roleArn: string;
  readonly description: string;
  readonly timeoutSec: number;
  readonly memoryMb: number;
  readonly tmpMb: number;
  readonly architecture: 'x86_64' | 'arm64';
  readonly environment: Readonly<Record<string, string>>;
  readonly layers: readonly string[];
  readonly tracing: 'PassThrough' | 'Active';
  readonly logFormat: 'Text' | 'JSON';
  readonly applicationLogLevel?: string;
  readonly systemLogLevel?: string;
  readonly logGroup: string;
  readonly deadLetterArn?: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** Of a function in a VPC: what leads out of it. Ours, there is no EC2 here. */
  readonly routes: { readonly nat: boolean; readonly endpoints: readonly string[] };
}

export interface LayerVersion {
  readonly layerArn: string;
  readonly version: number;
  /** Path under /opt → text. */
  readonly files: Readonly<Record<string, string>>;
  readonly sha256: string;
  readonly zipBytes: number;
  readonly unzippedBytes: number;
  readonly description: string;
  readonly runtimes: readonly string[];
  readonly architectures: readonly string[];
  readonly createdMs: number;
  /** Kept for the functions that use it. */
  deleted: boolean;
}

/** `$LATEST` or a published version. A new generation retires all environments of the former. */
export interface Version {
  readonly version: string;
  readonly settings: Settings;
  readonly code: Code;
  /** Of a published one: code and settings of $LATEST that it was made from, as text. */
  readonly publishedFrom?: string;
  readonly generation: number;
  readonly lastModifiedMs: number;
  /** A new one when its state or its policy changes too. */
  revisionId: string;
  /** Name of the random stream that its durations come from. */
  readonly streamName: string;
  /** Whether its code was fetched before: the first environment waits longer. */
  fetched: boolean;
  /** Idle environments by key; the one to serve next is last. */
  readonly idle: number[];
  /** How many of them are provisioned. */
  provisionedIdle: number;
  /** When the reaper looks at `idle` next; 0 = not at all. */
  reapAtUs: number;
}

export interface Alias {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly weights: Readonly<Record<string, number>>;
  /** A new one when its policy changes too. */
  revisionId: string;
}

export interface InvokeConfig {
  readonly maximumRetryAttempts?: number;
  readonly maximumEventAgeSec?: number;
  readonly onSuccess?: string;
  readonly onFailure?: string;
  readonly lastModifiedMs: number;
}

export interface Counters {
  invocations: number;
  errors: number;
  timeouts: number;
  throttles: number;
  coldStarts: number;
  asyncReceived: number;
  asyncDropped: number;
  deadLetters: number;
}

/** An invocation that is over, for the inspector. */
export interface InvocationRecord {
  readonly requestId: string;
  /** `e-1`. */
  readonly environment: string;
  readonly version: string;
  /** µs since t = 0 when the handler's clock began. */
  readonly startUs: number;
  readonly durationUs: number;
  /** Init Duration of its REPORT line; -1 = warm. */
  readonly initUs: number;
  readonly billedMs: number;
  readonly maxMemoryMb: number;
  readonly status: 'success' | 'error' | 'timeout';
  /** `Error`, `Sandbox.Timedout`, `Runtime.OutOfMemory`, …; `` when it succeeded. */
  readonly errorType: string;
  readonly errorMessage: string;
  /** What the handler returned, as JSON: its first 400 characters; `` when it failed. */
  readonly returned: string;
  /** From 1; of async events and queue messages that were tried before, more. */
  readonly attempt: number;
  /** How it was asked for. */
  readonly source: 'sync' | 'async' | 'mapping';
  readonly subjects: readonly string[];
  /** Trace event of its end, for 'why?'. */
  readonly seq: Seq;
}

export interface LambdaFunction {
  /** Tells a function from a later one of the same name. */
  readonly id: number;
  readonly name: string;
  readonly arn: string;
  state: 'Pending' | 'Active' | 'Failed' | 'Inactive';
  /** Pending because its network interface is made again. */
  restoring: boolean;
  /** When a request last met it ready. */
  usedUs: number;
  readonly versions: Map<string, Version>;
  nextVersion: number;
  readonly aliases: Map<string, Alias>;
  /** Statements by qualifier (`` = unqualified). */
  readonly policies: Map<string, PolicyStatement[]>;
  reserved: number | undefined;
  readonly provisioned: Map<string, Provisioned>;
  readonly invokeConfigs: Map<string, InvokeConfig>;
  recursion: 'Terminate' | 'Allow';
  tags: Readonly<Record<string, string>>;
  /** Second of the last request that was traced because it was its second's first. */
  tracedSec: number;
  nextEnvironment: number;
  /** Environments that serve or start for a request, provisioned ones not counted. */
  running: number;
  /** The same, of provisioned ones. */
  runningProvisioned: number;
  /** Token bucket of the scaling rate. */
  scaleTokens: number;
  scaleAtUs: number;
  /** Token bucket of the requests-per-second limit, while it has a reservation. */
  requestTokens: number;
  requestAtUs: number;
  readonly counters: Counters;
  /** What $LATEST becomes once the update in progress is complete. */
  update: { readonly version: Version; readonly what: string } | undefined;
  /** Updates that wait until it is Active and not being updated. */
  readonly waiting: { readonly operation: string; readonly input: object; readonly call: PortCall }[];
  /** The last invocations, oldest first. */
  readonly recent: InvocationRecord[];
  lastError: InvocationRecord | null;
}

/** Who gets the result of an invocation. */
export type Sink =
  | { readonly kind: 'api'; readonly replyTo: ReplyTo; readonly tail: boolean }
  | { readonly kind: 'port'; readonly replyTo: ReplyTo }
  | { readonly kind: 'async'; readonly id: number }
  | { readonly kind: 'mapping'; readonly uuid: string; readonly batch: number }
  | { readonly kind: 'stream'; readonly uuid: string; readonly shard: string; readonly lane: number; readonly batch: number };

export interface Invocation {
  readonly requestId: string;
  readonly fn: string;
  readonly version: string;
  /** ARN as invoked, with the qualifier that the call had. */
  readonly invokedArn: string;
  readonly payload: string;
  readonly sink: Sink;
  readonly attempt: number;
  readonly subjects: readonly string[];
  readonly traceHeader: string;
  readonly clientContext: string | undefined;
  /** When it was asked for. */
  readonly askedUs: number;
  /** When the handler's clock began; -1 before. */
  startUs: number;
  deadlineUs: number;
  cold: boolean;
  startSeq: Seq;
  /** Lines of this invocation for the 4 KB tail; only kept when asked for. */
  tail: string;
}

export interface Result {
  readonly status: 'success' | 'error' | 'timeout';
  readonly payload: string;
  readonly errorType: string;
  /** The process died of it. */
  readonly fatal: boolean;
}

export interface RunningChild {
  readonly id: number;
  /** -1 for a sync child. */
  readonly startedUs: number;
  readonly command: ChildCommand;
  readonly workId: string;
  readonly seq: Seq;
  /** Its end, when it is known. */
  entry: EntryId | null;
}

/** A burst that is being played: its effects happen one after another at their own time. */
export interface Burst {
  readonly startUs: number;
  readonly cpuBeforeUs: number;
  /** Share of a vCPU. */
  readonly share: number;
  /** The stimulus, to repeat the burst after a sync child; null for a start. */
  readonly stimulus: Stimulus | null;
  readonly imageBefore: ImageId | null;
  readonly tmpBefore: TmpFiles;
  readonly syncChildren: ChildResult[];
  /** Wall time that passed in sync children: how long, and from which fuel on. */
  readonly pauses: { readonly fuel: number; readonly us: number }[];
  effects: readonly Effect[];
  next: number;
  fuel: number;
  end: BurstEnd;
  image: ImageId | null;
  tmpAfter: TmpFiles;
  ready: boolean;
}

export interface Process {
  image: ImageId | null;
  /** CPU used in this quota history, µs at one vCPU. */
  cpuUs: number;
  /** When that was; after a pause of a whole quota period the history begins anew. */
  cpuAtUs: number;
  burst: Burst | null;
  /** What became due while a burst ran or the environment was frozen. */
  readonly wakes: Wake[];
  readonly timers: { readonly id: number; readonly dueUs: number; entry: EntryId | null }[];
  /** Calls under way: guest id, and the trace event of the request. */
  readonly calls: { readonly id: number; readonly seq: Seq }[];
  readonly children: RunningChild[];
  result: Result | null;
  /** The code is loaded and takes events. */
  initialized: boolean;
  /** Thawed: what became due in the meantime runs first, then the handler gets the event. */
  thawing: boolean;
}

export interface Environment {
  readonly key: number;
  readonly fnId: number;
  /** `e-1`, counting per function. */
  readonly id: string;
  readonly fn: string;
  readonly version: string;
  readonly generation: number;
  readonly provisioned: boolean;
  readonly bornUs: number;
  /** Recycled at the first chance after this; 0 = never. */
  readonly retireUs: number;
  readonly logStream: string;
  phase: 'placing' | 'init' | 'busy' | 'idle' | 'failed';
  /** Start of the phase, and when it is expected to end (0 = not known). */
  sinceUs: number;
  untilUs: number;
  /** The next invocation starts the process first, inside its own duration. */
  needsInit: boolean;
  /** Init Duration for the next REPORT line; -1 = none. */
  initUs: number;
  initStartUs: number;
  /** The init timed out or failed before the invocation. */
  initFailed: boolean;
  /** The START line of its invocation is written: after a failed init it comes behind the second attempt. */
  startTold: boolean;
  process: Process | null;
  tmp: TmpFiles;
  heapPeakBytes: number;
  invocation: Invocation | null;
  served: number;
  lastUsedUs: number;
  /** Entries of an older token are void. */
  token: number;
  /** Its version as it was, once that has been replaced while it works. */
  retired: Version | undefined;
  timeout: EntryId | null;
  lastSeq: Seq;
}

export interface AsyncEvent {
  readonly id: number;
  readonly requestId: string;
  readonly fn: string;
  readonly qualifier: string;
  readonly payload: string;
  readonly acceptedUs: number;
  readonly subjects: readonly string[];
  readonly traceHeader: string;
  /** Tries that ran. */
  tries: number;
  throttles: number;
  seq: Seq;
}

export interface LambdaState {
  readonly functions: Map<string, LambdaFunction>;
  readonly environments: Map<number, Environment>;
  nextEnvironment: number;
  /** Numbers functions and generations of versions. */
  nextId: number;
  readonly asyncEvents: Map<number, AsyncEvent>;
  nextAsync: number;
  readonly mappings: Map<string, Mapping>;
  /** Requests in progress of functions without a reservation, against what is left of the account's concurrency. */
  runningUnreserved: number;
  /** Concurrency that reservations (and provisioned concurrency outside of them) take out of the account's. */
  setAside: number;
  /** Token bucket of the requests-per-second limit of functions without a reservation. */
  requestTokens: number;
  requestAtUs: number;
  /** Published version numbers per function name are never given again, even after its deletion. */
  readonly versionsEver: Map<string, number>;
  /** Versions by layer name; version n is at n - 1. */
  readonly layers: Map<string, readonly LayerVersion[]>;
  /** Network interfaces that exist, by subnets and security groups: shared by functions. */
  readonly interfaces: Set<string>;
}

export type LambdaContext = Context<LambdaState, LambdaTuning>;

export function initialState(): LambdaState {
  return { functions: new Map(), environments: new Map(), nextEnvironment: 1, nextId: 1, asyncEvents: new Map(), nextAsync: 1, mappings: new Map(), runningUnreserved: 0, setAside: 0, requestTokens: 0, requestAtUs: -1, versionsEver: new Map(), layers: new Map(), interfaces: new Set() };
}

/** The function that an environment belongs to, unless it was deleted meanwhile. */
export function functionOfEnvironment(context: LambdaContext, environment: Environment): LambdaFunction | undefined {
  const fn = context.state.functions.get(environment.fn);
  return fn?.id === environment.fnId ? fn : undefined;
}

export function arnOfEnvironment(context: LambdaContext, environment: Environment): string {
  return `arn:aws:lambda:${context.region}:${context.account}:function:${environment.fn}`;
}

export function latest(fn: LambdaFunction): Version {
  return fn.versions.get('$LATEST')!;
}

/** Environments of a function, oldest first. */
export function environmentsOf(context: LambdaContext, name: string): Environment[] {
  return [...context.state.environments.values()].filter((environment) => environment.fn === name);
}
