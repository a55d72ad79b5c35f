/** Intl as far as handlers use it, and the toLocale… methods: en-US, UTC. What it cannot do is refused by name. @source ECMA-402 */
import { refuses } from '../not-modelled.js';
import { collatorOptions, compareTexts } from './collation.js';
import { dateOptions, formatDate } from './dates.js';
import { formatNumber, numberOptions } from './numbers.js';
import { checkLocale } from './options.js';

const supported = (locales) => (Array.isArray(locales) ? locales : locales === undefined ? [] : [locales]).filter((tag) => /^en(-US)?$/i.test(tag));

/** A class of Intl, which also works without `new`. */
function formatter(name, options, methods) {
  function Made(locales, given) {
    if (!new.target) return new Made(locales, given);
    const o = options(locales, given);
    for (const [method, make] of Object.entries(methods(o))) Object.defineProperty(this, method, { value: make, writable: true, enumerable: false, configurable: true });
    Object.defineProperty(this, 'resolvedOptions', { value: () => ({ ...o }), writable: true, enumerable: false, configurable: true });
    return undefined;
  }
  Object.defineProperty(Made, 'name', { value: name });
  Made.supportedLocalesOf = supported;
  Object.defineProperty(Made.prototype, Symbol.toStringTag, { value: `Intl.${name}`, configurable: true });
  return Made;
}

const NumberFormat = formatter('NumberFormat', numberOptions, (o) => ({ format: (value) => formatNumber(value, o), formatToParts: refuses('Intl.NumberFormat.formatToParts') }));
const DateTimeFormat = formatter('DateTimeFormat', (locales, given) => dateOptions(locales, given, 'any', 'date'), (o) => ({ format: (date) => formatDate(date, o), formatToParts: refuses('Intl.DateTimeFormat.formatToParts'), formatRange: refuses('Intl.DateTimeFormat.formatRange') }));
const Collator = formatter('Collator', collatorOptions, (o) => ({ compare: (a, b) => compareTexts(String(a), String(b), o) }));
const pluralOf = (n, type) => {
  if (type !== 'ordinal') return n === 1 ? 'one' : 'other';
  const [last, lastTwo] = [n % 10, n % 100];
  return last === 1 && lastTwo !== 11 ? 'one' : last === 2 && lastTwo !== 12 ? 'two' : last === 3 && lastTwo !== 13 ? 'few' : 'other';
};
const PluralRules = formatter('PluralRules', (locales, o = {}) => ({ locale: checkLocale(locales), type: o.type ?? 'cardinal' }), (o) => ({ select: (n) => pluralOf(Math.abs(Number(n)), o.type) }));
const ListFormat = formatter('ListFormat', (locales, o = {}) => ({ locale: checkLocale(locales), type: o.type ?? 'conjunction', style: o.style ?? 'long' }), (o) => ({ format: (list) => listOf([...list], o) }));

function listOf(items, { type, style }) {
  if (type === 'unit') return items.join(style === 'narrow' ? ' ' : ', ');
  const word = type === 'disjunction' ? 'or' : style === 'long' ? 'and' : style === 'short' ? '&' : '';
  const last = word === '' ? ' ' : ` ${word} `;
  if (items.length < 3) return items.join(word === '' ? ', ' : last);
  return `${items.slice(0, -1).join(', ')},${last}${items.at(-1)}`;
}

function unmodelled(name) {
  const refuse = refuses(`Intl.${name}`);
  return Object.defineProperty(function Refused() {
    refuse();
  }, 'name', { value: name });
}

const Intl = { NumberFormat, DateTimeFormat, Collator, PluralRules, ListFormat, getCanonicalLocales: (locales) => (locales === undefined ? [] : [locales].flat().map(String)), supportedValuesOf: refuses('Intl.supportedValuesOf') };
for (const name of ['RelativeTimeFormat', 'DisplayNames', 'Segmenter', 'Locale', 'DurationFormat']) Intl[name] = unmodelled(name);
Object.defineProperty(Intl, Symbol.toStringTag, { value: 'Intl', configurable: true });
for (const key of Object.keys(Intl)) Object.defineProperty(Intl, key, { enumerable: false });

const method = (object, holder) => {
  for (const name of Object.keys(holder)) Object.defineProperty(object, name, { value: holder[name], writable: true, enumerable: false, configurable: true });
};

export function installIntl() {
  method(globalThis, { Intl });
  const numbers = {
    toLocaleString(locales, options) {
      return formatNumber(this.valueOf(), numberOptions(locales, options));
    },
  };
  method(Number.prototype, numbers);
  method(BigInt.prototype, numbers);
  const dated = (date, locales, options, [wanted, filled]) => (Number.isNaN(date.getTime()) ? 'Invalid Date' : formatDate(date, dateOptions(locales, options, wanted, filled)));
  const { toString, toTimeString } = Date.prototype;
  const withZone = (text) => (text === 'Invalid Date' ? text : `${text} (Coordinated Universal Time)`);
  method(Date.prototype, {
    toLocaleString(locales, options) {
      return dated(this, locales, options, ['any', 'all']);
    },
    toLocaleDateString(locales, options) {
      return dated(this, locales, options, ['date', 'date']);
    },
    toLocaleTimeString(locales, options) {
      return dated(this, locales, options, ['time', 'time']);
    },
    toString() {
      return withZone(Reflect.apply(toString, this, []));
    },
    toTimeString() {
      return withZone(Reflect.apply(toTimeString, this, []));
    },
  });
  const usual = collatorOptions();
  method(String.prototype, {
    localeCompare(that, locales, options) {
      return compareTexts(String(this), String(that), locales === undefined && options === undefined ? usual : collatorOptions(locales, options));
    },
  });
}
