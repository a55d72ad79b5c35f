/** What the follow and why cards are given. */
import type { RunStore } from '../../state/run.store.ts';
import type { ViewStore } from '../../state/view.store.ts';
import type { ScenarioStore } from '../../scenario/scenario.store.ts';

export interface FollowProps {
  readonly scenario: ScenarioStore;
  readonly run: RunStore;
  readonly view: ViewStore;
  /** Moves the playhead to a moment, µs since the start. */
  readonly seek: (atUs: number) => void;
}
