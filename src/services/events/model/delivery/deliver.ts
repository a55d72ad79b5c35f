/** One delivery to one target: on its way, handed over under the rights that it needs, tried again while waiting may help. @source aws/eventbridge.md §7, §11 */
import type { AwsErrorData } from '../../../../sim/errors.ts';
import { deniedMessage } from '../../../../sim/iam.ts';
import type { Deferred, Delivery, Outcome } from '../../../../sim/ports/ports.ts';
import type { Principal } from '../../../../sim/principal.ts';
import { parseArn } from '../../../../sim/principal.ts';
import type { TokenShape } from '../../../../sim/trace.ts';
import { msToUs, US_PER_SEC } from '../../../../sim/units.ts';
import { RETRY } from '../limits.ts';
import { busArn, ruleArn } from '../state.ts';
import type { Envelope, EventsContext, Target } from '../state.ts';
import { giveUp } from './dead-letter.ts';

export interface Job {
  readonly rule: string;
  readonly bus: string;
  readonly targetId: string;
  readonly target: Target;
  readonly envelope: Envelope;
  /** Text that the target gets. */
  readonly body: string;
  readonly attempt: number;
  readonly firstUs: number;
  readonly traceHeader?: string;
  readonly subjects: readonly string[];
}

function shapeOf(arn: string): TokenShape {
  const { service } = parseArn(arn);
  return service === 'lambda' ? 'invocation' : service === 'events' ? 'event' : 'message';
}

/** Puts one delivery on its way, at once or after a wait: also when rule or bus are gone by then, for the event was matched before. */
export function dispatch(context: EventsContext, job: Job, cause: number, waitUs = 0): void {
  const { deliveryMsMedian, deliverySigma } = context.tuning;
  const latencyUs = deliveryMsMedian === 0 ? 0 : msToUs(context.random(`events.delivery.${job.bus}/${job.rule}/${job.targetId}`).logNormal(deliveryMsMedian, deliverySigma));
  if (waitUs > 0) {
    context.schedule(waitUs, 'retry', { job }, { cause: [cause] });
    return;
  }
  const bus = busArn(context, job.bus);
  const seq = context.emit(
    'events.DeliveryStarted',
    bus,
    { rule: job.rule, target: job.target.Arn, eventId: job.envelope.id, attempt: job.attempt, latencyUs },
    { cause: [cause], subjects: job.subjects, travel: { from: bus, to: job.target.Arn, shape: shapeOf(job.target.Arn), durationUs: latencyUs, attempt: job.attempt } },
  );
  context.schedule(latencyUs, 'deliver', { job }, { cause: [seq] });
}

export function onRetry(context: EventsContext, payload: { readonly job: Job }): void {
  dispatch(context, payload.job, context.cause[0] ?? 0);
}

/** Agenda: a delivery reaches its target. */
export function onDeliver(context: EventsContext, payload: { readonly job: Job }): void {
  const { job } = payload;
  const outcome = handOver(context, job);
  if (outcome === undefined) return fail(context, job, { name: 'ResourceNotFoundException', message: `The target ${job.target.Arn} does not exist.`, status: 404, fault: 'client', retryable: false });
  if (outcome.kind === 'error') return fail(context, job, outcome.error);
  context.emit('events.Delivered', busArn(context, job.bus), { rule: job.rule, target: job.target.Arn, eventId: job.envelope.id, attempt: job.attempt, sinceUs: context.now - job.firstUs }, { subjects: job.subjects });
}

/**
 * Under whose name a target is called: its role, if `events.amazonaws.com` may assume it, or the service itself, which the target's own policy has to let in.
 * To a function the service does not say its account: a policy that asks for `AWS:SourceAccount` keeps it out.
 */
function callerOf(context: EventsContext, job: Job): Principal | AwsErrorData {
  const role = job.target.RoleArn;
  const ofFunction = role === undefined && parseArn(job.target.Arn).service === 'lambda';
  const service: Principal = {
    kind: 'service',
    name: 'events.amazonaws.com',
    sourceArn: ruleArn(context, job.bus, job.rule),
    ...(ofFunction ? {} : { sourceAccount: context.account }),
  };
  if (role === undefined) return service;
  const trust = context.authorize(service, 'sts:AssumeRole', role);
  if (trust.allowed) return { kind: 'role', arn: role, sessionName: 'events' };
  context.deny(trust, 'events');
  return { name: 'AccessDeniedException', message: deniedMessage(trust, context.account), status: 403, fault: 'client', retryable: false };
}

function handOver(context: EventsContext, job: Job): Outcome | Deferred | undefined {
  const { target, body, subjects, attempt } = job;
  const principal = callerOf(context, job);
  if ('retryable' in principal) return { kind: 'error', error: principal, cause: context.cause };
  const call = { principal, cause: context.cause, replyTo: { kind: 'none' } as const };
  const traced = job.traceHeader === undefined ? {} : { traceHeader: job.traceHeader };
  const invocable = context.invocable(target.Arn);
  if (invocable) return invocable.invoke(target.Arn, { type: 'async', payload: body, subjects, attempt, ...traced }, call);
  const { envelope } = job;
  const event = { source: envelope.source, detailType: envelope['detail-type'], detail: JSON.stringify(envelope.detail), resources: envelope.resources, time: envelope.time, forwarded: true };
  const delivery: Delivery = {
    body,
    attempt,
    subjects,
    ...traced,
    ...(parseArn(target.Arn).service === 'events' ? { event } : {}),
    ...(target.SqsParameters?.MessageGroupId === undefined ? {} : { messageGroupId: target.SqsParameters.MessageGroupId }),
  };
  return context.target(target.Arn)?.accept(target.Arn, delivery, call);
}

/** Failures that waiting can mend are tried again; missing rights and missing targets are not. */
function fail(context: EventsContext, job: Job, error: AwsErrorData): void {
  const bus = busArn(context, job.bus);
  const rule = context.state.rules.get(`${job.bus}/${job.rule}`);
  const attemptsMax = job.target.RetryPolicy?.MaximumRetryAttempts ?? RETRY.attemptsMax;
  const ageSecMax = job.target.RetryPolicy?.MaximumEventAgeInSeconds ?? RETRY.ageSecMax;
  const seq = context.emit('events.DeliveryFailed', bus, { rule: job.rule, target: job.target.Arn, eventId: job.envelope.id, attempt: job.attempt, error: error.name, message: error.message, retryable: error.retryable }, { subjects: job.subjects });
  if (error.retryable) {
    const waitUs = retryWaitUs(context, job);
    const ageUs = context.now + waitUs - job.firstUs;
    if (job.attempt <= attemptsMax && ageUs <= ageSecMax * US_PER_SEC) return dispatch(context, { ...job, attempt: job.attempt + 1 }, seq, waitUs);
  }
  const exhausted = !error.retryable ? undefined : job.attempt > attemptsMax ? 'MaximumRetryAttempts' : 'MaximumEventAgeInSeconds';
  if (rule) rule.failed++;
  giveUp(context, bus, job, { error, exhausted, cause: seq });
}

/** @simplified AWS publishes no curve: the wait doubles from 1 s to 10 minutes, with jitter, which gives about 185 tries in 24 hours. */
function retryWaitUs(context: EventsContext, job: Job): number {
  const { retryMsFirst, retryMsMax } = context.tuning;
  const full = Math.min(retryMsMax, retryMsFirst * 2 ** Math.min(20, job.attempt - 1));
  return msToUs(full * (0.5 + context.random(`events.retry.${job.bus}/${job.rule}`).float() / 2));
}
