/** SNS subscription filter policies at work: whether a message passes one, and what kept it back. */
import { explainMismatch } from './explain.ts';
import type { Mismatch } from './explain.ts';
import { comparableNumber, RawNumber } from './language/numbers.ts';
import { matchParsedPattern } from './match.ts';
import type { FilterPolicy, FilterPolicyScope } from './sns-filter-policy.ts';

export interface SnsMessage {
  readonly body: string;
  readonly attributes: Readonly<Record<string, { readonly DataType: string; readonly StringValue?: string }>>;
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
