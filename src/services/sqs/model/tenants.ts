/** Fair queues: what each MessageGroupId has in a standard queue, and whose backlog has to wait for others. Messages without a group are nobody's. @source aws/sqs.md §5 */
import { US_PER_SEC } from '../../../sim/units.ts';
import type { Message, Queue, SqsContext, Tenant } from './state.ts';

/** More than 10 % of the queue's messages in flight, and 30 of its own. @source aws/sqs.md §5 @simplified The share of processing time is not looked at. */
const NOISY = { share: 0.1, inFlightMin: 30 } as const;
/** Quiet again after this long without a send. @source aws/sqs.md §5 */
const QUIET_AFTER_SEC = 300;

/** Counts a change of what a message's tenant has here; `sentUs` when a message of it comes in. */
export function countTenant(queue: Queue, message: Pick<Message, 'groupId'>, by: Partial<Record<'stored' | 'inFlight' | 'delayed', 1 | -1>>, sentUs?: number): void {
  const { groupId } = message;
  if (queue.fifo !== undefined || groupId === undefined) return;
  let tenant = queue.tenants.get(groupId);
  if (tenant === undefined) queue.tenants.set(groupId, (tenant = { stored: 0, inFlight: 0, delayed: 0, lastSentUs: 0 }));
  tenant.stored += by.stored ?? 0;
  tenant.inFlight += by.inFlight ?? 0;
  tenant.delayed += by.delayed ?? 0;
  tenant.lastSentUs = sentUs ?? tenant.lastSentUs;
  if (backlogOf(tenant) === 0) queue.noisy.delete(groupId);
  if (tenant.stored === 0) queue.tenants.delete(groupId);
}

const backlogOf = ({ stored, inFlight }: Tenant): number => stored - inFlight;

/** Judges a tenant of which a message waits: once noisy, it stays so until its backlog is gone or it has sent nothing for five minutes. */
export function judgeTenant(context: SqsContext, queue: Queue, groupId: string | undefined): boolean {
  const tenant = groupId === undefined ? undefined : queue.tenants.get(groupId);
  if (groupId === undefined || tenant === undefined) return false;
  if (context.now - tenant.lastSentUs >= QUIET_AFTER_SEC * US_PER_SEC) queue.noisy.delete(groupId);
  else if (tenant.inFlight >= NOISY.inFlightMin && tenant.inFlight > queue.hiddenCount * NOISY.share) queue.noisy.add(groupId);
  return queue.noisy.has(groupId);
}
