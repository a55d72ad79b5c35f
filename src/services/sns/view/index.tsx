/** How a topic shows itself: a table of contents. */
import { defineView, lazyTab } from '../../view-contract.ts';
import type { TopicSummary } from '../model/summary.ts';
import { describeTopic } from './facts.ts';
import { TopicCard } from './node.tsx';

export const view = defineView({
  id: 'sns',
  width: 264,
  Card: TopicCard,
  tabs: [
    { id: 'subscriptions', label: 'Subscriptions', Tab: lazyTab(async () => (await import('./subscriptions-tab.tsx')).SubscriptionsTab) },
    { id: 'publish', label: 'Publish', Tab: lazyTab(async () => (await import('./publish-tab.tsx')).PublishTab) },
  ],
  head: (node, summary) => ({
    ...(String(node.config['name']).endsWith('.fifo') ? { type: 'SNS FIFO topic' } : {}),
    ...(summary === undefined ? {} : { fact: `${(summary as TopicSummary).delivered} delivered` }),
  }),
  describe: (node, summary) => describeTopic(String(node.config['name']), summary as TopicSummary | undefined),
  handlerEvents: async () => (await import('./handler-events.ts')).handlerEvents,
});
