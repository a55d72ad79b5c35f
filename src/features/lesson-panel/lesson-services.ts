/** What the lesson panel needs of the app. */
import type { LessonStore } from '../../lesson/lesson.store.ts';
import type { RunClient } from '../../runner/client.ts';
import type { Origin, ScenarioStore } from '../../scenario/scenario.store.ts';
import type { ScenarioDocument } from '../../scenario/schema.ts';
import type { RunStore } from '../../state/run.store.ts';
import type { ViewStore } from '../../state/view.store.ts';

export interface LessonServices {
  readonly lessons: LessonStore;
  readonly scenario: ScenarioStore;
  readonly run: RunStore;
  readonly view: ViewStore;
  readonly client: RunClient;
  readonly time: {
    play(): void;
    pause(): void;
    seek(atUs: number): void;
    skipWait(): void;
    setSpeed(speed: number | 'max'): void;
  };
  /** Opens a document: the design is replaced, the run starts anew, paused. */
  open(document: ScenarioDocument, origin: Origin, opening?: { readonly prefetchMs: number; readonly showMs: number }): void;
}
