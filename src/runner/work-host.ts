/** Does the external work that a world asks for, each piece once, and gives the result back under its key. */
import type { WorkItem } from '../sim/external-work.ts';
import type { TraceData } from '../sim/trace.ts';
import type { World } from '../sim/world.ts';
import type { Recorded } from './recorded-work.ts';

/** The host broke (load, memory, worker): never a result of the work. */
export class HostFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'HostFailure';
  }
}

export interface WorkProgress {
  readonly state: 'loading' | 'running';
  /** 0 to 1, or null while unknown. */
  readonly progress: number | null;
  readonly detail: string;
}

/** One kind of work. `signal` aborts it; it then rejects. A rejection that is no abort is a failure of the host. */
export type Performer = (item: WorkItem, o: { readonly signal: AbortSignal; readonly onProgress: (progress: WorkProgress) => void }) => Promise<TraceData>;
export type Performers = Readonly<Record<string, Performer>>;

interface Running {
  readonly item: WorkItem;
  readonly abort: AbortController;
  readonly done: Promise<void>;
  progress: WorkProgress;
}

export class WorkHost {
  readonly #performers: Performers;
  readonly #running = new Map<string, Running>();
  #failure: HostFailure | null = null;
  /** Called when a piece has moved on. */
  onChange: () => void = () => {};

  readonly #recorded: (item: WorkItem) => Recorded;

  /** @param recorded what is known without doing the work */
  constructor(performers: Performers, recorded: (item: WorkItem) => Recorded = () => ({ kind: 'unknown' })) {
    this.#performers = performers;
    this.#recorded = recorded;
  }

  /** Starts what is asked for, ready and not yet running; ends what nobody waits for any more. */
  attend(world: World, isReady: (item: WorkItem) => boolean = () => true): void {
    const wanted = world.work.anyOutstanding() ? world.work.outstanding() : [];
    const keys = new Set(wanted.map((item) => item.key));
    for (const [key, running] of this.#running) {
      if (!keys.has(key)) running.abort.abort();
    }
    for (const item of wanted) {
      const recorded = this.#recorded(item);
      if (recorded.kind === 'known') {
        world.work.results.set(item.key, recorded.value);
        this.#running.get(item.key)?.abort.abort();
        this.onChange();
      } else if (recorded.kind === 'unknown' && !this.#running.has(item.key) && isReady(item)) this.#start(item, world.work.results);
    }
  }

  /** Resolves when any running piece has ended. Throws the host's failure, once. */
  async next(): Promise<void> {
    if (this.#running.size > 0 && this.#failure === null) await Promise.race([...this.#running.values()].map((running) => running.done));
    const failure = this.takeFailure();
    if (failure) throw failure;
  }

  /** The host's failure since the last look, once. */
  takeFailure(): HostFailure | null {
    const failure = this.#failure;
    this.#failure = null;
    return failure;
  }

  running(): readonly { readonly item: WorkItem; readonly progress: WorkProgress }[] {
    return [...this.#running.values()].map(({ item, progress }) => ({ item, progress }));
  }

  abortAll(): void {
    for (const running of this.#running.values()) running.abort.abort();
  }

  #start(item: WorkItem, results: Map<string, TraceData>): void {
    const abort = new AbortController();
    const perform = this.#performers[item.kind];
    const onProgress = (progress: WorkProgress): void => {
      running.progress = progress;
      this.onChange();
    };
    const work = perform ? perform(item, { signal: abort.signal, onProgress }) : Promise.reject(new HostFailure(`This host cannot do work of kind '${item.kind}'.`));
    const done = work
      .then(
        (value) => void results.set(item.key, value),
        (error: unknown) => {
          if (!abort.signal.aborted) this.#failure = error instanceof HostFailure ? error : new HostFailure(error instanceof Error ? error.message : String(error));
        },
      )
      .finally(() => {
        this.#running.delete(item.key);
        this.onChange();
      });
    const running: Running = { item, abort, done, progress: { state: 'running', progress: null, detail: '' } };
    this.#running.set(item.key, running);
  }
}
