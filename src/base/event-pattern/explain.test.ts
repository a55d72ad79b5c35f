import { describe, expect, it } from 'vitest';
import { explainMismatch } from './explain.ts';

const event = {
  source: 'aws.s3',
  'detail-type': 'Object Created',
  detail: { bucket: { name: 'in' }, object: { key: 'clips/a.mov', size: 12 }, tags: [], items: [{ sku: 'a', n: 1 }, { sku: 'b', n: 2 }], state: 'done' },
};

describe('explaining why a pattern does not match', () => {
  it('says nothing when it does', () => {
    expect(explainMismatch({ source: ['aws.s3'], detail: { items: { sku: ['b'], n: [2] } } }, event)).toBeUndefined();
  });

  it('names the field, what it must be and what it is', () => {
    expect(explainMismatch({ source: ['aws.s3'], detail: { object: { key: [{ suffix: '.mp4' }, { prefix: 'raw/' }] } } }, event)).toEqual({
      kind: 'value',
      path: 'detail.object.key',
      expected: 'end with ".mp4" or begin with "raw/"',
      actual: '"clips/a.mov"',
      sentence: 'detail.object.key must end with ".mp4" or begin with "raw/", but it is "clips/a.mov".',
    });
  });

  it.each<[string, object, string]>([
    ['missing', { detail: { owner: ['me'] } }, 'detail.owner must be "me", but the event has no such field.'],
    ['missing', { detail: { tags: [{ exists: true }] } }, 'detail.tags must be present, but the event has an empty list there, which counts as no value.'],
    ['present', { detail: { state: [{ exists: false }] } }, 'detail.state must be missing, but the event has "done".'],
    ['nested', { detail: { bucket: ['in'] } }, 'detail.bucket must be "in", but the event has an object there, and patterns look only at plain values.'],
    ['type', { detail: { object: { size: ['12'] } } }, 'detail.object.size must be "12", but it is 12, a value of another type.'],
    ['type', { detail: { state: [{ numeric: ['>', 1, '<=', 5] }] } }, 'detail.state must be a number above 1 and at most 5, but it is "done", a value of another type.'],
    ['value', { detail: { state: [{ 'anything-but': ['done', 'gone'] }] } }, 'detail.state must be present and not "done" or "gone", but it is "done".'],
    ['value', { detail: { items: { sku: ['c'] } } }, 'detail.items.sku must be "c", but it is "a", "b".'],
    ['element', { detail: { items: { sku: ['a'], n: [2] } } }, 'Each of detail.items.n and detail.items.sku is met, but never within one element of the list.'],
  ])('%s: %j', (kind, pattern, sentence) => {
    expect(explainMismatch(pattern, event)).toMatchObject({ kind, sentence });
  });

  it('puts the fields of the envelope before those of the detail', () => {
    expect(explainMismatch({ detail: { a: [1] }, source: ['aws.ec2'] }, event)?.path).toBe('source');
  });

  it('takes the nearest alternative of an $or', () => {
    const pattern = { $or: [{ source: ['x'], detail: { state: ['y'] } }, { source: ['aws.s3'], detail: { state: ['open'] } }] };
    expect(explainMismatch(pattern, event)?.sentence).toBe('None of the 2 alternatives holds; in the nearest one, detail.state must be "open", but it is "done".');
  });
});
