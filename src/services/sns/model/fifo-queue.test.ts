/** A FIFO topic and a FIFO queue: order, groups and deduplication carry over. */
import { expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';

it('a FIFO topic hands a FIFO queue its messages in order, with group and deduplication id', () => {
  const cloud = createTestWorld({ iam: 'off' });
  const [topic, queue] = ['arn:aws:sns:us-east-1:000000000000:news.fifo', 'arn:aws:sqs:us-east-1:000000000000:jobs.fifo'];
  cloud.send('sns', 'CreateTopic', { Name: 'news.fifo', Attributes: { FifoTopic: 'true', ContentBasedDeduplication: 'true' } });
  const { QueueUrl } = cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs.fifo', Attributes: { FifoQueue: 'true' } });
  cloud.send('sns', 'Subscribe', { TopicArn: topic, Protocol: 'sqs', Endpoint: queue, Attributes: { RawMessageDelivery: 'true' } });
  for (const Message of ['1', '2', '3', '2']) cloud.send('sns', 'Publish', { TopicArn: topic, Message, MessageGroupId: 'g' });
  cloud.untilIdle();
  const messages = cloud.send('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10, AttributeNames: ['All'] })['Messages'] as { Body: string; Attributes: Record<string, string> }[];
  expect(messages.map(({ Body }) => Body)).toEqual(['1', '2', '3']);
  expect(messages.map(({ Attributes }) => Attributes['MessageGroupId'])).toEqual(['g', 'g', 'g']);
  expect(messages[0]!.Attributes['MessageDeduplicationId']).toMatch(/^[0-9a-f]{64}$/);
});
