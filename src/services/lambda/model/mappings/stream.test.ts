import { describe, expect, it } from 'vitest';
import { models } from '../../../models.ts';
import { FN, functionsWorld } from '../testing/functions-world.ts';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';
import { BAD, failures, got, mappingId, put, reports, show, streamWorld as world, strict, texts } from '../testing/stream-world.ts';
import type { StreamEvent } from '../testing/stream-world.ts';
import type { FunctionSummary } from '../summary.ts';
import { STREAM_ARN, testStream } from '../testing/test-stream.ts';

describe('a mapping of a stream', () => {
  it('EST-003: is made with AWS’s defaults', () => {
    const cloud = functionsWorld({ show }, { models: [...models.filter((model) => model.id !== 'kinesis'), testStream()] });
    cloud.allow('kinesis:*');
    cloud.make('show');
    expect(cloud.send('lambda', 'CreateEventSourceMapping', { EventSourceArn: STREAM_ARN, FunctionName: 'fn', StartingPosition: 'LATEST' })).toMatchObject({
      State: 'Creating', BatchSize: 100, MaximumBatchingWindowInSeconds: 0, MaximumRecordAgeInSeconds: -1, MaximumRetryAttempts: -1, ParallelizationFactor: 1, TumblingWindowInSeconds: 0, BisectBatchOnFunctionError: false, DestinationConfig: { OnFailure: {} }, LastProcessingResult: 'No records processed', StateTransitionReason: 'User action', StartingPosition: 'LATEST', FunctionResponseTypes: [],
    });
    cloud.advance(2_000);
    expect(cloud.failure('lambda', 'CreateEventSourceMapping', { EventSourceArn: STREAM_ARN, FunctionName: 'fn', StartingPosition: 'LATEST' })).toMatchObject({ status: 409, message: expect.stringMatching(/^The event source arn \(" arn:aws:kinesis:.*clicks "\) and function \(" fn "\) provided mapping already exists\. Please update or delete the existing mapping with UUID /) as unknown });
  });

  it.each([
    ['a stream that is not there', { EventSourceArn: `${STREAM_ARN}2` }, `Stream not found: ${STREAM_ARN}2`],
    ['no starting position', { StartingPosition: undefined }, "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null."],
    ['a factor of 11', { ParallelizationFactor: 11 }, "1 validation error detected: Value '11' at 'parallelizationFactor' failed to satisfy constraint: Member must have value less than or equal to 10"],
    ['a time in a DynamoDB stream', { EventSourceArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/1', StartingPosition: 'AT_TIMESTAMP' }, 'Unsupported starting position for arn type: arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/1'],
  ])('EST-016: is refused for %s', (_, mapping, message) => {
    expect(() => world(show, mapping)).toThrow(message);
  });

  it('EST-004: from TRIM_HORIZON with 30 records and a batch size of 10 invokes three times, in order', () => {
    const numbers = Array.from({ length: 30 }, (_, i) => String(i));
    const cloud = world(show, { BatchSize: 10 }, { before: (early) => put(early, ...numbers) });
    cloud.advance(10_000);
    expect(got(cloud)).toEqual([numbers.slice(0, 10), numbers.slice(10, 20), numbers.slice(20)].map((part) => part.join(',')));
  });

  it('from LATEST misses what was put before it was enabled', () => {
    const cloud = world(show, { StartingPosition: 'LATEST' }, { before: (early) => put(early, 'before') });
    put(cloud, 'while creating');
    cloud.advance(2_000);
    put(cloud, 'after');
    cloud.advance(3_000);
    expect(got(cloud)).toEqual(['after']);
  });

  it('from a time begins with the first record from then on', () => {
    const cloud = world(show, { StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: 1_767_225_660 }, { before: (early) => { put(early, 'old'); early.advance(60_000); put(early, 'new'); } });
    cloud.advance(5_000);
    expect(got(cloud)).toEqual(['new']);
  });

  it('EST-014: two functions on one stream each get every record', () => {
    const cloud = world(show);
    cloud.make('script', {}, 'other');
    cloud.send('lambda', 'CreateEventSourceMapping', { EventSourceArn: STREAM_ARN, FunctionName: 'other', StartingPosition: 'TRIM_HORIZON' });
    put(cloud, 'a', 'b');
    cloud.advance(5_000);
    expect([cloud.lines('fn'), cloud.lines('other')].map((lines) => lines.filter((line) => line.startsWith('got')))).toEqual([['got a,b\n'], ['got a,b\n']]);
  });

  it('EST-015: filters by the JSON under data, and goes past what does not fit', () => {
    const cloud = world(show, { FilterCriteria: { Filters: [{ Pattern: '{"data":{"kind":["clip"]}}' }] } });
    put(cloud, '{"kind":"note"}', '{"kind":"clip"}');
    cloud.advance(5_000);
    expect(got(cloud)).toEqual(['{"kind":"clip"}']);
    expect(cloud.events('lambda.RecordsFilteredOut')[0]!.data['records']).toBe(1);
  });

  it('waits for its window, or for a full batch', () => {
    const cloud = world(show, { BatchSize: 3, MaximumBatchingWindowInSeconds: 10 });
    cloud.advance(2_000);
    put(cloud, 'a');
    cloud.advance(8_000);
    expect(got(cloud)).toEqual([]);
    cloud.advance(4_000);
    expect(got(cloud)).toEqual(['a']);
    put(cloud, 'b', 'c', 'd');
    cloud.advance(2_000);
    expect(got(cloud)).toEqual(['a', 'b,c,d']);
  });

  it('blocks its shard on a poison record for as long as it is kept', () => {
    const cloud = world(strict, { BatchSize: 1 });
    put(cloud, 'bad', 'good');
    cloud.advance(120_000);
    expect(new Set(got(cloud))).toEqual(new Set(['bad']));
    expect(got(cloud).length).toBeGreaterThan(6);
  });

  it('gives up after its retries, tells the destination where the records were, and goes on', () => {
    const cloud = world(strict, { MaximumRetryAttempts: 1, DestinationConfig: { OnFailure: { Destination: BAD } } });
    put(cloud, 'a', 'bad');
    cloud.advance(5_000);
    put(cloud, 'next');
    cloud.advance(10_000);
    expect(got(cloud)).toEqual(['a,bad', 'a,bad', 'next']);
    const [record] = failures(cloud);
    expect(record).toEqual({
      requestContext: { requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown, functionArn: FN, condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: expect.stringMatching(/Z$/) as unknown,
      KinesisBatchInfo: { shardId: 'shardId-000000000000', startSequenceNumber: '0000000001', endSequenceNumber: '0000000002', approximateArrivalOfFirstRecord: expect.any(String) as unknown, approximateArrivalOfLastRecord: expect.any(String) as unknown, batchSize: 2, streamArn: STREAM_ARN },
    });
  });

  it('puts the records themselves only into S3', () => {
    const cloud = world(strict, { MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::lost' } } }, { before: (early) => early.send('s3', 'CreateBucket', { Bucket: 'lost' }) });
    put(cloud, 'bad');
    cloud.advance(5_000);
    const [object] = cloud.send('s3', 'ListObjectsV2', { Bucket: 'lost' })['Contents'] as { Key: string; Size: number }[];
    expect(object!.Key).toMatch(/^aws\/lambda\/[0-9a-f-]{36}\/shardId-000000000000\/2026\/01\/01\/2026-01-01T00\.00\.\d\d-[0-9a-f-]{36}$/);
    expect(object!.Size).toBeGreaterThan(900);
  });

  it('bisects: only the record that is bad is given up, and a split counts as no retry', () => {
    const cloud = world(strict, { BisectBatchOnFunctionError: true, MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination: BAD } } });
    put(cloud, 'a', 'b', 'bad', 'd');
    cloud.advance(30_000);
    expect(got(cloud)).toEqual(['a,b,bad,d', 'a,b', 'bad,d', 'bad', 'd']);
    expect(failures(cloud)).toMatchObject([{ requestContext: { approximateInvokeCount: 1 }, KinesisBatchInfo: { startSequenceNumber: '0000000003', batchSize: 1 } }]);
  });

  it('with reported failures goes back to the lowest one and repeats all after it; the count of retries begins anew; functionError is null', () => {
    const cloud = world(reports, { FunctionResponseTypes: ['ReportBatchItemFailures'], MaximumRetryAttempts: 3, DestinationConfig: { OnFailure: { Destination: BAD } } });
    put(cloud, 'a', 'bad', 'c');
    cloud.advance(60_000);
    expect(got(cloud)).toEqual(['a,bad,c', 'bad,c', 'bad,c', 'bad,c', 'bad,c']);
    expect(failures(cloud)).toMatchObject([{ requestContext: { condition: 'RetryAttemptsExhausted' }, responseContext: { functionError: null }, KinesisBatchInfo: { batchSize: 2 } }]);
  });

  it('discards what is too old: eight tries within a minute, and a record without responseContext', () => {
    const cloud = world(strict, { MaximumRecordAgeInSeconds: 60, DestinationConfig: { OnFailure: { Destination: BAD } } });
    cloud.advance(2_000);
    put(cloud, 'bad');
    cloud.advance(120_000);
    expect(got(cloud)).toHaveLength(8);
    const [record] = failures(cloud);
    expect(record).toMatchObject({ requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 8 } });
    expect(Object.keys(record!)).not.toContain('responseContext');
  });

  it('discards a record that was too old from the start without an invocation, and says 1', () => {
    const cloud = world(show, { MaximumRecordAgeInSeconds: 60, DestinationConfig: { OnFailure: { Destination: BAD } } }, { before: (early) => early.send('kinesis', 'PutRecord', { Data: 'old', PartitionKey: 'k', AgeMs: 90_000 }) });
    cloud.advance(5_000);
    expect(got(cloud)).toEqual([]);
    expect(failures(cloud)).toMatchObject([{ requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 1 } }]);
  });

  it('waits while the function is throttled, which takes no retry', () => {
    const cloud = world(show, { MaximumRetryAttempts: 0 });
    cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 0 });
    put(cloud, 'a');
    cloud.advance(20_000);
    expect(cloud.events('lambda.Throttled').length).toBeGreaterThan(2);
    cloud.send('lambda', 'DeleteFunctionConcurrency', { FunctionName: 'fn' });
    cloud.advance(30_000);
    expect(got(cloud)).toEqual(['a']);
    expect(cloud.events('lambda.StreamRecordsDropped')).toEqual([]);
  });

  it('runs one batch per shard at a time, and with a factor as many, in order for each partition key', () => {
    const slow: Script = { handle: (event) => [{ sleepMs: 2_000 }, { log: `got ${texts(event).join(',')}` }, { result: null }] };
    const most = (cloud: FunctionsWorld): number => Math.max(...cloud.events('lambda.InvocationStarted').map((event) => Number(event.data['concurrency'])));
    const load = (cloud: FunctionsWorld): void => {
      for (let i = 0; i < 12; i++) cloud.send('kinesis', 'PutRecord', { Data: `${'abc'[i % 3]}${i}`, PartitionKey: 'abc'[i % 3]!, Shard: 'shardId-000000000000' });
      cloud.advance(60_000);
    };
    const one = world(slow, { BatchSize: 1 }, { settings: { Timeout: 10 } });
    load(one);
    expect(most(one)).toBe(1);
    const several = world(slow, { BatchSize: 1, ParallelizationFactor: 10 }, { settings: { Timeout: 10 } });
    load(several);
    expect(most(several)).toBe(3);
    const summary = several.world.models.get('lambda')!.summarize(several.world.context('lambda'), FN) as FunctionSummary;
    expect(summary.mappings[0]).toMatchObject({ pollers: 10, polling: 10, batches: 0, filling: 0, counters: { polled: 12, invoked: 12 } });
    expect(got(several).filter((text) => text.startsWith('a'))).toEqual(['a0', 'a3', 'a6', 'a9']);
    const shards = world(slow, { BatchSize: 1 }, { shards: ['shardId-000000000000', 'shardId-000000000001'], settings: { Timeout: 10 } });
    for (const Shard of ['shardId-000000000000', 'shardId-000000000001']) for (let i = 0; i < 3; i++) shards.send('kinesis', 'PutRecord', { Data: 'x', PartitionKey: 'k', Shard });
    shards.advance(30_000);
    expect(most(shards)).toBe(2);
  });

  it('keeps a state through a tumbling window and closes it with an invocation without records', () => {
    const sums: Script = {
      handle: (event) => {
        const { state, Records, isFinalInvokeForWindow, window } = event as StreamEvent;
        const n = (state?.n ?? 0) + Records.length;
        return [{ log: `got ${isFinalInvokeForWindow === true ? `final ${n} ${window!.start} ${window!.end}` : String(n)}` }, { result: { state: { n } } }];
      },
    };
    const cloud = world(sums, { TumblingWindowInSeconds: 30, BatchSize: 2 });
    cloud.advance(2_000);
    put(cloud, 'a', 'b', 'c');
    cloud.advance(40_000);
    put(cloud, 'd');
    cloud.advance(30_000);
    expect(got(cloud)).toEqual(['2', '3', 'final 3 2026-01-01T00:00:00Z 2026-01-01T00:00:30Z', '1', 'final 1 2026-01-01T00:00:30Z 2026-01-01T00:01:00Z']);
  });

  it('fails a batch of a tumbling window whose reply has no state', () => {
    const cloud = world(show, { TumblingWindowInSeconds: 30, MaximumRetryAttempts: 1 });
    put(cloud, 'a');
    cloud.advance(10_000);
    expect(got(cloud).slice(0, 2)).toEqual(['a', 'a']);
    expect(cloud.events('lambda.StreamRecordsDropped')).toHaveLength(1);
  });

  it('reads on where it was when it was disabled for a while', () => {
    const cloud = world(show);
    cloud.advance(2_000);
    put(cloud, 'a');
    cloud.advance(3_000);
    const UUID = mappingId(cloud);
    cloud.send('lambda', 'UpdateEventSourceMapping', { UUID, Enabled: false });
    cloud.advance(2_000);
    put(cloud, 'b');
    cloud.advance(5_000);
    expect(got(cloud)).toEqual(['a']);
    cloud.send('lambda', 'UpdateEventSourceMapping', { UUID, Enabled: true });
    cloud.advance(5_000);
    expect(got(cloud)).toEqual(['a', 'b']);
  });
});
