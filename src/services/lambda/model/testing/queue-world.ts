/** A queue with a mapping to a function, for tests of mappings. */
import { functionsWorld } from './functions-world.ts';
import type { FunctionsWorld } from './functions-world.ts';
import type { Script } from './scripted-runtime.ts';

export const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:jobs';
export const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs';

/** The mapping is enabled when it comes back. With `fifo` the queue is `jobs.fifo`. */
export function queueWorld(
  script: Script,
  o: { readonly mapping?: object; readonly queue?: Record<string, string>; readonly settings?: object; readonly fifo?: boolean } = {},
): FunctionsWorld {
  const cloud = functionsWorld({ script });
  cloud.allow('sqs:*');
  const end = o.fifo === true ? '.fifo' : '';
  cloud.send('sqs', 'CreateQueue', {
    QueueName: `jobs${end}`,
    Attributes: { VisibilityTimeout: '30', ...(o.fifo === true ? { FifoQueue: 'true' } : {}), ...o.queue },
  });
  cloud.make('script', { MemorySize: 1769, ...o.settings });
  cloud.send('lambda', 'CreateEventSourceMapping', { EventSourceArn: `${QUEUE}${end}`, FunctionName: 'fn', ...o.mapping });
  cloud.advance(2_000);
  return cloud;
}
export const send = (cloud: FunctionsWorld, ...bodies: string[]): void => {
  for (const body of bodies) cloud.send('sqs', 'SendMessage', { QueueUrl: URL, MessageBody: body });
};
/** Messages of a group, in order; their bodies are their deduplication ids. */
export const sendGroup = (cloud: FunctionsWorld, MessageGroupId: string, ...bodies: string[]): void => {
  for (const body of bodies) cloud.send('sqs', 'SendMessage', { QueueUrl: `${URL}.fifo`, MessageBody: body, MessageGroupId, MessageDeduplicationId: body });
};
/** How many messages are visible, and how many in flight. */
export const counts = (cloud: FunctionsWorld, url = URL): readonly string[] => {
  const attributes = cloud.send('sqs', 'GetQueueAttributes', { QueueUrl: url, AttributeNames: ['All'] })['Attributes'] as Record<string, string>;
  return [attributes['ApproximateNumberOfMessages']!, attributes['ApproximateNumberOfMessagesNotVisible']!];
};
/** Messages of each batch so far. */
export const batches = (cloud: FunctionsWorld): unknown[] => cloud.events('lambda.BatchReceived').map((event) => event.data['messages']);
