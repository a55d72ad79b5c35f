/** Judges checks over a trace, live and at the end, with the event that decided and words tied to its cause. */
import type { TraceEvent } from '../sim/trace.ts';
import { memberOf } from './matcher.ts';
import type { CheckedTrace } from './matcher.ts';
import type { Check, Property } from './schema.ts';

export interface Verdict {
  /** `open` until it is decided; nothing is open once the run has ended. */
  readonly state: 'open' | 'passed' | 'failed';
  /** The event that decided, or the newest that speaks for it. */
  readonly event?: TraceEvent;
  /** Events seen so far that count for it and how many it wants, for '6 of 6 so far'. */
  readonly seen?: number;
}

export interface CheckResult extends Verdict {
  readonly check: Check;
  /** Why it failed, in words; empty otherwise. */
  readonly message: string;
  /** Which diagnosis spoke. */
  readonly diagnosis?: string;
}

/** Judges one property. A property over all events of a run stays open until the run ends, unless an event has broken it. */
export function judge(trace: CheckedTrace, property: Property): Verdict {
  switch (property.is) {
    case 'eventually': {
      const event = trace.find(property.event)[0];
      return event ? { state: 'passed', event, seen: 1 } : whenEnded(trace, 'failed');
    }
    case 'never': {
      const event = trace.find(property.event)[0];
      return event ? { state: 'failed', event } : whenEnded(trace, 'passed');
    }
    case 'always':
      return judgeAlways(trace, property);
    case 'never-after': {
      const later = trace.find(property.then);
      for (const first of trace.find(property.when)) {
        const event = later.find((candidate) => candidate.seq > first.seq && trace.linked(property.link, first, candidate));
        if (event) return { state: 'failed', event };
      }
      return whenEnded(trace, 'passed');
    }
    case 'count':
      return judgeCount(trace, property);
    case 'order': {
      const firsts = property.events.map((matcher) => trace.find(matcher)[0]);
      for (let i = 1; i < firsts.length; i++) {
        const event = firsts[i];
        const before = firsts[i - 1];
        if (event && (!before || before.seq > event.seq)) return { state: 'failed', event };
      }
      const last = firsts[firsts.length - 1];
      return last ? { state: 'passed', event: last } : whenEnded(trace, 'failed');
    }
    case 'percentile':
      return judgePercentile(trace, property);
    case 'cost':
      return trace.costUsd > property.maxUsd ? { state: 'failed' } : whenEnded(trace, 'passed');
  }
}

function whenEnded(trace: CheckedTrace, state: 'passed' | 'failed'): Verdict {
  return { state: trace.ended ? state : 'open' };
}

function judgeAlways(trace: CheckedTrace, property: Extract<Property, { is: 'always' }>): Verdict {
  const later = trace.find(property.then);
  const now = trace.nowUs;
  const firsts = trace.find(property.when);
  let seen = 0;
  for (const first of firsts) {
    const limit = property.withinMs === undefined ? Number.POSITIVE_INFINITY : first.at + property.withinMs * 1_000;
    const answer = later.find((candidate) => candidate.seq > first.seq && candidate.at <= limit && trace.linked(property.link, first, candidate));
    if (answer) seen++;
    else if (trace.ended || now > limit) return { state: 'failed', event: first, seen };
  }
  // Nothing to answer for is no success: the thing the check speaks of has to happen.
  if (trace.ended && firsts.length === 0) return { state: 'failed', seen: 0 };
  return { ...whenEnded(trace, 'passed'), seen };
}

function judgeCount(trace: CheckedTrace, property: Extract<Property, { is: 'count' }>): Verdict {
  const events = trace.find(property.event);
  const max = property.max ?? Number.POSITIVE_INFINITY;
  const min = property.min ?? 0;
  if (property.per === undefined) {
    if (events.length > max) return { state: 'failed', event: events[max]!, seen: events.length };
    if (events.length >= min && property.max === undefined) return { state: 'passed', event: events[min - 1] ?? events[0]!, seen: events.length };
    return { ...whenEnded(trace, events.length >= min ? 'passed' : 'failed'), seen: events.length };
  }
  const counts = new Map<string, number>();
  for (const event of events) {
    for (const subject of event.subjects ?? []) {
      const count = (counts.get(subject) ?? 0) + 1;
      counts.set(subject, count);
      if (count > max) return { state: 'failed', event, seen: count };
    }
  }
  const enough = counts.size > 0 && [...counts.values()].every((count) => count >= min);
  return { ...whenEnded(trace, enough ? 'passed' : 'failed'), seen: counts.size };
}

function judgePercentile(trace: CheckedTrace, property: Extract<Property, { is: 'percentile' }>): Verdict {
  const rows = trace.find(property.event).flatMap((event) => {
    const value = memberOf(event.data, property.member);
    return typeof value === 'number' ? [{ event, value }] : [];
  });
  rows.sort((a, b) => a.value - b.value || a.event.seq - b.event.seq);
  const row = rows[Math.max(0, Math.ceil((property.p / 100) * rows.length) - 1)];
  if (!row) return whenEnded(trace, 'failed');
  return { ...whenEnded(trace, row.value <= property.max ? 'passed' : 'failed'), event: row.event, seen: rows.length };
}

/** Judges a check; a failed one says why, by the first diagnosis that holds. */
export function judgeCheck(trace: CheckedTrace, check: Check): CheckResult {
  const verdict = judge(trace, check.property);
  if (verdict.state !== 'failed') return { ...verdict, check, message: '' };
  for (const diagnosis of check.diagnoses) {
    const hit = judge(trace, diagnosis.when);
    if (hit.state !== 'passed') continue;
    const pointed = diagnosis.pointAt && trace.find(diagnosis.pointAt);
    const event = pointed?.[pointed.length - 1] ?? hit.event ?? verdict.event;
    return { ...verdict, ...(event ? { event } : {}), check, message: fill(diagnosis.say, event), diagnosis: diagnosis.id };
  }
  return { ...verdict, check, message: fill(check.fails, verdict.event) };
}

/** Puts facts of an event into a sentence: `{at}` (seconds), `{subject}`, or a data member. What is not there stays out. */
export function fill(sentence: string, event: TraceEvent | undefined): string {
  return sentence.replace(/\{([A-Za-z0-9_.]+)\}/g, (_, name: string) => {
    if (!event) return '…';
    if (name === 'at') return secondsText(event.at);
    if (name === 'subject') return event.subjects?.[0] ?? '…';
    if (name === 'resource') return nameOfArn(event.resource);
    const value = memberOf(event.data, name);
    if (value === undefined || value === null) return '…';
    if (typeof value === 'number' && name.endsWith('Us')) return secondsText(value);
    return nameOfArn(String(value));
  });
}

/** `6.2 s`, with a space that does not break. */
export function secondsText(us: number): string {
  return `${(us / 1_000_000).toFixed(1)}\u00a0s`;
}

/** The last part of an ARN; any other text as it is. */
function nameOfArn(text: string): string {
  return text.startsWith('arn:') ? (text.split(/[:/]/).findLast((part) => part !== '' && part !== '*') ?? text) : text;
}
