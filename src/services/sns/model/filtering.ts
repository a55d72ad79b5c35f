/** Filter policies of subscriptions: checked when they are set, compiled once per text, and why one kept a message back. @simplified Texts of refusals are recalled, not recorded. */
import { explainFilterPolicy, matchFilterPolicy } from '../../../base/event-pattern/sns-filter-match.ts';
import type { SnsMessage } from '../../../base/event-pattern/sns-filter-match.ts';
import { InvalidFilterPolicyException, parseFilterPolicy } from '../../../base/event-pattern/sns-filter-policy.ts';
import type { FilterPolicy, FilterPolicyScope } from '../../../base/event-pattern/sns-filter-policy.ts';
import type { Mismatch } from '../../../base/event-pattern/explain.ts';
import { AwsError } from '../../../sim/errors.ts';
import { invalidParameter } from './errors.ts';
import type { Subscription } from './state.ts';

/** Compiled by scope and text: a pure function's memory, not state. */
const compiled = new Map<string, FilterPolicy>();
const COMPILED_MAX = 5_000;

function policyOf(text: string, scope: FilterPolicyScope): FilterPolicy {
  const key = `${scope} ${text}`;
  let policy = compiled.get(key);
  if (policy === undefined) {
    if (compiled.size >= COMPILED_MAX) compiled.clear();
    compiled.set(key, (policy = parseFilterPolicy(text, { scope })));
  }
  return policy;
}

/**
 * @param prefix what precedes the reason: 'Attributes Reason: ' in Subscribe, nothing in SetSubscriptionAttributes
 * @throws InvalidParameterException with AWS's text
 */
export function checkFilterPolicy(text: string, scope: FilterPolicyScope, prefix: '' | 'Attributes Reason: '): void {
  try {
    JSON.parse(text);
  } catch {
    throw invalidParameter(`${prefix}FilterPolicy: failed to parse JSON.`);
  }
  try {
    parseFilterPolicy(text, { scope, errorPrefix: `Invalid parameter: ${prefix}` });
  } catch (error) {
    if (error instanceof InvalidFilterPolicyException) throw new AwsError('InvalidParameterException', error.message, { queryCode: 'InvalidParameter' });
    throw error;
  }
}

/** What kept the message back, or undefined when it passes. */
export function whyNot(subscription: Subscription, message: SnsMessage): Mismatch | undefined {
  const { filterPolicy, filterScope } = subscription;
  if (filterPolicy === undefined || matchFilterPolicy(policyOf(filterPolicy, filterScope), message)) return undefined;
  return explainFilterPolicy(filterPolicy, filterScope, message);
}
