/** The trace events of EventBridge Scheduler. */
import type { TraceKind } from '../../../sim/trace.ts';

export const schedulerTraceKinds = {
  'scheduler.GroupCreated': { sentence: 'The schedule group {group} is created.', level: 'detail' },
  'scheduler.GroupDeleted': { sentence: 'The schedule group {group} is deleted with {schedules} schedules.', level: 'moment' },
  'scheduler.ScheduleCreated': { sentence: 'The schedule {schedule} is created: {expression} in {zone}.', level: 'detail' },
  'scheduler.ScheduleUpdated': { sentence: 'The schedule {schedule} is now {expression} in {zone}.', level: 'detail' },
  'scheduler.ScheduleDeleted': { sentence: 'The schedule {schedule} is deleted.', level: 'moment' },
  /** Its last time is over and it is set to delete itself. */
  'scheduler.ScheduleCompleted': { sentence: 'The schedule {schedule} is complete and deletes itself.', level: 'moment' },
  /** data: schedule, executionId, scheduledTime (UTC), localTime, zone, lateUs (within the flexible window) */
  'scheduler.ScheduleFired': { sentence: 'The schedule {schedule} fires: it is {localTime} in {zone}.', level: 'moment', root: true },
  /** data: schedule, target, executionId, attempt, latencyUs */
  'scheduler.InvocationStarted': { sentence: 'The schedule {schedule} calls {target}.', level: 'step' },
  'scheduler.Invoked': { sentence: '{target} has the call of {schedule}.', level: 'detail' },
  'scheduler.RoleRefused': { sentence: 'The role {role} does not let EventBridge Scheduler assume it: {message}', level: 'moment', severity: 'failure' },
  'scheduler.InvocationFailed': { sentence: 'The call of {target} fails: {message}', level: 'moment', severity: 'failure' },
  'scheduler.InvocationDropped': { sentence: 'The call of {target} is dropped after {attempts} attempts: the schedule has no dead-letter queue.', level: 'moment', severity: 'failure' },
  'scheduler.DeadLettered': { sentence: 'The call of {target} goes to the dead-letter queue {queue}.', level: 'moment', severity: 'failure' },
  'scheduler.DeadLetterFailed': { sentence: 'The call of {target} could not go to the dead-letter queue {queue} and is lost.', level: 'moment', severity: 'failure' },
} satisfies Readonly<Record<string, TraceKind>>;
