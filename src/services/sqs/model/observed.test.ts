/** What AWS's SQS answered when it was recorded, by the numbers of the list of observations. @source aws/observed.md A, C */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs';
const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;
function queues(...names: readonly string[]): TestWorld {
  const cloud = createTestWorld();
  for (const QueueName of names) cloud.send('sqs', 'CreateQueue', { QueueName });
  return cloud;
}

describe('recorded on AWS', () => {
  it('SQS-002: the three counters are texts, 0 in a new queue', () => {
    const { Attributes } = queues('jobs').send('sqs', 'GetQueueAttributes', { QueueUrl: URL, AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed'] });
    expect(Attributes).toEqual({ ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0', ApproximateNumberOfMessagesDelayed: '0' });
  });

  it.each([21, -1])('SQS-004: WaitTimeSeconds %i is refused with its range', (WaitTimeSeconds) => {
    expect(queues('jobs').failure('sqs', 'ReceiveMessage', { QueueUrl: URL, WaitTimeSeconds })).toMatchObject({
      name: 'InvalidParameterValue', status: 400, message: `Value ${WaitTimeSeconds} for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.`,
    });
  });

  it.each(['', 'x'.repeat(81), 'a b', 'a.b', 'ü'])('SQS-009: the id %j of an entry is refused, in every batch', (Id) => {
    const cloud = queues('jobs');
    const message = 'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.';
    const expected = { name: 'InvalidBatchEntryId', status: 400, message };
    expect(cloud.failure('sqs', 'SendMessageBatch', { QueueUrl: URL, Entries: [{ Id, MessageBody: 'x' }] })).toMatchObject(expected);
    expect(cloud.failure('sqs', 'DeleteMessageBatch', { QueueUrl: URL, Entries: [{ Id, ReceiptHandle: 'x' }] })).toMatchObject(expected);
  });

  it('SQS-009: an id of 80 characters, hyphens and underscores is taken', () => {
    const { Successful } = queues('jobs').send('sqs', 'SendMessageBatch', { QueueUrl: URL, Entries: [{ Id: `${'x'.repeat(78)}-_`, MessageBody: 'x' }] });
    expect(Successful).toHaveLength(1);
  });

  it('SQS-010: an empty body is a missing parameter', () => {
    expect(queues('jobs').failure('sqs', 'SendMessage', { QueueUrl: URL, MessageBody: '' })).toMatchObject({ name: 'MissingParameter', status: 400, message: 'The request must contain the parameter MessageBody.' });
  });

  it('SQS-011: a String attribute without a value is refused by its name', () => {
    expect(queues('jobs').failure('sqs', 'SendMessage', { QueueUrl: URL, MessageBody: 'x', MessageAttributes: { kind: { DataType: 'String', StringValue: '' } } })).toMatchObject({
      name: 'InvalidParameterValue', status: 400, message: "Message (user) attribute 'kind' must contain a non-empty value of type 'String'.",
    });
  });

  it('SQS-040: the digests of a send and a receive agree, and carriage returns survive', () => {
    const cloud = queues('jobs');
    const MessageBody = 'one\r\ntwo\rthree\n';
    const { MD5OfMessageBody } = cloud.send('sqs', 'SendMessage', { QueueUrl: URL, MessageBody });
    expect(cloud.send('sqs', 'ReceiveMessage', { QueueUrl: URL })['Messages']).toMatchObject([{ Body: MessageBody, MD5OfBody: MD5OfMessageBody }]);
  });

  it('SQS-055, SQS-056: one move task a source; unknown destinations and tasks are 404, a bad handle 400', () => {
    const cloud = queues('dead');
    cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs', Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 1 }) } });
    for (const MessageBody of ['a', 'b', 'c']) cloud.send('sqs', 'SendMessage', { QueueUrl: URL.replace('jobs', 'dead'), MessageBody });
    const start = { SourceArn: arnOf('dead'), DestinationArn: arnOf('jobs'), MaxNumberOfMessagesPerSecond: 1 };
    expect(cloud.failure('sqs', 'StartMessageMoveTask', { ...start, DestinationArn: arnOf('none') })).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
    const { TaskHandle } = cloud.send('sqs', 'StartMessageMoveTask', start);
    expect(cloud.failure('sqs', 'StartMessageMoveTask', start)).toMatchObject({ name: 'InvalidParameterValue', status: 400 });
    expect(cloud.failure('sqs', 'CancelMessageMoveTask', { TaskHandle: 'nonsense' }).status).toBe(400);
    cloud.send('sqs', 'CancelMessageMoveTask', { TaskHandle });
    const known = JSON.parse(atob(String(TaskHandle))) as { taskId: string };
    const unknown = btoa(JSON.stringify({ ...known, taskId: '00000000-0000-4000-8000-000000000000' }));
    expect(cloud.failure('sqs', 'CancelMessageMoveTask', { TaskHandle: unknown })).toMatchObject({ name: 'ResourceNotFoundException', status: 404, message: 'Task does not exist.' });
  });
});
