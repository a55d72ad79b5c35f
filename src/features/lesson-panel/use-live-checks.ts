/** Judges the checks of a step over the growing run: a few times a second at most, and only when there is something new. */
import { useEffect } from 'react';
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
    let seen = '';
    let held = false;
    const look = (): void => {
      timer = null;
      const { index, status, traceLength } = run.getState();
      const ended = status.computedUs >= runMs * 1_000 || status.ended !== null;
      const now = `${status.runId} ${traceLength} ${ended}`;
      if (now === seen) return;
      seen = now;
      const results = live.judge({ events: index.events, length: index.countUntil(runMs * 1_000), ended });
      if (results !== lessons.getState().live || ended !== lessons.getState().liveEnded) lessons.setLive(results, ended);
      const holds = ended && hold(results, false);
      if (holds && !held) onHeld?.();
      held = holds;
    };
    const soon = (): void => {
      timer ??= setTimeout(look, LOOK_MS);
    };
    look();
    const unsubscribe = run.subscribe((state, before) => {
      if (state.traceLength !== before.traceLength || state.status.computedUs !== before.status.computedUs || state.index !== before.index) soon();
    });
    return () => {
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
    };
  }, [run, lessons, checks, runMs, onHeld]);
}
