/** How a queue shows itself: a table of contents. */
import { defineView } from '../../view-contract.ts';
import type { QueueSummary } from '../model/summary.ts';
import { depthOf, describeQueue, factText, isDeadLetterQueue } from './facts.ts';
import { MessagesTab } from './messages-tab.tsx';
import { QueueCard } from './node.tsx';
import { SendTab } from './send-tab.tsx';

export const view = defineView({
  id: 'sqs',
  width: 228,
  Card: QueueCard,
  tabs: [
    { id: 'messages', label: 'Messages', Tab: MessagesTab },
    { id: 'send', label: 'Send', Tab: SendTab },
  ],
  head: (_, summary) => {
    const queue = summary as QueueSummary | undefined;
    if (queue === undefined) return {};
    const fact = factText(queue);
    if (!isDeadLetterQueue(queue)) return { fact };
    return { type: 'Dead-letter queue', icon: 'dead-letter', fact, ...(depthOf(queue) > 0 ? { tone: 'bad' as const } : {}) };
  },
  describe: (node, summary) => describeQueue(String(node.config['name']), summary as QueueSummary | undefined),
});
