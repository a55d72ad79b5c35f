/** Readers of a stream: polls each shard, sorts records into lanes, and hands them over by batch size, window and order. @source aws/lambda.md §10 */
import { compileFilterCriteria } from '../../../../base/event-pattern/esm-filter-match.ts';
import type { Outcome } from '../../../../sim/ports/ports.ts';
import type { Seq } from '../../../../sim/trace.ts';
import { US_PER_MS, US_PER_SEC } from '../../../../sim/units.ts';
import { MAPPING, STREAM } from '../limits.ts';
import type { LambdaContext } from '../state.ts';
import { invocableOf } from './invoking.ts';
import { tally } from './counting.ts';
import type { Mapping } from './mapping-state.ts';
import { mappingPrincipal, settingsOf } from './pollers.ts';
import { invokeBatch } from './stream-batches.ts';
import type { Lane, ShardReader, StreamBatch, StreamRecord, StreamSettings } from './stream-state.ts';

const intervalUs = (settings: StreamSettings): number => (settings.source === 'kinesis' ? STREAM.kinesisPollMs : STREAM.dynamodbPollMs) * US_PER_MS;

/** Starts reading, or reads on where it was when the mapping is enabled again. */
export function startShards(context: LambdaContext, mapping: Mapping): void {
  findShards(context, mapping);
  pollLater(context, mapping, 0);
}

function pollLater(context: LambdaContext, mapping: Mapping, delayUs: number, busy = false): void {
  context.schedule(delayUs, 'stream-poll', { uuid: mapping.uuid, token: mapping.token }, { cause: [mapping.seq], background: !busy });
}

/** Readers for shards that are new. A child waits until its parent is read to the end; what came after a split is read from its beginning. */
function findShards(context: LambdaContext, mapping: Mapping): void {
  const stream = context.stream(mapping.sourceArn);
  const settings = mapping.stream!;
  if (stream === undefined) return;
  const first = mapping.shards.size === 0;
  for (const shard of stream.describe(mapping.sourceArn).shards) {
    if (mapping.shards.has(shard.id) || (first && shard.closed && settings.startingPosition === 'LATEST')) continue;
    const at = settings.startingTimestampMs;
    const iterator = stream.iterator(mapping.sourceArn, { shardId: shard.id, from: first ? settings.startingPosition : 'TRIM_HORIZON', ...(first && at !== undefined ? { atEpochMs: at } : {}) });
    mapping.shards.set(shard.id, { shardId: shard.id, parentId: shard.parentId, iterator, lanes: newLanes(settings.parallelization) });
  }
}

const drained = (reader: ShardReader): boolean => reader.iterator === null && reader.lanes.every((lane) => lane.batch === null && lane.parts.length === 0 && lane.queue.length === 0 && lane.tumbling === null);

/** Agenda: the next look at every shard. */
export function onStreamPoll(context: LambdaContext, payload: { readonly uuid: string; readonly token: number }): void {
  const mapping = context.state.mappings.get(payload.uuid);
  if (mapping?.token !== payload.token || !mapping.enabled || mapping.stream === null) return;
  findShards(context, mapping);
  let busy = false;
  for (const reader of mapping.shards.values()) {
    const parent = reader.parentId === undefined ? undefined : mapping.shards.get(reader.parentId);
    if (parent === undefined || drained(parent)) busy = readShard(context, mapping, reader) || busy;
  }
  pollLater(context, mapping, intervalUs(mapping.stream), busy);
}

/** One read, and what is due of the lanes. True when there is more to read now. */
function readShard(context: LambdaContext, mapping: Mapping, reader: ShardReader): boolean {
  relane(mapping, reader);
  const waiting = reader.lanes.reduce((sum, lane) => sum + lane.queue.length, 0);
  const more = reader.iterator !== null && waiting < STREAM.readMax && read(context, mapping, reader, STREAM.readMax - waiting);
  for (const lane of reader.lanes) handOver(context, mapping, reader, lane);
  return more;
}

/** A new parallelization factor takes effect when nothing of the shard is under way. */
function relane(mapping: Mapping, reader: ShardReader): void {
  const factor = mapping.stream!.parallelization;
  if (reader.lanes.length === factor || reader.lanes.some((lane) => lane.batch !== null || lane.parts.length > 0 || lane.tumbling !== null || lane.windowEntry !== null)) return;
  const waiting = reader.lanes.flatMap((lane) => lane.queue);
  reader.lanes.splice(0, reader.lanes.length, ...newLanes(factor));
  for (const record of waiting) reader.lanes[laneOf(record.partitionKey, factor)]!.queue.push(record);
}

const newLanes = (factor: number): Lane[] => Array.from({ length: factor }, (_, index): Lane => ({ index, queue: [], windowFromUs: -1, windowEntry: null, batch: null, parts: [], tumbling: null }));

function read(context: LambdaContext, mapping: Mapping, reader: ShardReader, max: number): boolean {
  // Without its function there is no role to read with.
  if (settingsOf(context, mapping) === undefined) return invocableOf(context, mapping) !== undefined;
  const outcome = context.stream(mapping.sourceArn)?.read({ iterator: reader.iterator!, max }, { principal: mappingPrincipal(context, mapping), cause: context.cause, replyTo: { kind: 'none' } });
  if (outcome === undefined || outcome.kind === 'error') return failedRead(context, mapping, outcome);
  const { records, next, behindMs } = outcome.output;
  reader.iterator = next;
  if (records.length > 0) {
    mapping.lastProcessingResult = 'OK';
    mapping.counters.polled += records.length;
    tally(context, mapping, { polled: records.length });
    const kept = records.map((record) => toRecord(context, mapping, reader.shardId, record)).filter(filterOf(context, mapping, records.length));
    for (const record of kept) reader.lanes[laneOf(record.partitionKey, reader.lanes.length)]!.queue.push(record);
  } else tally(context, mapping, { polled: 0 });
  return behindMs > 0;
}

function failedRead(context: LambdaContext, mapping: Mapping, outcome: Extract<Outcome, { kind: 'error' }> | undefined): false {
  const text = `PROBLEM: ${outcome?.error.message ?? 'The stream does not exist.'}`;
  if (mapping.lastProcessingResult !== text) {
    mapping.lastProcessingResult = text;
    context.emit('lambda.PollFailed', mapping.sourceArn, { mapping: mapping.uuid, function: mapping.fn, error: outcome?.error.name ?? 'ResourceNotFoundException', message: outcome?.error.message ?? '' });
  }
  return false;
}

/** The same partition key always takes the same lane, so its order is kept. */
function laneOf(partitionKey: string, lanes: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < partitionKey.length; i++) hash = Math.imul(hash ^ partitionKey.charCodeAt(i), 0x01000193) >>> 0;
  return hash % lanes;
}

/** The record as the handler gets it. @source aws/lambda.md §10; AWS Lambda Developer Guide, Kinesis and DynamoDB events */
function toRecord(context: LambdaContext, mapping: Mapping, shardId: string, from: { readonly sequenceNumber: string; readonly partitionKey: string; readonly arrivedEpochMs: number; readonly record: object; readonly cause?: Seq; readonly subject?: string }): StreamRecord {
  const { sequenceNumber, partitionKey, arrivedEpochMs, record } = from;
  const own = { eventSourceARN: mapping.sourceArn };
  const event =
    mapping.stream!.source === 'kinesis'
      ? { kinesis: record, eventSource: 'aws:kinesis', eventVersion: '1.0', eventID: `${shardId}:${sequenceNumber}`, eventName: 'aws:kinesis:record', invokeIdentityArn: settingsOf(context, mapping)?.roleArn ?? '', awsRegion: context.region, ...own }
      : { ...record, ...own };
  return { sequenceNumber, partitionKey, arrivedEpochMs, cause: from.cause, subject: from.subject ?? sequenceNumber, event, bytes: JSON.stringify(event).length };
}

/** What fits no filter is passed over, and counted. */
function filterOf(context: LambdaContext, mapping: Mapping, read: number): (record: StreamRecord) => boolean {
  const { filters } = mapping.settings;
  if (filters.length === 0) return () => true;
  const passes = compileFilterCriteria({ Filters: filters.map((Pattern) => ({ Pattern })) }, mapping.stream!.source);
  let out = 0;
  let seen = 0;
  return (record) => {
    const fits = passes(record.event);
    if (!fits) out++;
    if (++seen < read) return fits;
    tally(context, mapping, { filteredOut: out });
    if (out > 0) {
      mapping.counters.filteredOut += out;
      context.emit('lambda.RecordsFilteredOut', mapping.sourceArn, { mapping: mapping.uuid, function: mapping.fn, records: out }, { cause: [mapping.seq] });
    }
    return fits;
  };
}

/** Gives the lane its next batch, when it is free and a batch is due. A batch that is too old by now is passed over at once. */
export function handOver(context: LambdaContext, mapping: Mapping, reader: ShardReader, lane: Lane): void {
  while (lane.batch === null) {
    const batch = lane.parts.shift() ?? windowEnd(mapping, lane) ?? fullBatch(context, mapping, reader, lane);
    if (batch === undefined) return;
    lane.batch = batch;
    invokeBatch(context, mapping, reader, lane);
  }
}

export function newBatch(mapping: Mapping, records: readonly StreamRecord[], from: Partial<StreamBatch> = {}): StreamBatch {
  return { id: mapping.nextBatch++, records, final: false, retries: 0, waits: 0, invokes: 0, requestId: '', ...from };
}

/** The last invocation of a tumbling window, without records: its time is over, or a record of a later one is next. */
function windowEnd(mapping: Mapping, lane: Lane): StreamBatch | undefined {
  const { tumbling, queue } = lane;
  if (tumbling === null) return undefined;
  const next = queue[0] === undefined ? undefined : windowStart(mapping, queue[0]);
  return tumbling.early || (next === undefined ? tumbling.due : next !== tumbling.startMs) ? newBatch(mapping, [], { final: true }) : undefined;
}

export function windowStart(mapping: Mapping, record: StreamRecord): number {
  const sizeMs = mapping.stream!.tumblingSec * 1000;
  return Math.floor(record.arrivedEpochMs / sizeMs) * sizeMs;
}

/** As many records as fit: by number, by 6 MB, and of one tumbling window. Undefined while the batching window is open. */
function fullBatch(context: LambdaContext, mapping: Mapping, reader: ShardReader, lane: Lane): StreamBatch | undefined {
  const { queue } = lane;
  const { batchSize, windowSec } = mapping.settings;
  if (queue.length === 0) return undefined;
  if (lane.windowFromUs < 0) lane.windowFromUs = context.now;
  let count = 0;
  let bytes = 0;
  const window = mapping.stream!.tumblingSec > 0 ? windowStart(mapping, queue[0]!) : 0;
  const fits = (record: StreamRecord): boolean => count < batchSize && (count === 0 || bytes + record.bytes <= MAPPING.bytesMax) && (window === 0 || windowStart(mapping, record) === window);
  while (count < queue.length && fits(queue[count]!)) bytes += queue[count++]!.bytes;
  const over = context.now >= lane.windowFromUs + windowSec * US_PER_SEC;
  if (count === queue.length && count < batchSize && !over && reader.iterator !== null) {
    lane.windowEntry ??= context.schedule(lane.windowFromUs + windowSec * US_PER_SEC - context.now, 'stream-window', { uuid: mapping.uuid, shard: reader.shardId, lane: lane.index }, { cancellable: true, cause: [mapping.seq] });
    return undefined;
  }
  if (lane.windowEntry !== null) context.cancel(lane.windowEntry);
  lane.windowEntry = null;
  lane.windowFromUs = -1;
  if (window > 0 && lane.tumbling === null) openWindow(context, mapping, { reader, lane, startMs: window });
  return newBatch(mapping, queue.splice(0, count));
}

function openWindow(context: LambdaContext, mapping: Mapping, o: { readonly reader: ShardReader; readonly lane: Lane; readonly startMs: number }): void {
  const settings = mapping.stream!;
  o.lane.tumbling = { startMs: o.startMs, state: '{}', due: false, early: false };
  const endUs = (o.startMs + settings.tumblingSec * 1000) * US_PER_MS - context.epochUs;
  context.schedule(Math.max(0, endUs) + intervalUs(settings), 'tumbling-over', { uuid: mapping.uuid, shard: o.reader.shardId, lane: o.lane.index, startMs: o.startMs }, { cause: [mapping.seq] });
}

interface OfLane {
  readonly uuid: string;
  readonly shard: string;
  readonly lane: number;
}
export function laneAt(context: LambdaContext, at: OfLane): { readonly mapping: Mapping; readonly reader: ShardReader; readonly lane: Lane } | undefined {
  const mapping = context.state.mappings.get(at.uuid);
  const reader = mapping?.shards.get(at.shard);
  const lane = reader?.lanes[at.lane];
  return mapping && reader && lane && { mapping, reader, lane };
}

/** Agenda: a batching window is over. */
export function onStreamWindow(context: LambdaContext, payload: OfLane): void {
  const found = laneAt(context, payload);
  if (found === undefined) return;
  found.lane.windowEntry = null;
  if (found.mapping.enabled) handOver(context, found.mapping, found.reader, found.lane);
}

/** Agenda: a tumbling window is over; its last invocation comes when nothing of it is under way. */
export function onTumblingOver(context: LambdaContext, payload: OfLane & { readonly startMs: number }): void {
  const found = laneAt(context, payload);
  if (found?.lane.tumbling?.startMs !== payload.startMs) return;
  found.lane.tumbling.due = true;
  if (found.mapping.enabled) handOver(context, found.mapping, found.reader, found.lane);
}
