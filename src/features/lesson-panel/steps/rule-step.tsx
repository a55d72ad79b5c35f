/** The rule: one line, what the notes say and what AWS does today, and the solution beside the learner's own design. */
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { LessonFiles } from '../../../lesson/grade.ts';
import type { StepOf } from '../../../lesson/schema.ts';
import { useLessons } from '../lesson-context.ts';
import { DesignDiff } from '../design-diff-view.tsx';

export function RuleStep({ step, files, showSolution }: { readonly step: StepOf<'rule'>; readonly files: LessonFiles; readonly showSolution: boolean }): ReactNode {
  const { scenario } = useLessons();
  const design = useStore(scenario, (state) => state.design);
  const { notesSay, awsToday, source, tryNext } = step.data;
  return (
    <>
      <div className="lesson-says" data-quiet>
        <p>
          <b>The notes say.</b> {notesSay}
        </p>
        <p>
          <b>AWS today.</b> {awsToday}
        </p>
        <p className="lesson-small">{source}</p>
      </div>
      {tryNext !== undefined && (
        <p className="lesson-read lesson-note">
          <b>Try next.</b> {tryNext}
        </p>
      )}
      {showSolution && (
        <details className="lesson-fold">
          <summary>One solution, beside your design</summary>
          <DesignDiff before={design} after={files.solution.base} same="Your design is this solution." />
        </details>
      )}
    </>
  );
}
