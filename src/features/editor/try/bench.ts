/** What lies on the bench: per function the event being edited and what came of trying it. Kept while the page lives; saved events are in the scenario. */
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { TryResult } from './try-result.ts';

export interface Draft {
  /** Name of the saved event that is edited, or null. */
  readonly saved: string | null;
  /** Name that saving proposes. */
  readonly label: string;
  readonly text: string;
}

export type Trial =
  | { readonly state: 'running'; readonly detail: string }
  | { readonly state: 'stopped' }
  /** The host could not do it: a clip is not here, ffmpeg did not load. */
  | { readonly state: 'failed'; readonly message: string }
  | { readonly state: 'done'; readonly result: TryResult; readonly label: string };

export interface BenchState {
  readonly drafts: Readonly<Record<string, Draft>>;
  readonly trials: Readonly<Record<string, Trial>>;
}

export type Bench = StoreApi<BenchState>;

const benches = new WeakMap<object, Bench>();

/** The bench of a page; `owner` is its scenario store. */
export function benchOf(owner: object): Bench {
  let bench = benches.get(owner);
  if (bench === undefined) benches.set(owner, (bench = createStore<BenchState>()(() => ({ drafts: {}, trials: {} }))));
  return bench;
}

export function setDraft(bench: Bench, nodeId: string, draft: Draft): void {
  bench.setState((state) => ({ drafts: { ...state.drafts, [nodeId]: draft } }));
}

export function setTrial(bench: Bench, nodeId: string, trial: Trial): void {
  bench.setState((state) => ({ trials: { ...state.trials, [nodeId]: trial } }));
}
