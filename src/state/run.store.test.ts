import { describe, expect, it, vi } from 'vitest';
import { createRunStore } from './run.store.ts';
import type { RunSlice } from './run.store.ts';

const slice = (shownUs: number, o: Partial<RunSlice> = {}, status: Partial<RunSlice['status']> = {}): RunSlice => ({
  status: { runId: 1, arriving: false, playing: true, speed: 1, shownUs, computedUs: shownUs, nextUs: null, waitingFor: [], working: [], missingClips: [], ended: null, ...status },
  truncateTo: null,
  events: [],
  summaries: {},
  all: false,
  arns: {},
  ...o,
});

/** A playing run on a machine that is strained to the utmost. */
function strained(): ReturnType<typeof createRunStore> {
  const run = createRunStore();
  run.take(slice(0));
  run.take(slice(1));
  for (let i = 0; i < 300; i++) run.pace.frame(100);
  run.take(slice(2, {}, { speed: 10 }));
  return run;
}

describe('RunStore', () => {
  it('tells every slice where frames are in time', () => {
    const run = createRunStore();
    for (const us of [1, 2, 3]) {
      run.take(slice(us));
      expect(run.getState().status.shownUs).toBe(us);
    }
  });

  it('on a strained machine tells only some slices of a playing run, and loses nothing of the others', () => {
    vi.useFakeTimers();
    const run = strained();
    run.take(slice(3, { summaries: { a: { depth: 1 } } }, { speed: 10 }));
    run.take(slice(4, { summaries: { b: { depth: 2 } } }, { speed: 10 }));
    expect(run.getState().status.shownUs).toBe(2);
    expect(run.newest().shownUs).toBe(4);
    vi.advanceTimersByTime(600);
    expect(run.getState()).toMatchObject({ status: { shownUs: 4 }, summaries: { a: { depth: 1 }, b: { depth: 2 } } });
    vi.useRealTimers();
  });

  it.each([
    ['a pause', { playing: false }],
    ['an end', { ended: 'bound' }],
    ['a new run', { runId: 2 }],
  ])('tells %s at once', (_, status) => {
    const run = strained();
    run.take(slice(5, {}, { speed: 10, ...status }));
    expect(run.getState().status).toMatchObject(status);
  });
});
