/**
 * How often the page's words and numbers follow a playing run. Every slice where the machine carries it; where many frames come late,
 * less often, so that what moves stays smooth. Tokens are drawn every frame in any case.
 */

/** A frame this long came late, ms. */
const LATE_MS = 21;
/** Share of the newest frames that may come late. */
const LATE_SHARE = 0.03;
/** Weight of the newest frame in that share: it looks back over about a second. */
const WEIGHT = 1 / 60;
const REST_FIRST_MS = 60;
const REST_MOST_MS = 500;
const GROWTH = 1.3;
/** The rest shrinks by so much with every frame in time, ms. */
const RELIEF_MS = 1;
/** A longer pause between frames is no frame: the page was hidden. */
const NO_FRAME_MS = 1_000;

export class PagePace {
  /** How long what was told holds at least, ms; 0: every slice is told. */
  restMs = 0;
  #late = 0;

  /** Takes the length of a frame of a playing run, ms. */
  frame(lengthMs: number): void {
    if (lengthMs > NO_FRAME_MS) return;
    const late = lengthMs > LATE_MS;
    this.#late += ((late ? 1 : 0) - this.#late) * WEIGHT;
    if (late && this.#late > LATE_SHARE) this.restMs = Math.min(REST_MOST_MS, Math.max(REST_FIRST_MS, this.restMs * GROWTH));
    else if (!late) this.restMs = this.restMs <= REST_FIRST_MS / 2 ? 0 : this.restMs - RELIEF_MS;
  }
}
