import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

interface Received {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly Attributes?: Record<string, string>;
  readonly MD5OfBody: string;
}

function queueIn(cloud: TestWorld, name = 'jobs', attributes: Record<string, string> = {}): string {
  return String(cloud.send('sqs', 'CreateQueue', { QueueName: name, Attributes: attributes })['QueueUrl']);
}
const receive = (cloud: TestWorld, url: string, o: object = {}): Received[] => (cloud.send('sqs', 'ReceiveMessage', { QueueUrl: url, AttributeNames: ['All'], ...o })['Messages'] ?? []) as Received[];
const counts = (cloud: TestWorld, url: string): string[] => {
  const attributes = cloud.send('sqs', 'GetQueueAttributes', { QueueUrl: url, AttributeNames: ['All'] })['Attributes'] as Record<string, string>;
  return ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed'].map((name) => attributes[name]!);
};

describe('SQS visibility timeout', () => {
  it('hides a received message and shows it again 30 s after the receive when it was not deleted', () => {
    const cloud = createTestWorld();
    const url = queueIn(cloud);
    cloud.send('sqs', 'SendMessage', { QueueUrl: url, MessageBody: 'message-1' });
    expect(receive(cloud, url)[0]).toMatchObject({ Body: 'message-1', MD5OfBody: '3d6b824fd8c1520e9a047d21fee6fb1f' });
    expect(counts(cloud, url)).toEqual(['0', '1', '0']);
    cloud.advance(29_999);
    expect(receive(cloud, url)).toEqual([]);
    cloud.advance(1);
    expect(receive(cloud, url)[0]!.Attributes).toMatchObject({ ApproximateReceiveCount: '2' });
  });

  it('takes the timeout of a receive over that of the queue (SQS-037)', () => {
    const cloud = createTestWorld();
    const url = queueIn(cloud);
    cloud.send('sqs', 'SendMessage', { QueueUrl: url, MessageBody: 'x' });
    receive(cloud, url, { VisibilityTimeout: 2 });
    cloud.advance(2_000);
    expect(receive(cloud, url).length).toBe(1);
  });

  it('counts a changed timeout from now, and 0 releases at once', () => {
    const cloud = createTestWorld();
    const url = queueIn(cloud);
    cloud.send('sqs', 'SendMessage', { QueueUrl: url, MessageBody: 'x' });
    const [message] = receive(cloud, url);
    cloud.advance(20_000);
    cloud.send('sqs', 'ChangeMessageVisibility', { QueueUrl: url, ReceiptHandle: message!.ReceiptHandle, VisibilityTimeout: 60 });
    cloud.advance(59_999);
    expect(counts(cloud, url)).toEqual(['0', '1', '0']);
    cloud.send('sqs', 'ChangeMessageVisibility', { QueueUrl: url, ReceiptHandle: message!.ReceiptHandle, VisibilityTimeout: 0 });
    expect(counts(cloud, url)).toEqual(['1', '0', '0']);
  });

  it('refuses to change a message that was deleted (SQS-035)', () => {
    const cloud = createTestWorld();
    const url = queueIn(cloud);
    cloud.send('sqs', 'SendMessage', { QueueUrl: url, MessageBody: 'x' });
    const [message] = receive(cloud, url);
    cloud.send('sqs', 'DeleteMessage', { QueueUrl: url, ReceiptHandle: message!.ReceiptHandle });
    expect(cloud.failure('sqs', 'ChangeMessageVisibility', { QueueUrl: url, ReceiptHandle: message!.ReceiptHandle, VisibilityTimeout: 5 })).toMatchObject({ name: 'InvalidParameterValue', status: 400 });
  });

  it('does not delete by an old handle once the message was received again', () => {
    const cloud = createTestWorld();
    const url = queueIn(cloud, 'jobs', { VisibilityTimeout: '1' });
    cloud.send('sqs', 'SendMessage', { QueueUrl: url, MessageBody: 'x' });
    const [first] = receive(cloud, url);
    cloud.advance(1_000);
    receive(cloud, url);
    cloud.send('sqs', 'DeleteMessage', { QueueUrl: url, ReceiptHandle: first!.ReceiptHandle });
    expect(counts(cloud, url)).toEqual(['0', '1', '0']);
  });
});

describe('SQS long polling', () => {
  it('answers as soon as a message arrives', () => {
    const cloud = createTestWorld();
    const url = queueIn(cloud);
    const answer = cloud.start('sqs', 'ReceiveMessage', { QueueUrl: url, WaitTimeSeconds: 20 });
    cloud.advance(5_000);
    expect(answer()).toBeUndefined();
    cloud.send('sqs', 'SendMessage', { QueueUrl: url, MessageBody: 'late' });
    expect((answer()!.output!['Messages'] as Received[])[0]!.Body).toBe('late');
  });

  it('answers empty at its end, without a Messages member', () => {
    const cloud = createTestWorld();
    const url = queueIn(cloud);
    const answer = cloud.start('sqs', 'ReceiveMessage', { QueueUrl: url, WaitTimeSeconds: 3 });
    cloud.advance(3_000);
    expect(answer()!.output).toEqual({});
  });
});

describe('SQS dead-letter queues', () => {
  const poison = (): { cloud: TestWorld; url: string; dead: string } => {
    const cloud = createTestWorld();
    const dead = queueIn(cloud, 'jobs-dlq');
    const url = queueIn(cloud, 'jobs', { VisibilityTimeout: '1', RedrivePolicy: JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:jobs-dlq', maxReceiveCount: '2' }) });
    cloud.send('sqs', 'SendMessage', { QueueUrl: url, MessageBody: 'poison' });
    for (let i = 0; i < 2; i++) {
      expect(receive(cloud, url).length).toBe(1);
      cloud.advance(1_000);
    }
    return { cloud, url, dead };
  };

  it('moves a message at the receive after maxReceiveCount, and not before anybody polls', () => {
    const { cloud, url, dead } = poison();
    cloud.advance(100_000);
    expect(counts(cloud, dead)).toEqual(['0', '0', '0']);
    expect(receive(cloud, url)).toEqual([]);
    const [message] = receive(cloud, dead);
    expect(message!.Attributes).toMatchObject({ ApproximateReceiveCount: '3', DeadLetterQueueSourceArn: 'arn:aws:sqs:us-east-1:000000000000:jobs' });
  });

  it('sends dead letters back to where they came from, as new messages', () => {
    const { cloud, url, dead } = poison();
    receive(cloud, url);
    cloud.send('sqs', 'StartMessageMoveTask', { SourceArn: 'arn:aws:sqs:us-east-1:000000000000:jobs-dlq' });
    cloud.untilIdle();
    expect(counts(cloud, dead)).toEqual(['0', '0', '0']);
    expect(receive(cloud, url)[0]!.Attributes).toMatchObject({ ApproximateReceiveCount: '1' });
    expect(cloud.send('sqs', 'ListMessageMoveTasks', { SourceArn: 'arn:aws:sqs:us-east-1:000000000000:jobs-dlq' })['Results']).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }]);
  });

  it('needs both members of a redrive policy, and takes a numeric text (SQS-053)', () => {
    const cloud = createTestWorld();
    const url = queueIn(cloud);
    queueIn(cloud, 'dlq');
    const set = (policy: object): object => ({ QueueUrl: url, Attributes: { RedrivePolicy: JSON.stringify(policy) } });
    const arn = 'arn:aws:sqs:us-east-1:000000000000:dlq';
    expect(cloud.failure('sqs', 'SetQueueAttributes', set({ maxReceiveCount: 3 })).name).toBe('InvalidParameterValue');
    expect(cloud.failure('sqs', 'SetQueueAttributes', set({ deadLetterTargetArn: arn })).name).toBe('InvalidParameterValue');
    expect(cloud.failure('sqs', 'SetQueueAttributes', set({ deadLetterTargetArn: arn, maxReceiveCount: 'many' })).name).toBe('InvalidParameterValue');
    expect(cloud.send('sqs', 'SetQueueAttributes', set({ deadLetterTargetArn: arn, maxReceiveCount: '42' }))).toEqual({});
  });
});

describe('SQS answers to what does not fit', () => {
  it.each([
    ['ReceiveMessage', { WaitTimeSeconds: 21 }, 'InvalidParameterValue', 'Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.'],
    ['ReceiveMessage', { MaxNumberOfMessages: 11 }, 'InvalidParameterValue', 'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.'],
    ['SendMessage', { MessageBody: '' }, 'MissingParameter', 'The request must contain the parameter MessageBody.'],
    ['SendMessageBatch', { Entries: [{ Id: 'a b', MessageBody: 'x' }] }, 'InvalidBatchEntryId', 'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.'],
    ['SendMessageBatch', { Entries: Array.from({ length: 11 }, (_, i) => ({ Id: `${i}`, MessageBody: 'x' })) }, 'TooManyEntriesInBatchRequest', 'Maximum number of entries per request are 10. You have sent 11.'],
  ])('%s %j', (operation, input, name, message) => {
    const cloud = createTestWorld();
    expect(cloud.failure('sqs', operation, { QueueUrl: queueIn(cloud), ...input })).toMatchObject({ name, message, status: 400 });
  });

  it('a queue that is there with another value, and not one that is there as asked for (SQS-013)', () => {
    const cloud = createTestWorld();
    const url = queueIn(cloud, 'jobs', { DelaySeconds: '3' });
    expect(queueIn(cloud, 'jobs', { DelaySeconds: '3' })).toBe(url);
    expect(queueIn(cloud)).toBe(url);
    expect(cloud.failure('sqs', 'CreateQueue', { QueueName: 'jobs', Attributes: { DelaySeconds: '7' } })).toMatchObject({ name: 'QueueNameExists', message: 'A queue already exists with the same name and a different value for attribute DelaySeconds' });
  });

  it('an unknown queue, by its AWS name', () => {
    expect(createTestWorld().failure('sqs', 'SendMessage', { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/none', MessageBody: 'x' })).toMatchObject({ name: 'QueueDoesNotExist', message: 'The specified queue does not exist.' });
  });

  it('a name that was deleted less than 60 s ago (SQS-021)', () => {
    const cloud = createTestWorld();
    cloud.send('sqs', 'DeleteQueue', { QueueUrl: queueIn(cloud) });
    expect(cloud.failure('sqs', 'CreateQueue', { QueueName: 'jobs' }).name).toBe('QueueDeletedRecently');
    cloud.advance(60_000);
    expect(queueIn(cloud)).toContain('/jobs');
  });
});
