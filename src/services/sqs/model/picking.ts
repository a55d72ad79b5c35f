/** Which message of a standard queue comes next: roughly the oldest; quiet tenants first; a short poll may miss some. @source aws/sqs.md §3–5 */
import { SERVERS } from './limits.ts';
import { messageAt } from './message-store.ts';
import { judgeTenant } from './tenants.ts';
import type { Message, Queue, SqsContext } from './state.ts';

/** Entries that one receive looks at in search of a quiet tenant. */
const LOOK_MAX = 1_000;
/** Offers visible messages in order to `take` until `max` were taken; `take` answers false for one that is gone instead. */
export function pickStandard(context: SqsContext, queue: Queue, max: number, short: boolean, take: (message: Message) => boolean): Message[] {
  const taken: Message[] = [];
  const { visible } = queue;
  const asked = short && context.tuning.shortPollShare < 1 ? serversAsked(context, queue) : undefined;
  const fair = queue.tenants.size > 0;
  const left: Message[] = [];
  const noisy: Message[] = [];
  while (taken.length < max && visible.head < visible.items.length && noisy.length < LOOK_MAX) {
    reorder(context, queue);
    const message = messageAt(queue.messages, visible.items[visible.head++]!);
    if (message === undefined || message.state !== 'visible') continue;
    if (asked !== undefined && !asked.includes(serverOf(message))) left.push(message);
    else if (fair && judgeTenant(context, queue, message.groupId)) {
      left.push(message);
      noisy.push(message);
    } else if (take(message)) taken.push(message);
  }
  const done = takeNoisy(queue, noisy, { taken, max, take });
  putBack(queue, left.filter((message) => !done.has(message)));
  compact(queue);
  return taken;
}

/** Among noisy tenants, the one with the fewest messages in flight comes first. Answers with those that are taken or gone. */
function takeNoisy(queue: Queue, noisy: Message[], o: { readonly taken: Message[]; readonly max: number; readonly take: (message: Message) => boolean }): ReadonlySet<Message> {
  const done = new Set<Message>();
  const inFlight = (message: Message): number => queue.tenants.get(message.groupId ?? '')?.inFlight ?? 0;
  while (noisy.length > 0 && o.taken.length < o.max) {
    let at = 0;
    for (let i = 1; i < noisy.length; i++) if (inFlight(noisy[i]!) < inFlight(noisy[at]!)) at = i;
    const [message] = noisy.splice(at, 1);
    if (message === undefined) break;
    done.add(message);
    if (o.take(message)) o.taken.push(message);
  }
  return done;
}

/** Messages that were looked at and left: in front of the others again. Fewer than were taken from the front. */
function putBack(queue: Queue, messages: readonly Message[]): void {
  const { visible } = queue;
  visible.head -= messages.length;
  for (const [i, { number }] of messages.entries()) visible.items[visible.head + i] = number;
}

/** Best-effort order: now and then the second message comes before the first. */
function reorder(context: SqsContext, queue: Queue): void {
  const { items, head } = queue.visible;
  if (context.tuning.reorderChance === 0 || head + 1 >= items.length) return;
  if (context.random(`sqs.order.${queue.name}`).float() >= context.tuning.reorderChance) return;
  [items[head], items[head + 1]] = [items[head + 1]!, items[head]!];
}

function serverOf(message: Message): number {
  return (Math.imul(message.number, 0x9e3779b1) >>> 0) % SERVERS;
}
function serversAsked(context: SqsContext, queue: Queue): readonly number[] {
  const random = context.random(`sqs.short-poll.${queue.name}`);
  const all = Array.from({ length: SERVERS }, (_, server) => server);
  return Array.from({ length: Math.ceil(SERVERS * context.tuning.shortPollShare) }, () => all.splice(random.int(all.length), 1)[0]!);
}

function compact(queue: Queue): void {
  const { visible } = queue;
  if (visible.head > 1024 && visible.head * 2 > visible.items.length) {
    visible.items = visible.items.slice(visible.head);
    visible.head = 0;
  } else if (visible.head === visible.items.length) {
    visible.items = [];
    visible.head = 0;
  }
}
