/** Dates in en-US and UTC: the formats of toLocaleString and Intl.DateTimeFormat. @source ECMA-402, Intl.DateTimeFormat; CLDR en */
import { NotModelled } from '../not-modelled.js';
import { checkLocale, LOCALE, object, refuseOptions } from './options.js';

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const STYLES = {
  date: { full: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }, long: { year: 'numeric', month: 'long', day: 'numeric' }, medium: { year: 'numeric', month: 'short', day: 'numeric' }, short: { year: '2-digit', month: 'numeric', day: 'numeric' } },
  time: { full: { hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'long' }, long: { hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'short' }, medium: { hour: 'numeric', minute: '2-digit', second: '2-digit' }, short: { hour: 'numeric', minute: '2-digit' } },
};
const DATE_PARTS = ['weekday', 'year', 'month', 'day'];
const TIME_PARTS = ['hour', 'minute', 'second'];
const DEFAULTS = { date: { year: 'numeric', month: 'numeric', day: 'numeric' }, time: { hour: 'numeric', minute: '2-digit', second: '2-digit' } };

/** @param wanted 'date', 'time' or 'any': which parts must be asked for; @param filled 'date', 'time' or 'all': what is shown when they are not */
export function dateOptions(locales, given, wanted, filled) {
  checkLocale(locales);
  const o = object(given);
  refuseOptions(o, ['era', 'dayPeriod', 'fractionalSecondDigits', 'calendar', 'numberingSystem'], 'Intl.DateTimeFormat');
  const zone = o.timeZone === undefined ? 'UTC' : String(o.timeZone);
  if (!/^(?:utc|gmt|etc\/utc|etc\/gmt|\+00:?00)$/i.test(zone)) throw new NotModelled(`the time zone '${zone}'`, 'The sandbox formats dates in UTC.');
  const shown = { locale: LOCALE, calendar: 'gregory', numberingSystem: 'latn', timeZone: 'UTC' };
  const parts = {};
  for (const name of [...DATE_PARTS, ...TIME_PARTS, 'timeZoneName']) if (o[name] !== undefined) parts[name] = String(o[name]);
  if (o.dateStyle !== undefined || o.timeStyle !== undefined) {
    if (Object.keys(parts).length > 0) throw new TypeError(`Can't set option ${Object.keys(parts)[0]} when ${o.dateStyle !== undefined ? 'dateStyle' : 'timeStyle'} is used`);
    Object.assign(parts, STYLES.date[o.dateStyle], STYLES.time[o.timeStyle]);
  } else {
    const isAsked = [...(wanted === 'time' ? [] : DATE_PARTS), ...(wanted === 'date' ? [] : TIME_PARTS)].some((name) => parts[name] !== undefined);
    if (!isAsked) Object.assign(parts, filled === 'time' ? {} : DEFAULTS.date, filled === 'date' ? {} : DEFAULTS.time);
  }
  const isTwelve = o.hour12 === undefined ? (o.hourCycle === undefined ? true : o.hourCycle === 'h12' || o.hourCycle === 'h11') : Boolean(o.hour12);
  return { ...shown, ...parts, dateStyle: o.dateStyle, ...(parts.hour === undefined ? {} : { hourCycle: isTwelve ? 'h12' : o.hour12 === undefined ? 'h23' : 'h24', hour12: isTwelve }) };
}

const two = (n) => String(n).padStart(2, '0');
const sized = (n, size) => (size === '2-digit' ? two(n) : String(n));
const named = (name, size) => (size === 'short' ? name.slice(0, 3) : size === 'narrow' ? name[0] : name);

function datePart(date, o) {
  const year = o.year === undefined ? undefined : o.year === '2-digit' ? two(date.getUTCFullYear() % 100) : String(date.getUTCFullYear());
  const day = o.day === undefined ? undefined : sized(date.getUTCDate(), o.day);
  const weekday = o.weekday === undefined ? undefined : named(DAYS[date.getUTCDay()], o.weekday);
  if (o.month !== undefined && !/^(numeric|2-digit)$/.test(o.month)) {
    const month = named(MONTHS[date.getUTCMonth()], o.month);
    const monthDay = [month, day].filter((part) => part !== undefined).join(' ');
    const text = year === undefined ? monthDay : day === undefined ? `${month} ${year}` : `${monthDay}, ${year}`;
    return weekday === undefined ? text : `${weekday}, ${text}`;
  }
  const month = o.month === undefined ? undefined : sized(date.getUTCMonth() + 1, o.month);
  const numbers = [month, day, year].filter((part) => part !== undefined);
  if (weekday !== undefined && month === undefined && numbers.length > 0) return day === undefined ? `${year} ${weekday}` : `${day} ${weekday}`;
  return [...(weekday === undefined ? [] : [weekday]), ...(numbers.length === 0 ? [] : [numbers.join('/')])].join(', ');
}

function timePart(date, o) {
  if (TIME_PARTS.every((name) => o[name] === undefined)) return '';
  const hours = date.getUTCHours();
  const parts = [];
  if (o.hour !== undefined) {
    const hour = o.hour12 ? hours % 12 || 12 : o.hourCycle === 'h24' && hours === 0 ? 24 : hours;
    parts.push(o.hour === '2-digit' || !o.hour12 ? two(hour) : String(hour));
  }
  const alone = o.hour === undefined && (o.minute === undefined || o.second === undefined);
  if (o.minute !== undefined) parts.push(alone ? String(date.getUTCMinutes()) : two(date.getUTCMinutes()));
  if (o.second !== undefined) parts.push(alone ? String(date.getUTCSeconds()) : two(date.getUTCSeconds()));
  return parts.join(':') + (o.hour !== undefined && o.hour12 ? ` ${hours < 12 ? 'AM' : 'PM'}` : '');
}

export function formatDate(given, o) {
  const date = given === undefined ? new Date() : new Date(given);
  if (Number.isNaN(date.getTime())) throw new RangeError('Invalid time value');
  const day = datePart(date, o);
  let time = timePart(date, o);
  if (o.timeZoneName !== undefined) time += `${time === '' ? '' : ' '}${o.timeZoneName === 'long' ? 'Coordinated Universal Time' : 'UTC'}`;
  if (day === '' || time === '') return day + time;
  const isWordy = o.dateStyle === 'full' || o.dateStyle === 'long' || (o.dateStyle === undefined && o.month === 'long' && o.day !== undefined);
  return `${day}${isWordy ? ' at ' : ', '}${time}`;
}
