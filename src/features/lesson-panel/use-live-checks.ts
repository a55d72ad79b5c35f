/** Judges the checks of a step over the growing run: a few times a second at most, and only when there is something new. */
import { useEffect } from 'react';
import type { CheckResult } from '../../lesson/checks.ts';
import { hold } from '../../lesson/grade.ts';
import { LiveChecks } from '../../lesson/live.ts';
import type { Check } from '../../lesson/schema.ts';
import { manifests } from '../../services/manifests.ts';
import type { LessonServices } from './lesson-services.ts';

/** Wall time between two looks, ms. */
const LOOK_MS = 250;

/** `onHeld` is called when the run has ended with all checks but the bonus held. */
export function useLiveChecks(services: LessonServices, checks: readonly Check[], runMs: number, onHeld?: () => void): void {
  const { run, lessons } = services;
  useEffect(() => {
    const live = new LiveChecks(checks, manifests);
    let timer: ReturnType<typeof setTimeout> | null = null;
    let heldBy: readonly CheckResult[] | null = null;
    const look = (): void => {
      timer = null;
      const { index, status } = run.getState();
      const ended = status.computedUs >= runMs * 1_000 || status.ended !== null;
      const results = live.judge({ events: index.events, length: index.countUntil(runMs * 1_000), ended });
      if (results !== lessons.getState().live || ended !== lessons.getState().liveEnded) lessons.setLive(results, ended);
      if (!ended || results === heldBy || !hold(results, false)) return;
      heldBy = results;
      onHeld?.();
    };
    const soon = (): void => {
      timer ??= setTimeout(look, LOOK_MS);
    };
    look();
    // A whole run may come in one slice, as long as the one before: every slice is a reason to look.
    const unsubscribe = run.subscribe(soon);
    return () => {
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
    };
  }, [run, lessons, checks, runMs, onHeld]);
}
