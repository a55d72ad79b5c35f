/** The end of a schedule that deletes itself. @source aws/eventbridge.md §10 (ActionAfterCompletion) */
import type { Schedule, SchedulerContext } from './state.ts';

/** A schedule that will not fire again deletes itself, if it is set to, once its last invocation has ended. */
export function completeIfOver(context: SchedulerContext, schedule: Schedule): void {
  const { settings } = schedule;
  if (settings.afterCompletion !== 'DELETE' || !settings.enabled || schedule.nextMs !== undefined || schedule.underWay > 0 || schedule.fired === 0) return;
  const key = `${schedule.group}/${schedule.name}`;
  if (context.state.schedules.get(key) !== schedule) return;
  context.state.schedules.delete(key);
  context.emit('scheduler.ScheduleCompleted', schedule.arn, { schedule: schedule.name });
}
