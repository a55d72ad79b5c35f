/** How a schedule shows itself: a table of contents. */
import { defineView, lazyTab } from '../../view-contract.ts';
import type { ScheduleSummary } from '../model/summary.ts';
import { describeSchedule, nextText } from './facts.ts';
import { ScheduleCard } from './node.tsx';

export const view = defineView({
  id: 'scheduler',
  width: 264,
  Card: ScheduleCard,
  tabs: [{ id: 'schedule', label: 'Schedule', Tab: lazyTab(async () => (await import('./schedule-tab.tsx')).ScheduleTab) }],
  head: (_, summary) => (summary === undefined ? {} : { fact: nextText(summary as ScheduleSummary) }),
  describe: (node, summary) => describeSchedule(String(node.config['name']), summary as ScheduleSummary | undefined),
  handlerEvents: async () => (await import('./handler-events.ts')).handlerEvents,
});
