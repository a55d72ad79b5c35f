/** A batch of a stream: its invocation, and what comes of a failure: retries, bisection, checkpoints, age, and the record of what is given up. @source aws/lambda.md §10 */
import { isoMs } from '../../../../base/time-text.ts';
import { utf8ByteLength } from '../../../../base/utf8.ts';
import type { PortCall } from '../../../../sim/ports/ports.ts';
import { parseArn } from '../../../../sim/principal.ts';
import type { Seq } from '../../../../sim/trace.ts';
import { US_PER_MS } from '../../../../sim/units.ts';
import { admit } from '../invocations/admission.ts';
import { headerFor } from '../invocations/invoke.ts';
import { qualified } from '../functions/naming.ts';
import { byQualifier } from '../functions/qualifiers.ts';
import { STREAM } from '../limits.ts';
import type { Invocation, LambdaContext, Result, Sink } from '../state.ts';
import { reportedIds } from './batches.ts';
import { invocableOf } from './invoking.ts';
import { tally } from './counting.ts';
import type { Mapping } from './mapping-state.ts';
import { mappingPrincipal } from './pollers.ts';
import { handOver, laneAt, newBatch } from './shards.ts';
import type { Lane, ShardReader, StreamBatch, StreamRecord } from './stream-state.ts';

/** The event that the handler gets. @source aws/lambda.md §10; tumbling windows as in the Developer Guide */
function eventOf(mapping: Mapping, reader: ShardReader, lane: Lane, batch: StreamBatch): object {
  const Records = batch.records.map((record) => record.event);
  const { tumbling } = lane;
  if (tumbling === null) return { Records };
  const end = tumbling.startMs + mapping.stream!.tumblingSec * 1000;
  return {
    Records,
    window: { start: isoMs(tumbling.startMs).replace('.000Z', 'Z'), end: isoMs(end).replace('.000Z', 'Z') },
    state: JSON.parse(tumbling.state) as unknown,
    shardId: reader.shardId,
    eventSourceARN: mapping.sourceArn,
    isFinalInvokeForWindow: batch.final,
    isWindowTerminatedEarly: batch.final && tumbling.early,
  };
}

/** What the batch's records are about, each once. */
const subjectsOf = (batch: StreamBatch): readonly string[] => [...new Set(batch.records.map((record) => record.subject))];

/** Its records made a batch go out; a batch that comes again does so because it failed, or was throttled. */
function causesOf(context: LambdaContext, mapping: Mapping, batch: StreamBatch): readonly Seq[] {
  if (batch.waits > 0 && context.cause.length > 0) return context.cause;
  const causes = [...new Set(batch.records.flatMap((record) => record.cause ?? []))];
  return causes.length > 0 ? causes : [mapping.seq];
}

/** Invokes the lane's batch, without the records that are too old by now; the lane is free when none is left. */
export function invokeBatch(context: LambdaContext, mapping: Mapping, reader: ShardReader, lane: Lane): void {
  const batch = withoutOld(context, mapping, reader, lane);
  if (batch === undefined) {
    lane.batch = null;
    return;
  }
  const ready = invocableOf(context, mapping);
  if (ready === undefined) {
    tally(context, mapping, { failedInvoke: batch.records.length });
    return again(context, mapping, reader, lane, [mapping.seq]);
  }
  const { fn, version } = ready;
  const last = batch.records[batch.records.length - 1];
  const requestId = context.uuid('lambda.request-id');
  const subjects = subjectsOf(batch);
  const seq = context.emit(
    'lambda.StreamBatchReceived',
    fn.arn,
    { mapping: mapping.uuid, stream: mapping.sourceArn, shard: reader.shardId, records: batch.records.length, attempt: batch.invokes + 1, ...byQualifier(mapping.qualifier), ...(last === undefined ? {} : { iteratorAgeMs: context.epochMs - last.arrivedEpochMs }) },
    { cause: causesOf(context, mapping, batch), subjects, travel: { from: mapping.sourceArn, to: fn.arn, shape: 'invocation', durationUs: 0, attempt: batch.invokes + 1 } },
  );
  tally(context, mapping, { invoked: batch.records.length }, [seq]);
  const reason = admit(context, fn, version, {
    requestId,
    invokedArn: qualified(fn.arn, mapping.qualifier),
    payload: JSON.stringify(eventOf(mapping, reader, lane, batch)),
    sink: { kind: 'stream', uuid: mapping.uuid, shard: reader.shardId, lane: lane.index, batch: batch.id },
    attempt: batch.invokes + 1,
    subjects: [requestId, ...subjects],
    traceHeader: headerFor(context, fn, version, ''),
    cause: seq,
    clientContext: undefined,
  });
  if (reason !== undefined) return again(context, mapping, reader, lane, [seq]);
  batch.requestId = requestId;
  batch.invokes++;
  mapping.counters.invoked += batch.records.length;
}

/** Waits before the next try. A throttle, or a function that cannot be invoked, waits as long, and counts as no retry. */
function again(context: LambdaContext, mapping: Mapping, reader: ShardReader, lane: Lane, cause: readonly Seq[]): void {
  const batch = lane.batch!;
  const waitMs = STREAM.backoffMs[Math.min(batch.waits, STREAM.backoffMs.length - 1)]!;
  batch.waits++;
  context.schedule(waitMs * US_PER_MS, 'stream-try', { uuid: mapping.uuid, shard: reader.shardId, lane: lane.index, batch: batch.id }, { cause });
}

/** Agenda: the next try of a batch. Of a mapping that was disabled meanwhile it waits for the mapping. */
export function onStreamTry(context: LambdaContext, payload: { readonly uuid: string; readonly shard: string; readonly lane: number; readonly batch: number }): void {
  const found = laneAt(context, payload);
  if (found?.lane.batch?.id !== payload.batch) return;
  const { mapping, reader, lane } = found;
  if (mapping.enabled) {
    invokeBatch(context, mapping, reader, lane);
    return handOver(context, mapping, reader, lane);
  }
  lane.parts.unshift(lane.batch!);
  lane.batch = null;
}

/** The lane's batch without what is older than the mapping allows, or than the stream keeps. Undefined when nothing is left. */
function withoutOld(context: LambdaContext, mapping: Mapping, reader: ShardReader, lane: Lane): StreamBatch | undefined {
  const batch = lane.batch!;
  const keptSec = context.stream(mapping.sourceArn)?.describe(mapping.sourceArn).retentionSec ?? STREAM.retentionSec;
  const { ageSec } = mapping.stream!;
  const tooOld = ageSec >= 0 && ageSec < keptSec;
  const limitMs = (tooOld ? ageSec : keptSec) * 1000;
  const isOld = (record: StreamRecord): boolean => context.epochMs - record.arrivedEpochMs > limitMs;
  const records = batch.records.filter((record) => !isOld(record));
  if (records.length === batch.records.length) return batch;
  const requestId = batch.requestId === '' ? context.uuid('lambda.request-id') : batch.requestId;
  giveUp(context, mapping, reader, { batch: { ...batch, requestId, records: batch.records.filter(isOld), invokes: Math.max(1, batch.invokes) }, lane, condition: tooOld ? 'RecordAgeExceeded' : 'Expired', cause: [mapping.seq] });
  if (records.length === 0) return undefined;
  lane.batch = { ...batch, records };
  return lane.batch;
}

/** The invocation of a batch has ended. */
export function streamBatchEnded(context: LambdaContext, sink: Extract<Sink, { kind: 'stream' }>, invocation: Invocation, result: Result, seq: Seq): void {
  const found = laneAt(context, sink);
  if (found?.lane.batch?.id !== sink.batch) return;
  const { mapping, reader, lane } = found;
  const batch = lane.batch!;
  const kept = keepsState(mapping, lane, result);
  if (result.status === 'success' && kept) {
    const from = firstFailed(mapping, batch, result);
    if (from < 0) {
      tally(context, mapping, { failedInvoke: 0 }, [seq]);
      return done(context, mapping, reader, lane);
    }
    if (from > 0) {
      lane.batch = newBatch(mapping, batch.records.slice(from), { waits: batch.waits, requestId: batch.requestId, invokes: 0 });
      tally(context, mapping, { failedInvoke: reportedOf(batch, result).size }, [seq]);
      context.emit('lambda.StreamCheckpoint', mapping.sourceArn, { mapping: mapping.uuid, function: mapping.fn, shard: reader.shardId, done: from, left: batch.records.length - from }, { cause: [seq] });
      return again(context, mapping, reader, lane, [seq]);
    }
  }
  failed(context, { mapping, reader, lane, invocation, result, seq });
}

/** With a tumbling window a reply must carry the state on. */
function keepsState(mapping: Mapping, lane: Lane, result: Result): boolean {
  const { tumbling, batch } = lane;
  if (tumbling === null || result.status !== 'success') return true;
  if (batch!.final) {
    lane.tumbling = null;
    return true;
  }
  const reply = JSON.parse(result.payload) as { readonly state?: unknown } | null;
  if (typeof reply !== 'object' || reply === null || reply.state === undefined) return false;
  tumbling.state = JSON.stringify(reply.state);
  tumbling.early = utf8ByteLength(tumbling.state) > STREAM.stateBytesMax;
  if (tumbling.early) tumbling.state = '{}';
  return mapping.stream !== null;
}

/** Index of the first record that the function reported; -1 when all are done, 0 when the reply is of no use. */
function firstFailed(mapping: Mapping, batch: StreamBatch, result: Result): number {
  if (!mapping.settings.partialFailures || batch.final) return -1;
  const reported = reportedOf(batch, result);
  return batch.records.findIndex((record) => reported.has(record.sequenceNumber));
}

const reportedOf = (batch: StreamBatch, result: Result): ReadonlySet<string> => reportedIds(batch.records.map((record) => record.sequenceNumber), result.payload);

interface Failure {
  readonly mapping: Mapping;
  readonly reader: ShardReader;
  readonly lane: Lane;
  readonly invocation: Invocation;
  readonly result: Result;
  readonly seq: Seq;
}

/** All of the batch failed: in two parts when it may be bisected, else again, until the retries are used up. */
function failed(context: LambdaContext, o: Failure): void {
  const { mapping, reader, lane, invocation, result, seq } = o;
  const { bisect, retries } = mapping.stream!;
  const batch = lane.batch!;
  mapping.counters.failed += batch.records.length;
  tally(context, mapping, { failedInvoke: batch.records.length }, [seq]);
  if (bisect && batch.records.length > 1 && result.status !== 'success') {
    const half = Math.ceil(batch.records.length / 2);
    const same = { retries: batch.retries, waits: batch.waits, requestId: batch.requestId };
    context.emit('lambda.StreamBisected', mapping.sourceArn, { mapping: mapping.uuid, function: mapping.fn, shard: reader.shardId, records: batch.records.length }, { cause: [seq] });
    lane.parts.unshift(newBatch(mapping, batch.records.slice(half), same));
    lane.batch = newBatch(mapping, batch.records.slice(0, half), same);
    return again(context, mapping, reader, lane, [seq]);
  }
  if (retries < 0 || batch.retries < retries) {
    batch.retries++;
    return again(context, mapping, reader, lane, [seq]);
  }
  giveUp(context, mapping, reader, { batch, lane, condition: 'RetryAttemptsExhausted', cause: [seq], invocation, functionError: result.status === 'success' ? null : 'Unhandled' });
  if (batch.final) lane.tumbling = null;
  done(context, mapping, reader, lane);
}

function done(context: LambdaContext, mapping: Mapping, reader: ShardReader, lane: Lane): void {
  lane.batch = null;
  if (mapping.enabled) handOver(context, mapping, reader, lane);
}

interface GivenUp {
  readonly batch: StreamBatch;
  readonly lane: Lane;
  /** `Expired`: the stream keeps them no longer; nobody is told. @simplified */
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded' | 'Expired';
  readonly cause: readonly Seq[];
  readonly invocation?: Invocation;
  readonly functionError?: string | null;
}

/** Records are passed over; the destination gets where they were, S3 the records too. @source aws/lambda.md §10 (recorded 2025-11-25) */
function giveUp(context: LambdaContext, mapping: Mapping, reader: ShardReader, o: GivenUp): void {
  const { batch, condition } = o;
  const { onFailure, source } = mapping.stream!;
  const subjects = subjectsOf(batch);
  const seq = context.emit('lambda.StreamRecordsDropped', mapping.sourceArn, { mapping: mapping.uuid, function: mapping.fn, shard: reader.shardId, records: batch.records.length, condition }, { cause: o.cause, subjects });
  const [first] = batch.records;
  const last = batch.records[batch.records.length - 1];
  if (condition === 'Expired') return;
  if (onFailure === undefined || first === undefined || last === undefined) return tally(context, mapping, { dropped: batch.records.length }, [seq]);
  const info = {
    shardId: reader.shardId,
    startSequenceNumber: first.sequenceNumber,
    endSequenceNumber: last.sequenceNumber,
    approximateArrivalOfFirstRecord: isoMs(first.arrivedEpochMs),
    approximateArrivalOfLastRecord: isoMs(last.arrivedEpochMs),
    batchSize: batch.records.length,
    streamArn: mapping.sourceArn,
  };
  const record = {
    requestContext: { requestId: batch.requestId, functionArn: `arn:aws:lambda:${context.region}:${context.account}:function:${mapping.fn}`, condition, approximateInvokeCount: condition === 'RetryAttemptsExhausted' ? batch.retries + 1 : batch.invokes },
    ...(o.invocation === undefined ? {} : { responseContext: { statusCode: 200, executedVersion: o.invocation.version, functionError: o.functionError ?? null } }),
    version: '1.0',
    timestamp: isoMs(context.epochMs),
    [source === 'kinesis' ? 'KinesisBatchInfo' : 'DDBStreamBatchInfo']: info,
  };
  const sent = sendRecord(context, mapping, { arn: onFailure, record, payload: () => JSON.stringify(eventOf(mapping, reader, o.lane, batch)), requestId: batch.requestId, cause: seq, shard: reader.shardId });
  tally(context, mapping, sent ? { delivered: batch.records.length } : { dropped: batch.records.length }, [seq]);
}

/** False when the destination did not take it. */
function sendRecord(context: LambdaContext, mapping: Mapping, o: { readonly arn: string; readonly record: object; readonly payload: () => string; readonly requestId: string; readonly cause: Seq; readonly shard: string }): boolean {
  const call: PortCall = { principal: mappingPrincipal(context, mapping), cause: [o.cause], replyTo: { kind: 'none' } };
  const { service, resource } = parseArn(o.arn);
  const at = isoMs(context.epochMs);
  const subjects = [o.requestId];
  const key = `aws/lambda/${mapping.uuid}/${o.shard}/${at.slice(0, 10).replaceAll('-', '/')}/${at.slice(0, 19).replaceAll(':', '.')}-${context.uuid('lambda.failure-record')}`;
  const outcome =
    service === 's3'
      ? context.api('s3', 'PutObject', { Bucket: resource, Key: key, Body: JSON.stringify({ ...o.record, payload: o.payload() }) }, call)
      : context.target(o.arn)?.accept(o.arn, { body: JSON.stringify(o.record), attempt: 1, subjects }, call);
  const lost = outcome === undefined || outcome.kind === 'error';
  const error = outcome?.kind === 'error' ? outcome.error.name : '';
  context.emit(lost ? 'lambda.DestinationFailed' : 'lambda.DestinationSent', `arn:aws:lambda:${context.region}:${context.account}:function:${mapping.fn}`, { requestId: o.requestId, condition: 'stream', destination: o.arn, error, ...byQualifier(mapping.qualifier) }, { cause: [o.cause], subjects });
  return !lost;
}
