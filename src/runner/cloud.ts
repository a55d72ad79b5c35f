/**
 * The headless cloud: AWS calls as promises over one world, with exact rules of time.
 *
 * Time never moves while the caller's own code (and what follows from it in microtasks) runs: whatever moves time starts a turn of the
 * host's event loop later. So calls of one synchronous stretch, and calls that follow upon answers, are simultaneous, in call order.
 */
import { createRandom, uuidFrom } from '../base/random.ts';
import type { AwsErrorData } from '../sim/errors.ts';
import type { BlobStore, Runtime } from '../sim/ports/runtime.ts';
import type { Credentials } from '../sim/principal.ts';
import type { AnyServiceModel } from '../sim/service.ts';
import { traceHash } from '../sim/trace-hash.ts';
import type { TraceEvent } from '../sim/trace.ts';
import { msToUs, simTime } from '../sim/units.ts';
import type { SimTime } from '../sim/units.ts';
import { isoEpochMs } from '../sim/values.ts';
import { World } from '../sim/world.ts';
import type { Bounds, RunStatus, WorldOptions } from '../sim/world.ts';
import { fromPlain, toPlain } from './border.ts';
import { HostFailure, WorkHost } from './work-host.ts';
import type { Performers } from './work-host.ts';

export interface CloudOptions {
  /** Default 1. */
  readonly seed?: number;
  /** Calendar time of the start; default 2026-01-01T00:00:00Z. */
  readonly startAt?: string;
  /** Default 000000000000. */
  readonly accountId?: string;
  /** Default us-east-1. */
  readonly region?: string;
  readonly iam?: 'on' | 'off';
  /** `ideal` switches off every modelling latency and recycling; an object changes members of `aws` by service id. */
  readonly tuning?: 'aws' | 'ideal' | Readonly<Record<string, object>>;
  /** `counts` keeps only how many events of each kind there were. */
  readonly trace?: 'keep' | 'counts';
}

/** What the host puts under the world. */
export interface CloudHost {
  readonly models: readonly AnyServiceModel[];
  readonly runtime: Runtime;
  readonly blobs: BlobStore;
  readonly performers: Performers;
  readonly bounds?: Bounds;
  /** What a trace event adds to CloudWatch's metrics. */
  readonly metrics?: WorldOptions['metrics'];
}

export const DEFAULT_START_AT = '2026-01-01T00:00:00Z';
export const DEFAULT_ACCOUNT = '000000000000';
export const DEFAULT_REGION = 'us-east-1';
/** How far `runUntilIdle` goes unless told: 24 h of virtual time. */
export const IDLE_MS_MAX = 86_400_000;

/** A failed call, shaped as the AWS SDK shapes it. Further members of the error shape are its own members. */
export interface CloudError extends Error {
  readonly $fault: 'client' | 'server';
  readonly $metadata: { readonly httpStatusCode: number; readonly requestId: string };
  readonly $retryable?: object;
}

interface Waiting {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}
interface Drive {
  readonly until: SimTime;
  readonly foregroundOnly: boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** A turn of the event loop: everything that follows upon answers has run when it resolves. Taken early, so that fake timers don't catch it. */
const nextTurn: () => Promise<void> = makeNextTurn();

export class CloudWorld {
  readonly world: World;
  readonly blobs: BlobStore;
  readonly #host: WorkHost;
  readonly #waiting = new Map<number, Waiting>();
  readonly #drives: Drive[] = [];
  readonly #requestIds;
  /** A call that waits moves time at most to here (µs); set when time begins to move for it. */
  #answerBy: number | null = null;
  #nextId = 1;
  #driving = false;

  constructor(host: CloudHost, o: CloudOptions & { readonly beginAt?: SimTime } = {}) {
    const startAtEpochMs = isoEpochMs(o.startAt ?? DEFAULT_START_AT);
    if (Number.isNaN(startAtEpochMs)) throw new TypeError(`startAt must be an ISO 8601 time such as ${DEFAULT_START_AT}, got ${String(o.startAt)}`);
    const seed = o.seed ?? 1;
    this.blobs = host.blobs;
    this.#host = new WorkHost(host.performers);
    this.#requestIds = createRandom(seed, 'host.request-id');
    this.world = new World({
      models: host.models,
      seed,
      startAtEpochMs,
      accountId: o.accountId ?? DEFAULT_ACCOUNT,
      region: o.region ?? DEFAULT_REGION,
      iam: o.iam ?? 'on',
      tuning: o.tuning ?? 'aws',
      trace: o.trace ?? 'keep',
      runtime: host.runtime,
      blobs: host.blobs,
      metrics: host.metrics,
      ...(host.bounds === undefined ? {} : { bounds: host.bounds }),
      ...(o.beginAt === undefined ? {} : { beginAt: o.beginAt }),
    });
  }

  /** @param o.as role ARN, or the temporary credentials that the call is signed with; none = administrator */
  send(service: string, operation: string, input: object = {}, o: { readonly as?: string | Credentials } = {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      this.#waiting.set(id, { resolve, reject });
      this.#answerBy = null;
      this.world.hostRequest(id, service, operation, toPlain(input, this.blobs) as object, o.as);
      this.#settle();
      if (this.#waiting.has(id)) this.#drive();
    });
  }

  advance(ms: number): Promise<void> {
    if (typeof ms !== 'number' || !Number.isFinite(ms) || ms < 0) return Promise.reject(new TypeError(`advance takes a time in ms ≥ 0, got ${String(ms)}`));
    return this.#enqueue(simTime(this.world.now + msToUs(ms)), false);
  }

  runUntilIdle(maxMs: number = IDLE_MS_MAX): Promise<void> {
    if (typeof maxMs !== 'number' || Number.isNaN(maxMs) || maxMs < 0) return Promise.reject(new TypeError(`runUntilIdle takes a time in ms ≥ 0, got ${String(maxMs)}`));
    const until = Math.min(this.world.now + msToUs(Math.min(maxMs, Number.MAX_SAFE_INTEGER / 2_000)), Number.MAX_SAFE_INTEGER);
    return this.#enqueue(simTime(until), true);
  }

  now(): number {
    return Math.floor((this.world.options.startAtEpochMs * 1000 + this.world.now) / 1000);
  }

  get trace(): readonly TraceEvent[] {
    return this.world.trace.events;
  }

  hash(): string {
    if (this.world.trace.mode !== 'keep') throw new Error("A cloud made with trace: 'counts' keeps no trace to hash.");
    return traceHash(this.world.trace);
  }

  #enqueue(until: SimTime, foregroundOnly: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#drives.push({ until, foregroundOnly, resolve, reject });
      this.#drive();
    });
  }

  /** Moves time as long as somebody waits for it: the oldest advance first, then calls that are still open. */
  #drive(): void {
    if (this.#driving) return;
    this.#driving = true;
    void this.#loop();
  }

  async #loop(): Promise<void> {
    while (this.#drives.length > 0 || this.#waiting.size > 0) {
      await nextTurn();
      if (this.#drives.length > 0 || this.#waiting.size > 0) await this.#once(this.#drives[0]);
    }
    this.#driving = false;
  }

  /** Runs up to the next answer, or to the end of the drive. */
  async #once(drive: Drive | undefined): Promise<void> {
    try {
      const status = this.#run(drive);
      if (this.#settle()) return;
      if (status.kind === 'waiting') await this.#host.next();
      else if (status.kind !== 'sliced') this.#finish(drive, status);
    } catch (error) {
      this.#fail(drive, error);
    }
  }

  #run(drive: Drive | undefined): RunStatus {
    const options = { stopAtReply: true, maxEntries: SLICE_ENTRIES };
    const status = drive ? this.world.runTo(drive.until, { ...options, foregroundOnly: drive.foregroundOnly }) : this.#runForAnswer(options);
    this.#host.attend(this.world);
    return status;
  }

  /** Takes entries until an answer is there, and never moves time past the last of them. */
  #runForAnswer(options: { readonly stopAtReply: boolean; readonly maxEntries: number }): RunStatus {
    const { world } = this;
    this.#answerBy ??= world.now + msToUs(IDLE_MS_MAX);
    for (;;) {
      const at = world.agenda.peekTime();
      if (at === undefined || at > this.#answerBy) return { kind: 'reached' };
      const status = world.runTo(simTime(at), options);
      if (status.kind !== 'reached' || world.hostReplies.length > 0) return status;
    }
  }

  #finish(drive: Drive | undefined, status: RunStatus): void {
    const why = status.kind === 'ended' ? new Error(`The run has ended: ${status.reason}.`) : null;
    if (drive === undefined) {
      this.#rejectAll(why ?? new Error(`Nothing has answered this call within ${IDLE_MS_MAX / 3_600_000} hours of virtual time.`));
      return;
    }
    this.#drives.shift();
    if (why) drive.reject(why);
    else drive.resolve();
  }

  #fail(drive: Drive | undefined, error: unknown): void {
    if (drive === undefined) return this.#rejectAll(error);
    this.#drives.shift();
    drive.reject(error);
    if (!(error instanceof HostFailure)) this.#rejectAll(error);
  }

  #rejectAll(error: unknown): void {
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const waiting of all) waiting.reject(error);
  }

  /** Hands out the answers that are there. */
  #settle(): boolean {
    if (this.world.hostReplies.length === 0) return false;
    for (const { id, outcome } of this.world.hostReplies.splice(0)) {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      const requestId = uuidFrom(this.#requestIds);
      if (outcome.kind === 'error') waiting?.reject(cloudError(outcome.error, requestId));
      else waiting?.resolve(withMetadata(fromPlain(outcome.output ?? {}, this.blobs), requestId));
    }
    return true;
  }
}

/** Entries taken between two looks at the host's work. */
const SLICE_ENTRIES = 20_000;

export function cloudError(data: AwsErrorData, requestId: string): CloudError {
  const error = new Error(data.message);
  Object.defineProperty(error, 'name', { value: data.name, configurable: true, writable: true });
  return Object.assign(error, data.data ?? {}, {
    $fault: data.fault,
    $metadata: { httpStatusCode: data.status, requestId },
    ...(data.retryable ? { $retryable: {} } : {}),
    // As the SDK of a service that once spoke the query protocol.
    ...(data.queryCode === undefined ? {} : { Code: data.queryCode, Type: data.fault === 'client' ? 'Sender' : 'Receiver' }),
  }) as unknown as CloudError;
}

/** `$metadata` is there as in the SDK, but not enumerable, so that outputs compare by their own members. */
function withMetadata(output: unknown, requestId: string): unknown {
  if (typeof output !== 'object' || output === null) return output;
  return Object.defineProperty(output, '$metadata', { value: { httpStatusCode: 200, requestId, attempts: 1, totalRetryDelay: 0 }, enumerable: false, configurable: true });
}

function makeNextTurn(): () => Promise<void> {
  const immediate = (globalThis as { setImmediate?: (callback: () => void) => unknown }).setImmediate;
  if (immediate) return () => new Promise((resolve) => void immediate(resolve));
  const waiting: (() => void)[] = [];
  const channel = new MessageChannel();
  channel.port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      channel.port2.postMessage(null);
    });
}
