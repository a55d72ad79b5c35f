/** AWS's dialect of cron: minutes, hours, day of month, month, day of week (SUN = 1), year. Reads it, and says on which days it fires. */
import { daysFromCivil, daysInMonth, weekdayOf } from '../civil.ts';

/** Which days of a month. Weekdays count 1–7 from Sunday, as in AWS's cron. */
export type DayRule =
  | { readonly kind: 'days-of-month'; readonly days: readonly number[] }
  | { readonly kind: 'last-day-of-month' }
  | { readonly kind: 'nearest-working-day'; readonly day: number }
  | { readonly kind: 'weekdays'; readonly weekdays: readonly number[] }
  | { readonly kind: 'last-weekday'; readonly weekday: number }
  | { readonly kind: 'nth-weekday'; readonly weekday: number; readonly nth: number };

/** All lists ascending. */
export interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: DayRule;
  readonly months: readonly number[];
  readonly years: readonly number[];
}

interface Field {
  readonly min: number;
  readonly max: number;
  /** Names of the values from `min` on. */
  readonly names?: readonly string[];
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MINUTE: Field = { min: 0, max: 59 };
const HOUR: Field = { min: 0, max: 23 };
const DAY_OF_MONTH: Field = { min: 1, max: 31 };
const MONTH: Field = { min: 1, max: 12, names: MONTHS };
const DAY_OF_WEEK: Field = { min: 1, max: 7, names: WEEKDAYS };
/** @source EventBridge User Guide, cron expressions (2026): years 1970–2199 */
const YEAR: Field = { min: 1970, max: 2199 };

/**
 * Reads the six fields between the parentheses; undefined when they are not valid.
 *
 * Names count in any case. Ranges may wrap (`FRI-MON`, `20-2`), except for years. A step is at most the field's largest value;
 * days of the week take none.
 * @source EventBridge User Guide, cron expressions (eventbridge.md §9)
 * @simplified `LW`, `L-3` and `L`, `W` or `#` inside lists, which AWS does not document, are refused
 */
export function parseCron(text: string): Cron | undefined {
  const fields = text.split(/ +/);
  if (fields.length !== 6) return undefined;
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields as [string, string, string, string, string, string];
  const minutes = parseList(minute, MINUTE);
  const hours = parseList(hour, HOUR);
  const months = parseList(month, MONTH);
  const years = parseList(year, YEAR);
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) return undefined;
  const days = dayOfWeek === '?' ? parseDayOfMonth(dayOfMonth) : parseDayOfWeek(dayOfWeek);
  if (minutes === undefined || hours === undefined || months === undefined || years === undefined || days === undefined) return undefined;
  return { minutes, hours, days, months, years };
}

/** The days of a month on which the rule holds, ascending. */
export function daysOfMonth(rule: DayRule, year: number, month: number): readonly number[] {
  const last = daysInMonth(year, month);
  /** 1–7 from Sunday. */
  const weekday = (day: number): number => weekdayOf(daysFromCivil(year, month, day)) + 1;
  const allDays = Array.from({ length: last }, (_, i) => i + 1);
  switch (rule.kind) {
    case 'days-of-month':
      return rule.days.filter((day) => day <= last);
    case 'last-day-of-month':
      return [last];
    case 'nearest-working-day':
      return rule.day > last ? [] : [nearestWorkingDay(rule.day, weekday(rule.day), last)];
    case 'weekdays':
      return allDays.filter((day) => rule.weekdays.includes(weekday(day)));
    case 'last-weekday':
      return allDays.filter((day) => day > last - 7 && weekday(day) === rule.weekday);
    case 'nth-weekday':
      return allDays.filter((day) => Math.ceil(day / 7) === rule.nth && weekday(day) === rule.weekday);
  }
}

/** Friday for a Saturday, Monday for a Sunday, but never outside of the month. */
function nearestWorkingDay(day: number, weekday: number, last: number): number {
  if (weekday === 7) return day === 1 ? 3 : day - 1;
  if (weekday === 1) return day === last ? day - 2 : day + 1;
  return day;
}

function parseDayOfMonth(text: string): DayRule | undefined {
  if (text === 'L') return { kind: 'last-day-of-month' };
  const nearest = /^(\d+)W$/i.exec(text);
  if (nearest !== null) {
    const day = parseValue(nearest[1] as string, DAY_OF_MONTH);
    return day === undefined ? undefined : { kind: 'nearest-working-day', day };
  }
  const days = parseList(text, DAY_OF_MONTH);
  return days === undefined ? undefined : { kind: 'days-of-month', days };
}

function parseDayOfWeek(text: string): DayRule | undefined {
  if (text === 'L') return { kind: 'weekdays', weekdays: [7] };
  const special = /^(\d|[A-Za-z]{3})(?:L|#(\d))$/.exec(text);
  if (special !== null) {
    const weekday = parseValue(special[1] as string, DAY_OF_WEEK);
    if (weekday === undefined) return undefined;
    if (special[2] === undefined) return { kind: 'last-weekday', weekday };
    const nth = Number(special[2]);
    return nth >= 1 && nth <= 5 ? { kind: 'nth-weekday', weekday, nth } : undefined;
  }
  const weekdays = text.includes('/') ? undefined : parseList(text, DAY_OF_WEEK);
  return weekdays === undefined ? undefined : { kind: 'weekdays', weekdays };
}

/** The values of a list of values, ranges and steps, ascending and each once. */
function parseList(text: string, field: Field): readonly number[] | undefined {
  const values = new Set<number>();
  for (const item of text.split(',')) {
    const found = parseItem(item, field);
    if (found === undefined) return undefined;
    for (const value of found) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

/** `*`, `a`, `a-b`, each with an optional `/step`. */
function parseItem(item: string, field: Field): readonly number[] | undefined {
  const [range = '', stepText, ...more] = item.split('/');
  const step = stepText === undefined ? 1 : parseStep(stepText, field);
  if (more.length > 0 || step === undefined) return undefined;
  let [from, to]: (number | undefined)[] = [field.min, field.max];
  if (range !== '*') {
    const ends = range.split('-');
    if (ends.length > 2) return undefined;
    from = parseValue(ends[0] as string, field);
    to = ends.length === 2 ? parseValue(ends[1] as string, field) : stepText === undefined ? from : field.max;
  }
  if (from === undefined || to === undefined) return undefined;
  const size = field.max - field.min + 1;
  if (from > to) {
    if (field === YEAR) return undefined;
    to += size;
  }
  const values: number[] = [];
  for (let value = from; value <= to; value += step) values.push(value > field.max ? value - size : value);
  return values;
}

function parseStep(text: string, field: Field): number | undefined {
  const step = /^\d+$/.test(text) ? Number(text) : 0;
  return step >= 1 && step <= field.max ? step : undefined;
}

function parseValue(text: string, field: Field): number | undefined {
  const named = field.names?.indexOf(text.toUpperCase()) ?? -1;
  if (named >= 0) return field.min + named;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : -1;
  return value >= field.min && value <= field.max ? value : undefined;
}
