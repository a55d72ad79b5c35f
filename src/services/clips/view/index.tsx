/** How a clip source shows itself: a table of contents. */
import { defineView, lazyTab } from '../../view-contract.ts';
import { clipsText, describeClips, uploadsOf } from './facts.ts';
import { ClipsCard } from './node.tsx';

export const view = defineView({
  id: 'clips',
  width: 176,
  Card: ClipsCard,
  tabs: [{ id: 'clips', label: 'Clips', Tab: lazyTab(async () => (await import('./clips-tab.tsx')).ClipsTab) }],
  head: (node, summary) => ({ fact: clipsText(uploadsOf({ node, summary })) }),
  describe: (node, summary) => describeClips(String(node.config['name']), uploadsOf({ node, summary })),
});
