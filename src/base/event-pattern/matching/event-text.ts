/** Reads an event given as text: JSON.parse, but numbers that no double holds keep their text. */
import { InvalidEventException, InvalidEventPatternException } from '../errors.ts';
import { JsonTokens } from '../language/json-tokens.ts';
import { comparableNumber, RawNumber } from '../language/numbers.ts';

/** Digits or exponents that might not survive in a double; strings may trip it, which only costs time. */
const NEEDS_CARE = /[0-9.]{16}|[eE][+-]?[0-9]{3}/;

/** The event's object. @throws InvalidEventException when the text is no JSON object */
export function parseEventText(text: string): object {
  let event: unknown;
  try {
    event = NEEDS_CARE.test(text) ? readExactly(text) : JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof InvalidEventPatternException) throw new InvalidEventException();
    throw error;
  }
  return requireEvent(event);
}

/** @throws InvalidEventException unless it is a JSON object */
export function requireEvent(event: unknown): object {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) throw new InvalidEventException();
  return event;
}

function readExactly(text: string): unknown {
  const tokens = new JsonTokens(text);
  tokens.next();
  const value = readValue(tokens, tokens.text());
  if (tokens.next() !== 'end') throw new InvalidEventException();
  return value;
}

function readValue(tokens: JsonTokens, text: string): unknown {
  switch (tokens.token) {
    case '{': {
      const entries: [string, unknown][] = [];
      while (tokens.next() !== '}') {
        const name = tokens.text();
        tokens.next();
        entries.push([name, readValue(tokens, tokens.text())]);
      }
      return Object.fromEntries(entries);
    }
    case '[': {
      const items: unknown[] = [];
      while (tokens.next() !== ']') items.push(readValue(tokens, tokens.text()));
      return items;
    }
    case 'number':
      return comparableNumber(text) ?? new RawNumber(text);
    case 'true':
    case 'false':
      return tokens.token === 'true';
    case 'null':
      return null;
    default:
      return text;
  }
}
