/** What timeline, strip and deck share: the run, the timeline built from it, and the ways to move time. */
import { createContext, use, useMemo } from 'react';
import { useStore } from 'zustand';
import type { ScenarioNode, ServiceManifest } from '../../sim/manifest.ts';
import type { RunStore } from '../../state/run.store.ts';
import type { ViewStore } from '../../state/view.store.ts';
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

/** The timeline of a run, kept up to date with its trace. One for panel and strip. */
export function useTimeline(run: RunStore, manifests: ReadonlyMap<string, ServiceManifest>): Timeline {
  const timeline = useMemo(() => new Timeline(manifests), [manifests]);
  const length = useStore(run, (state) => state.traceLength);
  const generation = useStore(run, (state) => state.status.runId);
  useMemo(() => {
    timeline.follow(run.getState().index.events);
    // length and generation: the trace grew, or was cut
  }, [timeline, run, length, generation]);
  return timeline;
}
