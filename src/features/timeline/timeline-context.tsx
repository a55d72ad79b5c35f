/** What timeline, strip and deck share: the run, the timeline built from it, and the ways to move time. */
import { createContext, use, useMemo } from 'react';
import type { ScenarioNode, ServiceManifest } from '../../sim/manifest.ts';
import type { RunState, RunStore } from '../../state/run.store.ts';
import type { ViewStore } from '../../state/view.store.ts';
import { useCalm } from '../../ui/use-calm.ts';
import { Timeline } from './lanes.ts';

export interface TimeActions {
  play(): void;
  pause(): void;
  setSpeed(speed: number | 'max'): void;
  step(): void;
  stepBack(): void;
  /** The same, only where the selected nodes have an event. */
  stepSelected(): void;
  stepBackSelected(): void;
  skipWait(): void;
  seek(atUs: number): void;
  toStart(): void;
}

export interface TimeServices {
  readonly run: RunStore;
  readonly view: ViewStore;
  readonly manifests: ReadonlyMap<string, ServiceManifest>;
  readonly nodes: readonly ScenarioNode[];
  readonly actions: TimeActions;
  readonly timeline: Timeline;
}

const TimeContext = createContext<TimeServices | null>(null);
export const TimeProvider = TimeContext.Provider;

export function useTime(): TimeServices {
  const services = use(TimeContext);
  if (services === null) throw new Error('time controls live inside a TimeProvider');
  return services;
}

/** The timeline of a run. One for panel and strip: it follows the trace when one of them is drawn. */
export function useTimeline(manifests: ReadonlyMap<string, ServiceManifest>): Timeline {
  return useMemo(() => new Timeline(manifests), [manifests]);
}

/** Where the run stands, and the timeline up to there. A long trace is drawn anew only some times a second while it grows. */
export function useDrawnTimeline(): { readonly timeline: Timeline; readonly shownUs: number; readonly computedUs: number } {
  const { run, timeline } = useTime();
  const { shownUs, computedUs } = useCalm(run, momentOf, restMs);
  timeline.follow(run.getState().index.events);
  return { timeline, shownUs, computedUs };
}

/** Events of a trace that is drawn with every slice, and the rest between two drawings of a longer one, ms. */
const SHORT_TRACE = 2_000;
const REST_MS = 125;

function momentOf({ status, traceLength }: RunState): { readonly shownUs: number; readonly computedUs: number; readonly traceLength: number; readonly runId: number } {
  return { shownUs: status.shownUs, computedUs: status.computedUs, traceLength, runId: status.runId };
}
function restMs({ status, traceLength }: RunState): number {
  return status.playing && traceLength > SHORT_TRACE ? REST_MS : 0;
}
