/** JSON.parse and JSON.stringify with V8's error texts. */
import { parse, stringify } from './host.js';

/** Where the text stops being JSON: an index, or the text's length. */
function failureAt(text) {
  let at = 0;
  const space = () => {
    while (at < text.length && /[ \t\n\r]/.test(text[at])) at++;
  };
  const fail = () => {
    throw at;
  };
  const literal = (word) => {
    for (const char of word) {
      if (text[at] !== char) fail();
      at++;
    }
  };
  const string = () => {
    at++;
    while (text[at] !== '"') {
      if (at >= text.length || text.charCodeAt(at) < 32) fail();
      if (text[at] === '\\') {
        at++;
        if (text[at] === 'u') {
          for (let i = 0; i < 4; i++) if (!/[0-9a-fA-F]/.test(text[++at] ?? '')) fail();
        } else if (!/["\\/bfnrt]/.test(text[at] ?? '')) fail();
      }
      at++;
    }
    at++;
  };
  const value = (depth) => {
    space();
    const char = text[at];
    if (depth > 500) fail();
    if (char === '{') {
      at++;
      space();
      if (text[at] === '}') return void at++;
      for (;;) {
        space();
        if (text[at] !== '"') fail();
        string();
        space();
        if (text[at] !== ':') fail();
        at++;
        value(depth + 1);
        space();
        if (text[at] === '}') return void at++;
        if (text[at] !== ',') fail();
        at++;
      }
    }
    if (char === '[') {
      at++;
      space();
      if (text[at] === ']') return void at++;
      for (;;) {
        value(depth + 1);
        space();
        if (text[at] === ']') return void at++;
        if (text[at] !== ',') fail();
        at++;
      }
    }
    if (char === '"') return string();
    if (char === 't') return literal('true');
    if (char === 'f') return literal('false');
    if (char === 'n') return literal('null');
    const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(text.slice(at, at + 400));
    if (number === null) fail();
    at += number[0].length;
    return undefined;
  };
  try {
    value(0);
    space();
  } catch (stopped) {
    if (typeof stopped === 'number') return stopped;
    return 0;
  }
  return at;
}

/** @source V8 13: messages of JSON.parse */
function parseMessage(text) {
  const at = failureAt(text);
  if (at >= text.length) {
    return text.length === 0 ? 'Unexpected end of JSON input' : unterminated(text) ? `Unterminated string in JSON at position ${text.length} (line ${lineOf(text, text.length)} column ${columnOf(text, text.length)})` : 'Unexpected end of JSON input';
  }
  const char = text[at];
  if (text === 'undefined' || text === '[object Object]') return `"${text}" is not valid JSON`;
  const from = Math.max(0, at - 10);
  const to = Math.min(text.length, at + 10);
  const shown = text.length <= 40 ? `"${text}" is not valid JSON` : `${from > 0 ? '...' : ''}"${text.slice(from, to)}"${to < text.length ? '...' : ''} is not valid JSON`;
  const place = `at position ${at} (line ${lineOf(text, at)} column ${columnOf(text, at)})`;
  const before = text.slice(0, at).trimEnd();
  const last = before[before.length - 1];
  const word = /[A-Za-z]+$/.exec(before)?.[0];
  const cutWord = word !== undefined && !['true', 'false', 'null'].includes(word) && !stripStrings(before).endsWith('"');
  if (before !== '' && !cutWord && atEndOfValue(before) && !/[,:[{]$/.test(before)) {
    if (depthOf(before) === 0) return `Unexpected non-whitespace character after JSON ${place}`;
    return inArray(before) ? `Expected ',' or ']' after array element in JSON ${place}` : /"\s*$/.test(before) && expectsColon(before) ? `Expected ':' after property name in JSON ${place}` : `Expected ',' or '}' after property value in JSON ${place}`;
  }
  if (last === '{') return `Expected property name or '}' in JSON ${place}`;
  if (last === ',' && !inArray(before)) return `Expected double-quoted property name in JSON ${place}`;
  return `Unexpected token '${char}', ${shown}`;
}
const lineOf = (text, at) => text.slice(0, at).split('\n').length;
const columnOf = (text, at) => at - text.lastIndexOf('\n', at - 1);
const stripStrings = (text) => text.replace(/"(?:[^"\\]|\\.)*"/g, (whole) => '"'.padEnd(whole.length, '_'));
const unterminated = (text) => (stripStrings(text).match(/"(?!_)/g) ?? []).some((_, i, all) => i === all.length - 1) && /"(?!_)[^"]*$/.test(stripStrings(text));
const atEndOfValue = (before) => /["\]}\dA-Za-z_]$/.test(stripStrings(before));
function depthOf(before) {
  let depth = 0;
  for (const char of stripStrings(before)) {
    if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
  }
  return depth;
}
function inArray(before) {
  const open = [];
  for (const char of stripStrings(before)) {
    if (char === '{' || char === '[') open.push(char);
    else if (char === '}' || char === ']') open.pop();
  }
  return open[open.length - 1] === '[';
}
function expectsColon(before) {
  const plain = stripStrings(before);
  const start = plain.lastIndexOf('"');
  return /[{,]\s*$/.test(plain.slice(0, start));
}

/** @source V8 13: text of a circular structure */
function circularMessage(value) {
  const path = [];
  const seen = [];
  const walk = (item) => {
    const at = seen.indexOf(item);
    if (at >= 0) return at;
    seen.push(item);
    for (const key of Object.keys(item)) {
      const child = item[key];
      if (typeof child !== 'object' || child === null) continue;
      path.push(key);
      const found = walk(child);
      if (found !== undefined) return found;
      path.pop();
    }
    seen.pop();
    return undefined;
  };
  const start = walk(value);
  if (start === undefined) return 'Converting circular structure to JSON';
  const name = (item) => item.constructor?.name ?? 'Object';
  const shown = (key, owner) => (Array.isArray(owner) ? `index ${key}` : `property '${key}'`);
  const keys = path.slice(start);
  const chain = seen.slice(start);
  const lines = [`    --> starting at object with constructor '${name(chain[0])}'`];
  if (keys.length > 1) {
    lines.push(`    |     ${shown(keys[0], chain[0])} -> object with constructor '${name(chain[1])}'`);
    if (keys.length > 3) lines.push('    |     ...');
    else if (keys.length === 3) lines.push(`    |     ${shown(keys[1], chain[1])} -> object with constructor '${name(chain[2])}'`);
    if (keys.length > 3) lines.push(`    |     ${shown(keys[keys.length - 2], chain[keys.length - 2])} -> object with constructor '${name(chain[keys.length - 1])}'`);
  }
  lines.push(`    --- ${shown(keys[keys.length - 1], chain[keys.length - 1])} closes the circle`);
  return `Converting circular structure to JSON\n${lines.join('\n')}`;
}

export function installJson() {
  const replace = (name, value) => Object.defineProperty(JSON, name, { value, writable: true, enumerable: false, configurable: true });
  replace('parse', {
    parse(text, reviver) {
      const given = `${text}`;
      try {
        return reviver === undefined ? parse(given) : parse(given, reviver);
      } catch (error) {
        if (!(error instanceof SyntaxError) || error.message !== undefined && !isEngineText(error.message)) throw error;
        throw new SyntaxError(parseMessage(given));
      }
    },
  }.parse);
  replace('stringify', {
    stringify(value, replacer, space) {
      try {
        return stringify(value, replacer, space);
      } catch (error) {
        if (error instanceof TypeError && error.message === 'Converting circular structure to JSON') throw new TypeError(circularMessage(value));
        throw error;
      }
    },
  }.stringify);
}
const isEngineText = (message) => /^(unexpected|Unexpected|Expected|expecting|invalid|Invalid|unterminated|Bad|bad|malformed|property name|missing|control)/.test(message);
