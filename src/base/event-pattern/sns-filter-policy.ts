/** SNS subscription filter policies: reading and checking one with AWS's messages. */
import { utf8ByteLength } from '../utf8.ts';
import { InvalidEventPatternException } from './errors.ts';
import { parseEventPattern } from './language/parse-pattern.ts';
import type { ParsedPattern } from './language/parse-pattern.ts';
import type { Dialect } from './language/parse-operator.ts';

/** What a policy is matched with; AWS's default is MessageAttributes. */
export type FilterPolicyScope = 'MessageAttributes' | 'MessageBody';

/** SNS refuses the policy. `code` and `status` as on the wire. */
export class InvalidFilterPolicyException extends Error {
  override readonly name = 'InvalidParameterException';
  readonly code = 'InvalidParameter';
  readonly status = 400;

  constructor(prefix: string, reason: string) {
    super(`${prefix}FilterPolicy: ${reason}`);
  }
}

/**
 * An older edition than EventBridge's: anything-but knows one prefix only.
 * @source SNS Subscribe as recorded: 'Unsupported anything-but pattern: suffix' (LocalStack suite, 2025)
 */
const DIALECT: Dialect = 'anything-but-prefix';
/** @source SNS Developer Guide, filter policy constraints (other-services.md §4) */
const KEYS_MAX = 5;
const COMBINATIONS_MAX = 150;
const POLICY_BYTES_MAX = 262_144;
/** What `numeric` compares with. Whether a message's own number is cut to this precision is not documented: it is compared as it is. */
const NUMERIC = { magnitudeMax: 1e9, decimals: 5 } as const;

/** A checked policy; `undefined` inside means that it lets every message through. */
export interface FilterPolicy {
  readonly scope: FilterPolicyScope;
  readonly pattern: ParsedPattern | undefined;
}

/**
 * Checks and reads a policy, given as JSON text or as the object it stands for. `{}` lets every message through.
 * @param o.errorPrefix what precedes the reason: 'Invalid parameter: Attributes Reason: ' in Subscribe, 'Invalid parameter: ' in SetSubscriptionAttributes
 * @throws InvalidFilterPolicyException with AWS's message
 */
export function parseFilterPolicy(policy: object | string, o: { readonly scope?: FilterPolicyScope; readonly errorPrefix?: string } = {}): FilterPolicy {
  const { scope = 'MessageAttributes', errorPrefix = 'Invalid parameter: Attributes Reason: ' } = o;
  const text = typeof policy === 'string' ? policy : JSON.stringify(policy);
  if (/^\s*\{\s*\}\s*$/.test(text)) return { scope, pattern: undefined };
  const refuse = (reason: string): never => {
    throw new InvalidFilterPolicyException(errorPrefix, reason);
  };
  if (utf8ByteLength(text) > POLICY_BYTES_MAX) refuse('Filter policy is too large');
  const pattern = readPattern(text, refuse);
  const shape = JSON.parse(text) as object;
  if (scope === 'MessageAttributes' && Object.entries(shape).some(([key, value]) => key !== '$or' && !Array.isArray(value))) {
    refuse('Filter policy scope MessageAttributes does not support nested filter policy');
  }
  if (Object.keys(shape).length > KEYS_MAX) refuse('Filter policy can not have more than 5 keys');
  checkNumbers(shape, refuse);
  if (combinations(pattern) > COMBINATIONS_MAX) refuse('Filter policy is too complex');
  return { scope, pattern };
}

function readPattern(text: string, refuse: (reason: string) => never): ParsedPattern {
  try {
    return parseEventPattern(text, DIALECT);
  } catch (error) {
    if (error instanceof InvalidEventPatternException) return refuse(error.reason);
    throw error;
  }
}

/** @simplified The limits are AWS's, the texts are made after those of its rule engine. */
function checkNumbers(shape: unknown, refuse: (reason: string) => never): void {
  if (typeof shape !== 'object' || shape === null) return;
  for (const [key, value] of Object.entries(shape)) {
    if (key !== 'numeric' || !Array.isArray(value)) checkNumbers(value, refuse);
    else for (const number of value.filter((operand) => typeof operand === 'number')) checkNumber(number, refuse);
  }
}

function checkNumber(number: number, refuse: (reason: string) => never): void {
  const { magnitudeMax, decimals } = NUMERIC;
  if (Math.abs(number) > magnitudeMax) refuse('Value must be between -1.0E9 and 1.0E9, inclusive');
  if (Math.round(number * 10 ** decimals) / 10 ** decimals !== number) refuse(`Only values with up to ${decimals} decimals are supported`);
}

/** The product over all keys of the number of values times the depth of the key, summed over the alternatives of `$or`. */
function combinations(pattern: ParsedPattern): number {
  return pattern.branches
    .map((branch) => branch.reduce((product, { path, conditions }) => product * conditions.length * path.split('.').length, 1))
    .reduce((sum, product) => sum + product, 0);
}
