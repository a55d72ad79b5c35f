/** The run as the page sees it: status, clock, newest summaries and the trace so far. Filled from the worker's slices; screens only read. */
import { createStore } from 'zustand/vanilla';
import { shallow } from 'zustand/vanilla/shallow';
import type { StoreApi } from 'zustand/vanilla';
import type { TraceEvent } from '../sim/trace.ts';
import { PagePace } from './page-pace.ts';
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
  /** After a load, until the moment to show is computed. */
  readonly arriving: boolean;
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
  /** Takes one slice of the worker. While a run plays on a strained machine, subscribers hear of some slices only: see PagePace. */
  take(slice: RunSlice): void;
  /** The status of the newest slice, for what is drawn every frame. */
  newest(): RunStatusState;
  /** Fed with the frames of a playing run. */
  readonly pace: PagePace;
  setProblems(problems: readonly Omit<ProblemState, 'id'>[]): void;
  addProblem(problem: Omit<ProblemState, 'id'>): void;
  dismissProblem(id: number): void;
  setProgress(progress: RunState['progress']): void;
  setComputing(computing: boolean): void;
}

const IDLE: RunStatusState = {
  runId: 0,
  arriving: false,
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
  const store = createStore<RunState>()(() => ({
    status: IDLE,
    summaries: {},
    arns: {},
    index,
    traceLength: 0,
    problems: [],
    computing: false,
    progress: null,
  }));
  const pace = new PagePace();
  let newest = IDLE;
  let { summaries, arns } = store.getState();
  let toldAtMs = 0;
  let waits: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    clearTimeout(waits);
    waits = undefined;
    toldAtMs = performance.now();
    store.setState({ status: newest, summaries, arns, traceLength: index.events.length });
  };
  const numbered = (problem: Omit<ProblemState, 'id'>): ProblemState => ({ ...problem, id: nextProblem++ });
  return {
    ...store,
    pace,
    newest: () => newest,
    take(slice) {
      if (slice.truncateTo !== null) index.truncate(slice.truncateTo);
      index.append(slice.events);
      newest = slice.status;
      summaries = withNews(summaries, slice);
      arns = shallow(arns, slice.arns) ? arns : slice.arns;
      if (slice.truncateTo !== null || isTurn(store.getState().status, newest)) return tell();
      const restMs = toldAtMs + pace.restMs - performance.now();
      if (restMs <= 0) tell();
      else waits ??= setTimeout(tell, restMs);
    },
    setProblems: (problems) => store.setState({ problems: problems.map(numbered) }),
    addProblem: (problem) => store.setState((state) => ({ problems: [...state.problems, numbered(problem)].slice(-20) })),
    dismissProblem: (id) => store.setState((state) => ({ problems: state.problems.filter((problem) => problem.id !== id) })),
    setProgress: (progress) => store.setState({ progress }),
    setComputing: (computing) => store.setState({ computing }),
  };
}

/** Something other than time has moved on: that is told at once. */
function isTurn(before: RunStatusState, now: RunStatusState): boolean {
  return (
    !now.playing ||
    !before.playing ||
    before.runId !== now.runId ||
    before.speed !== now.speed ||
    before.ended !== now.ended ||
    before.waitingFor.length !== now.waitingFor.length ||
    before.working.length !== now.working.length ||
    before.missingClips.length !== now.missingClips.length
  );
}
