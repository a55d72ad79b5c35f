/** Objects of a bucket: put, read, listed, deleted, and the errors around them. */
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../base/hash.ts';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

function world(...keys: string[]): TestWorld {
  const cloud = createTestWorld();
  cloud.send('s3', 'CreateBucket', { Bucket: 'uploads' });
  for (const key of keys) cloud.send('s3', 'PutObject', { Bucket: 'uploads', Key: key, Body: key });
  return cloud;
}
const text = (cloud: TestWorld, output: Record<string, unknown>): string => new TextDecoder().decode(cloud.world.options.blobs.get((output['Body'] as { $blob: { sha256: string } }).$blob.sha256));

describe('S3 objects', () => {
  it('come back as they were put, with type, metadata and the MD5 as ETag', () => {
    const cloud = world();
    expect(cloud.send('s3', 'PutObject', { Bucket: 'uploads', Key: 'a.txt', Body: 'hello', ContentType: 'text/plain', Metadata: { from: 'test' } })).toEqual({ ETag: '"5d41402abc4b2a76b9719d911017c592"' });
    const output = cloud.send('s3', 'GetObject', { Bucket: 'uploads', Key: 'a.txt' });
    expect(text(cloud, output)).toBe('hello');
    expect(output).toMatchObject({ ContentLength: 5, ContentType: 'text/plain', Metadata: { from: 'test' }, ETag: '"5d41402abc4b2a76b9719d911017c592"' });
  });

  it('are replaced by a second put of the same key, and come last then', () => {
    const cloud = world('a', 'b');
    cloud.send('s3', 'PutObject', { Bucket: 'uploads', Key: 'a', Body: 'new' });
    expect(text(cloud, cloud.send('s3', 'GetObject', { Bucket: 'uploads', Key: 'a' }))).toBe('new');
    const summary = cloud.world.models.get('s3')!.summarize(cloud.world.context('s3'), 'arn:aws:s3:::uploads') as { objects: number; bytes: number; newest: { key: string }[] };
    expect([summary.objects, summary.bytes, summary.newest.map(({ key }) => key)]).toEqual([2, 4, ['a', 'b']]);
  });

  it('can be read in part', () => {
    const cloud = world();
    cloud.send('s3', 'PutObject', { Bucket: 'uploads', Key: 'a', Body: 'hello world' });
    const part = (Range: string): Record<string, unknown> => cloud.send('s3', 'GetObject', { Bucket: 'uploads', Key: 'a', Range });
    expect([text(cloud, part('bytes=6-')), text(cloud, part('bytes=0-4')), part('bytes=6-99')['ContentRange']]).toEqual(['world', 'hello', 'bytes 6-10/11']);
    expect(cloud.failure('s3', 'GetObject', { Bucket: 'uploads', Key: 'a', Range: 'bytes=20-30' })).toMatchObject({ name: 'InvalidRange', message: 'The requested range is not satisfiable', status: 416 });
  });

  it('may be held by the host: the run does not depend on who holds the bytes', () => {
    const sha256 = sha256Hex(new TextEncoder().encode('a clip'));
    const put = (): TestWorld => {
      const cloud = world();
      cloud.send('s3', 'PutObject', { Bucket: 'uploads', Key: 'clip.mp4', Body: { $blob: { sha256, size: 6 } } });
      return cloud;
    };
    const holding = createTestWorld();
    holding.send('s3', 'CreateBucket', { Bucket: 'uploads' });
    holding.world.options.blobs.put(new TextEncoder().encode('a clip'));
    holding.send('s3', 'PutObject', { Bucket: 'uploads', Key: 'clip.mp4', Body: { $blob: { sha256, size: 6 } } });
    expect(holding.hash()).toBe(put().hash());
  });

  it('are listed in order of their keys, by prefix, delimiter and page', () => {
    const cloud = world('b/2', 'a', 'b/1', 'c');
    const list = (o: object): Record<string, unknown> => cloud.send('s3', 'ListObjectsV2', { Bucket: 'uploads', ...o });
    const keys = (output: Record<string, unknown>): string[] => ((output['Contents'] ?? []) as { Key: string }[]).map(({ Key }) => Key);
    expect(keys(list({}))).toEqual(['a', 'b/1', 'b/2', 'c']);
    expect(keys(list({ Prefix: 'b/' }))).toEqual(['b/1', 'b/2']);
    const grouped = list({ Delimiter: '/' });
    expect([keys(grouped), grouped['CommonPrefixes'], grouped['KeyCount']]).toEqual([['a', 'c'], [{ Prefix: 'b/' }], 3]);
    const first = list({ MaxKeys: 3 });
    expect([keys(first), first['IsTruncated']]).toEqual([['a', 'b/1', 'b/2'], true]);
    expect(keys(list({ MaxKeys: 3, ContinuationToken: first['NextContinuationToken'] }))).toEqual(['c']);
  });

  it('with a delimiter count groups and objects together against the page', () => {
    const cloud = world('a/1', 'b', 'c/1', 'c/2', 'd');
    const seen: string[] = [];
    let token: unknown;
    for (let page = 0; page < 10; page++) {
      const output = cloud.send('s3', 'ListObjectsV2', { Bucket: 'uploads', Delimiter: '/', MaxKeys: 2, ...(token === undefined ? {} : { ContinuationToken: token }) });
      const items = [...((output['Contents'] ?? []) as { Key: string }[]).map(({ Key }) => Key), ...((output['CommonPrefixes'] ?? []) as { Prefix: string }[]).map(({ Prefix }) => Prefix)];
      expect(items.length).toBe(output['KeyCount']);
      expect(items.length).toBeLessThanOrEqual(2);
      seen.push(...items);
      token = output['NextContinuationToken'];
      if (!output['IsTruncated']) break;
    }
    expect(seen.toSorted()).toEqual(['a/', 'b', 'c/', 'd']);
  });

  it('are listed on after a key that ends as a group would, without losing what is under it', () => {
    const cloud = world('a/', 'a/1', 'a/b/1', 'a/b/2', 'a/c');
    const names: string[] = [];
    for (let token: unknown, page = 0; page < 9; page++) {
      const output = cloud.send('s3', 'ListObjectsV2', { Bucket: 'uploads', Prefix: 'a/', Delimiter: '/', MaxKeys: 1, ...(token === undefined ? {} : { ContinuationToken: token }) });
      names.push(...((output['Contents'] ?? []) as { Key: string }[]).map(({ Key }) => Key), ...((output['CommonPrefixes'] ?? []) as { Prefix: string }[]).map(({ Prefix }) => Prefix));
      token = output['NextContinuationToken'];
      if (token === undefined) break;
    }
    expect(names).toEqual(['a/', 'a/1', 'a/b/', 'a/c']);
    const blank = cloud.send('s3', 'ListObjectsV2', { Bucket: 'uploads', Delimiter: '', MaxKeys: 1 });
    expect(cloud.send('s3', 'ListObjectsV2', { Bucket: 'uploads', Delimiter: '', ContinuationToken: blank['NextContinuationToken'] })['KeyCount']).toBe(4);
  });

  it('are listed in the order of their UTF-8 bytes', () => {
    const cloud = world('🎬', 'ｚ', 'z', 'é', '🎬🎭', '🎭');
    expect((cloud.send('s3', 'ListObjectsV2', { Bucket: 'uploads' })['Contents'] as { Key: string }[]).map(({ Key }) => Key)).toEqual(['z', 'é', 'ｚ', '🎬', '🎬🎭', '🎭']);
  });

  it('with a page of none are not listed, and the listing ends', () => {
    expect(world('a').send('s3', 'ListObjectsV2', { Bucket: 'uploads', MaxKeys: 0 })).toMatchObject({ KeyCount: 0, IsTruncated: false });
  });

  it('can be deleted many at once, those that are not there too', () => {
    const cloud = world('a', 'b');
    expect(cloud.send('s3', 'DeleteObjects', { Bucket: 'uploads', Delete: { Objects: [{ Key: 'a' }, { Key: 'none' }] } })).toEqual({ Deleted: [{ Key: 'a' }, { Key: 'none' }] });
    expect(cloud.events('s3.ObjectDeleted').length).toBe(1);
  });
});

describe('S3 answers to what does not fit', () => {
  it.each([
    ['GetObject', { Bucket: 'uploads', Key: 'none' }, 'NoSuchKey', 'The specified key does not exist.', 404],
    ['GetObject', { Bucket: 'none', Key: 'a' }, 'NoSuchBucket', 'The specified bucket does not exist', 404],
    ['HeadObject', { Bucket: 'uploads', Key: 'none' }, 'NotFound', 'UnknownError', 404],
    ['DeleteBucket', { Bucket: 'uploads' }, 'BucketNotEmpty', 'The bucket you tried to delete is not empty', 409],
    ['CreateBucket', { Bucket: 'Upper' }, 'InvalidBucketName', 'The specified bucket is not valid.', 400],
    ['PutObject', { Bucket: 'uploads', Key: 'k'.repeat(1025), Body: 'x' }, 'KeyTooLongError', 'Your key is too long', 400],
    ['GetBucketPolicy', { Bucket: 'uploads' }, 'NoSuchBucketPolicy', 'The bucket policy does not exist', 404],
  ])('%s %j', (operation, input, name, message, status) => expect(world('a').failure('s3', operation, input)).toMatchObject({ name, message, status }));

  it('says what is not modelled by its name', () => expect(world().failure('s3', 'RestoreObject', { Bucket: 'uploads', Key: 'a' })).toMatchObject({ name: 'NotModelled', status: 501 }));

  it('denies a role what it may not, with the action and the object in the message, and says so in the trace', () => {
    const cloud = world('a');
    const trust = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] });
    cloud.send('iam', 'CreateRole', { RoleName: 'reader', AssumeRolePolicyDocument: trust });
    const role = 'arn:aws:iam::000000000000:role/reader';
    expect(cloud.failure('s3', 'GetObject', { Bucket: 'uploads', Key: 'a' }, role)).toMatchObject({ name: 'AccessDenied', status: 403, message: expect.stringContaining('is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::uploads/a because no identity-based policy allows the s3:GetObject action') as string });
    expect(cloud.events('iam.AccessDenied').map(({ data }) => data['action'])).toEqual(['s3:GetObject']);
    cloud.send('s3', 'PutBucketPolicy', { Bucket: 'uploads', Policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { AWS: role }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::uploads/*' }] }) });
    expect(cloud.send('s3', 'GetObject', { Bucket: 'uploads', Key: 'a' }, role)['ContentLength']).toBe(1);
  });
});
