/** Which tokens are on the wire at a moment: from the trace's travels to positions, a pure function of trace, time and speed. */
import type { TokenShape, TraceEvent } from '../../sim/trace.ts';

/** Wall time that a token is shown at least and at most (design: travel). */
export const TRAVEL_MS_MIN = 220;
export const TRAVEL_MS_MAX = 900;
/** More tokens than this on one edge are drawn as one with a count. */
export const TOKENS_PER_EDGE_MAX = 6;

export interface Token {
  readonly seq: number;
  readonly from: string;
  readonly to: string;
  readonly shape: TokenShape;
  /** 0 at the start of the edge, 1 at its end. */
  readonly progress: number;
  readonly attempt: number;
  readonly subjects: readonly string[];
  /** How many tokens this one stands for. */
  readonly count: number;
}

/** Virtual µs that a travel of `durationUs` is shown for at `speed` (virtual per wall). */
export function shownUs(durationUs: number, speed: number): number {
  const least = TRAVEL_MS_MIN * 1_000 * speed;
  const most = TRAVEL_MS_MAX * 1_000 * speed;
  return Math.min(most, Math.max(least, durationUs));
}

/**
 * Tokens visible at `nowUs`, oldest first. `events` are in order of time; only those before `count` have happened.
 * With `still` (reduced motion) every token sits mid-edge.
 */
export function tokensAt(
  events: readonly TraceEvent[],
  o: { readonly count: number; readonly nowUs: number; readonly speed: number; readonly still: boolean },
): readonly Token[] {
  const horizonUs = TRAVEL_MS_MAX * 1_000 * o.speed;
  const tokens: Token[] = [];
  for (let i = o.count - 1; i >= 0; i--) {
    const event = events[i]!;
    if (event.at < o.nowUs - horizonUs) break;
    const travel = event.travel;
    if (travel === undefined) continue;
    const progress = (o.nowUs - event.at) / shownUs(travel.durationUs, o.speed);
    if (progress < 0 || progress >= 1) continue;
    tokens.push({
      seq: event.seq,
      from: travel.from,
      to: travel.to,
      shape: travel.shape,
      progress: o.still ? 0.5 : progress,
      attempt: travel.attempt,
      subjects: event.subjects ?? [],
      count: 1,
    });
  }
  return merge(tokens.reverse(), o.still ? 1 : TOKENS_PER_EDGE_MAX);
}

/** One token with a count in place of too many on one edge: the newest leads. */
function merge(tokens: readonly Token[], most: number): readonly Token[] {
  const perEdge = new Map<string, Token[]>();
  for (const token of tokens) {
    const key = `${token.from} ${token.to}`;
    const list = perEdge.get(key);
    if (list) list.push(token);
    else perEdge.set(key, [token]);
  }
  const merged: Token[] = [];
  for (const list of perEdge.values()) {
    if (list.length <= most) merged.push(...list);
    else
      merged.push({
        ...list[list.length - 1]!,
        progress: list[Math.floor(list.length / 2)]!.progress,
        count: list.length,
        subjects: list.flatMap((token) => token.subjects),
      });
  }
  return merged.sort((a, b) => a.seq - b.seq);
}
