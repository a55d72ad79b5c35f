/** The event trace: append-only, the only source of what anybody sees, with the causes of every event and a hash over all of it. */
import type { SimTime } from './units.ts';

/** Position of an event in the trace, from 0. */
export type Seq = number;

/** Plain data of integers, strings, booleans, null, lists and records: what a trace may hold (no fractions, so that its text is the same everywhere). */
export type TraceData = null | boolean | number | string | readonly TraceData[] | { readonly [key: string]: TraceData };

/** What moves, drawn as a token on an edge. */
export type TokenShape = 'object' | 'event' | 'message' | 'invocation';

/** Says that something left one resource for another. */
export interface Travel {
  /** ARNs. `from` is this event's resource unless told. */
  readonly from: string;
  readonly to: string;
  readonly shape: TokenShape;
  /** Modelled latency in microseconds; 0 when it is not modelled. */
  readonly durationUs: number;
  /** Attempt number, from 1. */
  readonly attempt: number;
}

export interface TraceEvent {
  readonly seq: Seq;
  readonly at: SimTime;
  /** `<service>.<PascalCase>`: `sqs.MessageSent`. */
  readonly kind: string;
  /** ARN of the resource it happened to. */
  readonly resource: string;
  /** Events that made this one happen. Empty only for root kinds. */
  readonly cause: readonly Seq[];
  /** Ids of what this event is about (message ids, event ids, request ids, object keys as `s3://bucket/key`): what 'follow' goes by. */
  readonly subjects?: readonly string[];
  readonly travel?: Travel;
  readonly data: { readonly [key: string]: TraceData };
}

/** What a schema module says of a kind of event. */
export interface TraceKind {
  /** One sentence for people, present tense; `{field}` stands for a data member, `{field:th}` for one as an ordinal (2nd), `{resource}` for the resource's name. */
  readonly sentence: string;
  /** True when it may have no cause: an input, a stimulus, a deployment, a fault. */
  readonly root?: boolean;
  /** How narration ranks it: moments are what a listener must hear. */
  readonly level: 'moment' | 'step' | 'detail';
  /** Marks failures, throttles and refusals, for filters and the strip. */
  readonly severity?: 'failure' | 'warning';
}

export type TraceMode = 'keep' | 'counts';

/** Kept by the world. In `counts` mode events are counted by kind and not held (for benchmarks and load studies). */
export class Trace {
  readonly mode: TraceMode;
  readonly events: TraceEvent[] = [];
  readonly #counters = new Map<string, { count: number }>();
  #length = 0;
  constructor(mode: TraceMode) {
    this.mode = mode;
  }
  get length(): number {
    return this.#length;
  }
  append(event: Omit<TraceEvent, 'seq'>): Seq {
    const { at, kind, resource, cause, subjects, travel, data } = event;
    return this.add(at, kind, resource, cause, data, subjects, travel);
  }
  /** The same with the members apart: the hottest path of a run makes one object for an event, or none. */
  add(at: SimTime, kind: string, resource: string, cause: readonly Seq[], data: TraceEvent['data'], subjects?: readonly string[], travel?: Travel): Seq {
    const seq = this.#length++;
    if (this.mode === 'counts') this.#count(kind);
    else if (travel !== undefined) this.events.push({ seq, at, kind, resource, cause, ...(subjects === undefined ? {} : { subjects }), travel, data });
    else this.events.push(subjects === undefined ? { seq, at, kind, resource, cause, data } : { seq, at, kind, resource, cause, subjects, data });
    return seq;
  }
  /** In `counts` mode: events of each kind. */
  get counts(): ReadonlyMap<string, number> {
    return new Map([...this.#counters].map(([kind, { count }]) => [kind, count]));
  }
  #count(kind: string): void {
    const counter = this.#counters.get(kind);
    if (counter === undefined) this.#counters.set(kind, { count: 1 });
    else counter.count++;
  }
  /** Drops everything from `length` on: used when a world is put back to a snapshot. */
  truncate(length: number): void {
    this.events.length = Math.min(this.events.length, length);
    this.#length = length;
  }
}
