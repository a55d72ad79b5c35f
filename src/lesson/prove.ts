/** Proves a lesson: the start fails, solutions pass on every seed, what is withheld bites, each misconception gets its own message, and all that is told can be seen. */
import type { ScenarioDocument } from '../scenario/schema.ts';
import type { TraceEvent } from '../sim/trace.ts';
import { doStep, grade, GRADING_SEEDS, judgeAll } from './grade.ts';
import type { Grade, LessonFiles, RunForGrading } from './grade.ts';
import { CheckedTrace } from './matcher.ts';
import { applyPatches } from './patch.ts';
import { stopMomentUs } from './stops.ts';
import type { StepOf } from './schema.ts';

/** One claim that a lesson makes about itself, and whether it holds. */
export interface Claim {
  readonly name: string;
  readonly holds: boolean;
  readonly detail: string;
}

/** Tries every claim of `proof`, and of the steps. Slow: many runs. */
export async function proveLesson(files: LessonFiles, run: RunForGrading): Promise<readonly Claim[]> {
  return [...(await proveGrading(files, run)), ...(await proveSteps(files, run))];
}

async function proveGrading(files: LessonFiles, run: RunForGrading): Promise<readonly Claim[]> {
  const { lesson, start, solution, handlers } = files;
  const { proof } = lesson.front;
  const base = (on: 'start' | 'solution'): ScenarioDocument => (on === 'start' ? start : solution);
  const claims: Claim[] = [];
  const atStart = await grade(lesson, start, run, [1]);
  claims.push({ name: 'the start fails', holds: atStart.stars === 0, detail: describe(atStart) });
  const solved = await grade(lesson, solution, run);
  claims.push({ name: `the solution passes on ${GRADING_SEEDS.length} seeds`, holds: solved.passed, detail: describe(solved) });
  let stars = solved.stars as number;
  for (const alternative of proof.alternatives) {
    const result = await grade(lesson, applyPatches(base(alternative.on), alternative.patch, handlers), run);
    stars = Math.max(stars, result.stars);
    claims.push({ name: `alternative '${alternative.name}' passes`, holds: result.passed, detail: describe(result) });
  }
  if (doStep(lesson).data.checks.some((check) => check.bonus)) claims.push({ name: 'the third star can be reached', holds: stars === 3, detail: `${stars} stars at most` });
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

/** What the steps tell is there to be seen: stops before the do step in the start, later ones in the solution. */
async function proveSteps(files: LessonFiles, run: RunForGrading): Promise<readonly Claim[]> {
  const { lesson, start, solution, handlers } = files;
  const { hints, runMs } = doStep(lesson).data;
  const seed = GRADING_SEEDS[0];
  const before = await run(start, { seed, untilMs: runMs });
  const after = await run(solution, { seed, untilMs: runMs });
  const claims: Claim[] = [];
  let done = false;
  for (const step of lesson.steps) {
    const trace = done ? after.trace : before.trace;
    if (step.kind === 'do') done = true;
    if (step.kind === 'watch') claims.push(stopsClaim(step, trace));
    if (step.kind === 'predict' && step.data.ask === 'moment') {
      const found = new CheckedTrace(trace, { ended: true, costUsd: 0 }).find(step.data.truth);
      claims.push({ name: `${step.heading}: the moment is in the run`, holds: found.length > 0, detail: '' });
    }
    if (step.kind === 'break') {
      const broken = await run(applyPatches(solution, step.data.patch, handlers), { seed, untilMs: step.data.runMs });
      const results = judgeAll(broken.trace, broken.costUsd, step.data.checks);
      claims.push({ name: `${step.heading}: its checks hold`, holds: results.every((result) => result.state === 'passed'), detail: describe({ seeds: [{ seed, results }] }) });
    }
  }
  const ghosts = hints.flatMap((hint) => hint.ghost ?? []);
  if (ghosts.length > 0) {
    const result = await grade(lesson, applyPatches(start, ghosts, handlers), run, [seed]);
    claims.push({ name: 'the ghosts of the hints lead to a design that passes', holds: result.passed, detail: describe(result) });
  }
  return claims;
}

function stopsClaim(step: StepOf<'watch'>, trace: readonly TraceEvent[]): Claim {
  const checked = new CheckedTrace(trace, { ended: true, costUsd: 0 });
  const moments = step.data.stops.map((stop) => stopMomentUs(checked, stop));
  const missing = step.data.stops.filter((_, i) => moments[i] === null);
  const inOrder = moments.every((at, i) => i === 0 || (at ?? 0) >= (moments[i - 1] ?? 0));
  return { name: `${step.heading}: each stop is reached, in order`, holds: missing.length === 0 && inOrder, detail: missing.map((stop) => stop.say).join(' | ') };
}

function describe(result: Pick<Grade, 'seeds'>): string {
  return result.seeds
    .map(({ seed, results }) => `seed ${seed}: ${results.map((row) => `${row.check.id}=${row.state}${row.diagnosis ? ` (${row.diagnosis})` : ''}${row.message ? ` «${row.message}»` : ''}`).join(', ')}`)
    .join(' | ');
}
