/** From an event on a bus to its targets: matching, shaping the input, delivering with retries, the dead-letter queue of a target. @source aws/eventbridge.md §2, §6, §7 */
import { explainPattern, patternMatches } from './patterns.ts';
import { shapeInput } from './input.ts';
import { isoSec } from '../../../base/time-text.ts';
import type { AwsErrorData } from '../../../sim/errors.ts';
import type { Deferred, Delivery, Outcome } from '../../../sim/ports/ports.ts';
import type { Principal } from '../../../sim/principal.ts';
import { parseArn } from '../../../sim/principal.ts';
import type { TokenShape } from '../../../sim/trace.ts';
import { msToUs, US_PER_SEC } from '../../../sim/units.ts';
import { RECENT_EVENTS_MAX, rulesOf } from './state.ts';
import type { Bus, Envelope, EventsContext, RecentEvent, Rule, Target } from './state.ts';

/** @source aws/eventbridge.md §7 */
export const RETRY = { attemptsMax: 185, ageSecMax: 86_400 } as const;

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
  readonly subjects: readonly string[];
}

/** Takes an event: every enabled rule of the bus looks at it; each match goes to each target by itself. */
export function receiveEvent(context: EventsContext, bus: Bus, envelope: Envelope, subjects: readonly string[] = []): void {
  const ids = [envelope.id, ...subjects];
  bus.received++;
  const rules = rulesOf(context, bus.name).filter((rule) => rule.state === 'ENABLED' && rule.pattern !== undefined);
  const seq = context.emit('events.EventReceived', bus.arn, { eventId: envelope.id, source: envelope.source, detailType: envelope['detail-type'], rules: rules.length }, { subjects: ids });
  const matched: string[] = [];
  const missed: RecentEvent['missed'][number][] = [];
  for (const rule of rules) {
    if (patternMatches(rule.pattern!, envelope)) {
      matched.push(rule.name);
      fire(context, rule, envelope, ids, seq);
    } else {
      const why = explainPattern(rule.pattern!, envelope);
      missed.push({ rule: rule.name, ...why });
      context.emit('events.RuleNotMatched', bus.arn, { rule: rule.name, eventId: envelope.id, ...why }, { cause: [seq], subjects: ids });
    }
  }
  if (bus.recent.length >= RECENT_EVENTS_MAX) bus.recent.shift();
  bus.recent.push({ id: envelope.id, atUs: context.now, source: envelope.source, detailType: envelope['detail-type'], matched, missed });
  if (matched.length > 0) bus.matched++;
  else {
    bus.unmatched++;
    context.emit('events.Unmatched', bus.arn, { eventId: envelope.id, source: envelope.source, detailType: envelope['detail-type'] }, { cause: [seq], subjects: ids });
  }
}

/** Hands an event to all targets of a rule. */
export function fire(context: EventsContext, rule: Rule, envelope: Envelope, subjects: readonly string[], cause: number): void {
  rule.matched++;
  const bus = context.state.buses.get(rule.bus)!;
  const seq = context.emit('events.RuleMatched', bus.arn, { rule: rule.name, eventId: envelope.id, targets: rule.targets.length }, { cause: [cause], subjects });
  for (const target of rule.targets) {
    const shaped = shapeInput(target, envelope, { ruleArn: rule.arn, ruleName: rule.name, ingestionTime: isoSec(context.epochMs) });
    if (shaped === undefined) {
      context.emit('events.InputInvalid', bus.arn, { rule: rule.name, target: target.Id, eventId: envelope.id }, { cause: [seq], subjects });
      continue;
    }
    dispatch(context, { rule: rule.name, bus: rule.bus, targetId: target.Id, target, envelope, body: shaped, attempt: 1, firstUs: context.now, subjects }, seq);
  }
}

function shapeOf(arn: string): TokenShape {
  const { service } = parseArn(arn);
  return service === 'lambda' ? 'invocation' : service === 'events' ? 'event' : 'message';
}

/** Puts one delivery on its way. */
function dispatch(context: EventsContext, job: Job, cause: number, waitUs = 0): void {
  const { deliveryMsMedian, deliverySigma } = context.tuning;
  const latencyUs = deliveryMsMedian === 0 ? 0 : msToUs(context.random(`events.delivery.${job.bus}/${job.rule}/${job.targetId}`).logNormal(deliveryMsMedian, deliverySigma));
  if (waitUs > 0) {
    context.schedule(waitUs, 'retry', { job }, { cause: [cause] });
    return;
  }
  const bus = context.state.buses.get(job.bus)!;
  const seq = context.emit(
    'events.DeliveryStarted',
    bus.arn,
    { rule: job.rule, target: job.target.Arn, eventId: job.envelope.id, attempt: job.attempt, latencyUs },
    { cause: [cause], subjects: job.subjects, travel: { from: bus.arn, to: job.target.Arn, shape: shapeOf(job.target.Arn), durationUs: latencyUs, attempt: job.attempt } },
  );
  context.schedule(latencyUs, 'deliver', { job }, { cause: [seq] });
}

export function onRetry(context: EventsContext, payload: { readonly job: Job }): void {
  dispatch(context, payload.job, context.cause[0] ?? 0);
}

/** Agenda: a delivery reaches its target. */
export function onDeliver(context: EventsContext, payload: { readonly job: Job }): void {
  const { job } = payload;
  const rule = context.state.rules.get(`${job.bus}/${job.rule}`);
  const source = rule?.arn ?? `arn:aws:events:${context.region}:${context.account}:rule/${job.rule}`;
  const outcome = handOver(context, job, source);
  if (outcome === undefined) return fail(context, job, { name: 'ResourceNotFoundException', message: `The target ${job.target.Arn} does not exist.`, status: 404, fault: 'client', retryable: false });
  if (outcome.kind === 'error') return fail(context, job, outcome.error);
  const bus = context.state.buses.get(job.bus);
  if (bus) context.emit('events.Delivered', bus.arn, { rule: job.rule, target: job.target.Arn, eventId: job.envelope.id, attempt: job.attempt }, { subjects: job.subjects });
}

function handOver(context: EventsContext, job: Job, sourceArn: string): Outcome | Deferred | undefined {
  const { target, body } = job;
  const principal: Principal = target.RoleArn === undefined ? { kind: 'service', name: 'events.amazonaws.com', sourceArn, sourceAccount: context.account } : { kind: 'role', arn: target.RoleArn, sessionName: 'events' };
  const call = { principal, cause: context.cause, replyTo: { kind: 'none' } as const };
  const invocable = context.invocable(target.Arn);
  if (invocable) return invocable.invoke(target.Arn, { type: 'async', payload: body, subjects: job.subjects, attempt: job.attempt }, call);
  const event = { source: job.envelope.source, detailType: job.envelope['detail-type'], detail: JSON.stringify(job.envelope.detail), resources: job.envelope.resources, time: job.envelope.time };
  const delivery: Delivery = {
    body,
    attempt: job.attempt,
    subjects: job.subjects,
    ...(parseArn(target.Arn).service === 'events' ? { event } : {}),
    ...(target.SqsParameters?.MessageGroupId === undefined ? {} : { messageGroupId: target.SqsParameters.MessageGroupId }),
  };
  return context.target(target.Arn)?.accept(target.Arn, delivery, call);
}

/** Failures that waiting can mend are tried again; missing rights and missing targets are not. */
function fail(context: EventsContext, job: Job, error: AwsErrorData): void {
  const bus = context.state.buses.get(job.bus);
  const rule = context.state.rules.get(`${job.bus}/${job.rule}`);
  if (!bus) return;
  if (rule) rule.failed++;
  const attemptsMax = job.target.RetryPolicy?.MaximumRetryAttempts ?? RETRY.attemptsMax;
  const ageSecMax = job.target.RetryPolicy?.MaximumEventAgeInSeconds ?? RETRY.ageSecMax;
  const seq = context.emit('events.DeliveryFailed', bus.arn, { rule: job.rule, target: job.target.Arn, eventId: job.envelope.id, attempt: job.attempt, error: error.name, message: error.message, retryable: error.retryable }, { subjects: job.subjects });
  if (error.retryable) {
    const waitUs = retryWaitUs(context, job);
    const ageUs = context.now + waitUs - job.firstUs;
    if (job.attempt <= attemptsMax && ageUs <= ageSecMax * US_PER_SEC) return dispatch(context, { ...job, attempt: job.attempt + 1 }, seq, waitUs);
  }
  const exhausted = !error.retryable ? undefined : job.attempt > attemptsMax ? 'MaximumRetryAttempts' : 'MaximumEventAgeInSeconds';
  giveUp(context, bus, job, { error, exhausted, cause: seq, ruleArn: rule?.arn ?? '' });
}

/** @simplified AWS publishes no curve: the wait doubles from 1 s to 10 minutes, with jitter, which gives about 185 tries in 24 hours. */
function retryWaitUs(context: EventsContext, job: Job): number {
  const { retryMsFirst, retryMsMax } = context.tuning;
  const full = Math.min(retryMsMax, retryMsFirst * 2 ** Math.min(20, job.attempt - 1));
  return msToUs(full * (0.5 + context.random(`events.retry.${job.bus}/${job.rule}`).float() / 2));
}

function giveUp(context: EventsContext, bus: Bus, job: Job, o: { readonly error: AwsErrorData; readonly exhausted: string | undefined; readonly cause: number; readonly ruleArn: string }): void {
  const dead = job.target.DeadLetterConfig?.Arn;
  if (dead === undefined) {
    context.emit('events.EventDropped', bus.arn, { rule: job.rule, target: job.target.Arn, eventId: job.envelope.id, error: o.error.name, attempts: job.attempt }, { cause: [o.cause], subjects: job.subjects });
    return;
  }
  const text = (value: string): { DataType: string; StringValue: string } => ({ DataType: 'String', StringValue: value });
  const code = o.error.status === 403 ? 'NO_PERMISSIONS' : o.error.status === 404 || /NotFound|DoesNotExist|NonExistent/.test(o.error.name) ? 'NO_RESOURCE' : o.error.status === 429 ? 'THROTTLING' : 'SDK_CLIENT_ERROR';
  const answer = context.target(dead)?.accept(
    dead,
    {
      body: JSON.stringify(job.envelope),
      attempt: job.attempt,
      subjects: job.subjects,
      messageAttributes: {
        RULE_ARN: text(o.ruleArn),
        TARGET_ARN: text(job.target.Arn),
        ERROR_CODE: text(code),
        ERROR_MESSAGE: text(o.error.message),
        ...(o.exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: text(o.exhausted) }),
        RETRY_ATTEMPTS: text(String(job.attempt - 1)),
      },
    },
    { principal: { kind: 'service', name: 'events.amazonaws.com', sourceArn: o.ruleArn, sourceAccount: context.account }, cause: [o.cause], replyTo: { kind: 'none' } },
  );
  const failed = answer === undefined || answer.kind === 'error';
  context.emit(failed ? 'events.DeadLetterFailed' : 'events.DeadLettered', bus.arn, { rule: job.rule, target: job.target.Arn, queue: dead, eventId: job.envelope.id, error: code }, {
    cause: [o.cause],
    subjects: job.subjects,
    ...(failed ? {} : { travel: { from: bus.arn, to: dead, shape: 'message' as const, durationUs: 0, attempt: job.attempt } }),
  });
}
