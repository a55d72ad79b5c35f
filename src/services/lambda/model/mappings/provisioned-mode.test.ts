/** Provisioned mode of a mapping: ten batches at a time for each poller, between the least and the most, and a thousand more a minute. */
import { describe, expect, it } from 'vitest';
import { metrics } from '../canvas/readings.ts';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import { queueWorld, send } from '../testing/queue-world.ts';
import { mappingId, streamWorld } from '../testing/stream-world.ts';

const slow = { handle: () => [{ sleepMs: 20_000 }, { result: null }] };
function busy(config: object, messages: number): FunctionsWorld {
  const cloud = queueWorld(slow, { mapping: { BatchSize: 1, ProvisionedPollerConfig: config }, settings: { Timeout: 30 } });
  send(cloud, ...Array.from({ length: messages }, (_, i) => `m${i}`));
  return cloud;
}
const running = (cloud: FunctionsWorld, ms: number): number => {
  cloud.advance(ms);
  return cloud.events('lambda.BatchReceived').length;
};
const pollers = (cloud: FunctionsWorld): number[] => cloud.events('lambda.MappingCounted').flatMap(metrics).filter(({ metric }) => metric === 'ProvisionedPollers').map(({ value }) => value);

describe('A mapping in provisioned mode', () => {
  it('begins with ten batches for each of its least pollers and grows by 1,000 a minute, where another begins with 5', () => {
    const cloud = busy({ MinimumPollers: 3 }, 200);
    expect(running(cloud, 0)).toBe(30);
    // One more each 60 ms.
    expect(running(cloud, 3_000)).toBe(80);
    expect(pollers(cloud)).toEqual([3, 4, 5, 6, 7, 8]);
  });

  it('has no more than its most pollers, and goes back to the least when nothing comes', () => {
    const cloud = busy({ MinimumPollers: 2, MaximumPollers: 3 }, 200);
    expect(running(cloud, 10_000)).toBe(30);
    cloud.advance(600_000);
    expect(pollers(cloud)).toEqual([2, 3, 2]);
    expect(metrics(cloud.events('lambda.MappingCounted')[0]!)).toEqual([{ namespace: 'AWS/Lambda', metric: 'ProvisionedPollers', dimensions: { EventSourceMappingUUID: mappingId(cloud) }, value: 2, unit: 'Count' }]);
  });

  it('is shown with AWS’s defaults, changed, and left with an empty one', () => {
    const cloud = busy({ MaximumPollers: 5 }, 0);
    const UUID = mappingId(cloud);
    const shown = (): unknown => cloud.send('lambda', 'GetEventSourceMapping', { UUID })['ProvisionedPollerConfig'];
    expect(shown()).toEqual({ MinimumPollers: 2, MaximumPollers: 5 });
    const update = (ProvisionedPollerConfig: object): unknown => cloud.send('lambda', 'UpdateEventSourceMapping', { UUID, ProvisionedPollerConfig })['ProvisionedPollerConfig'];
    expect(update({ MinimumPollers: 4 })).toEqual({ MinimumPollers: 4, MaximumPollers: 200 });
    cloud.send('lambda', 'UpdateEventSourceMapping', { UUID, BatchSize: 2 });
    expect(shown()).toEqual({ MinimumPollers: 4, MaximumPollers: 200 });
    expect(update({})).toBeUndefined();
    cloud.advance(2_000);
    send(cloud, ...Array.from({ length: 20 }, (_, i) => `m${i}`));
    expect(running(cloud, 0)).toBe(5);
  });

  it.each<[string, object, string]>([
    ['one poller', { ProvisionedPollerConfig: { MinimumPollers: 1 } }, 'InvalidParameterValueException'],
    ['10,001 pollers', { ProvisionedPollerConfig: { MaximumPollers: 10_001 } }, 'InvalidParameterValueException'],
    ['a most below the least', { ProvisionedPollerConfig: { MinimumPollers: 20, MaximumPollers: 10 } }, 'InvalidParameterValueException'],
    ['a maximum concurrency beside it', { ProvisionedPollerConfig: { MinimumPollers: 2 }, ScalingConfig: { MaximumConcurrency: 5 } }, 'InvalidParameterValueException'],
    ['a group of pollers', { ProvisionedPollerConfig: { PollerGroupName: 'g' } }, 'NotModelled'],
  ])('refuses %s', (_, mapping, name) => {
    const cloud = queueWorld(slow, { settings: { Timeout: 30 } });
    expect(cloud.failure('lambda', 'UpdateEventSourceMapping', { UUID: mappingId(cloud), ...mapping }).name).toBe(name);
  });

  it('is not for streams', () => {
    const cloud = streamWorld(slow);
    expect(cloud.failure('lambda', 'UpdateEventSourceMapping', { UUID: mappingId(cloud), ProvisionedPollerConfig: { MinimumPollers: 2 } }).name).toBe('InvalidParameterValueException');
  });
});
