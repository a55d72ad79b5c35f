/** What is kept of a learner's way through the lessons: its schema, reading what was kept before, and how it is exported. */
import { z } from 'zod';

/** Version of what is kept. A change of shape reads the older versions here. */
export const PROGRESS_VERSION = 1;

const guessSchema = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('recall'), option: z.int().min(0) }),
  z.object({ ask: z.literal('pick'), option: z.string() }),
  z.object({ ask: z.literal('order'), items: z.array(z.string()) }),
  z.object({ ask: z.literal('path'), nodes: z.array(z.string()) }),
  z.object({ ask: z.literal('moment'), atMs: z.number().min(0) }),
]);
/** An answer to a recall or a prediction. Never scored. */
export type Guess = z.infer<typeof guessSchema>;

const lessonProgressSchema = z.object({
  /** Step that is open, from 0. */
  step: z.int().min(0).default(0),
  /** Steps that are done, by index. */
  done: z.array(z.int().min(0)).default([]),
  /** Hints shown: 0 none, 1 nudge, 2 ghost, 3 recipe. */
  hints: z.int().min(0).max(3).default(0),
  /** Ids of the checks that have held in a run of the learner. */
  checks: z.array(z.string()).default([]),
  stars: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]).default(0),
  /** The solution was shown: from then on this lesson gives no star. */
  solutionSeen: z.boolean().default(false),
  /** Step index → answer. */
  guesses: z.record(z.string(), guessSchema).default({}),
});
export type LessonProgress = z.infer<typeof lessonProgressSchema>;
export type Stars = LessonProgress['stars'];

const keptSchema = z.object({ coldstart: z.literal('lessons'), version: z.literal(PROGRESS_VERSION), lessons: z.record(z.string(), lessonProgressSchema) });
export type AllProgress = Readonly<Record<string, LessonProgress>>;

export const NO_PROGRESS: LessonProgress = { step: 0, done: [], hints: 0, checks: [], stars: 0, solutionSeen: false, guesses: {} };

export function writeProgress(lessons: AllProgress): string {
  return JSON.stringify({ coldstart: 'lessons', version: PROGRESS_VERSION, lessons });
}

/** Reads what was kept or exported. Answers a message when it can't be used. */
export function readProgress(text: string): { readonly ok: true; readonly lessons: AllProgress } | { readonly ok: false; readonly message: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, message: 'This file is no JSON. Progress is exported as a file that ends in .json.' };
  }
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined;
  if (typeof version === 'number' && version > PROGRESS_VERSION) return { ok: false, message: 'This progress was made by a newer Coldstart. Reload to update, then import it again.' };
  const result = keptSchema.safeParse(value);
  return result.success ? { ok: true, lessons: result.data.lessons } : { ok: false, message: 'This file holds no lesson progress.' };
}

/** Two records of the same learner become one: nothing that was reached is lost. */
export function mergeProgress(a: AllProgress, b: AllProgress): AllProgress {
  const merged: Record<string, LessonProgress> = { ...a };
  for (const [id, theirs] of Object.entries(b)) {
    const ours = a[id];
    merged[id] = ours === undefined ? theirs : {
      step: Math.max(ours.step, theirs.step),
      done: union(ours.done, theirs.done),
      hints: Math.max(ours.hints, theirs.hints),
      checks: union(ours.checks, theirs.checks),
      stars: Math.max(ours.stars, theirs.stars) as Stars,
      solutionSeen: ours.solutionSeen || theirs.solutionSeen,
      guesses: { ...theirs.guesses, ...ours.guesses },
    };
  }
  return merged;
}

function union<T>(a: readonly T[], b: readonly T[]): T[] {
  return [...new Set([...a, ...b])];
}
