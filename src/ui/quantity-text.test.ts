/** Sizes, durations and counts in words. */
import { describe, expect, it } from 'vitest';
import { bytesText, countText, timeText } from './quantity-text.ts';

const plain = (text: string): string => text.replace(/\u00a0/g, ' ');

describe('quantities in words', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [184_320, '184.3 kB'],
    [999_949, '999.9 kB'],
    [999_960, '1 MB'],
    [13_100_000, '13.1 MB'],
    [2_100_000_000, '2.1 GB'],
  ])('%d bytes read as %s', (bytes, text) => expect(plain(bytesText(bytes))).toBe(text));

  it.each([
    [0, '0 ms'],
    [99, '99 ms'],
    [1_740, '1.7 s'],
    [59_960, '1 min'],
    [185_000, '3 min 5 s'],
    [7_800_000, '2 h 10 min'],
    [1_209_600_000, '14 days'],
    [-120_000, '\u22122 min'],
  ])('%d ms read as %s', (ms, text) => expect(plain(timeText(ms))).toBe(text));

  it('a count says one and many', () => {
    expect([countText(1, 'object'), countText(1_200, 'object'), countText(0, 'query', 'queries')]).toEqual(['1 object', '1,200 objects', '0 queries']);
  });
});
