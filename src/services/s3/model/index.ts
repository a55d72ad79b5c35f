/** The S3 model: a table of contents. */
import { defineModel } from '../../../sim/service.ts';
import { accessDenied } from './errors.ts';
import { notModelled } from './not-modelled.ts';
import { onDeliver } from './notifications.ts';
import { s3Operations } from './operations.ts';
import type { S3State, S3Tuning } from './state.ts';
import { summarizeBucket } from './summary.ts';
import { s3TraceKinds } from './trace-kinds.ts';
import { s3Names } from './wire.ts';

/** @source AWS SDK for JavaScript 3, client-s3, waiters */
const s3Waiters = [
  { name: 'BucketExists', operation: 'HeadBucket', delaySec: 5, acceptors: [{ state: 'success' }, { state: 'retry', error: 'NotFound' }] },
  { name: 'BucketNotExists', operation: 'HeadBucket', delaySec: 5, acceptors: [{ state: 'success', error: 'NotFound' }] },
  { name: 'ObjectExists', operation: 'HeadObject', delaySec: 5, acceptors: [{ state: 'success' }, { state: 'retry', error: 'NotFound' }] },
  { name: 'ObjectNotExists', operation: 'HeadObject', delaySec: 5, acceptors: [{ state: 'success', error: 'NotFound' }] },
] as const;

export const model = defineModel<S3State, S3Tuning>({
  id: 's3',
  initialState: () => ({ buckets: new Map() }),
  tuning: { aws: { notificationMsMedian: 180, notificationSigma: 0.35 }, ideal: { notificationMsMedian: 0, notificationSigma: 0 } },
  operations: s3Operations,
  notModelled,
  entries: { deliver: onDeliver },
  provides: {},
  traceKinds: s3TraceKinds,
  accessDenied,
  resourcePolicy: (context, arn) => context.state.buckets.get(arn.slice('arn:aws:s3:::'.length).split('/')[0]!)?.policy,
  resources: (context) => [...context.state.buckets.values()].map((bucket) => bucket.arn),
  summarize: summarizeBucket,
  sdk: { packageName: '@aws-sdk/client-s3', clientName: 'S3Client', protocol: 'rest-xml', apiVersion: '2006-03-01', xml: s3Names, waiters: s3Waiters },
});
