/** The trace: what is put in is what is read, in every way of reading. */
import { describe, expect, it } from 'vitest';
import { Trace } from './trace.ts';
import type { TraceEvent, Travel } from './trace.ts';
import { simTime } from './units.ts';

const travel: Travel = { from: 'arn:a', to: 'arn:b', shape: 'message', durationUs: 5, attempt: 1 };

/** Events with and without subjects and travel, over several pages; two share each time. */
function eventsOf(count: number): TraceEvent[] {
  return Array.from({ length: count }, (_, seq) => ({
    seq,
    at: simTime(3_000_000_000 + 10 * (seq >> 1)),
    kind: `x.Kind${seq % 3}`,
    resource: `arn:${seq % 5}`,
    cause: seq === 0 ? [] : [seq - 1],
    ...(seq % 2 === 0 ? { subjects: [`s${seq}`] } : {}),
    ...(seq % 7 === 0 ? { travel } : {}),
    data: { number: seq },
  }));
}
function traceOf(events: readonly TraceEvent[]): Trace {
  const trace = new Trace('keep');
  for (const event of events) expect(trace.append(event)).toBe(event.seq);
  return trace;
}

describe('a trace', () => {
  it('gives back what was put in: as a list, one by one, from a number on, and in turn', () => {
    const events = eventsOf(9_000);
    const trace = traceOf(events);
    expect(trace.length).toBe(9_000);
    expect(trace.slice(8_190)).toStrictEqual(events.slice(8_190));
    expect(trace.events).toStrictEqual(events);
    expect([...trace]).toStrictEqual(events);
    expect(trace.at(8_999)).toStrictEqual(events[8_999]);
    expect(trace.find(({ kind, seq }) => kind === 'x.Kind2' && seq > 1_500)?.seq).toBe(1_502);
    expect(trace.find(() => false)).toBeUndefined();
  });

  it('grows the list that was read', () => {
    const trace = traceOf(eventsOf(5));
    const { events } = trace;
    trace.append(eventsOf(6)[5]!);
    expect(trace.events).toBe(events);
    expect(events.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('finds the first event at or after a time', () => {
    const trace = traceOf(eventsOf(9_000));
    expect(trace.firstAt(0)).toBe(0);
    expect(trace.firstAt(3_000_000_000 + 10 * 700)).toBe(1_400);
    expect(trace.firstAt(3_000_000_000 + 10 * 700 + 1)).toBe(1_402);
    expect(trace.firstAt(4_000_000_000)).toBe(9_000);
  });

  it.each([0, 1, 8_191, 8_192, 8_193, 8_999])('cut to %i goes on from there', (length) => {
    const events = eventsOf(9_000);
    const trace = traceOf(events);
    expect(trace.events).toHaveLength(9_000);
    trace.truncate(length);
    expect(trace.slice(0)).toStrictEqual(events.slice(0, length));
    for (const { at, kind, resource, cause, data } of events.slice(length)) trace.add(at, kind, resource, cause, { ...data, again: true });
    const bare = events.slice(length).map(({ seq, at, kind, resource, cause, data }) => ({ seq, at, kind, resource, cause, data: { ...data, again: true } }));
    expect(trace.events).toStrictEqual([...events.slice(0, length), ...bare]);
  });

  it('that only counts keeps no event', () => {
    const trace = new Trace('counts');
    for (const event of eventsOf(10)) trace.append(event);
    expect([...trace.counts]).toEqual([['x.Kind0', 4], ['x.Kind1', 3], ['x.Kind2', 3]]);
    expect([trace.length, trace.events, trace.slice(0), trace.firstAt(0)]).toEqual([10, [], [], 0]);
  });
});
