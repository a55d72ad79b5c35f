/** The protocol between the page and the grading worker, which also tries single calls. */
import type { Grade, SeedRow } from '../lesson/grade.ts';
import type { Lesson } from '../lesson/schema.ts';
import type { ClipRef, ScenarioDocument } from '../scenario/schema.ts';
import type { Tried, TryOptions } from './try-run.ts';

export type GradeCommand =
  /** First message: the absolute address of the page's folder, with a slash at its end. */
  | { readonly kind: 'init'; readonly baseUrl: string }
  | { readonly kind: 'grade'; readonly jobId: number; readonly lesson: Lesson; readonly scenario: ScenarioDocument; readonly seeds: readonly number[] }
  /** Makes one call on a world of its own. */
  | { readonly kind: 'try'; readonly jobId: number; readonly scenario: ScenarioDocument; readonly options: TryOptions }
  /** Bytes that were asked for; null when nobody has them. */
  | { readonly kind: 'clip'; readonly sha256: string; readonly bytes: ArrayBuffer | null };

export type GradeSlice =
  | { readonly kind: 'seed'; readonly jobId: number; readonly row: SeedRow }
  /** What is being waited for; empty when nothing is. */
  | { readonly kind: 'detail'; readonly text: string }
  | { readonly kind: 'want-clip'; readonly clip: ClipRef }
  | { readonly kind: 'done'; readonly jobId: number; readonly grade: Grade }
  | { readonly kind: 'tried'; readonly jobId: number; readonly tried: Tried }
  | { readonly kind: 'failed'; readonly jobId: number | null; readonly message: string };
