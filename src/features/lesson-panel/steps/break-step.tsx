/** Break it: a guess, then the change is made, the run is judged, and the truth is told. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { LessonFiles } from '../../../lesson/grade.ts';
import type { Guess } from '../../../lesson/progress.ts';
import type { StepOf } from '../../../lesson/schema.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { ChecksList } from '../checks-list.tsx';
import { applyToDesign, runFromStart } from '../lesson-actions.ts';
import { useLessons } from '../lesson-context.ts';
import { PredictionForm, Truth } from '../prediction.tsx';
import { useLiveChecks } from '../use-live-checks.ts';

export interface BreakStepProps {
  readonly step: StepOf<'break'>;
  readonly index: number;
  readonly files: LessonFiles;
  readonly guess: Guess | undefined;
  readonly onGuess: (guess: Guess | null) => void;
}

export function BreakStep({ step, index, files, guess, onGuess }: BreakStepProps): ReactNode {
  const services = useLessons();
  const { scenario, lessons } = services;
  const { prediction, label, patch, runMs } = step.data;
  const [problem, setProblem] = useState<string | null>(null);
  const past = useStore(scenario, (state) => state.past);
  const broken = past[past.length - 1]?.label === label;
  const breakIt = (): void => {
    const message = applyToDesign(services, label, patch, files.handlers);
    setProblem(message);
    if (message !== null) return;
    lessons.finish(index);
    runFromStart(services, runMs);
  };
  const mend = (): void => {
    scenario.undo();
    runFromStart(services, runMs);
  };
  return (
    <>
      <PredictionForm prediction={prediction} guess={guess} onGuess={onGuess} />
      <div className="lesson-row">
        {!broken && <Button kind="now" icon="play" onClick={breakIt}>{label}</Button>}
        {broken && <Button icon="undo" onClick={mend}>Take it back</Button>}
        {broken && <Button kind="quiet" icon="play" onClick={() => runFromStart(services, runMs)}>Run from the start</Button>}
      </div>
      {problem !== null && <Note tone="bad">{problem}</Note>}
      {broken && (
        <>
          <BrokenChecks step={step} />
          <Truth prediction={prediction} guess={guess} />
        </>
      )}
    </>
  );
}

/** Judged only once it is broken. */
function BrokenChecks({ step }: { readonly step: StepOf<'break'> }): ReactNode {
  const { checks, runMs } = step.data;
  useLiveChecks(useLessons(), checks, runMs);
  return checks.length > 0 && <ChecksList checks={checks} />;
}
