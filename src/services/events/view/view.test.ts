/** What a bus says on its card. */
import { describe, expect, it } from 'vitest';
import { describeBus } from './facts.ts';
import { patternLines } from './pattern-lines.ts';
import { shortPattern } from './short-pattern.ts';

describe('the shortest form of a pattern', () => {
  const S3 = { source: ['aws.s3'], 'detail-type': ['Object Created'] };
  it.each([
    [{ ...S3, detail: { object: { key: [{ suffix: '.mp4' }] } } }, 'suffix .mp4'],
    [S3, 'Object Created'],
    [{ source: ['shop.orders'] }, 'shop.orders'],
    [{ source: ['a', 'b', 'c'] }, 'a or b or 1 more'],
    [{ detail: { size: [{ numeric: ['>', 1000, '<=', 5000] }] } }, 'size > 1000 <= 5000'],
    [{ detail: { error: [{ exists: false }] } }, 'no error'],
    [{ detail: { state: [{ 'anything-but': ['done', 'failed'] }] } }, 'not done, failed'],
    [{ detail: { state: [{ 'anything-but': { prefix: 'tmp' } }] } }, 'not prefix tmp'],
    [{ detail: { key: [{ prefix: { 'equals-ignore-case': 'IN/' } }] } }, 'prefix IN/'],
    [{ detail: { a: ['x'], b: { c: [true] } } }, 'c true, + 1'],
    [{ $or: [{ source: ['a'] }, { 'detail-type': ['B'] }] }, 'B'],
    [{}, 'everything'],
  ])('%j is %s', (pattern, words) => expect(shortPattern(JSON.stringify(pattern))).toBe(words));

  it('a text that is no JSON stays as it is', () => expect(shortPattern('{')).toBe('{'));
});

describe('a bus in a sentence', () => {
  it('names its rules, and how many events matched', () => {
    const rule = { name: 'new-clip', arn: '', pattern: null, schedule: null, enabled: true, matched: 5, failed: 0, targets: [] };
    expect(describeBus('default', { name: 'default', received: 6, matched: 5, unmatched: 1, rules: [rule], archives: [], replays: [], partnerSource: null, recent: [] })).toBe('default, EventBridge bus. 1 rule, 5 events matched, 1 unmatched');
    expect(describeBus('default', undefined)).toBe('default, EventBridge bus');
  });
});

describe('a pattern that points at the field which decided', () => {
  const pointed = (pattern: object, field: string): string[] => patternLines(JSON.stringify(pattern), field).flatMap((line) => (line.pointed ? [line.text.trim()] : []));

  it('has one line a field, and marks the deciding one alone', () => {
    const pattern = { source: ['aws.s3'], detail: { object: { key: [{ suffix: '.mp4' }, 'a'] } } };
    expect(patternLines(JSON.stringify(pattern), 'detail.object.key').map(({ text }) => text)).toEqual(['{', '  "source": ["aws.s3"],', '  "detail": {', '    "object": {', '      "key": [{ "suffix": ".mp4" }, "a"]', '    }', '  }', '}']);
    expect(pointed(pattern, 'detail.object.key')).toEqual(['"key": [{ "suffix": ".mp4" }, "a"]']);
  });

  it('finds it inside of alternatives, and with dots in a key', () => {
    expect(pointed({ $or: [{ detail: { a: [1] } }, { 'detail.a': [2] }], source: ['x'] }, 'detail.a')).toEqual(['"a": [1]', '"detail.a": [2]']);
  });

  it('marks nothing without a miss', () => expect(patternLines('{"source":["a"]}').some(({ pointed: here }) => here)).toBe(false));
});
