/** A batch of a mapping: its invocation, what its result means for the messages, and waiting when the function is throttled. @source aws/lambda.md §9, §9.1 */
import { base64Encode } from '../../../../base/base64.ts';
import { utf8ByteLength, utf8Encode } from '../../../../base/utf8.ts';
import type { PolledMessage } from '../../../../sim/ports/ports.ts';
import type { Seq } from '../../../../sim/trace.ts';
import { msToUs, US_PER_SEC } from '../../../../sim/units.ts';
import { admit } from '../invocations/admission.ts';
import { LAMBDA } from '../limits.ts';
import { headerFor, recurses } from '../invocations/invoke.ts';
import { invocableOf } from './invoking.ts';
import { tally } from './counting.ts';
import type { Batch, Mapping } from './mapping-state.ts';
import { qualified } from '../functions/naming.ts';
import { byQualifier } from '../functions/qualifiers.ts';
import { backOff, handOver, mappingPrincipal, pollWhereFree, scaleDown } from './pollers.ts';
import type { LambdaContext, Result, Sink } from '../state.ts';

/** The event that the handler gets. @source aws/lambda.md §9 (recorded) */
export function sqsEvent(context: { readonly region: string }, sourceArn: string, messages: readonly PolledMessage[]): object {
  return {
    Records: messages.map((message) => sqsRecord(context, sourceArn, message)),
  };
}

function sqsRecord(context: { readonly region: string }, sourceArn: string, message: PolledMessage): object {
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: message.attributes,
    messageAttributes: eventAttributes(message.messageAttributes),
    md5OfBody: message.md5OfBody,
    ...(message.md5OfMessageAttributes === undefined ? {} : { md5OfMessageAttributes: message.md5OfMessageAttributes }),
    eventSource: 'aws:sqs',
    eventSourceARN: sourceArn,
    awsRegion: context.region,
  };
}

/** What a message takes of the event, the comma after it included. */
export function recordBytes(context: { readonly region: string }, sourceArn: string, message: PolledMessage): number {
  return utf8ByteLength(JSON.stringify(sqsRecord(context, sourceArn, message))) + 1;
}

/** Bytes of a binary attribute as an event has them: in base64. */
function base64Of(value: unknown): string {
  if (value instanceof Uint8Array) return base64Encode(value);
  if (typeof value === 'object' && value !== null && '$bytes' in value) return String(value.$bytes);
  return base64Encode(utf8Encode(String(value)));
}

/** Members begin in lower case in events. */
function eventAttributes(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => {
      const { StringValue, BinaryValue, DataType } = value as { StringValue?: string; BinaryValue?: unknown; DataType?: string };
      return [name, { ...(StringValue === undefined ? {} : { stringValue: StringValue }), ...(BinaryValue === undefined ? {} : { binaryValue: base64Of(BinaryValue) }), stringListValues: [], binaryListValues: [], dataType: DataType ?? 'String' }];
    }),
  );
}

/** Puts a batch on its way to the function. */
export function dispatch(context: LambdaContext, mapping: Mapping, messages: readonly PolledMessage[], visibleAtUs: number): void {
  const id = mapping.nextBatch++;
  const fn = context.state.functions.get(mapping.fn);
  const latencyUs = msToUs(context.tuning.pollLatencyMs);
  const seq = context.emit(
    'lambda.BatchReceived',
    mapping.sourceArn,
    { mapping: mapping.uuid, function: mapping.fn, batch: id, messages: messages.length },
    {
      cause: messages.map((message) => message.cause),
      subjects: messages.map((message) => message.messageId),
      ...(fn === undefined ? {} : { travel: { from: mapping.sourceArn, to: fn.arn, shape: 'invocation' as const, durationUs: latencyUs, attempt: attemptOf(messages) } }),
    },
  );
  mapping.batches.set(id, { id, messages, visibleAtUs, throttles: 0, cause: [seq] });
  context.schedule(latencyUs, 'batch', { uuid: mapping.uuid, batch: id }, { cause: [seq] });
}

function attemptOf(messages: readonly PolledMessage[]): number {
  return messages.reduce((most, message) => Math.max(most, Number(message.attributes['ApproximateReceiveCount'] ?? 1)), 1);
}

/** Agenda: a batch reaches the function, for the first time or after a throttle. */
export function onBatch(context: LambdaContext, payload: { readonly uuid: string; readonly batch: number }): void {
  const mapping = context.state.mappings.get(payload.uuid);
  const batch = mapping?.batches.get(payload.batch);
  if (!mapping || !batch) return;
  const ready = invocableOf(context, mapping);
  if (ready === undefined) {
    tally(context, mapping, { failedInvoke: batch.messages.length }, batch.cause);
    return throttledBatch(context, mapping, batch);
  }
  const { fn, version } = ready;
  const subjects = batch.messages.map((message) => message.messageId);
  const [cause] = context.cause.length > 0 ? context.cause : batch.cause;
  const header = batch.messages[0]?.attributes['AWSTraceHeader'] ?? '';
  if (recurses(fn, header)) {
    context.emit('lambda.RecursionStopped', fn.arn, { times: LAMBDA.recursionMax, ...byQualifier(mapping.qualifier) }, { subjects });
    return finished(context, mapping, batch);
  }
  const requestId = context.uuid('lambda.request-id');
  tally(context, mapping, { invoked: batch.messages.length }, batch.cause);
  const reason = admit(context, fn, version, {
    requestId,
    invokedArn: qualified(fn.arn, mapping.qualifier),
    payload: JSON.stringify(sqsEvent(context, mapping.sourceArn, batch.messages)),
    sink: { kind: 'mapping', uuid: mapping.uuid, batch: batch.id },
    attempt: attemptOf(batch.messages),
    subjects: [requestId, ...subjects],
    traceHeader: headerFor(context, fn, version, header),
    cause: cause!,
    clientContext: undefined,
  });
  if (reason === undefined) mapping.counters.invoked += batch.messages.length;
  else throttledBatch(context, mapping, batch);
}

/** Throttled, or not to be invoked for now: tried again with longer waits until the messages are visible again; then the batch is forgotten. @source aws/lambda.md §9 (SQS error handling page) @simplified the waits are those of async events: AWS publishes none */
function throttledBatch(context: LambdaContext, mapping: Mapping, batch: Batch): void {
  const waitUs = Math.min(LAMBDA.throttleBackoffSec.max, LAMBDA.throttleBackoffSec.min * 2 ** Math.min(10, batch.throttles)) * US_PER_SEC;
  batch.throttles++;
  if (context.now + waitUs >= batch.visibleAtUs) {
    backOff(mapping);
    const seq = context.emit('lambda.BatchDropped', mapping.sourceArn, { mapping: mapping.uuid, function: mapping.fn, batch: batch.id, messages: batch.messages.length, throttles: batch.throttles }, { subjects: batch.messages.map((message) => message.messageId) });
    // A throttled poller does not ask again at once, however short the messages are hidden.
    const leastUs = LAMBDA.throttleBackoffSec.min * US_PER_SEC;
    context.schedule(Math.max(leastUs, batch.visibleAtUs - context.now), 'batch-over', { uuid: mapping.uuid, batch: batch.id }, { cause: [seq], background: true });
    return;
  }
  context.schedule(waitUs, 'batch', { uuid: mapping.uuid, batch: batch.id });
}

export function onBatchOver(context: LambdaContext, payload: { readonly uuid: string; readonly batch: number }): void {
  const mapping = context.state.mappings.get(payload.uuid);
  const batch = mapping?.batches.get(payload.batch);
  if (mapping && batch) finished(context, mapping, batch);
}

function finished(context: LambdaContext, mapping: Mapping, batch: Batch): void {
  mapping.batches.delete(batch.id);
  handOver(context, mapping);
  if (mapping.batches.size === 0 && mapping.state === 'Deleting') context.state.mappings.delete(mapping.uuid);
  else pollWhereFree(context, mapping);
}

/** The invocation of a batch has ended: what succeeded is deleted, what failed comes back when its visibility timeout is over. */
export function batchEnded(context: LambdaContext, sink: Extract<Sink, { kind: 'mapping' }>, result: Result, seq: Seq): void {
  const mapping = context.state.mappings.get(sink.uuid);
  const batch = mapping?.batches.get(sink.batch);
  if (!mapping || !batch) return;
  if (result.status !== 'success') scaleDown(mapping);
  const failed = failedIds(mapping, batch, result);
  const done = batch.messages.filter((message) => !failed.has(message.messageId));
  const kept = batch.messages.filter((message) => failed.has(message.messageId));
  mapping.counters.failed += kept.length;
  const own: Seq[] = [seq];
  tally(context, mapping, { failedInvoke: kept.length }, own);
  if (kept.length > 0) {
    context.emit('lambda.MessagesFailed', mapping.sourceArn, { mapping: mapping.uuid, function: mapping.fn, messages: kept.length, of: batch.messages.length, visibleAtUs: batch.visibleAtUs, why: result.status === 'success' ? 'reported' : result.status }, { cause: own, subjects: kept.map((message) => message.messageId) });
  }
  if (done.length > 0) deleteDone(context, mapping, done, own);
  finished(context, mapping, batch);
}

function deleteDone(context: LambdaContext, mapping: Mapping, done: readonly PolledMessage[], cause: readonly Seq[]): void {
  mapping.counters.deleted += done.length;
  const outcome = context.pollable(mapping.sourceArn)?.delete(mapping.sourceArn, done.map((message) => message.receiptHandle), { principal: mappingPrincipal(context, mapping), cause, replyTo: { kind: 'none' } });
  tally(context, mapping, { deleted: outcome?.kind === 'error' ? 0 : done.length }, cause);
  if (outcome?.kind !== 'error') return;
  mapping.lastProcessingResult = `PROBLEM: ${outcome.error.message}`;
  context.emit('lambda.DeleteFailed', mapping.sourceArn, { mapping: mapping.uuid, function: mapping.fn, error: outcome.error.name, message: outcome.error.message, messages: done.length }, { cause, subjects: done.map((message) => message.messageId) });
}

/** Ids of the messages that failed: all of a failed invocation, none without ReportBatchItemFailures, else what the reply names. @source aws/lambda.md §9.1 */
export function failedIds(mapping: Pick<Mapping, 'settings'>, batch: Pick<Batch, 'messages'>, result: Result): ReadonlySet<string> {
  const ids = batch.messages.map((message) => message.messageId);
  if (result.status !== 'success') return new Set(ids);
  return mapping.settings.partialFailures ? reportedIds(ids, result.payload) : new Set();
}

/** Ids that a reply with ReportBatchItemFailures names; all for a reply of no use. @source aws/lambda.md §9.1 (recorded 2025-11-25) */
export function reportedIds(ids: readonly string[], payload: string): ReadonlySet<string> {
  const all = new Set(ids);
  const text = payload.trim();
  if (text === '' || text === 'null' || text === '""') return new Set();
  let reply: unknown;
  try {
    reply = JSON.parse(text);
  } catch {
    return all;
  }
  if (typeof reply !== 'object' || reply === null || Array.isArray(reply)) return all;
  const members = Object.keys(reply);
  if (members.length === 0) return new Set();
  const failures = (reply as { batchItemFailures?: unknown }).batchItemFailures;
  if (!members.includes('batchItemFailures')) return all;
  if (failures === null) return new Set();
  if (!Array.isArray(failures)) return all;
  const named = failures.map((failure) => (typeof failure === 'object' && failure !== null ? (failure as { itemIdentifier?: unknown }).itemIdentifier : undefined));
  return named.every((id): id is string => typeof id === 'string' && all.has(id)) ? new Set(named) : all;
}
