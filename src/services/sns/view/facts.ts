/** What a topic's card and tabs say, worked out from its summary. Pure. */
import { countText } from '../../../ui/quantity-text.ts';
import type { SubscriptionSummary, TopicSummary } from '../model/summary.ts';

/** `jobs` of the ARN of a queue or function. */
export function endpointName(arn: string): string {
  return arn.split(':').pop() ?? arn;
}

/** One condition in a word or two: 'order', '>= 100', 'prefix a', 'not DE'. */
function conditionText(condition: unknown): string {
  if (typeof condition !== 'object' || condition === null) return String(condition);
  const [[operator, operand] = ['', '']] = Object.entries(condition) as [string, unknown][];
  const words = [operand].flat().map((part) => (typeof part === 'object' ? conditionText(part) : String(part)));
  if (operator === 'numeric') return words.join(' ');
  if (operator === 'exists') return operand === true ? 'any' : 'none';
  return `${operator === 'anything-but' ? 'not' : operator} ${words.join(', ')}`;
}

/** The shortest form of a filter policy: 'kind order', 'amount >= 100, + 1'. */
export function filterText(one: Pick<SubscriptionSummary, 'filterPolicy'>): string {
  if (one.filterPolicy === null) return 'all';
  const fields = (value: object, path: string): [string, string][] =>
    Object.entries(value).flatMap(([key, inner]): [string, string][] => {
      const at = path === '' ? key : `${path}.${key}`;
      return Array.isArray(inner) ? [[at, key === '$or' ? 'one of several' : inner.map(conditionText).join(' or ')]] : fields(inner as object, at);
    });
  const [[field, words] = ['', ''], ...more] = fields(JSON.parse(one.filterPolicy) as object, '');
  return `${field === '$or' ? '' : `${field} `}${words}${more.length === 0 ? '' : `, + ${more.length}`}`;
}

export function describeTopic(name: string, topic: TopicSummary | undefined): string {
  if (topic === undefined) return `${name}, SNS topic`;
  return `${name}, SNS topic. ${countText(topic.subscriptions.length, 'subscription')}, ${topic.published} published, ${topic.delivered} delivered, ${topic.filteredOut} filtered out${topic.failed === 0 ? '' : `, ${topic.failed} failed`}`;
}

/** `kind=order, price=12` as message attributes; what has no `=` is left out. */
export function attributesFrom(text: string): Record<string, { readonly DataType: 'String' | 'Number'; readonly StringValue: string }> {
  const pairs = text.split(',').map((part) => part.split('=').map((side) => side.trim()));
  return Object.fromEntries(pairs.flatMap(([name = '', ...rest]) => {
    const StringValue = rest.join('=');
    if (name === '' || StringValue === '') return [];
    return [[name, { DataType: /^-?\d+(\.\d+)?$/.test(StringValue) ? ('Number' as const) : ('String' as const), StringValue }]];
  }));
}
