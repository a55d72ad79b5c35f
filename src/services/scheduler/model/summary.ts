/** What a schedule's card and inspector show now: plain data. */
import { isoSec } from '../../../base/time-text.ts';
import { localTime } from './local-time.ts';
import { scheduleByArn } from './state.ts';
import type { SchedulerContext } from './state.ts';

export interface ScheduleSummary {
  readonly expression: string;
  readonly zone: string;
  readonly enabled: boolean;
  /** The scheduled time that comes next, as the zone's clock and as UTC show it; null when it fires no more. */
  readonly next: { readonly local: string; readonly utc: string; readonly inMs: number } | null;
  /** Minutes after the scheduled time within which it fires; 0 for none. */
  readonly windowMinutes: number;
  readonly targetArn: string;
  readonly deadLetterArn: string | null;
  readonly fired: number;
  readonly failed: number;
  readonly lastFiredUs: number | null;
}

export function summarizeSchedule(context: SchedulerContext, arn: string): ScheduleSummary | undefined {
  const schedule = scheduleByArn(context, arn);
  if (schedule === undefined) return undefined;
  const { settings, nextMs } = schedule;
  return {
    expression: settings.expression,
    zone: settings.zone,
    enabled: settings.enabled,
    next: nextMs === undefined ? null : { local: localTime(nextMs, settings.zone), utc: isoSec(nextMs), inMs: Math.max(0, nextMs - context.epochMs) },
    windowMinutes: settings.windowMinutes,
    targetArn: settings.target.Arn,
    deadLetterArn: settings.target.DeadLetterConfig?.Arn ?? null,
    fired: schedule.fired,
    failed: schedule.failed,
    lastFiredUs: schedule.lastFiredUs ?? null,
  };
}
