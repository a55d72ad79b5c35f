/** How a bucket shows itself: a table of contents. */
import { countText } from '../../../ui/quantity-text.ts';
import { defineView, lazyTab } from '../../view-contract.ts';
import type { BucketSummary } from '../model/summary.ts';
import { describeBucket } from './facts.ts';
import { BucketCard } from './node.tsx';

export const view = defineView({
  id: 's3',
  width: 208,
  Card: BucketCard,
  tabs: [{ id: 'objects', label: 'Objects', Tab: lazyTab(async () => (await import('./objects-tab.tsx')).ObjectsTab) }],
  head: (_, summary) => (summary === undefined ? {} : { fact: countText((summary as BucketSummary).objects, 'object') }),
  describe: (node, summary) => describeBucket(String(node.config['name']), summary as BucketSummary | undefined),
  handlerEvents: async () => (await import('./handler-events.ts')).handlerEvents,
});
