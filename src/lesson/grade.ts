/** Grades a scenario against a lesson over several seeds, and proves a lesson: the start fails, solutions pass, what is withheld bites. */
import type { ScenarioDocument } from '../scenario/schema.ts';
import type { TraceEvent } from '../sim/trace.ts';
import { judgeCheck } from './checks.ts';
import type { CheckResult } from './checks.ts';
import { CheckedTrace } from './matcher.ts';
import { applyPatches } from './patch.ts';
import type { Check, Lesson, StepOf } from './schema.ts';

/** Seeds that a lesson is graded over: its scenario's own and four more. */
export const GRADING_SEEDS = [1, 2, 3, 4, 5] as const;

/** Runs a scenario without a page; given by the caller, since lessons know no runner. */
export type RunForGrading = (scenario: ScenarioDocument, o: { readonly seed: number; readonly untilMs: number }) => Promise<{ readonly trace: readonly TraceEvent[]; readonly costUsd: number }>;

export interface LessonFiles {
  readonly lesson: Lesson;
  readonly start: ScenarioDocument;
  readonly solution: ScenarioDocument;
  readonly handlers: Readonly<Record<string, string>>;
}

export interface SeedRow {
  readonly seed: number;
  readonly results: readonly CheckResult[];
}

export interface Grade {
  /** All checks but the bonus hold on every seed. */
  readonly passed: boolean;
  /** 0 to 3: this run, all seeds, the bonus too. */
  readonly stars: 0 | 1 | 2 | 3;
  readonly seeds: readonly SeedRow[];
}

export function doStep(lesson: Lesson): StepOf<'do'> {
  const step = lesson.steps.find((candidate) => candidate.kind === 'do');
  if (step?.kind !== 'do') throw new Error(`lesson ${lesson.front.id} has no do step`);
  return step;
}

/** `onSeed` hears of each seed as soon as it is judged. */
export async function grade(lesson: Lesson, scenario: ScenarioDocument, run: RunForGrading, seeds: readonly number[] = GRADING_SEEDS, onSeed: (row: SeedRow) => void = () => {}): Promise<Grade> {
  const { checks, runMs } = doStep(lesson).data;
  const rows: SeedRow[] = [];
  for (const seed of seeds) {
    const { trace, costUsd } = await run(scenario, { seed, untilMs: runMs });
    const row = { seed, results: judgeAll(trace, costUsd, checks) };
    rows.push(row);
    onSeed(row);
  }
  const all = rows.every((row) => hold(row.results, false));
  const withBonus = checks.some((check) => check.bonus) && rows.every((row) => hold(row.results, true));
  const first = rows[0] !== undefined && hold(rows[0].results, false);
  return { passed: all, stars: all ? (withBonus ? 3 : 2) : first ? 1 : 0, seeds: rows };
}

/** All checks of a run hold: the bonus ones, or the others. */
export function hold(results: readonly CheckResult[], bonus: boolean): boolean {
  return results.every((result) => result.check.bonus !== bonus || result.state === 'passed');
}

export function judgeAll(trace: readonly TraceEvent[], costUsd: number, checks: readonly Check[]): readonly CheckResult[] {
  const checkedTrace = new CheckedTrace(trace, { ended: true, costUsd });
  return checks.map((check) => judgeCheck(checkedTrace, check));
}

/** One claim that a lesson makes about itself, and whether it holds. */
export interface Claim {
  readonly name: string;
  readonly holds: boolean;
  readonly detail: string;
}

/** Tries every claim of `proof`. Slow: many runs. */
export async function proveLesson(files: LessonFiles, run: RunForGrading): Promise<readonly Claim[]> {
  const { lesson, start, solution, handlers } = files;
  const { proof } = lesson.front;
  const base = (on: 'start' | 'solution'): ScenarioDocument => (on === 'start' ? start : solution);
  const claims: Claim[] = [];
  const atStart = await grade(lesson, start, run, [1]);
  claims.push({ name: 'the start fails', holds: atStart.stars === 0, detail: describe(atStart) });
  const solved = await grade(lesson, solution, run);
  claims.push({ name: `the solution passes on ${GRADING_SEEDS.length} seeds`, holds: solved.passed, detail: describe(solved) });
  for (const alternative of proof.alternatives) {
    const result = await grade(lesson, applyPatches(base(alternative.on), alternative.patch, handlers), run);
    claims.push({ name: `alternative '${alternative.name}' passes`, holds: result.passed, detail: describe(result) });
  }
  for (const withheld of proof.withheld) {
    const result = await grade(lesson, applyPatches(base(withheld.on), withheld.patch, handlers), run, [1]);
    const failed = result.seeds[0]!.results.find((row) => row.check.id === withheld.fails);
    claims.push({ name: `without '${withheld.concept}', check '${withheld.fails}' fails`, holds: failed?.state === 'failed', detail: describe(result) });
  }
  for (const misconception of proof.misconceptions) {
    const result = await grade(lesson, applyPatches(base(misconception.on), misconception.patch, handlers), run, [1]);
    const row = result.seeds[0]!.results.find((candidate) => candidate.check.id === misconception.check);
    claims.push({ name: `misconception '${misconception.name}' gets its own message`, holds: row?.state === 'failed' && row.diagnosis === misconception.diagnosis, detail: describe(result) });
  }
  return claims;
}

function describe(result: Grade): string {
  return result.seeds
    .map(({ seed, results }) => `seed ${seed}: ${results.map((row) => `${row.check.id}=${row.state}${row.diagnosis ? ` (${row.diagnosis})` : ''}${row.message ? ` «${row.message}»` : ''}`).join(', ')}`)
    .join(' | ');
}
