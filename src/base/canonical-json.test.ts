import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

describe('canonical JSON', () => {
  it('sorts keys by UTF-16 code units at every depth', () => {
    expect(canonicalJson({ b: [{ z: 1, a: null }], a: true, 'é': 'x', '😀': 1, '\ufb33': 2, B: '' })).toBe('{"B":"","a":true,"b":[{"a":null,"z":1}],"é":"x","😀":1,"\ufb33":2}');
  });

  it('keeps the meaning, and gives one text for all orders of keys', () => {
    const key = fc.string({ unit: 'grapheme', maxLength: 4 }).filter((k) => k !== '__proto__');
    fc.assert(
      fc.property(fc.dictionary(key, fc.oneof(fc.integer(), fc.string({ unit: 'grapheme' }), fc.boolean(), fc.constant(null), fc.array(fc.integer()))), (data) => {
        const text = canonicalJson(data);
        expect(JSON.parse(text)).toEqual({ ...data });
        expect(canonicalJson(Object.fromEntries(Object.entries(data).reverse()))).toBe(text);
      }),
      { seed: 3 },
    );
  });

  it('names the path of a number that is no integer', () => {
    expect(() => canonicalJson({ a: [{ b: 1 }, { b: 0.5 }] })).toThrow('0.5 is no integer, at $.a[1].b');
    expect(() => canonicalJson({ a: NaN }, { fractions: true })).toThrow('NaN is no finite number, at $.a');
    expect(canonicalJson({ a: 0.5, b: 1e21 }, { fractions: true })).toBe('{"a":0.5,"b":1e+21}');
  });

  it('refuses what is no plain data', () => {
    expect(() => canonicalJson({ a: new Map() })).toThrow('a Map is no plain data, at $.a');
    expect(() => canonicalJson([undefined])).toThrow('at $[0]');
    expect(() => canonicalJson({ f: () => 1 })).toThrow('type function');
    expect(() => canonicalJson({ n: 1n })).toThrow('type bigint');
  });

  it('writes -0 as 0 and leaves undefined properties out', () => {
    expect(canonicalJson({ a: -0, b: undefined })).toBe('{"a":0}');
  });

  it('escapes a lone surrogate instead of failing', () => {
    expect(canonicalJson('\ud800')).toBe('"\\ud800"');
  });
});
