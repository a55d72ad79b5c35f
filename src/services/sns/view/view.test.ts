/** What a topic says on its card. */
import { describe, expect, it } from 'vitest';
import { attributesFrom, describeTopic, filterText } from './facts.ts';

describe('the shortest form of a filter policy', () => {
  it.each<[object | null, string]>([
    [null, 'all'],
    [{ kind: ['order', 'refund'] }, 'kind order or refund'],
    [{ amount: [{ numeric: ['>=', 100] }] }, 'amount >= 100'],
    [{ country: [{ 'anything-but': ['DE', 'FR'] }], kind: ['x'] }, 'country not DE, FR, + 1'],
    [{ order: { kind: [{ prefix: 'a' }] } }, 'order.kind prefix a'],
    [{ gift: [{ exists: false }] }, 'gift none'],
    [{ $or: [{ a: ['x'] }, { b: ['y'] }] }, 'one of several'],
  ])('%j is %s', (policy, words) => expect(filterText({ filterPolicy: policy === null ? null : JSON.stringify(policy) })).toBe(words));
});

describe('attributes written as words', () => {
  it('are numbers where they look like it, and texts otherwise', () => {
    expect(attributesFrom('kind=order, price=12.5, empty=, note=a=b')).toEqual({ kind: { DataType: 'String', StringValue: 'order' }, price: { DataType: 'Number', StringValue: '12.5' }, note: { DataType: 'String', StringValue: 'a=b' } });
  });
});

describe('a topic in a sentence', () => {
  it('names its subscriptions and what became of its messages', () => {
    expect(describeTopic('news', { name: 'news', fifo: false, published: 3, delivered: 2, filteredOut: 1, failed: 0, subscriptions: [] })).toBe('news, SNS topic. 0 subscriptions, 3 published, 2 delivered, 1 filtered out');
    expect(describeTopic('news', undefined)).toBe('news, SNS topic');
  });
});
