/** Conditions of policy statements: IAM's operators over the keys of a request, and its wildcards. @source aws/other-services.md §9 */
import { filledIn, holdsVariable, masked } from './iam-variables.ts';
import { isoEpochMs } from './values.ts';

/** Values as policies write them; numbers and booleans may stand bare. */
type Wanted = string | number | boolean | readonly (string | number | boolean)[];
export type Conditions = { readonly [operator: string]: { readonly [key: string]: Wanted } };

/** Keys of a request in lower case. A key with several values is a list. */
export type ConditionKeys = Readonly<Record<string, string | readonly string[]>>;

export function list(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

/** IAM wildcards: `*` any run, `?` one character. Actions are compared without regard to case. */
export function wildcardMatches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    if (p < pattern.length && (pattern[p] === '?' || (pattern[p] !== '*' && pattern[p] === text[t]))) {
      p++;
      t++;
    } else if (p < pattern.length && pattern[p] === '*') {
      star = p++;
      mark = t;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else return false;
  }
  while (p < pattern.length && pattern[p] === '*') p++;
  return p === pattern.length;
}

type Compare = (actual: string, wanted: string) => boolean;

/** ARNs part by part: each of the six may hold wildcards, and none reaches over a colon. ArnEquals and ArnLike are the same. */
export function arnMatches(pattern: string, arn: string): boolean {
  const [wanted, actual] = [arnParts(pattern), arnParts(arn)];
  return wanted.length === 6 && actual.length === 6 && wanted.every((part, i) => wildcardMatches(part, actual[i]!));
}

/** The sixth part keeps its own colons. */
function arnParts(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** Both sides as numbers; NaN compares false with everything. */
const numeric =
  (holds: (actual: number, wanted: number) => boolean): Compare =>
  (actual, wanted) =>
    actual.trim() !== '' && wanted.trim() !== '' && holds(Number(actual), Number(wanted));

/** Both sides as moments: ISO 8601 or epoch seconds. */
const dated =
  (holds: (actual: number, wanted: number) => boolean): Compare =>
  (actual, wanted) =>
    holds(momentOf(actual), momentOf(wanted));

function momentOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1_000 : isoEpochMs(text);
}

function ipv4(text: string): number {
  const parts = text.split('.');
  const whole = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
  return whole ? parts.reduce((sum, part) => sum * 256 + Number(part), 0) : Number.NaN;
}

/** Whether an IPv4 address is in a range in CIDR form; a plain address is a range of one. */
function inRange(address: string, range: string): boolean {
  const [base = '', bits = '32'] = range.split('/');
  const [from, at, size] = [ipv4(base), ipv4(address), 2 ** (32 - Number(bits))];
  return Number.isFinite(from) && Number.isFinite(at) && size >= 1 && Math.floor(at / size) === Math.floor(from / size);
}

const OPERATORS: Readonly<Record<string, Compare>> = {
  StringEquals: (actual, wanted) => actual === wanted,
  StringEqualsIgnoreCase: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  StringLike: (actual, wanted) => wildcardMatches(wanted, actual),
  NumericEquals: numeric((a, b) => a === b),
  NumericLessThan: numeric((a, b) => a < b),
  NumericLessThanEquals: numeric((a, b) => a <= b),
  NumericGreaterThan: numeric((a, b) => a > b),
  NumericGreaterThanEquals: numeric((a, b) => a >= b),
  DateEquals: dated((a, b) => a === b),
  DateLessThan: dated((a, b) => a < b),
  DateLessThanEquals: dated((a, b) => a <= b),
  DateGreaterThan: dated((a, b) => a > b),
  DateGreaterThanEquals: dated((a, b) => a >= b),
  Bool: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  BinaryEquals: (actual, wanted) => actual === wanted,
  IpAddress: inRange,
  ArnEquals: (actual, wanted) => arnMatches(wanted, actual),
  ArnLike: (actual, wanted) => arnMatches(wanted, actual),
};

/** `StringNotEquals` → `StringEquals`, `NotIpAddress` → `IpAddress`. */
const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
};

interface Operator {
  readonly compare: Compare;
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly set: 'ForAllValues' | 'ForAnyValue' | null;
}

function operatorOf(text: string): Operator | undefined {
  const [, set, plain = ''] = /^(?:(ForAllValues|ForAnyValue):)?(.+)$/.exec(text) ?? [];
  const ifExists = plain.endsWith('IfExists');
  const name = ifExists ? plain.slice(0, -'IfExists'.length) : plain;
  const compare = OPERATORS[NEGATED[name] ?? name];
  return compare && { compare, negated: name in NEGATED, ifExists, set: (set as Operator['set'] | undefined) ?? null };
}

/**
 * All operators and all keys must hold, one of the values of a key is enough. A key that the request does not carry fails,
 * unless the operator is negated, ends in `IfExists`, is `Null`, or asks for all values. An operator that does not exist never holds.
 * With `variables`, those of the values are filled in; a value with one that the request does not carry is equal to nothing.
 */
export function conditionsHold(conditions: Conditions, keys: ConditionKeys, variables = false): boolean {
  return Object.entries(conditions).every(([name, byKey]) =>
    Object.entries(byKey).every(([key, values]) => {
      const actual = keys[key.toLowerCase()];
      const wanted = [values].flat().map(String);
      if (name === 'Null') return wanted.some((value) => (value.toLowerCase() === 'true') === (actual === undefined));
      const operator = operatorOf(name);
      if (operator === undefined) return false;
      if (!variables || !wanted.some(holdsVariable)) return holds(operator, actual, wanted);
      const filled = wanted.flatMap((value) => filledIn(value, keys) ?? []);
      return holds(operator, typeof actual === 'object' ? actual.map(masked) : actual === undefined ? undefined : masked(actual), filled);
    }),
  );
}

function holds({ compare, negated, ifExists, set }: Operator, actual: string | readonly string[] | undefined, wanted: readonly string[]): boolean {
  if (actual === undefined) return ifExists || set === 'ForAllValues' || (set === null && negated);
  const one = (value: string): boolean => wanted.some((each) => compare(value, each)) !== negated;
  const values = list(actual);
  return set === 'ForAllValues' ? values.every(one) : set === 'ForAnyValue' || !negated ? values.some(one) : values.every(one);
}
