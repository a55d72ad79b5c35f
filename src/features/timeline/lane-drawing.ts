/** How spans and levels look: tones, words and step lines, shared by panel and strip. */
import type { SpanState } from '../../sim/manifest.ts';
import type { Level } from './lanes.ts';

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

/** An area under the steps of a level, in µs by px. `peak` scales several levels alike. */
export function levelPath(level: Level, o: { readonly endUs: number; readonly bottom: number; readonly height: number }): string {
  const peak = Math.max(1, ...level.points.map((point) => point.value));
  let path = `M0 ${o.bottom}`;
  let last = o.bottom;
  for (const { atUs, value } of level.points) {
    if (atUs > o.endUs) break;
    const y = o.bottom - (value / peak) * o.height;
    path += `L${Math.max(0, atUs)} ${last.toFixed(2)}L${Math.max(0, atUs)} ${y.toFixed(2)}`;
    last = y;
  }
  return `${path}L${o.endUs} ${last.toFixed(2)}L${o.endUs} ${o.bottom}Z`;
}
