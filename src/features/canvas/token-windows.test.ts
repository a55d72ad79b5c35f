import { describe, expect, it } from 'vitest';
import type { TraceEvent } from '../../sim/trace.ts';
import { simTime } from '../../sim/units.ts';
import { shownUs, tokensAt } from './token-windows.ts';

const travel = (seq: number, atUs: number, durationUs: number): TraceEvent => ({
  seq,
  at: simTime(atUs),
  kind: 'test.Sent',
  resource: 'a',
  cause: [],
  travel: { from: 'a', to: 'b', shape: 'message', durationUs, attempt: 2 },
  data: {},
});
const look = (events: TraceEvent[], nowUs: number, speed = 1, still = false) =>
  tokensAt(events, { count: events.filter((event) => event.at <= nowUs).length, nowUs, speed, still });

describe('Tokens on the wire', () => {
  it('shows a travel of a few milliseconds for 220 ms of wall time, at any speed', () => {
    expect(shownUs(10_000, 1)).toBe(220_000);
    expect(shownUs(10_000, 10)).toBe(2_200_000);
    expect(shownUs(5_000_000, 1)).toBe(900_000);
  });
  it('moves from start to end and is gone after', () => {
    const events = [travel(0, 1_000, 400_000)];
    expect(look(events, 999)).toEqual([]);
    expect(look(events, 201_000)[0]).toMatchObject({ progress: 0.5, attempt: 2 });
    expect(look(events, 401_000)).toEqual([]);
  });
  it('sits mid-edge with a count when motion is reduced', () => {
    const events = [travel(0, 0, 400_000), travel(1, 10, 400_000)];
    expect(look(events, 300_000, 1, true)).toMatchObject([{ progress: 0.5, count: 2 }]);
  });
  it('merges more than six tokens of an edge into one with a count', () => {
    const events = Array.from({ length: 9 }, (_, i) => travel(i, i * 10_000, 400_000));
    expect(look(events, 100_000)).toMatchObject([{ count: 9 }]);
    expect(look(events.slice(0, 6), 100_000).length).toBe(6);
  });
});
