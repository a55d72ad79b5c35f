/** Says what happens, for those who listen: moments of the run as it plays, at most one sentence in two seconds. */
import { narrate } from '../../state/narrate.ts';
import { announce } from '../../ui/feedback/live-region.tsx';
import type { AppServices } from './services.ts';

/** A longer stretch at once is a jump, not something that was watched. */
const EVENTS_MAX = 400;

/** Follows the run until stopped. The kinds of events are fetched when the first run moves. */
export function startNarration({ run }: Pick<AppServices, 'run'>): () => void {
  let toldUntil = run.getState().index.countUntil(run.getState().status.shownUs);
  let kinds: typeof import('../../services/trace-kinds.ts').traceKinds | null = null;
  let asked = false;
  return run.subscribe((state, before) => {
    const { index, status } = state;
    const until = index.countUntil(status.shownUs);
    const from = toldUntil;
    toldUntil = until;
    if (until <= from || until - from > EVENTS_MAX || !(status.playing || before.status.playing)) return;
    if (kinds === null) {
      if (!asked) void import('../../services/trace-kinds.ts').then((module) => (kinds = module.traceKinds));
      asked = true;
      return;
    }
    let chosen: string | null = null;
    for (let i = from; i < until; i++) {
      const told = narrate(index.events[i]!, kinds);
      if (told.level === 'moment') chosen = told.sentence;
    }
    if (chosen !== null) announce(chosen);
  });
}
