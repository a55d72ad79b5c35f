/** How messages are shown to who receives them: receipt handles, system attributes, the chosen message attributes. */
import type { Outcome, PolledMessage } from '../../../sim/ports/ports.ts';
import { attributesMd5 } from './digests.ts';
import { messageAt } from './message-store.ts';
import type { Message, Queue, ReceiveNames } from './state.ts';

export function receiptHandle(queue: Queue, message: Message): string {
  return (message.handle ??= `AQEB${message.number.toString(36)}.${message.receiveCount.toString(36)}.${message.id}.${queue.name}`);
}

/** The message whose newest handle this is, found without taking the handle apart. */
function newestOf(queue: Queue, handle: string): Message | undefined {
  const dot = handle.indexOf('.');
  const message = dot < 5 ? undefined : messageAt(queue.messages, numberIn(handle, dot));
  return message !== undefined && receiptHandle(queue, message) === handle ? message : undefined;
}

/** The number that stands before the first dot, read where it stands. Nonsense finds no message, or one whose handle is another. */
function numberIn(handle: string, dot: number): number {
  let number = 0;
  for (let i = 4; i < dot; i++) {
    const code = handle.charCodeAt(i);
    number = number * 36 + (code <= 57 ? code - 48 : code - 87);
  }
  return number;
}

/** The message of a handle and whether it is of the newest receive. Undefined when the handle is of another queue or no handle. */
export function readHandle(queue: Queue, handle: string): { readonly message: Message | undefined; readonly newest: boolean } | undefined {
  const quick = newestOf(queue, handle);
  if (quick !== undefined) return { message: quick, newest: true };
  const match = /^AQEB([0-9a-z]+)\.([0-9a-z]+)\.([0-9a-f-]{36})\.(.+)$/.exec(handle);
  if (match === null || match[4] !== queue.name) return undefined;
  const message = messageAt(queue.messages, Number.parseInt(match[1]!, 36));
  return { message: message?.id === match[3] ? message : undefined, newest: message?.receiveCount === Number.parseInt(match[2]!, 36) };
}

/** What a receive answers: AWS's shape, or PolledMessage values for a poller of a service. Without messages, AWS leaves the member out. */
export function outcomeOf(queue: Queue, messages: readonly Message[], names: ReceiveNames, cause: readonly number[]): Outcome {
  const causes = messages.length > 0 ? messages.map((message) => message.lastSeq) : cause;
  if (names.form === 'port') return { kind: 'ok', output: { messages: messages.map((message) => polledOf(queue, message)) }, cause: causes };
  if (messages.length === 0) return { kind: 'ok', output: {}, cause };
  return { kind: 'ok', output: { Messages: messages.map((message) => apiMessage(queue, message, names)) }, cause: causes };
}

function polledOf(queue: Queue, message: Message): PolledMessage {
  return {
    messageId: message.id,
    receiptHandle: receiptHandle(queue, message),
    body: message.body,
    attributes: systemAttributes(message, ['All']),
    messageAttributes: message.attributes ?? {},
    md5OfBody: message.md5,
    ...(message.attributesMd5 === undefined ? {} : { md5OfMessageAttributes: message.attributesMd5 }),
    cause: message.lastSeq,
  };
}

/** MD5OfMessageAttributes covers only the attributes that are returned. */
function apiMessage(queue: Queue, message: Message, names: ReceiveNames): Record<string, unknown> {
  // What most receives ask for: neither system attributes nor attributes of the message.
  if (names.system.length === 0 && (message.attributes === undefined || names.user.length === 0)) {
    return { MessageId: message.id, ReceiptHandle: receiptHandle(queue, message), MD5OfBody: message.md5, Body: message.body };
  }
  const attributes = systemAttributes(message, names.system);
  const chosen = Object.fromEntries(Object.entries(message.attributes ?? {}).filter(([name]) => names.user.some((wanted) => isWanted(wanted, name))));
  const all = Object.keys(chosen).length === Object.keys(message.attributes ?? {}).length;
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle(queue, message),
    MD5OfBody: message.md5,
    Body: message.body,
    ...(Object.keys(attributes).length === 0 ? {} : { Attributes: attributes }),
    ...(Object.keys(chosen).length === 0 ? {} : { MD5OfMessageAttributes: all ? message.attributesMd5 : attributesMd5(chosen), MessageAttributes: chosen }),
  };
}

/** `All`, `*`, `.*`, a name, or `prefix.*`: what stands before `.*` begins the name, and the dot is no part of it. @source aws/sqs.md §3; LocalStack's suite recorded on AWS (2023-07) that `Hel.*` finds `Hello` and `Help.Me`, and `Help` no `Help.Me` */
function isWanted(wanted: string, name: string): boolean {
  return wanted === 'All' || wanted === '*' || wanted === '.*' || wanted === name || (wanted.endsWith('.*') && name.startsWith(wanted.slice(0, -2)));
}

function systemAttributes(message: Message, names: readonly string[]): Record<string, string> {
  const all: Record<string, string | undefined> = {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentMs),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedMs ?? 0),
    AWSTraceHeader: message.traceHeader,
    MessageGroupId: message.groupId,
    MessageDeduplicationId: message.deduplicationId,
    SequenceNumber: message.sequenceNumber,
    DeadLetterQueueSourceArn: message.deadLetterSource,
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined && (names.includes('All') || names.includes(entry[0]))));
}

