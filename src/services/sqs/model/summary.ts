/** What a queue's card and inspector show now. */
import { blockedGroups } from './fifo.ts';
import { messagesOf } from './message-store.ts';
import { depthOf, oldestMsOf, queueByArn } from './state.ts';
import type { Message, MoveTask, Queue, SqsContext } from './state.ts';

export interface QueueMessageSummary {
  readonly id: string;
  readonly state: 'visible' | 'hidden' | 'delayed';
  readonly receiveCount: number;
  readonly sentMs: number;
  /** ms since the send. */
  readonly ageMs: number;
  /** µs since t = 0 when it becomes visible; 0 when it is. */
  readonly untilUs: number;
  readonly receivedUs: number;
  /** The first characters of it. */
  readonly body: string;
  /** Characters of the whole body. */
  readonly bodyChars: number;
  readonly senderId: string;
  /** Message attributes as text, by name. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Seq of the newest trace event of it, for 'why?'. */
  readonly lastSeq: number;
  readonly deadLetterSource?: string;
  readonly groupId?: string;
  /** FIFO queues. */
  readonly deduplicationId?: string;
  readonly sequenceNumber?: string;
  /** FIFO queues: visible, but behind a message of its group that is in flight or delayed. */
  readonly blocked?: true;
}

export interface QueueSummary {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** ms of the oldest message that has not been received three times; 0 without one. */
  readonly oldestMs: number;
  /** First messages in order: visible, hidden, delayed. */
  readonly messages: readonly QueueMessageSummary[];
  /** Null for a standard queue. `blocked`: groups in whose front a message is in flight. */
  readonly fifo: { readonly groups: number; readonly blocked: number; readonly contentBasedDeduplication: boolean } | null;
  /** Standard queues with groups: tenants that have so much in flight that others come first. */
  readonly noisyGroups: readonly string[];
  readonly visibilityTimeoutSec: number;
  readonly retentionSec: number;
  readonly maxReceiveCount: number | null;
  readonly deadLetterQueueArn: string | null;
  /** Queues whose dead letters come here. */
  readonly deadLetterSources: readonly string[];
  /** The newest redrive from here. */
  readonly moveTask: { readonly status: MoveTask['status']; readonly moved: number; readonly toMove: number } | null;
  readonly totals: { readonly sent: number; readonly received: number; readonly deleted: number; readonly deadLettered: number; readonly emptyReceives: number };
}

const MESSAGES_MAX = 50;
const BODY_CHARS_MAX = 4_000;

function moveTaskOf(queue: Queue): QueueSummary['moveTask'] {
  const [task] = queue.moveTasks;
  return task === undefined ? null : { status: task.status, moved: task.moved, toMove: task.toMove };
}

function messageSummary(context: SqsContext, message: Message, blocked: boolean): QueueMessageSummary {
  return {
    id: message.id,
    state: message.state,
    receiveCount: message.receiveCount,
    sentMs: message.sentMs,
    ageMs: context.epochMs - message.sentMs,
    untilUs: message.state === 'visible' ? 0 : message.untilUs,
    receivedUs: message.receivedUs,
    body: message.body.slice(0, BODY_CHARS_MAX),
    bodyChars: message.body.length,
    senderId: message.senderId,
    attributes: Object.fromEntries(Object.entries(message.attributes ?? {}).map(([name, value]) => [name, value.StringValue ?? `${value.DataType} value`])),
    lastSeq: message.lastSeq,
    ...(message.deadLetterSource === undefined ? {} : { deadLetterSource: message.deadLetterSource }),
    ...(message.groupId === undefined ? {} : { groupId: message.groupId }),
    ...(message.deduplicationId === undefined ? {} : { deduplicationId: message.deduplicationId }),
    ...(message.sequenceNumber === undefined ? {} : { sequenceNumber: message.sequenceNumber }),
    ...(blocked ? { blocked } : {}),
  };
}

export function summarizeQueue(context: SqsContext, arn: string): QueueSummary | undefined {
  const queue = queueByArn(context, arn);
  if (queue === undefined) return undefined;
  const messages: QueueMessageSummary[] = [];
  const heldBack = new Set<string>();
  for (const message of messagesOf(queue.messages)) {
    const blocked = queue.fifo !== undefined && message.state === 'visible' && heldBack.has(message.groupId ?? '');
    if (message.state !== 'visible') heldBack.add(message.groupId ?? '');
    if (messages.push(messageSummary(context, message, blocked)) === MESSAGES_MAX) break;
  }
  return {
    ...depthOf(queue),
    oldestMs: oldestMsOf(context, queue),
    messages,
    fifo: queue.fifo === undefined ? null : { groups: queue.fifo.groups.size, blocked: blockedGroups(queue), contentBasedDeduplication: queue.fifo.contentBasedDeduplication },
    noisyGroups: [...queue.noisy],
    visibilityTimeoutSec: queue.visibilityTimeoutSec,
    retentionSec: queue.retentionSec,
    maxReceiveCount: queue.redrive?.maxReceiveCount ?? null,
    deadLetterQueueArn: queue.redrive?.targetArn ?? null,
    deadLetterSources: [...context.state.queues.values()].filter((source) => source.redrive?.targetArn === arn).map((source) => source.arn),
    moveTask: moveTaskOf(queue),
    totals: { ...queue.totals },
  };
}
