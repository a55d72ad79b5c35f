/** Finds trace events: whether one fits a matcher, which led to which, and which belong together. */
import type { TraceData, TraceEvent } from '../sim/trace.ts';
import type { Condition, Matcher } from './schema.ts';

/** What a trace is judged by: how much of it, and whether more will come. */
export interface TraceEnd {
  /** Events that count, from the first; all when absent. */
  readonly length?: number;
  /** No more events will come, so what is still open has failed. */
  readonly ended: boolean;
  /** Of the whole run so far. */
  readonly costUsd: number;
}

/** A trace with what matchers need, made once for many checks. It may grow: what was found before is not looked for again. */
export class CheckedTrace {
  readonly events: readonly TraceEvent[];
  length: number;
  ended: boolean;
  costUsd: number;
  readonly #ancestors = new Map<number, ReadonlySet<number>>();
  readonly #found = new WeakMap<Matcher, { upTo: number; readonly events: TraceEvent[] }>();
  readonly #lives = new Lives();
  #livesUpTo = 0;

  constructor(events: readonly TraceEvent[], end: TraceEnd) {
    this.events = events;
    this.length = end.length ?? events.length;
    this.ended = end.ended;
    this.costUsd = end.costUsd;
  }

  /** The same trace, further on. It must not have been cut since. */
  grow(end: TraceEnd): void {
    this.length = end.length ?? this.events.length;
    this.ended = end.ended;
    this.costUsd = end.costUsd;
  }

  /** Time of the newest event, µs. */
  get nowUs(): number {
    return this.events[this.length - 1]?.at ?? 0;
  }

  find(matcher: Matcher): readonly TraceEvent[] {
    let known = this.#found.get(matcher);
    if (known === undefined || known.upTo > this.length) this.#found.set(matcher, (known = { upTo: 0, events: [] }));
    for (; known.upTo < this.length; known.upTo++) {
      const event = this.events[known.upTo]!;
      if (this.#fitsAlone(matcher, event)) known.events.push(event);
    }
    // Lives and places of an event may still grow: they are asked anew.
    return matcher.life === undefined && matcher.besides === undefined && matcher.from === undefined ? known.events : known.events.filter((event) => this.#fitsTogether(matcher, event));
  }

  fits(matcher: Matcher, event: TraceEvent): boolean {
    return this.#fitsAlone(matcher, event) && this.#fitsTogether(matcher, event);
  }

  /** What can be seen of the event itself. */
  #fitsAlone(matcher: Matcher, event: TraceEvent): boolean {
    const kinds = typeof matcher.kind === 'string' ? [matcher.kind] : matcher.kind;
    if (!kinds.some((kind) => like(kind, event.kind))) return false;
    if (matcher.resource !== undefined && !like(matcher.resource, event.resource)) return false;
    const subject = matcher.subject;
    if (subject !== undefined && !(event.subjects ?? []).some((own) => like(subject, own))) return false;
    return Object.entries(matcher.data ?? {}).every(([path, condition]) => holds(condition, memberOf(event.data, path)));
  }

  /** What is seen only beside other events. */
  #fitsTogether(matcher: Matcher, event: TraceEvent): boolean {
    const { life, besides, from } = matcher;
    if (life !== undefined && !this.#livesNow().touches(event.subjects ?? [], (subject) => like(life, subject))) return false;
    if (besides !== undefined && !this.find(besides).some((other) => other.resource === event.resource)) return false;
    if (from === undefined) return true;
    for (const seq of this.ancestors(event.seq)) if (this.fits(from, this.events[seq]!)) return true;
    return false;
  }

  /** Everything that led to an event, itself left out. */
  ancestors(seq: number): ReadonlySet<number> {
    const known = this.#ancestors.get(seq);
    if (known) return known;
    const found = new Set<number>();
    const open = [...(this.events[seq]?.cause ?? [])];
    while (open.length > 0) {
      const next = open.pop()!;
      if (found.has(next)) continue;
      found.add(next);
      open.push(...(this.events[next]?.cause ?? []));
    }
    this.#ancestors.set(seq, found);
    return found;
  }

  linked(by: 'descends' | 'subject' | 'life', first: TraceEvent, later: TraceEvent): boolean {
    if (by === 'descends') return this.ancestors(later.seq).has(first.seq);
    if (by === 'life') return this.#livesNow().meet(first.subjects ?? [], later.subjects ?? []);
    return (first.subjects ?? []).some((subject) => (later.subjects ?? []).includes(subject));
  }

  #livesNow(): Lives {
    for (; this.#livesUpTo < this.length; this.#livesUpTo++) this.#lives.join(this.events[this.#livesUpTo]!.subjects ?? []);
    return this.#lives;
  }
}

/**
 * Lives: subjects that some event names together belong to one life (object key → request id → message id), however many steps apart.
 * Unlike causes, a life does not run through an execution environment that served two clips one after the other.
 */
class Lives {
  readonly #parent = new Map<string, string>();
  readonly #members = new Map<string, string[]>();

  join(subjects: readonly string[]): void {
    const [first, ...others] = subjects;
    if (first === undefined) return;
    this.#add(first);
    for (const other of others) {
      this.#add(other);
      const a = this.#root(first);
      const b = this.#root(other);
      if (a === b) continue;
      this.#parent.set(b, a);
      this.#members.get(a)!.push(...this.#members.get(b)!);
      this.#members.delete(b);
    }
  }

  meet(a: readonly string[], b: readonly string[]): boolean {
    const roots = new Set(a.map((subject) => this.#root(subject)));
    return b.some((subject) => roots.has(this.#root(subject)));
  }

  /** Whether a life of these subjects has a subject that `wanted` takes. */
  touches(subjects: readonly string[], wanted: (subject: string) => boolean): boolean {
    return subjects.some((subject) => (this.#members.get(this.#root(subject)) ?? []).some(wanted));
  }

  #add(subject: string): void {
    if (this.#parent.has(subject)) return;
    this.#parent.set(subject, subject);
    this.#members.set(subject, [subject]);
  }

  #root(subject: string): string {
    let at = subject;
    for (let up = this.#parent.get(at); up !== undefined && up !== at; up = this.#parent.get(at)) at = up;
    return at;
  }
}

/** A text with `*` for any run of characters. */
function like(pattern: string, text: string): boolean {
  if (!pattern.includes('*')) return pattern === text;
  const parts = pattern.split('*');
  const last = parts.length - 1;
  if (!text.startsWith(parts[0]!) || text.length < parts[0]!.length + parts[last]!.length || !text.endsWith(parts[last]!)) return false;
  let from = parts[0]!.length;
  const end = text.length - parts[last]!.length;
  for (const part of parts.slice(1, last)) {
    const at = text.indexOf(part, from);
    if (at < 0 || at + part.length > end) return false;
    from = at + part.length;
  }
  return true;
}

/** The member at a dotted path. */
export function memberOf(data: TraceData, path: string): TraceData | undefined {
  let value: TraceData | undefined = data;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as { readonly [key: string]: TraceData })[key];
  }
  return value;
}

function holds(condition: Condition, value: TraceData | undefined): boolean {
  if (typeof condition !== 'object' || condition === null) return value === condition;
  if ('oneOf' in condition) return condition.oneOf.some((wanted) => value === wanted);
  if ('not' in condition) return value !== condition.not;
  if ('contains' in condition) return typeof value === 'string' && value.includes(condition.contains);
  if (typeof value !== 'number') return false;
  if ('gt' in condition) return value > condition.gt;
  if ('gte' in condition) return value >= condition.gte;
  if ('lt' in condition) return value < condition.lt;
  return value <= condition.lte;
}
