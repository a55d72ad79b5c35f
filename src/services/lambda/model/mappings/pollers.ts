/** Pollers of SQS mappings: long polls as the execution role, filters, batching windows, growth under load. @source aws/lambda.md §9 */
import { compileFilterCriteria } from '../../../../base/event-pattern/esm-filter-match.ts';
import type { Outcome, PolledMessage } from '../../../../sim/ports/ports.ts';
import type { Principal } from '../../../../sim/principal.ts';
import { US_PER_SEC } from '../../../../sim/units.ts';
import { dispatch, recordBytes } from './batches.ts';
import { MAPPING, PROVISIONED_POLLERS } from '../limits.ts';
import { tally, tellPollers } from './counting.ts';
import type { Filling, Mapping } from './mapping-state.ts';
import { versionOf } from '../functions/naming.ts';
import { rolePrincipal } from '../environments/log-lines.ts';
import type { LambdaContext, Settings } from '../state.ts';

export function settingsOf(context: LambdaContext, mapping: Mapping): Settings | undefined {
  const fn = context.state.functions.get(mapping.fn);
  if (fn === undefined) return undefined;
  const name = fn.aliases.get(mapping.qualifier)?.version ?? (mapping.qualifier === '' ? '$LATEST' : mapping.qualifier);
  return fn.versions.has(name) ? versionOf(context, fn, mapping.qualifier).settings : undefined;
}
export function mappingPrincipal(context: LambdaContext, mapping: Mapping): Principal {
  const settings = settingsOf(context, mapping);
  return settings === undefined ? { kind: 'role', arn: 'arn:aws:iam::000000000000:role/none' } : rolePrincipal(mapping.fn, settings);
}

const { concurrencyOfOne } = PROVISIONED_POLLERS;
/** What a mapping can have in progress at most, and at least be ready for: a poller here is one batch in progress, of which one of provisioned mode has ten. */
function pollersMax({ settings: { provisioned, maximumConcurrency } }: Mapping): number {
  return provisioned === undefined ? (maximumConcurrency ?? MAPPING.concurrencyMax) : Math.min(PROVISIONED_POLLERS.concurrencyMax, provisioned.maximum * concurrencyOfOne);
}
function pollersFirst(mapping: Mapping): number {
  const { provisioned } = mapping.settings;
  return Math.min(provisioned === undefined ? MAPPING.pollersFirst : provisioned.minimum * concurrencyOfOne, pollersMax(mapping));
}

/** After a failed batch a grown mapping asks with one poller less; with ReportBatchItemFailures it does not. @source aws/lambda.md §9, §9.1 @simplified by one */
export function scaleDown(mapping: Mapping): void {
  if (!mapping.settings.partialFailures && mapping.pollers > pollersFirst(mapping)) mapping.pollers--;
}

/** A grown mapping whose batch was throttled until its messages came back asks with one poller less. @source aws/lambda.md §7.2 ("poller backs off") @simplified by one */
export function backOff(mapping: Mapping): void {
  if (mapping.pollers > pollersFirst(mapping)) mapping.pollers--;
}

/** Starts the pollers of a mapping that was enabled. */
export function startPollers(context: LambdaContext, mapping: Mapping): void {
  mapping.pollers = pollersFirst(mapping);
  mapping.polling = 0;
  tellPollers(context, mapping);
  pollWhereFree(context, mapping);
}

/** The mapping changes: nobody waits at the queue for it any more. */
export function stopPolling(context: LambdaContext, mapping: Mapping): void {
  mapping.polling = 0;
  context.pollable(mapping.sourceArn)?.leave(mapping.sourceArn, ({ replyTo }) => replyTo.kind === 'entry' && (replyTo.payload as { readonly uuid?: string }).uuid === mapping.uuid);
}

/** Every poller that holds no batch waits at the queue. */
export function pollWhereFree(context: LambdaContext, mapping: Mapping): void {
  handOver(context, mapping);
  while (mapping.enabled && mapping.polling + mapping.batches.size + mapping.closed.length < mapping.pollers) {
    mapping.polling++;
    if (!poll(context, mapping)) return;
  }
}

/** What a message is hidden for: the queue's timeout, or longer when the window would outlast it. @source aws/lambda.md §9: window + timeout + 30 s */
function hiddenSec(context: LambdaContext, mapping: Mapping, queueSec: number): number {
  const timeoutSec = settingsOf(context, mapping)?.timeoutSec ?? 0;
  const { windowSec } = mapping.settings;
  return windowSec > 0 && windowSec + timeoutSec > queueSec ? windowSec + timeoutSec + 30 : queueSec;
}

/** One receive. False when the queue refused it. */
function poll(context: LambdaContext, mapping: Mapping): boolean {
  const queue = context.pollable(mapping.sourceArn);
  if (queue === undefined) return failedPoll(context, mapping, 'AWS.SimpleQueueService.NonExistentQueue');
  const { filling, settings } = mapping;
  const room = settings.batchSize - (filling?.messages.length ?? 0);
  const hidden = hiddenSec(context, mapping, queue.describe(mapping.sourceArn).visibilityTimeoutSec);
  const visibleAtUs = context.now + hidden * US_PER_SEC;
  const outcome = queue.receive(
    mapping.sourceArn,
    { max: Math.max(1, Math.min(MAPPING.receiveMax, room)), waitSec: MAPPING.waitSec, visibilityTimeoutSec: hidden },
    { principal: mappingPrincipal(context, mapping), cause: context.cause, replyTo: { kind: 'entry', service: 'lambda', entry: 'polled', payload: { uuid: mapping.uuid, token: mapping.token } } },
  );
  if (outcome.kind === 'deferred') return true;
  if (outcome.kind === 'error') return failedPoll(context, mapping, outcome.error.name, outcome.error.message);
  context.schedule(0, 'polled', { uuid: mapping.uuid, token: mapping.token, outcome, visibleAtUs }, { cause: outcome.cause, background: (outcome.output as { messages: unknown[] }).messages.length === 0 });
  return true;
}

/** The queue is gone or refuses: the mapping says so and asks again later. */
function failedPoll(context: LambdaContext, mapping: Mapping, error: string, message = ''): boolean {
  mapping.polling--;
  const text = `PROBLEM: ${message === '' ? error : message}`;
  if (mapping.lastProcessingResult !== text) {
    mapping.lastProcessingResult = text;
    context.emit('lambda.PollFailed', mapping.sourceArn, { mapping: mapping.uuid, function: mapping.fn, error, message });
  }
  if (!mapping.retrying) {
    mapping.retrying = true;
    context.schedule(MAPPING.waitSec * US_PER_SEC, 'poll-again', { uuid: mapping.uuid, token: mapping.token }, { background: true });
  }
  return false;
}

export function onPollAgain(context: LambdaContext, payload: { readonly uuid: string; readonly token: number }): void {
  const mapping = context.state.mappings.get(payload.uuid);
  if (mapping?.token !== payload.token) return;
  mapping.retrying = false;
  pollWhereFree(context, mapping);
}

/** Agenda: a long poll was answered. */
export function onPolled(context: LambdaContext, payload: { readonly uuid: string; readonly token: number; readonly outcome: Outcome; readonly visibleAtUs?: number }): void {
  const mapping = context.state.mappings.get(payload.uuid);
  if (mapping === undefined) return;
  // A poll from before a change counts no more, but what it brings is taken in.
  const counts = mapping.token === payload.token;
  const { outcome } = payload;
  if (outcome.kind === 'error') {
    if (counts) failedPoll(context, mapping, outcome.error.name, outcome.error.message);
    return;
  }
  if (counts) mapping.polling--;
  const { messages } = outcome.output as { readonly messages: readonly PolledMessage[] };
  if (messages.length === 0) return counts ? emptyPoll(context, mapping) : undefined;
  mapping.lastProcessingResult = 'OK';
  mapping.counters.polled += messages.length;
  tally(context, mapping, { polled: messages.length }, messages.map((message) => message.cause));
  const kept = filtered(context, mapping, messages);
  const queueSec = context.pollable(mapping.sourceArn)?.describe(mapping.sourceArn).visibilityTimeoutSec ?? 0;
  const visibleAtUs = payload.visibleAtUs ?? context.now + hiddenSec(context, mapping, queueSec) * US_PER_SEC;
  if (mapping.settings.windowSec === 0) close(context, mapping, kept, visibleAtUs);
  else fill(context, mapping, kept, visibleAtUs);
  handOver(context, mapping);
  growLater(context, mapping);
  pollWhereFree(context, mapping);
}

/** Nothing came in 20 s: counted, told once per round of polls, and a grown mapping shrinks. */
function emptyPoll(context: LambdaContext, mapping: Mapping): void {
  mapping.counters.emptyPolls++;
  tally(context, mapping, { polled: 0 });
  if (mapping.pollers > pollersFirst(mapping)) {
    mapping.pollers = Math.max(pollersFirst(mapping), mapping.batches.size);
    tellPollers(context, mapping);
  }
  if (context.now - mapping.emptyToldUs >= MAPPING.waitSec * US_PER_SEC) {
    mapping.emptyToldUs = context.now;
    const polls = mapping.counters.emptyPolls - mapping.emptyTold;
    mapping.emptyTold = mapping.counters.emptyPolls;
    context.emit('lambda.PollEmpty', mapping.sourceArn, { mapping: mapping.uuid, function: mapping.fn, polls }, { cause: [mapping.seq] });
  }
  pollWhereFree(context, mapping);
}

/** Messages that match; the others are deleted, as AWS does. @source aws/lambda.md §9.2 */
function filtered(context: LambdaContext, mapping: Mapping, messages: readonly PolledMessage[]): readonly PolledMessage[] {
  if (mapping.settings.filters.length === 0) return messages;
  const passes = compileFilterCriteria({ Filters: mapping.settings.filters.map((Pattern) => ({ Pattern })) }, 'sqs');
  const kept = messages.filter((message) => passes({ messageId: message.messageId, body: message.body, attributes: message.attributes, messageAttributes: message.messageAttributes }));
  const out = messages.filter((message) => !kept.includes(message));
  tally(context, mapping, { filteredOut: out.length }, messages.map((message) => message.cause));
  if (out.length === 0) return kept;
  mapping.counters.filteredOut += out.length;
  const seq = context.emit('lambda.MessagesFilteredOut', mapping.sourceArn, { mapping: mapping.uuid, function: mapping.fn, messages: out.length }, { cause: out.map((message) => message.cause), subjects: out.map((message) => message.messageId) });
  context.pollable(mapping.sourceArn)?.delete(mapping.sourceArn, out.map((message) => message.receiptHandle), { principal: mappingPrincipal(context, mapping), cause: [seq], replyTo: { kind: 'none' } });
  return kept;
}

/** Of the event around its records: `{"Records":[]}`. */
const EVENT_BYTES = 14;
/** JSON writes a character in at most six bytes, and what is beside the body is shorter than this unless there are message attributes. */
const couldBeLarge = (messages: readonly PolledMessage[]): boolean => messages.some((message) => Object.keys(message.messageAttributes).length > 0) || messages.reduce((sum, message) => sum + message.body.length * 6 + 4_000, 0) > MAPPING.bytesMax;

/** Messages that go out at once: together, or in as many parts as stay within 6 MB. */
function close(context: LambdaContext, mapping: Mapping, messages: readonly PolledMessage[], visibleAtUs: number): void {
  if (messages.length === 0) return;
  if (!couldBeLarge(messages)) return void mapping.closed.push({ messages, visibleAtUs });
  let part: PolledMessage[] = [];
  let bytes = EVENT_BYTES;
  for (const message of messages) {
    const more = recordBytes(context, mapping.sourceArn, message);
    if (part.length > 0 && bytes + more > MAPPING.bytesMax) {
      mapping.closed.push({ messages: part, visibleAtUs });
      part = [];
      bytes = EVENT_BYTES;
    }
    part.push(message);
    bytes += more;
  }
  mapping.closed.push({ messages: part, visibleAtUs });
}

/** Closed batches go out as far as pollers are free for them: never more at a time than MaximumConcurrency. */
export function handOver(context: LambdaContext, mapping: Mapping): void {
  while (mapping.closed.length > 0 && mapping.batches.size < mapping.pollers) {
    const { messages, visibleAtUs } = mapping.closed.shift()!;
    if (context.now <= visibleAtUs) dispatch(context, mapping, messages, visibleAtUs);
    else context.emit('lambda.BatchDropped', mapping.sourceArn, { mapping: mapping.uuid, function: mapping.fn, batch: 0, messages: messages.length, throttles: 0 }, { cause: messages.map((message) => message.cause), subjects: messages.map((message) => message.messageId) });
  }
}

/** Collects messages until the batch is full, its window is over, or it reaches 6 MB. */
function fill(context: LambdaContext, mapping: Mapping, messages: readonly PolledMessage[], visibleAtUs: number): void {
  for (const message of messages) {
    const more = recordBytes(context, mapping.sourceArn, message);
    let filling: Filling | null = mapping.filling;
    if (filling !== null && filling.bytes + more > MAPPING.bytesMax) {
      closeFilling(context, mapping);
      filling = null;
    }
    if (filling === null) {
      const windowEntry = context.schedule(mapping.settings.windowSec * US_PER_SEC, 'window-over', { uuid: mapping.uuid, token: mapping.token }, { cancellable: true, cause: [message.cause] });
      filling = mapping.filling = { messages: [], bytes: EVENT_BYTES, firstUs: context.now, visibleAtUs, windowEntry };
    }
    filling.messages.push(message);
    filling.bytes += more;
    if (filling.messages.length >= mapping.settings.batchSize) closeFilling(context, mapping);
  }
}

function closeFilling(context: LambdaContext, mapping: Mapping): void {
  const { filling } = mapping;
  if (filling === null) return;
  mapping.filling = null;
  if (filling.windowEntry !== null) context.cancel(filling.windowEntry);
  mapping.closed.push({ messages: filling.messages, visibleAtUs: filling.visibleAtUs });
}

/** Hands the collected messages over. */
export function flush(context: LambdaContext, mapping: Mapping): void {
  closeFilling(context, mapping);
  handOver(context, mapping);
}

export function onWindowOver(context: LambdaContext, payload: { readonly uuid: string; readonly token: number }): void {
  const mapping = context.state.mappings.get(payload.uuid);
  if (mapping?.token !== payload.token || mapping.filling === null) return;
  mapping.filling = { ...mapping.filling, windowEntry: null };
  closeFilling(context, mapping);
  pollWhereFree(context, mapping);
}

/** While every poller is at work, one more comes every 0.2 s, 300 a minute; in provisioned mode 1,000 a minute. */
function growLater(context: LambdaContext, mapping: Mapping): void {
  if (mapping.growing || mapping.pollers >= pollersMax(mapping) || mapping.batches.size < mapping.pollers) return;
  mapping.growing = true;
  context.schedule((60 * US_PER_SEC) / (mapping.settings.provisioned === undefined ? MAPPING.growPerMin : PROVISIONED_POLLERS.growPerMin), 'grow', { uuid: mapping.uuid, token: mapping.token }, { background: true });
}

export function onGrow(context: LambdaContext, payload: { readonly uuid: string; readonly token: number }): void {
  const mapping = context.state.mappings.get(payload.uuid);
  if (mapping?.token !== payload.token) return;
  mapping.growing = false;
  if (!mapping.enabled || mapping.polling > 0 || mapping.pollers >= pollersMax(mapping)) return;
  mapping.pollers++;
  if (mapping.pollers % concurrencyOfOne === 1) tellPollers(context, mapping);
  pollWhereFree(context, mapping);
  growLater(context, mapping);
}
