/** SNS: a delivery that waiting may mend is made again, phase by phase, until it arrives or the last retry is over. */
import { describe, expect, it } from 'vitest';
import { defineModel } from '../../../sim/service.ts';
import { models } from '../../models.ts';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:news';
const FN = 'arn:aws:lambda:us-east-1:000000000000:function:fn';
const DAY_MS = 86_400_000;
const queueArn = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const bodies = (cloud: TestWorld, name: string): string[] => ((cloud.send('sqs', 'ReceiveMessage', { QueueUrl: `https://sqs.us-east-1.amazonaws.com/000000000000/${name}` })['Messages'] ?? []) as { Body: string }[]).map(({ Body }) => Body);
/** Whole seconds between the beginnings of the tries, without what the way takes. */
const waits = (cloud: TestWorld): number[] => {
  const starts = cloud.events('sns.DeliveryStarted');
  return starts.slice(1).map(({ at }, i) => Math.round((at - starts[i]!.at - Number(starts[i]!.data['latencyUs'])) / 100_000) / 10);
};
const phases = (cloud: TestWorld): unknown[] => cloud.events('sns.DeliveryFailed').map(({ data }) => data['phase']);

/** A topic with the queue `jobs`, which answers so many times with a server's failure. */
function topicOf(failures: number, o: { readonly deadLetters?: boolean } = {}): TestWorld {
  let left = failures;
  const flaky = models.map((model) => {
    const { target } = model.provides;
    if (model.id !== 'sqs' || target === undefined) return model;
    const accept: typeof target.accept = (context, arn, delivery, call) => {
      if (arn.endsWith(':dead') || left-- <= 0) return target.accept(context, arn, delivery, call);
      return { kind: 'error', error: { name: 'ServiceUnavailable', message: 'Come back later.', status: 503, fault: 'server', retryable: true }, cause: call.cause };
    };
    return defineModel({ ...model, provides: { ...model.provides, target: { ...target, accept } } });
  });
  const cloud = createTestWorld({ models: flaky, iam: 'off' });
  for (const QueueName of ['jobs', 'dead']) cloud.send('sqs', 'CreateQueue', { QueueName, Attributes: { MessageRetentionPeriod: '1209600' } });
  cloud.send('sns', 'CreateTopic', { Name: 'news' });
  const policy = o.deadLetters === false ? {} : { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dead') }) };
  cloud.send('sns', 'Subscribe', { TopicArn: TOPIC, Protocol: 'sqs', Endpoint: queueArn('jobs'), Attributes: { RawMessageDelivery: 'true', ...policy } });
  cloud.send('sns', 'Publish', { TopicArn: TOPIC, Message: 'hello' });
  return cloud;
}

describe('SNS retries', () => {
  it('are three at once, two after a second, ten from 1 to 20 s and then one every 20 s, each caused by the failure before', () => {
    const cloud = topicOf(18);
    cloud.advance(DAY_MS / 24);
    expect(waits(cloud)).toEqual([0, 0, 0, 1, 1, 1, 1.4, 1.9, 2.7, 3.8, 5.3, 7.4, 10.3, 14.3, 20, 20, 20, 20]);
    expect(phases(cloud)).toEqual([...Array(3).fill('immediate'), ...Array(2).fill('pre-backoff'), ...Array(10).fill('backoff'), ...Array(3).fill('post-backoff')]);
    expect(cloud.events('sns.DeliveryStarted').slice(1).map(({ cause }) => cause)).toEqual(cloud.events('sns.DeliveryFailed').map(({ seq }) => [seq]));
    expect(cloud.events('sns.Delivered').map(({ data }) => data['attempt'])).toEqual([19]);
    expect([bodies(cloud, 'jobs'), bodies(cloud, 'dead')]).toEqual([['hello'], []]);
  });

  it('end after 100,015 in 23 days, and the message goes to the dead-letter queue of the subscription', () => {
    const cloud = topicOf(Infinity);
    cloud.advance(23 * DAY_MS);
    expect(cloud.events('sns.DeadLettered')).toEqual([]);
    cloud.advance(DAY_MS);
    const [letter] = cloud.events('sns.DeadLettered');
    expect(letter?.data).toMatchObject({ attempts: 100_016, endpoint: queueArn('jobs'), queue: queueArn('dead') });
    expect(letter?.cause).toEqual([cloud.events('sns.DeliveryFailed').at(-1)!.seq]);
    expect(bodies(cloud, 'dead')).toEqual(['hello']);
  });

  it('end with the subscription', () => {
    const cloud = topicOf(Infinity);
    cloud.advance(10_000);
    const [{ SubscriptionArn }] = cloud.send('sns', 'ListSubscriptionsByTopic', { TopicArn: TOPIC })['Subscriptions'] as [{ SubscriptionArn: string }];
    cloud.send('sns', 'Unsubscribe', { SubscriptionArn });
    const before = cloud.events('sns.DeliveryStarted').length;
    cloud.advance(DAY_MS);
    expect(cloud.events('sns.DeliveryStarted')).toHaveLength(before);
    expect(cloud.events('sns.DeadLettered')).toEqual([]);
  });

  it('end at the first client error: a queue that is deleted meanwhile', () => {
    const cloud = topicOf(4, { deadLetters: false });
    cloud.send('sqs', 'DeleteQueue', { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs' });
    cloud.advance(DAY_MS);
    expect(phases(cloud)).toEqual(['immediate', 'immediate', 'immediate', 'pre-backoff', 'none']);
    expect(cloud.events('sns.MessageDropped').map(({ data }) => data['attempts'])).toEqual([5]);
  });
});

describe('A function that SNS cannot hand over to', () => {
  function subscribed(settings: object): TestWorld {
    const cloud = createTestWorld({ iam: 'off' });
    cloud.send('lambda', 'CreateFunction', { FunctionName: 'fn', Role: 'arn:aws:iam::000000000000:role/r', Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { synthetic: { initMs: 100, durationMs: 10, errorRate: 0, memoryMb: 128 } }, ...settings });
    cloud.advance(120_000);
    cloud.send('sns', 'CreateTopic', { Name: 'news' });
    cloud.send('sns', 'Subscribe', { TopicArn: TOPIC, Protocol: 'lambda', Endpoint: FN });
    return cloud;
  }

  it('because it is Inactive in its VPC gets the message once its network interface is there again', () => {
    const cloud = subscribed({ VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } });
    cloud.advance(15 * DAY_MS);
    cloud.send('sns', 'Publish', { TopicArn: TOPIC, Message: 'hello' });
    cloud.advance(300_000);
    expect(cloud.events('sns.DeliveryFailed').map(({ data }) => data['error'])).toEqual(['ResourceNotReadyException', ...Array(15).fill('ResourceConflictException')]);
    expect(phases(cloud).at(-1)).toBe('post-backoff');
    expect(cloud.events('lambda.InvocationSucceeded')).toHaveLength(1);
  });

  it('because it is throttled gets it from Lambda’s own queue: SNS has handed over at the first try', () => {
    const cloud = subscribed({});
    cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 1 });
    for (const Message of ['a', 'b']) cloud.send('sns', 'Publish', { TopicArn: TOPIC, Message });
    cloud.advance(60_000);
    expect([cloud.events('sns.Delivered').length, cloud.events('sns.DeliveryFailed').length, cloud.events('lambda.Throttled').length, cloud.events('lambda.InvocationSucceeded').length]).toEqual([2, 0, 1, 2]);
  });
});
