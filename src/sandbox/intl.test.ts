/** Texts of numbers and dates, and the order of texts, against this machine's Node: en-US in UTC; anything else is refused by name. */
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { run } from './testing.ts';

/** The same expressions here and in the sandbox. */
function same(expressions: readonly string[]): void {
  const list = `[${expressions.map((text) => `(() => { try { return ${text}; } catch (error) { return error.name + ': ' + error.message; } })()`).join(', ')}]`;
  const real = JSON.parse(runInNewContext(`JSON.stringify((() => { const at = (text) => new Date(text); return ${list}; })())`) as string) as unknown[];
  const guest = run(`const at = (text) => new Date(text); return ${list};`).value as unknown[];
  expect(Object.fromEntries(expressions.map((text, i) => [text, guest[i]]))).toEqual(Object.fromEntries(expressions.map((text, i) => [text, real[i]])));
}

const U = "timeZone: 'UTC'";
describe('in en-US', () => {
  test('numbers', () => {
    const values = ['0', '-0', '1', '-1.5', '999', '1000', '1234567.891', '0.0005', '-0.0001', '1e21', '123456789012345', 'NaN', '-Infinity', '12345678901234567890n', '1.005', '2.5'];
    same(values.flatMap((value) => [`(${value}).toLocaleString()`, `(${value}).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })`, `new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(${value})`, `(${value}).toLocaleString('en', { style: 'percent', maximumFractionDigits: 1 })`, `(${value}).toLocaleString(undefined, { maximumFractionDigits: 0, useGrouping: false, signDisplay: 'exceptZero' })`]));
    same(["(5.5).toLocaleString('en-US', { style: 'currency', currency: 'EUR' })", "(5.5).toLocaleString('en-US', { style: 'currency', currency: 'jpy' })", "(-5.5).toLocaleString('en-US', { style: 'currency', currency: 'CHF' })", "(5.5).toLocaleString('en-US', { style: 'currency', currency: 'GBP', minimumFractionDigits: 0 })", "(7).toLocaleString('en-US', { minimumIntegerDigits: 3 })", "(5).toLocaleString('en-US', { style: 'currency' })", "(5.25).toLocaleString('en-US', { style: 'currency', currency: 'USD', currencyDisplay: 'code' })"]);
  });

  test('dates and times', () => {
    const dates = ["at('2024-02-09T03:04:05Z')", "at('1999-12-31T23:59:59.999Z')", "at('2024-07-04T12:00:00Z')", "at('2024-07-04T00:00:00Z')"];
    const options = [`{ ${U} }`, `{ ${U}, year: 'numeric', month: 'long', day: 'numeric' }`, `{ ${U}, weekday: 'long', year: 'numeric', month: 'short', day: '2-digit' }`, `{ ${U}, month: 'short', day: 'numeric' }`, `{ ${U}, year: 'numeric', month: 'long' }`, `{ ${U}, weekday: 'short' }`, `{ ${U}, year: '2-digit', month: '2-digit', day: '2-digit' }`, `{ ${U}, weekday: 'short', month: 'numeric', day: 'numeric' }`, `{ ${U}, hour: 'numeric', minute: '2-digit' }`, `{ ${U}, hour: '2-digit', minute: '2-digit', hour12: false }`, `{ ${U}, hourCycle: 'h23', hour: '2-digit', minute: '2-digit', second: '2-digit' }`, `{ ${U}, timeZoneName: 'short', hour: 'numeric', minute: 'numeric' }`, `{ ${U}, dateStyle: 'full' }`, `{ ${U}, dateStyle: 'medium', timeStyle: 'short' }`, `{ ${U}, dateStyle: 'long', timeStyle: 'medium' }`, `{ ${U}, dateStyle: 'short', timeStyle: 'long' }`, `{ ${U}, year: 'numeric', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit' }`, `{ ${U}, month: 'long' }`, `{ ${U}, year: 'numeric' }`];
    same(dates.flatMap((date) => options.flatMap((o) => [`${date}.toLocaleString('en-US', ${o})`, `${date}.toLocaleDateString('en-US', ${/Style/.test(o) && /timeStyle/.test(o) ? `{ ${U} }` : o})`, `new Intl.DateTimeFormat('en-US', ${o}).format(${date})`])));
    same(dates.map((date) => `${date}.toLocaleTimeString('en-US', { ${U} })`));
    same(["at('x').toLocaleString()", "Intl.DateTimeFormat('en-US', { timeZone: 'UTC' }).resolvedOptions().timeZone"]);
    expect(run("return [String(new Date(0)), new Date(0).toTimeString(), String(new Date('x'))];").value).toEqual(['Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)', '00:00:00 GMT+0000 (Coordinated Universal Time)', 'Invalid Date']);
  });

  test('the order of texts, lists and plurals', () => {
    const words = JSON.stringify(['Zebra', 'zebra', 'äpfel', 'apfel', 'Apfel', 'b', 'B', 'a10', 'a9', '10', '9', 'résumé', 'resume', 'Resume', 'co-op', 'coop', 'CoOp', '_x', '-x', 'x y', 'xy', 'ñ', 'n', 'o', 'straße', 'strasse', '', 'é', 'e', 'f', '#1', '@a']);
    same([`${words}.sort((a, b) => a.localeCompare(b))`, `${words}.sort(new Intl.Collator('en', { numeric: true }).compare)`, "'a'.localeCompare('á', 'en', { sensitivity: 'base' })", "'a'.localeCompare('A', undefined, { sensitivity: 'accent' })", "'a'.localeCompare('b')", "'same'.localeCompare('same')", "new Intl.ListFormat('en').format(['a', 'b', 'c'])", "new Intl.ListFormat('en', { type: 'disjunction' }).format(['a', 'b'])", "[1, 2, 3, 4, 11, 12, 21, 0].map((n) => new Intl.PluralRules('en-US', { type: 'ordinal' }).select(n) + new Intl.PluralRules('en').select(n))"]);
  });
});

describe('what is not modelled is refused by name', () => {
  test.each([
    ["(1).toLocaleString('de-DE')", "Not modelled: the locale 'de-DE'. The sandbox knows en-US."],
    ["new Date(0).toLocaleString('en-US', { timeZone: 'Europe/Berlin' })", "Not modelled: the time zone 'Europe/Berlin'. The sandbox formats dates in UTC."],
    ["new Intl.NumberFormat('en', { notation: 'compact' })", 'Not modelled: Intl.NumberFormat with notation compact.'],
    ['new Intl.Segmenter()', 'Not modelled: Intl.Segmenter.'],
    ["'a'.localeCompare('b', 'sv')", "Not modelled: the locale 'sv'. The sandbox knows en-US."],
  ])('%s', (code, message) => {
    expect(run(`return ${code};`).error).toMatchObject({ errorType: 'NotModelled', errorMessage: message });
  });
});
