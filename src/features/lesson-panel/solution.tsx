/** The solution: two clicks away, as a difference from the learner's design, and it gives no star. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { LessonFiles } from '../../lesson/grade.ts';
import { Button } from '../../ui/controls/button.tsx';
import { runFromStart } from './lesson-actions.ts';
import { useLessons } from './lesson-context.ts';
import { DesignDiff } from './design-diff-view.tsx';

export function Solution({ files, runMs }: { readonly files: LessonFiles; readonly runMs: number }): ReactNode {
  const services = useLessons();
  const { lessons, scenario } = services;
  const { id } = files.lesson.front;
  const seen = useStore(lessons, (state) => state.progress[id]?.solutionSeen ?? false);
  const stars = useStore(lessons, (state) => state.progress[id]?.stars ?? 0);
  const design = useStore(scenario, (state) => state.design);
  const [asked, setAsked] = useState(false);
  if (!seen) {
    return (
      <div className="lesson-row">
        {!asked && <Button kind="quiet" onClick={() => setAsked(true)}>Solution</Button>}
        {asked && (
          <>
            <p className="ui-grow" role="status">{stars > 0 ? 'Your stars stay; no new ones come after this.' : 'A solution that was shown gives no star.'}</p>
            <Button onClick={() => lessons.seeSolution()}>Show the solution</Button>
            <Button kind="quiet" onClick={() => setAsked(false)}>Not yet</Button>
          </>
        )}
      </div>
    );
  }
  const play = (): void => {
    scenario.apply('Take the solution', () => files.solution.base);
    runFromStart(services, runMs);
  };
  return (
    <div className="lesson-part" role="group" aria-label="Solution">
      <h3>One solution</h3>
      <DesignDiff before={design} after={files.solution.base} same="Your design is this solution." />
      <div className="lesson-row">
        <Button icon="play" onClick={play}>Play the solution</Button>
        <span className="lesson-small">Undo brings your own design back.</span>
      </div>
    </div>
  );
}
