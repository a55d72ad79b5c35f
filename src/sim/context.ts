/** The context that the kernel hands to a model: its state, time, chance, agenda, trace and doors to others. */
import type { RandomStream } from '../base/random.ts';
import type { EntryId } from './agenda.ts';
import { assert, NotModelled } from './errors.ts';
import type { AwsError } from './errors.ts';
import { accessDenied, principalName } from './iam.ts';
import { FAULT_POLICY } from './faults.ts';
import type { Fault, FaultKind } from './faults.ts';
import type { ConditionKeys } from './iam-conditions.ts';
import type { Decision } from './iam.ts';
import { METRIC_AGO_US_MAX } from './manifest.ts';
import type { Outcome, PortCall, ReplyTo, Deferred } from './ports/ports.ts';
import type { BlobStore, Runtime } from './ports/runtime.ts';
import { parseArn } from './principal.ts';
import type { Credentials, Principal } from './principal.ts';
import type { AnyServiceModel, BoundHttp, BoundInvocable, BoundLogSink, BoundPollable, BoundStream, BoundTarget, Context, EmitOptions, Observation, ScheduleOptions, WorkRequest } from './service.ts';
import type { Seq, TraceData } from './trace.ts';
import type { SimTime } from './units.ts';
import type { World } from './world.ts';

const NO_CAUSE: readonly Seq[] = [];
const NO_OPTIONS = {};

export class WorldContext implements Context<unknown, unknown> {
  readonly #world: World;
  readonly model: AnyServiceModel;
  /** Id of the service. */
  readonly service: string;
  readonly tuning: unknown;
  /** The model's state; the world puts another one here when it is restored. */
  state: unknown;
  /** The model's, at hand for the world's loop. */
  readonly entries: AnyServiceModel['entries'];
  cause: readonly Seq[] = NO_CAUSE;

  constructor(world: World, model: AnyServiceModel, tuning: unknown) {
    this.state = world.states.get(model.id);
    this.#world = world;
    this.model = model;
    this.service = model.id;
    this.tuning = tuning;
    this.entries = model.entries;
  }

  get now(): SimTime {
    return this.#world.now;
  }
  get epochUs(): number {
    return this.#world.options.startAtEpochMs * 1000 + this.#world.now;
  }
  get epochMs(): number {
    return Math.floor(this.epochUs / 1000);
  }
  get account(): string {
    return this.#world.options.accountId;
  }
  get region(): string {
    return this.#world.options.region;
  }
  get runtime(): Runtime {
    return this.#world.options.runtime;
  }
  observations({ fromUs, toUs }: { readonly fromUs: number; readonly toUs: number }): readonly Observation[] {
    const { trace, options } = this.#world;
    const { metrics } = options;
    if (metrics === undefined) return [];
    if (trace.mode !== 'keep') throw new NotModelled(this.model.id, 'metrics of a run whose trace is only counted', 'Keep the trace.');
    const startUs = options.startAtEpochMs * 1000;
    const found: Observation[] = [];
    for (let seq = trace.firstAt(fromUs - startUs); seq < trace.length; seq++) {
      const event = trace.at(seq);
      if (event.at >= toUs - startUs + METRIC_AGO_US_MAX) break;
      for (const datum of metrics(event)) {
        const atUs = startUs + event.at - (datum.agoUs ?? 0);
        if (atUs < fromUs || atUs >= toUs) continue;
        found.push({ atUs, datum });
        for (const by of datum.also ?? []) found.push({ atUs, datum: { ...datum, ...by } });
      }
    }
    return found;
  }
  get blobs(): BlobStore {
    return this.#world.options.blobs;
  }

  /** Runs an agenda entry with its causes. Nothing runs around an entry, and what throws here ends the run. */
  handle(handler: (context: Context<unknown, unknown>, payload: never) => void, payload: unknown, cause: readonly Seq[]): void {
    this.cause = cause;
    handler(this, payload as never);
    this.cause = NO_CAUSE;
  }

  /** Runs an operation or port call with the caller's causes. */
  during<T>(cause: readonly Seq[], body: () => T): T {
    const before = this.cause;
    this.cause = cause;
    try {
      return body();
    } finally {
      this.cause = before;
    }
  }

  random(stream: string): RandomStream {
    return this.#world.random(stream);
  }
  uuid(stream: string): string {
    return this.#world.uuid(stream);
  }

  schedule(delayUs: number, kind: string, payload: object, o: ScheduleOptions = NO_OPTIONS): EntryId {
    if (!(Number.isSafeInteger(delayUs) && delayUs >= 0)) assert(false, `delay of ${this.model.id}/${kind} must be a whole number of µs ≥ 0, got ${delayUs}`, this.#world.facts());
    const world = this.#world;
    return world.agenda.add(world.now + delayUs, this.service, kind, payload, o.cause ?? this.cause, o.background ?? false, o.cancellable ?? false);
  }
  cancel(id: EntryId): boolean {
    return this.#world.agenda.cancel(id);
  }

  emit(kind: string, resource: string, data: { readonly [key: string]: TraceData }, o: EmitOptions = NO_OPTIONS): Seq {
    return this.#world.emit(kind, resource, o.cause ?? this.cause, data, o.subjects, o.travel);
  }

  reply(to: ReplyTo, outcome: Outcome): void {
    this.#world.reply(to, outcome);
  }
  api(service: string, operation: string, input: object, call: PortCall): Outcome | Deferred {
    return this.#world.request(service, operation, input, call);
  }
  resourceOf(service: string, operation: string, input: object): string | undefined {
    return this.#world.resourceOf(service, operation, input);
  }
  authorize(principal: Principal, action: string, resource: string, keys?: ConditionKeys): Decision {
    return this.#world.authorize(principal, action, resource, keys);
  }
  fault(resource: string, kind: FaultKind): Fault | undefined {
    return this.#world.fault(resource, kind);
  }
  bearer(credentials: Credentials): Principal {
    return this.#world.bearer(credentials);
  }

  deny(decision: Decision, service: string): AwsError {
    const model = this.#world.models.get(service);
    const { reason } = decision;
    const struck = reason.kind === 'explicit-deny' && reason.policy === FAULT_POLICY;
    const cause = struck ? [this.emit('iam.PermissionDropped', decision.resource, { fault: reason.sid })] : this.cause;
    this.emit('iam.AccessDenied', decision.resource, { action: decision.action, principal: principalName(decision.principal, this.account), reason: reason.kind }, { cause });
    return model?.accessDenied?.(decision) ?? accessDenied(decision, this.account);
  }

  target(arn: string): BoundTarget | undefined {
    const owner = this.#owner(arn);
    const port = owner?.model.provides.target;
    if (!owner || !port) return undefined;
    return { action: port.action, accept: (to, delivery, call) => owner.context.during(call.cause, () => port.accept(owner.context, to, delivery, call)) };
  }
  invocable(arn: string): BoundInvocable | undefined {
    const owner = this.#owner(arn);
    const port = owner?.model.provides.invocable;
    if (!owner || !port) return undefined;
    return { action: port.action, invoke: (to, o, call) => owner.context.during(call.cause, () => port.invoke(owner.context, to, o, call)) };
  }
  pollable(arn: string): BoundPollable | undefined {
    const owner = this.#owner(arn);
    const port = owner?.model.provides.pollable;
    if (!owner || !port) return undefined;
    const { context } = owner;
    return {
      actions: port.actions,
      receive: (to, o, call) => context.during(call.cause, () => port.receive(context, to, o, call)),
      leave: (to, isTheirs) => port.leave(context, to, isTheirs),
      delete: (to, handles, call) => context.during(call.cause, () => port.delete(context, to, handles, call)),
      changeVisibility: (to, o, call) => context.during(call.cause, () => port.changeVisibility(context, to, o, call)),
      describe: (to) => port.describe(context, to),
    };
  }
  stream(arn: string): BoundStream | undefined {
    const owner = this.#owner(arn);
    const port = owner?.model.provides.stream;
    if (!owner || !port) return undefined;
    const { context } = owner;
    return {
      actions: port.actions,
      describe: (to) => port.describe(context, to),
      iterator: (to, o) => port.iterator(context, to, o),
      read: (o, call) => context.during(call.cause, () => port.read(context, o, call)),
    };
  }
  logSink(): BoundLogSink | undefined {
    for (const model of this.#world.models.values()) {
      const port = model.provides.logSink;
      if (port === undefined) continue;
      const context = this.#world.context(model.id);
      return { put: (o, call) => context.during(call.cause, () => port.put(context, o, call)) };
    }
    return undefined;
  }

  http(hostname: string): BoundHttp | undefined {
    for (const model of this.#world.models.values()) {
      const port = model.provides.http;
      if (port === undefined) continue;
      const context = this.#world.context(model.id);
      const arn = port.resolve(context, hostname);
      if (arn !== undefined) return { arn, request: (request, call) => context.during(call.cause, () => port.request(context, arn, request, call)) };
    }
    return undefined;
  }

  requestWork(request: WorkRequest): string {
    const world = this.#world;
    const item = world.work.ask({
      kind: request.kind,
      request: request.request,
      service: this.model.id,
      entry: request.entry,
      payload: request.payload,
      resource: request.resource,
      askedAt: world.now,
    });
    world.agenda.push(world.now + request.leastUs, { service: 'sim', kind: 'work-due', payload: { workId: item.workId }, cause: this.cause, background: false });
    return item.workId;
  }
  cancelWork(workId: string): void {
    this.#world.work.cancel(workId);
  }

  #owner(arn: string): { model: AnyServiceModel; context: WorldContext } | undefined {
    const model = this.#world.models.get(parseArn(arn).service);
    return model && { model, context: this.#world.context(model.id) };
  }
}
