import { describe, expect, it } from 'vitest';
import { sameData } from './same-data.ts';

describe('sameData', () => {
  it.each([
    [1, 1],
    [Number.NaN, Number.NaN],
    [null, null],
    ['a', 'a'],
    [[1, [2]], [1, [2]]],
    [{ a: 1, b: { c: [] } }, { b: { c: [] }, a: 1 }],
  ])('%j and %j say the same', (a, b) => expect(sameData(a, b)).toBe(true));

  it.each([
    [1, 2],
    [1, '1'],
    [null, {}],
    [[], {}],
    [{}, []],
    [[1], [1, 2]],
    [{ a: 1 }, { a: 1, b: undefined }],
    [{ a: undefined }, { b: undefined }],
    [{ a: { b: 1 } }, { a: { b: 2 } }],
  ])('%j and %j do not', (a, b) => expect(sameData(a, b)).toBe(false));
});
