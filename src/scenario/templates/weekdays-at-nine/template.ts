/** A schedule with a time zone: nine o'clock stays nine when summer time begins, and UTC moves. */
import { edge, node, template } from '../template.ts';
import handler from './index.mjs?raw';

export const weekdaysAtNine = template({
  id: 'weekdays-at-nine',
  title: 'Weekdays at 9 in Berlin',
  summary: 'Friday it is 8:00 in UTC. On Monday summer time has begun: the schedule keeps nine, and UTC says 7:00.',
  startAt: '2026-03-27T07:59:55Z',
  nodes: [
    node('nine', 'scheduler', [176, 240], { name: 'weekdays-at-nine', ScheduleExpression: 'cron(0 9 ? * MON-FRI *)', ScheduleExpressionTimezone: 'Europe/Berlin' }),
    node('report', 'lambda', [576, 240], { name: 'report', Runtime: 'nodejs22.x', Handler: 'index.handler', MemorySize: 512, Timeout: 10 }, { 'index.mjs': handler }),
  ],
  edges: [edge('call', 'nine', 'report', 'scheduler.target', { Input: '{"time":"<aws.scheduler.scheduled-time>"}' })],
});
