/** SendMessage and its batch: checks, digests, delay. */
import { z } from 'zod';
import { utf8ByteLength } from '../../../base/utf8.ts';
import { AwsError } from '../../../sim/errors.ts';
import { userIdOf } from '../../../sim/principal.ts';
import type { Principal } from '../../../sim/principal.ts';
import { operation } from '../../../sim/service.ts';
import type { OperationTable } from '../../../sim/service.ts';
import type { TraceData } from '../../../sim/trace.ts';
import { billed, newBill } from './bill.ts';
import type { CallBill } from './bill.ts';
import { attributesMd5, bodyMd5 } from './digests.ts';
import { batchError, invalidParameter, invalidValue, missingParameter, notForThisQueueType } from './errors.ts';
import { accept, acceptedBefore, countCall, deduplicationIdOf, nextSequenceNumber } from './fifo.ts';
import { serveWaiters } from './handing-out.ts';
import { checkedInput, isText, isWhole } from './inputs.ts';
import { SQS } from './limits.ts';
import { attributeBytes, checkAttributes, checkSystemAttributes } from './message-attributes.ts';
import { addMessage } from './messages.ts';
import { arnOfUrl, queueByUrl, withGauges } from './state.ts';
import type { FifoState, MessageAttribute, Queue, SqsContext, SqsState, SqsTuning } from './state.ts';

const attributeShape = z.object({ DataType: z.string(), StringValue: z.string().optional(), BinaryValue: z.unknown().optional() });

export interface SendInput {
  readonly MessageBody: string;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: Readonly<Record<string, MessageAttribute>> | undefined;
  readonly MessageSystemAttributes?: Readonly<Record<string, MessageAttribute>> | undefined;
  readonly MessageGroupId?: string | undefined;
  readonly MessageDeduplicationId?: string | undefined;
}

/** Characters that SQS takes: #x9 #xA #xD #x20–#xD7FF #xE000–#xFFFD and beyond the basic plane. @source aws/sqs.md §7 */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

let lastBody = { text: '', bytes: 0, forbidden: false };
/** The last body is remembered, since load tests send one body many times. */
function lookedAt(text: string): typeof lastBody {
  if (text !== lastBody.text) lastBody = { text, bytes: utf8ByteLength(text), forbidden: FORBIDDEN.test(text) };
  return lastBody;
}

/** Bytes that count against the limits: body and user attributes. */
function checkMessage(queue: Queue, input: SendInput): number {
  if (input.MessageBody === undefined || input.MessageBody === '') throw missingParameter('MessageBody');
  const body = lookedAt(input.MessageBody);
  if (body.forbidden) {
    throw new AwsError('InvalidMessageContents', "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF", { queryCode: 'InvalidMessageContents' });
  }
  if (input.DelaySeconds !== undefined && (input.DelaySeconds < 0 || input.DelaySeconds > SQS.delaySec.max)) {
    throw invalidValue(input.DelaySeconds, 'DelaySeconds', 'DelaySeconds must be >= 0 and <= 900.');
  }
  if (input.MessageAttributes !== undefined) checkAttributes(input.MessageAttributes);
  const bytes = body.bytes + attributeBytes(input.MessageAttributes);
  if (bytes > queue.maximumMessageBytes) throw invalidParameter(`One or more parameters are invalid. Reason: Message must be shorter than ${queue.maximumMessageBytes} bytes.`);
  if (input.MessageGroupId !== undefined && !/^[\x21-\x7e]{1,128}$/.test(input.MessageGroupId)) {
    throw invalidValue(input.MessageGroupId, 'MessageGroupId', 'MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.');
  }
  if (queue.fifo !== undefined) checkFifo(queue.fifo, input);
  else if (input.MessageDeduplicationId !== undefined) throw notForThisQueueType(input.MessageDeduplicationId, 'MessageDeduplicationId');
  if (input.MessageSystemAttributes !== undefined) checkSystemAttributes(input.MessageSystemAttributes);
  return bytes;
}

/** @source aws/sqs.md §6 (recorded texts) */
function checkFifo(fifo: FifoState, input: SendInput): void {
  if (input.MessageGroupId === undefined) throw missingParameter('MessageGroupId');
  if (input.MessageDeduplicationId !== undefined && !/^[\x21-\x7e]{1,128}$/.test(input.MessageDeduplicationId)) {
    throw invalidValue(input.MessageDeduplicationId, 'MessageDeduplicationId', 'MessageDeduplicationId can only include alphanumeric and punctuation characters. 1 to 128 in length.');
  }
  if (deduplicationIdOf(fifo, input.MessageBody, input.MessageDeduplicationId) === undefined) {
    throw invalidParameter('The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly');
  }
  if (input.DelaySeconds !== undefined && input.DelaySeconds !== 0) throw notForThisQueueType(input.DelaySeconds, 'DelaySeconds');
}

export interface SendOutput {
  readonly MessageId: string;
  readonly MD5OfMessageBody: string;
  readonly MD5OfMessageAttributes?: string;
  readonly MD5OfMessageSystemAttributes?: string;
  readonly SequenceNumber?: string;
}

/** Sends one message. A repeated send of the last five minutes to a FIFO queue succeeds, with the first one's ids, and puts nothing into it. */
export function send(context: SqsContext, queue: Queue, input: SendInput, principal: Principal, { subjects = [], bill = newBill() }: { readonly subjects?: readonly string[]; readonly bill?: CallBill } = {}): SendOutput {
  const bytes = checkMessage(queue, input);
  const { fifo } = queue;
  const deduplicationId = fifo && deduplicationIdOf(fifo, input.MessageBody, input.MessageDeduplicationId);
  if (fifo !== undefined && deduplicationId !== undefined) {
    const first = acceptedBefore(context, fifo, input.MessageGroupId ?? '', deduplicationId);
    if (first !== undefined) {
      context.emit('sqs.DuplicateDropped', queue.arn, { messageId: first.messageId, deduplicationId, groupId: input.MessageGroupId ?? '', ...billed(bill) }, { cause: [...context.cause, first.seq], subjects: [first.messageId, ...subjects] });
      return { MessageId: first.messageId, ...digestsOf(input), SequenceNumber: first.sequenceNumber };
    }
  }
  const id = context.uuid(queue.messageIds);
  const digests = digestsOf(input);
  const sequenceNumber = fifo && nextSequenceNumber(fifo);
  // DelaySeconds 0 of a send does not override the delay of a FIFO queue. @source aws/pitfalls.md 12
  const delaySec = fifo === undefined ? (input.DelaySeconds ?? queue.delaySec) : queue.delaySec;
  queue.totals.sent++;
  const data: Record<string, TraceData> = { messageId: id, bytes, delaySec, ...billed(bill, bytes) };
  if (input.MessageGroupId !== undefined) data['groupId'] = input.MessageGroupId;
  if (deduplicationId !== undefined && sequenceNumber !== undefined) {
    data['deduplicationId'] = deduplicationId;
    data['sequenceNumber'] = sequenceNumber;
  }
  withGauges(context, queue, data, delaySec > 0 ? 'delayed' : 'visible');
  const seq = context.emit('sqs.MessageSent', queue.arn, data, { subjects: subjects.length === 0 ? [id] : [id, ...subjects] });
  if (fifo !== undefined && deduplicationId !== undefined && sequenceNumber !== undefined) accept(fifo, input.MessageGroupId ?? '', deduplicationId, { atUs: context.now, messageId: id, sequenceNumber, seq });
  addMessage(context, queue, {
    id,
    body: input.MessageBody,
    bytes,
    md5: digests.MD5OfMessageBody,
    attributes: input.MessageAttributes,
    attributesMd5: digests.MD5OfMessageAttributes,
    traceHeader: input.MessageSystemAttributes?.['AWSTraceHeader']?.StringValue,
    groupId: input.MessageGroupId,
    deduplicationId,
    sequenceNumber,
    senderId: userIdOf(principal, context.account),
    sentMs: context.epochMs,
    delaySec,
    lastSeq: seq,
  });
  serveWaiters(context, queue);
  return sequenceNumber === undefined ? { MessageId: id, ...digests } : { MessageId: id, ...digests, SequenceNumber: sequenceNumber };
}

/** The three digests of an answer; system attributes have their own. */
function digestsOf(input: SendInput): { readonly MD5OfMessageBody: string; readonly MD5OfMessageAttributes?: string; readonly MD5OfMessageSystemAttributes?: string } {
  if (input.MessageAttributes === undefined && input.MessageSystemAttributes === undefined) return { MD5OfMessageBody: bodyMd5(input.MessageBody) };
  const user = attributesMd5(input.MessageAttributes);
  const system = attributesMd5(input.MessageSystemAttributes);
  return { MD5OfMessageBody: bodyMd5(input.MessageBody), ...(user === undefined ? {} : { MD5OfMessageAttributes: user }), ...(system === undefined ? {} : { MD5OfMessageSystemAttributes: system }) };
}

export interface BatchFailure {
  readonly Id: string;
  readonly SenderFault: boolean;
  readonly Code: string;
  readonly Message: string;
}

/** Checks the ids of a batch and runs each entry by itself; its failures are per entry. */
export function runBatch<Entry extends { readonly Id: string }, Result extends object>(operation: string, entries: readonly Entry[], run: (entry: Entry) => Result): { Successful?: (Result & { Id: string })[]; Failed?: BatchFailure[] } {
  if (entries.length === 0) throw batchError('EmptyBatchRequest', `There should be at least one ${operation}BatchRequestEntry in the request.`);
  if (entries.length > SQS.batchEntriesMax) throw batchError('TooManyEntriesInBatchRequest', `Maximum number of entries per request are 10. You have sent ${entries.length}.`);
  for (const entry of entries) {
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(entry.Id)) throw batchError('InvalidBatchEntryId', 'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.');
  }
  const ids = new Set<string>();
  for (const { Id } of entries) {
    if (ids.has(Id)) throw batchError('BatchEntryIdsNotDistinct', `Id ${Id} repeated.`);
    ids.add(Id);
  }
  const successful: (Result & { Id: string })[] = [];
  const failed: BatchFailure[] = [];
  for (const entry of entries) {
    try {
      successful.push({ Id: entry.Id, ...run(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed.push({ Id: entry.Id, SenderFault: error.fault === 'client', Code: error.queryCode ?? error.name, Message: error.message });
    }
  }
  return { ...(successful.length > 0 ? { Successful: successful } : {}), ...(failed.length > 0 ? { Failed: failed } : {}) };
}

const message = {
  MessageBody: z.string().optional().transform((body) => body ?? ''),
  DelaySeconds: z.int().optional(),
  MessageAttributes: z.record(z.string(), attributeShape).optional(),
  MessageSystemAttributes: z.record(z.string(), attributeShape).optional(),
  MessageGroupId: z.string().optional(),
  MessageDeduplicationId: z.string().optional(),
};
const sendInput = z.object({ QueueUrl: z.string(), ...message });

/** Most sends are texts and a number: those are not read member by member. */
function readSend(input: z.infer<typeof sendInput>): z.infer<typeof sendInput> {
  const plain = typeof input.QueueUrl === 'string' && isText(input.MessageBody) && isText(input.MessageGroupId) && isText(input.MessageDeduplicationId) && isWhole(input.DelaySeconds);
  return plain && input.MessageAttributes === undefined && input.MessageSystemAttributes === undefined ? input : checkedInput(sendInput, input);
}
const SOURCE = 'aws/sqs.md §7 (AWS SQS API model 2026-08, recorded answers 2024–2025)';

export const sendOperations: OperationTable<SqsState, SqsTuning> = {
  SendMessage: operation({
    input: sendInput,
    checksItself: true,
    action: 'sqs:SendMessage',
    resource: (context: SqsContext, input) => arnOfUrl(context, input.QueueUrl),
    writes: true,
    errors: ['QueueDoesNotExist', 'InvalidMessageContents', 'InvalidParameterValue', 'MissingParameter', 'RequestThrottled'],
    source: SOURCE,
    handle: (context: SqsContext, given, call) => {
      const input = readSend(given);
      const queue = queueByUrl(context, input.QueueUrl);
      countCall(context, queue, 'send', [input.MessageGroupId]);
      return send(context, queue, input, call.principal);
    },
  }),
  SendMessageBatch: operation({
    input: z.object({ QueueUrl: z.string(), Entries: z.array(z.object({ Id: z.string(), ...message })) }),
    action: 'sqs:SendMessage',
    resource: (context: SqsContext, input) => arnOfUrl(context, input.QueueUrl),
    writes: true,
    errors: ['QueueDoesNotExist', 'TooManyEntriesInBatchRequest', 'EmptyBatchRequest', 'BatchEntryIdsNotDistinct', 'BatchRequestTooLong', 'InvalidBatchEntryId', 'RequestThrottled'],
    source: SOURCE,
    handle: (context: SqsContext, input, call) => {
      const queue = queueByUrl(context, input.QueueUrl);
      // A batch with an entry that names no group, or that cannot be told from others, fails as a whole. @source aws/sqs.md §6 (recorded)
      if (queue.fifo !== undefined) {
        for (const entry of input.Entries) {
          if (entry.MessageGroupId === undefined) throw invalidParameter(missingParameter('MessageGroupId').message);
          if (entry.MessageBody !== '') checkFifo(queue.fifo, { ...entry, DelaySeconds: undefined });
        }
      }
      const bytes = input.Entries.reduce((sum, entry) => sum + utf8ByteLength(entry.MessageBody) + attributeBytes(entry.MessageAttributes), 0);
      if (bytes > SQS.batchBytesMax) throw batchError('BatchRequestTooLong', `Batch requests cannot be longer than ${SQS.batchBytesMax} bytes. You have sent ${bytes} bytes.`);
      countCall(context, queue, 'send', input.Entries.map(({ MessageGroupId }) => MessageGroupId));
      const bill = newBill();
      return runBatch('SendMessage', input.Entries, (entry) => send(context, queue, entry, call.principal, { bill }));
    },
  }),
};
