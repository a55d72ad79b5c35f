/** One open lesson: its steps, the open step, and the way on. */
import { useCallback, useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { doStep } from '../../lesson/grade.ts';
import type { LessonFiles } from '../../lesson/grade.ts';
import { NO_PROGRESS } from '../../lesson/progress.ts';
import type { Guess, LessonProgress } from '../../lesson/progress.ts';
import type { Step } from '../../lesson/schema.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { loadFromStart, showStart, startOver } from './lesson-actions.ts';
import { useLessons } from './lesson-context.ts';
import { PredictionForm, Truth } from './prediction.tsx';
import { Prose } from './prose.tsx';
import { Stars } from './stars.tsx';
import { BreakStep } from './steps/break-step.tsx';
import { DoStep } from './steps/do-step.tsx';
import { RecallStep } from './steps/recall-step.tsx';
import { RuleStep } from './steps/rule-step.tsx';
import { WatchStep } from './steps/watch-step.tsx';

const WORDS = { recall: 'Recall', predict: 'Predict', watch: 'Watch', do: 'Do', break: 'Break', rule: 'Rule' } as const;

export function LessonView({ files, onLeave }: { readonly files: LessonFiles; readonly onLeave: () => void }): ReactNode {
  const services = useLessons();
  const { lessons, scenario } = services;
  const { lesson } = files;
  const { id, title } = lesson.front;
  const progress = useStore(lessons, (state) => state.progress[id]) ?? NO_PROGRESS;
  const origin = useStore(scenario, (state) => state.origin);
  const at = Math.min(progress.step, lesson.steps.length - 1);
  const step = lesson.steps[at]!;
  const body = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const go = (to: number): void => {
    if (finishedByGoingOn(step)) lessons.finish(at);
    lessons.goTo(to);
    body.current?.scrollTo({ top: 0 });
    heading.current?.focus();
  };
  const isLast = at === lesson.steps.length - 1;
  const here = origin.kind === 'lesson' && origin.id === id;
  return (
    <>
      <div className="lesson-body" ref={body}>
        <StepsNav steps={lesson.steps} at={at} progress={progress} onGo={go} />
        <h2 ref={heading} tabIndex={-1}>{title}</h2>
        {!here && (
          <div className="lesson-row" role="status">
            <p className="ui-grow">Another scenario is open. It is set aside when you go back to this lesson's.</p>
            <Button size="s" onClick={() => showStart(services, files)}>Open the lesson's scenario</Button>
          </div>
        )}
        <Prose blocks={step.prose} />
        <OpenStep key={at} files={files} at={at} progress={progress} />
      </div>
      <footer className="lesson-foot">
        <Stars count={progress.stars} />
        <span className="ui-grow" />
        {step.kind === 'do' && <Button kind="quiet" size="s" onClick={() => startOver(services, files)}>Start over</Button>}
        {step.kind === 'predict' && <span className="lesson-small">A guess is never scored</span>}
        {at > 0 && <Button onClick={() => go(at - 1)}>Back</Button>}
        {!isLast && <Button kind="primary" onClick={() => go(at + 1)} aria-label={`Next: ${WORDS[lesson.steps[at + 1]!.kind]}`}>Next</Button>}
        {isLast && <Button kind="primary" onClick={() => { lessons.finish(at); onLeave(); }}>All lessons</Button>}
      </footer>
    </>
  );
}

/** The others are finished by what is done in them. */
function finishedByGoingOn(step: Step): boolean {
  return step.kind === 'recall' || step.kind === 'predict' || step.kind === 'rule';
}

function StepsNav({ steps, at, progress, onGo }: { readonly steps: readonly Step[]; readonly at: number; readonly progress: LessonProgress; readonly onGo: (step: number) => void }): ReactNode {
  return (
    <nav aria-label="Steps">
      <ol className="lesson-steps">
        {steps.map((step, i) => {
          const done = progress.done.includes(i);
          return (
            <li key={step.heading}>
              <button type="button" data-state={done ? 'done' : 'open'} aria-current={i === at ? 'step' : undefined} onClick={() => onGo(i)}>
                {done && <Icon name="check" size="s" title="Done" />}
                {WORDS[step.kind]}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function OpenStep({ files, at, progress }: { readonly files: LessonFiles; readonly at: number; readonly progress: LessonProgress }): ReactNode {
  const services = useLessons();
  const { lessons, scenario } = services;
  const { steps } = files.lesson;
  const step = steps[at]!;
  const guess = progress.guesses[at];
  const onGuess = useCallback((value: Guess | null): void => lessons.answer(at, value), [lessons, at]);
  const watched = steps.findIndex((candidate, i) => i > at && candidate.kind === 'watch');
  const doAt = steps.findIndex((candidate) => candidate.kind === 'do');
  const limitMs = doStep(files.lesson).data.runMs;
  useEffect(() => {
    if (step.kind === 'rule') lessons.finish(at);
  }, [step.kind, lessons, at]);
  const prepare = (): void => {
    // Before the learner has done anything the start is watched; afterwards, the learner's own design.
    if (at < doAt && scenario.getState().changed) showStart(services, files);
    else loadFromStart(services);
  };
  switch (step.kind) {
    case 'recall':
      return <RecallStep step={step} guess={guess} onGuess={onGuess} />;
    case 'predict':
      return (
        <>
          <PredictionForm prediction={step.data} guess={guess} onGuess={onGuess} />
          {watched >= 0 && progress.done.includes(watched) && <Truth prediction={step.data} guess={guess} />}
        </>
      );
    case 'watch':
      return (
        <>
          <WatchStep step={step} prepare={prepare} limitMs={limitMs} onDone={() => lessons.finish(at)} />
          {progress.done.includes(at) && <Truths files={files} at={at} progress={progress} />}
        </>
      );
    case 'do':
      return <DoStep step={step} index={at} files={files} />;
    case 'break':
      return <BreakStep step={step} index={at} files={files} guess={guess} onGuess={onGuess} />;
    case 'rule':
      return <RuleStep step={step} files={files} showSolution={progress.solutionSeen || progress.stars > 0} />;
  }
}

/** After watching: the guesses that were made right before, with the truth over them. */
function Truths({ files, at, progress }: { readonly files: LessonFiles; readonly at: number; readonly progress: LessonProgress }): ReactNode {
  const { steps } = files.lesson;
  const from = steps.findLastIndex((candidate, i) => i < at && candidate.kind === 'watch') + 1;
  return steps.map((step, i) => i >= from && i < at && step.kind === 'predict' && <Truth key={step.heading} prediction={step.data} guess={progress.guesses[i]} />);
}
