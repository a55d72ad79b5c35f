/** How a queue shows itself: a table of contents. */
import { defineView, lazyTab } from '../../view-contract.ts';
import type { QueueSummary } from '../model/summary.ts';
import { depthOf, describeQueue, factText, isDeadLetterQueue } from './facts.ts';
import { QueueCard } from './node.tsx';

export const view = defineView({
  id: 'sqs',
  width: 232,
  Card: QueueCard,
  showsTime: (summary) => (summary as QueueSummary | undefined)?.messages.some((message) => message.state !== 'visible') ?? false,
  tabs: [
    { id: 'messages', label: 'Messages', Tab: lazyTab(async () => (await import('./messages-tab.tsx')).MessagesTab) },
    { id: 'send', label: 'Send', Tab: lazyTab(async () => (await import('./send-tab.tsx')).SendTab) },
  ],
  head: (node, summary) => {
    const queue = summary as QueueSummary | undefined;
    const fifo = queue === undefined ? node.config['FifoQueue'] === true : queue.fifo !== null;
    const type = fifo ? { type: 'FIFO queue' } : {};
    if (queue === undefined) return type;
    const fact = factText(queue);
    if (!isDeadLetterQueue(queue)) return { ...type, fact };
    return { type: fifo ? 'FIFO dead-letter queue' : 'Dead-letter queue', icon: 'dead-letter', fact, ...(depthOf(queue) > 0 ? { tone: 'bad' as const } : {}) };
  },
  describe: (node, summary) => describeQueue(String(node.config['name']), summary as QueueSummary | undefined),
  handlerEvents: async () => (await import('./handler-events.ts')).handlerEvents,
});
