/** Which summaries have changed since the page was last told: a slice carries only these, so that cards that stay the same cost nothing. */
import { sameData } from '../base/same-data.ts';

/** While a run plays, summaries take one part in so many of the worker's time: where they are many, they are told less often than time. */
const SHARE = 20;

/** What a slice says of summaries. `all`: what is not named is gone. */
export interface StateNews {
  readonly summaries: Readonly<Record<string, object | null>>;
  readonly all: boolean;
}
const NO_NEWS: StateNews = { summaries: {}, all: false };

export class SummaryNews {
  /** Copies, as models may go on writing into what they answered; null: the page knows nothing yet. */
  #told: Map<string, object> | null = null;
  #restUntilMs = 0;

  /** The page is to be told all anew. */
  forget(): void {
    this.#told = null;
    this.#restUntilMs = 0;
  }

  /** The news. Of a playing run, which gives the host's clock, none where the last were costly and are not long ago. */
  take(read: () => Readonly<Record<string, object>>, wallMs: (() => number) | null): StateNews {
    if (wallMs === null) return this.of(read());
    const began = wallMs();
    if (began < this.#restUntilMs) return NO_NEWS;
    const news = this.of(read());
    const ended = wallMs();
    this.#restUntilMs = ended + (ended - began) * SHARE;
    return news;
  }

  /** ARN → new or changed summary, null for one that is gone. `all`: what is not named is gone too. */
  of(summaries: Readonly<Record<string, object>>): StateNews {
    const all = this.#told === null;
    const told = (this.#told ??= new Map());
    const news: Record<string, object | null> = {};
    for (const [arn, summary] of Object.entries(summaries)) {
      if (sameData(told.get(arn), summary)) continue;
      told.set(arn, (news[arn] = structuredClone(summary)));
    }
    for (const arn of told.keys()) {
      if (Object.hasOwn(summaries, arn)) continue;
      told.delete(arn);
      news[arn] = null;
    }
    return { summaries: news, all };
  }
}
