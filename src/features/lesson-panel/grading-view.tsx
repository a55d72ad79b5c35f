/** Grading over the seeds as it goes: which seed held, which did not and why, and a way to play that one. */
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { GradingState } from '../../lesson/lesson.store.ts';
import { Button } from '../../ui/controls/button.tsx';
import { ProgressBar } from '../../ui/feedback/progress-bar.tsx';
import { Icon } from '../../ui/icons.tsx';
import { runFromStart } from './lesson-actions.ts';
import { useLessons } from './lesson-context.ts';
import type { Grading } from './use-grading.ts';

export function GradingView({ grading, runMs, heldNow }: { readonly grading: Grading; readonly runMs: number; readonly heldNow: boolean }): ReactNode {
  const { lessons } = useLessons();
  const state = useStore(lessons, (now) => now.grading);
  if (state === null) {
    return heldNow ? (
      <div className="lesson-row">
        <Button icon="seed" onClick={grading.start}>Check on five seeds</Button>
      </div>
    ) : null;
  }
  const running = state.state === 'running';
  return (
    <div className="lesson-part" role="group" aria-label="On five seeds">
      {running && (
        <ProgressBar
          name="Five seeds"
          size={state.detail === '' ? `${state.seeds.length} of ${state.of}` : `${state.seeds.length} of ${state.of}, ${state.detail}`}
          value={state.seeds.length / state.of}
          action={<Button size="s" kind="quiet" onClick={grading.cancel}>Cancel</Button>}
        />
      )}
      <Seeds state={state} />
      <p className="lesson-small" role="status">{wordsOf(state)}</p>
      <FirstFailure state={state} runMs={runMs} />
      {(state.state === 'cancelled' || state.state === 'failed') && <Button size="s" onClick={grading.start}>Check again</Button>}
    </div>
  );
}

function Seeds({ state }: { readonly state: GradingState }): ReactNode {
  return (
    <ul className="lesson-seeds" aria-label="Seeds">
      {state.seeds.map(({ seed, passed }) => (
        <li key={seed}>
          <Icon name={passed ? 'check' : 'cross'} size="s" title={passed ? 'held' : 'not held'} />
          {`seed ${seed}`}
        </li>
      ))}
    </ul>
  );
}

function wordsOf(state: GradingState): string {
  if (state.state === 'running') return '';
  if (state.state === 'failed') return `Grading stopped: ${state.message} Your design has not been touched.`;
  if (state.state === 'cancelled') return 'Grading was stopped.';
  if (!state.seeds.every((row) => row.passed)) return 'It does not hold on every seed yet. Other seeds mean other latencies, nothing else.';
  const bonus = state.seeds.every((row) => row.results.every((result) => !result.check.bonus || result.state === 'passed'));
  if (!state.seeds[0]?.results.some((result) => result.check.bonus)) return 'It holds on all five seeds.';
  return bonus ? 'It holds on all five seeds, the bonus too.' : 'It holds on all five seeds. The bonus is open.';
}

/** The first seed that does not hold, in the words of its first check, and the way to see it. */
function FirstFailure({ state, runMs }: { readonly state: GradingState; readonly runMs: number }): ReactNode {
  const services = useLessons();
  const row = state.seeds.find((seed) => !seed.passed);
  const failed = row?.results.find((result) => result.state === 'failed' && !result.check.bonus);
  if (!row || !failed) return null;
  const play = (): void => {
    services.scenario.setSeed(row.seed);
    runFromStart(services, runMs);
  };
  return (
    <div className="lesson-row">
      <p className="ui-grow">{`Seed ${row.seed}: ${failed.message}`}</p>
      <Button size="s" onClick={play}>{`Run seed ${row.seed}`}</Button>
    </div>
  );
}
