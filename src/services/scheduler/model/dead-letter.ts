/** The end of an invocation that cannot be made: to the schedule's dead-letter queue, or nowhere. @source aws/eventbridge.md §10 */
import { isoSec } from '../../../base/time-text.ts';
import type { AwsErrorData } from '../../../sim/errors.ts';
import { inputText } from './input.ts';
import type { Job } from './invoking.ts';
import type { SchedulerContext } from './state.ts';

export interface GivenUp {
  readonly error: AwsErrorData;
  /** The retry limit that ended it; undefined when no retry could have helped. */
  readonly exhausted: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' | undefined;
  readonly cause: number;
}

/** Sends the input to the dead-letter queue under the schedule's role, with why as message attributes. */
export function giveUp(context: SchedulerContext, job: Job, o: GivenUp): void {
  const facts = { schedule: job.name, target: job.target.Arn, executionId: job.executionId, error: o.error.name, attempts: job.attempt };
  const subjects = [job.executionId];
  const queue = job.target.DeadLetterConfig?.Arn;
  if (queue === undefined) {
    context.emit('scheduler.InvocationDropped', job.arn, facts, { cause: [o.cause], subjects });
    return;
  }
  const text = (value: string): { DataType: string; StringValue: string } => ({ DataType: 'String', StringValue: value });
  const messageAttributes = {
    ERROR_CODE: text(o.error.name),
    ERROR_MESSAGE: text(o.error.message),
    EXECUTION_ID: text(job.executionId),
    ...(o.exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: text(o.exhausted) }),
    IS_PAYLOAD_TRUNCATED: text('false'),
    RETRY_ATTEMPTS: text(String(job.attempt - 1)),
    SCHEDULED_TIME: text(isoSec(job.scheduledMs)),
    SCHEDULE_ARN: text(job.arn),
    TARGET_ARN: text(job.target.Arn),
  };
  const answer = context.target(queue)?.accept(
    queue,
    { body: inputText(context, job), attempt: job.attempt, subjects, messageAttributes },
    { principal: { kind: 'role', arn: job.target.RoleArn, sessionName: 'scheduler' }, cause: [o.cause], replyTo: { kind: 'none' } },
  );
  const lost = answer === undefined || answer.kind === 'error';
  context.emit(lost ? 'scheduler.DeadLetterFailed' : 'scheduler.DeadLettered', job.arn, { ...facts, queue }, {
    cause: [o.cause],
    subjects,
    ...(lost ? {} : { travel: { from: job.arn, to: queue, shape: 'message' as const, durationUs: 0, attempt: job.attempt } }),
  });
}
