/** The events that a bucket gives, as examples for the editor: of its newest object where it has one. @source aws/other-services.md §2 */
import type { HandlerEvent, HandlerEventContext } from '../../view-contract.ts';
import type { BucketSummary } from '../model/summary.ts';

interface Told {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
}

const SEQUENCER = '0055AED6DCD90281E5';

/** The newest object; a made-up one where the bucket is empty, which the handler will not find. */
function objectOf({ summary, edge }: HandlerEventContext): Told {
  const newest = (summary as BucketSummary | undefined)?.newest[0];
  return newest === undefined ? { key: `${String(edge['Prefix'] ?? '')}dog.mp4`, size: 1_048_576, etag: 'd41d8cd98f00b204e9800998ecf8427e' } : { key: newest.key, size: newest.size, etag: newest.sha256.slice(0, 32) };
}

/** Encodes a key as S3 does in notifications: `+` for spaces, `/` kept. */
function formEncoded(key: string): string {
  return encodeURIComponent(key).replace(/%2F/g, '/').replace(/%20/g, '+').replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function notification(context: HandlerEventContext): object {
  const { source, arn, region, epochMs } = context;
  const { key, size, etag } = objectOf(context);
  return {
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: region,
        eventTime: new Date(epochMs).toISOString(),
        eventName: 'ObjectCreated:Put',
        userIdentity: { principalId: 'AWS:AROAEXAMPLEID:uploader' },
        requestParameters: { sourceIPAddress: '203.0.113.9' },
        responseElements: { 'x-amz-request-id': 'C3D13FE58DE4C810', 'x-amz-id-2': 'C3D13FE58DE4C810C3D13FE58DE4C810C3D13FE58DE4C810' },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: 'uploads',
          bucket: { name: String(source.config['name']), ownerIdentity: { principalId: 'A1COLDSTART' }, arn },
          object: { key: formEncoded(key), size, eTag: etag, sequencer: SEQUENCER },
        },
      },
    ],
  };
}

function objectCreated(context: HandlerEventContext): object {
  const { source, arn, region, account, epochMs } = context;
  return {
    version: '0',
    id: '6f7c1a52-0d0e-4c57-8a53-2a6c2c9a7e11',
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account,
    time: `${new Date(epochMs).toISOString().slice(0, 19)}Z`,
    region,
    resources: [arn],
    detail: {
      version: '0',
      bucket: { name: String(source.config['name']) },
      object: { ...objectOf(context), sequencer: SEQUENCER },
      'request-id': 'C3D13FE58DE4C810',
      requester: account,
      'source-ip-address': '203.0.113.9',
      reason: 'PutObject',
    },
  };
}

export const handlerEvents: readonly HandlerEvent[] = [
  { id: 's3.notification', port: 's3.notification', type: 'S3Event', label: 'S3 notification', example: notification },
  { id: 's3.object-created', port: 's3.events', type: 'S3ObjectCreatedNotificationEvent', label: 'EventBridge, Object Created', example: objectCreated },
];
