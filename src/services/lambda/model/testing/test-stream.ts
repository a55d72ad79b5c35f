/** A stream for tests of mappings, under the name of Kinesis or DynamoDB: shards in memory, records put by hand, shards split by hand. No model of either. */
import { z } from 'zod';
import { base64Encode } from '../../../../base/base64.ts';
import { utf8Encode } from '../../../../base/utf8.ts';
import { errorToData } from '../../../../sim/errors.ts';
import { defineModel, operation } from '../../../../sim/service.ts';
import type { AnyServiceModel, Context } from '../../../../sim/service.ts';

interface Stored {
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly arrivedEpochMs: number;
  readonly data: string;
}
interface Shard {
  readonly parentId: string | undefined;
  closed: boolean;
  readonly records: Stored[];
}
interface State {
  readonly shards: Map<string, Shard>;
  next: number;
}
type Ctx = Context<State, object>;
export const STREAM_ARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/clicks';
export const TABLE_STREAM_ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/2026-01-01T00:00:00.000';
const ARNS = { kinesis: STREAM_ARN, dynamodb: TABLE_STREAM_ARN };

const put = z.object({ Data: z.string(), PartitionKey: z.string(), Shard: z.string().optional(), AgeMs: z.number().optional() });
const split = z.object({ Shard: z.string(), Children: z.array(z.string()) });

export function testStream(shards: readonly string[] = ['shardId-000000000000'], service: keyof typeof ARNS = 'kinesis', retentionSec?: number): AnyServiceModel {
  const row = { action: `${service}:PutRecord`, resource: () => ARNS[service], writes: true, errors: [], source: 'tests' };
  return defineModel<State, object>({
    id: service,
    initialState: () => ({ shards: new Map(shards.map((id): [string, Shard] => [id, { parentId: undefined, closed: false, records: [] }])), next: 1 }),
    tuning: { aws: {}, ideal: {} },
    operations: {
      PutRecord: operation({
        ...row,
        input: put,
        handle: (context: Ctx, input: z.infer<typeof put>) => {
          const SequenceNumber = String(context.state.next++).padStart(10, '0');
          context.state.shards
            .get(input.Shard ?? shards[0]!)!
            .records.push({
              sequenceNumber: SequenceNumber,
              partitionKey: input.PartitionKey,
              arrivedEpochMs: context.epochMs - (input.AgeMs ?? 0),
              data: input.Data,
            });
          return { SequenceNumber };
        },
      }),
      SplitShard: operation({
        ...row,
        input: split,
        handle: (context: Ctx, input: z.infer<typeof split>) => {
          context.state.shards.get(input.Shard)!.closed = true;
          for (const child of input.Children) context.state.shards.set(child, { parentId: input.Shard, closed: false, records: [] });
          return {};
        },
      }),
    },
    notModelled: [],
    entries: {},
    provides: {
      stream: {
        actions: { read: `${service}:GetRecords`, describe: `${service}:DescribeStream` },
        describe: (context, arn) => ({
          exists: arn === ARNS[service],
          ...(retentionSec === undefined ? {} : { retentionSec }),
          shards: [...context.state.shards].map(([id, { closed, parentId }]) => ({ id, closed, ...(parentId === undefined ? {} : { parentId }) })),
        }),
        iterator: (context, _, o) => {
          const { records } = context.state.shards.get(o.shardId)!;
          const at =
            o.from === 'TRIM_HORIZON' ? 0 : o.from === 'LATEST' ? records.length : records.filter((record) => record.arrivedEpochMs < o.atEpochMs!).length;
          return `${o.shardId}/${at}`;
        },
        read: (context, o, call) => {
          const decision = context.authorize(call.principal, `${service}:GetRecords`, ARNS[service]);
          if (!decision.allowed) return { kind: 'error', error: errorToData(context.deny(decision, service)), cause: [] };
          const [shardId, at] = o.iterator.split('/') as [string, string];
          const { records: all, closed } = context.state.shards.get(shardId)!;
          const records = all.slice(Number(at), Number(at) + o.max);
          const to = Number(at) + records.length;
          return {
            kind: 'ok',
            cause: [],
            output: {
              records: records.map(({ sequenceNumber, partitionKey, arrivedEpochMs, data }) => ({
                sequenceNumber,
                partitionKey,
                arrivedEpochMs,
                record: recordOf(service, { sequenceNumber, partitionKey, arrivedEpochMs, data }),
              })),
              next: closed && to === all.length ? null : `${shardId}/${to}`,
              behindMs: to < all.length ? context.epochMs - all[to]!.arrivedEpochMs : 0,
            },
          };
        },
      },
    },
    traceKinds: {},
    resources: () => [ARNS[service]],
    summarize: () => undefined,
  });
}

function recordOf(service: keyof typeof ARNS, { sequenceNumber, partitionKey, arrivedEpochMs, data }: Stored): object {
  if (service === 'kinesis')
    return {
      kinesisSchemaVersion: '1.0',
      partitionKey,
      sequenceNumber,
      data: base64Encode(utf8Encode(data)),
      approximateArrivalTimestamp: arrivedEpochMs / 1000,
    };
  return {
    eventID: sequenceNumber,
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'us-east-1',
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(arrivedEpochMs / 1000),
      Keys: { id: { S: partitionKey } },
      NewImage: { id: { S: partitionKey }, data: { S: data } },
      SequenceNumber: sequenceNumber,
      SizeBytes: data.length,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  };
}
