/** The world: takes the earliest agenda entry, hands it to the service that owns it, and keeps time, trace, random streams and answers. */
import { createRandom, uuidFrom } from '../base/random.ts';
import { isoSec } from '../base/time-text.ts';
import type { RandomState, RandomStream } from '../base/random.ts';
import { Agenda } from './agenda.ts';
import type { AgendaSnapshot, TakenEntry } from './agenda.ts';
import { WorldContext } from './context.ts';
import { assert, AwsError, errorToData, NotModelled } from './errors.ts';
import type { AwsErrorData } from './errors.ts';
import { WorkTable } from './external-work.ts';
import type { WorkItem, WorkTableState } from './external-work.ts';
import { FAULT_POLICY, faultOf } from './faults.ts';
import type { Fault, FaultKind } from './faults.ts';
import type { ConditionKeys } from './iam-conditions.ts';
import { decide, principalName } from './iam.ts';
import type { Decision, Role } from './iam.ts';
import { constraintOf, constraintText } from './input-constraints.ts';
import type { SchemaIssue } from './input-constraints.ts';
import type { MetricDatum } from './manifest.ts';
import { OperationCall } from './operation-call.ts';
import type { Outcome, PortCall, ReplyTo, Deferred } from './ports/ports.ts';
import type { BlobStore, Runtime } from './ports/runtime.ts';
import { ADMIN, parseArn } from './principal.ts';
import type { Credentials, Principal } from './principal.ts';
import type { AnyServiceModel } from './service.ts';
import { Trace } from './trace.ts';
import type { Seq, TraceEvent, TraceMode, Travel } from './trace.ts';
import { simTime } from './units.ts';
import type { SimTime } from './units.ts';

export interface Bounds {
  /** Agenda entries taken in one run. */
  readonly entriesMax: number;
  readonly traceEventsMax: number;
}
export const DEFAULT_BOUNDS: Bounds = { entriesMax: 20_000_000, traceEventsMax: 2_000_000 };

export interface WorldOptions {
  readonly models: readonly AnyServiceModel[];
  readonly seed: number;
  /** Virtual epoch time of t = 0, in milliseconds. */
  readonly startAtEpochMs: number;
  readonly accountId: string;
  readonly region: string;
  readonly iam: 'on' | 'off';
  /** `aws`, `ideal`, or per service id the tuning members to change from `aws`. */
  readonly tuning: 'aws' | 'ideal' | Readonly<Record<string, object>>;
  readonly trace: TraceMode;
  readonly runtime: Runtime;
  readonly blobs: BlobStore;
  readonly bounds?: Bounds;
  /** What a trace event adds to CloudWatch's metrics, as the manifests say; nothing unless told. */
  readonly metrics?: ((event: TraceEvent) => readonly MetricDatum[]) | undefined;
  /** Faults that the run injects; none unless told. */
  readonly faults?: readonly Fault[];
  /** Where time begins: 0, or below 0 when a scenario is deployed before it starts. */
  readonly beginAt?: SimTime;
}

/** Why `runTo` came back. */
export type RunStatus =
  /** Everything up to and including the asked time is done. */
  | { readonly kind: 'reached' }
  /** The next entry needs the result of external work that the host has not supplied. Virtual time stands at that entry. */
  | { readonly kind: 'waiting'; readonly work: readonly WorkItem[] }
  /** `maxEntries` were taken: call again. */
  | { readonly kind: 'sliced' }
  /** A bound was reached; the run has ended. */
  | { readonly kind: 'ended'; readonly reason: string };

/** Everything that decides a world's future, as plain data. Blobs and memory images stay outside: they never change. */
export interface WorldSnapshot {
  readonly now: SimTime;
  readonly agenda: AgendaSnapshot;
  readonly states: Readonly<Record<string, unknown>>;
  readonly random: readonly (readonly [string, RandomState])[];
  readonly traceLength: number;
  readonly work: WorkTableState;
  readonly entriesTaken: number;
  readonly ended: string | null;
}

/** The state of the `iam` service as the kernel reads it. */
export interface IamState {
  readonly roles: Map<string, Role>;
}

export class World {
  readonly options: WorldOptions;
  readonly trace: Trace;
  readonly models: ReadonlyMap<string, AnyServiceModel>;
  readonly states = new Map<string, unknown>();
  agenda = new Agenda();
  work = new WorkTable();
  now: SimTime;
  /** Answers to calls of the host, in order; the host takes them. */
  hostReplies: { id: number; outcome: Outcome }[] = [];
  #random = new Map<string, RandomStream>();
  #contexts = new Map<string, WorldContext>();
  #entriesTaken = 0;
  #ended: string | null = null;
  readonly #bounds: Bounds;
  /** Context of the service whose entry was taken last: often the next one's too. */
  #busy: WorldContext | undefined;
  /** The entry that was taken last. */
  readonly #taken: TakenEntry = { service: '', kind: '', payload: undefined, cause: [], background: false };

  constructor(options: WorldOptions, trace: Trace = new Trace(options.trace)) {
    this.options = options;
    this.trace = trace;
    this.#bounds = options.bounds ?? DEFAULT_BOUNDS;
    this.now = options.beginAt ?? simTime(0);
    const models = [...options.models].sort((a, b) => (a.id < b.id ? -1 : 1));
    this.models = new Map(models.map((model) => [model.id, model]));
    for (const model of models) {
      this.states.set(model.id, model.initialState());
      this.#contexts.set(model.id, new WorldContext(this, model, tuningOf(model, options.tuning)));
    }
  }

  /** Agenda entries taken so far. */
  get entriesTaken(): number {
    return this.#entriesTaken;
  }

  context(service: string): WorldContext {
    const context = this.#contexts.get(service);
    assert(context, `no service ${service}`, this.facts());
    return context;
  }

  facts(): Record<string, unknown> {
    return { at: this.now, seed: this.options.seed };
  }

  random(stream: string): RandomStream {
    let random = this.#random.get(stream);
    if (random === undefined) this.#random.set(stream, (random = createRandom(this.options.seed, stream)));
    return random;
  }

  uuid(stream: string): string {
    return uuidFrom(this.random(stream));
  }

  /**
   * Takes entries up to and including `until`. With `foregroundOnly`, stops when only background entries are left (and stays at the last time).
   * With `stopAtReply`, comes back (`sliced`) as soon as an answer for the host is there, so that its caller can act at that very time.
   */
  runTo(until: SimTime, o: { readonly maxEntries?: number; readonly foregroundOnly?: boolean; readonly stopAtReply?: boolean } = {}): RunStatus {
    const { agenda } = this;
    const { maxEntries = Number.MAX_SAFE_INTEGER, foregroundOnly = false, stopAtReply = false } = o;
    const last = this.#entriesTaken + maxEntries;
    for (;;) {
      if (this.#ended !== null) return { kind: 'ended', reason: this.#ended };
      if (stopAtReply && this.hostReplies.length > 0) return { kind: 'sliced' };
      if (foregroundOnly && agenda.foreground === 0) return { kind: 'reached' };
      const at = agenda.peekTime();
      if (at === undefined || at > until) {
        if (!foregroundOnly && until > this.now) this.now = until;
        return { kind: 'reached' };
      }
      if (this.work.anyOutstanding()) {
        const missing = this.#missingWork();
        if (missing) return { kind: 'waiting', work: missing };
      }
      if (this.#entriesTaken >= last) return { kind: 'sliced' };
      this.#take(at as SimTime);
    }
  }

  /** Takes one entry, whatever its time. */
  step(): RunStatus {
    if (this.#ended !== null) return { kind: 'ended', reason: this.#ended };
    const at = this.agenda.peekTime();
    if (at === undefined) return { kind: 'reached' };
    const missing = this.#missingWork();
    if (missing) return { kind: 'waiting', work: missing };
    this.#take(at as SimTime);
    return { kind: 'sliced' };
  }

  /** An API call through the one door. Never throws for a modelled failure. */
  request(service: string, operationName: string, input: object, call: PortCall): Outcome | Deferred {
    const context = this.#contexts.get(service);
    const row = context?.model.operations[operationName];
    if (context === undefined || row === undefined) return this.#notModelled(service, operationName, call);
    // Not by `context.during`: every call of a run comes through here.
    const before = context.cause;
    context.cause = call.cause;
    try {
      let parsed: unknown = input;
      if (!row.checksItself) {
        const result = row.input.safeParse(input);
        if (!result.success) throw invalidInput(context.model, operationName, result.error.issues, input);
        parsed = result.data;
      }
      if (row.action !== null && row.judgesItself !== true && call.principal.kind !== 'admin' && this.options.iam === 'on') {
        const keys = row.conditionKeys?.(context, parsed as never);
        const decision = this.authorize(call.principal, row.actionFor?.(parsed as never) ?? row.action, row.resource(context, parsed as never), keys);
        if (!decision.allowed) throw context.deny(decision, service);
      }
      const answer = row.handle(context, parsed as never, new OperationCall(call, this.random(requestIdStream(call, row.writes))));
      if (typeof answer === 'object' && answer !== null && (answer as Deferred).kind === 'deferred') return answer as Deferred;
      return { kind: 'ok', output: answer, cause: call.cause };
    } catch (error) {
      return { kind: 'error', error: modelledError(error), cause: call.cause };
    } finally {
      context.cause = before;
    }
  }

  /** A call of the host (administrator, `as` a role, or with temporary credentials), recorded as a root event. The answer comes at once or later in `hostReplies`. */
  hostRequest(id: number, service: string, operationName: string, input: object, as?: string | Credentials): void {
    const writes = this.models.get(service)?.operations[operationName]?.writes ?? true;
    let principal: Principal = typeof as === 'string' ? { kind: 'role', arn: as } : ADMIN;
    let refused: unknown;
    if (typeof as === 'object') {
      try {
        principal = this.bearer(as);
      } catch (error) {
        refused = error;
      }
    }
    const name = typeof as === 'object' && refused === undefined ? principalName(principal, this.options.accountId) : typeof as === 'string' ? as : '';
    const cause = writes ? [this.append('sim.ApiCall', `arn:aws:${service}:::`, { service, operation: operationName, as: name }, [])] : [];
    const outcome: Outcome | Deferred = refused === undefined ? this.request(service, operationName, input, { principal, cause, replyTo: { kind: 'host', id } }) : { kind: 'error', error: modelledError(refused), cause };
    if (outcome.kind !== 'deferred') this.hostReplies.push({ id, outcome });
  }

  /** Who signs with these temporary credentials. @throws AwsError of the service that gave them out, or InvalidClientTokenId @simplified The text is recalled; S3 and the JSON services have names of their own for it */
  bearer(credentials: Credentials): Principal {
    for (const model of this.models.values()) {
      const found = model.bearer?.(this.context(model.id), credentials);
      if (found !== undefined) return found;
    }
    throw new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid', { status: 403 });
  }

  /** ARN that a call would be about; undefined for account-wide calls and input that makes no sense. */
  resourceOf(service: string, operationName: string, input: object): string | undefined {
    const row = this.models.get(service)?.operations[operationName];
    if (row === undefined) return undefined;
    try {
      const arn = row.resource(this.context(service), input as never);
      return arn === '*' ? undefined : arn;
    } catch {
      return undefined;
    }
  }

  /** Answers a deferred call. */
  reply(to: ReplyTo, outcome: Outcome): void {
    if (to.kind === 'host') this.hostReplies.push({ id: to.id, outcome });
    else if (to.kind === 'entry') {
      this.agenda.push(this.now, { service: to.service, kind: to.entry, payload: { ...to.payload, outcome }, cause: outcome.cause, background: false });
    }
  }

  fault(resource: string, kind: FaultKind): Fault | undefined {
    const { faults } = this.options;
    return faults === undefined ? undefined : faultOf(faults, { resource, kind, now: this.now }, (stream) => this.random(stream));
  }

  authorize(principal: Principal, action: string, resource: string, keys?: ConditionKeys): Decision {
    const fault = principal.kind === 'admin' ? undefined : this.fault(resource, 'deny');
    if (fault !== undefined) return { allowed: false, action, resource, principal, reason: { kind: 'explicit-deny', from: 'resource', policy: FAULT_POLICY, sid: fault.id } };
    if (this.options.iam === 'off') return { allowed: true, action, resource, principal, reason: { kind: 'iam-off' } };
    const owner = this.models.get(parseArn(resource).service);
    const resourcePolicy = owner?.resourcePolicy?.(this.context(owner.id), resource);
    const iam = this.states.get('iam') as IamState | undefined;
    const role = principal.kind === 'role' ? iam?.roles.get(principal.arn) : undefined;
    return decide({ principal, action, resource, role, resourcePolicy, account: this.options.accountId, conditionKeys: () => ({ ...this.#requestKeys(), ...keys }) });
  }

  /** What conditions can ask of a request besides who makes it. */
  #requestKeys(): Record<string, string> {
    const epochMs = Math.floor(this.options.startAtEpochMs + this.now / 1000);
    return { 'aws:currenttime': isoSec(epochMs), 'aws:epochtime': String(Math.floor(epochMs / 1000)), 'aws:requestedregion': this.options.region, 'aws:securetransport': 'true' };
  }

  append(kind: string, resource: string, data: TraceEvent['data'], cause: readonly Seq[]): Seq {
    return this.emit(kind, resource, cause, data);
  }

  emit(kind: string, resource: string, cause: readonly Seq[], data: TraceEvent['data'], subjects?: readonly string[], travel?: Travel): Seq {
    const seq = this.trace.add(this.now, kind, resource, cause, data, subjects, travel);
    if (this.trace.length >= this.#bounds.traceEventsMax) this.#end(`trace bound of ${this.#bounds.traceEventsMax} events`);
    return seq;
  }

  snapshot(): WorldSnapshot {
    assert(this.hostReplies.length === 0, 'host replies must be taken before a snapshot', this.facts());
    return structuredClone({
      now: this.now,
      agenda: this.agenda.snapshot(),
      states: Object.fromEntries(this.states),
      random: [...this.#random].map(([name, stream]) => [name, stream.state()] as const),
      traceLength: this.trace.length,
      work: this.work.state(),
      entriesTaken: this.#entriesTaken,
      ended: this.#ended,
    });
  }

  /** Puts this world back (or a fresh world of equal options forward) to a snapshot. The trace is cut to the snapshot's length. */
  restore(from: WorldSnapshot): void {
    const copy = structuredClone(from);
    this.now = copy.now;
    this.agenda = Agenda.restore(copy.agenda);
    for (const [id, state] of Object.entries(copy.states)) {
      this.states.set(id, state);
      this.context(id).state = state;
    }
    this.#random = new Map(copy.random.map(([name, state]) => [name, createRandom(this.options.seed, name, state)]));
    this.trace.truncate(copy.traceLength);
    this.work = new WorkTable(copy.work, this.work.results);
    this.#entriesTaken = copy.entriesTaken;
    this.#ended = copy.ended;
    this.hostReplies = [];
  }

  #take(at: SimTime): void {
    const entry = this.#taken;
    this.agenda.take(entry);
    if (at < this.now) assert(false, 'time runs forward', { ...this.facts(), entryAt: at, kind: entry.kind });
    this.now = at;
    if (++this.#entriesTaken > this.#bounds.entriesMax) return this.#end(`agenda bound of ${this.#bounds.entriesMax} entries`);
    const { service, kind, payload, cause } = entry;
    if (service === 'sim') return this.#takeWork(payload as { workId: string }, cause);
    const context = service === this.#busy?.service ? this.#busy : this.#contexts.get(service);
    const handle = context?.entries[kind];
    if (context === undefined || handle === undefined) return assert(false, `no handler for agenda entry ${service}/${kind}`, this.facts());
    this.#busy = context;
    context.handle(handle, payload, cause);
  }

  /** External work that the next entry cannot do without. */
  #missingWork(): readonly WorkItem[] | undefined {
    const entry = this.agenda.peek();
    if (entry?.service !== 'sim') return undefined;
    return this.work.has((entry.payload as { workId: string }).workId) ? undefined : this.work.outstanding();
  }

  #takeWork({ workId }: { workId: string }, cause: readonly Seq[]): void {
    const { item, result } = this.work.take(workId);
    this.agenda.push(this.now, { service: item.service, kind: item.entry, payload: { ...item.payload, workId, result }, cause, background: false });
  }

  #end(reason: string): void {
    if (this.#ended !== null) return;
    this.#ended = reason;
    this.trace.append({ at: this.now, kind: 'sim.BoundReached', resource: 'arn:aws:sim:::', cause: [], data: { reason } });
  }

  #notModelled(service: string, operationName: string, call: PortCall): Outcome {
    const error = errorToData(new NotModelled(service, operationName));
    const seq = this.append('sim.NotModelled', `arn:aws:${service}:::`, { service, operation: operationName }, call.cause);
    return { kind: 'error', error, cause: [seq] };
  }
}

/** What the host only looks at must not shift the request ids of the run. */
function requestIdStream(call: PortCall, writes: boolean): string {
  return call.replyTo.kind === 'host' && !writes ? 'sim.host-read-id' : 'sim.request-id';
}

function tuningOf(model: AnyServiceModel, tuning: WorldOptions['tuning']): unknown {
  if (tuning === 'ideal') return model.tuning.ideal;
  if (tuning === 'aws') return model.tuning.aws;
  return { ...(model.tuning.aws as object), ...(tuning[model.id] ?? {}) };
}

function modelledError(error: unknown): AwsErrorData {
  if (error instanceof AwsError || error instanceof NotModelled) return errorToData(error);
  throw error;
}

function invalidInput(model: AnyServiceModel, operationName: string, issues: readonly SchemaIssue[], input: object): AwsError {
  if (model.invalidInput) return model.invalidInput(operationName, issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: constraintOf(issue, input) })));
  const text = issues.map((issue) => constraintText(issue, input)).join('; ');
  return new AwsError('ValidationException', `${issues.length} validation error${issues.length === 1 ? '' : 's'} detected: ${text}`);
}
