import { describe, expect, it } from 'vitest';
import type { Arrivals } from '../../../scenario/load.ts';
import type { Fault } from '../../../scenario/schema.ts';
import { amountText, arrivalsText, faultText, msOf, readTimes, secOf, spanRefusal, timesText } from './load-text.ts';

const plain = (text: string | undefined): string | undefined => text?.replaceAll('\u00a0', ' ');
const span = { fromMs: 0, untilMs: 60_000 };
const fault = (o: Partial<Fault>): Fault => ({ id: 'f', node: 'worker', kind: 'throw', fromMs: 10_000, untilMs: 40_000, chance: 1, ...o });

describe('Load in words', () => {
  it('is one sentence for each law', () => {
    const told = (arrivals: Arrivals): string | undefined => plain(arrivalsText(arrivals, 'message'));
    expect(told({ kind: 'poisson', perSec: 5, ...span })).toBe('Poisson, 5 a second, from 0 s to 60 s');
    expect(told({ kind: 'constant', everyMs: 250, ...span })).toBe('Constant, one message every 0.25 s, from 0 s to 60 s');
    expect(told({ kind: 'ramp', fromPerSec: 0, toPerSec: 1_000, ...span })).toBe('Ramp, 0 to 1,000 a second, from 0 s to 60 s');
    expect(told({ kind: 'burst', atMs: 1_500, count: 20 })).toBe('Burst, 20 messages at 1.5 s');
    expect(told({ kind: 'list', atMs: [5_000] })).toBe('List, 1 message at 5 s');
    expect(told({ kind: 'list', atMs: [9_000, 1_000, 2_500, 3_000] })).toBe('List, 4 messages at 1, 2.5, 3 … s');
  });

  it('says how many calls it makes, and what very many mean', () => {
    expect(amountText({ kind: 'poisson', perSec: 0.5, ...span }, 'event')).toBe('About 30 events in all.');
    expect(amountText({ kind: 'burst', atMs: 0, count: 1 }, 'call')).toBe('1 call in all.');
    expect(amountText({ kind: 'ramp', fromPerSec: 0, toPerSec: 10_000, ...span }, 'call')).toBe('300,000 calls in all. A run of so many takes long.');
  });
});

describe('A list of times', () => {
  it('is read with commas, spaces or lines between, in seconds, and written back', () => {
    expect(readTimes('0.5, 1 2.5s\n7')).toEqual([500, 1_000, 2_500, 7_000]);
    expect(timesText([500, 1_000, 2_500])).toBe('0.5, 1, 2.5');
    expect(timesText(readTimes('0.1, 1.1') as readonly number[])).toBe('0.1, 1.1');
  });

  it('says what is wrong with it, and what to write', () => {
    expect(readTimes(' ')).toBe('At least one time is needed, such as 5.');
    expect(readTimes('1, soon')).toBe("'soon' is no time. Write seconds: 0.5, 1, 2.5.");
    expect(plain(String(readTimes('-1')))).toBe('Times are from 0 to 31,536,000 s.');
    expect(readTimes('1 '.repeat(10_001))).toBe('A list has at most 10,000 times; these are 10,001. Try a constant load.');
  });

  it('keeps whole microseconds', () => {
    expect([msOf(1.1), msOf(0.000_001), secOf(1_100), secOf(0.001)]).toEqual([1_100, 0.001, 1.1, 0.000_001]);
  });
});

describe('A span', () => {
  it('that would end before it begins is refused with the other end named', () => {
    expect(spanRefusal({ fromMs: 1, untilMs: 2 }, 'from')).toBeUndefined();
    expect(plain(spanRefusal({ fromMs: 70_000, untilMs: 60_000 }, 'from'))).toBe('It ends at 60 s. Begin before that, or move the end first.');
    expect(plain(spanRefusal({ fromMs: 10_000, untilMs: 10_000 }, 'until'))).toBe('It begins at 10 s. End after that, or move the beginning first.');
  });
});

describe('A fault in words', () => {
  it('is one sentence with its share of calls and its span', () => {
    expect(plain(faultText(fault({ chance: 0.2 })))).toBe('Throws, in 20 % of calls, from 10 s to 40 s');
    expect(plain(faultText(fault({ kind: 'deny' })))).toBe('Permission is dropped, at every call, from 10 s to 40 s');
    expect(plain(faultText(fault({ kind: 'slow', config: { delayMs: 1_500 }, chance: 0.005 })))).toBe('Begins 1.5 s late, in 0.5 % of calls, from 10 s to 40 s');
    expect(plain(faultText(fault({ kind: 'slow' })))).toMatch(/^Begins 1 s late, at every call/);
    expect(plain(faultText(fault({ kind: 'throttle', chance: 0 })))).toBe('Is throttled, never, from 10 s to 40 s');
  });
});
