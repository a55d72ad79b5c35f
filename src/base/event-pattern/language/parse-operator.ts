/** Reads one operator object of a pattern, `{"prefix": "a"}` and its kin, in the engine's order of checks and with its words. */
import type { Condition, Excluded } from './conditions.ts';
import { foldText } from './ignore-case.ts';
import { parseCidr } from './ip.ts';
import type { JsonTokens, Token } from './json-tokens.ts';
import { comparableNumber } from './numbers.ts';
import { parseNumeric } from './parse-numeric.ts';
import { parseWildcard } from './wildcard.ts';
import type { Wildcard } from './wildcard.ts';
import { InvalidEventPatternException } from '../errors.ts';

type AnythingButOperator = Exclude<Excluded['op'], 'strings' | 'numbers'>;

/**
 * Which edition of the language is spoken: EventBridge's whole one; that of pipes and event source mappings, whose anything-but
 * takes values only and which has no wildcard; or an older one in which anything-but takes values or one prefix, and prefix and
 * suffix know no equals-ignore-case.
 */
export type Dialect = 'whole' | 'pipes' | 'anything-but-prefix';

const INSIDE_ANYTHING_BUT: Readonly<Record<Dialect, readonly AnythingButOperator[]>> = {
  whole: ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'],
  pipes: [],
  'anything-but-prefix': ['prefix'],
};

/** Reads from behind the `{` to its `}`. */
export function parseOperator(tokens: JsonTokens, dialect: Dialect): Condition {
  if (tokens.next() !== 'name') tokens.fail('Match expression name not found');
  const operator = tokens.text();
  switch (operator) {
    case 'exactly':
      return single(tokens, { op: 'string', text: expectString(tokens, 'exact match pattern must be a string') });
    case 'prefix':
    case 'suffix':
      return parseEnd(tokens, operator, dialect);
    case 'equals-ignore-case':
      return single(tokens, { op: 'equals-ignore-case', folded: foldText(expectString(tokens, 'equals-ignore-case match pattern must be a string')) });
    case 'wildcard':
      if (dialect === 'pipes') tokens.fail('Unrecognized match type wildcard');
      return single(tokens, { op: 'wildcard', wildcard: readWildcard(tokens, expectString(tokens, 'wildcard match pattern must be a string')) });
    case 'numeric': {
      if (tokens.next() !== '[') tokens.fail('Value of numeric must be an array.');
      const condition = parseNumeric(tokens);
      if (tokens.next() !== '}') tokens.fail('Too many elements in numeric expression');
      return condition;
    }
    case 'exists':
      return parseExists(tokens);
    case 'cidr':
      return parseCidrOperator(tokens);
    case 'anything-but':
      return { op: 'anything-but', excluded: parseAnythingBut(tokens, dialect) };
    default:
      return tokens.fail(`Unrecognized match type ${operator}`);
  }
}

function expectString(tokens: JsonTokens, reason: string): string {
  if (tokens.next() !== 'string') tokens.fail(reason);
  return tokens.text();
}

/** The condition, once the operator object ends where it must. */
function single(tokens: JsonTokens, condition: Condition): Condition {
  if (tokens.next() !== '}') tokens.fail('Only one key allowed in match expression');
  return condition;
}

function readWildcard(tokens: JsonTokens, text: string): Wildcard {
  const wildcard = parseWildcard(text);
  return typeof wildcard === 'string' ? tokens.fail(wildcard) : wildcard;
}

function parseEnd(tokens: JsonTokens, operator: 'prefix' | 'suffix', dialect: Dialect): Condition {
  const token = tokens.next();
  if (token === '{' && dialect !== 'anything-but-prefix') {
    if (tokens.next() !== 'name') tokens.fail(`${operator === 'prefix' ? 'Prefix' : 'Suffix'} expression name not found`);
    if (tokens.text() !== 'equals-ignore-case') tokens.fail(`Unsupported ${operator} pattern: ${tokens.text()}`);
    const folded = foldText(expectString(tokens, 'equals-ignore-case match pattern must be a string'));
    const condition = single(tokens, { op: `${operator}-ignore-case`, folded });
    return single(tokens, condition);
  }
  if (token !== 'string') tokens.fail(`${operator} match pattern must be a string`);
  return single(tokens, { op: operator, text: tokens.text() });
}

function parseExists(tokens: JsonTokens): Condition {
  const token = tokens.next();
  if (token !== 'true' && token !== 'false') tokens.fail('exists match pattern must be either true or false.');
  return single(tokens, { op: token === 'true' ? 'exists' : 'absent' });
}

function parseCidrOperator(tokens: JsonTokens): Condition {
  // The word 'prefix' is AWS's.
  const text = expectString(tokens, 'prefix match pattern must be a string');
  const range = parseCidr(text);
  if (typeof range === 'string') throw new InvalidEventPatternException(range);
  return single(tokens, { op: 'cidr', text, range });
}

function parseAnythingBut(tokens: JsonTokens, dialect: Dialect): Excluded {
  let token = tokens.next();
  let inner: AnythingButOperator | undefined;
  if (token === '{') {
    if (tokens.next() !== 'name') tokens.fail('Anything-But expression name not found');
    const name = tokens.text();
    inner = INSIDE_ANYTHING_BUT[dialect].find((operator) => operator === name);
    if (inner === undefined) tokens.fail(`Unsupported anything-but pattern: ${name}`);
    if (dialect === 'anything-but-prefix') return parseOnePrefix(tokens);
    token = tokens.next();
  }
  if (token !== '[' && token !== 'string' && token !== 'number') {
    tokens.fail('Value of anything-but must be an array or single string/number value.');
  }
  const excluded = inner === undefined ? readExcludedValues(tokens, token) : readExcludedTexts(tokens, token, inner);
  if (tokens.next() !== '}') tokens.fail('Too many elements in numeric expression');
  if (inner !== undefined && tokens.next() !== '}') tokens.fail('Too many elements in numeric expression');
  return excluded;
}

/** The prefix inside anything-but as the older edition reads it: one text, no list. */
function parseOnePrefix(tokens: JsonTokens): Excluded {
  const text = expectString(tokens, 'prefix match pattern must be a string');
  if (text === '') tokens.fail('Null prefix not allowed');
  for (let level = 0; level < 2; level += 1) if (tokens.next() !== '}') tokens.fail('Only one key allowed in match expression');
  return { op: 'prefix', texts: [text] };
}

/** The values of a list, or the one value, that begins at `first`. */
function* listItems(tokens: JsonTokens, first: Token): Generator<Token> {
  if (first !== '[') {
    yield first;
    return;
  }
  for (let token = tokens.next(); token !== ']'; token = tokens.next()) yield token;
}

function readExcludedValues(tokens: JsonTokens, first: Token): Excluded {
  const strings = new Set<string>();
  const numbers = new Set<number>();
  for (const token of listItems(tokens, first)) {
    if (token === 'string') strings.add(tokens.text());
    else if (token === 'number') numbers.add(readNumber(tokens));
    else tokens.fail('Inside anything but list, start|null|boolean is not supported.');
  }
  if (strings.size > 0 === numbers.size > 0) {
    tokens.fail('Inside anything but list, either all values are number or string, mixed type is not supported');
  }
  return numbers.size > 0 ? { op: 'numbers', values: numbers } : { op: 'strings', values: strings };
}

const WRONG_ITEM: Readonly<Record<AnythingButOperator, string>> = {
  prefix: 'prefix/suffix match pattern must be a string',
  suffix: 'prefix/suffix match pattern must be a string',
  'equals-ignore-case': 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
  wildcard: 'wildcard match pattern must be a string',
};

function readExcludedTexts(tokens: JsonTokens, first: Token, op: AnythingButOperator): Excluded {
  const texts: string[] = [];
  for (const token of listItems(tokens, first)) {
    if (token !== 'string') tokens.fail(WRONG_ITEM[op]);
    const text = tokens.text();
    if (text === '' && (op === 'prefix' || op === 'suffix')) tokens.fail('Null prefix/suffix not allowed');
    texts.push(text);
  }
  switch (op) {
    case 'prefix':
    case 'suffix':
      return { op, texts };
    case 'equals-ignore-case':
      return { op, texts: texts.map(foldText) };
    case 'wildcard':
      return { op, wildcards: texts.map((text) => readWildcard(tokens, text)) };
  }
}

/** The value of the current number, which must be one that can be compared. */
function readNumber(tokens: JsonTokens): number {
  const value = comparableNumber(tokens.text());
  return value === undefined ? tokens.fail(`Cannot compare number : ${tokens.text()}`) : value;
}
