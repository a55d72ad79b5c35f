import { describe, expect, it } from 'vitest';
import { SummaryNews } from './summary-news.ts';

describe('SummaryNews', () => {
  it('tells all at first and after it was made to forget', () => {
    const news = new SummaryNews();
    expect(news.of({ a: { depth: 1 } })).toEqual({ summaries: { a: { depth: 1 } }, all: true });
    news.forget();
    expect(news.of({ a: { depth: 1 } })).toEqual({ summaries: { a: { depth: 1 } }, all: true });
  });

  it('tells what changed, what came and what is gone, and nothing else', () => {
    const news = new SummaryNews();
    news.of({ a: { depth: 1 }, b: { depth: 1 }, c: { depth: 1 } });
    expect(news.of({ a: { depth: 1 }, b: { depth: 2 }, d: { depth: 0 } })).toEqual({ summaries: { b: { depth: 2 }, d: { depth: 0 }, c: null }, all: false });
    expect(news.of({ a: { depth: 1 }, b: { depth: 2 }, d: { depth: 0 } })).toEqual({ summaries: {}, all: false });
  });

  it('notices a change that a model made in what it had answered', () => {
    const news = new SummaryNews();
    const counters = { sent: 1 };
    news.of({ a: { counters } });
    counters.sent = 2;
    expect(news.of({ a: { counters } }).summaries).toEqual({ a: { counters: { sent: 2 } } });
  });
});
