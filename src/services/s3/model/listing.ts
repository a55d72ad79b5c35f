/** Pages of a bucket's keys: by prefix, rolled up at a delimiter, keys and groups counted together. @source Amazon S3 API reference, ListObjectsV2 @simplified Texts of refusals are recalled, not recorded. */
import { AwsError } from '../../../sim/errors.ts';
import { PAGE_MAX } from './limits.ts';
import { formEncoded } from './notifications.ts';
import type { Bucket, StoredObject, Version } from './state.ts';
import { isMarker } from './versions.ts';

export interface ListInput {
  readonly Bucket: string;
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly MaxKeys?: number | undefined;
  readonly ContinuationToken?: string | undefined;
  readonly StartAfter?: string | undefined;
  readonly EncodingType?: 'url' | undefined;
  /** Account shown as the owner of each object; none unless asked. */
  readonly owner?: string | undefined;
  /** Key of the older list after which it goes on; a common prefix stands for all keys under it. */
  readonly startAfter?: string | undefined;
}

/** S3 lists keys in the order of their UTF-8 bytes, which is that of their code points. @source Amazon S3 API reference, ListObjectsV2 */
function compareKeys(a: string, b: string): number {
  for (let at = 0; at < a.length && at < b.length; at++) {
    if (a.charCodeAt(at) === b.charCodeAt(at)) continue;
    // Halves of a pair stand for code points beyond all others.
    const [one, other] = [a.codePointAt(at)!, b.codePointAt(at)!];
    return (isSurrogate(one) ? 0x1_00_00 : one) - (isSurrogate(other) ? 0x1_00_00 : other) || a.charCodeAt(at) - b.charCodeAt(at);
  }
  return a.length - b.length;
}
const isSurrogate = (code: number): boolean => code >= 0xd8_00 && code <= 0xdf_ff;

/** A key with its object, or the common prefix of several keys. */
type Item = { readonly name: string; readonly object?: StoredObject };

function itemsOf(bucket: Bucket, input: ListInput): Item[] {
  const { Prefix = '', StartAfter = '' } = input;
  const Delimiter = input.Delimiter === '' ? undefined : input.Delimiter;
  const token = input.ContinuationToken ?? input.startAfter;
  if (input.ContinuationToken === '') throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect', { data: { ArgumentName: 'continuation-token' } });
  // A page that ended at a group goes on after all of the group; one that ended at a key which looks so goes on after that key.
  const isGroup = token !== undefined && Delimiter !== undefined && token.startsWith(Prefix) && token.indexOf(Delimiter, Prefix.length) === token.length - Delimiter.length && token.length > Prefix.length;
  const isPast = (key: string): boolean => token !== undefined && (compareKeys(key, token) <= 0 || (isGroup && key.startsWith(token)));
  const objects = [...bucket.objects.values()].filter(({ key }) => key.startsWith(Prefix) && compareKeys(key, StartAfter) > 0 && !isPast(key)).sort((a, b) => compareKeys(a.key, b.key));
  const items: Item[] = [];
  for (const object of objects) {
    const at = Delimiter === undefined ? -1 : object.key.indexOf(Delimiter, Prefix.length);
    if (at < 0) items.push({ name: object.key, object });
    else {
      const name = object.key.slice(0, at + Delimiter!.length);
      if (items[items.length - 1]?.name !== name) items.push({ name });
    }
  }
  return items;
}

const encoder = (encoding: 'url' | undefined): ((text: string) => string) => (encoding === 'url' ? formEncoded : (text) => text);

/** The output of ListObjectsV2. */
export function listObjects(bucket: Bucket, input: ListInput): Record<string, unknown> {
  const { Prefix = '', Delimiter, EncodingType, StartAfter, ContinuationToken } = input;
  const maxKeys = input.MaxKeys ?? PAGE_MAX;
  const encode = encoder(EncodingType);
  const items = itemsOf(bucket, input);
  const page = items.slice(0, Math.min(maxKeys, PAGE_MAX));
  const last = page[page.length - 1];
  const truncated = last !== undefined && items.length > page.length;
  const contents = page.flatMap(({ object }) => object ?? []);
  const groups = page.filter(({ object }) => object === undefined);
  return {
    Name: bucket.name,
    Prefix: encode(Prefix),
    MaxKeys: maxKeys,
    KeyCount: page.length,
    IsTruncated: truncated,
    ...(contents.length > 0 ? { Contents: contents.map((object) => ({ ...shown(object, encode), ...(input.owner === undefined ? {} : { Owner: { ID: input.owner } }) })) } : {}),
    ...(groups.length > 0 ? { CommonPrefixes: groups.map(({ name }) => ({ Prefix: encode(name) })) } : {}),
    ...(Delimiter === undefined ? {} : { Delimiter: encode(Delimiter) }),
    ...(StartAfter === undefined ? {} : { StartAfter: encode(StartAfter) }),
    ...(EncodingType === undefined ? {} : { EncodingType }),
    ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
    ...(truncated ? { NextContinuationToken: last.name } : {}),
  };
}

function shown(object: StoredObject, encode: (text: string) => string): Record<string, unknown> {
  const checksum = object.checksum === undefined ? {} : { ChecksumAlgorithm: [object.checksum.algorithm], ChecksumType: 'FULL_OBJECT' };
  return { Key: encode(object.key), LastModified: { $date: object.modifiedMs }, ETag: `"${object.etag}"`, ...checksum, Size: object.blob.size, StorageClass: 'STANDARD' };
}

interface VersionListInput extends Omit<ListInput, 'ContinuationToken' | 'StartAfter'> {
  readonly KeyMarker?: string | undefined;
  readonly VersionIdMarker?: string | undefined;
}

/** The output of ListObjectVersions: by key, each key's newest first. */
export function listVersions(bucket: Bucket, input: VersionListInput): Record<string, unknown> {
  const { Prefix = '', KeyMarker, VersionIdMarker, EncodingType } = input;
  const encode = encoder(EncodingType);
  const maxKeys = input.MaxKeys ?? PAGE_MAX;
  const histories: [string, readonly Version[]][] = bucket.versioning === undefined ? [...bucket.objects].map(([key, object]) => [key, [{ ...object, versionId: 'null' }]]) : [...bucket.versions];
  const rows = histories
    .filter(([key]) => key.startsWith(Prefix))
    .sort(([a], [b]) => compareKeys(a, b))
    .flatMap(([key, versions]) => versions.toReversed().map((version, i) => ({ key, version, latest: i === 0 })));
  const marker = rows.findIndex(({ key, version }) => key === KeyMarker && version.versionId === VersionIdMarker);
  const from = KeyMarker === undefined ? 0 : marker >= 0 ? marker + 1 : rows.findIndex(({ key }) => compareKeys(key, KeyMarker) > 0);
  const rest = from < 0 ? [] : rows.slice(from);
  const page = rest.slice(0, Math.min(maxKeys, PAGE_MAX));
  const last = page[page.length - 1];
  const truncated = last !== undefined && rest.length > page.length;
  const row = ({ key, version, latest }: (typeof rows)[number]): Record<string, unknown> => ({ ...(isMarker(version) ? { Key: encode(key), LastModified: { $date: version.modifiedMs } } : shown(version, encode)), VersionId: version.versionId, IsLatest: latest });
  const versions = page.filter(({ version }) => !isMarker(version)).map(row);
  const markers = page.filter(({ version }) => isMarker(version)).map(row);
  return {
    Name: bucket.name,
    Prefix: encode(Prefix),
    KeyMarker: encode(KeyMarker ?? ''),
    VersionIdMarker: VersionIdMarker ?? '',
    MaxKeys: maxKeys,
    IsTruncated: truncated,
    ...(EncodingType === undefined ? {} : { EncodingType }),
    ...(versions.length > 0 ? { Versions: versions } : {}),
    ...(markers.length > 0 ? { DeleteMarkers: markers } : {}),
    ...(truncated ? { NextKeyMarker: encode(last.key), NextVersionIdMarker: last.version.versionId } : {}),
  };
}

interface UploadListInput {
  readonly Prefix?: string | undefined;
  readonly MaxUploads?: number | undefined;
  readonly KeyMarker?: string | undefined;
  readonly UploadIdMarker?: string | undefined;
  readonly EncodingType?: 'url' | undefined;
}

/** The output of ListMultipartUploads: by key, each key's oldest first. A marker of an upload counts beside that of its key only. */
export function listUploads(bucket: Bucket, { Prefix = '', MaxUploads: max = PAGE_MAX, KeyMarker, UploadIdMarker, EncodingType }: UploadListInput): Record<string, unknown> {
  const encode = encoder(EncodingType);
  const rows = [...bucket.uploads.values()].filter(({ key }) => key.startsWith(Prefix)).sort((a, b) => compareKeys(a.key, b.key) || a.initiatedMs - b.initiatedMs);
  const marker = KeyMarker === undefined ? -1 : rows.findIndex(({ key, id }) => key === KeyMarker && id === UploadIdMarker);
  const rest = KeyMarker === undefined ? rows : marker >= 0 ? rows.slice(marker + 1) : rows.filter(({ key }) => compareKeys(key, KeyMarker) > 0);
  const page = rest.slice(0, Math.min(max, PAGE_MAX));
  const last = page[page.length - 1];
  const truncated = last !== undefined && rest.length > page.length;
  return {
    Bucket: bucket.name,
    KeyMarker: encode(KeyMarker ?? ''),
    UploadIdMarker: UploadIdMarker ?? '',
    ...(Prefix === '' ? {} : { Prefix: encode(Prefix) }),
    MaxUploads: max,
    IsTruncated: truncated,
    ...(EncodingType === undefined ? {} : { EncodingType }),
    ...(truncated ? { NextKeyMarker: encode(last.key), NextUploadIdMarker: last.id } : {}),
    ...(page.length > 0 ? { Uploads: page.map((upload) => ({ UploadId: upload.id, Key: encode(upload.key), Initiated: { $date: upload.initiatedMs }, StorageClass: 'STANDARD' })) } : {}),
  };
}
