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

  it('of a playing run tells nothing for a while after news that took long, and of one that stands at once', () => {
    const news = new SummaryNews();
    let wall = 0;
    const clock = (): number => wall;
    const costly = (depth: number) => () => {
      wall += 10;
      return { a: { depth } };
    };
    expect(news.take(costly(1), clock).summaries).toEqual({ a: { depth: 1 } });
    wall += 50;
    expect(news.take(costly(2), clock)).toEqual({ summaries: {}, all: false });
    expect(news.take(costly(2), null).summaries).toEqual({ a: { depth: 2 } });
    wall += 500;
    expect(news.take(costly(3), clock).summaries).toEqual({ a: { depth: 3 } });
  });
});
