/** The timeline: one lane an environment, queues with their depth and hiding, dead letters, causes of what is followed. */
import './timeline.css';
import type { PointerEvent, ReactNode } from 'react';
import { useStore } from 'zustand';
import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import type { ScenarioNode } from '../../sim/manifest.ts';
import { LEGEND, levelPath, SPAN_WORDS, spanTone, thinned } from './lane-drawing.ts';
import type { Lane, Level, Mark, Span } from './lanes.ts';
import { axisEndUs, durationText, ticks } from './time-scale.ts';
import { useDrawnTimeline, useTime } from './timeline-context.tsx';

interface Group {
  readonly resource: string;
  readonly node: ScenarioNode;
  readonly levels: readonly Level[];
  readonly lanes: readonly Lane[];
}

export function TimelinePanel(): ReactNode {
  const { run, view, nodes, manifests, actions } = useTime();
  const { timeline, shownUs, computedUs } = useDrawnTimeline();
  const arns = useStore(run, (state) => state.arns);
  const followed = useStore(view, (state) => state.followed);
  const groups = groupsOf(nodes, arns, timeline);
  const endUs = axisEndUs(computedUs);
  if (groups.length === 0) {
    return (
      <EmptyState icon="timeline" title="Nothing has run yet">
        Press play. Each environment and each queue gets a lane here.
      </EmptyState>
    );
  }
  const seekTo = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    actions.seek(Math.round(Math.min(computedUs, Math.max(0, ((event.clientX - box.left) / box.width) * endUs))));
  };
  const percent = (us: number): string => `${((Math.max(0, us) / endUs) * 100).toFixed(3)}%`;
  const lineOf: LineProps = { endUs, computedUs, shownUs, followed, percent, onFollow: (subject) => view.follow(subject) };
  return (
    <div className="timeline" role="region" aria-label="Timeline" tabIndex={0}>
      <div className="timeline-names" aria-hidden="true">
        {groups.map((group) => (
          <div key={group.resource}>
            <div className="timeline-name is-group">
              <span data-tone={manifests.get(group.node.service)?.family}>
                <Icon name={(manifests.get(group.node.service)?.icon ?? 'help') as IconName} size="s" />
              </span>
              {String(group.node.config['name'] ?? group.node.id)}
            </div>
            {group.lanes.map(
              (lane) =>
                lane.lane !== '' && (
                  <div key={lane.lane} className="timeline-name">
                    {lane.lane}
                  </div>
                ),
            )}
          </div>
        ))}
      </div>
      <div className="timeline-area" onPointerDown={seekTo} onPointerMove={(event) => event.buttons === 1 && seekTo(event)}>
        {ticks(endUs - 1).map((us) => (
          <i key={us} className="timeline-tick ui-num" style={{ left: percent(us) }}>
            {us === 0 ? '0\u00a0s' : durationText(us)}
          </i>
        ))}
        {groups.map((group) => (
          <div key={group.resource} role="list" data-tone={manifests.get(group.node.service)?.family} aria-label={String(group.node.config['name'] ?? group.node.id)}>
            <LevelLine levels={group.levels} {...lineOf} />
            {group.lanes.map((lane) => (
              <LaneLine key={lane.lane} lane={lane} {...lineOf} />
            ))}
          </div>
        ))}
        <div className="timeline-head ui-num" style={{ left: percent(shownUs) }} aria-hidden="true">
          <span>{durationText(shownUs)}</span>
        </div>
      </div>
    </div>
  );
}

/** What the bars mean, in words. */
export function TimelineLegend(): ReactNode {
  return (
    <div className="timeline-legend" aria-hidden="true">
      {LEGEND.map((state) => (
        <span key={state}>
          <i className="timeline-bar" data-state={state} data-tone={spanTone(state)} />
          {SPAN_WORDS[state]}
        </span>
      ))}
    </div>
  );
}

interface LineProps {
  readonly endUs: number;
  readonly computedUs: number;
  readonly shownUs: number;
  readonly followed: string | null;
  readonly percent: (us: number) => string;
  readonly onFollow: (subject: string) => void;
}

function LevelLine({ levels, endUs, computedUs }: LineProps & { readonly levels: readonly Level[] }): ReactNode {
  return (
    <div className="timeline-lane">
      {levels.map((level) => (
        <svg key={level.series} viewBox={`0 0 ${endUs} 24`} preserveAspectRatio="none" aria-hidden="true" data-series={level.series}>
          <path d={levelPath(level, { endUs: computedUs, bottom: 23, height: 17 })} vectorEffect="non-scaling-stroke" />
        </svg>
      ))}
    </div>
  );
}

function LaneLine({ lane, ...line }: LineProps & { readonly lane: Lane }): ReactNode {
  return (
    <div className="timeline-lane" role="listitem">
      {thinned(lane.spans, line.endUs, line.computedUs).map((span) => (
        <SpanBar key={`${span.seq}/${span.id}`} span={span} {...line} />
      ))}
      {lane.marks.map((mark) => (
        <MarkSign key={`${mark.seq}/${mark.mark}`} mark={mark} {...line} />
      ))}
    </div>
  );
}

function SpanBar({ span, computedUs, shownUs, followed, percent, onFollow }: LineProps & { readonly span: Span }): ReactNode {
  const endUs = span.endUs ?? Math.min(span.untilUs ?? computedUs, Math.max(computedUs, span.startUs));
  const subject = span.subjects[0];
  const words = `${span.label ? `${span.label}, ` : ''}${SPAN_WORDS[span.state]}, ${durationText(span.startUs)} to ${durationText(endUs)}`;
  return (
    <button
      type="button"
      className="timeline-bar"
      data-state={span.state}
      data-tone={spanTone(span.state)}
      data-ahead={span.startUs > shownUs || undefined}
      data-dimmed={(followed !== null && !span.subjects.includes(followed)) || undefined}
      style={{ left: percent(span.startUs), width: percent(endUs - Math.max(0, span.startUs)) }}
      title={words}
      aria-label={words}
      tabIndex={-1}
      onPointerDown={(event) => event.stopPropagation()}
      onClick={() => subject !== undefined && onFollow(subject)}
    >
      {span.state !== 'warm' && span.label}
    </button>
  );
}

function MarkSign({ mark, shownUs, percent, onFollow }: LineProps & { readonly mark: Mark }): ReactNode {
  const subject = mark.subjects[0];
  return (
    <button
      type="button"
      className="timeline-mark"
      data-mark={mark.mark}
      data-ahead={mark.atUs > shownUs || undefined}
      style={{ left: percent(mark.atUs) }}
      title={mark.label}
      tabIndex={-1}
      onPointerDown={(event) => event.stopPropagation()}
      onClick={() => subject !== undefined && onFollow(subject)}
    >
      <Icon name={mark.mark === 'denied' ? 'lock' : mark.mark === 'dead-letter' ? 'dead-letter' : 'warn'} size="s" />
      {mark.label}
    </button>
  );
}

/** Groups in the order of the flow on the canvas: left to right, top to bottom. */
function groupsOf(
  nodes: readonly ScenarioNode[],
  arns: Readonly<Record<string, string>>,
  timeline: { lanes: ReadonlyMap<string, Lane>; levels: ReadonlyMap<string, Level> },
): readonly Group[] {
  return [...nodes]
    .sort((a, b) => a.position.y - b.position.y || a.position.x - b.position.x)
    .flatMap((node) => {
      const resource = arns[node.id];
      if (resource === undefined) return [];
      const lanes = [...timeline.lanes.values()].filter((lane) => lane.resource === resource);
      const levels = [...timeline.levels.values()].filter((level) => level.resource === resource);
      return lanes.length + levels.length === 0 ? [] : [{ resource, node, lanes, levels }];
    });
}
