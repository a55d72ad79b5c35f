/** SQS retention: messages go when their time is over. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs';

function world(attributes: object = { MessageRetentionPeriod: '60' }): TestWorld {
  const cloud = createTestWorld();
  cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs', Attributes: attributes });
  return cloud;
}
const send = (cloud: TestWorld, body: string): void => void cloud.send('sqs', 'SendMessage', { QueueUrl: URL, MessageBody: body });
const depth = (cloud: TestWorld): string => String((cloud.send('sqs', 'GetQueueAttributes', { QueueUrl: URL, AttributeNames: ['All'] })['Attributes'] as Record<string, string>)['ApproximateNumberOfMessages']);
const gone = (cloud: TestWorld): number[] => cloud.events('sqs.MessageExpired').map(({ at }) => at / 1_000_000);

describe('SQS retention', () => {
  it('drops a message at its time, with nobody polling, and the next one at its own', () => {
    const cloud = world();
    send(cloud, 'first');
    cloud.advance(10_000);
    send(cloud, 'second');
    cloud.advance(49_999);
    expect([depth(cloud), gone(cloud)]).toEqual(['2', []]);
    cloud.advance(1);
    expect([depth(cloud), gone(cloud)]).toEqual(['1', [60]]);
    cloud.advance(10_000);
    expect([depth(cloud), gone(cloud)]).toEqual(['0', [60, 70]]);
  });

  it('drops a message in flight too: its visibility timeout then shows nothing', () => {
    const cloud = world({ MessageRetentionPeriod: '60', VisibilityTimeout: '100' });
    send(cloud, 'first');
    cloud.advance(30_000);
    expect(cloud.send('sqs', 'ReceiveMessage', { QueueUrl: URL })['Messages']).toHaveLength(1);
    cloud.advance(200_000);
    expect(gone(cloud)).toEqual([60]);
    expect(cloud.events('sqs.MessageVisible')).toEqual([]);
    expect(cloud.events('sqs.MessageExpired')[0]!.data).toMatchObject({ visible: 0, inFlight: 0 });
  });

  it('counts a shorter retention for what is there already', () => {
    const cloud = world({ MessageRetentionPeriod: '3600' });
    send(cloud, 'first');
    cloud.advance(100_000);
    cloud.send('sqs', 'SetQueueAttributes', { QueueUrl: URL, Attributes: { MessageRetentionPeriod: '120' } });
    expect(gone(cloud)).toEqual([]);
    cloud.advance(20_000);
    expect(gone(cloud)).toEqual([120]);
  });

  it('keeps the time of the send across a move to the dead letters', () => {
    const cloud = createTestWorld();
    cloud.send('sqs', 'CreateQueue', { QueueName: 'dlq', Attributes: { MessageRetentionPeriod: '90' } });
    cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs', Attributes: { VisibilityTimeout: '1', RedrivePolicy: JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dlq', maxReceiveCount: 1 }) } });
    send(cloud, 'poison');
    cloud.advance(50_000);
    for (let i = 0; i < 2; i++) {
      cloud.send('sqs', 'ReceiveMessage', { QueueUrl: URL });
      cloud.advance(1_000);
    }
    expect(cloud.events('sqs.DeadLetterArrived').length).toBe(1);
    cloud.advance(100_000);
    expect(gone(cloud)).toEqual([90]);
  });

  it('is housekeeping: nothing waits for it', () => {
    const cloud = world();
    send(cloud, 'first');
    cloud.untilIdle();
    expect(cloud.world.now).toBe(0);
  });
});
