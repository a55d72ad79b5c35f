/** When schedules fire. Carries the time zone table, so load it lazily on the page; to check an expression only, `expression.ts` is enough. */
import { civilFromDays, daysFromCivil, formatInstant, parseInstant } from '../civil.ts';
import { daysOfMonth } from './cron.ts';
import type { Cron } from './cron.ts';
import { InvalidScheduleExpressionException, parseSchedulerSchedule } from './expression.ts';
import type { Schedule } from './expression.ts';
import { findTimeZone, instantsOf, offsetAt } from './time-zone.ts';
import type { TimeZone } from './time-zone.ts';

/**
 * The next `count` times at which an expression fires, as `YYYY-MM-DDThh:mm:ssZ`, strictly after `from`, ascending; fewer when it ends.
 * Rates count from `from`.
 * @param from an instant such as `2026-01-01T00:00:00Z`
 * @param timeZone IANA name, for cron and at; UTC unless told
 * @throws InvalidScheduleExpressionException for an expression that neither rules nor Scheduler take, or an unknown time zone; RangeError for a bad `from`
 */
export function nextFireTimes(expression: string, from: string, count: number, timeZone = 'UTC'): string[] {
  const schedule = parseSchedulerSchedule(expression);
  const fromSec = parseInstant(from);
  if (fromSec === undefined) throw new RangeError(`${from} is no instant of the form YYYY-MM-DDThh:mm:ssZ`);
  const times: string[] = [];
  for (const at of fireTimes(schedule, { afterSec: fromSec, anchorSec: fromSec, zone: requireTimeZone(timeZone) })) {
    if (times.length >= count) break;
    times.push(formatInstant(at));
  }
  return times;
}

/** @throws InvalidScheduleExpressionException when the pinned table has no such zone */
export function requireTimeZone(name: string): TimeZone {
  const zone = findTimeZone(name);
  if (zone === undefined) throw new InvalidScheduleExpressionException(`Invalid Schedule Expression Timezone ${name}.`);
  return zone;
}

/** What decides the times besides the schedule; seconds since 1970. */
export interface FireTimesOptions {
  /** Only times after this. */
  readonly afterSec: number;
  /** From where rates count. */
  readonly anchorSec: number;
  readonly zone: TimeZone;
}

/** All times of a schedule in seconds since 1970, ascending, strictly after `afterSec`. Endless for rates. */
export function* fireTimes(schedule: Schedule, { afterSec, anchorSec, zone }: FireTimesOptions): Generator<number> {
  switch (schedule.kind) {
    case 'rate': {
      const { periodSec } = schedule;
      let n = Math.max(1, Math.floor((afterSec - anchorSec) / periodSec) + 1);
      for (;;) yield anchorSec + n++ * periodSec;
    }
    case 'at': {
      const at = instantsOf(zone, schedule.wallSec)[0] ?? afterGap(zone, schedule.wallSec);
      if (at > afterSec) yield at;
      return;
    }
    case 'cron':
      yield* cronTimes(schedule.cron, afterSec, zone);
  }
}

/** A time that the clock skips, read with the offset before the jump. @simplified AWS does not say what `at` does there */
function afterGap(zone: TimeZone, wallSec: number): number {
  return wallSec - offsetAt(zone, wallSec - 86400);
}

/**
 * A local time that does not exist is left out; one that comes twice fires the first time only.
 * @source AWS re:Post, EventBridge Scheduler and daylight saving time (eventbridge.md §10)
 */
function* cronTimes(cron: Cron, afterSec: number, zone: TimeZone): Generator<number> {
  const start = civilFromDays(Math.floor((afterSec + offsetAt(zone, afterSec)) / 86400) - 1);
  for (const year of cron.years) {
    if (year < start.year) continue;
    for (const month of cron.months) {
      if (year === start.year && month < start.month) continue;
      for (const day of daysOfMonth(cron.days, year, month)) {
        if (year === start.year && month === start.month && day < start.day) continue;
        const midnight = daysFromCivil(year, month, day) * 86400;
        for (const hour of cron.hours) {
          for (const minute of cron.minutes) {
            const at = instantsOf(zone, midnight + hour * 3600 + minute * 60)[0];
            if (at !== undefined && at > afterSec) yield at;
          }
        }
      }
    }
  }
}
