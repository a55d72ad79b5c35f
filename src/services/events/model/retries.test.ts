/** EventBridge: a target that fails for a while is tried again, within the limits of its retry policy. */
import { describe, expect, it } from 'vitest';
import { defineModel } from '../../../sim/service.ts';
import { models } from '../../models.ts';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const TARGET = 'arn:aws:flaky:us-east-1:000000000000:door';

/** A target that answers with a server's failure so many times, then takes what comes. */
function flaky(failures: number) {
  return defineModel<{ left: number; taken: number }, object>({
    id: 'flaky',
    initialState: () => ({ left: failures, taken: 0 }),
    tuning: { aws: {}, ideal: {} },
    operations: {},
    notModelled: [],
    entries: {},
    provides: {
      target: {
        action: 'flaky:Put',
        accept: (context, _arn, _delivery, call) => {
          if (context.state.left-- > 0) return { kind: 'error', error: { name: 'ServiceUnavailable', message: 'Come back later.', status: 503, fault: 'server', retryable: true }, cause: call.cause };
          context.state.taken++;
          return { kind: 'ok', output: {}, cause: call.cause };
        },
      },
    },
    traceKinds: {},
    resources: () => [TARGET],
    summarize: (context) => context.state,
  });
}

function run(failures: number, retryPolicy: object): TestWorld {
  const cloud = createTestWorld({ models: [...models, flaky(failures)] });
  const url = String(cloud.send('sqs', 'CreateQueue', { QueueName: 'dead' })['QueueUrl']);
  cloud.send('sqs', 'SetQueueAttributes', { QueueUrl: url, Attributes: { Policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }] }) } });
  cloud.send('events', 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
  cloud.send('events', 'PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn: TARGET, RetryPolicy: retryPolicy, DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:000000000000:dead' } }] });
  cloud.send('events', 'PutEvents', { Entries: [{ Source: 'shop', DetailType: 'x', Detail: '{}' }] });
  cloud.untilIdle();
  return cloud;
}

function deadLetter(cloud: TestWorld): Record<string, string> {
  const output = cloud.send('sqs', 'ReceiveMessage', { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/dead', MessageAttributeNames: ['All'] });
  const [message] = (output['Messages'] ?? []) as { MessageAttributes: Record<string, { StringValue: string }> }[];
  return Object.fromEntries(Object.entries(message?.MessageAttributes ?? {}).map(([name, value]) => [name, value.StringValue]));
}

describe('EventBridge retries', () => {
  it('deliver once the target is back, waiting longer from try to try, each try caused by the failure before', () => {
    const cloud = run(4, {});
    const starts = cloud.events('events.DeliveryStarted');
    expect(starts.map(({ data }) => data['attempt'])).toEqual([1, 2, 3, 4, 5]);
    const waits = starts.slice(1).map(({ at }, i) => at - starts[i]!.at);
    // Full waits double from 1 s; jitter takes at most half, latency adds a little.
    waits.forEach((wait, i) => expect(wait).toBeGreaterThan(500_000 * 2 ** i));
    waits.forEach((wait, i) => expect(wait).toBeLessThan(1_000_000 * 2 ** i + 1_000_000));
    const failures = cloud.events('events.DeliveryFailed');
    expect(starts.slice(1).map(({ cause }) => cause)).toEqual(failures.map(({ seq }) => [seq]));
    expect(cloud.events('events.Delivered').length).toBe(1);
    expect(deadLetter(cloud)).toEqual({});
  });

  it('end after MaximumRetryAttempts, with the number of retries in the dead letter', () => {
    const cloud = run(1_000, { MaximumRetryAttempts: 2 });
    expect(cloud.events('events.DeliveryStarted').length).toBe(3);
    expect(deadLetter(cloud)).toMatchObject({ EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts', RETRY_ATTEMPTS: '2', TARGET_ARN: TARGET });
  });

  it('do not happen at all with MaximumRetryAttempts 0', () => {
    expect(run(1_000, { MaximumRetryAttempts: 0 }).events('events.DeliveryStarted').length).toBe(1);
  });

  it('end when the event is older than MaximumEventAgeInSeconds', () => {
    const cloud = run(1_000, { MaximumEventAgeInSeconds: 60 });
    expect(deadLetter(cloud)).toMatchObject({ EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds' });
    const [first, last] = [cloud.events('events.DeliveryStarted')[0]!, cloud.events('events.DeliveryFailed').at(-1)!];
    expect(last.at - first.at).toBeLessThanOrEqual(61_000_000);
  });

  it.each<[string, (cloud: TestWorld) => void]>([
    ['rule', (cloud) => {
      cloud.send('events', 'RemoveTargets', { Rule: 'r', EventBusName: 'orders', Ids: ['t'] });
      cloud.send('events', 'DeleteRule', { Name: 'r', EventBusName: 'orders' });
    }],
    ['bus', (cloud) => void cloud.send('events', 'DeleteEventBus', { Name: 'orders' })],
  ])('go on when the %s is deleted meanwhile: the event was matched before', (_, remove) => {
    const cloud = createTestWorld({ models: [...models, flaky(3)] });
    cloud.send('events', 'CreateEventBus', { Name: 'orders' });
    cloud.send('events', 'PutRule', { Name: 'r', EventBusName: 'orders', EventPattern: '{"source":["shop"]}' });
    cloud.send('events', 'PutTargets', { Rule: 'r', EventBusName: 'orders', Targets: [{ Id: 't', Arn: TARGET }] });
    cloud.send('events', 'PutEvents', { Entries: [{ Source: 'shop', DetailType: 'x', Detail: '{}', EventBusName: 'orders' }] });
    cloud.advance(1_000);
    remove(cloud);
    cloud.untilIdle();
    expect(cloud.events('events.Delivered').map(({ data }) => data['attempt'])).toEqual([4]);
  });

  it('make about 185 tries in 24 hours by default', () => {
    const tries = run(1_000, {}).events('events.DeliveryStarted').length;
    expect(tries).toBeGreaterThan(150);
    expect(tries).toBeLessThanOrEqual(186);
  });
});
