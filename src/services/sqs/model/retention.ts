/** Retention: a message that nobody deletes is gone when its time is over, whether somebody polls or not. @source aws/sqs.md §1, §2 */
import { US_PER_MS } from '../../../sim/units.ts';
import { serveWaiters } from './handing-out.ts';
import { messagesOf } from './message-store.ts';
import { expire, isExpired } from './messages.ts';
import type { Message, Queue, SqsContext } from './state.ts';

/** Sees to it that the queue wakes when this message is over its retention, unless it wakes earlier anyway. */
export function armExpiry(context: SqsContext, queue: Queue, message: Pick<Message, 'sentMs'>): void {
  const atMs = message.sentMs + queue.retentionSec * 1_000;
  if (queue.expiryAtMs !== undefined && queue.expiryAtMs <= atMs) return;
  if (queue.expiryEntry !== undefined) context.cancel(queue.expiryEntry);
  queue.expiryAtMs = atMs;
  queue.expiryEntry = context.schedule(Math.max(0, atMs * US_PER_MS - context.epochUs), 'expire', { queue: queue.name }, { background: true, cancellable: true, cause: [] });
}

/** Drops what is over its retention now, and arms the queue for the oldest of the rest. */
export function expireDue(context: SqsContext, queue: Queue): void {
  if (queue.expiryEntry !== undefined) context.cancel(queue.expiryEntry);
  queue.expiryAtMs = undefined;
  queue.expiryEntry = undefined;
  let oldest: Message | undefined;
  for (const message of messagesOf(queue.messages)) {
    if (isExpired(context, queue, message)) expire(context, queue, message);
    else if (oldest === undefined || message.sentMs < oldest.sentMs) oldest = message;
  }
  if (oldest !== undefined) armExpiry(context, queue, oldest);
}

/** Agenda: the oldest message may be over its retention. */
export function onExpire(context: SqsContext, payload: { readonly queue: string }): void {
  const queue = context.state.queues.get(payload.queue);
  if (queue === undefined) return;
  expireDue(context, queue);
  // In a FIFO queue the message that is gone may have held its group back.
  if (queue.fifo !== undefined) serveWaiters(context, queue);
}
