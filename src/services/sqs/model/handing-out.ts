/** Handing messages out: the receive of standard and FIFO queues, the way to the dead-letter queue, and those who wait. */
import type { TraceData } from '../../../sim/trace.ts';
import { US_PER_SEC } from '../../../sim/units.ts';
import { billed, newBill } from './bill.ts';
import type { CallBill } from './bill.ts';
import { readable, rememberAttempt, repeatedAttempt, toTheBack } from './fifo.ts';
import { BILLED_CHUNK_BYTES, SQS } from './limits.ts';
import { messageAt } from './message-store.ts';
import { addMessage, armTimer, contentOf, countHidden, expire, isExpired, isLive, release, removeMessage, setTimer } from './messages.ts';
import { pickStandard } from './picking.ts';
import { outcomeOf } from './reading.ts';
import { depthOf, withGauges, queueByArn } from './state.ts';
import type { FifoState, Message, Queue, ReceiveNames, SqsContext, Waiter } from './state.ts';

export interface TakeOptions {
  readonly max: number;
  readonly visibilityTimeoutSec: number;
  readonly attemptId?: string | undefined;
  /** A short poll asks only some of the servers. */
  readonly short?: boolean;
}

/** Hands out up to `max` visible messages, hiding them; those that were received too often go to the dead-letter queue instead. */
export function takeVisible(context: SqsContext, queue: Queue, o: TakeOptions, cause: readonly number[]): Message[] {
  const { fifo } = queue;
  const max = Math.min(o.max, SQS.inFlightMax - queue.hiddenCount);
  if (max <= 0) return [];
  if (fifo === undefined) return takeStandard(context, queue, { ...o, max }, cause);
  const again = o.attemptId === undefined ? undefined : repeatedAttempt(context, queue, o.attemptId);
  if (again !== undefined) return handOutAgain(context, queue, again, o.visibilityTimeoutSec, cause);
  const taken = takeFifo(context, queue, fifo, { ...o, max }, cause);
  if (o.attemptId !== undefined && taken.length > 0 && o.visibilityTimeoutSec > 0) rememberAttempt(context, fifo, o.attemptId, taken);
  return taken;
}

function takeStandard(context: SqsContext, queue: Queue, o: TakeOptions, cause: readonly number[]): Message[] {
  const again: number[] = [];
  const bill = newBill();
  const taken = pickStandard(context, queue, o.max, o.short === true, (message) => {
    if (cannotBeHandedOut(context, queue, message, cause)) return false;
    const copy = context.tuning.duplicateChance > 0 && context.random(`sqs.duplicates.${queue.name}`).float() < context.tuning.duplicateChance;
    receive(context, queue, message, { visibilityTimeoutSec: copy ? 0 : o.visibilityTimeoutSec, cause, bill, copy });
    if (copy || o.visibilityTimeoutSec === 0) again.push(message.number);
    return true;
  });
  for (const number of again) queue.visible.items.push(number);
  return taken;
}

/** From one group as much as possible, then from the next, each only up to its first message in flight. @source aws/sqs.md §6 */
function takeFifo(context: SqsContext, queue: Queue, fifo: FifoState, o: TakeOptions, cause: readonly number[]): Message[] {
  const taken: Message[] = [];
  const touched: string[] = [];
  const bill = newBill();
  for (const [groupId, numbers] of fifo.groups) {
    if (taken.length >= o.max) break;
    if (messageAt(queue.messages, numbers[0]!)?.state !== 'visible') continue;
    const before = taken.length;
    for (const message of readable(queue, numbers)) {
      if (taken.length >= o.max) break;
      if (cannotBeHandedOut(context, queue, message, cause)) continue;
      receive(context, queue, message, { visibilityTimeoutSec: o.visibilityTimeoutSec, cause, bill });
      taken.push(message);
    }
    if (taken.length > before) touched.push(groupId);
  }
  for (const groupId of touched) toTheBack(fifo, groupId);
  return taken;
}

/** A receive that is asked for again by its ReceiveRequestAttemptId: the same messages and handles, hidden anew. */
function handOutAgain(context: SqsContext, queue: Queue, messages: Message[], visibilityTimeoutSec: number, cause: readonly number[]): Message[] {
  const untilUs = context.now + visibilityTimeoutSec * US_PER_SEC;
  const bill = newBill();
  for (const message of messages) {
    message.lastSeq = context.emit('sqs.ReceiveRepeated', queue.arn, withGauges(context, queue, { messageId: message.id, hiddenUntilUs: untilUs, ...billed(bill, message.bytes) }), { cause: withLast(cause, message), subjects: [message.id] });
    setTimer(context, queue, message, untilUs);
  }
  return messages;
}

function cannotBeHandedOut(context: SqsContext, queue: Queue, message: Message, cause: readonly number[]): boolean {
  if (isExpired(context, queue, message)) {
    expire(context, queue, message);
    return true;
  }
  return queue.redrive !== undefined && message.receiveCount >= queue.redrive.maxReceiveCount && moveToDeadLetters(context, queue, message, cause);
}

function receive(context: SqsContext, queue: Queue, message: Message, o: { readonly visibilityTimeoutSec: number; readonly cause: readonly number[]; readonly bill: CallBill; readonly copy?: boolean }): void {
  const { visibilityTimeoutSec, cause, copy = false } = o;
  message.receiveCount++;
  message.handle = undefined;
  message.firstReceivedMs ??= context.epochMs;
  message.receivedUs = context.now;
  const untilUs = context.now + visibilityTimeoutSec * US_PER_SEC;
  if (visibilityTimeoutSec > 0) {
    message.state = 'hidden';
    countHidden(queue, message);
    setTimer(context, queue, message, untilUs);
  }
  queue.totals.received++;
  const data: Record<string, TraceData> = { messageId: message.id, receiveCount: message.receiveCount, hiddenUntilUs: untilUs, sentMs: message.sentMs, ...billed(o.bill, message.bytes) };
  // Told where a receive is billed as more than one request.
  if (message.bytes > BILLED_CHUNK_BYTES) data['bytes'] = message.bytes;
  if (message.groupId !== undefined) data['groupId'] = message.groupId;
  if (copy) data['copy'] = copy;
  message.lastSeq = context.emit('sqs.MessageReceived', queue.arn, withGauges(context, queue, data), { cause: withLast(cause, message), subjects: [message.id] });
}

const withLast = (cause: readonly number[], message: Message): readonly number[] => (cause.length === 0 ? [message.lastSeq] : cause.includes(message.lastSeq) ? cause : [...cause, message.lastSeq]);
const groupOf = (message: Message): { readonly groupId?: string } => (message.groupId === undefined ? {} : { groupId: message.groupId });

/** The (maxReceiveCount + 1)-th receive does not hand the message out: it moves it. @source aws/sqs.md §8. False when the DLQ is gone. */
function moveToDeadLetters(context: SqsContext, queue: Queue, message: Message, cause: readonly number[]): boolean {
  const target = queueByArn(context, queue.redrive!.targetArn);
  if (target === undefined) return false;
  removeMessage(queue, message);
  queue.totals.deadLettered++;
  const seq = context.emit(
    'sqs.MessageDeadLettered',
    queue.arn,
    withGauges(context, queue, { messageId: message.id, receiveCount: message.receiveCount, maxReceiveCount: queue.redrive!.maxReceiveCount, deadLetterQueueArn: target.arn, ...groupOf(message) }),
    { cause: [...cause, message.lastSeq], subjects: [message.id], travel: { from: queue.arn, to: target.arn, shape: 'message', durationUs: 0, attempt: message.receiveCount } },
  );
  // A standard queue keeps the time of the send, so retention runs on; a FIFO queue begins anew. @source aws/sqs.md §8
  addMessage(context, target, { ...contentOf(message), sentMs: target.fifo === undefined ? message.sentMs : context.epochMs, deadLetterSource: queue.arn, delaySec: 0, lastSeq: seq });
  context.emit('sqs.DeadLetterArrived', target.arn, withGauges(context, target, { messageId: message.id, sourceArn: queue.arn, receiveCount: message.receiveCount, ...groupOf(message) }), { cause: [seq], subjects: [message.id] });
  serveWaiters(context, target);
  return true;
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

/** Agenda: visibility timeouts that end now, then delays that do. */
export function onTimer(context: SqsContext, payload: { readonly queue: string }): void {
  const queue = context.state.queues.get(payload.queue);
  if (queue === undefined) return;
  queue.timerAtUs = undefined;
  queue.timerEntry = undefined;
  const due = new Map<number, Message>();
  while (queue.timed.length > 0 && queue.timed[0]!.untilUs <= context.now) {
    const timed = queue.timed.shift()!;
    if (isLive(queue, timed)) due.set(timed.number, messageAt(queue.messages, timed.number)!);
  }
  for (const state of ['hidden', 'delayed'] as const) for (const message of [...due.values()].filter((one) => one.state === state)) release(context, queue, message);
  serveWaiters(context, queue);
  armTimer(context, queue);
}

/** Each is billed. Pollers of services tell of theirs in their own way. */
export function countEmpty(context: SqsContext, queue: Queue, o: { readonly names: ReceiveNames; readonly waitSec: number }, cause: readonly number[]): void {
  queue.totals.emptyReceives++;
  if (o.names.form === 'api') context.emit('sqs.ReceivedNothing', queue.arn, { waitSec: o.waitSec }, { cause });
}

/** A long poll that nothing answered in time. */
export function onWaitOver(context: SqsContext, payload: { readonly queue: string; readonly waiter: number }): void {
  const queue = context.state.queues.get(payload.queue);
  const waiter = queue?.waiters.find((candidate): candidate is Waiter => candidate.id === payload.waiter);
  if (!queue || !waiter) return;
  queue.waiters = queue.waiters.filter((candidate) => candidate !== waiter);
  countEmpty(context, queue, waiter, waiter.cause);
  context.reply(waiter.replyTo, outcomeOf(queue, [], waiter.names, waiter.cause));
}
