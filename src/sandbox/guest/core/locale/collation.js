/** Order of texts as en-US has it: by letters, then accents, then case. @simplified the order of CLDR's root for Latin texts; other scripts by code point */
import { checkLocale, LOCALE, object } from './options.js';

const MARKS = /[\u0300-\u036f]/g;
const kindOf = (char) => (/[0-9]/.test(char) ? 2 : /[\p{L}]/u.test(char) ? 3 : /\s/.test(char) ? 0 : 1);
/** CLDR's order of the signs of ASCII. */
const SIGNS = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";
const signAt = (char) => (SIGNS.includes(char) ? SIGNS.indexOf(char) : 100 + char.codePointAt(0));

function comparePrimary(a, b, numeric) {
  let i = 0;
  let k = 0;
  while (i < a.length && k < b.length) {
    if (numeric && kindOf(a[i]) === 2 && kindOf(b[k]) === 2) {
      const [x] = /^\d+/.exec(a.slice(i));
      const [y] = /^\d+/.exec(b.slice(k));
      const [nx, ny] = [x.replace(/^0+(?=\d)/, ''), y.replace(/^0+(?=\d)/, '')];
      if (nx !== ny) return nx.length - ny.length || (nx < ny ? -1 : 1);
      i += x.length;
      k += y.length;
      continue;
    }
    if (a[i] !== b[k]) {
      const kinds = kindOf(a[i]) - kindOf(b[k]);
      if (kinds !== 0) return kinds;
      return kindOf(a[i]) === 1 ? signAt(a[i]) - signAt(b[k]) : a[i] < b[k] ? -1 : 1;
    }
    i++;
    k++;
  }
  return a.length - i - (b.length - k);
}

const lettersOf = (text) => text.normalize('NFD').replace(MARKS, '').toLowerCase().replaceAll('ß', 'ss').replaceAll('æ', 'ae').replaceAll('ø', 'o');
const sign = (n) => (n < 0 ? -1 : n > 0 ? 1 : 0);
const plain = (a, b) => (a === b ? 0 : a < b ? -1 : 1);

export function collatorOptions(locales, given) {
  checkLocale(locales);
  const { usage = 'sort', sensitivity = 'variant', ignorePunctuation = false, numeric = false, caseFirst = 'false' } = object(given);
  return { locale: LOCALE, usage, sensitivity, ignorePunctuation, collation: 'default', numeric: Boolean(numeric), caseFirst };
}

/** -1, 0 or 1. */
export function compareTexts(first, second, o) {
  const [a, b] = o.ignorePunctuation ? [first, second].map((text) => text.replace(/[\p{P}\s]/gu, '')) : [first, second];
  const letters = comparePrimary(lettersOf(a), lettersOf(b), o.numeric);
  if (letters !== 0 || o.sensitivity === 'base') return sign(letters);
  if (o.sensitivity !== 'case') {
    const accents = plain(a.normalize('NFD').toLowerCase(), b.normalize('NFD').toLowerCase());
    if (accents !== 0 || o.sensitivity === 'accent') return accents;
  }
  // Small letters come first.
  const byCase = plain(b.normalize('NFD'), a.normalize('NFD'));
  return o.caseFirst === 'upper' ? -byCase || 0 : byCase;
}
