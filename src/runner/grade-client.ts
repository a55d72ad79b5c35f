/** The page's side of grading and of trying a call alone: starts the grading worker when it is first needed, hands it clips, tells progress, and cancels by ending it. */
import type { Grade, SeedRow } from '../lesson/grade.ts';
import type { Lesson } from '../lesson/schema.ts';
import type { ScenarioDocument } from '../scenario/schema.ts';
import type { GradeCommand, GradeSlice } from './grade-protocol.ts';
import type { Tried, TryOptions } from './try-run.ts';

export type { Tried, TryOptions } from './try-run.ts';

export interface GradeClient {
  /** Grades a scenario over the seeds. Rejects with GradeCancelled after `cancel`, with an Error when the host failed. */
  grade(lesson: Lesson, scenario: ScenarioDocument, o: GradeOptions): Promise<Grade>;
  /** Makes one call on a world of its own. Rejects as grading does. */
  tryCall(scenario: ScenarioDocument, o: TryOptions, onDetail: GradeOptions['onDetail']): Promise<Tried>;
  /** Ends what is running; the next grading starts a new worker. */
  cancel(): void;
}

export interface GradeOptions {
  readonly seeds: readonly number[];
  readonly onSeed: (row: SeedRow) => void;
  /** What is being waited for; empty when nothing is. */
  readonly onDetail: (text: string) => void;
}

export class GradeCancelled extends Error {
  constructor() {
    super('Stopped.');
    this.name = 'GradeCancelled';
  }
}

/** The part of a Worker that is used: a test gives its own. */
export interface GradeWorkerLike {
  postMessage(message: GradeCommand): void;
  terminate(): void;
  onmessage: ((event: { readonly data: GradeSlice }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

export interface GradeClientOptions {
  /** Absolute address of the page's folder, with a slash at its end. */
  readonly baseUrl: string;
  /** Bytes of a clip by SHA-256, or null when nobody holds them: the run client's `blob`. */
  readonly blob: (sha256: string) => Promise<ArrayBuffer | null>;
  readonly makeWorker?: () => GradeWorkerLike;
}

interface Job {
  readonly done: (slice: Extract<GradeSlice, { kind: 'done' | 'tried' }>) => void;
  readonly reject: (error: Error) => void;
  readonly onSeed: GradeOptions['onSeed'];
  readonly onDetail: GradeOptions['onDetail'];
}

export function createGradeClient(o: GradeClientOptions): GradeClient {
  const jobs = new Map<number, Job>();
  let worker: GradeWorkerLike | null = null;
  let nextJob = 1;

  const end = (error: Error): void => {
    worker?.terminate();
    worker = null;
    for (const job of jobs.values()) job.reject(error);
    jobs.clear();
  };
  const take = (from: GradeWorkerLike, slice: GradeSlice): void => {
    if (from !== worker) return;
    switch (slice.kind) {
      case 'seed':
        return jobs.get(slice.jobId)?.onSeed(slice.row);
      case 'detail':
        for (const job of jobs.values()) job.onDetail(slice.text);
        return;
      case 'want-clip': {
        const { sha256 } = slice.clip;
        o.blob(sha256)
          .catch(() => null)
          .then((bytes) => from.postMessage({ kind: 'clip', sha256, bytes }), () => {});
        return;
      }
      case 'done':
      case 'tried':
        jobs.get(slice.jobId)?.done(slice);
        jobs.delete(slice.jobId);
        return;
      case 'failed':
        if (slice.jobId === null) return end(new Error(slice.message));
        jobs.get(slice.jobId)?.reject(new Error(slice.message));
        jobs.delete(slice.jobId);
    }
  };
  const start = (): GradeWorkerLike => {
    const made = o.makeWorker?.() ?? (new Worker(new URL('./grade.worker.ts', import.meta.url), { type: 'module', name: 'grade' }) as unknown as GradeWorkerLike);
    made.onmessage = ({ data }) => take(made, data);
    made.onerror = (event) => end(new Error(event.message ?? 'The grading worker could not be started.'));
    made.postMessage({ kind: 'init', baseUrl: o.baseUrl });
    return made;
  };
  const begin = (job: Job, command: (jobId: number) => GradeCommand): void => {
    worker ??= start();
    const jobId = nextJob++;
    jobs.set(jobId, job);
    worker.postMessage(command(jobId));
  };
  return {
    grade: (lesson, scenario, { seeds, onSeed, onDetail }) =>
      new Promise((resolve, reject) => {
        begin({ done: (slice) => void (slice.kind === 'done' && resolve(slice.grade)), reject, onSeed, onDetail }, (jobId) => ({ kind: 'grade', jobId, lesson, scenario, seeds }));
      }),
    tryCall: (scenario, options, onDetail) =>
      new Promise((resolve, reject) => {
        begin({ done: (slice) => void (slice.kind === 'tried' && resolve(slice.tried)), reject, onSeed: () => {}, onDetail }, (jobId) => ({ kind: 'try', jobId, scenario, options }));
      }),
    cancel: () => end(new GradeCancelled()),
  };
}
