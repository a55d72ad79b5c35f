/** Grades a scenario against a lesson over several seeds. */
import type { ScenarioDocument } from '../scenario/schema.ts';
import type { TraceEvent } from '../sim/trace.ts';
import { judgeCheck } from './checks.ts';
import type { CheckResult } from './checks.ts';
import { CheckedTrace } from './matcher.ts';
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
