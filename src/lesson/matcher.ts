/** Finds trace events: whether one fits a matcher, which led to which, and which belong together. */
import type { TraceData, TraceEvent } from '../sim/trace.ts';
import type { Condition, Matcher } from './schema.ts';

/** A trace with what matchers need, made once for many checks. */
export class CheckedTrace {
  readonly events: readonly TraceEvent[];
  readonly ended: boolean;
  readonly costUsd: number;
  #ancestors = new Map<number, ReadonlySet<number>>();

  /** `ended`: no more events will come, so what is still open has failed. `costUsd`: of the whole run so far. */
  constructor(events: readonly TraceEvent[], o: { readonly ended: boolean; readonly costUsd: number }) {
    this.events = events;
    this.ended = o.ended;
    this.costUsd = o.costUsd;
  }

  find(matcher: Matcher): readonly TraceEvent[] {
    return this.events.filter((event) => this.fits(matcher, event));
  }

  fits(matcher: Matcher, event: TraceEvent): boolean {
    const kinds = typeof matcher.kind === 'string' ? [matcher.kind] : matcher.kind;
    if (!kinds.some((kind) => like(kind, event.kind))) return false;
    if (matcher.resource !== undefined && !like(matcher.resource, event.resource)) return false;
    const subject = matcher.subject;
    if (subject !== undefined && !(event.subjects ?? []).some((own) => like(subject, own))) return false;
    for (const [path, condition] of Object.entries(matcher.data ?? {})) {
      if (!holds(condition, memberOf(event.data, path))) return false;
    }
    const from = matcher.from;
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

  linked(by: 'descends' | 'subject', first: TraceEvent, later: TraceEvent): boolean {
    if (by === 'descends') return this.ancestors(later.seq).has(first.seq);
    return (first.subjects ?? []).some((subject) => (later.subjects ?? []).includes(subject));
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
