/** Recall: a question from an earlier lesson, answered at once. */
import type { ReactNode } from 'react';
import type { StepOf } from '../../../lesson/schema.ts';
import type { Guess } from '../../../lesson/progress.ts';
import { Choice } from '../prediction.tsx';

export function RecallStep({ step, guess, onGuess }: { readonly step: StepOf<'recall'>; readonly guess: Guess | undefined; readonly onGuess: (guess: Guess) => void }): ReactNode {
  const { options, answer, because } = step.data;
  const option = guess?.ask === 'recall' ? guess.option : null;
  return (
    <>
      <Choice legend="Your answer" options={options.map((label, i) => ({ id: String(i), label }))} value={option === null ? null : String(option)} onChange={(id) => onGuess({ ask: 'recall', option: Number(id) })} />
      {option !== null && (
        <div className="lesson-says" role="status">
          <p>
            <b>{options[answer]}.</b> {because}
          </p>
        </div>
      )}
    </>
  );
}
