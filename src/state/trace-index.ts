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

/** All events that led to `seq`, itself included, oldest first: what 'why?' walks. */
export function causesOf(events: readonly TraceEvent[], seq: Seq): readonly TraceEvent[] {
  const seen = new Set<Seq>();
  const open = [seq];
  while (open.length > 0) {
    const next = open.pop()!;
    if (seen.has(next)) continue;
    seen.add(next);
    for (const cause of events[next]?.cause ?? []) open.push(cause);
  }
  return [...seen].sort((a, b) => a - b).flatMap((at) => events[at] ?? []);
}

/** The life of one subject: every event that names it, and what led to the first of them. */
export function lifeOf(index: TraceIndex, subject: string): readonly TraceEvent[] {
  const own = index.bySubject.get(subject) ?? [];
  const first = own[0];
  const before = first === undefined ? [] : causesOf(index.events, first).map((event) => event.seq);
  return [...new Set([...before, ...own])].sort((a, b) => a - b).flatMap((seq) => index.events[seq] ?? []);
}
