/** A checker of a fuzz run: what a bus, a topic, a schedule or the async queue of a function hands over ends once, and is tried again only after a failure. */
import type { TraceEvent } from '../sim/trace.ts';

/** The members that name a delivery, by the prefix of its kind. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  events: ['eventId', 'rule', 'target'],
  sns: ['messageId', 'endpoint'],
  scheduler: ['executionId'],
};
type Step = 'start' | 'failure' | 'end';
const STEPS: Readonly<Record<string, Step>> = {
  'events.DeliveryStarted': 'start',
  'events.DeliveryFailed': 'failure',
  'events.Delivered': 'end',
  'events.DeadLettered': 'end',
  'events.DeadLetterFailed': 'end',
  'events.EventDropped': 'end',
  'sns.DeliveryStarted': 'start',
  'sns.DeliveryFailed': 'failure',
  'sns.Delivered': 'end',
  'sns.DeadLettered': 'end',
  'sns.DeadLetterFailed': 'end',
  'sns.MessageDropped': 'end',
  'scheduler.InvocationStarted': 'start',
  'scheduler.InvocationFailed': 'failure',
  'scheduler.Invoked': 'end',
  'scheduler.DeadLettered': 'end',
  'scheduler.DeadLetterFailed': 'end',
  'scheduler.InvocationDropped': 'end',
};

interface Delivery {
  /** Attempts begun so far. */
  attempts: number;
  state: 'on its way' | 'failed' | 'over';
  /** First attempts and ends: an event that is replayed is delivered once more for each time. */
  begun: number;
  ended: number;
}

export class DeliveryCheck {
  readonly #deliveries = new Map<string, Delivery>();
  /** How often a bus has received an event of that id. */
  readonly #received = new Map<string, number>();
  /** Requests of async queues: in the queue, or settled. */
  readonly #async = new Map<string, 'queued' | 'settled'>();

  take(event: TraceEvent): string | null {
    const step = STEPS[event.kind];
    const eventId = String(event.data['eventId']);
    if (event.kind === 'events.EventReceived') this.#received.set(eventId, (this.#received.get(eventId) ?? 0) + 1);
    return step === undefined ? this.#takeAsync(event) : this.#takeStep(event, step);
  }

  #takeStep({ kind, data }: TraceEvent, step: Step): string | null {
    const service = kind.slice(0, kind.indexOf('.'));
    const key = [service, ...NAMES[service]!.map((name) => String(data[name]))].join(' ');
    const times = this.#received.get(String(data['eventId'])) ?? 1;
    const found = this.#deliveries.get(key) ?? { attempts: 0, state: 'failed', begun: 0, ended: 0 };
    this.#deliveries.set(key, found);
    const wrong = times > 1 ? countError(found, step, { attempt: Number(data['attempt']), times }) : orderError(found, step, Number(data['attempt']));
    return wrong === null ? null : `${kind} of ${key}: ${wrong}`;
  }

  /** An event of an async queue is settled once: it succeeds or it is given up, and it does not run after that. */
  #takeAsync({ kind, data }: TraceEvent): string | null {
    const request = String(data['requestId']);
    const state = this.#async.get(request);
    if (kind === 'lambda.AsyncQueued') {
      if (state !== undefined) return `request ${request} is queued twice`;
      this.#async.set(request, 'queued');
    } else if (state === 'settled' && (kind === 'lambda.InvocationStarted' || kind === 'lambda.AsyncRetryScheduled' || SETTLED.has(kind))) return `${kind} of ${request}: it is settled already`;
    else if (state === 'queued' && SETTLED.has(kind)) this.#async.set(request, 'settled');
    return null;
  }
}

const SETTLED: ReadonlySet<string> = new Set(['lambda.InvocationSucceeded', 'lambda.AsyncGivenUp', 'lambda.AsyncDropped']);

/** One delivery: attempts follow failures, and it ends once. */
function orderError(found: Delivery, step: Step, attempt: number): string | null {
  if (step === 'start') {
    if (attempt !== found.attempts + 1) return `attempt ${attempt} comes after attempt ${found.attempts}`;
    if (found.state !== 'failed') return `it is ${found.state}`;
    found.state = 'on its way';
    found.attempts = attempt;
    if (attempt === 1) found.begun++;
    return null;
  }
  if (found.attempts === 0) return 'it never began';
  if (found.state === 'over') return 'it is over already';
  if (step === 'failure' && found.state !== 'on its way') return 'it has failed already';
  found.state = step === 'failure' ? 'failed' : 'over';
  if (step === 'end') found.ended++;
  return null;
}

/** Deliveries of one event that run side by side: no more begin than it was received, no more end than begin. */
function countError(found: Delivery, step: Step, o: { readonly attempt: number; readonly times: number }): string | null {
  if (step === 'start' && o.attempt === 1 && ++found.begun > o.times) return `it begins ${found.begun} times and was received ${o.times} times`;
  if (step === 'end' && ++found.ended > found.begun) return `it ends ${found.ended} times and began ${found.begun} times`;
  return null;
}
