/** The end of a delivery that cannot be made: to the dead-letter queue of the target, or nowhere. @source aws/eventbridge.md §7 */
import type { AwsErrorData } from '../../../../sim/errors.ts';
import { ruleArn } from '../state.ts';
import type { EventsContext } from '../state.ts';
import type { Job } from './deliver.ts';

export interface GivenUp {
  readonly error: AwsErrorData;
  /** The retry limit that ended it; undefined when no retry could have helped. */
  readonly exhausted: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' | undefined;
  readonly cause: number;
}

/** ERROR_CODE of a dead letter. @source aws/eventbridge.md §7 (samples; INVALID_PARAMETER, INTERNAL_ERROR and SDK_CLIENT_ERROR recalled) */
export function deadLetterCode({ name, status }: AwsErrorData): string {
  if (status === 403 || /AccessDenied/.test(name)) return 'NO_PERMISSIONS';
  if (status === 404 || /NotFound|DoesNotExist|NonExistent/.test(name)) return 'NO_RESOURCE';
  if (status === 429 || /Throttl|TooManyRequests/.test(name)) return 'THROTTLING';
  if (/Timeout/.test(name)) return 'TIMEOUT';
  if (/InvalidParameter|MissingParameter|Validation/.test(name)) return 'INVALID_PARAMETER';
  return status >= 500 ? 'INTERNAL_ERROR' : 'SDK_CLIENT_ERROR';
}

/**
 * Sends the event to the target's dead-letter queue, with why as message attributes; without a queue, or when that fails too, it is lost.
 * @param bus ARN of the bus that the event came to
 */
export function giveUp(context: EventsContext, bus: string, job: Job, o: GivenUp): void {
  const code = deadLetterCode(o.error);
  const facts = { rule: job.rule, target: job.target.Arn, eventId: job.envelope.id, error: code, attempts: job.attempt };
  const dead = job.target.DeadLetterConfig?.Arn;
  if (dead === undefined) {
    context.emit('events.EventDropped', bus, { ...facts, error: o.error.name }, { cause: [o.cause], subjects: job.subjects });
    return;
  }
  const sourceArn = ruleArn(context, job.bus, job.rule);
  const text = (value: string): { DataType: string; StringValue: string } => ({ DataType: 'String', StringValue: value });
  const messageAttributes = {
    RULE_ARN: text(sourceArn),
    TARGET_ARN: text(job.target.Arn),
    ERROR_CODE: text(code),
    ERROR_MESSAGE: text(o.error.message),
    ...(o.exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: text(o.exhausted) }),
    RETRY_ATTEMPTS: text(String(job.attempt - 1)),
  };
  const answer = context.target(dead)?.accept(
    dead,
    { body: JSON.stringify(job.envelope), attempt: job.attempt, subjects: job.subjects, messageAttributes },
    { principal: { kind: 'service', name: 'events.amazonaws.com', sourceArn, sourceAccount: context.account }, cause: [o.cause], replyTo: { kind: 'none' } },
  );
  const failed = answer === undefined || answer.kind === 'error';
  context.emit(failed ? 'events.DeadLetterFailed' : 'events.DeadLettered', bus, { ...facts, queue: dead }, {
    cause: [o.cause],
    subjects: job.subjects,
    ...(failed ? {} : { travel: { from: bus, to: dead, shape: 'message' as const, durationUs: 0, attempt: job.attempt } }),
  });
}
