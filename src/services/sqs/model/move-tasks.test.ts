/** The way back from a dead-letter queue: where to, how fast, and how it ends. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const urlOf = (name: string): string => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;
const create = (cloud: TestWorld, QueueName: string, dead?: string): void =>
  void cloud.send('sqs', 'CreateQueue', {
    QueueName,
    Attributes: dead === undefined ? {} : { VisibilityTimeout: '1', RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf(dead), maxReceiveCount: 1 }) },
  });
const send = (cloud: TestWorld, name: string, MessageBody: string): unknown =>
  cloud.send('sqs', 'SendMessage', { QueueUrl: urlOf(name), MessageBody })['MessageId'];
const receive = (cloud: TestWorld, name: string): { MessageId: string; Body: string; Attributes: Record<string, string> }[] =>
  (cloud.send('sqs', 'ReceiveMessage', { QueueUrl: urlOf(name), MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'] })['Messages'] ?? []) as never;
const bodies = (cloud: TestWorld, name: string): string[] => receive(cloud, name).map(({ Body }) => Body);
const start = (cloud: TestWorld, o: object = {}): string => String(cloud.send('sqs', 'StartMessageMoveTask', { SourceArn: arnOf('dead'), ...o })['TaskHandle']);
const task = (cloud: TestWorld): Record<string, unknown> =>
  (cloud.send('sqs', 'ListMessageMoveTasks', { SourceArn: arnOf('dead') })['Results'] as Record<string, unknown>[])[0]!;

/** A queue `dead` behind `a` and `b`, each of which has given one message up. */
function twoSources(): TestWorld {
  const cloud = createTestWorld();
  create(cloud, 'dead');
  for (const name of ['a', 'b']) {
    create(cloud, name, 'dead');
    send(cloud, name, `of ${name}`);
    receive(cloud, name);
  }
  cloud.advance(1_000);
  for (const name of ['a', 'b']) receive(cloud, name);
  return cloud;
}
/** A queue `dead` behind `a` with messages that were sent to it by hand. */
function byHand(count: number): TestWorld {
  const cloud = createTestWorld();
  create(cloud, 'dead');
  create(cloud, 'a', 'dead');
  for (let i = 0; i < count; i++) send(cloud, 'dead', `${i}`);
  return cloud;
}

describe('A move task of SQS', () => {
  it('takes each message back to the queue that gave it up, with a new id and time', () => {
    const cloud = twoSources();
    cloud.advance(5_000);
    start(cloud);
    cloud.untilIdle();
    expect(task(cloud)).toMatchObject({
      Status: 'COMPLETED',
      ApproximateNumberOfMessagesMoved: 2,
      ApproximateNumberOfMessagesToMove: 2,
      SourceArn: arnOf('dead'),
    });
    expect(task(cloud)).not.toHaveProperty('MaxNumberOfMessagesPerSecond');
    expect(task(cloud)).not.toHaveProperty('DestinationArn');
    expect(task(cloud)).not.toHaveProperty('TaskHandle');
    const [back] = receive(cloud, 'a');
    expect(back).toMatchObject({ Body: 'of a', Attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(1_767_225_600_000 + 6_000) } });
    expect(back!.Attributes).not.toHaveProperty('DeadLetterQueueSourceArn');
    expect(cloud.events('sqs.MessageRedriven').map(({ data }) => data['formerMessageId'])).not.toContain(back!.MessageId);
    expect(bodies(cloud, 'b')).toEqual(['of b']);
  });

  it('cannot tell where a message came from that was sent by hand, and fails unless it is told a destination', () => {
    const cloud = byHand(1);
    start(cloud);
    cloud.untilIdle();
    expect(task(cloud)).toMatchObject({ Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource', ApproximateNumberOfMessagesMoved: 0 });
    start(cloud, { DestinationArn: arnOf('a') });
    cloud.untilIdle();
    expect(bodies(cloud, 'a')).toEqual(['0']);
  });

  it('moves no more a second than asked for, and can be cancelled', () => {
    const cloud = byHand(10);
    const TaskHandle = start(cloud, { DestinationArn: arnOf('a'), MaxNumberOfMessagesPerSecond: 2 });
    cloud.advance(999);
    expect(task(cloud)).toMatchObject({
      Status: 'RUNNING',
      TaskHandle,
      MaxNumberOfMessagesPerSecond: 2,
      ApproximateNumberOfMessagesMoved: 2,
      ApproximateNumberOfMessagesToMove: 10,
    });
    expect(cloud.send('sqs', 'CancelMessageMoveTask', { TaskHandle })).toEqual({ ApproximateNumberOfMessagesMoved: 2 });
    cloud.advance(10_000);
    expect(task(cloud)).toMatchObject({ Status: 'CANCELLED', ApproximateNumberOfMessagesMoved: 2 });
    expect(cloud.failure('sqs', 'CancelMessageMoveTask', { TaskHandle })).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
    expect(bodies(cloud, 'dead')).toHaveLength(8);
    start(cloud, { DestinationArn: arnOf('a') });
  });

  it('fails when its destination is deleted on the way, and keeps what is left', () => {
    const cloud = byHand(10);
    start(cloud, { DestinationArn: arnOf('a'), MaxNumberOfMessagesPerSecond: 1 });
    cloud.advance(2_500);
    cloud.send('sqs', 'DeleteQueue', { QueueUrl: urlOf('a') });
    cloud.untilIdle();
    expect(task(cloud)).toMatchObject({
      Status: 'FAILED',
      FailureReason: 'AWS.SimpleQueueService.NonExistentQueue',
      ApproximateNumberOfMessagesMoved: 3,
      ApproximateNumberOfMessagesToMove: 10,
    });
    expect(bodies(cloud, 'dead')).toHaveLength(7);
  });

  it.each([
    [
      'a source that nobody’s dead letters go to',
      { SourceArn: arnOf('a') },
      { name: 'InvalidParameterValue', status: 400, message: 'Source queue must be configured as a Dead Letter Queue.' },
    ],
    [
      'a source that is not there',
      { SourceArn: arnOf('none') },
      { name: 'ResourceNotFoundException', status: 404, message: "The resource that you specified for the SourceArn parameter doesn't exist." },
    ],
    ['a source of another Region', { SourceArn: arnOf('dead').replace('us-east-1', 'eu-west-1') }, { name: 'ResourceNotFoundException', status: 404 }],
    [
      'a destination that is not there',
      { SourceArn: arnOf('dead'), DestinationArn: arnOf('none') },
      { name: 'ResourceNotFoundException', status: 404, message: "The resource that you specified for the DestinationArn parameter doesn't exist." },
    ],
    ['a destination of the other kind', { SourceArn: arnOf('dead'), DestinationArn: arnOf('b.fifo') }, { name: 'InvalidParameterValue', status: 400 }],
    ['501 a second', { SourceArn: arnOf('dead'), MaxNumberOfMessagesPerSecond: 501 }, { name: 'InvalidParameterValue', status: 400 }],
    ['none a second', { SourceArn: arnOf('dead'), MaxNumberOfMessagesPerSecond: 0 }, { name: 'InvalidParameterValue', status: 400 }],
  ])('is refused: %s', (_, input, error) => {
    const cloud = byHand(1);
    cloud.send('sqs', 'CreateQueue', { QueueName: 'b.fifo', Attributes: { FifoQueue: 'true' } });
    expect(cloud.failure('sqs', 'StartMessageMoveTask', input)).toMatchObject(error);
  });

  it('is not found by a handle that is none, of a queue that is gone, or of no task (SQS-056)', () => {
    const cloud = byHand(1);
    const cancel = (handle: string) => cloud.failure('sqs', 'CancelMessageMoveTask', { TaskHandle: handle });
    const handle = (sourceArn: string): string => btoa(JSON.stringify({ taskId: '00000000-0000-4000-8000-000000000000', sourceArn }));
    expect(cancel('foobared')).toMatchObject({ name: 'InvalidParameterValue', status: 400, message: 'Value for parameter TaskHandle is invalid.' });
    expect(cancel(handle(arnOf('none')))).toMatchObject({
      name: 'ResourceNotFoundException',
      status: 404,
      message: "The resource that you specified for the SourceArn parameter doesn't exist.",
    });
    expect(cancel(handle(arnOf('dead')))).toMatchObject({ name: 'ResourceNotFoundException', status: 404, message: 'Task does not exist.' });
  });

  it('is listed with its earlier ones, the newest first, one unless more are asked for', () => {
    const cloud = byHand(0);
    for (let i = 0; i < 3; i++) {
      start(cloud, { DestinationArn: arnOf('a') });
      cloud.advance(1_000);
    }
    const list = (MaxResults?: number): number[] =>
      (
        cloud.send('sqs', 'ListMessageMoveTasks', { SourceArn: arnOf('dead'), ...(MaxResults === undefined ? {} : { MaxResults }) })['Results'] as {
          StartedTimestamp: number;
        }[]
      ).map(({ StartedTimestamp }) => StartedTimestamp - 1_767_225_600_000);
    expect([list(), list(2), list(10)]).toEqual([[2_000], [2_000, 1_000], [2_000, 1_000, 0]]);
  });
});
