/** How spans and levels look: tones, words and step lines, shared by panel and strip. */
import type { SpanState } from '../../sim/manifest.ts';
import type { Level, Span } from './lanes.ts';

export const SPAN_WORDS: Readonly<Record<SpanState, string>> = {
  starting: 'starting',
  running: 'running',
  failed: 'failed',
  'timed-out': 'timed out',
  throttled: 'throttled',
  warm: 'warm',
  hidden: 'hidden',
  ending: 'ending',
  computing: 'computing',
};

/** States that the legend explains, in its order. */
export const LEGEND: readonly SpanState[] = ['starting', 'running', 'failed', 'timed-out', 'hidden', 'ending'];

export function spanTone(state: SpanState): 'cold' | 'invoke' | 'bad' | 'message' | 'warn' | 'plain' {
  if (state === 'starting') return 'cold';
  if (state === 'running' || state === 'computing') return 'invoke';
  if (state === 'failed' || state === 'timed-out') return 'bad';
  if (state === 'hidden') return 'message';
  return state === 'throttled' ? 'warn' : 'plain';
}

/** What a lane can show beside each other: more than one span of a state in this share of the axis looks like one. */
const COLUMNS = 1_500;

/** Spans without those that cannot be told from the one before them: of the same state, in the same column of the axis. */
export function thinned<S extends Pick<Span, 'startUs' | 'endUs' | 'state'>>(spans: readonly S[], endUs: number, computedUs: number): readonly S[] {
  if (spans.length <= COLUMNS / 2) return spans;
  const column = (us: number): number => Math.floor((us / endUs) * COLUMNS);
  const kept: S[] = [];
  const lastOf = new Map<SpanState, number>();
  for (const span of spans) {
    const until = column(span.endUs ?? computedUs);
    if (until === lastOf.get(span.state)) continue;
    lastOf.set(span.state, until);
    kept.push(span);
  }
  return kept;
}

/** An area under the steps of a level, in µs by px. Of many steps in one column of the axis the highest is drawn. */
export function levelPath(level: Level, o: { readonly endUs: number; readonly bottom: number; readonly height: number }): string {
  const peak = level.points.reduce((most, { value }) => Math.max(most, value), 1);
  const yOf = (value: number): string => (o.bottom - (value / peak) * o.height).toFixed(2);
  const widthUs = level.points.length > COLUMNS ? o.endUs / COLUMNS : 0;
  const { points } = level;
  let path = `M0 ${o.bottom}`;
  let last = String(o.bottom);
  for (let i = 0; i < points.length && points[i]!.atUs <= o.endUs; ) {
    const atUs = Math.max(0, points[i]!.atUs);
    let now = points[i++]!.value;
    let most = now;
    while (i < points.length && points[i]!.atUs < atUs + widthUs) most = Math.max(most, (now = points[i++]!.value));
    path += `L${atUs} ${last}L${atUs} ${yOf(most)}`;
    last = yOf(now);
    if (now !== most) path += `L${atUs} ${last}`;
  }
  return `${path}L${o.endUs} ${last}L${o.endUs} ${o.bottom}Z`;
}
