/** Values by rising numbers. */
import { describe, expect, it } from 'vitest';
import { createNumbered, numberedAdd, numberedClear, numberedDelete, numberedGet, numberedValues } from './numbered.ts';
import { createRandom } from './random.ts';

describe('values by number', () => {
  it('are what a map would hold, in order, while they come and go', () => {
    const random = createRandom(7, 'numbered');
    const numbered = createNumbered<string>();
    const map = new Map<number, string>();
    for (let number = 1; number <= 5_000; number++) {
      numberedAdd(numbered, number, `value ${number}`);
      map.set(number, `value ${number}`);
      for (let drops = random.int(3); drops > 0; drops--) {
        const gone = 1 + random.int(number);
        expect(numberedDelete(numbered, gone)).toBe(map.delete(gone));
      }
    }
    expect(numbered.size).toBe(map.size);
    expect(numberedValues(numbered)).toEqual([...map.values()]);
    expect(numberedGet(numbered, 5_001)).toBeUndefined();
    for (const [number, value] of map) expect(numberedGet(numbered, number)).toBe(value);
  });

  it('leave nothing behind: a page goes with its last value', () => {
    const numbered = createNumbered<number>();
    for (let number = 0; number < 100_000; number++) {
      numberedAdd(numbered, number, number);
      if (number >= 10) numberedDelete(numbered, number - 10);
    }
    expect(numbered.size).toBe(10);
    expect(numbered.pages.size).toBeLessThanOrEqual(2);
    numberedClear(numbered);
    expect(numberedValues(numbered)).toEqual([]);
    expect(numbered.size).toBe(0);
  });

  it('are plain data: a structured clone goes on by itself', () => {
    const numbered = createNumbered<string>();
    numberedAdd(numbered, 300, 'first');
    const copy = structuredClone(numbered);
    numberedDelete(numbered, 300);
    numberedAdd(copy, 301, 'second');
    expect(numberedValues(copy)).toEqual(['first', 'second']);
  });
});
