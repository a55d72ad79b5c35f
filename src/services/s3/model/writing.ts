/** What puts, copies, completed uploads and deletes share: the new state, the trace event, and who is told. @simplified Texts of refusals are recalled, not recorded. */
import { utf8ByteLength } from '../../../base/utf8.ts';
import { AwsError } from '../../../sim/errors.ts';
import { userIdOf } from '../../../sim/principal.ts';
import type { Call } from '../../../sim/service.ts';
import type { StoredBody } from './bodies.ts';
import { KEY_BYTES_MAX } from './limits.ts';
import { notify } from './notifications.ts';
import type { ObjectChange } from './notifications.ts';
import { subjectOf } from './state.ts';
import type { Bucket, S3Context, StoredObject, Tag } from './state.ts';
import { deleteKey, deleteVersion, isMarker, nextVersionId, putVersion } from './versions.ts';

export function checkKey(key: string): void {
  if (key.length === 0 || utf8ByteLength(key) > KEY_BYTES_MAX) throw new AwsError('KeyTooLongError', 'Your key is too long', { status: 400, data: { Size: utf8ByteLength(key), MaxSizeAllowed: KEY_BYTES_MAX } });
}

/** Grows with every change of the bucket, also of those of one moment. @source aws/other-services.md §3 (hexadecimal, compared as text of one length) */
export function sequencer(bucket: Bucket, context: S3Context): string {
  return (BigInt(context.epochUs) * 4096n + BigInt(bucket.nextSequencer++)).toString(16).toUpperCase().padStart(18, '0');
}

export function shortRequestId(call: Call): string {
  return call.requestId.replace(/-/g, '').slice(0, 16).toUpperCase();
}

export interface NewObject {
  readonly key: string;
  readonly body: StoredBody;
  readonly contentType: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly given: Readonly<Record<string, string>>;
  readonly tags: readonly Tag[];
  /** Of an upload in parts: bytes of each. */
  readonly partSizes?: readonly number[];
}

const traced = (call: Call): Pick<ObjectChange, 'traceHeader'> => (call.traceHeader === undefined ? {} : { traceHeader: call.traceHeader });

/** Puts an object in its bucket and tells everybody who asked. */
export function putNewObject(context: S3Context, bucket: Bucket, o: { readonly put: NewObject; readonly call: Call; readonly by: { readonly eventName: string; readonly reason: string } }): StoredObject {
  const { key, body, metadata, given, tags } = o.put;
  const contentType = o.put.contentType ?? 'application/octet-stream';
  const versionId = nextVersionId(context, bucket);
  bucket.totals.puts++;
  const seq = context.emit(
    's3.ObjectCreated',
    bucket.arn,
    { key, size: body.blob.size, sha256: body.blob.sha256, contentType, objects: bucket.objects.size + (bucket.objects.has(key) ? 0 : 1), ...(versionId === undefined ? {} : { versionId }) },
    { subjects: [subjectOf(bucket, key)] },
  );
  const object: StoredObject = { key, blob: body.blob, etag: body.etag, contentType, metadata, given, tags, checksum: body.checksum, versionId, modifiedMs: context.epochMs, modifiedUs: context.now, sequencer: sequencer(bucket, context), seq, ...(o.put.partSizes === undefined ? {} : { partSizes: o.put.partSizes }) };
  putVersion(bucket, object);
  notify(context, bucket, { ...o.by, detailType: 'Object Created', key, object, versionId, sequencer: object.sequencer, requestId: shortRequestId(o.call), atMs: context.epochMs, seq, requester: userIdOf(o.call.principal, context.account), ...traced(o.call) });
  return object;
}

export interface Deletion {
  readonly DeleteMarker?: boolean;
  readonly VersionId?: string;
}

/** Deletes a key, or one version of it; what was never there is a success too. */
export function deleteObject(context: S3Context, bucket: Bucket, o: { readonly key: string; readonly versionId: string | undefined; readonly call: Call }): Deletion {
  const told = { detailType: 'Object Deleted', reason: 'DeleteObject', key: o.key, object: undefined, requestId: shortRequestId(o.call), atMs: context.epochMs, requester: userIdOf(o.call.principal, context.account), ...traced(o.call) };
  const emit = (data: { readonly [key: string]: string }): number => context.emit('s3.ObjectDeleted', bucket.arn, { key: o.key, objects: bucket.objects.size, ...data }, { subjects: [subjectOf(bucket, o.key)] });
  if (o.versionId !== undefined) {
    const gone = deleteVersion(bucket, o.key, o.versionId);
    if (gone !== undefined) notify(context, bucket, { ...told, eventName: 'ObjectRemoved:Delete', deletionType: 'Permanently Deleted', versionId: o.versionId, sequencer: sequencer(bucket, context), seq: emit({ versionId: o.versionId }) });
    return { VersionId: o.versionId, ...(gone !== undefined && isMarker(gone) ? { DeleteMarker: true } : {}) };
  }
  const done = deleteKey(context, bucket, o.key);
  if (done === undefined) return {};
  if (done.marker === undefined) {
    notify(context, bucket, { ...told, eventName: 'ObjectRemoved:Delete', deletionType: 'Permanently Deleted', versionId: undefined, seq: emit({}), sequencer: sequencer(bucket, context) });
    return {};
  }
  const { versionId } = done.marker;
  notify(context, bucket, { ...told, eventName: 'ObjectRemoved:DeleteMarkerCreated', deletionType: 'Delete Marker Created', versionId, sequencer: sequencer(bucket, context), seq: emit({ deleteMarker: versionId }) });
  return { DeleteMarker: true, VersionId: versionId };
}
