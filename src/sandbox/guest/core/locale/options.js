/** What the parts of Intl share: en-US and UTC only; everything else is refused by name. @simplified */
import { NotModelled } from '../not-modelled.js';

export const LOCALE = 'en-US';

/** @throws NotModelled for a locale that is not English (US), RangeError for one that is no locale */
export function checkLocale(locales) {
  for (const locale of locales === undefined ? [] : Array.isArray(locales) ? locales : [locales]) {
    const tag = String(locale);
    if (!/^[a-zA-Z]{2,8}([-_][a-zA-Z0-9]{1,8})*$/.test(tag) || tag.includes('_')) throw new RangeError(`Incorrect locale information provided`);
    if (!/^en(-US)?$/i.test(tag)) throw new NotModelled(`the locale '${tag}'`, 'The sandbox knows en-US.');
    return LOCALE;
  }
  return LOCALE;
}

/** Refuses options that would change the text and are not known here. */
export function refuseOptions(o, names, of) {
  for (const name of names) if (o[name] !== undefined) throw new NotModelled(`the option ${name} of ${of}`);
}
export const object = (o) => (o === undefined || o === null ? {} : Object(o));
