import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileEventPatterns } from './compile-rules.ts';
import { InvalidEventPatternException } from './errors.ts';
import { matchEventPattern } from './match.ts';

const word = fc.constantFrom('a', 'b', 'ab', 'ba', 'A', '', '1', '10.0.0.1', 'aé');
const number = fc.constantFrom(0, 1, -1, 2, 1.5);
const leaf = fc.oneof(word, number, fc.boolean(), fc.constant(null));
const key = fc.constantFrom('x', 'y', 'z', 'x.y');

/** Events of a few keys, with nesting, arrays and arrays of objects. */
const event = fc.letrec<{ value: unknown; object: object }>((tie) => ({
  value: fc.oneof({ maxDepth: 3, withCrossShrink: true }, leaf, tie('object'), fc.array(tie('value'), { maxLength: 3 })),
  object: fc.dictionary(key, tie('value'), { maxKeys: 3 }),
})).object;

const operator = fc.oneof(
  leaf,
  fc.record({ prefix: word }),
  fc.record({ suffix: word }),
  fc.record({ 'equals-ignore-case': word }),
  fc.record({ prefix: fc.record({ 'equals-ignore-case': word }) }),
  fc.record({ wildcard: fc.constantFrom('*', 'a*', '*b', 'a*b', '') }),
  fc.record({ exists: fc.boolean() }),
  fc.record({ 'anything-but': fc.oneof(word, number, fc.array(word, { minLength: 1, maxLength: 2 })) }),
  fc.record({ 'anything-but': fc.record({ prefix: fc.constantFrom('a', 'b') }) }),
  fc.record({ numeric: fc.constantFrom(['>', 0], ['<=', 1], ['>', -1, '<', 2], ['=', 1]) }),
  fc.constant({ cidr: '10.0.0.0/24' }),
);
const conditions = fc.array(operator, { minLength: 1, maxLength: 3 });
const fields = fc.letrec<{ node: unknown; object: object }>((tie) => ({
  node: fc.oneof({ maxDepth: 2 }, conditions, tie('object')),
  object: fc.dictionary(key, tie('node'), { minKeys: 1, maxKeys: 3 }),
})).object;
const pattern = fc.oneof(
  { weight: 4, arbitrary: fields },
  { weight: 1, arbitrary: fc.tuple(fields, fields, fields).map(([a, b, c]) => ({ ...a, $or: [b, c] })) },
);

describe('many patterns at once', () => {
  it('gives what each pattern alone gives, in the order of the rules', () => {
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 70 }), fc.array(event, { minLength: 1, maxLength: 6 }), (patterns, events) => {
        const rules = Object.fromEntries(patterns.map((p, i) => [`rule-${i}`, p]));
        const match = compileEventPatterns(rules);
        for (const e of events) {
          expect(match(e)).toEqual(Object.keys(rules).filter((id) => matchEventPattern(rules[id] as object, e)));
        }
      }),
      { numRuns: 400, seed: 11 },
    );
  });

  it('names a rule once, however many of its branches match', () => {
    const match = compileEventPatterns({ both: { $or: [{ a: [1] }, { b: [2] }] }, other: { c: [{ exists: false }] } });
    expect(match({ a: 1, b: 2 })).toEqual(['both', 'other']);
  });

  it('takes two anything-buts of one rule as an or', () => {
    const match = compileEventPatterns({ either: { a: [{ 'anything-but': 'x' }, { 'anything-but': ['y'] }] }, one: { a: [{ 'anything-but': 'x' }] } });
    expect(match({ a: 'x' })).toEqual(['either']);
    expect(match({ a: 'y' })).toEqual(['either', 'one']);
  });

  it('judges a missing field by the chosen element', () => {
    const match = compileEventPatterns({ r: { l: { a: [{ exists: true }], b: [{ exists: false }] } } });
    expect(match({ l: [{ a: 1 }, { a: 2, b: 3 }] })).toEqual(['r']);
    expect(match({ l: [{ a: 2, b: 3 }] })).toEqual([]);
  });

  it('keeps no memory of earlier events', () => {
    const match = compileEventPatterns({ r: { a: { b: ['x'], c: ['y'] } }, s: { a: [{ exists: false }] } });
    expect(match({ a: [{ b: 'x' }, { c: 'y' }] })).toEqual(['s']);
    expect(match({ a: [{ b: 'x', c: 'y' }] })).toEqual(['r', 's']);
    expect(match({})).toEqual(['s']);
    expect(match({ a: ['q', 1] })).toEqual([]);
  });

  it('is not misled by names that every object inherits', () => {
    const match = compileEventPatterns({ r: { constructor: [{ exists: false }], toString: [{ 'anything-but': 'x' }] } });
    expect(match({})).toEqual([]);
    expect(match({ toString: 'y' })).toEqual(['r']);
  });

  it('takes no rules, and refuses a wrong one', () => {
    expect(compileEventPatterns({})({ a: 1 })).toEqual([]);
    expect(() => compileEventPatterns({ good: { a: [1] }, bad: { a: 1 } })).toThrow(InvalidEventPatternException);
  });
});
