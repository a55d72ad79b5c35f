/** What a mapping keeps apart: shards and their children, partition keys, tumbling windows; and what its settings may be. */
import { describe, expect, it } from 'vitest';
import { textOf } from '../../../../sim/values.ts';
import type { BlobInput } from '../../../../sim/values.ts';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';
import { failures, got, mappingId, put, show, streamWorld, strict, texts, toBad } from '../testing/stream-world.ts';
import type { StreamEvent } from '../testing/stream-world.ts';
import { STREAM_ARN, TABLE_STREAM_ARN } from '../testing/test-stream.ts';

const shardZero = 'shardId-000000000000';

describe('shards of a stream', () => {
  it('that are split: the children wait until the parent is read to its end and all of it is done with', () => {
    const cloud = streamWorld(strict, { BatchSize: 1, MaximumRetryAttempts: 2, StartingPosition: 'LATEST' });
    cloud.advance(2_000);
    put(cloud, 'bad', 'last');
    cloud.send('kinesis', 'SplitShard', { Shard: shardZero, Children: ['shardId-000000000001', 'shardId-000000000002'] });
    cloud.send('kinesis', 'PutRecord', { Data: 'left', PartitionKey: 'l', Shard: 'shardId-000000000001' });
    cloud.send('kinesis', 'PutRecord', { Data: 'right', PartitionKey: 'r', Shard: 'shardId-000000000002' });
    cloud.advance(30_000);
    expect(got(cloud).slice(0, 4)).toEqual(['bad', 'bad', 'bad', 'last']);
    // The children are new: read from their beginning, though the mapping began at LATEST.
    expect(got(cloud).slice(4).sort()).toEqual(['left', 'right']);
  });

  it('that end do not wait for a batching window', () => {
    const cloud = streamWorld(show, { MaximumBatchingWindowInSeconds: 300 });
    cloud.advance(2_000);
    put(cloud, 'a');
    cloud.send('kinesis', 'SplitShard', { Shard: shardZero, Children: ['shardId-000000000001'] });
    cloud.advance(3_000);
    expect(got(cloud)).toEqual(['a']);
  });

  it('are each blocked by their own record only', () => {
    const cloud = streamWorld(strict, { BatchSize: 1 }, { shards: [shardZero, 'shardId-000000000001'] });
    put(cloud, 'bad', 'behind it');
    cloud.send('kinesis', 'PutRecord', { Data: 'elsewhere', PartitionKey: 'e', Shard: 'shardId-000000000001' });
    cloud.advance(30_000);
    expect(new Set(got(cloud))).toEqual(new Set(['bad', 'elsewhere']));
  });

  it('with a parallelization factor: a poison record blocks what shares its way, and every key keeps its order through its retries', () => {
    const cloud = streamWorld(strict, { BatchSize: 1, ParallelizationFactor: 10, MaximumRetryAttempts: 1 });
    for (const [key, data] of [['a', 'bad'], ['b', 'b1'], ['a', 'a2'], ['b', 'b2']]) cloud.send('kinesis', 'PutRecord', { Data: data, PartitionKey: key });
    cloud.advance(10_000);
    const order = got(cloud);
    expect(order.filter((text) => text.startsWith('b') && text !== 'bad')).toEqual(['b1', 'b2']);
    expect(order.filter((text) => text === 'bad' || text === 'a2')).toEqual(['bad', 'bad', 'a2']);
    expect(order.indexOf('b2')).toBeLessThan(order.lastIndexOf('bad'));
  });

  it('with a factor and bisection keep each key’s order too', () => {
    const cloud = streamWorld(strict, { BatchSize: 10, ParallelizationFactor: 2, BisectBatchOnFunctionError: true, MaximumRetryAttempts: 0 });
    for (let i = 0; i < 8; i++) cloud.send('kinesis', 'PutRecord', { Data: i === 3 ? 'bad' : `a${i}`, PartitionKey: 'a' });
    cloud.advance(60_000);
    const done = cloud.lines().filter((line) => line.startsWith('got') && !line.includes('bad')).flatMap((line) => line.trim().slice(4).split(','));
    expect(done).toEqual(['a0', 'a1', 'a2', 'a4', 'a5', 'a6', 'a7']);
  });

  it('of small batches are worked off as fast as the function is', () => {
    const cloud = streamWorld(show, { BatchSize: 1 });
    put(cloud, ...Array.from({ length: 50 }, (_, i) => String(i)));
    cloud.advance(5_000);
    expect(got(cloud)).toEqual(Array.from({ length: 50 }, (_, i) => String(i)));
  });
});

describe('a stream of a DynamoDB table', () => {
  interface Changes {
    readonly Records: readonly { readonly eventSource: string; readonly eventSourceARN: string; readonly dynamodb: { readonly NewImage: { readonly data: { readonly S: string } } } }[];
  }
  const images: Script = { handle: (event) => [{ log: `got ${(event as Changes).Records.map((record) => record.dynamodb.NewImage.data.S).join(',')}` }, { result: null }] };
  const change = (cloud: FunctionsWorld, PartitionKey: string, Data = 'x'): void => void cloud.send('dynamodb', 'PutRecord', { Data, PartitionKey });

  it('is asked four times a second, and its records carry its ARN', () => {
    const cloud = streamWorld({ handle: (event) => [{ log: `got ${(event as Changes).Records.map((record) => `${record.eventSource} ${record.eventSourceARN}`).join(',')}` }, { result: null }] }, {}, { service: 'dynamodb' });
    cloud.advance(2_100);
    change(cloud, 'a');
    cloud.advance(500);
    expect(got(cloud)).toEqual([`aws:dynamodb ${TABLE_STREAM_ARN}`]);
  });

  it('is filtered by its images, and tells its failures as those of a DynamoDB stream', () => {
    const cloud = streamWorld({ handle: () => [{ fail: ['Error', 'boom'] }] }, { MaximumRetryAttempts: 0, FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"Keys":{"id":{"S":["keep"]}}}}' }] }, ...toBad }, { service: 'dynamodb' });
    change(cloud, 'skip');
    change(cloud, 'keep');
    cloud.advance(5_000);
    const [record] = failures(cloud);
    expect(record).toMatchObject({ DDBStreamBatchInfo: { startSequenceNumber: '0000000002', endSequenceNumber: '0000000002', batchSize: 1, streamArn: TABLE_STREAM_ARN } });
    expect(Object.keys(record!)).not.toContain('KinesisBatchInfo');
  });

  it('keeps the order of each item with a parallelization factor', () => {
    const cloud = streamWorld(images, { BatchSize: 1, ParallelizationFactor: 5 }, { service: 'dynamodb' });
    for (const data of ['a1', 'b1', 'a2', 'b2', 'a3']) change(cloud, data[0]!, data);
    cloud.advance(5_000);
    expect(['a', 'b'].map((id) => got(cloud).filter((data) => data.startsWith(id)))).toEqual([['a1', 'a2', 'a3'], ['b1', 'b2']]);
  });
});

describe('a tumbling window', () => {
  const sums: Script = {
    handle: (event) => {
      const { state, Records, shardId, isFinalInvokeForWindow, isWindowTerminatedEarly } = event as StreamEvent;
      const n = (state?.n ?? 0) + Records.length;
      return [{ log: `got ${shardId!.slice(-1)} ${n}${isFinalInvokeForWindow === true ? ' final' : ''}${isWindowTerminatedEarly === true ? ' early' : ''}` }, { result: { state: { n } } }];
    },
  };

  it('has a state of its own for each shard', () => {
    const cloud = streamWorld(sums, { TumblingWindowInSeconds: 30 }, { shards: [shardZero, 'shardId-000000000001'] });
    cloud.advance(2_000);
    put(cloud, 'a', 'b');
    cloud.send('kinesis', 'PutRecord', { Data: 'c', PartitionKey: 'c', Shard: 'shardId-000000000001' });
    cloud.advance(60_000);
    expect(got(cloud).toSorted()).toEqual(['0 2', '0 2 final', '1 1', '1 1 final']);
  });

  it('is closed early when its state is over 1 MB, and the next record begins anew', () => {
    const large: Script = {
      handle: (event) => {
        const { state, Records, isFinalInvokeForWindow, isWindowTerminatedEarly } = event as StreamEvent;
        const n = (state?.n ?? 0) + Records.length;
        return [{ log: `got ${n} ${String(isFinalInvokeForWindow)} ${String(isWindowTerminatedEarly)}` }, { result: { state: { n, fill: n === 2 ? 'x'.repeat(1_048_576) : '' } } }];
      },
    };
    const cloud = streamWorld(large, { TumblingWindowInSeconds: 60, BatchSize: 1 });
    cloud.advance(2_000);
    put(cloud, 'a', 'b', 'c');
    cloud.advance(10_000);
    expect(got(cloud)).toEqual(['1 false false', '2 false false', '0 true true', '1 false false']);
    cloud.advance(60_000);
    expect(got(cloud).at(-1)).toBe('1 true false');
  });

  it('is closed before a record of a later window is handed over, and waits for a failed batch of its own', () => {
    let fails = 1;
    const script: Script = {
      handle: (event, _, { epochMs }) => {
        const { state, Records, isFinalInvokeForWindow } = event as StreamEvent;
        const n = (state?.n ?? 0) + Records.length;
        const log = { log: `got ${texts(event).join(',')} ${n}${isFinalInvokeForWindow === true ? ' final' : ''}` };
        if (Records.length > 0 && epochMs % 60_000 > 20_000 && fails-- > 0) return [log, { fail: ['Error', 'boom'] }];
        return [log, { result: { state: { n } } }];
      },
    };
    const cloud = streamWorld(script, { TumblingWindowInSeconds: 30, BatchSize: 1 });
    cloud.advance(25_000);
    put(cloud, 'a');
    cloud.advance(20_000);
    put(cloud, 'b');
    cloud.advance(30_000);
    expect(got(cloud)).toEqual(['a 1', 'a 1', ' 1 final', 'b 1', ' 1 final']);
  });

  it('puts the whole event into S3 when its batch is given up', () => {
    const cloud = streamWorld(strict, { TumblingWindowInSeconds: 30, MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::lost' } } }, { before: (early) => early.send('s3', 'CreateBucket', { Bucket: 'lost' }) });
    put(cloud, 'bad');
    cloud.advance(5_000);
    const [object] = cloud.send('s3', 'ListObjectsV2', { Bucket: 'lost' })['Contents'] as { Key: string }[];
    const { Body } = cloud.send('s3', 'GetObject', { Bucket: 'lost', Key: object!.Key });
    const { payload } = JSON.parse(textOf(cloud.world.options.blobs, Body as BlobInput)!) as { payload: string };
    const event = JSON.parse(payload) as StreamEvent;
    expect([event.shardId, event.window?.start, texts(event)]).toEqual([shardZero, '2026-01-01T00:00:00Z', ['bad']]);
  });
});

describe('settings of a mapping of a stream', () => {
  it.each([
    [{ MaximumRetryAttempts: -2 }, "Value '-2' at 'maximumRetryAttempts' failed to satisfy constraint: Member must have value greater than or equal to -1"],
    [{ MaximumRetryAttempts: 10_001 }, "Value '10001' at 'maximumRetryAttempts' failed to satisfy constraint: Member must have value less than or equal to 10000"],
    [{ MaximumRecordAgeInSeconds: -2 }, "Value '-2' at 'maximumRecordAgeInSeconds' failed to satisfy constraint: Member must have value greater than or equal to -1"],
    [{ MaximumRecordAgeInSeconds: 59 }, "Value '59' at 'maximumRecordAgeInSeconds' failed to satisfy constraint: Member must have value greater than or equal to 60"],
    [{ MaximumRecordAgeInSeconds: 604_801 }, "Value '604801' at 'maximumRecordAgeInSeconds' failed to satisfy constraint: Member must have value less than or equal to 604800"],
    [{ ParallelizationFactor: 0 }, "Value '0' at 'parallelizationFactor' failed to satisfy constraint: Member must have value greater than or equal to 1"],
    [{ TumblingWindowInSeconds: 901 }, "Value '901' at 'tumblingWindowInSeconds' failed to satisfy constraint: Member must have value less than or equal to 900"],
    [{ BatchSize: 10_001 }, "Value '10001' at 'batchSize' failed to satisfy constraint: Member must have value less than or equal to 10000"],
    [{ MaximumBatchingWindowInSeconds: 301 }, "Value '301' at 'maximumBatchingWindowInSeconds' failed to satisfy constraint: Member must have value less than or equal to 300"],
    [{ StartingPosition: 'MIDDLE' }, "Value 'MIDDLE' at 'startingPosition' failed to satisfy constraint: Member must satisfy enum value set"],
    [{ EventSourceArn: undefined }, 'Unrecognized event source.'],
    [{ FunctionName: 'none' }, 'Function does not exist'],
    [{ FunctionName: 'fn:none' }, 'Function does not exist'],
  ])('%j are refused', (mapping, message) => {
    expect(() => streamWorld(show, mapping)).toThrow(message);
  });

  it('at their limits are taken, and so is the largest batch without a window', () => {
    const cloud = streamWorld(show, { MaximumRetryAttempts: 10_000, MaximumRecordAgeInSeconds: 604_800, ParallelizationFactor: 10, TumblingWindowInSeconds: 900, BatchSize: 10_000 });
    expect(cloud.send('lambda', 'GetEventSourceMapping', { UUID: mappingId(cloud) })).toMatchObject({ MaximumRetryAttempts: 10_000, MaximumRecordAgeInSeconds: 604_800, ParallelizationFactor: 10, TumblingWindowInSeconds: 900, BatchSize: 10_000, MaximumBatchingWindowInSeconds: 0 });
  });

  it('that need rights of the role refuse a role that may not read', () => {
    expect(() => streamWorld(show, {}, { rights: ['kinesis:DescribeStream'] })).toThrow(`Cannot access stream ${STREAM_ARN}.`);
  });
});
