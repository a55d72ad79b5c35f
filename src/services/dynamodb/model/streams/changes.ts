/** Writes the stream of a table: a record for each change of an item, none where nothing changes; and switches streams on and off. @source aws/other-services.md §6 @simplified Texts of refusals are recalled, not recorded. */
import { isoMs } from '../../../../base/time-text.ts';
import { sha256Hex } from '../../../../base/hash.ts';
import type { Seq } from '../../../../sim/trace.ts';
import { invalidParameters, validation } from '../errors.ts';
import { DYNAMODB } from '../limits.ts';
import { keyOf, keyText, subjectOf } from '../state.ts';
import type { DynamoContext, Table } from '../state.ts';
import { itemBytes, sameValue } from '../values.ts';
import type { Item } from '../values.ts';
import { STREAM_VIEWS } from './stream-state.ts';
import type { ChangeRecord, Stream, StreamView } from './stream-state.ts';

export interface StreamSpecification {
  readonly StreamEnabled: boolean;
  readonly StreamViewType?: string | undefined;
}

/** Takes away what is over 24 hours old. */
export function trim(context: DynamoContext, stream: Stream): void {
  const oldestMs = context.epochMs - DYNAMODB.streamRecordSec * 1_000;
  const from = stream.records.findIndex((record) => record.atMs > oldestMs);
  if (from !== 0) stream.records = from < 0 ? [] : stream.records.slice(from);
}

/** The stream that takes the table's changes now. */
export function streamOf(context: DynamoContext, table: Table): Stream | undefined {
  return table.streamArn === undefined ? undefined : context.state.streams.get(table.streamArn);
}

/** One change of one item, with the trace event of its write. */
export function recordChange(context: DynamoContext, table: Table, change: { readonly before: Item | undefined; readonly after: Item | undefined; readonly seq: Seq; readonly byService?: boolean }): void {
  const stream = streamOf(context, table);
  const { before, after } = change;
  const item = after ?? before;
  if (stream === undefined || item === undefined || (before !== undefined && after !== undefined && sameValue({ M: before }, { M: after }))) return;
  trim(context, stream);
  const keys = keyOf(table, item);
  const newImage = stream.view === 'NEW_IMAGE' || stream.view === 'NEW_AND_OLD_IMAGES' ? after : undefined;
  const oldImage = stream.view === 'OLD_IMAGE' || stream.view === 'NEW_AND_OLD_IMAGES' ? before : undefined;
  const number = stream.nextNumber++;
  const eventName: ChangeRecord['eventName'] = before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY';
  const bytes = [keys, newImage, oldImage].reduce((sum, image) => sum + (image === undefined ? 0 : itemBytes(image)), 0);
  const key = keyText(table, item);
  const subject = subjectOf(table, key);
  const seq = context.emit('dynamodb.ChangeRecorded', table.arn, { key, eventName, stream: stream.arn, number }, { cause: [change.seq], subjects: [subject] });
  stream.records.push({ eventId: sha256Hex(`${stream.arn}/${number}`).slice(0, 32), eventName, number, atMs: context.epochMs, keys, newImage, oldImage, bytes, seq, subject, byService: change.byService ?? false });
}

function viewOf(specification: StreamSpecification): StreamView {
  const view = STREAM_VIEWS.find((one) => one === specification.StreamViewType);
  if (view !== undefined) return view;
  if (specification.StreamViewType === undefined) throw invalidParameters('StreamViewType is required when StreamEnabled is true');
  throw validation(`1 validation error detected: Value '${specification.StreamViewType}' at 'streamSpecification.streamViewType' failed to satisfy constraint: Member must satisfy enum value set: [${STREAM_VIEWS.join(', ')}]`);
}

/** Refuses a specification that makes no sense for the table as it is. @throws AwsError ValidationException */
export function checkStream(specification: StreamSpecification | undefined, table: Pick<Table, 'name' | 'streamArn'> | undefined): void {
  if (specification === undefined) return;
  if (specification.StreamEnabled) viewOf(specification);
  else if (specification.StreamViewType !== undefined) throw invalidParameters('StreamViewType must not be specified when StreamEnabled is false');
  if (table === undefined || specification.StreamEnabled === (table.streamArn === undefined)) return;
  throw validation(specification.StreamEnabled ? `Table already has an enabled stream: TableName: ${table.name}` : `Table has no stream to disable: TableName: ${table.name}`);
}

/** A new stream each time it is switched on; one that is switched off can be read to its end. */
export function setStream(context: DynamoContext, table: Table, specification: StreamSpecification | undefined): void {
  if (specification === undefined) return;
  if (!specification.StreamEnabled) return closeStream(context, table);
  let atMs = context.epochMs;
  const labelAt = (): string => isoMs(atMs).replace('Z', '');
  // Switched off and on within a millisecond, it is another stream all the same.
  while (context.state.streams.has(`${table.arn}/stream/${labelAt()}`)) atMs++;
  const label = labelAt();
  const arn = `${table.arn}/stream/${label}`;
  const shardId = `shardId-${String(context.epochMs).padStart(20, '0')}-${sha256Hex(arn).slice(0, 8)}`;
  context.state.streams.set(arn, { arn, label, view: viewOf(specification), shardId, open: true, nextNumber: 1, records: [] });
  table.streamArn = arn;
  context.emit('dynamodb.StreamSet', table.arn, { stream: arn, state: 'on' });
}

export function closeStream(context: DynamoContext, table: Table): void {
  const stream = streamOf(context, table);
  if (stream === undefined) return;
  stream.open = false;
  table.streamArn = undefined;
  context.emit('dynamodb.StreamSet', table.arn, { stream: stream.arn, state: 'off' });
}

/** Members of a table's description. */
export function describeStream(context: DynamoContext, table: Table): Record<string, unknown> {
  const stream = streamOf(context, table);
  return stream === undefined ? {} : { StreamSpecification: { StreamEnabled: true, StreamViewType: stream.view }, LatestStreamLabel: stream.label, LatestStreamArn: stream.arn };
}
