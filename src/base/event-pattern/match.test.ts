import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidEventException } from './errors.ts';
import { matchEventPattern } from './match.ts';

/** pattern on `detail`, then details that match and details that do not. */
type Row = readonly [name: string, pattern: object, matching: readonly unknown[], others: readonly unknown[]];

const rows: readonly Row[] = [
  ['any of the listed texts', { k: ['a', 'b'] }, [{ k: 'b' }, { k: ['z', 'a'] }], [{ k: 'c' }, { K: 'a' }, {}, { k: { a: 1 } }]],
  ['types are strict', { k: ['1', true] }, [{ k: '1' }, { k: true }], [{ k: 1 }, { k: 'true' }, { k: null }]],
  ['numbers by value', { k: [300] }, [{ k: 300 }, { k: 3e2 }, { k: [1, 300] }], [{ k: '300' }, { k: 301 }]],
  ['null is only null', { k: [null] }, [{ k: null }, { k: [1, null] }], [{ k: 'null' }, {}, { k: [] }, { k: '' }]],
  ['the empty text is only the empty text', { k: [''] }, [{ k: '' }], [{ k: null }, {}, { k: ' ' }]],
  ['every field must hold', { k: ['a'], l: ['b'] }, [{ k: 'a', l: 'b' }], [{ k: 'a' }, { k: 'a', l: 'c' }]],
  ['a repeated path keeps the last', { a: { b: ['x'] }, 'a.b': ['y'] }, [{ a: { b: 'y' } }], [{ a: { b: 'x' } }]],
  ['dots join as nesting does', { a: { b: ['x'] } }, [{ 'a.b': 'x' }, { a: { b: 'x' } }], [{ a: 'x' }, { b: 'x' }]],
  ['an IP address in any spelling', { k: ['2001:db8::1'] }, [{ k: '2001:DB8:0:0:0:0:0:1' }, { k: '2001:db8::1' }], [{ k: '2001:db8::2' }, { k: 'x' }]],
  ['prefix', { k: [{ prefix: 'ab' }] }, [{ k: 'ab' }, { k: 'abc' }, { k: ['x', 'abz'] }], [{ k: 'a' }, { k: 'Abc' }, { k: 12 }, {}]],
  ['the empty prefix, any text', { k: [{ prefix: '' }] }, [{ k: '' }, { k: 'q' }], [{ k: 1 }, { k: null }, {}]],
  ['prefix whatever the case', { k: [{ prefix: { 'equals-ignore-case': 'éB' } }] }, [{ k: 'Éb!' }, { k: 'éB' }], [{ k: 'eb' }]],
  ['suffix', { k: [{ suffix: '.png' }] }, [{ k: 'a.png' }], [{ k: 'a.png ' }, { k: 'a.PNG' }]],
  ['suffix whatever the case', { k: [{ suffix: { 'equals-ignore-case': '.pNg' } }] }, [{ k: 'a.PnG' }, { k: '.png' }], [{ k: 'png' }]],
  ['equal whatever the case', { k: [{ 'equals-ignore-case': 'Straße' }] }, [{ k: 'STRASSE' }, { k: 'straße' }], [{ k: 'strase' }, { k: 'Straße ' }]],
  ['the Kelvin sign is no k', { k: [{ 'equals-ignore-case': 'k' }] }, [{ k: 'K' }], [{ k: '\u212a' }]],
  ['wildcard', { k: [{ wildcard: 'a*b*c' }] }, [{ k: 'abc' }, { k: 'a--b--bc' }], [{ k: 'ac' }, { k: 'abcd' }, { k: 'xabc' }]],
  ['parts of a wildcard do not overlap', { k: [{ wildcard: 'aba*aba' }] }, [{ k: 'abaaba' }], [{ k: 'ababa' }, { k: 'aba' }]],
  ['escaped stars and backslashes', { k: [{ wildcard: 'a\\*b\\\\*' }] }, [{ k: 'a*b\\' }, { k: 'a*b\\zz' }], [{ k: 'axb\\' }, { k: 'a*b' }]],
  ['a lone star, any text', { k: [{ wildcard: '*' }] }, [{ k: '' }, { k: 'x' }], [{ k: 1 }, {}]],
  ['the empty wildcard', { k: [{ wildcard: '' }] }, [{ k: '' }], [{ k: 'x' }]],
  ['anything but texts', { k: [{ 'anything-but': ['a', 'b'] }] }, [{ k: 'c' }, { k: null }, { k: 5 }, { k: ['a', 'c'] }, { k: '' }], [{ k: 'a' }, { k: ['a', 'b'] }, {}, { k: [] }, { k: {} }]],
  ['anything but a number', { k: [{ 'anything-but': 5 }] }, [{ k: 6 }, { k: '5' }, { k: true }], [{ k: 5 }, { k: 5.0 }, {}]],
  ['anything but a prefix', { k: [{ 'anything-but': { prefix: ['a', 'b'] } }] }, [{ k: 'c' }, { k: 3 }, { k: null }], [{ k: 'ax' }, { k: 'b' }, {}]],
  ['anything but a suffix', { k: [{ 'anything-but': { suffix: '.gz' } }] }, [{ k: 'a.tar' }], [{ k: 'a.gz' }]],
  ['anything but in any case', { k: [{ 'anything-but': { 'equals-ignore-case': ['AB', 'c'] } }] }, [{ k: 'abc' }, { k: null }], [{ k: 'Ab' }, { k: 'C' }]],
  ['anything but a wildcard', { k: [{ 'anything-but': { wildcard: '*/x/*' } }] }, [{ k: 'a/y/b' }, { k: 4 }], [{ k: 'a/x/b' }, {}]],
  ['two anything-buts are an or', { k: [{ 'anything-but': 'a' }, { 'anything-but': 'b' }] }, [{ k: 'a' }, { k: 'b' }], [{}]],
  ['numeric bounds', { k: [{ numeric: ['>', 1, '<=', 3] }] }, [{ k: 1.01 }, { k: 3 }, { k: [0, 2] }], [{ k: 1 }, { k: 3.5 }, { k: '2' }, { k: null }, {}]],
  ['numeric equality', { k: [{ numeric: ['=', 0] }] }, [{ k: 0 }, { k: -0 }], [{ k: 0.1 }, { k: '0' }]],
  ['CIDR', { k: [{ cidr: '10.0.0.77/24' }] }, [{ k: '10.0.0.0' }, { k: '10.0.0.255' }], [{ k: '10.0.1.0' }, { k: 'x' }, { k: 167772160 }, { k: '::1' }]],
  ['CIDR of IPv6', { k: [{ cidr: '2001:db8::/33' }] }, [{ k: '2001:db8:7fff::' }], [{ k: '2001:db8:8000::' }, { k: '10.0.0.1' }]],
  ['all of IPv4', { k: [{ cidr: '0.0.0.0/0' }] }, [{ k: '255.255.255.255' }, { k: '::ffff:1:2' }], [{ k: '::1' }, { k: '256.0.0.1' }]],
  ['exists', { k: [{ exists: true }] }, [{ k: null }, { k: '' }, { k: [0] }, { k: false }], [{}, { k: [] }, { k: {} }, { k: { l: 1 } }]],
  ['absent', { k: [{ exists: false }] }, [{}, { k: [] }, { k: {} }, { k: { l: 1 } }, { k: [[], {}] }], [{ k: null }, { k: [0] }]],
  ['absent below a missing parent', { a: { b: { c: [{ exists: false }] } } }, [{}, { a: 1 }, { a: { b: [] } }], [{ a: { b: { c: 0 } } }]],
  ['absent or a value', { k: [{ exists: false }, 'x'] }, [{}, { k: 'x' }], [{ k: 'y' }]],
  ['$or beside a field', { c: [3], $or: [{ a: [1] }, { b: [2] }] }, [{ a: 1, c: 3 }, { b: 2, c: 3 }], [{ a: 1 }, { c: 3 }]],
  ['$or inside a field', { a: { $or: [{ b: [1] }, { c: [2] }] } }, [{ a: { b: 1 } }, { a: { c: 2 } }], [{ b: 1 }, {}]],
  ['$or in $or', { $or: [{ a: [1], $or: [{ b: [1] }, { c: [1] }] }, { d: [1] }] }, [{ a: 1, c: 1 }, { d: 1 }], [{ a: 1 }, { b: 1 }]],
  ['two $or multiply', { x: { $or: [{ a: [1] }, { b: [1] }] }, y: { $or: [{ a: [1] }, { b: [1] }] } }, [{ x: { b: 1 }, y: { a: 1 } }], [{ x: { a: 1, b: 1 } }]],
  ['the later of $or and a field wins', { a: [9], $or: [{ a: [1] }, { b: [2] }] }, [{ a: 1 }, { a: 9, b: 2 }], [{ a: 9 }, { a: 1.5, b: 2 }]],
  ['fields from one element', { l: { a: [1], b: [2] } }, [{ l: [{ a: 0 }, { a: 1, b: 2 }] }], [{ l: [{ a: 1 }, { b: 2 }] }]],
  ['elements of nested arrays', { l: { a: [1], m: { b: [2], c: [3] } } }, [{ l: [{ a: 1, m: [{ b: 2, c: 3 }] }] }], [{ l: [{ a: 1, m: [{ b: 2 }, { c: 3 }] }] }, { l: [{ a: 1 }, { m: { b: 2, c: 3 } }] }]],
  ['arrays side by side are free', { l: { a: [1] }, m: { b: [2] } }, [{ l: [{ a: 0 }, { a: 1 }], m: [{ b: 2 }, { b: 3 }] }], [{ l: [{ a: 1 }] }]],
  ['arrays in arrays', { l: { a: [1], b: [2] } }, [{ l: [[{ a: 1, b: 2 }]] }], [{ l: [[{ a: 1 }], [{ b: 2 }]] }, { l: [[{ a: 1 }, { b: 2 }]] }]],
  ['plain values beside each other are free', { l: ['a'], m: ['b'] }, [{ l: ['x', 'a'], m: ['b', 'y'] }], [{ l: ['x'], m: ['b'] }]],
  ['absent in the element that the fields before it chose', { l: { a: [{ exists: true }], b: [{ exists: false }] } }, [{ l: [{ a: 1 }, { a: 2, b: 3 }] }], [{ l: [{ a: 1, b: 3 }] }]],
  ['absent is judged before later fields choose', { l: { a: [{ exists: false }], b: [1] } }, [{ l: [{ b: 1 }] }], [{ l: [{ b: 1 }, { a: 2 }] }]],
  ['an object as text has no fields', { k: { a: [1] } }, [{ k: { a: 1 } }], [{ k: '{"a":1}' }]],
  ['the engine also knows "exactly"', { k: [{ exactly: 'x' }] }, [{ k: 'x' }], [{ k: 'y' }]],
];

describe('matching one pattern', () => {
  it.each(rows)('%s', (_name, pattern, matching, others) => {
    for (const detail of matching) expect([detail, matchEventPattern({ detail: pattern }, { detail })]).toEqual([detail, true]);
    for (const detail of others) expect([detail, matchEventPattern({ detail: pattern }, { detail })]).toEqual([detail, false]);
  });

  it('compares numbers that no double holds by their text', () => {
    expect(matchEventPattern('{"k":[12345678901234567890123]}', '{"k":12345678901234567890123}')).toBe(true);
    expect(matchEventPattern('{"k":[12345678901234567890123]}', '{"k":12345678901234567890124}')).toBe(false);
    expect(matchEventPattern('{"k":[0.30000000000000004]}', '{"k":[1e400,0.30000000000000004]}')).toBe(true);
    expect(matchEventPattern('{"k":[{"numeric":[">",0]}]}', '{"k":1e400}')).toBe(false);
    expect(matchEventPattern('{"k":[{"anything-but":5}]}', '{"k":1e400}')).toBe(true);
    expect(matchEventPattern('{"k":[300]}', '{"k":300.00000000000000000}')).toBe(true);
  });

  it('takes a number in any form for the same number, and no text for one', () => {
    const forms = ['300', '300.0', '3e2', '3.0E+2', '0.3e3', '3000e-1', '300.000000'];
    for (const wanted of forms) {
      for (const given of forms) expect([wanted, given, matchEventPattern(`{"k":[${wanted}]}`, `{"k":[1,${given}]}`)]).toEqual([wanted, given, true]);
      expect(matchEventPattern(`{"k":[${wanted}]}`, '{"k":"300"}')).toBe(false);
      expect(matchEventPattern(`{"k":[{"anything-but":[${wanted}]}]}`, '{"k":300}')).toBe(false);
      expect(matchEventPattern(`{"k":[{"anything-but":[${wanted}]}]}`, '{"k":"300"}')).toBe(true);
    }
    for (const zero of ['0', '-0', '0.0', '0e5', '-0.0']) expect([zero, matchEventPattern('{"k":[0]}', `{"k":${zero}}`), matchEventPattern(`{"k":[{"numeric":["<=",${zero}]}]}`, '{"k":0}')]).toEqual([zero, true, true]);
  });

  it('reads one pattern and leaves what follows it alone; of a key that is there twice the last counts', () => {
    expect(matchEventPattern('{"a":[1]} and more', { a: 1 })).toBe(true);
    expect(matchEventPattern('{"a":{"b":[1]},"a":{"c":[2]}}', { a: { b: 1, c: 2 } })).toBe(true);
    expect(matchEventPattern('{"a":{"b":[1]},"a":{"c":[2]}}', { a: { c: 2 } })).toBe(false);
    expect(matchEventPattern('{"a":[1],"a":[2]}', { a: 1 })).toBe(false);
  });

  it('reads events with many digits as JSON.parse reads the others', () => {
    const data = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.oneof(fc.integer(), fc.boolean(), fc.constant(null)))));
    fc.assert(
      fc.property(data, (rest) => {
        const text = JSON.stringify({ ...rest, big: 'x', digits: '1234567890123456' });
        expect(matchEventPattern({ big: ['x'], digits: ['1234567890123456'] }, text)).toBe(true);
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it.each(['"text"', '[1]', 'null', '{"a":', '{"a":1}{', '{"a":12345678901234567890,}'])('refuses the event %s', (event) => {
    expect(() => matchEventPattern({ a: [1] }, event)).toThrow(InvalidEventException);
  });

  it('answers quickly when arrays beside each other could multiply', () => {
    const items = Array.from({ length: 300 }, (_, i) => ({ v: i, w: i }));
    const event = { a: items, b: items, c: items, d: [{ x: 1 }, { y: 2 }] };
    const one = { v: [{ exists: true }] };
    const two = { v: [{ exists: true }], w: [{ exists: true }] };
    const conflict = { x: [1], y: [2] };
    expect(matchEventPattern({ a: one, b: one, c: one, d: conflict }, event)).toBe(false);
    expect(matchEventPattern({ a: two, b: two, c: two, d: conflict }, event)).toBe(false);
  });
});
