import { describe, expect, it } from 'vitest';
import { groupDigits, parseNumber, withUnit } from './number-text.ts';

describe('numbers as text', () => {
  it('groups thousands and leaves the fraction alone', () => {
    expect([0, 999, 1000, 43200, 1234567.8912, -1769].map(groupDigits)).toEqual(['0', '999', '1,000', '43,200', '1,234,567.8912', '-1,769']);
  });

  it('reads back what it wrote, and what people type', () => {
    expect(parseNumber('50,000')).toBe(50000);
    expect(parseNumber(' 1 769 MB ', 'MB')).toBe(1769);
    expect(parseNumber('12s', 's')).toBe(12);
    expect(parseNumber('.5')).toBe(0.5);
  });

  it('takes nothing that is no plain number', () => {
    for (const text of ['', 'none', '1e3', '0x10', '1.2.3', 'MB', '--1']) expect(parseNumber(text, 'MB')).toBeUndefined();
  });

  it('ties a unit to its number with a non-breaking space', () => {
    expect(withUnit(1769, 'MB')).toBe('1,769\u00a0MB');
    expect(withUnit('12.4', 's')).toBe('12.4\u00a0s');
  });
});
