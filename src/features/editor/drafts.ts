/** What is being typed, until it becomes part of the design: after a short rest, or before anything else is pressed. */
import type { ScenarioStore } from '../../scenario/scenario.store.ts';
import { SCENARIO_LIMITS } from '../../scenario/schema.ts';

/** Rest after the last key before the text counts, ms: each change of code retires the environments that run the old one. */
export const REST_MS = 500;

interface Draft {
  readonly nodeId: string;
  readonly file: string;
  readonly text: string;
}

export type DraftState = 'saved' | 'typing' | 'too-long';

export interface DraftClock {
  readonly start: (callback: () => void, ms: number) => unknown;
  readonly stop: (handle: unknown) => void;
}

const wallClock: DraftClock = { start: (callback, ms) => setTimeout(callback, ms), stop: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>) };

export class CodeDrafts {
  #draft: Draft | null = null;
  #timer: unknown = null;
  #state: DraftState = 'saved';
  readonly #listeners = new Set<() => void>();
  readonly #scenario: ScenarioStore;
  readonly #clock: DraftClock;

  constructor(scenario: ScenarioStore, clock: DraftClock = wallClock) {
    this.#scenario = scenario;
    this.#clock = clock;
  }

  /** New text of a file, as it is typed. */
  type(nodeId: string, file: string, text: string): void {
    if (this.#draft !== null && (this.#draft.nodeId !== nodeId || this.#draft.file !== file)) this.flush();
    if (text.length > SCENARIO_LIMITS.fileCharsMax) {
      this.#drop();
      this.#tell('too-long');
      return;
    }
    this.#draft = { nodeId, file, text };
    this.#clock.stop(this.#timer);
    this.#timer = this.#clock.start(() => this.flush(), REST_MS);
    this.#tell('typing');
  }

  /** The text as it is now, typed or stored; undefined when there is no such file. */
  textOf(nodeId: string, file: string): string | undefined {
    if (this.#draft?.nodeId === nodeId && this.#draft.file === file) return this.#draft.text;
    return this.#scenario.getState().design.nodes.find((node) => node.id === nodeId)?.files?.[file];
  }

  /** Puts what was typed into the design now. */
  flush = (): void => {
    const draft = this.#draft;
    this.#drop();
    if (draft !== null) {
      const files = this.#scenario.getState().design.nodes.find((node) => node.id === draft.nodeId)?.files;
      // A file that went away meanwhile is not brought back by its draft.
      if (files?.[draft.file] !== undefined) this.#scenario.setFile(draft.nodeId, draft.file, draft.text);
    }
    if (this.#state === 'typing') this.#tell('saved');
  };

  /** What was typed counts, and the next key begins a new undo step. */
  leave = (): void => {
    this.flush();
    this.#scenario.endGroup();
  };

  state = (): DraftState => this.#state;
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #drop(): void {
    this.#clock.stop(this.#timer);
    this.#timer = null;
    this.#draft = null;
  }
  #tell(state: DraftState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
