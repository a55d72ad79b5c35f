/** Events to try a function with: what it would get from a queue, a bucket, a bus. @source aws/other-services.md §2 (field names; the values are ours) */

export interface TestEvent {
  readonly id: string;
  readonly label: string;
  readonly event: unknown;
}

const s3Detail = { version: '0', bucket: { name: 'uploads' }, object: { key: 'dog.mp4', size: 2_539_811, etag: '0123456789abcdef0123456789abcdef', sequencer: '0062F0A1B2C3D4E5F6' }, 'request-id': 'C3D13FE58DE4C810', requester: '000000000000', 'source-ip-address': '203.0.113.9', reason: 'PutObject' };
const s3Event = { version: '0', id: '6f7c1a52-0d0e-4c57-8a53-2a6c2c9a7e11', 'detail-type': 'Object Created', source: 'aws.s3', account: '000000000000', time: '2026-01-01T00:00:00Z', region: 'us-east-1', resources: ['arn:aws:s3:::uploads'], detail: s3Detail };

function sqsEvent(body: unknown): unknown {
  return {
    Records: [
      {
        messageId: '5b1f0c1e-3f54-4b4e-9a3f-0d6f7f1f2a01',
        receiptHandle: 'test-receipt-handle',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1767225600123', SenderId: 'events.amazonaws.com', ApproximateFirstReceiveTimestamp: '1767225600180' },
        messageAttributes: {},
        md5OfBody: '',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:jobs',
        awsRegion: 'us-east-1',
      },
    ],
  };
}

export const testEvents: readonly [TestEvent, ...TestEvent[]] = [
  { id: 'sqs-s3', label: 'SQS message with an S3 event in it', event: sqsEvent(s3Event) },
  { id: 'sqs', label: 'SQS message', event: sqsEvent({ clip: 'dog.mp4' }) },
  { id: 'events-s3', label: 'EventBridge, Object Created', event: s3Event },
  {
    id: 's3',
    label: 'S3 notification',
    event: {
      Records: [
        {
          eventVersion: '2.1',
          eventSource: 'aws:s3',
          awsRegion: 'us-east-1',
          eventTime: '2026-01-01T00:00:00.000Z',
          eventName: 'ObjectCreated:Put',
          s3: { s3SchemaVersion: '1.0', configurationId: 'uploads', bucket: { name: 'uploads', arn: 'arn:aws:s3:::uploads' }, object: { key: 'dog.mp4', size: 2_539_811, eTag: '0123456789abcdef0123456789abcdef', sequencer: '0062F0A1B2C3D4E5F6' } },
        },
      ],
    },
  },
  { id: 'empty', label: 'Empty', event: {} },
];
