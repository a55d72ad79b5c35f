/** An index over the page's copy of the trace: by subject and by resource, grown slice by slice, cut back when the past is rewritten. */
import type { Seq, TraceEvent } from '../sim/trace.ts';

export interface TraceIndex {
  readonly events: readonly TraceEvent[];
  /** Subject id → seqs, in order. */
  readonly bySubject: ReadonlyMap<string, readonly Seq[]>;
  /** ARN → seqs, in order. */
  readonly byResource: ReadonlyMap<string, readonly Seq[]>;
  /** Number of events with at ≤ atUs. */
  countUntil(atUs: number): number;
}

/** Mutable on purpose: a run has up to a million events, and screens select by `length`. */
export class GrowingTraceIndex implements TraceIndex {
  events: TraceEvent[] = [];
  bySubject = new Map<string, Seq[]>();
  byResource = new Map<string, Seq[]>();

  append(events: readonly TraceEvent[]): void {
    for (const event of events) {
      this.events.push(event);
      add(this.byResource, event.resource, event.seq);
      for (const subject of event.subjects ?? []) add(this.bySubject, subject, event.seq);
    }
  }

  /** Forgets every event with seq ≥ length. */
  truncate(length: number): void {
    if (length >= this.events.length) return;
    const kept = this.events.slice(0, length);
    this.events = [];
    this.bySubject = new Map();
    this.byResource = new Map();
    this.append(kept);
  }

  countUntil(atUs: number): number {
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.events[middle]!.at <= atUs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function add(map: Map<string, Seq[]>, key: string, seq: Seq): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [seq]);
  else list.push(seq);
}

/**
 * The straight line of causes that led to an event, oldest first, the event left out. Where an event has several causes, the one
 * that happened last is followed: it is what tipped the balance. The deployment, before the start of the run, is no part of it.
 */
export function leadUp(events: readonly TraceEvent[], seq: number): readonly TraceEvent[] {
  const line: TraceEvent[] = [];
  let at: TraceEvent | undefined = events[seq];
  while (at !== undefined && at.cause.length > 0) {
    const cause = Math.max(...at.cause);
    // A cause comes before its effect: the walk always ends.
    const before: TraceEvent | undefined = cause < at.seq ? events[cause] : undefined;
    if (before === undefined || before.at < 0) break;
    line.push(before);
    at = before;
  }
  return line.reverse();
}

/** The life of one subject: what led to the first event that names it, and every event that does. Without what its environment had done before for others. */
export function lifeOf(index: TraceIndex, subject: string): readonly TraceEvent[] {
  const own = index.bySubject.get(subject) ?? [];
  const first = own[0];
  return first === undefined ? [] : [...leadUp(index.events, first), ...own.flatMap((seq) => index.events[seq] ?? [])];
}
