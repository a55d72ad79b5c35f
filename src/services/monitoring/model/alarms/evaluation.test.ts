/** The state of an alarm by its datapoints, as the CloudWatch user guide tables it. */
import { describe, expect, it } from 'vitest';
import type { Comparison, Treatment } from './alarm.ts';
import { breaches, stateOf } from './evaluation.ts';

/** `0` does not breach, `X` does, `-` is missing; the newest is last. */
const points = (text: string): (number | undefined)[] => text.split(' ').map((one) => ({ 0: 0, X: 2, '-': undefined })[one]);
const TREATMENTS: readonly Treatment[] = ['missing', 'ignore', 'breaching', 'notBreaching'];
const states = (text: string, toAlarm: number, of = 3): unknown[] => TREATMENTS.map((treatMissing) => stateOf(points(text), { of, toAlarm, threshold: 1, comparison: 'GreaterThanThreshold', treatMissing }) ?? 'kept');

describe('the state of an alarm', () => {
  it.each([
    ['0 - X - X', ['OK', 'OK', 'OK', 'OK']],
    ['0 - - - -', ['OK', 'OK', 'OK', 'OK']],
    ['- - - - -', ['INSUFFICIENT_DATA', 'kept', 'ALARM', 'OK']],
    ['0 X X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['- - X - -', ['ALARM', 'kept', 'ALARM', 'OK']],
  ])('3 out of 3 with %s', (text, expected) => {
    expect(states(text, 3)).toEqual(expected);
  });

  it.each([
    ['0 - X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 0 X 0 X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 - X - -', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - - 0', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - X -', ['ALARM', 'kept', 'ALARM', 'OK']],
  ])('2 out of 3 with %s', (text, expected) => {
    expect(states(text, 2)).toEqual(expected);
  });

  it('is not ALARM yet for a young datapoint that breaches alone', () => {
    for (const text of ['- - - - X', '- - - X -']) expect(states(text, 3).slice(0, 2)).toEqual(['kept', 'kept']);
  });

  it('goes by the latest datapoints only when none is missing', () => {
    expect(states('X X 0 0 0', 2)).toEqual(['OK', 'OK', 'OK', 'OK']);
    expect(states('0 0 X', 1, 1)).toEqual(['ALARM', 'ALARM', 'ALARM', 'ALARM']);
  });

  it.each<[Comparison, boolean[]]>([
    ['GreaterThanThreshold', [false, false, true]],
    ['GreaterThanOrEqualToThreshold', [false, true, true]],
    ['LessThanThreshold', [true, false, false]],
    ['LessThanOrEqualToThreshold', [true, true, false]],
  ])('compares by %s', (comparison, expected) => {
    expect([0.5, 1, 1.5].map((value) => breaches(value, { comparison, threshold: 1 }))).toEqual(expected);
  });
});
