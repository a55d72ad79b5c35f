import { describe, expect, it } from 'vitest';
import type { TraceEvent } from '../sim/trace.ts';
import { simTime } from '../sim/units.ts';
import { GrowingTraceIndex, leadUp, lifeOf } from './trace-index.ts';

const event = (seq: number, cause: number[], subjects: string[] = []): TraceEvent => ({ seq, at: simTime(seq * 10), kind: 'test.Thing', resource: `arn:${seq % 2}`, cause, subjects, data: {} });
const indexOf = (...events: TraceEvent[]) => {
  const index = new GrowingTraceIndex();
  index.append(events);
  return index;
};

describe('Trace index', () => {
  const index = indexOf(event(0, []), event(1, [0], ['m-1']), event(2, []), event(3, [1], ['m-1']), event(4, [2], ['m-2']));

  it('walks back from an event to its root, and to nothing else', () => {
    expect(leadUp(index.events, 3).map((found) => found.seq)).toEqual([0, 1]);
  });
  it('follows the latest of several causes, and stops at what was deployed before the start', () => {
    const deployed = { ...event(0, []), at: simTime(-1_000) };
    const run = [deployed, event(1, [0]), event(2, [0]), event(3, [1, 2])];
    expect(leadUp(run, 3).map((found) => found.seq)).toEqual([2]);
  });
  it('leaves out what an environment had done for others', () => {
    const shared = indexOf(event(0, []), event(1, [0], ['m-1']), event(2, [], ['other']), event(3, [2, 1], ['m-1', 'r-1']));
    expect(lifeOf(shared, 'm-1').map((found) => found.seq)).toEqual([0, 1, 3]);
    expect(lifeOf(shared, 'nobody')).toEqual([]);
  });
  it('tells the life of a message from the upload that made it', () => {
    expect(lifeOf(index, 'm-1').map((found) => found.seq)).toEqual([0, 1, 3]);
  });
  it('knows how many events have happened by a moment', () => {
    expect([index.countUntil(-1), index.countUntil(20), index.countUntil(25), index.countUntil(1_000)]).toEqual([0, 3, 3, 5]);
  });
  it('forgets what lies after a cut, in every list', () => {
    const cut = indexOf(...index.events);
    cut.truncate(2);
    expect(cut.events.length).toBe(2);
    expect(cut.bySubject.get('m-1')).toEqual([1]);
    expect(cut.bySubject.has('m-2')).toBe(false);
    expect(cut.byResource.get('arn:0')).toEqual([0]);
  });
});
