/** Versions of objects: what a put or a delete does to a bucket that keeps them, and which one a read finds. @source aws/other-services.md §2–3; Amazon S3 user guide, how versioning works @simplified Texts of refusals are recalled, not recorded. */
import { AwsError } from '../../../sim/errors.ts';
import type { Call } from '../../../sim/service.ts';
import { objectOf } from './state.ts';
import type { Bucket, DeleteMarker, S3Context, StoredObject, Version } from './state.ts';

export const isMarker = (version: Version): version is DeleteMarker => 'deleteMarker' in version;

/** The id that a put gets now; undefined where versions were never on. */
export function nextVersionId(context: S3Context, bucket: Bucket): string | undefined {
  if (bucket.versioning === undefined) return undefined;
  return bucket.versioning === 'Enabled' ? context.uuid('s3.version-id').replaceAll('-', '') : 'null';
}

/** From now on puts make versions, or no longer do. What is there already becomes the version `null`. */
export function setVersioning(bucket: Bucket, status: 'Enabled' | 'Suspended'): void {
  if (bucket.versioning === undefined) {
    for (const object of bucket.objects.values()) bucket.versions.set(object.key, [{ ...object, versionId: 'null' }]);
    for (const [key, [version]] of bucket.versions) bucket.objects.set(key, version as StoredObject);
  }
  bucket.versioning = status;
}

export function putVersion(bucket: Bucket, object: StoredObject): void {
  if (object.versionId !== undefined) addVersion(bucket, object.key, object);
  bucket.objects.delete(object.key);
  bucket.objects.set(object.key, object);
}

function addVersion(bucket: Bucket, key: string, version: Version): void {
  const others = (bucket.versions.get(key) ?? []).filter((other) => version.versionId !== 'null' || other.versionId !== 'null');
  bucket.versions.set(key, [...others, version]);
}

/** What a delete without a version id does: an end, or a marker on top. Undefined when there was nothing to delete. */
export function deleteKey(context: S3Context, bucket: Bucket, key: string): { readonly marker: DeleteMarker | undefined } | undefined {
  const versionId = nextVersionId(context, bucket);
  const was = bucket.objects.delete(key);
  if (versionId === undefined) return was ? { marker: undefined } : undefined;
  const marker: DeleteMarker = { key, versionId, modifiedMs: context.epochMs, deleteMarker: true };
  addVersion(bucket, key, marker);
  return { marker };
}

/** Takes one version away for good. Undefined when there was none. */
export function deleteVersion(bucket: Bucket, key: string, versionId: string): Version | undefined {
  if (bucket.versioning === undefined) {
    const object = versionId === 'null' ? bucket.objects.get(key) : undefined;
    if (object !== undefined) bucket.objects.delete(key);
    return object;
  }
  const versions = bucket.versions.get(key) ?? [];
  const found = versions.find((version) => version.versionId === versionId);
  if (found === undefined) return undefined;
  const rest = versions.filter((version) => version !== found);
  if (rest.length > 0) bucket.versions.set(key, rest);
  else bucket.versions.delete(key);
  const newest = rest[rest.length - 1];
  if (newest === undefined || isMarker(newest)) bucket.objects.delete(key);
  else bucket.objects.set(key, newest);
  return found;
}

/** The object that a read finds. @throws AwsError NoSuchKey, NoSuchVersion, MethodNotAllowed (a delete marker) */
export function readVersion(bucket: Bucket, key: string, versionId: string | undefined): StoredObject {
  if (versionId === undefined || (versionId === 'null' && bucket.versioning === undefined)) return objectOf(bucket, key);
  const found = bucket.versions.get(key)?.find((version) => version.versionId === versionId);
  if (found === undefined) throw new AwsError('NoSuchVersion', 'The specified version does not exist.', { status: 404, data: { Key: key, VersionId: versionId } });
  if (isMarker(found)) throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', { status: 405, data: { Method: 'GET', ResourceType: 'DeleteMarker' } });
  return found;
}

/**
 * The object that a caller reads. Whether a key is missing is told only to those who may list the bucket; to others it is denied.
 * @source Amazon S3 API reference, GetObject and HeadObject, permissions (recalled)
 */
export function readAs(context: S3Context, bucket: Bucket, o: { readonly key: string; readonly versionId: string | undefined; readonly call: Call }): StoredObject {
  try {
    return readVersion(bucket, o.key, o.versionId);
  } catch (error) {
    const list = error instanceof AwsError && error.name === 'NoSuchKey' ? context.authorize(o.call.principal, 's3:ListBucket', bucket.arn) : undefined;
    throw list?.allowed === false ? context.deny(list, 's3') : error;
  }
}

/** Puts a changed object in the place of itself (tags). */
export function replaceVersion(bucket: Bucket, object: StoredObject): void {
  if (bucket.objects.get(object.key)?.versionId === object.versionId) bucket.objects.set(object.key, object);
  const versions = bucket.versions.get(object.key);
  if (versions !== undefined) bucket.versions.set(object.key, versions.map((version) => (version.versionId === object.versionId ? object : version)));
}
