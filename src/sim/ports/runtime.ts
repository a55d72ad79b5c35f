/**
 * The runtime port: what a model may ask of the sandbox that runs handler code. The sandbox implements it; models only see this.
 *
 * Everything is synchronous and made of plain data. A *process* is one language runtime inside one execution environment.
 * It lives as an immutable memory image, named by `ImageId`; running it never changes that image but makes a new one, so a
 * snapshot of the world only has to keep ids. Code runs in *bursts*: from one stimulus to the point where nothing is left to
 * run without the outside (all promises wait, or the process died). Every effect of a burst is buffered and handed back with
 * the fuel at which it happened; the caller turns fuel into virtual time (`sim/cpu.ts`) and stamps the effects with it.
 */

import type { Credentials } from '../principal.ts';

/** Names an immutable memory image held by the sandbox. Valid for the life of the sandbox, also after a restore. */
export type ImageId = string;

/** Bytes held by the host's content-addressed store; the guest holds the handle until it asks for the bytes. */
export interface BlobRef {
  readonly sha256: string;
  readonly size: number;
}

/** A text that is JSON. Values cross the border only so. A blob inside it is written `{"$blob":{"sha256":…,"size":…}}`. */
export type JsonText = string;

/** One entry of the environment's file system under /tmp. Directories are entries too. Survives the process, not the environment. */
export type TmpEntry = { readonly kind: 'file'; readonly blob: BlobRef; readonly mtimeMs: number } | { readonly kind: 'directory'; readonly mtimeMs: number };
/** Absolute path (`/tmp/in.mp4`) → entry. */
export type TmpFiles = Readonly<Record<string, TmpEntry>>;

/** What a process is made of; equal specs give equal processes. */
export interface ProcessSpec {
  /** Which handler contract applies: `nodejs22.x` or `nodejs24.x`. */
  readonly runtime: string;
  /** x86_64 unless told. */
  readonly architecture?: 'x86_64' | 'arm64';
  /** Path under /var/task → source text (.mjs .cjs .js .ts .mts .json). */
  readonly files: Readonly<Record<string, string>>;
  /** Layer path (`/opt/nodejs/util.mjs`) → source text. */
  readonly layerFiles: Readonly<Record<string, string>>;
  /** Programs that `child_process` finds: `/opt/bin/ffmpeg`, `/opt/bin/ffprobe`. */
  readonly programs: readonly string[];
  /** `Handler` setting: `index.handler`. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Bytes the guest may allocate (MemorySize less the baseline, at most the host's cap). */
  readonly heapBytesMax: number;
  /** Bytes that /tmp may hold (EphemeralStorage). Writing past it fails in the guest with ENOSPC. */
  readonly tmpBytesMax: number;
  /** Seeds Math.random, randomUUID and the like of this process. */
  readonly seed: string;
}

/** The clock a guest sees during one burst. Time moves on with fuel, by the same law that the caller uses afterwards. */
export interface BurstClock {
  /** Virtual epoch time at the start of the burst, in integer microseconds. */
  readonly epochUs: number;
  /** CPU share of a single thread, 0 < share ≤ 1; 1 during init. */
  readonly share: number;
  /** CPU already used in this quota history, microseconds at one vCPU (see `cpuWallUs`). */
  readonly cpuBeforeUs: number;
  /** Spans in which the burst stood still for a sync child: at this fuel, for so long. */
  readonly pauses?: readonly { readonly fuel: number; readonly us: number }[];
}

/** Limits of one burst. */
export interface BurstBudget {
  /** The trap at this fuel is the function's deadline. */
  readonly fuelMax: number;
}

/** Why the process is given the CPU. */
export type Stimulus =
  /** The runtime hands it the next event. `context` holds what the Lambda context object shows. */
  | { readonly kind: 'invoke'; readonly event: JsonText; readonly context: InvokeContext }
  /** Replies and timers that became due, in order. */
  | { readonly kind: 'wake'; readonly wakes: readonly Wake[] };

export interface InvokeContext {
  readonly awsRequestId: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** Virtual epoch microseconds of the deadline. */
  readonly deadlineEpochUs: number;
  readonly clientContext?: JsonText;
  readonly identity?: JsonText;
  readonly traceId?: string;
}

export type Wake =
  | { readonly kind: 'timer'; readonly id: number }
  /** An API call was answered. */
  | { readonly kind: 'reply'; readonly id: number; readonly ok: true; readonly output: JsonText }
  | { readonly kind: 'reply'; readonly id: number; readonly ok: false; readonly error: ApiErrorData }
  /** A child process ended (or printed: only at its end). `tmp` are the files it left, by absolute path; null deletes one. */
  | { readonly kind: 'child'; readonly id: number; readonly result: ChildResult };

/** An AWS error as the SDK shows it. */
export interface ApiErrorData {
  readonly name: string;
  readonly message: string;
  readonly fault: 'client' | 'server';
  readonly httpStatusCode: number;
  readonly requestId: string;
  /** Further members of the error shape. */
  readonly data?: JsonText;
}

export interface ChildResult {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly tmp: Readonly<Record<string, BlobRef | null>>;
  /** Of a sync child: virtual wall time it took, µs; the guest's clock shows it from its return on. */
  readonly durationUs?: number;
}

/** A child process that guest code started, sync or async. */
export interface ChildCommand {
  /** `/opt/bin/ffmpeg` (a bare `ffmpeg` found on PATH is resolved to it). */
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The /tmp files as they were when it started. */
  readonly tmp: TmpFiles;
  /** True for execFileSync and the like: the process stands still until the child has ended. */
  readonly sync: boolean;
}

/** Something the guest did, with the fuel used since the burst began. In order of fuel. */
export type Effect = { readonly fuel: number } & (
  | { readonly kind: 'log'; readonly stream: 'stdout' | 'stderr'; readonly level: LogLevel; readonly text: string }
  /** An AWS API call was sent (`service` = endpoint name, `operation` = PascalCase). Answer it with a `reply` wake of the same id. `credentials` are temporary ones that the client was given; without, the function's role asks. */
  | { readonly kind: 'call'; readonly id: number; readonly service: string; readonly operation: string; readonly input: JsonText; readonly credentials?: Credentials }
  /** fetch() of a URL that is no AWS endpoint. Answer like a call: output = {status, headers, body}. */
  | { readonly kind: 'fetch'; readonly id: number; readonly request: JsonText }
  | { readonly kind: 'timer'; readonly id: number; readonly delayUs: number }
  | { readonly kind: 'clear-timer'; readonly id: number }
  | { readonly kind: 'child'; readonly id: number; readonly command: ChildCommand }
  /** The guest asked for a child to be killed (`child.kill`, AbortSignal). */
  | { readonly kind: 'kill-child'; readonly id: number; readonly signal: string }
  /** The handler's promise settled, or its callback was called. The process may have work left. */
  | { readonly kind: 'result'; readonly ok: true; readonly value: JsonText }
  | { readonly kind: 'result'; readonly ok: false; readonly error: GuestError }
  /** The guest stored bytes on the host (PutObject body, file): they are in the blob store now. */
  | { readonly kind: 'blob'; readonly blob: BlobRef }
);

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** A thrown value as the runtime interface client reports it. */
export interface GuestError {
  readonly errorType: string;
  readonly errorMessage: string;
  /** Stack as lines: ['Error: boom', '    at handler (/var/task/index.mjs:3:9)']. */
  readonly trace: readonly string[];
}

/** How a burst ended. */
export type BurstEnd =
  /** Nothing left to run now; `pending` counts timers, calls and children the process waits for (0 = idle). */
  | { readonly kind: 'waiting'; readonly pending: number }
  /** The guest called a sync child: run it, then repeat this very burst from the same image with the result appended to `syncChildren`. */
  | { readonly kind: 'sync-child'; readonly command: ChildCommand; readonly atFuel: number }
  /** The fuel ran out: the deadline. The process is dead. */
  | { readonly kind: 'fuel' }
  /** The world stopped computing at the burst cap: the process counts as busy until its deadline, then as timed out. */
  | { readonly kind: 'cap' }
  /** The heap limit was hit, whether or not the guest caught it. Killed. */
  | { readonly kind: 'memory' }
  | { readonly kind: 'exit'; readonly code: number }
  /** An unhandled rejection or uncaught exception ended the process. */
  | { readonly kind: 'crash'; readonly reason: 'unhandled-rejection' | 'uncaught-exception'; readonly error: GuestError }
  /** Loading the code failed (`Runtime.ImportModuleError`, `Runtime.UserCodeSyntaxError`, `Runtime.HandlerNotFound`, or the error it threw). */
  | { readonly kind: 'init-error'; readonly error: GuestError; readonly file?: string; readonly line?: number; readonly column?: number }
  /** The engine itself broke (host stack overflow, engine assertion): the process is dead, and the trace says so. */
  | { readonly kind: 'engine-failure'; readonly message: string };

export interface BurstResult {
  /** The image after the burst; null when the process is dead or must be repeated (`sync-child`). */
  readonly image: ImageId | null;
  /** Fuel used, in metering points. The same number on every machine. */
  readonly fuel: number;
  readonly effects: readonly Effect[];
  readonly end: BurstEnd;
  /** The code is loaded and its handler found: the process takes events. False while a top-level await still waits. */
  readonly ready: boolean;
  /** The file system after the burst (also when the process died: it is the environment's). */
  readonly tmp: TmpFiles;
  /** Bytes allocated by the guest: now, and at most during the life of this process. */
  readonly heapBytes: number;
  readonly heapBytesPeak: number;
}

export interface BurstInput {
  readonly clock: BurstClock;
  readonly budget: BurstBudget;
  readonly tmp: TmpFiles;
  /** Results of sync children already run for this burst, in call order. */
  readonly syncChildren: readonly ChildResult[];
}

/** What a cold start needs and gives: a copy of the template image, then the user's modules evaluated (that *is* the init code). */
export interface Runtime {
  start(spec: ProcessSpec, input: BurstInput): BurstResult;
  /** Runs an image on. The image itself stays as it was, and can be resumed again. */
  resume(image: ImageId, stimulus: Stimulus, input: BurstInput): BurstResult;
  /** Says that no world refers to this image any more. */
  release(image: ImageId): void;
}

/** The host's content-addressed store of bytes: clips, objects, /tmp files. It is not part of a snapshot: content never changes. */
export interface BlobStore {
  put(bytes: Uint8Array): BlobRef;
  /** The bytes, or undefined when this host does not hold them (a clip that the visitor has not dropped in). Not to be changed. */
  get(sha256: string): Uint8Array | undefined;
  has(sha256: string): boolean;
}

/** What the SDK facade in the sandbox needs to know of each service: made from the operation tables. */
export interface SdkServiceDescription {
  /** Endpoint name: `sqs`. */
  readonly service: string;
  /** Package: `@aws-sdk/client-sqs`. */
  readonly packageName: string;
  /** Client class: `SQSClient`; the aggregated client is the same without `Client`. */
  readonly clientName: string;
  /** Every operation AWS has for it that we name, PascalCase; those not modelled reject with NotModelled. */
  readonly operations: readonly string[];
  /** Error names: each becomes an exported error class. */
  readonly errors: readonly string[];
  /** Paginated operations: input token, output token, output list members. */
  readonly paginators: readonly { readonly operation: string; readonly inputToken: string; readonly outputToken: string; readonly pageSize?: string }[];
  readonly waiters?: readonly SdkWaiter[];
}

/** A waiter of a client: `{ name: 'TableExists' }` is waitUntilTableExists. The first acceptor that fits decides; none: an answer is asked for again, an error fails. */
export interface SdkWaiter {
  readonly name: string;
  readonly operation: string;
  /** Seconds between two questions at first. */
  readonly delaySec: number;
  /** By the name of an error, by a member of the output, or (with neither) by any output. */
  readonly acceptors: readonly { readonly state: 'success' | 'retry' | 'failure'; readonly error?: string; readonly path?: string; readonly equals?: string }[];
}
