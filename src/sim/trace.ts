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

/** Large enough that the collector never copies a page. */
const PAGE_BITS = 13;
const PAGE_ROWS = 1 << PAGE_BITS;

interface Page {
  readonly times: Float64Array;
  /** Kind and resource of each row, by their numbers. */
  readonly names: Uint32Array;
  /** Cause and data of each row. */
  readonly fields: unknown[];
  /** What else there is, once an event of the page has it: the list of subjects, or a record of subjects and travel. */
  more: (readonly string[] | More | undefined)[] | undefined;
}
interface More {
  readonly subjects: readonly string[] | undefined;
  readonly travel: Travel;
}

/**
 * Kept by the world. In `counts` mode events are counted by kind and not held (for benchmarks and load studies).
 * Events lie in rows and become objects when they are read: that is less to keep (60 bytes an event) and much less for the collector to copy.
 */
export class Trace {
  readonly mode: TraceMode;
  readonly #pages: Page[] = [];
  /** The newest. */
  #page: Page | undefined;
  /** Kinds and resources, numbered as they come. */
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];
  /** Those of `events` so far. */
  #read: TraceEvent[] = [];
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
  /** The same with the members apart: the hottest path of a run makes no object for an event. */
  add(at: SimTime, kind: string, resource: string, cause: readonly Seq[], data: TraceEvent['data'], subjects?: readonly string[], travel?: Travel): Seq {
    const seq = this.#length++;
    if (this.mode === 'counts') this.#count(kind);
    else this.#keep(seq, at, kind, resource, cause, data, travel === undefined ? subjects : { subjects, travel });
    return seq;
  }
  /** In `counts` mode: events of each kind. */
  get counts(): ReadonlyMap<string, number> {
    return new Map([...this.#counters].map(([kind, { count }]) => [kind, count]));
  }

  /** All events that are kept, as a list that grows with the trace. Made once: who reads only the newest, or each once, takes `slice` or the iterator. */
  get events(): readonly TraceEvent[] {
    for (let seq = this.#read.length; seq < this.#kept; seq++) this.#read.push(this.at(seq));
    return this.#read;
  }
  /** One event, made anew. @param seq 0 … length - 1, of a trace that is kept */
  at(seq: Seq): TraceEvent {
    const page = this.#pages[seq >>> PAGE_BITS]!;
    const row = seq & (PAGE_ROWS - 1);
    const at = page.times[row] as SimTime;
    const kind = this.#names[page.names[2 * row]!]!;
    const resource = this.#names[page.names[2 * row + 1]!]!;
    const cause = page.fields[2 * row] as readonly Seq[];
    const data = page.fields[2 * row + 1] as TraceEvent['data'];
    const more = page.more?.[row];
    if (more === undefined) return { seq, at, kind, resource, cause, data };
    if (isSubjects(more)) return { seq, at, kind, resource, cause, subjects: more, data };
    const { subjects, travel } = more;
    return subjects === undefined ? { seq, at, kind, resource, cause, travel, data } : { seq, at, kind, resource, cause, subjects, travel, data };
  }
  /** Events from one on, made anew. */
  slice(from: Seq): TraceEvent[] {
    const events: TraceEvent[] = [];
    for (let seq = from; seq < this.#kept; seq++) events.push(this.at(seq));
    return events;
  }
  /** The first event that passes. */
  find(test: (event: TraceEvent) => boolean): TraceEvent | undefined {
    for (const event of this) if (test(event)) return event;
    return undefined;
  }
  /** Each event in turn, made anew. */
  *[Symbol.iterator](): Generator<TraceEvent, void> {
    for (let seq = 0; seq < this.#kept; seq++) yield this.at(seq);
  }
  /** The first event at or after a time, or the trace's length; events are in order of time. */
  firstAt(time: number): Seq {
    let from = 0;
    let to = this.#kept;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.#pages[middle >>> PAGE_BITS]!.times[middle & (PAGE_ROWS - 1)]! < time) from = middle + 1;
      else to = middle;
    }
    return from;
  }
  /** Drops everything from `length` on: used when a world is put back to a snapshot. */
  truncate(length: number): void {
    this.#read.length = Math.min(this.#read.length, length);
    this.#pages.length = Math.min(this.#pages.length, (length + PAGE_ROWS - 1) >>> PAGE_BITS);
    // What is cut off of the last page may be large.
    this.#page = this.#pages[length >>> PAGE_BITS];
    this.#page?.fields.fill(undefined, 2 * (length & (PAGE_ROWS - 1)));
    this.#page?.more?.fill(undefined, length & (PAGE_ROWS - 1));
    this.#length = length;
  }

  get #kept(): number {
    return this.mode === 'keep' ? this.#length : 0;
  }
  #keep(seq: Seq, at: SimTime, kind: string, resource: string, cause: readonly Seq[], data: TraceEvent['data'], more: readonly string[] | More | undefined): void {
    const row = seq & (PAGE_ROWS - 1);
    if (row === 0 || this.#page === undefined) this.#pages.push((this.#page = { times: new Float64Array(PAGE_ROWS), names: new Uint32Array(2 * PAGE_ROWS), fields: new Array<unknown>(2 * PAGE_ROWS), more: undefined }));
    const { times, names, fields } = this.#page;
    times[row] = at;
    names[2 * row] = this.#numberOf(kind);
    names[2 * row + 1] = this.#numberOf(resource);
    fields[2 * row] = cause;
    fields[2 * row + 1] = data;
    if (more !== undefined) (this.#page.more ??= new Array<undefined>(PAGE_ROWS))[row] = more;
  }
  #numberOf(name: string): number {
    let number = this.#numbers.get(name);
    if (number === undefined) this.#numbers.set(name, (number = this.#names.push(name) - 1));
    return number;
  }
  #count(kind: string): void {
    const counter = this.#counters.get(kind);
    if (counter === undefined) this.#counters.set(kind, { count: 1 });
    else counter.count++;
  }
}

function isSubjects(more: readonly string[] | More): more is readonly string[] {
  return Array.isArray(more);
}
