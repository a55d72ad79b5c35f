/** How a bus shows itself: a table of contents. */
import { defineView, lazyTab } from '../../view-contract.ts';
import type { BusSummary } from '../model/summary.ts';
import { busKind, describeBus } from './facts.ts';
import { BusCard } from './node.tsx';

export const view = defineView({
  id: 'events',
  width: 232,
  Card: BusCard,
  tabs: [
    { id: 'rules', label: 'Rules', Tab: lazyTab(async () => (await import('./rules-tab.tsx')).RulesTab) },
    { id: 'send', label: 'Send event', Tab: lazyTab(async () => (await import('./send-event-tab.tsx')).SendEventTab) },
    { id: 'archive', label: 'Archive', Tab: lazyTab(async () => (await import('./archive-tab.tsx')).ArchiveTab) },
  ],
  head: (node, summary) => ({ type: busKind(String(node.config['name']), summary as BusSummary | undefined), ...(summary === undefined ? {} : { fact: `${(summary as BusSummary).matched} matched` }) }),
  describe: (node, summary) => describeBus(String(node.config['name']), summary as BusSummary | undefined),
  handlerEvents: async () => (await import('./handler-events.ts')).handlerEvents,
});
