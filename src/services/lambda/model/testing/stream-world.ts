/** A function with a mapping of a stream, for tests: its records are texts, and its handlers log what they got. */
import { base64Decode } from '../../../../base/base64.ts';
import { utf8Decode } from '../../../../base/utf8.ts';
import { models } from '../../../models.ts';
import { functionsWorld } from './functions-world.ts';
import type { FunctionsWorld } from './functions-world.ts';
import type { Script } from './scripted-runtime.ts';
import { STREAM_ARN, TABLE_STREAM_ARN, testStream } from './test-stream.ts';

export interface StreamEvent {
  readonly Records: readonly { readonly kinesis: { readonly sequenceNumber: string; readonly data: string } }[];
  readonly state?: { readonly n?: number };
  readonly window?: { readonly start: string; readonly end: string };
  readonly shardId?: string;
  readonly isFinalInvokeForWindow?: boolean;
  readonly isWindowTerminatedEarly?: boolean;
}
export const texts = (event: unknown): string[] => (event as StreamEvent).Records.map((record) => utf8Decode(base64Decode(record.kinesis.data)));
export const show: Script = { handle: (event) => [{ log: `got ${texts(event).join(',')}` }, { result: null }] };
/** Throws when a record is `bad`. */
export const strict: Script = {
  handle: (event) => [
    { log: `got ${texts(event).join(',')}` },
    ...(texts(event).includes('bad') ? [{ fail: ['Error', 'bad record'] as const }] : [{ result: null }]),
  ],
};
/** Reports the first `bad` record. */
export const reports: Script = {
  handle: (event) => {
    const at = texts(event).indexOf('bad');
    return [
      { log: `got ${texts(event).join(',')}` },
      { result: { batchItemFailures: at < 0 ? [] : [{ itemIdentifier: (event as StreamEvent).Records[at]!.kinesis.sequenceNumber }] } },
    ];
  },
};
/** A queue for what is given up. */
export const BAD = 'arn:aws:sqs:us-east-1:000000000000:bad';
export const toBad = { DestinationConfig: { OnFailure: { Destination: BAD } } };

interface StreamWorldOptions {
  readonly shards?: readonly string[];
  readonly service?: 'kinesis' | 'dynamodb';
  /** What the stream says of itself. */
  readonly retentionSec?: number;
  readonly settings?: object;
  readonly before?: (cloud: FunctionsWorld) => void;
  /** What the role may do; everything with the stream, queues and buckets unless told. */
  readonly rights?: readonly string[];
}

/** From TRIM_HORIZON unless told. */
export function streamWorld(script: Script, mapping: object = {}, o: StreamWorldOptions = {}): FunctionsWorld {
  const service = o.service ?? 'kinesis';
  const cloud = functionsWorld({ script }, { models: [...models.filter((model) => model.id !== service), testStream(o.shards, service, o.retentionSec)] });
  cloud.allow(...(o.rights ?? [`${service}:*`, 'sqs:*', 's3:*']));
  cloud.send('sqs', 'CreateQueue', { QueueName: 'bad' });
  cloud.make('script', { MemorySize: 1769, ...o.settings });
  o.before?.(cloud);
  cloud.send('lambda', 'CreateEventSourceMapping', {
    EventSourceArn: service === 'kinesis' ? STREAM_ARN : TABLE_STREAM_ARN,
    FunctionName: 'fn',
    StartingPosition: 'TRIM_HORIZON',
    ...mapping,
  });
  return cloud;
}
export const put = (cloud: FunctionsWorld, ...records: string[]): void => {
  for (const record of records) cloud.send('kinesis', 'PutRecord', { Data: record, PartitionKey: record });
};
export const got = (cloud: FunctionsWorld): string[] =>
  cloud
    .lines()
    .filter((line) => line.startsWith('got'))
    .map((line) => line.trim().slice(4));
export const mappingId = (cloud: FunctionsWorld): string =>
  (cloud.send('lambda', 'ListEventSourceMappings')['EventSourceMappings'] as { UUID: string }[])[0]!.UUID;

/** A record of what was given up, as the destination gets it. */
export interface FailureRecord {
  readonly requestContext: { readonly requestId: string; readonly functionArn: string; readonly condition: string; readonly approximateInvokeCount: number };
  readonly responseContext?: object;
  readonly KinesisBatchInfo: { readonly startSequenceNumber: string; readonly batchSize: number };
}
export const failures = (cloud: FunctionsWorld): FailureRecord[] =>
  (
    (cloud.send('sqs', 'ReceiveMessage', { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/bad', MaxNumberOfMessages: 10 })['Messages'] ?? []) as {
      Body: string;
    }[]
  ).map((message) => JSON.parse(message.Body) as FailureRecord);
