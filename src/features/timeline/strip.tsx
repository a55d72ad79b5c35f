/** The overview strip in the deck: the whole run at a glance, and a slider for the playhead. */
import { useRef } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { levelPath, spanTone, thinned } from './lane-drawing.ts';
import type { Span } from './lanes.ts';
import { axisEndUs, durationText } from './time-scale.ts';
import { useDrawnTimeline, useTime } from './timeline-context.tsx';

const ROWS = 4;
const STEP_US = 100_000;

export function Strip(): ReactNode {
  const { actions } = useTime();
  const { timeline, shownUs, computedUs } = useDrawnTimeline();
  const strip = useRef<HTMLDivElement>(null);
  const endUs = axisEndUs(computedUs);
  const percent = (us: number): string => `${((us / endUs) * 100).toFixed(3)}%`;

  const seekTo = (event: PointerEvent): void => {
    const box = strip.current?.getBoundingClientRect();
    if (box) actions.seek(Math.round(Math.min(computedUs, Math.max(0, ((event.clientX - box.left) / box.width) * endUs))));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -STEP_US, ArrowRight: STEP_US, PageDown: -100 * STEP_US, PageUp: 100 * STEP_US }[event.key];
    if (by !== undefined) actions.seek(Math.max(0, shownUs + by * (event.shiftKey ? 10 : 1)));
    else if (event.key === 'Home') actions.seek(0);
    else if (event.key === 'End') actions.seek(computedUs);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const depth = [...timeline.levels.values()].find((level) => level.series === 'depth');
  return (
    <div
      ref={strip}
      className="strip"
      role="slider"
      tabIndex={0}
      aria-label="Playhead"
      aria-valuemin={0}
      aria-valuemax={Math.round(computedUs / 1_000)}
      aria-valuenow={Math.round(shownUs / 1_000)}
      aria-valuetext={`${durationText(shownUs)} of ${durationText(computedUs)}`}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        seekTo(event);
      }}
      onPointerMove={(event) => event.buttons === 1 && seekTo(event)}
      onDoubleClick={() => actions.setSpeed(1)}
    >
      <div className="strip-past" style={{ width: percent(shownUs) }} />
      {depth && (
        <svg viewBox={`0 0 ${endUs} 40`} preserveAspectRatio="none" aria-hidden="true">
          <path d={levelPath(depth, { endUs: computedUs, bottom: 40, height: 10 })} className="strip-depth" />
        </svg>
      )}
      {stripSpans(timeline, endUs, computedUs).map(({ span, row }) => (
        <i
          key={`${span.seq}-${row}`}
          className="strip-bar"
          data-tone={spanTone(span.state)}
          data-ahead={span.startUs > shownUs || undefined}
          style={{ left: percent(span.startUs), width: percent(Math.max(0, (span.endUs ?? computedUs) - span.startUs)), top: 5 + row * 7 }}
        />
      ))}
      {[...timeline.lanes.values()].flatMap((lane) =>
        lane.marks
          .filter((mark) => mark.mark === 'dead-letter')
          .map((mark) => <i key={mark.seq} className="strip-cross" style={{ left: percent(mark.atUs) }} />),
      )}
      <div className="strip-head" style={{ left: percent(shownUs) }} />
    </div>
  );
}

/** Spans that say something at 5 px: starts and runs, in rows by lane. */
function stripSpans(timeline: { readonly lanes: ReadonlyMap<string, { readonly spans: readonly Span[] }> }, endUs: number, computedUs: number): { span: Span; row: number }[] {
  const found: { span: Span; row: number }[] = [];
  let row = 0;
  for (const lane of timeline.lanes.values()) {
    const worth = thinned(lane.spans.filter((span) => span.state !== 'warm' && span.state !== 'hidden' && span.state !== 'ending'), endUs, computedUs);
    if (worth.length === 0) continue;
    for (const span of worth) found.push({ span, row: row % ROWS });
    row++;
  }
  return found;
}
