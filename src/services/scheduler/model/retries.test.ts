/** A schedule's call that fails for a while is made again, within the limits of its retry policy; what is given up goes to the dead-letter queue. */
import { describe, expect, it } from 'vitest';
import { defineModel } from '../../../sim/service.ts';
import { models } from '../../models.ts';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const ROLE = 'arn:aws:iam::000000000000:role/r';

/** The service of queues, of which all but the dead-letter queue answer so many times with a server's failure. */
function flakyQueues(failures: number) {
  let left = failures;
  return models.map((model) => {
    const { target } = model.provides;
    if (model.id !== 'sqs' || target === undefined) return model;
    const accept: typeof target.accept = (context, arn, delivery, call) => {
      if (arn.endsWith(':dead') || left-- <= 0) return target.accept(context, arn, delivery, call);
      return { kind: 'error', error: { name: 'ServiceUnavailable', message: 'Come back later.', status: 503, fault: 'server', retryable: true }, cause: call.cause };
    };
    return defineModel({ ...model, provides: { ...model.provides, target: { ...target, accept } } });
  });
}

function run(failures: number, RetryPolicy: object, advanceMs = 86_400_000): TestWorld {
  const cloud = createTestWorld({ models: flakyQueues(failures), iam: 'off' });
  for (const QueueName of ['jobs', 'dead']) cloud.send('sqs', 'CreateQueue', { QueueName });
  const Target = { Arn: 'arn:aws:sqs:us-east-1:000000000000:jobs', RoleArn: ROLE, Input: '<aws.scheduler.attempt-number>', RetryPolicy, DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:000000000000:dead' } };
  cloud.send('scheduler', 'CreateSchedule', { Name: 's', ScheduleExpression: 'at(2026-01-01T00:01:00)', FlexibleTimeWindow: { Mode: 'OFF' }, ActionAfterCompletion: 'DELETE', Target });
  cloud.advance(advanceMs);
  return cloud;
}
function letter(cloud: TestWorld): Record<string, string> {
  const [message] = (cloud.send('sqs', 'ReceiveMessage', { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/dead', MessageAttributeNames: ['All'] })['Messages'] ?? []) as { MessageAttributes: Record<string, { StringValue: string }> }[];
  return Object.fromEntries(Object.entries(message?.MessageAttributes ?? {}).map(([name, { StringValue }]) => [name, StringValue]));
}

describe('retries of a schedule', () => {
  it('reach the target once it is back, with the number of the attempt put in, and then the schedule is over', () => {
    const cloud = run(3, {});
    expect(cloud.events('scheduler.Invoked').map(({ data }) => data['attempt'])).toEqual([4]);
    const [message] = cloud.send('sqs', 'ReceiveMessage', { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs' })['Messages'] as { Body: string }[];
    expect(message?.Body).toBe('4');
    expect(cloud.events('scheduler.ScheduleCompleted')).toHaveLength(1);
    expect(letter(cloud)).toEqual({});
  });

  it('end after MaximumRetryAttempts, with all that is known in the dead letter', () => {
    const cloud = run(1_000, { MaximumRetryAttempts: 2 });
    const [{ data }] = cloud.events('scheduler.ScheduleFired') as unknown as [{ data: Record<string, string> }];
    expect(letter(cloud)).toEqual({
      ERROR_CODE: 'ServiceUnavailable', ERROR_MESSAGE: 'Come back later.', EXECUTION_ID: data['executionId'], EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts', IS_PAYLOAD_TRUNCATED: 'false', RETRY_ATTEMPTS: '2',
      SCHEDULED_TIME: '2026-01-01T00:01:00Z', SCHEDULE_ARN: 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/s', TARGET_ARN: 'arn:aws:sqs:us-east-1:000000000000:jobs',
    });
  });

  it('end when the call is older than MaximumEventAgeInSeconds', () => {
    const cloud = run(1_000, { MaximumEventAgeInSeconds: 60 });
    expect(letter(cloud)).toMatchObject({ EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds' });
    const [first, last] = [cloud.events('scheduler.InvocationStarted')[0]!, cloud.events('scheduler.InvocationFailed').at(-1)!];
    expect(last.at - first.at).toBeLessThanOrEqual(61_000_000);
  });

  it('make about 185 tries in 24 hours by default', () => {
    const tries = run(1_000, {}, 90_000_000).events('scheduler.InvocationStarted').length;
    expect(tries).toBeGreaterThan(150);
    expect(tries).toBeLessThanOrEqual(186);
  });
});
