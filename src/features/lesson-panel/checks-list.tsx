/** The checks of a step with their state by icon and word; a failed one says why and leads to the moment. */
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { secondsText } from '../../lesson/checks.ts';
import type { CheckResult } from '../../lesson/checks.ts';
import type { Check } from '../../lesson/schema.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { showMoment } from './lesson-actions.ts';
import { useLessons } from './lesson-context.ts';

const LOOKS = { open: { icon: 'clock', word: 'Open' }, passed: { icon: 'check', word: 'Held' }, failed: { icon: 'cross', word: 'Not held' }, bonus: { icon: 'star', word: 'Bonus, not held' } } as const;

export function ChecksList({ checks }: { readonly checks: readonly Check[] }): ReactNode {
  const { lessons } = useLessons();
  const live = useStore(lessons, (state) => state.live);
  const ended = useStore(lessons, (state) => state.liveEnded);
  return (
    <ul className="lesson-checks" aria-label="Checks">
      {checks.map((check) => (
        <CheckRow key={check.id} check={check} ended={ended} result={live.find((result) => result.check === check)} />
      ))}
    </ul>
  );
}

function CheckRow({ check, result, ended }: { readonly check: Check; readonly result: CheckResult | undefined; readonly ended: boolean }): ReactNode {
  const services = useLessons();
  const state = result?.state ?? 'open';
  // A bonus that is not held is no mistake.
  const look = state === 'failed' && check.bonus ? 'bonus' : state;
  const { icon, word } = LOOKS[look];
  const event = result?.event;
  return (
    <li data-state={state} data-look={look} data-check={check.id}>
      <Icon name={icon} title={word} />
      <div>
        {check.goal}
        {state === 'failed' && result && (
          <>
            <p className="lesson-why">{result.message}</p>
            {event && (
              <Button size="s" kind="quiet" icon="search" iconSize="s" onClick={() => showMoment(services, event)} aria-label={`Show me: ${check.goal}, at ${secondsText(event.at)}`}>
                Show me
              </Button>
            )}
          </>
        )}
        {state !== 'failed' && <small className="ui-num">{wordsOf(state, result, ended)}</small>}
      </div>
    </li>
  );
}

function wordsOf(state: 'open' | 'passed', result: CheckResult | undefined, ended: boolean): string {
  if (state === 'passed') return result?.event ? `Held at ${secondsText(result.event.at)}` : 'Held';
  if (result === undefined) return 'Not judged yet';
  const seen = result.seen !== undefined && result.seen > 0 ? `${result.seen} so far. ` : '';
  return ended ? `${seen}Not decided` : `${seen}Decided when the run ends`;
}
