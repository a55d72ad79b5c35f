/** What a topic's card and tabs say, worked out from its summary. Pure. */
import { countText } from '../../../ui/quantity-text.ts';
import type { SubscriptionSummary, TopicSummary } from '../model/summary.ts';

/** `jobs` of the ARN of a queue or function. */
export function endpointName(arn: string): string {
  return arn.split(':').pop() ?? arn;
}

/** The shortest form of a filter policy: 'kind order', '+ 1'. */
export function filterText(one: Pick<SubscriptionSummary, 'filterPolicy'>): string {
  if (one.filterPolicy === null) return 'all';
  const [[key, conditions] = ['', ''], ...more] = Object.entries(JSON.parse(one.filterPolicy) as object) as [string, unknown][];
  const words = JSON.stringify(conditions).replace(/[[\]{}"]/g, '').replaceAll(':', ' ').replaceAll(',', ', ');
  return `${key} ${words}${more.length === 0 ? '' : `, + ${more.length}`}`;
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
