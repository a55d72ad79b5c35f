/** util.format: placeholders and what follows them. @source Node.js 22 docs, util.format */
import { inspect } from './inspect.js';
import { numberText } from './inspect-values.js';
import { isError } from './stacks.js';

export const format = (...args) => formatWithOptions({}, ...args);

export function formatWithOptions(options, ...args) {
  const [first] = args;
  let at = 0;
  let text = '';
  let join = '';
  if (typeof first === 'string') {
    if (args.length === 1) return first;
    let last = 0;
    for (let i = 0; i < first.length - 1; i++) {
      if (first[i] !== '%') continue;
      const next = first[++i];
      if (next === '%') {
        text += first.slice(last, i);
        last = i + 1;
        continue;
      }
      if (at + 1 >= args.length) continue;
      const shown = placeholder(next, args[at + 1], options);
      if (shown === undefined) continue;
      at++;
      text += first.slice(last, i - 1) + shown;
      last = i + 1;
    }
    if (last !== 0) {
      at++;
      join = ' ';
      if (last < first.length) text += first.slice(last);
    } else if (at === 0) {
      // no placeholder was used: the text is an ordinary argument
    }
  }
  for (; at < args.length; at++) {
    text += join + (typeof args[at] === 'string' ? args[at] : inspect(args[at], { ...options, compact: 3, colors: false }));
    join = ' ';
  }
  return text;
}

function placeholder(kind, value, options) {
  switch (kind) {
    case 's':
      if (typeof value === 'number') return numberText(value);
      if (typeof value === 'bigint') return `${value}n`;
      if (typeof value !== 'object' || value === null) return String(value);
      return hasOwnText(value) ? String(value) : inspect(value, { ...options, depth: 0, colors: false, compact: 3 });
    case 'j':
      try {
        return JSON.stringify(value) ?? 'undefined';
      } catch (error) {
        if (error instanceof TypeError && /circular/.test(error.message)) return '[Circular]';
        throw error;
      }
    case 'd':
      return typeof value === 'bigint' ? `${value}n` : typeof value === 'symbol' ? 'NaN' : numberText(Number(value));
    case 'i':
      return typeof value === 'bigint' ? `${value}n` : typeof value === 'symbol' ? 'NaN' : numberText(Number.parseInt(value));
    case 'f':
      return typeof value === 'symbol' ? 'NaN' : numberText(Number.parseFloat(value));
    case 'o':
      return inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 });
    case 'O':
      return inspect(value, options);
    case 'c':
      return '';
    default:
      return undefined;
  }
}

function hasOwnText(value) {
  if (isError(value)) return true;
  if (typeof value.toString !== 'function') return false;
  const builtin = [Object.prototype.toString, Array.prototype.toString, Date.prototype.toString, Function.prototype.toString];
  return !builtin.includes(value.toString);
}
