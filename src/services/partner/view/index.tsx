/** How a partner host shows itself: a table of contents. */
import { countText } from '../../../ui/quantity-text.ts';
import { defineView, lazyTab } from '../../view-contract.ts';
import type { PartnerSummary } from '../model/summary.ts';
import { describePartner } from './facts.ts';
import { PartnerCard } from './node.tsx';

export const view = defineView({
  id: 'partner',
  width: 232,
  Card: PartnerCard,
  tabs: [{ id: 'requests', label: 'Requests', Tab: lazyTab(async () => (await import('./requests-tab.tsx')).RequestsTab) }],
  head: (_, summary) => {
    if (summary === undefined) return {};
    const { down, totals } = summary as PartnerSummary;
    return { fact: down ? 'down' : countText(totals.requests, 'request'), ...(down ? { tone: 'bad' as const } : {}) };
  },
  describe: (node, summary) => describePartner(String(node.config['name']), summary as PartnerSummary | undefined),
});
