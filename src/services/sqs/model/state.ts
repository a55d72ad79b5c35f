/** SQS's state: queues and their messages, as plain data. */
import type { PolicyDocument } from '../../../sim/iam.ts';
import type { ReplyTo } from '../../../sim/ports/ports.ts';
import type { Context } from '../../../sim/service.ts';
import type { TraceData } from '../../../sim/trace.ts';
import { queueDoesNotExist } from './errors.ts';
import type { Accepted } from './fifo.ts';
import { messageAt } from './message-store.ts';
import type { MessageStore } from './message-store.ts';

export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: unknown;
}

export interface Message {
  /** Number in its queue, from 1: the key of everything. */
  readonly number: number;
  readonly id: string;
  readonly body: string;
  /** Of body and attributes, as the limits count them. */
  readonly bytes: number;
  readonly md5: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>> | undefined;
  readonly attributesMd5: string | undefined;
  readonly traceHeader: string | undefined;
  readonly groupId: string | undefined;
  /** FIFO queues only. */
  readonly deduplicationId: string | undefined;
  readonly sequenceNumber: string | undefined;
  readonly senderId: string;
  /** Virtual epoch ms of the send; a DLQ move on a standard queue keeps it. */
  readonly sentMs: number;
  /** Virtual epoch ms of its move to a dead-letter queue, from which its age counts there. */
  readonly deadLetteredMs: number | undefined;
  readonly deadLetterSource: string | undefined;
  receiveCount: number;
  firstReceivedMs: number | undefined;
  state: 'visible' | 'hidden' | 'delayed';
  /** Receipt handle of the newest receive, once somebody has seen it. */
  handle: string | undefined;
  /** Virtual µs when it becomes visible (hidden, delayed). */
  untilUs: number;
  /** µs of the receive that hides it. */
  receivedUs: number;
  /** Trace events it came from: what a later event of it names as cause. */
  lastSeq: number;
}

/** What a FIFO queue has beside a standard queue. */
export interface FifoState {
  contentBasedDeduplication: boolean;
  deduplicationScope: 'queue' | 'messageGroup';
  throughputLimit: 'perQueue' | 'perMessageGroupId';
  /** Group → its message numbers in order; the groups in the order in which receives look at them. */
  readonly groups: Map<string, number[]>;
  /** Sends of the last five minutes by deduplication id, oldest first. */
  readonly accepted: Map<string, Accepted>;
  /** By ReceiveRequestAttemptId. */
  readonly attempts: Map<string, { readonly atUs: number; readonly handed: readonly { readonly number: number; readonly receiveCount: number }[] }>;
  /** Messages in flight by group. */
  readonly inFlight: Map<string, number>;
  /** Messages that got a sequence number. */
  sequence: number;
  /** Calls of the second `second`, by action. */
  calls: Record<string, number>;
}

/** The messages of one MessageGroupId in a standard queue (fair queues). */
export interface Tenant {
  stored: number;
  inFlight: number;
  delayed: number;
  /** µs of its last send. */
  lastSentUs: number;
}

/** Numbers in order with a head, so that taking from the front is cheap. */
export interface NumberQueue {
  items: number[];
  head: number;
}

export interface Waiter {
  readonly id: number;
  readonly replyTo: ReplyTo;
  readonly max: number;
  readonly waitSec: number;
  readonly visibilityTimeoutSec: number;
  readonly names: ReceiveNames;
  readonly cause: readonly number[];
  /** FIFO: ReceiveRequestAttemptId. */
  readonly attemptId: string | undefined;
  /** Agenda entry of its end. */
  readonly endEntry: number;
}

export interface ReceiveNames {
  readonly system: readonly string[];
  readonly user: readonly string[];
  /** A poller of a service gets PolledMessage values; a caller of the API gets AWS's shape. */
  readonly form: 'api' | 'port';
}

export interface MoveTask {
  readonly handle: string;
  readonly id: string;
  readonly sourceArn: string;
  readonly destinationArn: string | undefined;
  readonly perSec: number;
  /** Whether the rate was asked for. */
  readonly rateGiven: boolean;
  readonly startedMs: number;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLING' | 'CANCELLED' | 'FAILED';
  moved: number;
  readonly toMove: number;
  failure: string | undefined;
}

export interface Queue {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly createdMs: number;
  /** Name of the random stream of its message ids. */
  readonly messageIds: string;
  /** Absent on a standard queue. */
  readonly fifo: FifoState | undefined;
  modifiedMs: number;
  visibilityTimeoutSec: number;
  delaySec: number;
  retentionSec: number;
  maximumMessageBytes: number;
  waitTimeSec: number;
  policy: PolicyDocument | undefined;
  policyText: string | undefined;
  redrive: { readonly targetArn: string; readonly maxReceiveCount: number } | undefined;
  redriveAllow: { readonly permission: 'allowAll' | 'denyAll' | 'byQueue'; readonly sources: readonly string[] } | undefined;
  managedSse: boolean;
  kmsKeyId: string | undefined;
  kmsReuseSec: number;
  tags: Record<string, string>;
  readonly messages: MessageStore;
  nextNumber: number;
  /** No message before this number counts for the age of the oldest: moves up only. */
  oldestNumber: number;
  visible: NumberQueue;
  /** Hidden and delayed message numbers by the time they become visible; stale ones are skipped. */
  timed: { readonly untilUs: number; readonly number: number }[];
  timerAtUs: number | undefined;
  timerEntry: number | undefined;
  /** Virtual epoch ms at which the oldest message is over its retention, as armed, and the agenda entry for it. */
  expiryAtMs: number | undefined;
  expiryEntry: number | undefined;
  hiddenCount: number;
  /** Standard queues: who has messages here, by MessageGroupId. */
  readonly tenants: Map<string, Tenant>;
  /** Those of them that have so much in flight that others come first. */
  readonly noisy: Set<string>;
  delayedCount: number;
  waiters: Waiter[];
  nextWaiter: number;
  purgedUs: number | undefined;
  moveTasks: MoveTask[];
  totals: { sent: number; received: number; deleted: number; deadLettered: number; emptyReceives: number };
}

export interface SqsState {
  /** By name. */
  readonly queues: Map<string, Queue>;
  /** Name → µs of deletion. */
  readonly deleted: Map<string, number>;
}

export interface SqsTuning {
  /** Chance that a receive of a standard queue hands out a copy that is not hidden: at-least-once delivery made visible. */
  readonly duplicateChance: number;
  /** Chance that a receive of a standard queue takes the second message before the first. */
  readonly reorderChance: number;
  /** Share of the servers that a short poll of a standard queue asks; 1 finds every message. AWS's sampling is near 0.5. */
  readonly shortPollShare: number;
}

export type SqsContext = Context<SqsState, SqsTuning>;

let lastSplit = { text: '', separator: '', part: '' };
/** What stands behind the last separator: the name of a queue in its URL. The last text is remembered, since one queue is asked for many times. */
function lastPart(text: string, separator: string): string {
  if (text !== lastSplit.text || separator !== lastSplit.separator) lastSplit = { text, separator, part: text.slice(text.lastIndexOf(separator) + 1) };
  return lastSplit.part;
}

/** The queue of a URL, whatever its host name; a bare name is taken too. @throws QueueDoesNotExist, also for a URL of another account */
export function queueByUrl(context: SqsContext, url = ''): Queue {
  const queue = context.state.queues.get(lastPart(url, '/'));
  if (queue === undefined || (url !== queue.url && url.includes('/') && !url.endsWith(`/${context.account}/${queue.name}`))) throw queueDoesNotExist();
  return queue;
}

export function queueByArn(context: SqsContext, arn: string): Queue | undefined {
  const queue = context.state.queues.get(lastPart(arn, ':'));
  return queue?.arn === arn ? queue : undefined;
}

export function arnOfUrl(context: SqsContext, url: string | undefined): string {
  return `arn:aws:sqs:${context.region}:${context.account}:${lastPart(url ?? '', '/')}`;
}

/**
 * Age in ms of the oldest message, 0 without one. Those received three times without a delete are left out; in a dead-letter queue age counts from the move.
 * @source aws/sqs.md §4, §12
 */
export function oldestMsOf(context: SqsContext, queue: Queue): number {
  for (; queue.oldestNumber < queue.nextNumber; queue.oldestNumber++) {
    const message = messageAt(queue.messages, queue.oldestNumber);
    if (message === undefined) continue;
    if (message.deadLetteredMs !== undefined) return context.epochMs - message.deadLetteredMs;
    if (message.receiveCount < 3) return context.epochMs - message.sentMs;
  }
  return 0;
}

/**
 * Adds what most events of a queue carry: its depth and the age of its oldest message after the event; groups in flight of a FIFO queue; what quiet
 * tenants have in a standard queue with groups. Into the given record: this is done for every message.
 * @param arriving the state of a message that is about to come in
 */
export function withGauges(context: SqsContext, queue: Queue, data: Record<string, TraceData>, arriving?: 'visible' | 'delayed'): Record<string, TraceData> {
  data['visible'] = queue.messages.size - queue.hiddenCount - queue.delayedCount + (arriving === 'visible' ? 1 : 0);
  data['inFlight'] = queue.hiddenCount;
  data['delayed'] = queue.delayedCount + (arriving === 'delayed' ? 1 : 0);
  data['oldestMs'] = oldestMsOf(context, queue);
  if (queue.fifo !== undefined) data['groupsInFlight'] = queue.fifo.inFlight.size;
  else if (queue.tenants.size > 0) Object.assign(data, quietGauges(queue));
  return data;
}

/** Noisy tenants, and what the queue holds beside theirs. */
function quietGauges(queue: Queue): Record<string, number> {
  const quiet = depthOf(queue);
  for (const groupId of queue.noisy) {
    const { stored = 0, inFlight = 0, delayed = 0 } = queue.tenants.get(groupId) ?? {};
    quiet.visible -= stored - inFlight - delayed;
    quiet.inFlight -= inFlight;
    quiet.delayed -= delayed;
  }
  return { noisyGroups: queue.noisy.size, quietVisible: quiet.visible, quietInFlight: quiet.inFlight, quietDelayed: quiet.delayed };
}

/** Its depth. */
export function depthOf(queue: Queue): { visible: number; inFlight: number; delayed: number } {
  return { visible: queue.messages.size - queue.hiddenCount - queue.delayedCount, inFlight: queue.hiddenCount, delayed: queue.delayedCount };
}
