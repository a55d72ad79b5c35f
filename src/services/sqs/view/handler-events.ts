/** The events that a queue's mapping gives to a function, as examples for the editor. @source aws/other-services.md §2, aws/lambda.md §9 */
import { md5Hex } from '../../../base/hash.ts';
import type { HandlerEvent, HandlerEventContext } from '../../view-contract.ts';

/** As the service itself writes it: digits of a UUID that say they are made up. */
const messageId = (n: number): string => `5b1f0c1e-3f54-4b4e-9a3f-0d6f7f1f2a${String(n).padStart(2, '0')}`;

function record({ source, arn, region, epochMs }: HandlerEventContext, n: number, body: string): object {
  const fifo = source.config['FifoQueue'] === true;
  return {
    messageId: messageId(n),
    receiptHandle: `AQEBexample${n}==`,
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: String(epochMs - 60),
      ...(fifo ? { SequenceNumber: `1886719148236799180${n}`, MessageGroupId: 'group-1', MessageDeduplicationId: `example-${n}` } : {}),
      SenderId: 'AROAEXAMPLEID:producer',
      ApproximateFirstReceiveTimestamp: String(epochMs),
    },
    messageAttributes: {},
    md5OfBody: md5Hex(body),
    eventSource: 'aws:sqs',
    eventSourceARN: arn,
    awsRegion: region,
  };
}

const textOf = (inner: unknown): string => (typeof inner === 'string' ? inner : JSON.stringify(inner));

export const handlerEvents: readonly HandlerEvent[] = [
  { id: 'sqs.message', port: 'lambda.event-source-mapping', type: 'SQSEvent', label: 'SQS message', example: (context) => ({ Records: [record(context, 1, textOf(context.inner ?? { id: 'o-17', quantity: 2 }))] }) },
  {
    id: 'sqs.batch',
    port: 'lambda.event-source-mapping',
    type: 'SQSEvent',
    label: 'SQS batch, the second message is no JSON',
    example: (context) => ({ Records: [record(context, 1, textOf(context.inner ?? { id: 'o-17', quantity: 2 })), record(context, 2, '{"id":'), record(context, 3, textOf(context.inner ?? { id: 'o-18', quantity: 1 }))] }),
  },
];
