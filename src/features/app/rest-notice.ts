/** Says why a run that was played at full speed stands still: nothing is left to happen. */
import { showToast } from '../../ui/overlay/toast-store.ts';
import { announce } from '../../ui/feedback/live-region.tsx';
import type { AppServices } from './services.ts';

const TEXT = 'Nothing is left to happen. Play again, and quiet time passes: environments expire, messages grow old.';

/** Follows the run until stopped. A pause in the past, or while something is still to come, needs no words. */
export function startRestNotice({ run }: Pick<AppServices, 'run'>): () => void {
  return run.subscribe(({ status }, before) => {
    const rests = before.status.playing && !status.playing && status.speed === 'max' && status.nextUs === null && status.ended === null && status.working.length === 0;
    if (!rests || status.shownUs < status.computedUs) return;
    showToast({ text: TEXT, icon: 'check', durationMs: 8_000 });
    announce(TEXT);
  });
}
