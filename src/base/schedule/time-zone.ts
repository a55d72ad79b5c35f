/** Time zones from the pinned table: what a clock there shows at an instant, and at which instants it shows a given time. */
import { civilFromDays, daysFromCivil, weekdayOf } from '../civil.ts';
import { TIME_ZONES } from './time-zone-data.ts';

/** Change of the offset at an instant. */
interface Change {
  /** Seconds since 1970. */
  readonly at: number;
  readonly offsetSec: number;
}

/** A change that comes every year, after the last listed one. */
interface YearlyRule {
  readonly month: number;
  /** The change falls on the first such weekday (0 = Sunday) on or after this day of the month. */
  readonly day: number;
  readonly weekday: number;
  /** By the clock before the change. */
  readonly secondOfDay: number;
  readonly offsetSec: number;
}

export interface TimeZone {
  readonly name: string;
  readonly firstOffsetSec: number;
  readonly changes: readonly Change[];
  /** None, or two: into summer time and out of it. */
  readonly yearly: readonly YearlyRule[];
}

/** Line of the table for each name; made when first asked for. */
let lines: ReadonlyMap<string, string> | undefined;
const zones = new Map<string, TimeZone>();

/** The zone of an IANA name (exact case), or undefined. */
export function findTimeZone(name: string): TimeZone | undefined {
  const known = zones.get(name);
  if (known !== undefined) return known;
  lines ??= new Map(TIME_ZONES.trim().split('\n').flatMap((line) => line.slice(0, line.indexOf('|')).split(' ').map((zone) => [zone, line])));
  const line = lines.get(name);
  if (line === undefined) return undefined;
  const zone = readZone(name, line);
  zones.set(name, zone);
  return zone;
}

/** All names of the table, sorted. */
export function timeZoneNames(): readonly string[] {
  return TIME_ZONES.trim().split('\n').flatMap((line) => line.slice(0, line.indexOf('|')).split(' ')).sort();
}

/** Seconds east of UTC at an instant (seconds since 1970). @simplified before 1970 the offset of 1970 */
export function offsetAt(zone: TimeZone, at: number): number {
  const lastListed = zone.changes.at(-1);
  if (zone.yearly.length > 0 && (lastListed === undefined || at >= lastListed.at)) return yearlyOffset(zone, at, lastListed);
  let low = 0;
  let high = zone.changes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((zone.changes[middle] as Change).at <= at) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? zone.firstOffsetSec : (zone.changes[low - 1] as Change).offsetSec;
}

/**
 * The instants at which the zone's clock shows `wallSec` (seconds since 1970 as if in UTC), ascending:
 * none in the hour that is skipped, two in the one that is repeated, else one.
 */
export function instantsOf(zone: TimeZone, wallSec: number): readonly number[] {
  // No clock was ever changed twice within four days.
  const offsets = new Set([offsetAt(zone, wallSec - 2 * 86400), offsetAt(zone, wallSec + 2 * 86400)]);
  return [...offsets].map((offset) => wallSec - offset).filter((at) => at + offsetAt(zone, at) === wallSec).sort((a, b) => a - b);
}

function yearlyOffset(zone: TimeZone, at: number, lastListed: Change | undefined): number {
  const { year } = civilFromDays(Math.floor(at / 86400));
  const changes = [year - 1, year, year + 1].flatMap((y) => zone.yearly.map((rule, i) => yearlyChange(rule, zone.yearly[1 - i] as YearlyRule, y)));
  const from = lastListed?.at ?? Number.NEGATIVE_INFINITY;
  const past = changes.filter((change) => change.at <= at && change.at > from).sort((a, b) => a.at - b.at);
  return past.at(-1)?.offsetSec ?? lastListed?.offsetSec ?? zone.firstOffsetSec;
}

function yearlyChange(rule: YearlyRule, other: YearlyRule, year: number): Change {
  const earliest = daysFromCivil(year, rule.month, rule.day);
  const days = earliest + ((rule.weekday - weekdayOf(earliest) + 7) % 7);
  return { at: days * 86400 + rule.secondOfDay - other.offsetSec, offsetSec: rule.offsetSec };
}

/** @see TIME_ZONES for the form of a line */
function readZone(name: string, line: string): TimeZone {
  const [, first = '0', changesText = '', yearlyText = ''] = line.split('|');
  const changes: Change[] = [];
  let at = 0;
  for (const item of changesText === '' ? [] : changesText.split(' ')) {
    const [delta = '0', minutes = '0'] = item.split(':');
    at += Number.parseInt(delta, 36) * 30;
    changes.push({ at, offsetSec: Number(minutes) * 60 });
  }
  const yearly = (yearlyText === '' ? [] : yearlyText.split(' ')).map((item) => {
    const [month = 1, day = 1, weekday = 0, minute = 0, offset = 0] = item.split(':').map(Number);
    return { month, day, weekday, secondOfDay: minute * 60, offsetSec: offset * 60 };
  });
  return { name, firstOffsetSec: Number(first) * 60, changes, yearly };
}
