/** Do: the goal, its checks live over the run, hints, grading over the seeds, the solution. */
import { useCallback } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { LessonFiles } from '../../../lesson/grade.ts';
import { hold } from '../../../lesson/grade.ts';
import type { StepOf } from '../../../lesson/schema.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { ChecksList } from '../checks-list.tsx';
import { GradingView } from '../grading-view.tsx';
import { Hints } from '../hints.tsx';
import { keptWork, runFromStart } from '../lesson-actions.ts';
import { useLessons } from '../lesson-context.ts';
import { Solution } from '../solution.tsx';
import { useGrading } from '../use-grading.ts';
import { useLiveChecks } from '../use-live-checks.ts';

export function DoStep({ step, index, files }: { readonly step: StepOf<'do'>; readonly index: number; readonly files: LessonFiles }): ReactNode {
  const services = useLessons();
  const { lessons, scenario } = services;
  const { checks, hints, runMs } = step.data;
  const grading = useGrading(services, files);
  const { start } = grading;
  const onHeld = useCallback((): void => {
    lessons.finish(index);
    // A run that was edited on the way says less than one from the start: the first star is for those.
    if (editedOnTheWay(scenario.getState())) return announce('All checks hold in this run. Run it from the start to be sure.');
    lessons.award(1);
    announce('All checks hold. Five seeds are being checked.');
    if (lessons.getState().grading === null) start();
  }, [lessons, scenario, index, start]);
  useLiveChecks(services, checks, runMs, onHeld);
  const heldNow = useStore(lessons, (state) => state.liveEnded && hold(state.live, false));
  return (
    <>
      <Kept files={files} />
      <Locked files={files} />
      <div className="lesson-row">
        <Button kind="now" icon="play" onClick={() => runFromStart(services, runMs)}>Run from the start</Button>
        <span className="lesson-small ui-num">{`${minutesText(runMs)} of virtual time`}</span>
      </div>
      <EditedNote />
      <ChecksList checks={checks} />
      <GradingView grading={grading} runMs={runMs} heldNow={heldNow} />
      <Hints hints={hints} files={files} />
      <Solution files={files} runMs={runMs} />
    </>
  );
}

function editedOnTheWay({ recorded }: { readonly recorded: { readonly inputs: readonly { readonly kind: string }[] } | null }): boolean {
  return recorded?.inputs.some((input) => input.kind === 'edit') ?? false;
}

/** The design changed while the run was under way: what was lost before stays lost. */
function EditedNote(): ReactNode {
  const { scenario } = useLessons();
  const edited = useStore(scenario, editedOnTheWay);
  return edited ? (
    <p className="lesson-small" role="status">
      You changed the design during this run. What happened before stays as it was. Run from the start to judge the design as it is now.
    </p>
  ) : null;
}

function Kept({ files }: { readonly files: LessonFiles }): ReactNode {
  const services = useLessons();
  const { id } = files.lesson.front;
  useStore(services.scenario, (state) => state.design);
  const work = keptWork(services, id);
  return work === null ? null : (
    <div className="lesson-row" role="status">
      <p className="ui-grow">Your own design for this lesson is kept.</p>
      <Button size="s" onClick={() => services.open(work, { kind: 'lesson', id })}>Take it up again</Button>
    </div>
  );
}

/** What the lesson is about must stay as it is: the uploads, above all. */
function Locked({ files }: { readonly files: LessonFiles }): ReactNode {
  const { scenario } = useLessons();
  const design = useStore(scenario, (state) => state.design);
  const given = files.start.base.nodes.filter((node) => files.lesson.front.locked.includes(node.id));
  const changed = given.filter((node) => JSON.stringify(design.nodes.find((own) => own.id === node.id)?.config) !== JSON.stringify(node.config));
  if (changed.length === 0) return null;
  const names = changed.map((node) => String(node.config['name'])).join(', ');
  const putBack = (): void =>
    scenario.apply(`Put ${names} back`, (base) => {
      const ids = new Set(changed.map((node) => node.id));
      const edges = files.start.base.edges.filter((edge) => ids.has(edge.from) && base.nodes.some((node) => node.id === edge.to) && !base.edges.some((own) => own.id === edge.id));
      return { ...base, nodes: [...base.nodes.filter((node) => !ids.has(node.id)), ...changed.map((node) => ({ ...node, position: base.nodes.find((own) => own.id === node.id)?.position ?? node.position }))], edges: [...base.edges, ...edges] };
    });
  return (
    <div className="lesson-row" role="status">
      <p className="ui-grow">{`${names} is not as this lesson needs it.`}</p>
      <Button size="s" onClick={putBack}>Put it back</Button>
    </div>
  );
}

function minutesText(ms: number): string {
  return ms < 120_000 ? `${Math.round(ms / 1_000)}\u00a0s` : `${Math.round(ms / 60_000)}\u00a0min`;
}
