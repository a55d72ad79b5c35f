/** The life of messages in a queue: there, delayed, hidden, visible again, expired, gone. Who gets them is in handing-out.ts. */
import { US_PER_MS, US_PER_SEC } from '../../../sim/units.ts';
import { countGroup, joinGroup, leaveGroup, nextSequenceNumber, voidAttempts } from './fifo.ts';
import { countTenant } from './tenants.ts';
import { messageAt, messagesOf, putMessage, takeMessageOut } from './message-store.ts';
import { armExpiry } from './retention.ts';
import { withGauges } from './state.ts';
import type { Message, MessageAttribute, Queue, SqsContext } from './state.ts';

export interface NewMessage {
  readonly id: string;
  readonly body: string;
  readonly bytes: number;
  readonly md5: string;
  readonly attributes?: Readonly<Record<string, MessageAttribute>> | undefined;
  readonly attributesMd5?: string | undefined;
  readonly traceHeader?: string | undefined;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
  readonly sequenceNumber?: string | undefined;
  readonly senderId: string;
  readonly sentMs: number;
  readonly delaySec: number;
  readonly receiveCount?: number;
  readonly firstReceivedMs?: number | undefined;
  readonly deadLetterSource?: string | undefined;
  readonly lastSeq: number;
}

/** Puts a message into a queue. Serving whoever waits for one is the caller's. */
export function addMessage(context: SqsContext, queue: Queue, fresh: NewMessage): Message {
  const message = putMessage(queue.messages, {
    number: queue.nextNumber++,
    id: fresh.id,
    body: fresh.body,
    bytes: fresh.bytes,
    md5: fresh.md5,
    attributes: fresh.attributes,
    attributesMd5: fresh.attributesMd5,
    traceHeader: fresh.traceHeader,
    groupId: fresh.groupId,
    deduplicationId: fresh.deduplicationId,
    sequenceNumber: queue.fifo === undefined ? undefined : (fresh.sequenceNumber ?? nextSequenceNumber(queue.fifo)),
    senderId: fresh.senderId,
    sentMs: fresh.sentMs,
    deadLetteredMs: fresh.deadLetterSource === undefined ? undefined : context.epochMs,
    deadLetterSource: fresh.deadLetterSource,
    receiveCount: fresh.receiveCount ?? 0,
    firstReceivedMs: fresh.firstReceivedMs,
    state: 'visible',
    handle: undefined,
    untilUs: 0,
    receivedUs: 0,
    lastSeq: fresh.lastSeq,
  });
  if (fresh.delaySec > 0) {
    message.state = 'delayed';
    queue.delayedCount++;
    setTimer(context, queue, message, context.now + fresh.delaySec * US_PER_SEC);
  } else if (queue.fifo === undefined) queue.visible.items.push(message.number);
  if (queue.fifo !== undefined) joinGroup(queue.fifo, message);
  countTenant(queue, message, message.state === 'delayed' ? { stored: 1, delayed: 1 } : { stored: 1 }, context.now);
  armExpiry(context, queue, message);
  return message;
}

/** What a message takes along to another queue. */
type Content = Pick<Message, 'id' | 'body' | 'bytes' | 'md5' | 'attributes' | 'attributesMd5' | 'traceHeader' | 'groupId' | 'deduplicationId' | 'sequenceNumber' | 'senderId' | 'receiveCount' | 'firstReceivedMs'>;
export function contentOf(message: Message): Content {
  const { id, body, bytes, md5, attributes, attributesMd5, traceHeader, groupId, deduplicationId, sequenceNumber, senderId, receiveCount, firstReceivedMs } = message;
  return { id, body, bytes, md5, attributes, attributesMd5, traceHeader, groupId, deduplicationId, sequenceNumber, senderId, receiveCount, firstReceivedMs };
}

export function removeMessage(queue: Queue, message: Message): void {
  if (!takeMessageOut(queue.messages, message)) return;
  countOut(queue, message);
  countTenant(queue, message, { stored: -1 });
  if (queue.fifo === undefined) return;
  leaveGroup(queue.fifo, message);
  voidAttempts(queue.fifo, message);
}

/** Counts a message as hidden now, for the queue and for its group. */
export function countHidden(queue: Queue, message: Message): void {
  queue.hiddenCount++;
  if (queue.fifo === undefined) countTenant(queue, message, { inFlight: 1 });
  else countGroup(queue.fifo, message, 1);
}

/** A hidden or delayed message is so no longer. */
function countOut(queue: Queue, message: Message): void {
  if (message.state === 'delayed') {
    queue.delayedCount--;
    countTenant(queue, message, { delayed: -1 });
  }
  if (message.state !== 'hidden') return;
  queue.hiddenCount--;
  if (queue.fifo === undefined) countTenant(queue, message, { inFlight: -1 });
  else countGroup(queue.fifo, message, -1);
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

export function isLive(queue: Queue, timed: { readonly untilUs: number; readonly number: number }): boolean {
  const message = messageAt(queue.messages, timed.number);
  return message !== undefined && message.state !== 'visible' && message.untilUs === timed.untilUs;
}

/** Makes a hidden or delayed message visible. */
export function release(context: SqsContext, queue: Queue, message: Message, cause: readonly number[] = []): void {
  countOut(queue, message);
  const was = message.state;
  message.state = 'visible';
  if (isExpired(context, queue, message)) return expire(context, queue, message);
  if (queue.fifo === undefined) queue.visible.items.push(message.number);
  message.lastSeq = context.emit('sqs.MessageVisible', queue.arn, withGauges(context, queue, { messageId: message.id, after: was === 'delayed' ? 'delay' : 'visibility timeout', receiveCount: message.receiveCount }), { cause: [...cause, message.lastSeq], subjects: [message.id] });
}

/** Retention counts from the send, also while in flight. @source aws/sqs.md §2 */
export function isExpired(context: SqsContext, queue: Queue, message: Message): boolean {
  return context.epochMs - message.sentMs >= queue.retentionSec * 1000;
}

export function expire(context: SqsContext, queue: Queue, message: Message): void {
  removeMessage(queue, message);
  context.emit('sqs.MessageExpired', queue.arn, withGauges(context, queue, { messageId: message.id, retentionSec: queue.retentionSec }), { cause: [message.lastSeq], subjects: [message.id] });
}

/** A FIFO queue's new delay holds for messages that are delayed already. @source aws/sqs.md §1 */
export function delayAnew(context: SqsContext, queue: Queue): void {
  for (const message of messagesOf(queue.messages)) {
    if (message.state !== 'delayed') continue;
    const untilUs = context.now + message.sentMs * US_PER_MS - context.epochUs + queue.delaySec * US_PER_SEC;
    if (untilUs > context.now) setTimer(context, queue, message, untilUs);
    else release(context, queue, message, context.cause);
  }
}
