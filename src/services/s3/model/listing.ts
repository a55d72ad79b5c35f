/** Pages of a bucket's keys: by prefix, rolled up at a delimiter, keys and groups counted together. @source Amazon S3 API reference, ListObjectsV2 */
import type { Bucket, StoredObject } from './state.ts';

export interface ListInput {
  readonly Bucket: string;
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly MaxKeys?: number | undefined;
  readonly ContinuationToken?: string | undefined;
  readonly StartAfter?: string | undefined;
}

/** A key with its object, or the common prefix of several keys. */
type Item = { readonly name: string; readonly object?: StoredObject };

function itemsOf(bucket: Bucket, input: ListInput): Item[] {
  const { Prefix = '', Delimiter, ContinuationToken: token, StartAfter = '' } = input;
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

/** The output of ListObjectsV2. */
export function listObjects(bucket: Bucket, input: ListInput): Record<string, unknown> {
  const { Prefix = '', MaxKeys = 1000 } = input;
  const items = itemsOf(bucket, input);
  const page = items.slice(0, MaxKeys);
  const last = page[page.length - 1];
  const truncated = last !== undefined && items.length > page.length;
  const contents = page.flatMap(({ object }) => object ?? []);
  const groups = page.filter(({ object }) => object === undefined);
  return {
    Name: bucket.name,
    Prefix,
    MaxKeys,
    KeyCount: page.length,
    IsTruncated: truncated,
    ...(contents.length > 0 ? { Contents: contents.map((object) => ({ Key: object.key, LastModified: { $date: object.modifiedMs }, ETag: `"${object.etag}"`, Size: object.blob.size, StorageClass: 'STANDARD' })) } : {}),
    ...(groups.length > 0 ? { CommonPrefixes: groups.map(({ name }) => ({ Prefix: name })) } : {}),
    ...(truncated ? { NextContinuationToken: last.name } : {}),
  };
}
