/** Reads the list of a numeric operator: `["=", 5]`, `[">", 1]`, `[">=", 1, "<", 9]`. */
import type { Condition } from './conditions.ts';
import type { JsonTokens } from './json-tokens.ts';
import { comparableNumber } from './numbers.ts';

/** Reads from behind the `[` to its `]`. */
export function parseNumeric(tokens: JsonTokens): Condition {
  if (tokens.next() !== 'string') tokens.fail(`Invalid member in numeric match: ${tokens.text()}`);
  const operator = tokens.text();
  const token = tokens.next();
  switch (operator) {
    case '=': {
      if (token !== 'number') tokens.fail('Value of equals must be numeric');
      const literal = tokens.text();
      endList(tokens);
      const value = toNumber(tokens, literal);
      return { op: 'numeric', low: value, lowOpen: false, high: value, highOpen: false };
    }
    case '<':
    case '<=': {
      if (token !== 'number') tokens.fail(`Value of ${operator} must be numeric`);
      const literal = tokens.text();
      endList(tokens);
      return { op: 'numeric', low: -Infinity, lowOpen: false, high: toNumber(tokens, literal), highOpen: operator === '<' };
    }
    case '>':
    case '>=': {
      if (token !== 'number') tokens.fail(`Value of ${operator} must be numeric`);
      return parseUpperEnd(tokens, tokens.text(), operator === '>');
    }
    default:
      return tokens.fail(`Unrecognized numeric range operator: ${operator}`);
  }
}

function endList(tokens: JsonTokens): void {
  if (tokens.next() !== ']') tokens.fail('Too many elements in numeric expression');
}

/** Reads what follows the lower end of a range: nothing, or an upper end. */
function parseUpperEnd(tokens: JsonTokens, lowLiteral: string, lowOpen: boolean): Condition {
  const token = tokens.next();
  if (token === ']') return { op: 'numeric', low: toNumber(tokens, lowLiteral), lowOpen, high: Infinity, highOpen: false };
  if (token !== 'string') tokens.fail(`Bad value in numeric range: ${tokens.text()}`);
  const operator = tokens.text();
  if (operator !== '<' && operator !== '<=') tokens.fail(`Bad numeric range operator: ${operator}`);
  if (tokens.next() !== 'number') tokens.fail(`Value of ${operator} must be numeric`);
  const highLiteral = tokens.text();
  if (tokens.next() !== ']') tokens.fail('Too many terms in numeric range expression');
  const low = toNumber(tokens, lowLiteral);
  const high = toNumber(tokens, highLiteral);
  if (low >= high) tokens.fail('Bottom must be less than top');
  return { op: 'numeric', low, lowOpen, high, highOpen: operator === '<' };
}

function toNumber(tokens: JsonTokens, literal: string): number {
  const value = comparableNumber(literal);
  return value === undefined ? tokens.fail(`Cannot compare number : ${literal}`) : value;
}
