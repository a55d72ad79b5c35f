/** Random cron expressions in zones with odd clocks, compared with a search minute by minute that knows nothing of fields in order. */
import { describe, expect, it } from 'vitest';
import { formatInstant } from '../civil.ts';
import { createRandom } from '../random.ts';
import { nextFireTimes } from './next-fire-times.ts';
import { findTimeZone, offsetAt } from './time-zone.ts';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/St_Johns', 'Africa/Casablanca', 'Asia/Gaza', 'Antarctica/Troll'];

/** What a clock on the wall shows; weekday 0 = Sunday. */
interface Wall {
  readonly day: number;
  readonly weekday: number;
  readonly lastDay: number;
}
type Field = readonly [text: string, holds: (value: number) => boolean];
type Days = readonly [dayOfMonth: string, dayOfWeek: string, holds: (wall: Wall) => boolean];

function generator(seed: number) {
  const random = createRandom(seed, 'cron-search');
  const below = (limit: number): number => random.int(limit);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const between = (min: number, max: number): number => min + below(max - min + 1);

  function field(min: number, max: number, names?: readonly string[]): Field {
    const shown = (value: number): string => (names !== undefined && below(2) === 0 ? (names[value - min] as string) : String(value));
    const item = (): Field => {
      const [a, b, step] = [between(min, max), between(min, max), between(1, Math.min(30, max))];
      return pick<Field>([
        [shown(a), (value) => value === a],
        [`${shown(a)}-${shown(b)}`, (value) => (a <= b ? value >= a && value <= b : value >= a || value <= b)],
        [`${shown(a)}/${step}`, (value) => value >= a && (value - a) % step === 0],
        [`*/${step}`, (value) => (value - min) % step === 0],
        ['*', () => true],
      ]);
    };
    const items = Array.from({ length: below(3) === 0 ? 2 : 1 }, item);
    return [items.map(([text]) => text).join(','), (value) => items.some(([, holds]) => holds(value))];
  }

  function days(): Days {
    const [n, nth, a, b] = [between(1, 31), between(1, 5), below(7), below(7)];
    const shown = below(2) === 0 ? (WEEKDAYS[a] as string) : String(a + 1);
    const nearest = ({ day, weekday, lastDay }: Wall): boolean => {
      const ofDay = (((weekday - day + n) % 7) + 7) % 7;
      const moved = ofDay === 6 ? (n === 1 ? 3 : n - 1) : ofDay === 0 ? (n === lastDay ? n - 2 : n + 1) : n;
      return n <= lastDay && day === moved;
    };
    const [listed, inList] = field(1, 31);
    return pick<Days>([
      ['L', '?', ({ day, lastDay }) => day === lastDay],
      [`${n}W`, '?', nearest],
      ['?', `${shown}#${nth}`, ({ day, weekday }) => weekday === a && Math.ceil(day / 7) === nth],
      ['?', `${shown}L`, ({ day, weekday, lastDay }) => weekday === a && day + 7 > lastDay],
      ['?', `${shown}-${WEEKDAYS[b] as string}`, ({ weekday }) => (a <= b ? weekday >= a && weekday <= b : weekday >= a || weekday <= b)],
      ['?', `${shown},${b + 1}`, ({ weekday }) => weekday === a || weekday === b],
      [listed, '?', ({ day }) => inList(day)],
    ]);
  }
  return { below, pick, field, days };
}

/** The first times from `fromSec` on at which the wall's clock shows a wanted minute for the first time. */
function search(fromSec: number, zoneName: string, wanted: (wallSec: number) => boolean): string[] {
  const zone = findTimeZone(zoneName)!;
  const times: string[] = [];
  let shownBefore = new Set<number>();
  let shown = new Set<number>();
  for (let at = fromSec - 4 * 3_600; at < fromSec + 70 * 86_400 && times.length < 30; at += 60) {
    const wallSec = at + offsetAt(zone, at);
    if (shown.has(wallSec) || shownBefore.has(wallSec)) continue;
    if (shown.size > 1_000) [shownBefore, shown] = [shown, new Set()];
    shown.add(wallSec);
    if (at > fromSec && wanted(wallSec)) times.push(formatInstant(at));
  }
  return times;
}

describe('cron expressions', () => {
  it('fire when a search minute by minute says so, through leap days and clocks that are changed', () => {
    const { below, pick, field, days } = generator(5);
    let compared = 0;
    for (let i = 0; i < 35; i += 1) {
      const [minutes, hours, months] = [field(0, 59), field(0, 23), below(3) === 0 ? field(1, 12, MONTHS) : (['*', () => true] as Field)];
      const [dayOfMonth, dayOfWeek, onDay] = days();
      const expression = `cron(${minutes[0]} ${hours[0]} ${dayOfMonth} ${months[0]} ${dayOfWeek} *)`;
      const zone = pick(ZONES);
      const fromSec = Date.UTC(pick([2026, 2028]), pick([1, 2, 3, 9]), 15 + below(14), below(24), below(60)) / 1000;
      const expected = search(fromSec, zone, (wallSec) => {
        const wall = new Date(wallSec * 1000);
        const lastDay = new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + 1, 0)).getUTCDate();
        return minutes[1](wall.getUTCMinutes()) && hours[1](wall.getUTCHours()) && months[1](wall.getUTCMonth() + 1) && onDay({ day: wall.getUTCDate(), weekday: wall.getUTCDay(), lastDay });
      });
      if (expected.length === 0) continue;
      compared += 1;
      expect(nextFireTimes(expression, formatInstant(fromSec), expected.length, zone), `${expression} in ${zone} after ${formatInstant(fromSec)}`).toEqual(expected);
    }
    expect(compared).toBeGreaterThan(25);
  }, 60_000);
});
