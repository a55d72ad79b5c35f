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

/** A key with its object, or the common prefix of several keys. */
type Item = { readonly name: string; readonly object?: StoredObject };

function itemsOf(bucket: Bucket, input: ListInput): Item[] {
  const { Prefix = '', Delimiter, StartAfter = '' } = input;
  const token = input.ContinuationToken ?? input.startAfter;
  if (input.ContinuationToken === '') throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect', { data: { ArgumentName: 'continuation-token' } });
  // A page that ended at a group goes on after all of the group.
  const isPast = (key: string): boolean => token !== undefined && (key <= token || (Delimiter !== undefined && token.endsWith(Delimiter) && key.startsWith(token)));
  const objects = [...bucket.objects.values()].filter(({ key }) => key.startsWith(Prefix) && key > StartAfter && !isPast(key)).sort((a, b) => (a.key < b.key ? -1 : 1));
  const items: Item[] = [];
  for (const object of objects) {
    const at = Delimiter === undefined || Delimiter === '' ? -1 : object.key.indexOf(Delimiter, Prefix.length);
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
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, versions]) => versions.toReversed().map((version, i) => ({ key, version, latest: i === 0 })));
  const marker = rows.findIndex(({ key, version }) => key === KeyMarker && version.versionId === VersionIdMarker);
  const from = KeyMarker === undefined ? 0 : marker >= 0 ? marker + 1 : rows.findIndex(({ key }) => key > KeyMarker);
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
    KeyMarker: KeyMarker ?? '',
    VersionIdMarker: VersionIdMarker ?? '',
    MaxKeys: maxKeys,
    IsTruncated: truncated,
    ...(versions.length > 0 ? { Versions: versions } : {}),
    ...(markers.length > 0 ? { DeleteMarkers: markers } : {}),
    ...(truncated ? { NextKeyMarker: last.key, NextVersionIdMarker: last.version.versionId } : {}),
  };
}
