/** When a schedule fires: its next time in its zone, between its start and its end, and the flexible window after it. @source aws/eventbridge.md §10 */
import { parseSchedulerSchedule } from '../../../base/schedule/expression.ts';
import { fireTimes, requireTimeZone } from '../../../base/schedule/next-fire-times.ts';
import { MS_PER_SEC, US_PER_MS } from '../../../sim/units.ts';
import { fire } from './invoking.ts';
import { scheduleByArn } from './state.ts';
import type { Schedule, SchedulerContext, Settings } from './state.ts';

const MS_PER_MINUTE = 60_000;

export function isOneTime(settings: Settings): boolean {
  return settings.expression.startsWith('at(');
}

interface Bounds {
  /** Virtual epoch ms: only times from here on count, this one included. */
  readonly fromMs: number;
  readonly anchorMs: number;
}

/**
 * The first scheduled time from `fromMs` on, virtual epoch ms. A rate without a start begins at once; start and end say nothing about a one-time schedule.
 * @source aws/eventbridge.md §10 (start, end)
 */
export function nextTime(settings: Settings, { fromMs, anchorMs }: Bounds): number | undefined {
  const schedule = parseSchedulerSchedule(settings.expression);
  const once = schedule.kind === 'at';
  const startMs = once ? undefined : settings.startMs;
  const firstMs = Math.max(fromMs, startMs ?? fromMs);
  const countsFromMs = startMs ?? anchorMs;
  let next: number | undefined;
  if (schedule.kind === 'rate' && countsFromMs >= firstMs) next = countsFromMs;
  else {
    // Strictly after the last µs before: whole seconds are what schedules know.
    const afterSec = (firstMs - 0.5) / MS_PER_SEC;
    const step = fireTimes(schedule, { afterSec, anchorSec: countsFromMs / MS_PER_SEC, zone: requireTimeZone(settings.zone) }).next();
    next = step.done ? undefined : Math.round(step.value * MS_PER_SEC);
  }
  const over = next !== undefined && !once && settings.endMs !== undefined && next > settings.endMs;
  return over ? undefined : next;
}

/**
 * Puts the next firing on the agenda, or takes it off. A recurring one is a background entry: nobody waits for it. What is deployed before t = 0 counts from t = 0.
 * @param fromMs virtual epoch ms: the first time that may fire
 */
export function arm(context: SchedulerContext, schedule: Schedule, fromMs: number): void {
  if (schedule.timer !== undefined) context.cancel(schedule.timer);
  schedule.timer = schedule.nextMs = schedule.dueMs = undefined;
  const { settings } = schedule;
  if (!settings.enabled) return;
  const startMs = Math.ceil((context.epochUs - context.now) / US_PER_MS);
  const next = nextTime(settings, { fromMs: Math.max(fromMs, startMs), anchorMs: Math.max(schedule.anchorMs, startMs) });
  if (next === undefined) return;
  // Whole seconds of the window: the draw is made when the time is planned.
  const lateMs = settings.windowMinutes === 0 ? 0 : context.random(`scheduler.window.${schedule.group}/${schedule.name}`).int((settings.windowMinutes * MS_PER_MINUTE) / MS_PER_SEC) * MS_PER_SEC;
  const delayUs = Math.max(0, (next + lateMs) * US_PER_MS - context.epochUs);
  // Centuries from now: no run comes so far.
  if (!Number.isSafeInteger(delayUs + context.now)) return;
  schedule.nextMs = next;
  schedule.dueMs = next + lateMs;
  schedule.timer = context.schedule(delayUs, 'fire', { arn: schedule.arn, scheduledMs: next }, { background: !isOneTime(settings), cancellable: true, cause: [] });
}

/** Agenda: a schedule fires. */
export function onFire(context: SchedulerContext, { arn, scheduledMs }: { readonly arn: string; readonly scheduledMs: number }): void {
  const schedule = scheduleByArn(context, arn);
  if (schedule === undefined) return;
  schedule.timer = undefined;
  fire(context, schedule, scheduledMs);
  arm(context, schedule, scheduledMs + 1);
}
