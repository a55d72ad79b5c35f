/** The life of messages in a standard queue: sent, visible, hidden, visible again, moved, expired, deleted. */
import { US_PER_SEC } from '../../../sim/units.ts';
import { outcomeOf } from './reading.ts';
import { armExpiry } from './retention.ts';
import { depthOf, queueByArn } from './state.ts';
import type { Message, MessageAttribute, Queue, SqsContext, Waiter } from './state.ts';

export interface NewMessage {
  readonly id: string;
  readonly body: string;
  readonly md5: string;
  readonly attributes?: Readonly<Record<string, MessageAttribute>> | undefined;
  readonly attributesMd5?: string | undefined;
  readonly traceHeader?: string | undefined;
  readonly groupId?: string | undefined;
  readonly senderId: string;
  readonly sentMs: number;
  readonly delaySec: number;
  readonly receiveCount?: number;
  readonly firstReceivedMs?: number | undefined;
  readonly deadLetterSource?: string | undefined;
  readonly lastSeq: number;
}

/** Puts a message into a queue and serves whoever waits for one. */
export function addMessage(context: SqsContext, queue: Queue, fresh: NewMessage): Message {
  const message: Message = {
    number: queue.nextNumber++,
    id: fresh.id,
    body: fresh.body,
    md5: fresh.md5,
    attributes: fresh.attributes,
    attributesMd5: fresh.attributesMd5,
    traceHeader: fresh.traceHeader,
    groupId: fresh.groupId,
    senderId: fresh.senderId,
    sentMs: fresh.sentMs,
    arrivedMs: context.epochMs,
    deadLetterSource: fresh.deadLetterSource,
    receiveCount: fresh.receiveCount ?? 0,
    firstReceivedMs: fresh.firstReceivedMs,
    state: 'visible',
    untilUs: 0,
    receivedUs: 0,
    lastSeq: fresh.lastSeq,
  };
  queue.messages.set(message.number, message);
  if (fresh.delaySec > 0) {
    message.state = 'delayed';
    queue.delayedCount++;
    setTimer(context, queue, message, context.now + fresh.delaySec * US_PER_SEC);
  } else queue.visible.items.push(message.number);
  armExpiry(context, queue, message);
  return message;
}

/** Serves long polls with what is visible; called after anything became visible. */
export function serveWaiters(context: SqsContext, queue: Queue): void {
  while (queue.waiters.length > 0 && depthOf(queue).visible > 0) {
    const waiter = queue.waiters[0]!;
    const messages = takeVisible(context, queue, waiter, waiter.cause);
    if (messages.length === 0) return;
    queue.waiters.shift();
    context.cancel(waiter.endEntry);
    context.reply(waiter.replyTo, outcomeOf(queue, messages, waiter.names, waiter.cause));
  }
}

/** Hands out up to `max` visible messages, hiding them; those that were received too often go to the dead-letter queue instead. */
export function takeVisible(context: SqsContext, queue: Queue, o: { readonly max: number; readonly visibilityTimeoutSec: number }, cause: readonly number[]): Message[] {
  const taken: Message[] = [];
  const { visible } = queue;
  const again: number[] = [];
  while (taken.length < o.max && visible.head < visible.items.length) {
    const message = queue.messages.get(visible.items[visible.head++]!);
    if (message === undefined || message.state !== 'visible') continue;
    if (isExpired(context, queue, message)) {
      expire(context, queue, message);
      continue;
    }
    if (queue.redrive !== undefined && message.receiveCount >= queue.redrive.maxReceiveCount && moveToDeadLetters(context, queue, message, cause)) continue;
    receive(context, queue, message, o.visibilityTimeoutSec, cause);
    if (o.visibilityTimeoutSec === 0) again.push(message.number);
    taken.push(message);
  }
  compact(queue);
  for (const number of again) visible.items.push(number);
  return taken;
}

function receive(context: SqsContext, queue: Queue, message: Message, visibilityTimeoutSec: number, cause: readonly number[]): void {
  message.receiveCount++;
  message.firstReceivedMs ??= context.epochMs;
  message.receivedUs = context.now;
  const untilUs = context.now + visibilityTimeoutSec * US_PER_SEC;
  if (visibilityTimeoutSec > 0) {
    message.state = 'hidden';
    queue.hiddenCount++;
    setTimer(context, queue, message, untilUs);
  }
  queue.totals.received++;
  message.lastSeq = context.emit(
    'sqs.MessageReceived',
    queue.arn,
    { messageId: message.id, receiveCount: message.receiveCount, hiddenUntilUs: untilUs, sentMs: message.sentMs, ...depthOf(queue) },
    { cause: cause.includes(message.lastSeq) ? cause : [...cause, message.lastSeq], subjects: [message.id] },
  );
}

/** The (maxReceiveCount + 1)-th receive does not hand the message out: it moves it. @source aws/sqs.md §8. False when the DLQ is gone. */
function moveToDeadLetters(context: SqsContext, queue: Queue, message: Message, cause: readonly number[]): boolean {
  const target = queueByArn(context, queue.redrive!.targetArn);
  if (target === undefined) return false;
  queue.messages.delete(message.number);
  queue.totals.deadLettered++;
  const seq = context.emit(
    'sqs.MessageDeadLettered',
    queue.arn,
    { messageId: message.id, receiveCount: message.receiveCount, maxReceiveCount: queue.redrive!.maxReceiveCount, deadLetterQueueArn: target.arn, ...depthOf(queue) },
    { cause: [...cause, message.lastSeq], subjects: [message.id], travel: { from: queue.arn, to: target.arn, shape: 'message', durationUs: 0, attempt: message.receiveCount } },
  );
  addMessage(context, target, { ...message, deadLetterSource: queue.arn, delaySec: 0, lastSeq: seq });
  context.emit('sqs.DeadLetterArrived', target.arn, { messageId: message.id, sourceArn: queue.arn, receiveCount: message.receiveCount, ...depthOf(target) }, { cause: [seq], subjects: [message.id] });
  serveWaiters(context, target);
  return true;
}

export function removeMessage(queue: Queue, message: Message): void {
  if (!queue.messages.delete(message.number)) return;
  if (message.state === 'hidden') queue.hiddenCount--;
  if (message.state === 'delayed') queue.delayedCount--;
}

/** Hides (or delays) a message until a time, and sees to it that the queue wakes then. */
export function setTimer(context: SqsContext, queue: Queue, message: Message, untilUs: number): void {
  message.untilUs = untilUs;
  const { timed } = queue;
  let at = timed.length;
  while (at > 0 && timed[at - 1]!.untilUs > untilUs) at--;
  if (at === timed.length) timed.push({ untilUs, number: message.number });
  else timed.splice(at, 0, { untilUs, number: message.number });
  armTimer(context, queue);
}

/** One agenda entry a queue, at the earliest time that still means something. */
export function armTimer(context: SqsContext, queue: Queue): void {
  let first = 0;
  while (first < queue.timed.length && !isLive(queue, queue.timed[first]!)) first++;
  if (first > 0) queue.timed.splice(0, first);
  const atUs = queue.timed[0]?.untilUs;
  if (atUs === queue.timerAtUs) return;
  if (queue.timerEntry !== undefined) context.cancel(queue.timerEntry);
  queue.timerAtUs = atUs;
  queue.timerEntry = atUs === undefined ? undefined : context.schedule(Math.max(0, atUs - context.now), 'timer', { queue: queue.name }, { cancellable: true, cause: [] });
}

function isLive(queue: Queue, timed: { readonly untilUs: number; readonly number: number }): boolean {
  const message = queue.messages.get(timed.number);
  return message !== undefined && message.state !== 'visible' && message.untilUs === timed.untilUs;
}

/** Agenda: visibility timeouts and delays that end now. */
export function onTimer(context: SqsContext, payload: { readonly queue: string }): void {
  const queue = context.state.queues.get(payload.queue);
  if (queue === undefined) return;
  queue.timerAtUs = undefined;
  queue.timerEntry = undefined;
  while (queue.timed.length > 0 && queue.timed[0]!.untilUs <= context.now) {
    const timed = queue.timed.shift()!;
    if (isLive(queue, timed)) release(context, queue, queue.messages.get(timed.number)!);
  }
  serveWaiters(context, queue);
  armTimer(context, queue);
}

/** Makes a hidden or delayed message visible. */
export function release(context: SqsContext, queue: Queue, message: Message, cause: readonly number[] = []): void {
  if (message.state === 'hidden') queue.hiddenCount--;
  if (message.state === 'delayed') queue.delayedCount--;
  const was = message.state;
  message.state = 'visible';
  if (isExpired(context, queue, message)) return expire(context, queue, message);
  queue.visible.items.push(message.number);
  message.lastSeq = context.emit('sqs.MessageVisible', queue.arn, { messageId: message.id, after: was === 'delayed' ? 'delay' : 'visibility timeout', receiveCount: message.receiveCount, ...depthOf(queue) }, { cause: [...cause, message.lastSeq], subjects: [message.id] });
}

/** Retention counts from the send, also while in flight. @source aws/sqs.md §2 */
export function isExpired(context: SqsContext, queue: Queue, message: Message): boolean {
  return context.epochMs - message.sentMs >= queue.retentionSec * 1000;
}

export function expire(context: SqsContext, queue: Queue, message: Message): void {
  removeMessage(queue, message);
  context.emit('sqs.MessageExpired', queue.arn, { messageId: message.id, retentionSec: queue.retentionSec, ...depthOf(queue) }, { cause: [message.lastSeq], subjects: [message.id] });
}

function compact(queue: Queue): void {
  const { visible } = queue;
  if (visible.head > 1024 && visible.head * 2 > visible.items.length) {
    visible.items = visible.items.slice(visible.head);
    visible.head = 0;
  } else if (visible.head === visible.items.length) {
    visible.items = [];
    visible.head = 0;
  }
}

/** A long poll that nothing answered in time. */
export function onWaitOver(context: SqsContext, payload: { readonly queue: string; readonly waiter: number }): void {
  const queue = context.state.queues.get(payload.queue);
  const waiter = queue?.waiters.find((candidate): candidate is Waiter => candidate.id === payload.waiter);
  if (!queue || !waiter) return;
  queue.waiters = queue.waiters.filter((candidate) => candidate !== waiter);
  queue.totals.emptyReceives++;
  context.reply(waiter.replyTo, outcomeOf(queue, [], waiter.names, waiter.cause));
}
