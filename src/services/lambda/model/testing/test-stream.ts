/** A stream for tests of mappings, under Kinesis's name: shards in memory, records put by hand. No model of Kinesis. */
import { z } from 'zod';
import { base64Encode } from '../../../../base/base64.ts';
import { utf8Encode } from '../../../../base/utf8.ts';
import { defineModel, operation } from '../../../../sim/service.ts';
import type { AnyServiceModel, Context } from '../../../../sim/service.ts';

interface Stored {
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly arrivedEpochMs: number;
  readonly data: string;
}
interface State {
  readonly shards: Map<string, Stored[]>;
  next: number;
}
type Ctx = Context<State, object>;
export const STREAM_ARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/clicks';

const put = z.object({ Data: z.string(), PartitionKey: z.string(), Shard: z.string().optional(), AgeMs: z.number().optional() });

export function testStream(shards: readonly string[] = ['shardId-000000000000']): AnyServiceModel {
  return defineModel<State, object>({
    id: 'kinesis',
    initialState: () => ({ shards: new Map(shards.map((id) => [id, []])), next: 1 }),
    tuning: { aws: {}, ideal: {} },
    operations: {
      PutRecord: operation({
        input: put,
        action: 'kinesis:PutRecord',
        resource: () => STREAM_ARN,
        writes: true,
        errors: [],
        source: 'tests',
        handle: (context: Ctx, input: z.infer<typeof put>) => {
          const SequenceNumber = String(context.state.next++).padStart(10, '0');
          context.state.shards.get(input.Shard ?? shards[0]!)!.push({ sequenceNumber: SequenceNumber, partitionKey: input.PartitionKey, arrivedEpochMs: context.epochMs - (input.AgeMs ?? 0), data: input.Data });
          return { SequenceNumber };
        },
      }),
    },
    notModelled: [],
    entries: {},
    provides: {
      stream: {
        actions: { read: 'kinesis:GetRecords', describe: 'kinesis:DescribeStream' },
        describe: (_, arn) => ({ exists: arn === STREAM_ARN, shards: shards.map((id) => ({ id, closed: false })) }),
        iterator: (context, _, o) => {
          const records = context.state.shards.get(o.shardId)!;
          const at = o.from === 'TRIM_HORIZON' ? 0 : o.from === 'LATEST' ? records.length : records.filter((record) => record.arrivedEpochMs < o.atEpochMs!).length;
          return `${o.shardId}/${at}`;
        },
        read: (context, o) => {
          const [shardId, at] = o.iterator.split('/') as [string, string];
          const all = context.state.shards.get(shardId)!;
          const records = all.slice(Number(at), Number(at) + o.max);
          const to = Number(at) + records.length;
          return {
            kind: 'ok',
            cause: [],
            output: {
              records: records.map(({ sequenceNumber, partitionKey, arrivedEpochMs, data }) => ({ sequenceNumber, partitionKey, arrivedEpochMs, record: { kinesisSchemaVersion: '1.0', partitionKey, sequenceNumber, data: base64Encode(utf8Encode(data)), approximateArrivalTimestamp: arrivedEpochMs / 1000 } })),
              next: `${shardId}/${to}`,
              behindMs: to < all.length ? context.epochMs - all[to]!.arrivedEpochMs : 0,
            },
          };
        },
      },
    },
    traceKinds: {},
    resources: () => [STREAM_ARN],
    summarize: () => undefined,
  });
}
