/** The run as the page sees it: status, clock, newest summaries and the trace so far. Filled from the worker's slices; screens only read. */
import { createStore } from 'zustand/vanilla';
import { shallow } from 'zustand/vanilla/shallow';
import type { StoreApi } from 'zustand/vanilla';
import type { TraceEvent } from '../sim/trace.ts';
import { withNews } from './summaries.ts';
import { GrowingTraceIndex } from './trace-index.ts';
import type { TraceIndex } from './trace-index.ts';

export interface WorkState {
  readonly workId: string;
  readonly kind: string;
  readonly resource: string;
  readonly progress: number | null;
  readonly state: 'loading' | 'running';
  readonly detail: string;
}

export interface RunStatusState {
  readonly runId: number;
  readonly playing: boolean;
  readonly speed: number | 'max';
  readonly shownUs: number;
  readonly computedUs: number;
  readonly nextUs: number | null;
  readonly waitingFor: readonly WorkState[];
  readonly working: readonly WorkState[];
  readonly missingClips: readonly { readonly name: string; readonly sha256: string; readonly size: number }[];
  readonly ended: string | null;
}

export interface ProblemState {
  readonly id: number;
  readonly level: 'error' | 'warning';
  readonly nodeId?: string;
  readonly edgeId?: string;
  readonly sentence: string;
}

export interface RunState {
  readonly status: RunStatusState;
  readonly summaries: Readonly<Record<string, object>>;
  readonly arns: Readonly<Record<string, string>>;
  readonly index: TraceIndex;
  /** Grows with the trace: select this to hear of new events. Falls when the past is rewritten. */
  readonly traceLength: number;
  readonly problems: readonly ProblemState[];
  /** A burst of handler code has been computing for a while; virtual time does not move meanwhile. Told by the client, not the worker. */
  readonly computing: boolean;
  readonly progress: { readonly what: string; readonly loadedBytes: number; readonly totalBytes: number | null } | null;
}

export interface RunSlice {
  readonly status: RunStatusState;
  readonly truncateTo: number | null;
  readonly events: readonly TraceEvent[];
  readonly summaries: Readonly<Record<string, object | null>>;
  readonly all: boolean;
  readonly arns: Readonly<Record<string, string>>;
}

export interface RunStore extends StoreApi<RunState> {
  /** Takes one slice of the worker. */
  take(slice: RunSlice): void;
  setProblems(problems: readonly Omit<ProblemState, 'id'>[]): void;
  addProblem(problem: Omit<ProblemState, 'id'>): void;
  dismissProblem(id: number): void;
  setProgress(progress: RunState['progress']): void;
  setComputing(computing: boolean): void;
}

const IDLE: RunStatusState = {
  runId: 0,
  playing: false,
  speed: 1,
  shownUs: 0,
  computedUs: 0,
  nextUs: null,
  waitingFor: [],
  working: [],
  missingClips: [],
  ended: null,
};

export function createRunStore(): RunStore {
  const index = new GrowingTraceIndex();
  let nextProblem = 1;
  const store = createStore<RunState>()(() => ({ status: IDLE, summaries: {}, arns: {}, index, traceLength: 0, problems: [], computing: false, progress: null }));
  const numbered = (problem: Omit<ProblemState, 'id'>): ProblemState => ({ ...problem, id: nextProblem++ });
  return {
    ...store,
    take(slice) {
      if (slice.truncateTo !== null) index.truncate(slice.truncateTo);
      index.append(slice.events);
      store.setState({ status: slice.status, summaries: withNews(store.getState().summaries, slice), arns: shallow(store.getState().arns, slice.arns) ? store.getState().arns : slice.arns, traceLength: index.events.length });
    },
    setProblems: (problems) => store.setState({ problems: problems.map(numbered) }),
    addProblem: (problem) => store.setState((state) => ({ problems: [...state.problems, numbered(problem)].slice(-20) })),
    dismissProblem: (id) => store.setState((state) => ({ problems: state.problems.filter((problem) => problem.id !== id) })),
    setProgress: (progress) => store.setState({ progress }),
    setComputing: (computing) => store.setState({ computing }),
  };
}
