import { describe, expect, it } from 'vitest';
import { createAnnouncer } from './announcer.ts';

/** An announcer on a clock of its own, and what it said when. */
function given(): { announce: (sentence: string) => void; stop: () => void; pass: (ms: number) => void; said: [number, string][] } {
  let nowMs = 0;
  let timers: { atMs: number; run: () => void }[] = [];
  const said: [number, string][] = [];
  const announcer = createAnnouncer((sentence) => said.push([nowMs, sentence]), {
    nowMs: () => nowMs,
    after(ms, run) {
      const timer = { atMs: nowMs + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  });
  const pass = (ms: number): void => {
    nowMs += ms;
    const due = timers.filter((timer) => timer.atMs <= nowMs);
    timers = timers.filter((timer) => timer.atMs > nowMs);
    for (const timer of due) timer.run();
  };
  return { ...announcer, pass, said };
}

describe('live region', () => {
  it('says the first sentence at once', () => {
    const { announce, said } = given();
    announce('m-7 failed.');
    expect(said).toEqual([[0, 'm-7 failed.']]);
  });

  it('waits two seconds and then says only the latest of what came meanwhile', () => {
    const { announce, pass, said } = given();
    announce('one');
    pass(500);
    announce('two');
    pass(500);
    announce('three');
    pass(999);
    expect(said).toEqual([[0, 'one']]);
    pass(1);
    expect(said).toEqual([
      [0, 'one'],
      [2000, 'three'],
    ]);
  });

  it('speaks at once again after a silence', () => {
    const { announce, pass, said } = given();
    announce('one');
    pass(2000);
    announce('two');
    expect(said[1]).toEqual([2000, 'two']);
  });

  it('says nothing more once it is stopped', () => {
    const { announce, stop, pass, said } = given();
    announce('one');
    announce('two');
    stop();
    pass(5000);
    expect(said).toHaveLength(1);
  });
});
