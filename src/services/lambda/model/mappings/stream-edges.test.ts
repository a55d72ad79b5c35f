/** Mappings of streams where several rules meet: bisection, reported failures and retries, ages, disabled mappings. */
import { describe, expect, it } from 'vitest';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';
import { failures, got, mappingId, put, reports, show, streamWorld, strict, texts, toBad } from '../testing/stream-world.ts';
import type { StreamEvent } from '../testing/stream-world.ts';

const update = (cloud: FunctionsWorld, o: object): Record<string, unknown> => cloud.send('lambda', 'UpdateEventSourceMapping', { UUID: mappingId(cloud), ...o });

describe('a batch of a stream that fails', () => {
  it('is bisected down to the one record, which then has all of its retries', () => {
    const cloud = streamWorld(strict, { BisectBatchOnFunctionError: true, MaximumRetryAttempts: 2, ...toBad });
    put(cloud, 'a', 'bad', 'c', 'd');
    cloud.advance(60_000);
    expect(got(cloud)).toEqual(['a,bad,c,d', 'a,bad', 'a', 'bad', 'bad', 'bad', 'c,d']);
    expect(failures(cloud)).toMatchObject([{ requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 }, responseContext: { functionError: 'Unhandled' }, KinesisBatchInfo: { startSequenceNumber: '0000000002', batchSize: 1 } }]);
  });

  it('with bisection and reported failures goes on from the reported record, not from the middle', () => {
    const cloud = streamWorld(reports, { BisectBatchOnFunctionError: true, FunctionResponseTypes: ['ReportBatchItemFailures'], MaximumRetryAttempts: 0, ...toBad });
    put(cloud, 'a', 'b', 'c', 'bad', 'e');
    cloud.advance(20_000);
    expect(got(cloud)).toEqual(['a,b,c,bad,e', 'bad,e']);
    expect(failures(cloud)).toMatchObject([{ responseContext: { functionError: null }, KinesisBatchInfo: { startSequenceNumber: '0000000004', batchSize: 2 } }]);
  });

  it('goes back to the lowest sequence number of those reported, whatever their order', () => {
    const script: Script = {
      handle: (event) => {
        const { Records } = event as StreamEvent;
        const ids = Records.filter((_, i) => texts(event)[i] === 'bad').map((record) => ({ itemIdentifier: record.kinesis.sequenceNumber }));
        return [{ log: `got ${texts(event).join(',')}` }, { result: { batchItemFailures: ids.reverse() } }];
      },
    };
    const cloud = streamWorld(script, { FunctionResponseTypes: ['ReportBatchItemFailures'], MaximumRetryAttempts: 1 });
    put(cloud, 'a', 'bad', 'c', 'bad', 'e');
    cloud.advance(30_000);
    expect(got(cloud)).toEqual(['a,bad,c,bad,e', 'bad,c,bad,e', 'bad,c,bad,e']);
  });

  it.each([
    ['no list', { items: [] }],
    ['an empty identifier', { batchItemFailures: [{ itemIdentifier: '' }] }],
    ['a missing identifier', { batchItemFailures: [{}] }],
    ['an identifier of no record', { batchItemFailures: [{ itemIdentifier: '0000000099' }] }],
  ])('is a complete failure with %s in the reply', (_, result) => {
    const cloud = streamWorld({ handle: (event) => [{ log: `got ${texts(event).join(',')}` }, { result }] }, { FunctionResponseTypes: ['ReportBatchItemFailures'], MaximumRetryAttempts: 1 });
    put(cloud, 'a', 'b');
    cloud.advance(10_000);
    expect(got(cloud)).toEqual(['a,b', 'a,b']);
    expect(cloud.events('lambda.StreamRecordsDropped')[0]!.data).toMatchObject({ records: 2, condition: 'RetryAttemptsExhausted' });
  });

  it.each([
    ['an empty list', { batchItemFailures: [] }],
    ['null for the list', { batchItemFailures: null }],
    ['an empty object', {}],
    ['an empty text', ''],
    ['nothing', null],
  ])('is a success with %s', (_, result) => {
    const cloud = streamWorld({ handle: (event) => [{ log: `got ${texts(event).join(',')}` }, { result }] }, { FunctionResponseTypes: ['ReportBatchItemFailures'] });
    put(cloud, 'a', 'b');
    cloud.advance(10_000);
    expect(got(cloud)).toEqual(['a,b']);
  });

  it('is given up after its first try with 0 retries, and never with -1, as by default', () => {
    const given = streamWorld(strict, { BatchSize: 1, MaximumRetryAttempts: 0 });
    put(given, 'bad', 'next');
    given.advance(10_000);
    expect(got(given)).toEqual(['bad', 'next']);
    const kept = streamWorld(strict, { BatchSize: 1, MaximumRetryAttempts: -1 });
    put(kept, 'bad', 'next');
    kept.advance(600_000);
    expect(new Set(got(kept))).toEqual(new Set(['bad']));
    expect(kept.events('lambda.StreamRecordsDropped')).toEqual([]);
  });

  it('blocks its shard until the stream keeps the record no longer, which nobody is told', () => {
    const cloud = streamWorld(strict, { BatchSize: 1, ...toBad }, { retentionSec: 3_600 });
    put(cloud, 'bad');
    cloud.advance(1_800_000);
    put(cloud, 'next');
    cloud.advance(1_790_000);
    expect(got(cloud)).not.toContain('next');
    cloud.advance(60_000);
    expect(got(cloud).at(-1)).toBe('next');
    expect(cloud.events('lambda.StreamRecordsDropped').map((event) => event.data['condition'])).toEqual(['Expired']);
    expect(failures(cloud)).toEqual([]);
  });

  it('blocks it for no more than 24 h when the stream does not say', () => {
    const cloud = streamWorld(show, {}, { before: (early) => early.send('kinesis', 'PutRecord', { Data: 'x', PartitionKey: 'k', AgeMs: 86_399_000 + 1 }) });
    cloud.advance(3_000);
    expect([got(cloud), cloud.events('lambda.StreamRecordsDropped')[0]?.data['condition']]).toEqual([[], 'Expired']);
  });

  it('gives the destination one record after another, in the order of the shard, each with its request', () => {
    const cloud = streamWorld({ handle: (event) => [{ log: `got ${texts(event).join(',')}` }, { fail: ['Error', 'boom'] }] }, { BatchSize: 1, MaximumRetryAttempts: 0, ...toBad });
    put(cloud, 'a', 'b', 'c');
    cloud.advance(20_000);
    const records = failures(cloud);
    expect(records.map((record) => record.KinesisBatchInfo.startSequenceNumber)).toEqual(['0000000001', '0000000002', '0000000003']);
    expect(new Set(records.map((record) => record.requestContext.requestId)).size).toBe(3);
  });

  it('is lost, and its shard goes on, when the role may not write to the destination', () => {
    const cloud = streamWorld(strict, { MaximumRetryAttempts: 0, ...toBad }, { rights: ['kinesis:*'] });
    put(cloud, 'bad');
    cloud.advance(5_000);
    put(cloud, 'next');
    cloud.advance(5_000);
    expect(got(cloud)).toEqual(['bad', 'next']);
    expect(cloud.events('lambda.DestinationFailed')[0]!.data['error']).toBe('AccessDeniedException');
  });
});

describe('records of a stream that are too old', () => {
  it('are taken out of their batch: the function gets the younger ones', () => {
    const cloud = streamWorld(show, { MaximumRecordAgeInSeconds: 60, ...toBad }, {
      before: (early) => {
        early.send('kinesis', 'PutRecord', { Data: 'old', PartitionKey: 'k', AgeMs: 90_000 });
        put(early, 'new');
      },
    });
    cloud.advance(5_000);
    expect(got(cloud)).toEqual(['new']);
    const [record] = failures(cloud);
    expect(record).toMatchObject({ requestContext: { requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown, condition: 'RecordAgeExceeded', approximateInvokeCount: 1 }, KinesisBatchInfo: { batchSize: 1 } });
    expect(record!.responseContext).toBeUndefined();
  });

  it('are still delivered at exactly the age, and no more a moment later', () => {
    const at = (AgeMs: number): string[] => {
      const cloud = streamWorld(show, { MaximumRecordAgeInSeconds: 60 }, { before: (early) => early.send('kinesis', 'PutRecord', { Data: 'x', PartitionKey: 'k', AgeMs }) });
      cloud.advance(5_000);
      return got(cloud);
    };
    // The mapping is enabled one second after the record was put, and reads at once.
    expect(at(59_000)).toEqual(['x']);
    expect(at(59_001)).toEqual([]);
  });

  it('are given up while the function is throttled, and free their shard', () => {
    const cloud = streamWorld(show, { MaximumRecordAgeInSeconds: 60, ...toBad });
    cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 0 });
    put(cloud, 'a');
    cloud.advance(120_000);
    expect(failures(cloud)).toMatchObject([{ requestContext: { condition: 'RecordAgeExceeded' } }]);
    cloud.send('lambda', 'DeleteFunctionConcurrency', { FunctionName: 'fn' });
    put(cloud, 'b');
    cloud.advance(5_000);
    expect(got(cloud)).toEqual(['b']);
  });

  it('are passed over by the thousand', () => {
    const cloud = streamWorld(show, { BatchSize: 1, MaximumRecordAgeInSeconds: 60 }, {
      before: (early) => {
        for (let i = 0; i < 5_000; i++) early.send('kinesis', 'PutRecord', { Data: 'old', PartitionKey: 'k', AgeMs: 90_000 });
        put(early, 'new');
      },
    });
    cloud.advance(5_000);
    expect(got(cloud)).toEqual(['new']);
  });
});

describe('a mapping of a stream that is disabled', () => {
  it('stops trying a failed batch, and begins with it when it is enabled again', () => {
    const cloud = streamWorld(strict);
    put(cloud, 'bad');
    cloud.advance(3_000);
    const tries = got(cloud).length;
    update(cloud, { Enabled: false });
    cloud.advance(120_000);
    expect(got(cloud)).toHaveLength(tries);
    put(cloud, 'next');
    expect(update(cloud, { Enabled: true })['State']).toBe('Enabling');
    cloud.advance(2_000);
    expect(got(cloud).slice(tries)).toEqual(['bad']);
  });

  it('lets the batch end that is under way, and takes no other', () => {
    const slow: Script = { handle: (event) => [{ sleepMs: 2_000 }, { log: `got ${texts(event).join(',')}` }, { result: null }] };
    const cloud = streamWorld(slow, { BatchSize: 1 }, { settings: { Timeout: 10 } });
    put(cloud, 'a', 'b');
    cloud.advance(2_000);
    update(cloud, { Enabled: false });
    cloud.advance(60_000);
    expect(got(cloud)).toEqual(['a']);
    update(cloud, { Enabled: true });
    cloud.advance(10_000);
    expect(got(cloud)).toEqual(['a', 'b']);
  });

  it('is deleted with a batch that waits for its next try, which never comes', () => {
    const cloud = streamWorld(strict);
    put(cloud, 'bad');
    cloud.advance(3_000);
    const tries = got(cloud).length;
    expect(cloud.send('lambda', 'DeleteEventSourceMapping', { UUID: mappingId(cloud) })['State']).toBe('Deleting');
    cloud.advance(60_000);
    expect(got(cloud)).toHaveLength(tries);
    expect(cloud.send('lambda', 'ListEventSourceMappings')['EventSourceMappings']).toEqual([]);
  });

  it('made disabled from LATEST begins when it is enabled', () => {
    const cloud = streamWorld(show, { Enabled: false, StartingPosition: 'LATEST' });
    cloud.advance(5_000);
    put(cloud, 'before');
    update(cloud, { Enabled: true });
    cloud.advance(2_000);
    put(cloud, 'after');
    cloud.advance(3_000);
    expect(got(cloud)).toEqual(['after']);
  });
});
