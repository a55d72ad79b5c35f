/** What S3 tells others of its objects: notifications to queues, topics and functions, and events to EventBridge. @source aws/other-services.md §2–3, aws/observed.md K */
import { isoMs, isoSec } from '../../../base/time-text.ts';
import type { Delivery, Outcome } from '../../../sim/ports/ports.ts';
import { msToUs } from '../../../sim/units.ts';
import { subjectOf } from './state.ts';
import type { Bucket, NotificationRule, S3Context, StoredObject } from './state.ts';

export interface ObjectChange {
  /** `ObjectCreated:Put`, without `s3:`. */
  readonly eventName: string;
  /** EventBridge's detail-type and reason. */
  readonly detailType: string;
  readonly reason: string;
  readonly deletionType?: string;
  readonly key: string;
  readonly object: StoredObject | undefined;
  readonly versionId: string | undefined;
  readonly sequencer: string;
  readonly requestId: string;
  readonly atMs: number;
  readonly seq: number;
  /** Unique id of who did it. */
  readonly requester: string;
  /** X-Ray trace header of the request that changed it. */
  readonly traceHeader?: string;
}

/** Subject of what a topic gets. @source recorded (localstack snapshots of S3 notifications to SNS, 2023-08) */
export const SUBJECT = 'Amazon S3 Notification';

/** Sends a change to everybody who asked for it, each after its own latency. */
export function notify(context: S3Context, bucket: Bucket, change: ObjectChange): void {
  const eventNames = [`s3:${change.eventName}`, `s3:${change.eventName.split(':')[0]}:*`];
  for (const rule of bucket.notifications) {
    if (!rule.events.some((event) => eventNames.includes(event))) continue;
    if (!change.key.startsWith(rule.prefix) || !change.key.endsWith(rule.suffix)) continue;
    sendAfterLatency(context, bucket, change, { to: rule.arn, rule });
  }
  if (bucket.eventBridge) sendAfterLatency(context, bucket, change, { to: `arn:aws:events:${context.region}:${context.account}:event-bus/default`, rule: undefined });
}

function sendAfterLatency(context: S3Context, bucket: Bucket, change: ObjectChange, o: { readonly to: string; readonly rule: NotificationRule | undefined }): void {
  const { notificationMsMedian, notificationSigma } = context.tuning;
  const latencyUs = notificationMsMedian === 0 ? 0 : msToUs(context.random(`s3.notification.${bucket.name}`).logNormal(notificationMsMedian, notificationSigma));
  bucket.totals.notified++;
  const seq = context.emit(
    's3.NotificationSent',
    bucket.arn,
    { key: change.key, eventName: change.eventName, to: o.to, latencyUs },
    { cause: [change.seq], subjects: [subjectOf(bucket, change.key)], travel: { from: bucket.arn, to: o.to, shape: o.rule === undefined ? 'event' : o.rule.kind === 'function' ? 'invocation' : 'message', durationUs: latencyUs, attempt: 1 } },
  );
  context.schedule(latencyUs, 'deliver', { bucket: bucket.name, to: o.to, rule: o.rule ?? null, change: { ...change, object: change.object ?? null }, seq }, { cause: [seq] });
}

/** Agenda: a notification arrives. */
export function onDeliver(context: S3Context, payload: { readonly bucket: string; readonly to: string; readonly rule: NotificationRule | null; readonly change: ObjectChange; readonly seq: number }): void {
  const bucket = context.state.buckets.get(payload.bucket);
  if (bucket === undefined) return;
  const { change, rule, to } = payload;
  const call = { principal: { kind: 'service', name: 's3.amazonaws.com', sourceArn: bucket.arn, sourceAccount: context.account } as const, cause: [payload.seq], replyTo: { kind: 'none' } as const };
  const subjects = [subjectOf(bucket, change.key)];
  const traced = change.traceHeader === undefined ? {} : { traceHeader: change.traceHeader };
  let outcome: Outcome | undefined;
  if (rule?.kind === 'function') {
    const port = context.invocable(to);
    const answer = port?.invoke(to, { type: 'async', payload: record(context, bucket, change, rule), subjects, attempt: 1, ...traced }, call);
    outcome = answer?.kind === 'deferred' ? undefined : answer;
  } else {
    const delivery: Delivery = { body: rule === null ? '' : record(context, bucket, change, rule), subject: SUBJECT, attempt: 1, subjects, ...(rule === null ? { event: eventOf(context, bucket, change) } : traced) };
    const answer = context.target(to)?.accept(to, delivery, call);
    outcome = answer?.kind === 'deferred' ? undefined : answer;
  }
  if (outcome?.kind === 'error') context.emit('s3.NotificationFailed', bucket.arn, { key: change.key, to, error: outcome.error.name, message: outcome.error.message }, { subjects });
}

/** The record of a notification: the event name without `s3:`, the key as in a form (space → `+`). */
function record(context: S3Context, bucket: Bucket, change: ObjectChange, rule: NotificationRule): string {
  const object = change.object;
  const isTagging = change.eventName.startsWith('ObjectTagging:');
  const version = change.versionId === undefined ? {} : { versionId: change.versionId };
  return JSON.stringify({
    Records: [
      {
        eventVersion: isTagging ? '2.3' : '2.1',
        eventSource: 'aws:s3',
        awsRegion: context.region,
        eventTime: isoMs(change.atMs),
        eventName: change.eventName,
        userIdentity: { principalId: `AWS:${change.requester}` },
        requestParameters: { sourceIPAddress: '203.0.113.9' },
        responseElements: { 'x-amz-request-id': change.requestId, 'x-amz-id-2': change.requestId.repeat(3) },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: rule.id,
          bucket: { name: bucket.name, ownerIdentity: { principalId: 'A1COLDSTART' }, arn: bucket.arn },
          object: isTagging
            ? { key: formEncoded(change.key), ...(object ? { eTag: object.etag } : {}), ...version }
            : { key: formEncoded(change.key), ...(object ? { size: object.blob.size, eTag: object.etag } : {}), ...version, sequencer: change.sequencer },
        },
      },
    ],
  });
}

/** Encodes a key as S3 does in notifications: percent-encoding with `+` for spaces, `/` kept. */
export function formEncoded(key: string): string {
  return encodeURIComponent(key).replace(/%2F/g, '/').replace(/%20/g, '+').replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The event of EventBridge's form. What changes tags only says neither size, sequencer nor reason. @source aws/other-services.md §2; recorded for what changes no bytes (localstack snapshots, 2023-08) */
function eventOf(context: S3Context, bucket: Bucket, change: ObjectChange): NonNullable<Delivery['event']> {
  const object = change.object;
  const isTagging = change.eventName.startsWith('ObjectTagging:');
  const version = change.versionId === undefined ? {} : { 'version-id': change.versionId };
  const detail = {
    version: '0',
    bucket: { name: bucket.name },
    object: { key: change.key, ...(object && !isTagging ? { size: object.blob.size } : {}), ...(object ? { etag: object.etag } : {}), ...version, ...(isTagging ? {} : { sequencer: change.sequencer }) },
    'request-id': change.requestId,
    requester: context.account,
    'source-ip-address': '203.0.113.9',
    ...(isTagging ? {} : { reason: change.reason }),
    ...(change.deletionType === undefined ? {} : { 'deletion-type': change.deletionType }),
  };
  return { source: 'aws.s3', detailType: change.detailType, detail: JSON.stringify(detail), resources: [bucket.arn], time: isoSec(change.atMs) };
}
