/** Wall clocks of time zones. Carries the time zone table. */
import { formatInstant } from '../../../base/civil.ts';
import { requireTimeZone } from '../../../base/schedule/next-fire-times.ts';
import { offsetAt } from '../../../base/schedule/time-zone.ts';
import { MS_PER_SEC } from '../../../sim/units.ts';

/** What the clock of a zone shows: `2026-03-30T09:00:00`. */
export function localTime(epochMs: number, zone: string): string {
  const seconds = Math.floor(epochMs / MS_PER_SEC);
  return formatInstant(seconds + offsetAt(requireTimeZone(zone), seconds)).slice(0, -1);
}
