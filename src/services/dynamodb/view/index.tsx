/** How a table shows itself: a table of contents. */
import { countText } from '../../../ui/quantity-text.ts';
import { defineView, lazyTab } from '../../view-contract.ts';
import type { TableSummary } from '../model/summary.ts';
import { describeTable } from './facts.ts';
import { TableCard } from './node.tsx';

export const view = defineView({
  id: 'dynamodb',
  width: 216,
  Card: TableCard,
  tabs: [
    { id: 'items', label: 'Items', Tab: lazyTab(async () => (await import('./items-tab.tsx')).ItemsTab) },
    { id: 'write', label: 'Write', Tab: lazyTab(async () => (await import('./write-tab.tsx')).WriteTab) },
  ],
  head: (_, summary) => (summary === undefined ? {} : { fact: countText((summary as TableSummary).items, 'item') }),
  describe: (node, summary) => describeTable(String(node.config['name']), summary as TableSummary | undefined),
  handlerEvents: async () => (await import('./handler-events.ts')).handlerEvents,
});
