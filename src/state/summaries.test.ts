import { describe, expect, it } from 'vitest';
import { withNews } from './summaries.ts';

describe('withNews', () => {
  it('leaves the objects of what did not change as they are', () => {
    const known = { a: { depth: 1 }, b: { depth: 1 } };
    const after = withNews(known, { summaries: { b: { depth: 2 } }, all: false });
    expect(after).toEqual({ a: { depth: 1 }, b: { depth: 2 } });
    expect(after['a']).toBe(known.a);
    expect(withNews(known, { summaries: {}, all: false })).toBe(known);
    expect(withNews(known, { summaries: { a: null }, all: false })).toEqual({ b: { depth: 1 } });
    expect(withNews(known, { summaries: { c: {} }, all: true })).toEqual({ c: {} });
  });
});
