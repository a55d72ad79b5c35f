/** FIFO queues: groups in order, deduplication, sequence numbers, repeated receive requests, the throughput quota. @source aws/sqs.md §6, aws/observed.md D, aws/pitfalls.md 12 */
import { sha256Hex } from '../../../base/hash.ts';
import { US_PER_SEC } from '../../../sim/units.ts';
import { requestThrottled } from './errors.ts';
import { FIFO, HIGH_THROUGHPUT } from './limits.ts';
import { messageAt } from './message-store.ts';
import type { FifoState, Message, Queue, SqsContext } from './state.ts';

export function newFifo(): FifoState {
  return { contentBasedDeduplication: false, deduplicationScope: 'queue', throughputLimit: 'perQueue', groups: new Map(), accepted: new Map(), attempts: new Map(), inFlight: new Map(), sequence: 0, calls: {} };
}

/** 20 digits, growing, with gaps. @source aws/sqs.md §6 (an example is 18849496460467696128) */
export function nextSequenceNumber(fifo: FifoState): string {
  fifo.sequence += 1;
  return String(FIRST_SEQUENCE + BigInt(fifo.sequence) * SEQUENCE_STEP);
}
const FIRST_SEQUENCE = 18_849_496_460_467_696_128n;
const SEQUENCE_STEP = 256n;

/** The deduplication id of a send: the one given, or SHA-256 of the body alone. Undefined when the queue needs one and there is none. */
export function deduplicationIdOf(fifo: FifoState, body: string, given: string | undefined): string | undefined {
  return given ?? (fifo.contentBasedDeduplication ? sha256Hex(body) : undefined);
}

export interface Accepted {
  readonly atUs: number;
  readonly messageId: string;
  readonly sequenceNumber: string;
  /** Trace event of the send that was accepted. */
  readonly seq: number;
}

/** The send of the last five minutes that this one repeats. What is older is forgotten. */
export function acceptedBefore(context: SqsContext, fifo: FifoState, groupId: string, deduplicationId: string): Accepted | undefined {
  for (const [key, { atUs }] of fifo.accepted) {
    if (context.now - atUs < FIFO.deduplicationSec * US_PER_SEC) break;
    fifo.accepted.delete(key);
  }
  return fifo.accepted.get(keyOf(fifo, groupId, deduplicationId));
}
export function accept(fifo: FifoState, groupId: string, deduplicationId: string, accepted: Accepted): void {
  fifo.accepted.set(keyOf(fifo, groupId, deduplicationId), accepted);
}
/** Ids are told apart by group only with DeduplicationScope messageGroup, whatever the throughput limit. */
function keyOf(fifo: FifoState, groupId: string, deduplicationId: string): string {
  return fifo.deduplicationScope === 'queue' ? deduplicationId : `${groupId} ${deduplicationId}`;
}

/** Numbers of a group in order; the group begins at the end of the round. */
export function joinGroup(fifo: FifoState, message: Message): void {
  const numbers = fifo.groups.get(message.groupId ?? '');
  if (numbers === undefined) fifo.groups.set(message.groupId ?? '', [message.number]);
  else numbers.push(message.number);
}
export function leaveGroup(fifo: FifoState, message: Message): void {
  const numbers = fifo.groups.get(message.groupId ?? '');
  const at = numbers?.indexOf(message.number) ?? -1;
  if (numbers === undefined || at < 0) return;
  numbers.splice(at, 1);
  if (numbers.length === 0) fifo.groups.delete(message.groupId ?? '');
}

/** What can be received now of a group: its first messages, up to the first that is hidden or delayed. */
export function readable(queue: Queue, numbers: readonly number[]): Message[] {
  const messages: Message[] = [];
  for (const number of numbers) {
    const message = messageAt(queue.messages, number);
    if (message?.state !== 'visible') break;
    messages.push(message);
  }
  return messages;
}

/** Groups in whose front a message is in flight: nothing of them can be received. */
export function blockedGroups(queue: Queue): number {
  let blocked = 0;
  for (const [first] of queue.fifo?.groups.values() ?? []) if (first !== undefined && messageAt(queue.messages, first)?.state === 'hidden') blocked++;
  return blocked;
}
/** Counts a message of a group in or out of flight: their number is CloudWatch's ApproximateNumberOfGroupsWithInflightMessages. */
export function countGroup(fifo: FifoState, message: Message, by: 1 | -1): void {
  const groupId = message.groupId ?? '';
  const count = (fifo.inFlight.get(groupId) ?? 0) + by;
  if (count === 0) fifo.inFlight.delete(groupId);
  else fifo.inFlight.set(groupId, count);
}

/** A group that was received from goes to the end of the round. @source aws/observed.md SQS-073 */
export function toTheBack(fifo: FifoState, groupId: string): void {
  const numbers = fifo.groups.get(groupId);
  if (numbers === undefined) return;
  fifo.groups.delete(groupId);
  fifo.groups.set(groupId, numbers);
}

/** Remembers what a receive with a ReceiveRequestAttemptId handed out. */
export function rememberAttempt(context: SqsContext, fifo: FifoState, attemptId: string, messages: readonly Message[]): void {
  fifo.attempts.set(attemptId, { atUs: context.now, handed: messages.map(({ number, receiveCount }) => ({ number, receiveCount })) });
}
/** The same messages again, while all of them are as that receive left them: five minutes at most. */
export function repeatedAttempt(context: SqsContext, queue: Queue, attemptId: string): Message[] | undefined {
  const attempt = queue.fifo?.attempts.get(attemptId);
  if (attempt === undefined) return undefined;
  const messages: Message[] = [];
  for (const { number, receiveCount } of attempt.handed) {
    const message = messageAt(queue.messages, number);
    if (message?.state === 'hidden' && message.receiveCount === receiveCount) messages.push(message);
  }
  if (context.now - attempt.atUs < FIFO.attemptSec * US_PER_SEC && messages.length === attempt.handed.length) return messages;
  queue.fifo?.attempts.delete(attemptId);
  return undefined;
}
/** An attempt is void once one of its messages was deleted or changed. */
export function voidAttempts(fifo: FifoState, message: Message): void {
  for (const [id, { handed }] of fifo.attempts) if (handed.some(({ number }) => number === message.number)) fifo.attempts.delete(id);
}

/**
 * Counts a call against the quota of this second; a batch is one call. In high-throughput mode also against that of each group it is about.
 * @throws RequestThrottled
 * @source aws/sqs.md §6
 */
export function countCall(context: SqsContext, queue: Queue, action: 'send' | 'receive' | 'delete', groupIds: readonly (string | undefined)[] = []): void {
  const { fifo } = queue;
  if (fifo === undefined) return;
  const high = fifo.throughputLimit === 'perMessageGroupId';
  const groups = high ? [...new Set(groupIds)].filter((groupId) => groupId !== undefined) : [];
  const second = Math.floor(context.now / US_PER_SEC);
  if (fifo.calls['second'] !== second) fifo.calls = { second };
  const { calls } = fifo;
  for (const name of [action, ...groups.map((groupId) => `${action} ${groupId}`)]) {
    const count = (calls[name] ?? 0) + 1;
    if (count > (high && name === action ? highThroughputOf(context.region) : FIFO.callsPerSec)) throw requestThrottled();
    calls[name] = count;
  }
}

function highThroughputOf(region: string): number {
  const { widest, wide } = HIGH_THROUGHPUT;
  return widest.regions.includes(region) ? widest.callsPerSec : wide.callsPerSec;
}
