/**
 * Writes src/base/schedule/time-zone-data.ts: the IANA time zone database from 1970 on, pinned and compact.
 *
 * Run by hand after raising the version of moment-timezone (whose packed data are read, none of its code):
 * node src/tools/generate-time-zones.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const START = 0;
const FAR_SEC = Date.UTC(2100, 0, 1) / 1000;

/** Number in moment-timezone's base 60, with a fraction. @param {string} text */
function base60(text) {
  const value = (/** @type {string} */ c) => {
    const code = c.charCodeAt(0);
    return code > 96 ? code - 87 : code > 64 ? code - 29 : code - 48;
  };
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  let number = 0;
  for (const c of whole) number = number * 60 + value(c);
  let unit = 1;
  for (const c of fraction) number += value(c) * (unit /= 60);
  return text.startsWith('-') ? -number : number;
}

/** Transitions of a packed zone: at (epoch seconds), before and after (seconds east of UTC). @param {string} packed */
function unpack(packed) {
  const [name = '', , offsetsText = '', indexText = '', untilsText = ''] = packed.split('|');
  const offsets = offsetsText.split(' ').map((offset) => -Math.round(base60(offset) * 60));
  const sequence = [...indexText].map((index) => offsets[base60(index)]);
  let minutes = 0;
  const untils = untilsText === '' ? [] : untilsText.split(' ').map((delta) => Math.round((minutes += base60(delta)) * 60));
  let first = sequence[0];
  const transitions = [];
  for (const [i, at] of untils.entries()) {
    const [before, after] = [sequence[i], sequence[i + 1]];
    if (after === undefined || after === before) continue;
    if (at < START) first = after;
    else transitions.push({ at, before, after });
  }
  return { name, first, transitions };
}

/** Wall clock of an instant at an offset. @param {number} at @param {number} offset */
function wall(at, offset) {
  const date = new Date((at + offset) * 1000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), weekday: date.getUTCDay(), second: (((at + offset) % 86400) + 86400) % 86400, days: Math.floor((at + offset) / 86400) };
}

/** Days since 1970 of the first of a month. */
const firstOf = (/** @type {number} */ year, /** @type {number} */ month) => Date.UTC(year, month - 1, 1) / 86400000;

/** The yearly rules that all transitions after 2100 follow: the first given weekday on or after a day. */
function yearlyRules(transitions) {
  const groups = new Map();
  for (const t of transitions.filter((x) => x.at >= FAR_SEC)) {
    const local = wall(t.at, t.before);
    const key = [local.weekday, local.second, t.before, t.after].join();
    const group = groups.get(key) ?? { weekday: local.weekday, second: local.second, after: t.after, walls: [] };
    group.walls.push(local);
    groups.set(key, group);
  }
  if (groups.size === 0) return [];
  const rules = [...groups.values()].map(({ weekday, second, after, walls }) => {
    const month = Math.min(...walls.map((w) => w.month));
    const days = walls.map((w) => w.days - firstOf(w.year, month) + 1);
    const day = Math.min(...days);
    if (Math.max(...days) - day > 6) throw new Error('a yearly rule that is no weekday on or after a day');
    return { month, day, weekday, second, after };
  });
  if (rules.length !== 2) throw new Error(`${rules.length} yearly rules`);
  return rules;
}

function follows(transition, rules) {
  const local = wall(transition.at, transition.before);
  return rules.some((rule) => {
    const day = local.days - firstOf(local.year, rule.month) + 1;
    return local.weekday === rule.weekday && local.second === rule.second && transition.after === rule.after && day >= rule.day && day <= rule.day + 6;
  });
}

/** Whether no year was left out between the two. */
function isNextBefore(transition, next) {
  return next === undefined || next.at - transition.at < 330 * 86400;
}

/** The line of a zone, without names: first offset, then transitions, then rules; times in minutes, base 36. */
function encode({ first, transitions }) {
  const rules = yearlyRules(transitions);
  let end = transitions.length;
  while (end > 0 && follows(transitions[end - 1], rules) && isNextBefore(transitions[end - 1], transitions[end])) end -= 1;
  // The first change by the rules is listed too: it marks from when on they hold.
  end = Math.min(end + 1, transitions.length);
  let previous = START;
  const minutes = (/** @type {number} */ seconds) => {
    if (seconds % 30 !== 0) throw new Error(`${seconds} s`);
    return seconds / 60;
  };
  const changes = transitions.slice(0, end).map(({ at, after }) => {
    const delta = (at - previous) / 30;
    previous = at;
    return `${delta.toString(36)}:${minutes(after)}`;
  });
  const yearly = rules.map((r) => [r.month, r.day, r.weekday, minutes(r.second), minutes(r.after)].join(':'));
  return [minutes(first), changes.join(' '), yearly.join(' ')].join('|');
}

const source = new URL('../../node_modules/moment-timezone/', import.meta.url);
const data = JSON.parse(readFileSync(new URL('data/packed/latest.json', source), 'utf8'));
const names = new Map();
const lines = new Map();
for (const packed of data.zones) {
  const zone = unpack(packed);
  const line = encode(zone);
  names.set(zone.name, line);
  lines.set(line, [...(lines.get(line) ?? []), zone.name]);
}
for (const link of data.links) {
  const [target, name] = link.split('|');
  lines.get(names.get(target)).push(name);
}
const table = [...lines].map(([line, list]) => `${list.sort().join(' ')}|${line}`).sort();
const target = new URL('../base/schedule/time-zone-data.ts', import.meta.url);
writeFileSync(
  target,
  `/** Generated by src/tools/generate-time-zones.mjs from the IANA time zone database (public domain) as packed by moment-timezone; do not edit. */

/** Release of the IANA database. */
export const TIME_ZONE_DATABASE = '${data.version}';

/**
 * One line a zone: names | offset in 1970 | changes | yearly rules after the last change. Offsets in minutes east of UTC.
 * A change is half-minutes since the one before in base 36 : offset; a rule is month : day : weekday on or after it : minute of the day by the clock before : offset.
 */
export const TIME_ZONES = \`
${table.join('\n')}
\`;
`,
);
console.log(`${fileURLToPath(target)}: ${data.version}, ${table.length} lines, ${names.size + data.links.length} names`);
