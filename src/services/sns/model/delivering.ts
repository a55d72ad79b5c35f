/** One delivery to one subscription: under the topic's name, tried again in phases while waiting may help, then a dead letter. @source aws/other-services.md §4 */
import type { AwsErrorData } from '../../../sim/errors.ts';
import type { Deferred, Delivery, Outcome, PortCall } from '../../../sim/ports/ports.ts';
import { msToUs, secToUs } from '../../../sim/units.ts';
import { lambdaEvent, notification } from './envelope.ts';
import type { Message } from './envelope.ts';
import { PHASES, RAW_ATTRIBUTES_MAX } from './limits.ts';
import type { MessageAttribute, SnsContext, Subscription } from './state.ts';

export interface Job {
  /** ARN of the subscription. */
  readonly subscription: string;
  readonly message: Message;
  readonly attempt: number;
  readonly firstUs: number;
  readonly traceHeader?: string;
  readonly subjects: readonly string[];
}

/** Puts one delivery on its way. Those of a FIFO topic never overtake each other. */
export function deliver(context: SnsContext, subscription: Subscription, job: Job, cause: number): void {
  const { deliveryMsMedian, deliverySigma } = context.tuning;
  const drawnUs = deliveryMsMedian === 0 ? 0 : msToUs(context.random(`sns.delivery.${subscription.topic}/${subscription.endpoint}`).logNormal(deliveryMsMedian, deliverySigma));
  const ordered = job.message.sequence !== undefined && job.attempt === 1;
  const latencyUs = ordered ? Math.max(drawnUs, subscription.lastDueUs - context.now) : drawnUs;
  if (ordered) subscription.lastDueUs = context.now + latencyUs;
  const { endpoint } = subscription;
  const seq = context.emit('sns.DeliveryStarted', job.message.topicArn, { endpoint, messageId: job.message.id, attempt: job.attempt, latencyUs }, {
    cause: [cause],
    subjects: job.subjects,
    travel: { from: job.message.topicArn, to: endpoint, shape: subscription.protocol === 'lambda' ? 'invocation' : 'message', durationUs: latencyUs, attempt: job.attempt },
  });
  context.schedule(latencyUs, 'deliver', { job }, { cause: [seq] });
}

/** Agenda: another try; the subscription may be gone by now. */
export function onRetry(context: SnsContext, { job }: { readonly job: Job }): void {
  const subscription = context.state.subscriptions.get(job.subscription);
  if (subscription) deliver(context, subscription, job, context.cause[0] ?? 0);
}

/** Agenda: a delivery reaches its subscriber. */
export function onDeliver(context: SnsContext, { job }: { readonly job: Job }): void {
  const subscription = context.state.subscriptions.get(job.subscription);
  if (subscription === undefined) return;
  const outcome = handOver(context, subscription, job);
  const gone: AwsErrorData = { name: 'NotFoundException', message: `The endpoint ${subscription.endpoint} does not exist.`, status: 404, fault: 'client', retryable: false };
  if (outcome === undefined || outcome.kind === 'error') return fail(context, subscription, job, outcome?.error ?? gone);
  subscription.delivered++;
  context.emit('sns.Delivered', job.message.topicArn, { endpoint: subscription.endpoint, messageId: job.message.id, attempt: job.attempt }, { subjects: job.subjects });
}

function callOf(context: SnsContext, topicArn: string, cause: readonly number[]): PortCall {
  return { principal: { kind: 'service', name: 'sns.amazonaws.com', sourceArn: topicArn, sourceAccount: context.account }, cause, replyTo: { kind: 'none' } };
}

type Attributes = NonNullable<Delivery['messageAttributes']>;
function rawAttributes(attributes: Readonly<Record<string, MessageAttribute>>): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [name, { DataType, ...(StringValue === undefined ? {} : { StringValue }), ...(BinaryValue === undefined ? {} : { BinaryValue }) }]),
  );
}

/** The message as a queue gets it. */
function deliveryTo(context: SnsContext, subscription: Subscription, queue: string, job: Job, raw = subscription.raw): Delivery {
  const { message, attempt, subjects, traceHeader } = job;
  const attributes = Object.keys(message.attributes).length;
  return {
    body: raw ? message.text : notification(context, message, subscription),
    attempt,
    subjects,
    ...(raw && attributes > 0 ? { messageAttributes: rawAttributes(message.attributes) } : {}),
    ...(message.groupId === undefined ? {} : { messageGroupId: message.groupId }),
    ...(message.deduplicationId === undefined || !queue.endsWith('.fifo') ? {} : { messageDeduplicationId: message.deduplicationId }),
    ...(traceHeader === undefined ? {} : { traceHeader }),
  };
}

const fitsRaw = ({ attributes }: Message): boolean => Object.keys(attributes).length <= RAW_ATTRIBUTES_MAX;

function handOver(context: SnsContext, subscription: Subscription, job: Job): Outcome | Deferred | undefined {
  const { endpoint, protocol, raw } = subscription;
  const { message, attempt, subjects } = job;
  const call = callOf(context, message.topicArn, context.cause);
  if (protocol === 'lambda') {
    return context.invocable(endpoint)?.invoke(endpoint, { type: 'async', payload: lambdaEvent(context, message, subscription), subjects, attempt, ...(job.traceHeader === undefined ? {} : { traceHeader: job.traceHeader }) }, call);
  }
  if (raw && !fitsRaw(message)) {
    const error: AwsErrorData = { name: 'InvalidParameterException', message: `A raw message has more than ${RAW_ATTRIBUTES_MAX} message attributes.`, status: 400, fault: 'client', retryable: false };
    return { kind: 'error', error, cause: [] };
  }
  return context.target(endpoint)?.accept(endpoint, deliveryTo(context, subscription, endpoint, job), call);
}

export interface Wait {
  readonly phase: 'immediate' | 'pre-backoff' | 'backoff' | 'post-backoff';
  readonly sec: number;
}

/**
 * The wait before the retry of that number, from 1; undefined after the last.
 * @simplified The ten waits from 1 to 20 s grow by equal factors; AWS names only their ends.
 */
export function retryWait(retry: number): Wait | undefined {
  const { immediate, preBackoff, preBackoffSec, backoff, backoffSecMin, backoffSecMax, postBackoff, postBackoffSec } = PHASES;
  if (retry <= immediate) return { phase: 'immediate', sec: 0 };
  if (retry <= immediate + preBackoff) return { phase: 'pre-backoff', sec: preBackoffSec };
  const step = retry - immediate - preBackoff;
  if (step <= backoff) return { phase: 'backoff', sec: GROWTH[step - 1] ?? (step === 1 ? backoffSecMin : backoffSecMax) };
  return step <= backoff + postBackoff ? { phase: 'post-backoff', sec: postBackoffSec } : undefined;
}
/** 1 to 20 s in ten steps, rounded to 0.1 s. */
const GROWTH = [1, 1.4, 1.9, 2.7, 3.8, 5.3, 7.4, 10.3, 14.3, 20] as const;

/** What waiting can mend is tried again; a missing right, a missing endpoint and a message that does not fit are not. */
function fail(context: SnsContext, subscription: Subscription, job: Job, error: AwsErrorData): void {
  const { message, attempt, subjects } = job;
  const wait = error.retryable ? retryWait(attempt) : undefined;
  const seq = context.emit('sns.DeliveryFailed', message.topicArn, { endpoint: subscription.endpoint, messageId: message.id, attempt, error: error.name, message: error.message, phase: wait?.phase ?? 'none' }, { subjects });
  if (wait !== undefined) {
    context.schedule(secToUs(wait.sec), 'retry', { job: { ...job, attempt: attempt + 1 } }, { cause: [seq] });
    return;
  }
  subscription.failed++;
  giveUp(context, subscription, job, seq);
}

/**
 * To the dead-letter queue of the subscription as it would have been delivered, under the topic's name; without one it is lost.
 * @simplified A message with too many attributes for a raw delivery lies there in its envelope: AWS says that such client errors go to the queue, not in which form.
 */
function giveUp(context: SnsContext, subscription: Subscription, job: Job, cause: number): void {
  const { message, attempt, subjects } = job;
  const facts = { endpoint: subscription.endpoint, messageId: message.id, attempts: attempt };
  const queue = deadLetterArn(subscription);
  if (queue === undefined) {
    context.emit('sns.MessageDropped', message.topicArn, facts, { cause: [cause], subjects });
    return;
  }
  const answer = context.target(queue)?.accept(queue, deliveryTo(context, subscription, queue, job, subscription.raw && fitsRaw(message)), callOf(context, message.topicArn, [cause]));
  const lost = answer === undefined || answer.kind === 'error';
  context.emit(lost ? 'sns.DeadLetterFailed' : 'sns.DeadLettered', message.topicArn, { ...facts, queue }, {
    cause: [cause],
    subjects,
    ...(lost ? {} : { travel: { from: message.topicArn, to: queue, shape: 'message' as const, durationUs: 0, attempt } }),
  });
}

export function deadLetterArn(subscription: Pick<Subscription, 'redrivePolicy'>): string | undefined {
  return subscription.redrivePolicy === undefined ? undefined : (JSON.parse(subscription.redrivePolicy) as { deadLetterTargetArn: string }).deadLetterTargetArn;
}
