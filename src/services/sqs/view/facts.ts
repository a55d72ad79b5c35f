/** What a queue's card and tabs say, worked out from its summary. Pure. */
import type { QueueMessageSummary, QueueSummary } from '../model/summary.ts';
import type { StackItem } from '../../../ui/scene/stack-row.tsx';
import { countText, timeText } from '../../../ui/quantity-text.ts';
import type { LifeMoment } from '../../view-contract.ts';

export function isDeadLetterQueue(queue: QueueSummary | undefined): boolean {
  return queue !== undefined && queue.deadLetterSources.length > 0;
}

export function depthOf(queue: QueueSummary): number {
  return queue.visible + queue.inFlight + queue.delayed;
}

/** The first eight characters of an id: enough to tell messages apart. */
export function shortId(id: string): string {
  return id.slice(0, 8);
}

const ORDER = { visible: 0, hidden: 1, delayed: 2 } as const;

/** Visible first, then those in flight by when they come back, then the delayed ones. */
export function inStackOrder(messages: readonly QueueMessageSummary[]): readonly QueueMessageSummary[] {
  return [...messages].sort((a, b) => ORDER[a.state] - ORDER[b.state] || a.untilUs - b.untilUs);
}

/** 0 to 1 of the hiding that is left at `nowUs`. */
export function hidingLeft(message: QueueMessageSummary, nowUs: number): number {
  const whole = message.untilUs - message.receivedUs;
  return whole <= 0 ? 0 : Math.min(1, Math.max(0, (message.untilUs - nowUs) / whole));
}

export function stackItem(message: QueueMessageSummary, nowUs: number): StackItem {
  const attempt = message.receiveCount > 0 ? { attempt: message.receiveCount } : {};
  if (message.state === 'hidden') return { id: message.id, state: 'in-flight', remaining: hidingLeft(message, nowUs), ...attempt };
  // The digit is the attempt that comes next: a message that failed once is shown with a 2.
  return { id: message.id, state: message.state === 'delayed' ? 'delayed' : 'visible', ...(message.receiveCount > 0 ? { attempt: message.receiveCount + 1 } : {}) };
}

/** 'back in 11.9 s', 'visible', 'visible in 4 s'. */
export function whereText(message: QueueMessageSummary, nowUs: number): string {
  const left = timeText(Math.max(0, message.untilUs - nowUs) / 1_000);
  if (message.state === 'hidden') return `back in ${left}`;
  if (message.blocked === true) return `waits for ${message.groupId ?? 'its group'}`;
  return message.state === 'delayed' ? `visible in ${left}` : 'visible';
}

/** Why a dead letter is here, in the fewest words. */
export function reasonText(message: QueueMessageSummary): string {
  return message.deadLetterSource === undefined ? 'sent here' : `after ${countText(message.receiveCount, 'receive')}`;
}

/** The one live fact of the far form. */
export function factText(queue: QueueSummary): string {
  if (isDeadLetterQueue(queue)) return depthOf(queue) === 0 ? 'empty' : countText(depthOf(queue), 'dead letter');
  const waiting = queue.visible + queue.delayed;
  if (waiting > 0) return `${waiting} waiting`;
  return queue.inFlight > 0 ? `${queue.inFlight} in flight` : 'empty';
}

/** 'jobs, SQS queue. 2 visible, 1 in flight, 0 delayed'. */
export function describeQueue(name: string, queue: QueueSummary | undefined): string {
  const kind = queue?.fifo ? 'FIFO queue' : 'SQS queue';
  const blocked = queue?.fifo && queue.fifo.blocked > 0 ? `, ${countText(queue.fifo.blocked, 'group')} blocked` : '';
  if (queue === undefined) return `${name}, SQS queue`;
  if (isDeadLetterQueue(queue)) {
    const [oldest] = queue.messages;
    if (oldest === undefined) return `${name}, dead-letter queue. Empty`;
    return `${name}, dead-letter queue. ${countText(depthOf(queue), 'message')}, the oldest ${reasonText(oldest)}`;
  }
  if (depthOf(queue) === 0) return `${name}, ${kind}. Nothing waiting`;
  return `${name}, ${kind}. ${queue.visible} visible, ${queue.inFlight} in flight, ${queue.delayed} delayed${blocked}`;
}

/** The key of the object that a message is about, when its body is an S3 event by one of the two ways. */
export function objectKeyIn(body: string): string | undefined {
  if (!body.startsWith('{')) return undefined;
  try {
    const event = JSON.parse(body) as { detail?: { object?: { key?: unknown } }; Records?: readonly { s3?: { object?: { key?: unknown } } }[] };
    const key = event.detail?.object?.key ?? event.Records?.[0]?.s3?.object?.key;
    return typeof key === 'string' ? key : undefined;
  } catch {
    return undefined;
  }
}

/** What the newest try that failed failed with: the first failure after its receive, since the later ones follow from it. Not what the queue itself does. */
export function lastErrorOf(life: readonly LifeMoment[]): LifeMoment | undefined {
  let found: LifeMoment | undefined;
  let open = true;
  for (const moment of life) {
    if (moment.kind === 'sqs.MessageReceived') open = true;
    else if (open && moment.severity === 'failure' && !moment.kind.startsWith('sqs.')) {
      found = moment;
      open = false;
    }
  }
  return found;
}

/** A body for reading: JSON on lines of its own, anything else as it is. */
export function readableBody(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
