/** How a function shows itself: a table of contents. */
import { defineView, lazyTab } from '../../view-contract.ts';
import type { FunctionSummary } from '../model/summary.ts';
import { describeFunction, factText, runtimeText } from './facts.ts';
import { FunctionCard } from './node.tsx';

export const view = defineView({
  id: 'lambda',
  width: 304,
  keepsBody: true,
  showsTime: (summary) => ((summary as FunctionSummary | undefined)?.environments.length ?? 0) > 0,
  Card: FunctionCard,
  tabs: [
    { id: 'invocations', label: 'Invocations', Tab: lazyTab(async () => (await import('./invocations-tab.tsx')).InvocationsTab) },
    { id: 'environments', label: 'Environments', Tab: lazyTab(async () => (await import('./environments-tab.tsx')).EnvironmentsTab) },
    { id: 'test', label: 'Test', Tab: lazyTab(async () => (await import('./test-tab.tsx')).TestTab) },
  ],
  head: (node, summary) => ({ type: runtimeText(node.config['Runtime']), ...(summary === undefined ? {} : { fact: factText(summary as FunctionSummary) }) }),
  describe: (node, summary) => describeFunction(String(node.config['name']), summary as FunctionSummary | undefined),
});
