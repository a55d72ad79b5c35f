/** Grades the design as it is over all seeds, in a worker of its own, with progress and cancel. */
import { useCallback, useEffect } from 'react';
import { GRADING_SEEDS, hold } from '../../lesson/grade.ts';
import type { LessonFiles, SeedRow } from '../../lesson/grade.ts';
import type { GradingState } from '../../lesson/lesson.store.ts';
import { createGradeClient, GradeCancelled } from '../../runner/grade-client.ts';
import type { GradeClient } from '../../runner/grade-client.ts';
import { fromTheStart } from '../../scenario/scenario.store.ts';
import type { LessonServices } from './lesson-services.ts';

const graders = new WeakMap<object, GradeClient>();

/** One grading worker for the page, started when it is first needed. */
function graderOf({ client }: LessonServices): GradeClient {
  let grader = graders.get(client);
  if (!grader) graders.set(client, (grader = createGradeClient({ baseUrl: new URL('.', document.baseURI).href, blob: (sha256) => client.blob(sha256) })));
  return grader;
}

export interface Grading {
  start(): void;
  cancel(): void;
}

/** A change of the design makes what was graded a thing of the past. */
export function useGrading(services: LessonServices, files: LessonFiles): Grading {
  const { lessons, scenario } = services;
  const grader = graderOf(services);
  const { lesson } = files;
  const { id } = lesson.front;

  useEffect(
    () =>
      scenario.subscribe((state, before) => {
        if (state.design === before.design || lessons.getState().grading === null) return;
        if (lessons.getState().grading?.state === 'running') grader.cancel();
        lessons.setGrading(null);
      }),
    [scenario, lessons, grader],
  );

  const start = useCallback((): void => {
    const first: GradingState = { lesson: id, seeds: [], of: GRADING_SEEDS.length, detail: '', state: 'running', message: '' };
    lessons.setGrading(first);
    const change = (patch: (state: GradingState) => Partial<GradingState>): void => {
      const now = lessons.getState().grading;
      if (now?.lesson === id && now.state === 'running') lessons.setGrading({ ...now, ...patch(now) });
    };
    const onSeed = (row: SeedRow): void => change(({ seeds }) => ({ seeds: [...seeds, { ...row, passed: hold(row.results, false) }] }));
    grader.grade(lesson, fromTheStart(scenario.getState().design), { seeds: GRADING_SEEDS, onSeed, onDetail: (detail) => change(() => ({ detail })) }).then(
      (grade) => {
        if (lessons.getState().open?.lesson === lesson && lessons.getState().grading?.state === 'running') lessons.award(grade.stars);
        change(() => ({ state: 'done', detail: '' }));
      },
      (error: unknown) => {
        const cancelled = error instanceof GradeCancelled;
        change(() => ({ state: cancelled ? 'cancelled' : 'failed', detail: '', message: cancelled ? 'Stopped.' : error instanceof Error ? error.message : String(error) }));
      },
    );
  }, [grader, id, lesson, lessons, scenario]);

  return { start, cancel: () => grader.cancel() };
}
