/** The S3 model: a table of contents. */
import { defineModel } from '../../../sim/service.ts';
import { onDeliver } from './notifications.ts';
import { s3Operations } from './operations.ts';
import type { S3State, S3Tuning } from './state.ts';
import { summarizeBucket } from './summary.ts';

export const model = defineModel<S3State, S3Tuning>({
  id: 's3',
  initialState: () => ({ buckets: new Map() }),
  tuning: { aws: { notificationMsMedian: 180, notificationSigma: 0.35 }, ideal: { notificationMsMedian: 0, notificationSigma: 0 } },
  operations: s3Operations,
  notModelled: ['CreateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload', 'AbortMultipartUpload', 'PutBucketVersioning', 'PutObjectTagging', 'PutBucketLifecycleConfiguration', 'RestoreObject', 'SelectObjectContent'],
  entries: { deliver: onDeliver },
  provides: {},
  traceKinds: {
    's3.BucketCreated': { sentence: 'The bucket {name} is created.', level: 'detail' },
    's3.BucketDeleted': { sentence: 'The bucket {name} is deleted.', level: 'moment' },
    's3.NotificationsSet': { sentence: 'Notifications of {resource} change.', level: 'detail' },
    /** data: key, size, sha256, contentType, objects */
    's3.ObjectCreated': { sentence: '{key} is in {resource}.', level: 'moment' },
    's3.ObjectDeleted': { sentence: '{key} is deleted from {resource}.', level: 'moment' },
    's3.ObjectRead': { sentence: '{key} is read from {resource}.', level: 'detail' },
    /** data: key, eventName, to, latencyUs */
    's3.NotificationSent': { sentence: '{resource} tells {to} of {key}.', level: 'step' },
    's3.NotificationFailed': { sentence: '{resource} could not tell {to} of {key}: {message}', level: 'moment', severity: 'failure' },
  },
  resourcePolicy: (context, arn) => context.state.buckets.get(arn.slice('arn:aws:s3:::'.length).split('/')[0]!)?.policy,
  resources: (context) => [...context.state.buckets.values()].map((bucket) => bucket.arn),
  summarize: summarizeBucket,
  sdk: { packageName: '@aws-sdk/client-s3', clientName: 'S3Client', protocol: 'rest-xml', apiVersion: '2006-03-01' },
});
