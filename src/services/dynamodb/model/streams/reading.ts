/** The port by which event source mappings read a table's stream. @source aws/other-services.md §2, §6 */
import { AwsError, errorToData } from '../../../../sim/errors.ts';
import type { Outcome, StreamPort } from '../../../../sim/ports/ports.ts';
import type { DynamoContext } from '../state.ts';
import { trim } from './changes.ts';
import type { ChangeRecord, Stream } from './stream-state.ts';

/** Numbers of one length, so that their order is that of their texts too. @simplified AWS's are as long, and as arbitrary */
const sequenceNumber = (number: number): string => String(1_000_000_000_000_000_000_000n + BigInt(number));

/** The record as a handler gets it, but for the ARN of its source. */
function eventOf(context: DynamoContext, stream: Stream, record: ChangeRecord): object {
  return {
    eventID: record.eventId,
    eventName: record.eventName,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: context.region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(record.atMs / 1_000),
      Keys: record.keys,
      ...(record.newImage === undefined ? {} : { NewImage: record.newImage }),
      ...(record.oldImage === undefined ? {} : { OldImage: record.oldImage }),
      SequenceNumber: sequenceNumber(record.number),
      SizeBytes: record.bytes,
      StreamViewType: stream.view,
    },
    ...(record.byService ? { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } } : {}),
  };
}

function read(context: DynamoContext, o: { readonly iterator: string; readonly max: number }) {
  const at = o.iterator.lastIndexOf('|');
  const [arn, from] = [o.iterator.slice(0, at), Number(o.iterator.slice(at + 1))];
  const stream = context.state.streams.get(arn);
  if (stream === undefined) throw new AwsError('ResourceNotFoundException', `Requested resource not found: Stream: ${arn} not found`);
  trim(context, stream);
  const rest = stream.records.filter(({ number }) => number >= from);
  const records = rest.slice(0, o.max);
  const next = records.length === 0 ? Math.max(from, rest[0]?.number ?? from) : records[records.length - 1]!.number + 1;
  const behind = rest[records.length];
  return {
    records: records.map((record) => ({ sequenceNumber: sequenceNumber(record.number), partitionKey: JSON.stringify(record.keys), arrivedEpochMs: record.atMs, record: eventOf(context, stream, record), cause: record.seq, subject: record.subject })),
    next: !stream.open && next >= stream.nextNumber ? null : `${arn}|${next}`,
    behindMs: behind === undefined ? 0 : Math.max(1, context.epochMs - behind.atMs),
  };
}

export const streamPort: StreamPort<DynamoContext> = {
  actions: { read: 'dynamodb:GetRecords', describe: 'dynamodb:DescribeStream' },
  describe: (context, arn) => {
    const stream = context.state.streams.get(arn);
    return stream === undefined ? { exists: false, shards: [] } : { exists: true, shards: [{ id: stream.shardId, closed: !stream.open }] };
  },
  iterator: (context, arn, { from }) => {
    const stream = context.state.streams.get(arn);
    return `${arn}|${from === 'LATEST' ? (stream?.nextNumber ?? 1) : 1}`;
  },
  read: (context, o, call): Outcome<ReturnType<typeof read>> => {
    try {
      const arn = o.iterator.slice(0, o.iterator.lastIndexOf('|'));
      const decision = context.authorize(call.principal, 'dynamodb:GetRecords', arn);
      if (!decision.allowed) throw context.deny(decision, 'dynamodb');
      return { kind: 'ok', output: read(context, o), cause: call.cause };
    } catch (error) {
      if (error instanceof AwsError) return { kind: 'error', error: errorToData(error), cause: call.cause };
      throw error;
    }
  },
};
