/** Numbers in en-US: grouping, fractions, percent and currencies. @source ECMA-402, Intl.NumberFormat; CLDR en */
import { NotModelled } from '../not-modelled.js';
import { checkLocale, LOCALE, object, refuseOptions } from './options.js';

const SYMBOLS = { __proto__: null, USD: '$', EUR: '€', GBP: '£', JPY: '¥', CNY: 'CN¥', INR: '₹', KRW: '₩', BRL: 'R$', CAD: 'CA$', AUD: 'A$', NZD: 'NZ$', MXN: 'MX$', ILS: '₪', HKD: 'HK$', TWD: 'NT$', VND: '₫' };
/** Digits after the point, where they are not two. @source ISO 4217 */
const DIGITS = { __proto__: null, JPY: 0, KRW: 0, VND: 0, CLP: 0, ISK: 0, KWD: 3, BHD: 3, TND: 3, JOD: 3, OMR: 3 };

function digitsOption(value, least, most, fallback, name) {
  if (value === undefined) return fallback;
  const number = Math.floor(Number(value));
  if (!(number >= least && number <= most)) throw new RangeError(`${name} value is out of range.`);
  return number;
}

/** Checked options, as resolvedOptions shows them. */
export function numberOptions(locales, given) {
  checkLocale(locales);
  const o = object(given);
  refuseOptions(o, ['minimumSignificantDigits', 'maximumSignificantDigits', 'unit', 'roundingIncrement', 'numberingSystem'], 'Intl.NumberFormat');
  const { style = 'decimal', notation = 'standard', currencyDisplay = 'symbol', signDisplay = 'auto', useGrouping = true } = o;
  if (!['decimal', 'percent', 'currency'].includes(style) || notation !== 'standard' || currencyDisplay === 'name') throw new NotModelled(`Intl.NumberFormat with ${style === 'unit' ? 'units' : notation === 'standard' ? 'currency names' : `notation ${notation}`}`);
  if (style === 'currency' && o.currency === undefined) throw new TypeError('Currency code is required with currency style.');
  const currency = style === 'currency' ? String(o.currency).toUpperCase() : undefined;
  if (currency !== undefined && !/^[A-Z]{3}$/.test(currency)) throw new RangeError(`Invalid currency code : ${o.currency}`);
  const usual = style === 'currency' ? (DIGITS[currency] ?? 2) : 0;
  const usualMost = style === 'currency' ? usual : style === 'percent' ? 0 : 3;
  let least = digitsOption(o.minimumFractionDigits, 0, 100, undefined, 'minimumFractionDigits');
  let most = digitsOption(o.maximumFractionDigits, 0, 100, undefined, 'maximumFractionDigits');
  if (least === undefined && most === undefined) [least, most] = [usual, usualMost];
  else if (least === undefined) least = Math.min(usual, most);
  else if (most === undefined) most = Math.max(usualMost, least);
  if (least > most) throw new RangeError('maximumFractionDigits value is out of range.');
  return { locale: LOCALE, numberingSystem: 'latn', style, ...(currency === undefined ? {} : { currency, currencyDisplay, currencySign: 'standard' }), minimumIntegerDigits: digitsOption(o.minimumIntegerDigits, 1, 21, 1, 'minimumIntegerDigits'), minimumFractionDigits: least, maximumFractionDigits: most, useGrouping: useGrouping === true ? 'auto' : useGrouping === 'false' || useGrouping === false ? false : useGrouping, notation, signDisplay, roundingMode: 'halfExpand' };
}

/** An absolute value as its shortest decimal digits, and how many of them stand before the point. */
function decimalOf(value) {
  const [, whole, fraction = '', exponent = '0'] = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  return { digits: whole + fraction, point: whole.length + Number(exponent) };
}

/** Whole part and fraction, rounded half away from zero on the decimal digits. */
function roundedDigits({ digits, point }, most, least) {
  let all = point < 0 ? '0'.repeat(-point) + digits : digits;
  let at = Math.max(0, point);
  if (at > all.length) all = all.padEnd(at, '0');
  const keep = at + most;
  if (all.length > keep) {
    const isUp = all[keep] >= '5';
    all = all.slice(0, keep);
    if (isUp) {
      const raised = String(BigInt(`1${all}`) + 1n);
      if (raised[0] === '2') at++;
      all = raised[0] === '2' ? `1${raised.slice(1)}` : raised.slice(1);
    }
  }
  const whole = all.slice(0, at).replace(/^0+(?=\d)/, '') || '0';
  return [whole, all.slice(at).replace(/0+$/, '').padEnd(least, '0')];
}

export function formatNumber(given, o) {
  let value = typeof given === 'bigint' ? given : Number(given);
  const isNegative = typeof value === 'bigint' ? value < 0n : value < 0 || Object.is(value, -0);
  if (isNegative) value = -value;
  let text;
  let isZero = false;
  if (typeof value === 'number' && !Number.isFinite(value)) {
    text = Number.isNaN(value) ? 'NaN' : '∞';
    isZero = Number.isNaN(value);
  } else {
    const { digits, point } = decimalOf(value);
    const [whole, fraction] = roundedDigits({ digits, point: point + (o.style === 'percent' ? 2 : 0) }, o.maximumFractionDigits, o.minimumFractionDigits);
    isZero = /^0*$/.test(whole + fraction);
    const padded = whole.padStart(o.minimumIntegerDigits, '0');
    text = o.useGrouping === false ? padded : padded.replace(/\B(?=(\d{3})+$)/g, ',');
    if (fraction !== '') text += `.${fraction}`;
  }
  if (o.style === 'percent') text += '%';
  if (o.currency !== undefined) {
    const symbol = o.currencyDisplay === 'code' ? undefined : SYMBOLS[o.currency];
    text = symbol === undefined ? `${o.currency}\u00a0${text}` : `${o.currencyDisplay === 'narrowSymbol' ? symbol.slice(-1) : symbol}${text}`;
  }
  return signOf(isNegative, isZero, o.signDisplay) + text;
}

function signOf(isNegative, isZero, display) {
  if (display === 'never' || (display === 'negative' && isZero)) return '';
  if (display === 'exceptZero' && isZero) return '';
  if (isNegative) return '-';
  return display === 'always' || display === 'exceptZero' ? '+' : '';
}
