/** The lessons on the page: which one is open, progress (kept in this browser), the newest verdicts on the run, and the visitor's own scenario set aside. */
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { CheckResult } from './checks.ts';
import type { LessonFiles } from './grade.ts';
import { mergeProgress, NO_PROGRESS, readProgress, writeProgress } from './progress.ts';
import type { AllProgress, Guess, LessonProgress, Stars } from './progress.ts';

/** Where progress and set-aside scenarios are kept: localStorage on the page. Each call may throw (full, forbidden): the page goes on without. */
export interface TextStorage {
  getItem(key: string): string | null;
  setItem(key: string, text: string): void;
  removeItem(key: string): void;
}

const PROGRESS_KEY = 'coldstart.lessons';
const OWN_KEY = 'coldstart.lessons.own';
const workKey = (id: string): string => `coldstart.lessons.work.${id}`;

/** Grading over all seeds, as far as it is. */
export interface GradingState {
  readonly lesson: string;
  /** Seeds that are judged, with what each gave. */
  readonly seeds: readonly { readonly seed: number; readonly passed: boolean; readonly results: readonly CheckResult[] }[];
  readonly of: number;
  /** What is being waited for: 'ffmpeg, 1080p', or empty. */
  readonly detail: string;
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly message: string;
}

export interface LessonState {
  /** The open lesson, or null while the list is shown. */
  readonly open: LessonFiles | null;
  readonly progress: AllProgress;
  /** Verdicts of the checks of the open step over the run so far. */
  readonly live: readonly CheckResult[];
  /** The run has reached the end of the graded span: nothing is open any more. */
  readonly liveEnded: boolean;
  readonly grading: GradingState | null;
  /** False when the browser would not keep what was written last. */
  readonly kept: boolean;
}

export interface LessonStore extends StoreApi<LessonState> {
  progressOf(id: string): LessonProgress;
  openLesson(files: LessonFiles): void;
  closeLesson(): void;
  goTo(step: number): void;
  /** Marks a step as done. */
  finish(step: number): void;
  answer(step: number, guess: Guess | null): void;
  showHint(level: 1 | 2 | 3): void;
  seeSolution(): void;
  setLive(results: readonly CheckResult[], ended: boolean): void;
  /** Gives stars, unless the solution was seen; never takes any away. */
  award(stars: Stars): void;
  setGrading(grading: GradingState | null): void;
  exportProgress(): string;
  /** Answers why not, or null. What was reached before stays. */
  importProgress(text: string): string | null;
  /** Of one lesson, or of all. */
  resetProgress(id?: string): void;
  /** The visitor's own scenario, set aside while lessons are open. */
  own: { get(): string | null; set(text: string | null): void };
  /** The learner's design of a lesson, kept when another scenario is opened. */
  work: { get(id: string): string | null; set(id: string, text: string | null): void };
}

export function createLessonStore(o: { readonly storage: TextStorage }): LessonStore {
  const { storage } = o;
  const read = (key: string): string | null => {
    try {
      return storage.getItem(key);
    } catch {
      return null;
    }
  };
  const write = (key: string, text: string | null): void => {
    try {
      if (text === null) storage.removeItem(key);
      else storage.setItem(key, text);
      if (!store.getState().kept) store.setState({ kept: true });
    } catch {
      store.setState({ kept: false });
    }
  };
  const store = createStore<LessonState>()(() => ({ open: null, progress: firstProgress(read(PROGRESS_KEY)), live: [], liveEnded: false, grading: null, kept: true }));
  const progressOf = (id: string): LessonProgress => store.getState().progress[id] ?? NO_PROGRESS;
  const setProgress = (progress: AllProgress): void => {
    store.setState({ progress });
    write(PROGRESS_KEY, writeProgress(progress));
  };
  /** Changes the progress of the open lesson. */
  const change = (patch: (progress: LessonProgress) => Partial<LessonProgress>): void => {
    const id = store.getState().open?.lesson.front.id;
    if (id === undefined) return;
    const before = progressOf(id);
    const after = { ...before, ...patch(before) };
    if (JSON.stringify(after) !== JSON.stringify(before)) setProgress({ ...store.getState().progress, [id]: after });
  };
  return {
    ...store,
    progressOf,
    openLesson: (files) => store.setState({ open: files, live: [], liveEnded: false, grading: null }),
    closeLesson: () => store.setState({ open: null, live: [], liveEnded: false, grading: null }),
    goTo: (step) => {
      const count = store.getState().open?.lesson.steps.length ?? 0;
      change(() => ({ step: Math.max(0, Math.min(step, count - 1)) }));
      store.setState({ live: [], liveEnded: false });
    },
    finish: (step) => change(({ done }) => ({ done: done.includes(step) ? done : [...done, step] })),
    answer: (step, guess) =>
      change(({ guesses }) => {
        const { [step]: _, ...others } = guesses;
        return { guesses: guess === null ? others : { ...others, [step]: guess } };
      }),
    showHint: (level) => change(({ hints }) => ({ hints: Math.max(hints, level) })),
    seeSolution: () => change(() => ({ solutionSeen: true })),
    setLive: (live, liveEnded) => {
      store.setState({ live, liveEnded });
      const held = live.filter((result) => result.state === 'passed').map((result) => result.check.id);
      if (liveEnded) change(({ checks }) => ({ checks: [...new Set([...checks, ...held])] }));
    },
    award: (stars) => change((progress) => (progress.solutionSeen || stars <= progress.stars ? {} : { stars })),
    setGrading: (grading) => store.setState({ grading }),
    exportProgress: () => writeProgress(store.getState().progress),
    importProgress(text) {
      const result = readProgress(text);
      if (!result.ok) return result.message;
      setProgress(mergeProgress(store.getState().progress, result.lessons));
      return null;
    },
    resetProgress(id) {
      const { progress } = store.getState();
      if (id === undefined) return setProgress({});
      const { [id]: _, ...others } = progress;
      setProgress(others);
    },
    own: { get: () => read(OWN_KEY), set: (text) => write(OWN_KEY, text) },
    work: { get: (id) => read(workKey(id)), set: (id, text) => write(workKey(id), text) },
  };
}

/** What can't be read any more is begun anew; it is only overwritten by the next step of the learner. */
function firstProgress(text: string | null): AllProgress {
  const result = text === null ? null : readProgress(text);
  return result?.ok ? result.lessons : {};
}
