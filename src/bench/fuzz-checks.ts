/** Independent checkers of a fuzz run: facts about queues, groups, functions and causes, read off the trace alone. Each answers with what is wrong, or null. */
import { models } from '../services/models.ts';
import type { TraceEvent } from '../sim/trace.ts';

type Place = 'visible' | 'hidden' | 'delayed';
interface Known {
  place: Place;
  readonly group: string | undefined;
  /** µs of its newest receive; -1 before. */
  receivedAt: number;
}

/** Every queue as its trace tells it: message id → where it is, in order of arrival. */
export type Places = ReadonlyMap<string, ReadonlyMap<string, { readonly place: Place }>>;

/** Moves that a message may make: kind → places it may come from. `null` = it must not be there yet. */
const FROM: Readonly<Record<string, readonly Place[] | null>> = {
  'sqs.MessageSent': null,
  'sqs.DeadLetterArrived': null,
  'sqs.MessageReceived': ['visible'],
  'sqs.ReceiveRepeated': ['hidden'],
  'sqs.VisibilityChanged': ['hidden'],
  'sqs.MessageVisible': ['hidden', 'delayed'],
  'sqs.MessageDeleted': ['visible', 'hidden', 'delayed'],
  'sqs.MessageExpired': ['visible', 'hidden', 'delayed'],
  'sqs.MessageDeadLettered': ['visible'],
  'sqs.MessageRedriven': ['visible'],
};
const GONE: ReadonlySet<string> = new Set(['sqs.MessageDeleted', 'sqs.MessageExpired', 'sqs.MessageDeadLettered', 'sqs.MessageRedriven']);

/**
 * Each message is in exactly one place: in one queue visible, hidden or delayed, or gone for one stated reason; every event's depth agrees with that;
 * a dead letter arrives; and in a FIFO queue nothing of a group is handed out past a message of it that waits or is in flight.
 */
export class MessageCheck {
  readonly #queues = new Map<string, Map<string, Known>>();
  readonly #whereabouts = new Map<string, string>();
  readonly #underway = new Map<string, string>();

  places(): Places {
    return this.#queues;
  }

  take(event: TraceEvent): string | null {
    const { kind, resource, data } = event;
    if (kind === 'sqs.QueuePurged' || kind === 'sqs.QueueDeleted') return this.#emptied(resource, Number(kind === 'sqs.QueuePurged' ? data['purged'] : data['lost']));
    const from = FROM[kind];
    if (from === undefined) return null;
    const queue = this.#queues.get(resource) ?? new Map<string, Known>();
    this.#queues.set(resource, queue);
    const id = String(kind === 'sqs.MessageRedriven' ? data['formerMessageId'] : data['messageId']);
    const known = queue.get(id);
    const what = `${kind} of ${id} in ${resource}`;
    if (from === null) {
      if (known !== undefined || this.#whereabouts.has(id)) return `${what}: it is in ${this.#whereabouts.get(id)} already`;
      if (kind === 'sqs.DeadLetterArrived' && this.#underway.get(id) !== resource) return `${what}: nobody sent it there`;
      this.#underway.delete(id);
      this.#whereabouts.set(id, resource);
      queue.set(id, { place: Number(data['delaySec'] ?? 0) > 0 ? 'delayed' : 'visible', group: typeof data['groupId'] === 'string' ? data['groupId'] : undefined, receivedAt: -1 });
    } else {
      if (known === undefined || !from.includes(known.place)) return `${what}: it is ${known?.place ?? 'not there'}`;
      const wrong = kind === 'sqs.MessageReceived' && resource.endsWith('.fifo') ? outOfOrder(queue, id, known, event.at) : null;
      if (wrong !== null) return `${what}: ${wrong}`;
      this.#move(event, queue, id, known);
    }
    return depthError(event, queue, what);
  }

  /** What is still on its way at the end of a run. */
  end(): string | null {
    const [lost] = this.#underway;
    return lost === undefined ? null : `dead letter ${lost[0]} never arrived in ${lost[1]}`;
  }

  #move({ kind, at, data }: TraceEvent, queue: Map<string, Known>, id: string, known: Known): void {
    if (GONE.has(kind)) {
      queue.delete(id);
      this.#whereabouts.delete(id);
      if (kind === 'sqs.MessageDeadLettered') this.#underway.set(id, String(data['deadLetterQueueArn']));
    } else if (kind === 'sqs.MessageVisible') known.place = 'visible';
    else if (kind === 'sqs.MessageReceived') {
      known.receivedAt = at;
      // A receive with a timeout of 0, and a copy, hide nothing.
      if (Number(data['hiddenUntilUs']) > at) known.place = 'hidden';
    }
  }

  #emptied(resource: string, count: number): string | null {
    const queue = this.#queues.get(resource);
    const size = queue?.size ?? 0;
    for (const id of queue?.keys() ?? []) this.#whereabouts.delete(id);
    this.#queues.delete(resource);
    return size === count ? null : `${resource} was emptied of ${count} messages, and had ${size}`;
  }
}

/** A message may be received when every earlier one of its group is gone, or was handed out at this very moment. */
function outOfOrder(queue: ReadonlyMap<string, Known>, id: string, { group }: Known, at: number): string | null {
  for (const [other, earlier] of queue) {
    if (other === id) return null;
    if (earlier.group === group && earlier.receivedAt !== at) return `${other} of the same group is before it, ${earlier.place}`;
  }
  return null;
}

function depthError({ data }: TraceEvent, queue: ReadonlyMap<string, Known>, what: string): string | null {
  if (typeof data['visible'] !== 'number') return null;
  const count = { visible: 0, hidden: 0, delayed: 0 };
  for (const { place } of queue.values()) count[place]++;
  const [told, found] = [[data['visible'], data['inFlight'], data['delayed']], [count.visible, count.hidden, count.delayed]];
  return told.join() === found.join() ? null : `${what} tells of ${told.join(', ')} messages, its trace of ${found.join(', ')}`;
}

const ENDS: ReadonlySet<string> = new Set(['lambda.InvocationSucceeded', 'lambda.InvocationFailed', 'lambda.InvocationTimedOut']);

/** No environment runs two requests or runs after its end, no function more than its reserved concurrency allows, and all together no more than the account's. */
export class InvocationCheck {
  readonly #account: number;
  #inAll = 0;
  readonly #running = new Map<string, string>();
  readonly #count = new Map<string, number>();
  /** Limits as they were set, newest last; Infinity is none. */
  readonly #limits = new Map<string, { readonly at: number; readonly limit: number }[]>();
  readonly #ended = new Set<string>();

  constructor(accountConcurrency = Infinity) {
    this.#account = accountConcurrency;
  }

  take({ kind, resource, at, data }: TraceEvent): string | null {
    const environment = `${resource} ${String(data['environment'])}`;
    const request = String(data['requestId']);
    if (kind === 'lambda.ConcurrencySet') this.#setLimit(resource, at, Number(data['reserved']));
    else if (kind === 'lambda.EnvironmentEnded') {
      if (this.#running.has(environment)) return `${environment} ends with request ${this.#running.get(environment)} in it`;
      this.#ended.add(environment);
    } else if (kind === 'lambda.InvocationStarted') {
      if (this.#ended.has(environment)) return `${environment} runs ${request} after its end`;
      if (this.#running.has(environment)) return `${environment} runs ${request} beside ${this.#running.get(environment)}`;
      this.#running.set(environment, request);
      const count = (this.#count.get(resource) ?? 0) + 1;
      this.#count.set(resource, count);
      const limit = this.#limitSince(resource, at - STARTING_US);
      if (++this.#inAll > this.#account) return `the account runs ${this.#inAll} requests, it may run ${this.#account}`;
      if (count > limit) return `${resource} runs ${count} requests, ${limit} are reserved`;
    } else if (ENDS.has(kind)) {
      if (this.#running.get(environment) !== request) return `${environment} ends ${request}, it runs ${this.#running.get(environment)}`;
      this.#running.delete(environment);
      this.#inAll--;
      this.#count.set(resource, (this.#count.get(resource) ?? 0) - 1);
    }
    return null;
  }

  #setLimit(resource: string, at: number, reserved: number): void {
    this.#limits.set(resource, [...(this.#limits.get(resource) ?? []), { at, limit: reserved < 0 ? Infinity : reserved }]);
  }

  /** The highest limit in force from then until now: a request that was let in keeps its place while its environment starts. */
  #limitSince(resource: string, from: number): number {
    const limits = this.#limits.get(resource) ?? [];
    const inForce = limits.filter((_, i) => (limits[i + 1]?.at ?? Infinity) >= from);
    const first = limits[0];
    return Math.max(first === undefined || first.at >= from ? Infinity : 0, ...inForce.map(({ limit }) => limit));
  }
}

/** Longest that an environment starts: 10 s of init, and its placement. */
const STARTING_US = 15_000_000;

const ROOTS: ReadonlySet<string> = new Set(['sim.ApiCall', 'sim.BoundReached', ...models.flatMap((model) => Object.entries(model.traceKinds).flatMap(([kind, { root }]) => (root === true ? [kind] : [])))]);

/** Every event has a cause that came before it, or is of a root kind; time never goes back. */
export function causeError(event: TraceEvent, i: number, before: TraceEvent | undefined): string | null {
  const { seq, at, kind, cause } = event;
  if (seq !== i) return `event ${i} has the number ${seq}`;
  if (before !== undefined && at < before.at) return `event ${i} (${kind}) is earlier than the one before it`;
  if (cause.length === 0 && !ROOTS.has(kind)) return `event ${i} (${kind}) has no cause`;
  if (cause.some((one) => one < 0 || one >= seq)) return `event ${i} (${kind}) is caused by what had not happened: ${cause.join()}`;
  return null;
}
