/** What the contract suite does with SNS in its run: a topic, a queue with a filter, two messages, one of which is kept back. */
import type { ApiCall } from '../../../sim/manifest.ts';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:news';
const publish = (kind: string): ApiCall => ({ service: 'sns', operation: 'Publish', input: { TopicArn: TOPIC, Message: kind, MessageAttributes: { kind: { DataType: 'String', StringValue: kind } } } });

/** There is a queue `direct` that everybody may send to. */
export const runExample: readonly ApiCall[] = [
  { service: 'sns', operation: 'CreateTopic', input: { Name: 'news' } },
  { service: 'sns', operation: 'Subscribe', input: { TopicArn: TOPIC, Protocol: 'sqs', Endpoint: 'arn:aws:sqs:us-east-1:000000000000:direct', Attributes: { FilterPolicy: '{"kind":["order"]}' } } },
  publish('order'),
  publish('other'),
];
