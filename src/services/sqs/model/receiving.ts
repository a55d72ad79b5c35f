/** ReceiveMessage, DeleteMessage and ChangeMessageVisibility, with their batches. */
import { z } from 'zod';
import type { Deferred, Outcome } from '../../../sim/ports/ports.ts';
import { DEFERRED } from '../../../sim/ports/ports.ts';
import type { ReplyTo } from '../../../sim/ports/ports.ts';
import { operation } from '../../../sim/service.ts';
import type { OperationTable } from '../../../sim/service.ts';
import { US_PER_SEC } from '../../../sim/units.ts';
import { billed, newBill } from './bill.ts';
import type { CallBill } from './bill.ts';
import { invalidParameter, invalidValue, notForThisQueueType, overLimit, receiptHandleExpired, receiptHandleInvalid } from './errors.ts';
import { countCall, voidAttempts } from './fifo.ts';
import { countEmpty, serveWaiters, takeVisible } from './handing-out.ts';
import { checkedInput, isText, isWhole } from './inputs.ts';
import { FIFO, SQS } from './limits.ts';
import { armTimer, release, removeMessage, setTimer } from './messages.ts';
import { outcomeOf, readHandle } from './reading.ts';
import { runBatch } from './sending.ts';
import { arnOfUrl, withGauges, queueByUrl } from './state.ts';
import type { Queue, ReceiveNames, SqsContext, SqsState, SqsTuning } from './state.ts';

/** Hands out messages now, or waits for one. Port and API share it. */
export function receiveMessages(
  context: SqsContext,
  queue: Queue,
  o: { readonly max: number; readonly waitSec: number; readonly visibilityTimeoutSec: number; readonly names: ReceiveNames; readonly replyTo: ReplyTo; readonly attemptId?: string | undefined },
): Outcome | Deferred {
  const cause = context.cause;
  // At the limit a FIFO queue answers without messages, and a long poll does so at its end, unless there is room before. @source aws/sqs.md §2, §3
  if (queue.hiddenCount >= SQS.inFlightMax && o.waitSec === 0 && queue.fifo === undefined) throw overLimit('Too many messages in flight: delete or release some before receiving more.');
  const messages = takeVisible(context, queue, { ...o, short: o.waitSec === 0 }, cause);
  if (messages.length > 0) armTimer(context, queue);
  if (messages.length > 0 || o.waitSec === 0) {
    if (messages.length === 0) countEmpty(context, queue, o, cause);
    return outcomeOf(queue, messages, o.names, cause);
  }
  const id = queue.nextWaiter++;
  const endEntry = context.schedule(o.waitSec * US_PER_SEC, 'wait-over', { queue: queue.name, waiter: id }, { background: true, cancellable: true });
  queue.waiters.push({ id, replyTo: o.replyTo, max: o.max, waitSec: o.waitSec, visibilityTimeoutSec: o.visibilityTimeoutSec, names: o.names, cause, attemptId: o.attemptId, endEntry });
  return DEFERRED;
}

/** Deletes by receipt handle. A message that is gone is no error; on a standard queue an old handle answers 200 and deletes only if the message was not received again; a FIFO queue refuses it. @source aws/sqs.md §4, §6 (recorded) */
export function deleteMessage(context: SqsContext, queue: Queue, handle: string, bill: CallBill = newBill()): void {
  const found = readHandle(queue, handle);
  if (found === undefined) throw receiptHandleInvalid(handle);
  const { message, newest } = found;
  if (message === undefined) return;
  if (queue.fifo !== undefined && (!newest || message.state !== 'hidden')) throw receiptHandleExpired(handle);
  if (!newest) return;
  removeMessage(queue, message);
  queue.totals.deleted++;
  context.emit('sqs.MessageDeleted', queue.arn, withGauges(context, queue, { messageId: message.id, receiveCount: message.receiveCount, ...billed(bill) }), { cause: [...context.cause, message.lastSeq], subjects: [message.id] });
  serveWaiters(context, queue);
  if (queue.hiddenCount + queue.delayedCount === 0) armTimer(context, queue);
}

export function changeVisibility(context: SqsContext, queue: Queue, o: { readonly handle: string; readonly timeoutSec: number; readonly bill?: CallBill }): void {
  const { handle, timeoutSec, bill = newBill() } = o;
  if (timeoutSec < 0 || timeoutSec > SQS.visibilityTimeoutSec.max) {
    throw invalidValue(timeoutSec, 'VisibilityTimeout', 'VisibilityTimeout must be an integer between 0 and 43200');
  }
  const found = readHandle(queue, handle);
  if (found === undefined) throw receiptHandleInvalid(handle);
  const { message, newest } = found;
  if (message === undefined || (queue.fifo !== undefined && (!newest || message.state !== 'hidden'))) throw invalidValue(handle, 'ReceiptHandle', 'Message does not exist or is not available for visibility timeout change.');
  if (!newest || message.state !== 'hidden') return;
  if (context.now + timeoutSec * US_PER_SEC > message.receivedUs + SQS.visibilityTimeoutSec.max * US_PER_SEC) {
    throw invalidValue(timeoutSec, 'VisibilityTimeout', 'Total VisibilityTimeout for the message is beyond the limit [43200 seconds]');
  }
  const untilUs = context.now + timeoutSec * US_PER_SEC;
  if (queue.fifo !== undefined) voidAttempts(queue.fifo, message);
  message.lastSeq = context.emit('sqs.VisibilityChanged', queue.arn, withGauges(context, queue, { messageId: message.id, hiddenUntilUs: untilUs, ...billed(bill) }), { cause: [...context.cause, message.lastSeq], subjects: [message.id] });
  if (timeoutSec > 0) setTimer(context, queue, message, untilUs);
  else {
    release(context, queue, message);
    serveWaiters(context, queue);
    armTimer(context, queue);
  }
}

/** FIFO only, 1 to 128 letters, digits and punctuation. @source aws/sqs.md §3 */
function checkAttemptId(queue: Queue, id: string | undefined): void {
  if (id === undefined) return;
  if (queue.fifo === undefined) throw notForThisQueueType(id, 'ReceiveRequestAttemptId');
  if (!/^[\x21-\x7e]+$/.test(id) || id.length > FIFO.attemptCharsMax) throw invalidValue(id, 'ReceiveRequestAttemptId', 'ReceiveRequestAttemptId can only include alphanumeric and punctuation characters. 1 to 128 in length.');
}

const byUrl = (context: SqsContext, input: { QueueUrl: string }): string => arnOfUrl(context, input.QueueUrl);
const SOURCE = 'aws/sqs.md §2–4 (AWS SQS API model 2026-08, recorded answers 2024–2025)';
const names = z.array(z.string()).optional();
const receiveInput = z.object({
  QueueUrl: z.string(),
  MaxNumberOfMessages: z.int().optional(),
  WaitTimeSeconds: z.int().optional(),
  VisibilityTimeout: z.int().optional(),
  AttributeNames: names,
  MessageSystemAttributeNames: names,
  MessageAttributeNames: names,
  ReceiveRequestAttemptId: z.string().optional(),
});

const deleteInput = z.object({ QueueUrl: z.string(), ReceiptHandle: z.string() });

/** Most receives are a text and numbers: those are not read member by member. */
function readReceive(input: z.infer<typeof receiveInput>): z.infer<typeof receiveInput> {
  const plain = typeof input.QueueUrl === 'string' && isText(input.ReceiveRequestAttemptId) && isWhole(input.MaxNumberOfMessages) && isWhole(input.WaitTimeSeconds) && isWhole(input.VisibilityTimeout);
  return plain && input.AttributeNames === undefined && input.MessageSystemAttributeNames === undefined && input.MessageAttributeNames === undefined ? input : checkedInput(receiveInput, input);
}

const NO_NAMES: readonly string[] = [];
const namesIn = (older: readonly string[] = NO_NAMES, newer: readonly string[] = NO_NAMES): readonly string[] => (older.length === 0 ? newer : [...older, ...newer]);

export const receiveOperations: OperationTable<SqsState, SqsTuning> = {
  ReceiveMessage: operation({
    input: receiveInput,
    checksItself: true,
    action: 'sqs:ReceiveMessage',
    resource: byUrl,
    writes: true,
    errors: ['QueueDoesNotExist', 'OverLimit', 'InvalidParameterValue', 'RequestThrottled'],
    source: SOURCE,
    handle: (context: SqsContext, given, call) => {
      const input = readReceive(given);
      const queue = queueByUrl(context, input.QueueUrl);
      const max = input.MaxNumberOfMessages ?? 1;
      const waitSec = input.WaitTimeSeconds ?? queue.waitTimeSec;
      const visibilityTimeoutSec = input.VisibilityTimeout ?? queue.visibilityTimeoutSec;
      if (max < 1 || max > SQS.receiveMax) throw invalidValue(max, 'MaxNumberOfMessages', 'Must be between 1 and 10, if provided.');
      if (waitSec < 0 || waitSec > SQS.waitTimeSec.max) throw invalidValue(waitSec, 'WaitTimeSeconds', 'Must be >= 0 and <= 20, if provided.');
      if (visibilityTimeoutSec < 0 || visibilityTimeoutSec > SQS.visibilityTimeoutSec.max) throw invalidValue(visibilityTimeoutSec, 'VisibilityTimeout', 'VisibilityTimeout must be an integer between 0 and 43200');
      const attemptId = input.ReceiveRequestAttemptId;
      checkAttemptId(queue, attemptId);
      countCall(context, queue, 'receive');
      const receiveNames: ReceiveNames = { form: 'api', system: namesIn(input.AttributeNames, input.MessageSystemAttributeNames), user: input.MessageAttributeNames ?? NO_NAMES };
      const outcome = receiveMessages(context, queue, { max, waitSec, visibilityTimeoutSec, names: receiveNames, replyTo: call.replyTo, attemptId });
      return outcome.kind === 'ok' ? outcome.output : (outcome as Deferred);
    },
  }),
  DeleteMessage: operation({
    input: deleteInput,
    checksItself: true,
    action: 'sqs:DeleteMessage',
    resource: byUrl,
    writes: true,
    errors: ['QueueDoesNotExist', 'ReceiptHandleIsInvalid', 'RequestThrottled'],
    source: SOURCE,
    handle: (context: SqsContext, given) => {
      const input = typeof given.QueueUrl === 'string' && typeof given.ReceiptHandle === 'string' ? given : checkedInput(deleteInput, given);
      const queue = queueByUrl(context, input.QueueUrl);
      countCall(context, queue, 'delete');
      deleteMessage(context, queue, input.ReceiptHandle);
      return {};
    },
  }),
  DeleteMessageBatch: operation({
    input: z.object({ QueueUrl: z.string(), Entries: z.array(z.object({ Id: z.string(), ReceiptHandle: z.string() })) }),
    action: 'sqs:DeleteMessage',
    resource: byUrl,
    writes: true,
    errors: ['QueueDoesNotExist', 'TooManyEntriesInBatchRequest', 'EmptyBatchRequest', 'BatchEntryIdsNotDistinct', 'InvalidBatchEntryId', 'RequestThrottled'],
    source: SOURCE,
    handle: (context: SqsContext, input) => {
      const queue = queueByUrl(context, input.QueueUrl);
      countCall(context, queue, 'delete');
      const bill = newBill();
      return runBatch('DeleteMessage', input.Entries, (entry) => {
        deleteMessage(context, queue, entry.ReceiptHandle, bill);
        return {};
      });
    },
  }),
  ChangeMessageVisibility: operation({
    input: z.object({ QueueUrl: z.string(), ReceiptHandle: z.string(), VisibilityTimeout: z.int() }),
    action: 'sqs:ChangeMessageVisibility',
    resource: byUrl,
    writes: true,
    errors: ['QueueDoesNotExist', 'ReceiptHandleIsInvalid', 'InvalidParameterValue'],
    source: SOURCE,
    handle: (context: SqsContext, input) => {
      changeVisibility(context, queueByUrl(context, input.QueueUrl), { handle: input.ReceiptHandle, timeoutSec: input.VisibilityTimeout });
      return {};
    },
  }),
  ChangeMessageVisibilityBatch: operation({
    input: z.object({ QueueUrl: z.string(), Entries: z.array(z.object({ Id: z.string(), ReceiptHandle: z.string(), VisibilityTimeout: z.int().optional() })) }),
    action: 'sqs:ChangeMessageVisibility',
    resource: byUrl,
    writes: true,
    errors: ['QueueDoesNotExist', 'TooManyEntriesInBatchRequest', 'EmptyBatchRequest', 'BatchEntryIdsNotDistinct', 'InvalidBatchEntryId'],
    source: SOURCE,
    handle: (context: SqsContext, input) => {
      const queue = queueByUrl(context, input.QueueUrl);
      const bill = newBill();
      return runBatch('ChangeMessageVisibility', input.Entries, (entry) => {
        if (entry.VisibilityTimeout === undefined) throw invalidParameter('VisibilityTimeout is required.');
        changeVisibility(context, queue, { handle: entry.ReceiptHandle, timeoutSec: entry.VisibilityTimeout, bill });
        return {};
      });
    },
  }),
};
