/**
 * When cards are drawn anew. A card is drawn when its summary changed, or when time passed and it shows time. So many at once as the
 * machine carries: where frames become long, fewer cards a frame are drawn, those that have waited longest first.
 */
import type { RunState, RunStore } from '../../state/run.store.ts';

/** What a card is drawn from. The same object while nothing changed for it. */
export interface CardState {
  readonly summary: object | undefined;
  readonly nowUs: number;
}

/** Frames longer than this halve the number of cards a frame, ms. */
const LONG_FRAME_MS = 21;
const CARDS_AT_FIRST = 24;
const CARDS_LEAST = 8;
const CARDS_MOST = 500;
const CARDS_MORE = 2;

interface Card {
  readonly nodeId: string;
  readonly showsTime: (summary: object | undefined) => boolean;
  readonly draw: () => void;
  shown: CardState;
}

/** How frames are asked for: a test gives its own. */
export interface Frames {
  request(callback: (ms: number) => void): number;
  cancel(id: number): void;
}
const browserFrames: Frames = { request: (callback) => requestAnimationFrame(callback), cancel: (id) => cancelAnimationFrame(id) };

export class CardPace {
  readonly #run: RunStore;
  readonly #frames: Frames;
  readonly #cards = new Map<string, Card>();
  /** What was answered for cards that are not added yet. */
  readonly #firsts = new Map<string, CardState>();
  /** In the order in which they began to wait. */
  readonly #waiting = new Set<Card>();
  #unsubscribe: (() => void) | null = null;
  #frame = 0;
  /** When the last frame of this stretch was; null: none yet. */
  #lastMs: number | null = null;
  #most = CARDS_AT_FIRST;
  /** Drawn since the last frame. */
  #drawn = 0;

  constructor(run: RunStore, frames: Frames = browserFrames) {
    this.#run = run;
    this.#frames = frames;
  }

  /** Draws this card from now on. Answers how to end it. */
  add(nodeId: string, showsTime: Card['showsTime'], draw: () => void): () => void {
    const card: Card = { nodeId, showsTime, draw, shown: this.#shownOf(nodeId) };
    this.#cards.set(nodeId, card);
    this.#unsubscribe ??= this.#run.subscribe((state, before) => this.#look(state, before));
    return () => {
      if (this.#cards.get(nodeId) === card) this.#cards.delete(nodeId);
      this.#waiting.delete(card);
      if (this.#cards.size > 0) return;
      this.#unsubscribe?.();
      this.#unsubscribe = null;
      this.#frames.cancel(this.#frame);
      this.#frame = 0;
      this.#lastMs = null;
    };
  }

  /** What a card shows now; the newest for one that is not drawn yet. */
  stateOf(nodeId: string): CardState {
    return this.#cards.get(nodeId)?.shown ?? this.#first(nodeId);
  }

  /** Before a card is added React asks twice and wants the same object. */
  #first(nodeId: string): CardState {
    const now = newest(this.#run.getState(), nodeId);
    const known = this.#firsts.get(nodeId);
    if (known?.summary === now.summary && known?.nowUs === now.nowUs) return known;
    this.#firsts.set(nodeId, now);
    return now;
  }
  #shownOf(nodeId: string): CardState {
    const first = this.#first(nodeId);
    this.#firsts.delete(nodeId);
    return first;
  }

  #look(state: RunState, before: RunState): void {
    if (state.summaries === before.summaries && state.arns === before.arns && state.status.shownUs === before.status.shownUs) return;
    for (const card of this.#cards.values()) if (isStale(card, state)) this.#waiting.add(card);
    this.#draw();
    if (this.#drawn > 0 || this.#waiting.size > 0) this.#nextFrame();
  }

  #draw(): void {
    const state = this.#run.getState();
    for (const card of this.#waiting) {
      if (this.#drawn >= this.#most) return;
      this.#waiting.delete(card);
      if (!isStale(card, state)) continue;
      card.shown = newest(state, card.nodeId);
      this.#drawn++;
      card.draw();
    }
  }

  /** Goes on frame by frame while cards are drawn, to see how long frames become. */
  #nextFrame(): void {
    if (this.#frame !== 0) return;
    this.#frame = this.#frames.request((ms) => {
      this.#frame = 0;
      if (this.#drawn === 0 && this.#waiting.size === 0) return void (this.#lastMs = null);
      if (this.#lastMs !== null) this.#most = ms - this.#lastMs > LONG_FRAME_MS ? Math.max(CARDS_LEAST, this.#most >> 1) : Math.min(CARDS_MOST, this.#most + CARDS_MORE);
      this.#lastMs = ms;
      this.#drawn = 0;
      this.#draw();
      this.#nextFrame();
    });
  }
}

function newest({ summaries, arns, status }: RunState, nodeId: string): CardState {
  return { summary: summaries[arns[nodeId] ?? ''], nowUs: status.shownUs };
}

function isStale({ nodeId, shown, showsTime }: Card, { summaries, arns, status }: RunState): boolean {
  const summary = summaries[arns[nodeId] ?? ''];
  return summary !== shown.summary || (status.shownUs !== shown.nowUs && showsTime(summary));
}
