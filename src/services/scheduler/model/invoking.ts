/** One invocation of a schedule's target: under its role, tried again while waiting may help, then given up. @source aws/eventbridge.md §10 */
import { isoSec } from '../../../base/time-text.ts';
import type { AwsErrorData } from '../../../sim/errors.ts';
import { deniedMessage } from '../../../sim/iam.ts';
import type { Principal } from '../../../sim/principal.ts';
import { parseArn } from '../../../sim/principal.ts';
import { msToUs, US_PER_SEC } from '../../../sim/units.ts';
import { completeIfOver } from './completion.ts';
import { giveUp } from './dead-letter.ts';
import { inputText } from './input.ts';
import { RETRY } from './limits.ts';
import { localTime } from './local-time.ts';
import { groupArn, scheduleByArn } from './state.ts';
import type { Schedule, SchedulerContext, Target } from './state.ts';
import { callTarget } from './targets.ts';

export interface Job {
  readonly arn: string;
  readonly name: string;
  readonly group: string;
  readonly target: Target;
  readonly executionId: string;
  readonly scheduledMs: number;
  readonly firstUs: number;
  readonly attempt: number;
}

/** Starts the invocation of a scheduled time. */
export function fire(context: SchedulerContext, schedule: Schedule, scheduledMs: number): void {
  const executionId = context.uuid('scheduler.execution-id');
  const { zone, target } = schedule.settings;
  schedule.fired++;
  schedule.underWay++;
  schedule.lastFiredUs = context.now;
  const data = { schedule: schedule.name, executionId, scheduledTime: isoSec(scheduledMs), localTime: localTime(scheduledMs, zone), zone, lateUs: context.epochUs - scheduledMs * 1_000 };
  const seq = context.emit('scheduler.ScheduleFired', schedule.arn, data, { cause: [], subjects: [executionId] });
  start(context, { arn: schedule.arn, name: schedule.name, group: schedule.group, target, executionId, scheduledMs, firstUs: context.now, attempt: 1 }, seq);
}

function start(context: SchedulerContext, job: Job, cause: number): void {
  const { deliveryMsMedian, deliverySigma } = context.tuning;
  const latencyUs = deliveryMsMedian === 0 ? 0 : msToUs(context.random(`scheduler.delivery.${job.group}/${job.name}`).logNormal(deliveryMsMedian, deliverySigma));
  const { Arn } = job.target;
  const service = parseArn(Arn).service;
  const shape = service === 'lambda' ? 'invocation' : service === 'events' ? 'event' : 'message';
  const seq = context.emit('scheduler.InvocationStarted', job.arn, { schedule: job.name, target: Arn, executionId: job.executionId, attempt: job.attempt, latencyUs }, {
    cause: [cause],
    subjects: [job.executionId],
    travel: { from: job.arn, to: Arn, shape, durationUs: latencyUs, attempt: job.attempt },
  });
  context.schedule(latencyUs, 'invoke', { job }, { cause: [seq] });
}

/** Agenda: another try. */
export function onRetry(context: SchedulerContext, { job }: { readonly job: Job }): void {
  start(context, job, context.cause[0] ?? 0);
}

/** Agenda: the call reaches the target. */
export function onInvoke(context: SchedulerContext, { job }: { readonly job: Job }): void {
  const principal = assume(context, job);
  if ('retryable' in principal) return fail(context, job, principal);
  const outcome = callTarget(context, job, { body: inputText(context, job), principal });
  if (outcome === undefined) return fail(context, job, { name: 'ResourceNotFoundException', message: `The target ${job.target.Arn} does not exist.`, status: 404, fault: 'client', retryable: false });
  if (outcome.kind === 'deferred') return;
  onAnswer(context, { job, outcome });
}

/** Agenda: the answer of a call that took time. */
export function onAnswer(context: SchedulerContext, { job, outcome }: { readonly job: Job; readonly outcome: { readonly kind: 'ok' } | { readonly kind: 'error'; readonly error: AwsErrorData } }): void {
  if (outcome.kind === 'error') return fail(context, job, outcome.error);
  context.emit('scheduler.Invoked', job.arn, { schedule: job.name, target: job.target.Arn, executionId: job.executionId, attempt: job.attempt }, { subjects: [job.executionId] });
  end(context, job);
}

/** The target is called under the schedule's role, which must trust the service; the group is the source it names. */
export function assume(context: SchedulerContext, job: Pick<Job, 'arn' | 'group' | 'target' | 'executionId'>): Principal | AwsErrorData {
  const service: Principal = { kind: 'service', name: 'scheduler.amazonaws.com', sourceArn: groupArn(context, job.group), sourceAccount: context.account };
  const role = job.target.RoleArn;
  const trust = context.authorize(service, 'sts:AssumeRole', role);
  if (trust.allowed) return { kind: 'role', arn: role, sessionName: 'scheduler' };
  const message = deniedMessage(trust, context.account);
  context.emit('scheduler.RoleRefused', job.arn, { role, message }, { subjects: [job.executionId] });
  return { name: 'AccessDeniedException', message, status: 403, fault: 'client', retryable: false };
}

/** Failures that waiting can mend are tried again; missing rights and missing targets are not. */
function fail(context: SchedulerContext, job: Job, error: AwsErrorData): void {
  const attemptsMax = job.target.RetryPolicy?.MaximumRetryAttempts ?? RETRY.attemptsMax;
  const ageSecMax = job.target.RetryPolicy?.MaximumEventAgeInSeconds ?? RETRY.ageSecMax;
  const data = { schedule: job.name, target: job.target.Arn, executionId: job.executionId, attempt: job.attempt, error: error.name, message: error.message, retryable: error.retryable };
  const seq = context.emit('scheduler.InvocationFailed', job.arn, data, { subjects: [job.executionId] });
  if (error.retryable) {
    const waitUs = retryWaitUs(context, job);
    const inTime = context.now + waitUs - job.firstUs <= ageSecMax * US_PER_SEC;
    if (job.attempt <= attemptsMax && inTime) {
      context.schedule(waitUs, 'retry', { job: { ...job, attempt: job.attempt + 1 } }, { cause: [seq] });
      return;
    }
  }
  const exhausted = !error.retryable ? undefined : job.attempt > attemptsMax ? 'MaximumRetryAttempts' : 'MaximumEventAgeInSeconds';
  const schedule = scheduleByArn(context, job.arn);
  if (schedule) schedule.failed++;
  giveUp(context, job, { error, exhausted, cause: seq });
  end(context, job);
}

function end(context: SchedulerContext, job: Job): void {
  const schedule = scheduleByArn(context, job.arn);
  if (schedule === undefined) return;
  schedule.underWay--;
  completeIfOver(context, schedule);
}

/** @simplified AWS publishes no curve: the wait doubles from 1 s to 10 minutes, with jitter, which gives about 185 tries in 24 hours. */
function retryWaitUs(context: SchedulerContext, job: Job): number {
  const { retryMsFirst, retryMsMax } = context.tuning;
  const full = Math.min(retryMsMax, retryMsFirst * 2 ** Math.min(20, job.attempt - 1));
  return msToUs(full * (0.5 + context.random(`scheduler.retry.${job.group}/${job.name}`).float() / 2));
}
