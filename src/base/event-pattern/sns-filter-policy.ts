/** SNS subscription filter policies: checking one with AWS's messages, and testing messages against it. */
import { InvalidEventPatternException } from './errors.ts';
import { explainMismatch } from './explain.ts';
import type { Mismatch } from './explain.ts';
import { comparableNumber, RawNumber } from './language/numbers.ts';
import { parseEventPattern } from './language/parse-pattern.ts';
import type { ParsedPattern } from './language/parse-pattern.ts';
import type { Dialect } from './language/parse-operator.ts';
import { matchParsedPattern } from './match.ts';

/** What a policy is matched with; AWS's default is MessageAttributes. */
export type FilterPolicyScope = 'MessageAttributes' | 'MessageBody';

export interface SnsMessage {
  readonly body: string;
  readonly attributes: Readonly<Record<string, { readonly DataType: string; readonly StringValue?: string }>>;
}

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
  const pattern = readPattern(text, refuse);
  const shape = JSON.parse(text) as object;
  if (scope === 'MessageAttributes' && Object.entries(shape).some(([key, value]) => key !== '$or' && !Array.isArray(value))) {
    refuse('Filter policy scope MessageAttributes does not support nested filter policy');
  }
  if (Object.keys(shape).length > KEYS_MAX) refuse('Filter policy can not have more than 5 keys');
  if (combinations(pattern) > COMBINATIONS_MAX) refuse('Filter policy is too complex');
  return { scope, pattern };
}

/** Whether the policy lets the message through. With scope MessageBody a body that is no JSON object never passes. */
export function matchFilterPolicy({ pattern, scope }: FilterPolicy, message: SnsMessage): boolean {
  if (pattern === undefined) return true;
  const event = scope === 'MessageBody' ? parseBody(message.body) : attributesAsEvent(message.attributes);
  return event !== undefined && matchParsedPattern(pattern, event);
}

/**
 * What kept a message back: the field and condition that decided, or the body when it is no JSON object. Undefined when it passes.
 * @param policy JSON text that `parseFilterPolicy` takes
 */
export function explainFilterPolicy(policy: string, scope: FilterPolicyScope, message: SnsMessage): Mismatch | undefined {
  const event = scope === 'MessageBody' ? parseBody(message.body) : attributesAsEvent(message.attributes);
  if (event === undefined) return { kind: 'type', path: 'body', expected: 'be a JSON object', actual: 'other text', sentence: 'The policy looks at the body, which is no JSON object.' };
  const mismatch = explainMismatch(policy, event);
  return mismatch && { ...mismatch, sentence: mismatch.sentence.replaceAll('the event has', 'the message has') };
}

function readPattern(text: string, refuse: (reason: string) => never): ParsedPattern {
  try {
    return parseEventPattern(text, DIALECT);
  } catch (error) {
    if (error instanceof InvalidEventPatternException) return refuse(error.reason);
    throw error;
  }
}

/** The product over all keys of the number of values times the depth of the key, summed over the alternatives of `$or`. */
function combinations(pattern: ParsedPattern): number {
  return pattern.branches
    .map((branch) => branch.reduce((product, { path, conditions }) => product * conditions.length * path.split('.').length, 1))
    .reduce((sum, product) => sum + product, 0);
}

function parseBody(body: string): object | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** String, Number and String.Array attributes as values; Binary ones cannot be filtered on. */
function attributesAsEvent(attributes: SnsMessage['attributes']): object {
  const entries: [string, unknown][] = [];
  for (const [name, { DataType, StringValue }] of Object.entries(attributes)) {
    if (StringValue === undefined) continue;
    if (DataType === 'Number' || DataType.startsWith('Number.')) entries.push([name, comparableNumber(StringValue.trim()) ?? new RawNumber(StringValue)]);
    else if (DataType === 'String.Array') entries.push([name, parseArray(StringValue)]);
    else if (!DataType.startsWith('Binary')) entries.push([name, StringValue]);
  }
  return Object.fromEntries(entries);
}

function parseArray(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((item) => typeof item !== 'object' || item === null) : [];
  } catch {
    return [];
  }
}
