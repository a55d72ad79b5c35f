/** How a counter shows itself: a table of contents. Tabs are loaded with `lazyTab` when they are first shown. */
import { defineView } from '../../view-contract.ts';
import type { CounterSummary } from '../model/summary.ts';
import { CounterCard } from './node.tsx';

export const view = defineView({
  id: 'template',
  width: 176,
  Card: CounterCard,
  tabs: [],
  head: (_, summary) => (summary === undefined ? {} : { fact: `at ${(summary as CounterSummary).value}` }),
  describe: (node, summary) => {
    const name = String(node.config['name']);
    return summary === undefined ? `${name}, counter` : `${name}, counter. At ${(summary as CounterSummary).value}`;
  },
});
