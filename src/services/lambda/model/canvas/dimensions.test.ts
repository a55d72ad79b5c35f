/** By what CloudWatch gives Lambda's metrics: functions, versions and aliases, the account, and mappings. */
import { describe, expect, it } from 'vitest';
import { functionsWorld } from '../testing/functions-world.ts';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import { queueWorld, send } from '../testing/queue-world.ts';
import { mappingId, put, reports, strict, streamWorld, toBad } from '../testing/stream-world.ts';

const START = Date.parse('2026-01-01T00:00:00Z');
/** The whole run as one datapoint: its sum or most; undefined where CloudWatch has nothing. */
function read(cloud: FunctionsWorld, MetricName: string, dimensions: Record<string, string>, statistic: 'Sum' | 'Maximum' = 'Sum'): unknown {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const { Datapoints } = cloud.send('monitoring', 'GetMetricStatistics', { Namespace: 'AWS/Lambda', MetricName, Dimensions, StartTime: new Date(START).toISOString(), EndTime: new Date(START + 86_400_000).toISOString(), Period: 86_400, Statistics: [statistic] });
  return (Datapoints as Record<string, unknown>[])[0]?.[statistic];
}
const slow = { handle: (event: unknown) => [{ sleepMs: 1_000 }, (event as { fail?: boolean }).fail === true ? ({ fail: ['Error', 'boom'] } as const) : { result: 1 }] };
const tick = (sec: number): number => sec * 1_000;

describe('Lambda metrics by version and alias', () => {
  function versioned(): FunctionsWorld {
    const cloud = functionsWorld({ slow });
    cloud.make('slow');
    cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    cloud.send('lambda', 'CreateAlias', { FunctionName: 'fn', Name: 'live', FunctionVersion: '1' });
    return cloud;
  }

  it('count the version that was asked for beside its function, and unqualified requests for the function alone', () => {
    const cloud = versioned();
    cloud.invoke({}, { Qualifier: '1' });
    cloud.invoke({});
    expect(read(cloud, 'Invocations', { FunctionName: 'fn' })).toBe(2);
    expect(read(cloud, 'Invocations', { FunctionName: 'fn', Resource: 'fn:1' })).toBe(1);
    expect(read(cloud, 'Duration', { FunctionName: 'fn', Resource: 'fn:1' })).toBeGreaterThan(1_000);
    expect(read(cloud, 'Invocations', { FunctionName: 'fn', Resource: 'fn:1', ExecutedVersion: '1' })).toBeUndefined();
  });

  it('tell errors of an alias by the version that it chose', () => {
    const cloud = versioned();
    cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', Description: 'new' });
    cloud.advance(tick(5));
    cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    cloud.send('lambda', 'UpdateAlias', { FunctionName: 'fn', Name: 'live', RoutingConfig: { AdditionalVersionWeights: { 2: 0.5 } } });
    const served = Array.from({ length: 12 }, () => cloud.invoke({ fail: true }, { Qualifier: 'live' }).version);
    const by = (version: string): unknown => read(cloud, 'Errors', { FunctionName: 'fn', Resource: 'fn:live', ExecutedVersion: version });
    expect(new Set(served)).toEqual(new Set(['1', '2']));
    expect([by('1'), by('2')]).toEqual(['1', '2'].map((version) => served.filter((one) => one === version).length));
    expect(read(cloud, 'Errors', { FunctionName: 'fn', Resource: 'fn:live' })).toBe(12);
  });

  it('count throttles and async events of an alias', () => {
    const cloud = versioned();
    cloud.send('lambda', 'Invoke', { FunctionName: 'fn', Qualifier: 'live', InvocationType: 'Event', Payload: '{}' });
    cloud.advance(tick(5));
    cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 0 });
    cloud.failure('lambda', 'Invoke', { FunctionName: 'fn', Qualifier: 'live' });
    const live = { FunctionName: 'fn', Resource: 'fn:live' };
    expect([read(cloud, 'AsyncEventsReceived', live), read(cloud, 'AsyncEventAge', live), read(cloud, 'Throttles', live), read(cloud, 'Throttles', { ...live, ExecutedVersion: '1' })]).toEqual([1, expect.any(Number), 1, 1]);
  });

  it('tell concurrency of the alias, of the version behind it, of the function and of all', () => {
    const cloud = versioned();
    cloud.make('slow', {}, 'other');
    cloud.begin({}, { Qualifier: 'live' });
    cloud.begin({}, { Qualifier: 'live' });
    cloud.begin({}, { Qualifier: '1' });
    cloud.begin({});
    cloud.begin({}, { FunctionName: 'other' });
    cloud.advance(tick(5));
    const most = (dimensions: Record<string, string>): unknown => read(cloud, 'ConcurrentExecutions', dimensions, 'Maximum');
    expect(most({ FunctionName: 'fn', Resource: 'fn:live' })).toBe(2);
    expect(most({ FunctionName: 'fn', Resource: 'fn:live', ExecutedVersion: '1' })).toBe(2);
    expect(most({ FunctionName: 'fn', Resource: 'fn:1' })).toBe(1);
    expect(most({ FunctionName: 'fn' })).toBe(4);
    expect(most({})).toBe(5);
  });
});

describe('Lambda metrics of the account', () => {
  it('add up all functions', () => {
    const cloud = functionsWorld({ slow });
    cloud.make('slow');
    cloud.make('slow', {}, 'other');
    cloud.invoke();
    cloud.invoke({ fail: true }, { FunctionName: 'other' });
    expect([read(cloud, 'Invocations', {}), read(cloud, 'Errors', {})]).toEqual([2, 1]);
  });

  it('tell what runs unreserved, and what is claimed: that, reservations, and provisioned concurrency outside of them', () => {
    const cloud = functionsWorld({ slow });
    for (const name of ['reserved', 'provisioned', 'free']) cloud.make('slow', {}, name);
    cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'reserved', ReservedConcurrentExecutions: 600 });
    for (const FunctionName of ['reserved', 'provisioned']) {
      cloud.send('lambda', 'PublishVersion', { FunctionName });
      cloud.send('lambda', 'PutProvisionedConcurrencyConfig', { FunctionName, Qualifier: '1', ProvisionedConcurrentExecutions: 2 });
    }
    cloud.advance(tick(150));
    for (const FunctionName of ['reserved', 'free', 'free']) cloud.begin({}, { FunctionName });
    cloud.begin({}, { FunctionName: 'provisioned', Qualifier: '1' });
    cloud.advance(tick(5));
    expect(read(cloud, 'ConcurrentExecutions', {}, 'Maximum')).toBe(4);
    expect(read(cloud, 'UnreservedConcurrentExecutions', {}, 'Maximum')).toBe(2);
    expect(read(cloud, 'ClaimedAccountConcurrency', {}, 'Maximum')).toBe(604);
  });

  it('are the function’s own while nothing else runs and nothing is set aside', () => {
    const cloud = functionsWorld({ slow });
    cloud.make('slow');
    cloud.begin();
    cloud.begin();
    cloud.advance(tick(5));
    expect(['UnreservedConcurrentExecutions', 'ClaimedAccountConcurrency', 'ConcurrentExecutions'].map((metric) => read(cloud, metric, {}, 'Maximum'))).toEqual([2, 2, 2]);
    expect(cloud.events('lambda.InvocationStarted').flatMap(({ data }) => Object.keys(data)).filter((name) => /^concurrency.|setAside/.test(name))).toEqual([]);
  });
});

describe('metrics of a mapping', () => {
  const counted = { MetricsConfig: { Metrics: ['EventCount'] } };
  const all = (cloud: FunctionsWorld, ...metrics: string[]): unknown[] => metrics.map((metric) => read(cloud, metric, { EventSourceMappingUUID: mappingId(cloud) }));

  it('of a queue count what was read, passed over, tried, failed and deleted', () => {
    const cloud = queueWorld({ handle: (event) => [{ result: { batchItemFailures: (event as { Records: { messageId: string; body: string }[] }).Records.filter(({ body }) => body.includes('bad')).map(({ messageId }) => ({ itemIdentifier: messageId })) } }] }, { mapping: { ...counted, FunctionResponseTypes: ['ReportBatchItemFailures'], FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["x"]}}' }] } } });
    send(cloud, '{"kind":"x"}', '{"kind":"x","v":"bad"}', '{"kind":"y"}');
    cloud.advance(tick(10));
    expect(all(cloud, 'PolledEventCount', 'FilteredOutEventCount', 'InvokedEventCount', 'FailedInvokeEventCount', 'DeletedEventCount', 'DroppedEventCount')).toEqual([3, 1, 2, 1, 1, undefined]);
  });

  it('of a stream count retries again, and what went to the destination apart from what was dropped', () => {
    const kept = streamWorld(strict, { ...counted, ...toBad, MaximumRetryAttempts: 1, BatchSize: 1 });
    put(kept, 'good', 'bad');
    kept.advance(tick(60));
    expect(all(kept, 'PolledEventCount', 'InvokedEventCount', 'FailedInvokeEventCount', 'OnFailureDestinationDeliveredEventCount', 'DroppedEventCount', 'DeletedEventCount')).toEqual([2, 3, 2, 1, undefined, undefined]);
    const lost = streamWorld(strict, { ...counted, MaximumRetryAttempts: 0 });
    put(lost, 'bad');
    lost.advance(tick(60));
    expect(all(lost, 'OnFailureDestinationDeliveredEventCount', 'DroppedEventCount')).toEqual([undefined, 1]);
    const refused = streamWorld(strict, { ...counted, ...toBad, MaximumRetryAttempts: 0 }, { rights: ['kinesis:*'] });
    put(refused, 'bad');
    refused.advance(tick(60));
    expect(all(refused, 'OnFailureDestinationDeliveredEventCount', 'DroppedEventCount')).toEqual([undefined, 1]);
  });

  it('of a stream count a reported record as failed', () => {
    const cloud = streamWorld(reports, { ...counted, FunctionResponseTypes: ['ReportBatchItemFailures'], MaximumRetryAttempts: 0 });
    put(cloud, 'good', 'bad');
    cloud.advance(tick(60));
    expect(all(cloud, 'PolledEventCount', 'InvokedEventCount', 'FailedInvokeEventCount', 'DroppedEventCount')).toEqual([2, 3, 2, 1]);
  });

  it('are there only when they are asked for, and are shown then', () => {
    const cloud = queueWorld({ handle: () => [{ result: 1 }] });
    const UUID = mappingId(cloud);
    send(cloud, 'x');
    cloud.advance(tick(10));
    expect([cloud.events('lambda.MappingCounted'), all(cloud, 'PolledEventCount')]).toEqual([[], [undefined]]);
    expect(cloud.send('lambda', 'GetEventSourceMapping', { UUID })).not.toHaveProperty('MetricsConfig');
    expect(cloud.send('lambda', 'UpdateEventSourceMapping', { UUID, ...counted })).toMatchObject(counted);
    expect(cloud.send('lambda', 'UpdateEventSourceMapping', { UUID, MetricsConfig: { Metrics: [] } })).not.toHaveProperty('MetricsConfig');
    expect(cloud.failure('lambda', 'UpdateEventSourceMapping', { UUID, MetricsConfig: { Metrics: ['Everything'] } }).name).toBe('InvalidParameterValueException');
    expect(cloud.failure('lambda', 'UpdateEventSourceMapping', { UUID, MetricsConfig: { Metrics: ['KafkaMetrics'] } }).name).toBe('NotModelled');
  });
});
