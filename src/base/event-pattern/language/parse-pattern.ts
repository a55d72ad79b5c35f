/** Reads a whole event pattern: fields, nested objects and `$or`, into branches of which any one must hold. */
import { InvalidEventPatternException } from '../errors.ts';
import type { Condition } from './conditions.ts';
import { parseIp } from './ip.ts';
import { JsonTokens } from './json-tokens.ts';
import { comparableNumber } from './numbers.ts';
import { parseOperator } from './parse-operator.ts';
import type { Dialect } from './parse-operator.ts';

/** One field of a branch: any of its conditions must hold for one of the event's values at the path. */
export interface FieldPattern {
  /** Steps joined with dots; a dot inside a key of the event counts as a step too. */
  readonly path: string;
  readonly conditions: readonly Condition[];
}

/** All fields must hold together. Sorted by path in UTF-16 order, the order in which the engine looks at them. */
export type Branch = readonly FieldPattern[];

/** A checked pattern: it matches when any of its branches does. */
export interface ParsedPattern {
  readonly branches: readonly Branch[];
  /** The pattern's JSON text. */
  readonly text: string;
}

/** @source EventBridge User Guide, Using $or: more than 1,000 combinations are refused (2023-06) @simplified the words of the refusal are ours */
const OR_COMBINATIONS_MAX = 1000;

/** Names that cannot be field names inside `$or`. @source aws/event-ruler Constants (eventbridge.md §5.2) */
const RESERVED_IN_OR: ReadonlySet<string> = new Set([
  'exactly', 'equals-ignore-case', 'prefix', 'suffix', 'anything-but', 'exists', 'wildcard', 'numeric', 'cidr',
  '=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case',
  'date-after', 'date-on-or-after', 'date-before', 'date-on-or-before', 'in-date-range', 'ip-address-in-range', 'ip-address-not-in-range',
]);

type OpenBranch = ReadonlyMap<string, readonly Condition[]>;

/**
 * Checks and reads a pattern, given as JSON text or as the object it stands for.
 * @throws InvalidEventPatternException with AWS's message
 */
export function parseEventPattern(pattern: object | string, dialect: Dialect = 'whole'): ParsedPattern {
  const text = typeof pattern === 'string' ? pattern : JSON.stringify(pattern);
  const tokens = new JsonTokens(text);
  if (tokens.next() !== '{') tokens.fail('Filter is not an object');
  const branches = new PatternReader(tokens, dialect).readObject([], [], false);
  return { text, branches: branches.map((branch) => [...branch].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, conditions]) => ({ path, conditions }))) };
}

class PatternReader {
  readonly #tokens: JsonTokens;
  readonly #dialect: Dialect;

  constructor(tokens: JsonTokens, dialect: Dialect) {
    this.#tokens = tokens;
    this.#dialect = dialect;
  }

  /** Adds the fields of the object behind a `{` to every branch; a second `$or` multiplies them, a repeated path replaces the first. */
  readObject(before: readonly OpenBranch[], steps: readonly string[], insideOr: boolean): readonly OpenBranch[] {
    let branches = before;
    let isEmpty = true;
    while (this.#tokens.next() !== '}') {
      isEmpty = false;
      const name = this.#tokens.text();
      if (name === '$or') {
        branches = this.#readOr(branches, steps);
        continue;
      }
      if (insideOr && RESERVED_IN_OR.has(name)) this.#tokens.fail(`${name} is Ruler reserved fieldName which cannot be used inside $or.`);
      const token = this.#tokens.next();
      if (token === '{') {
        branches = this.readObject(branches, [...steps, name], insideOr);
      } else if (token === '[') {
        const conditions = this.#readConditions();
        const path = [...steps, name].join('.');
        branches = (branches.length === 0 ? [new Map()] : branches).map((branch) => new Map([...branch, [path, conditions]]));
      } else {
        this.#tokens.fail(`"${name}" must be an object or an array`);
      }
    }
    if (isEmpty) this.#tokens.fail('Empty objects are not allowed');
    return branches;
  }

  #readOr(before: readonly OpenBranch[], steps: readonly string[]): readonly OpenBranch[] {
    if (this.#tokens.next() !== '[') this.#tokens.fail('It must be an Array followed with $or.');
    const branches: OpenBranch[] = [];
    let alternatives = 0;
    for (let token = this.#tokens.next(); token !== ']'; token = this.#tokens.next()) {
      alternatives += 1;
      if (token !== '{') this.#tokens.fail('Only JSON object is allowed in array of $or relationship.');
      branches.push(...this.readObject(before.length === 0 ? [new Map()] : before, steps, true));
      if (branches.length > OR_COMBINATIONS_MAX) {
        throw new InvalidEventPatternException(`More than ${OR_COMBINATIONS_MAX} combinations of $or are not allowed`);
      }
    }
    if (alternatives < 2) this.#tokens.fail('There must have at least 2 Objects in $or relationship.');
    return branches;
  }

  #readConditions(): readonly Condition[] {
    const tokens = this.#tokens;
    const conditions: Condition[] = [];
    for (let token = tokens.next(); token !== ']'; token = tokens.next()) {
      switch (token) {
        case '{':
          conditions.push(parseOperator(tokens, this.#dialect));
          break;
        case 'string': {
          const text = tokens.text();
          const ip = parseIp(text);
          conditions.push(ip === undefined ? { op: 'string', text } : { op: 'ip', text, ip });
          break;
        }
        case 'number':
          conditions.push({ op: 'number', literal: tokens.text(), value: comparableNumber(tokens.text()) });
          break;
        case 'true':
        case 'false':
          conditions.push({ op: 'literal', value: token === 'true' });
          break;
        case 'null':
          conditions.push({ op: 'literal', value: null });
          break;
        default:
          tokens.fail('Match value must be String, number, true, false, or null');
      }
    }
    if (conditions.length === 0) tokens.fail('Empty arrays are not allowed');
    return conditions;
  }
}
