/** @aws-sdk/client-s3, unmodified, against the model: buckets, objects, checksums, ranges, conditions, lists, versions, tags, errors. */
import { Readable } from 'node:stream';
import {
  BucketAlreadyOwnedByYou,
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketAclCommand,
  GetBucketLocationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  NoSuchBucket,
  NoSuchKey,
  NotFound,
  PutBucketLifecycleConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
  paginateListBuckets,
  paginateListObjectsV2,
  waitUntilBucketExists,
  waitUntilBucketNotExists,
  waitUntilObjectExists,
  waitUntilObjectNotExists,
} from '@aws-sdk/client-s3';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { md5Hex } from '../../base/hash.ts';
import { createCloud } from './create-cloud.ts';
import { failureOf, pagesOf, through } from './wire/testing.ts';

const Bucket = 'uploads';

async function withBucket(config: S3ClientConfig = {}) {
  const cloud = createCloud();
  const s3 = new S3Client({ ...through(cloud), ...config });
  await s3.send(new CreateBucketCommand({ Bucket }));
  const put = (Key: string, Body: string | Uint8Array = Key) => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  const text = async (Key: string, o: object = {}) => (await s3.send(new GetObjectCommand({ Bucket, Key, ...o }))).Body!.transformToString();
  return { cloud, s3, put, text };
}

describe('@aws-sdk/client-s3 and buckets', () => {
  it('makes, finds, lists and deletes them', async () => {
    const { s3 } = await withBucket();
    expect((await s3.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe('us-east-1');
    expect((await s3.send(new ListBucketsCommand({}))).Buckets).toEqual([{ Name: Bucket, CreationDate: new Date('2026-01-01T00:00:00Z') }]);
    expect((await s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBeUndefined();
    await s3.send(new DeleteBucketCommand({ Bucket }));
    expect((await s3.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
  });

  it('lists them page by page', async () => {
    const { s3 } = await withBucket();
    for (const name of ['b-one', 'b-two', 'c-three']) await s3.send(new CreateBucketCommand({ Bucket: name }));
    const pages = await pagesOf(paginateListBuckets({ client: s3, pageSize: 2 }, {}));
    expect(pages.map((page) => page.Buckets?.map(({ Name }) => Name))).toEqual([['b-one', 'b-two'], ['c-three', Bucket]]);
    expect((await s3.send(new ListBucketsCommand({ Prefix: 'b-' }))).Buckets?.map(({ Name }) => Name)).toEqual(['b-one', 'b-two']);
  });

  it('a second time is no error in us-east-1, and BucketAlreadyOwnedByYou elsewhere', async () => {
    const { s3 } = await withBucket();
    await s3.send(new CreateBucketCommand({ Bucket }));
    const elsewhere = new S3Client(through(createCloud({ region: 'eu-west-1' }), { region: 'eu-west-1' }));
    await elsewhere.send(new CreateBucketCommand({ Bucket }));
    const error = await failureOf(elsewhere.send(new CreateBucketCommand({ Bucket })));
    expect(error).toBeInstanceOf(BucketAlreadyOwnedByYou);
    expect(error).toMatchObject({ message: 'Your previous request to create the named bucket succeeded and you already own it.', $metadata: { httpStatusCode: 409 } });
    expect((await elsewhere.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBe('eu-west-1');
  });

  it('keeps policies as text, and notification configurations as they were given', async () => {
    const { s3 } = await withBucket();
    expect(await failureOf(s3.send(new GetBucketPolicyCommand({ Bucket })))).toMatchObject({ name: 'NoSuchBucketPolicy' });
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` }] });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy);
    // The client's types know the names in lower case; S3 answers with a capital.
    const filter = { Key: { FilterRules: [{ Name: 'prefix' as const, Value: 'in/' }, { Name: 'suffix' as const, Value: '.mp4' }] } };
    const configuration = {
      QueueConfigurations: [{ Id: 'q', QueueArn: 'arn:aws:sqs:us-east-1:000000000000:jobs', Events: ['s3:ObjectCreated:Put' as const, 's3:ObjectCreated:Copy' as const], Filter: filter }],
      LambdaFunctionConfigurations: [{ Id: 'f', LambdaFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:work', Events: ['s3:ObjectRemoved:*' as const] }],
      EventBridgeConfiguration: {},
    };
    await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: configuration, SkipDestinationValidation: true }));
    const { $metadata: _, ...read } = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
    const stored = { Key: { FilterRules: [{ Name: 'Prefix', Value: 'in/' }, { Name: 'Suffix', Value: '.mp4' }] } };
    expect(read).toEqual({ ...configuration, QueueConfigurations: [{ ...configuration.QueueConfigurations[0], Filter: stored }] });
  });
});

describe('@aws-sdk/client-s3 and objects', () => {
  it.each([
    ['text', 'héllo <&> world'],
    ['bytes', Uint8Array.of(0, 255, 13, 10, 128)],
    ['nothing', ''],
  ])('brings %s there and back, its checksum checked at both ends', async (_, Body) => {
    const { s3 } = await withBucket();
    const put = await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body }));
    expect(put).toMatchObject({ ETag: `"${md5Hex(Body)}"`, ChecksumCRC32: expect.any(String) as string, ChecksumType: 'FULL_OBJECT' });
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'a' }));
    expect(got.ChecksumCRC32).toBe(put.ChecksumCRC32);
    expect(Buffer.from(await got.Body!.transformToByteArray())).toEqual(Buffer.from(Body));
  });

  it('takes a stream in chunks with the checksum in the trailer', async () => {
    const { s3, text } = await withBucket();
    const body = 'streamed '.repeat(20_000);
    const put = await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: Readable.from([Buffer.from(body)]), ContentLength: body.length }));
    expect(put.ChecksumCRC32).toBeDefined();
    expect(await text('a')).toBe(body);
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'a' }))).ContentEncoding).toBeUndefined();
  });

  it.each(['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const)('checks %s', async (ChecksumAlgorithm) => {
    const { s3 } = await withBucket();
    const put = await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'hello', ChecksumAlgorithm }));
    expect(put[`Checksum${ChecksumAlgorithm}`]).toBeDefined();
    expect(await failureOf(s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'hullo', [`Checksum${ChecksumAlgorithm}`]: put[`Checksum${ChecksumAlgorithm}`] })))).toMatchObject({ name: 'BadDigest', $metadata: { httpStatusCode: 400 } });
  });

  it('gives a body over 1 MiB the MD5 as ETag too', async () => {
    const { s3, put } = await withBucket();
    const body = new Uint8Array(1_500_000).fill(7);
    expect((await put('big', body)).ETag).toBe(`"${md5Hex(body)}"`);
    expect((await (await s3.send(new GetObjectCommand({ Bucket, Key: 'big' }))).Body!.transformToByteArray()).length).toBe(body.length);
  });

  it('keeps content headers and metadata', async () => {
    const { s3 } = await withBucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x', ContentType: 'text/plain', CacheControl: 'max-age=60', ContentDisposition: 'inline', ContentLanguage: 'de', Metadata: { Origin: 'phone' } }));
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'a' }));
    expect(head).toMatchObject({ ContentType: 'text/plain', CacheControl: 'max-age=60', ContentDisposition: 'inline', ContentLanguage: 'de', Metadata: { origin: 'phone' }, ContentLength: 1, AcceptRanges: 'bytes', LastModified: new Date('2026-01-01T00:00:00Z') });
  });

  it.each(['in/holiday clip+1.mp4', 'a&b<c>.txt', 'ünï/%41', 'x//y/', 'a?b#c'])('takes the key %s', async (key) => {
    const { s3, put, text } = await withBucket();
    await put(key);
    expect(await text(key)).toBe(key);
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents?.map((object) => object.Key)).toEqual([key]);
    const encoded = await s3.send(new ListObjectsV2Command({ Bucket, EncodingType: 'url' }));
    expect(decodeURIComponent(encoded.Contents![0]!.Key!.replaceAll('+', ' '))).toBe(key);
    await s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/${encodeURIComponent(key)}` }));
    expect(await text('copy')).toBe(key);
  });

  it('speaks path-style too', async () => {
    const { put, text } = await withBucket({ forcePathStyle: true });
    await put('deep/er/key');
    expect(await text('deep/er/key')).toBe('deep/er/key');
  });

  it('reads ranges', async () => {
    const { s3, put, text } = await withBucket();
    await put('a', 'hello world');
    expect([await text('a', { Range: 'bytes=0-4' }), await text('a', { Range: 'bytes=6-' }), await text('a', { Range: 'bytes=-5' })]).toEqual(['hello', 'world', 'world']);
    const part = await s3.send(new GetObjectCommand({ Bucket, Key: 'a', Range: 'bytes=6-99' }));
    expect([part.ContentRange, part.ContentLength, part.$metadata.httpStatusCode]).toEqual(['bytes 6-10/11', 5, 206]);
    expect(await failureOf(text('a', { Range: 'bytes=20-' }))).toMatchObject({ name: 'InvalidRange', $metadata: { httpStatusCode: 416 } });
  });

  it('obeys conditions of reads and writes', async () => {
    const { s3, put, text } = await withBucket();
    const { ETag } = await put('a', 'one');
    expect(await text('a', { IfMatch: ETag })).toBe('one');
    expect(await failureOf(text('a', { IfMatch: '"other"' }))).toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
    expect(await failureOf(text('a', { IfNoneMatch: ETag }))).toMatchObject({ $metadata: { httpStatusCode: 304 } });
    expect(await failureOf(text('a', { IfModifiedSince: new Date('2026-01-01T00:00:00Z') }))).toMatchObject({ $metadata: { httpStatusCode: 304 } });
    expect(await failureOf(text('a', { IfUnmodifiedSince: new Date('2025-12-31T23:59:59Z') }))).toMatchObject({ name: 'PreconditionFailed' });
    const write = (Key: string, o: object) => s3.send(new PutObjectCommand({ Bucket, Key, Body: 'two', ...o }));
    expect(await failureOf(write('a', { IfNoneMatch: '*' }))).toMatchObject({ name: 'PreconditionFailed', message: 'At least one of the pre-conditions you specified did not hold' });
    await write('b', { IfNoneMatch: '*' });
    expect(await failureOf(write('a', { IfMatch: '"other"' }))).toMatchObject({ name: 'PreconditionFailed' });
    await write('a', { IfMatch: ETag });
    expect(await text('a')).toBe('two');
  });

  it('copies with or without the metadata, and not onto itself', async () => {
    const { s3 } = await withBucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x', ContentType: 'text/plain', Metadata: { from: 'a' } }));
    const copy = (Key: string, o: object = {}) => s3.send(new CopyObjectCommand({ Bucket, Key, CopySource: `/${Bucket}/a`, ...o }));
    expect((await copy('b')).CopyObjectResult).toEqual({ ETag: `"${md5Hex('x')}"`, LastModified: new Date('2026-01-01T00:00:00Z') });
    await copy('c', { MetadataDirective: 'REPLACE', Metadata: { from: 'c' }, ContentType: 'text/csv' });
    const facts = async (Key: string) => {
      const { ContentType, Metadata } = await s3.send(new HeadObjectCommand({ Bucket, Key }));
      return { ContentType, Metadata };
    };
    expect(await facts('b')).toEqual({ ContentType: 'text/plain', Metadata: { from: 'a' } });
    expect(await facts('c')).toEqual({ ContentType: 'text/csv', Metadata: { from: 'c' } });
    expect(await failureOf(copy('a'))).toMatchObject({ name: 'InvalidRequest' });
    expect(await failureOf(copy('d', { CopySourceIfMatch: '"other"' }))).toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
    expect(await failureOf(copy('d', { CopySourceIfModifiedSince: new Date('2026-01-01T00:00:00Z') }))).toMatchObject({ name: 'PreconditionFailed' });
    expect(await failureOf(copy('d', { CopySourceIfUnmodifiedSince: new Date('2025-12-31T00:00:00Z') }))).toMatchObject({ name: 'PreconditionFailed' });
    await copy('d', { CopySourceIfNoneMatch: '"other"', CopySourceIfUnmodifiedSince: new Date('2026-01-01T00:00:00Z') });
    expect(await failureOf(copy('b', { CopySource: `${Bucket}/none` }))).toBeInstanceOf(NoSuchKey);
  });

  it('lists page by page, and rolls keys up at a delimiter', async () => {
    const { s3, put } = await withBucket();
    for (const key of ['a/1', 'a/2', 'b', 'c/1', 'd']) await put(key);
    const pages = await pagesOf(paginateListObjectsV2({ client: s3, pageSize: 2 }, { Bucket }));
    expect(pages.map((page) => page.Contents?.map((object) => object.Key))).toEqual([['a/1', 'a/2'], ['b', 'c/1'], ['d']]);
    const rolled = await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: '/' }));
    expect([rolled.Contents?.map((object) => object.Key), rolled.CommonPrefixes?.map((group) => group.Prefix), rolled.KeyCount, rolled.IsTruncated]).toEqual([['b', 'd'], ['a/', 'c/'], 4, false]);
    expect(rolled.Contents?.[0]).toMatchObject({ Size: 1, ETag: `"${md5Hex('b')}"`, StorageClass: 'STANDARD', LastModified: new Date('2026-01-01T00:00:00Z') });
  });

  it('deletes one and many', async () => {
    const { s3, put } = await withBucket();
    for (const key of ['a', 'b', 'c']) await put(key);
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    const { Deleted, Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'b' }, { Key: 'none' }] } }));
    expect([Deleted, Errors]).toEqual([[{ Key: 'b' }, { Key: 'none' }], undefined]);
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents?.map((object) => object.Key)).toEqual(['c']);
  });

  it('keeps tags', async () => {
    const { s3 } = await withBucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x', Tagging: 'kind=clip&who=A%20B' }));
    expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'a' }))).TagSet).toEqual([{ Key: 'kind', Value: 'clip' }, { Key: 'who', Value: 'A B' }]);
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'a' }))).TagCount).toBe(2);
    await s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'a', Tagging: { TagSet: [{ Key: 'kind', Value: 'still' }] } }));
    expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'a' }))).TagSet).toEqual([{ Key: 'kind', Value: 'still' }]);
  });

  it('keeps versions, and delete markers on top of them', async () => {
    const { s3, put, text } = await withBucket();
    await put('a', 'zero');
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Enabled');
    const { VersionId: one } = await put('a', 'one');
    const { VersionId: two } = await put('a', 'two');
    expect([await text('a'), await text('a', { VersionId: one }), await text('a', { VersionId: 'null' })]).toEqual(['two', 'one', 'zero']);
    const gone = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    expect(gone.DeleteMarker).toBe(true);
    expect(await failureOf(text('a'))).toBeInstanceOf(NoSuchKey);
    const list = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect(list.Versions?.map((version) => [version.VersionId, version.IsLatest])).toEqual([[two, false], [one, false], ['null', false]]);
    expect(list.DeleteMarkers?.map((marker) => [marker.VersionId, marker.IsLatest])).toEqual([[gone.VersionId, true]]);
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: gone.VersionId! }));
    expect(await text('a')).toBe('two');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: two! }));
    expect(await text('a')).toBe('one');
    expect(await failureOf(text('a', { VersionId: two }))).toMatchObject({ name: 'NoSuchVersion', $metadata: { httpStatusCode: 404 } });
  });
});

describe('@aws-sdk/client-s3 and failures', () => {
  it('throws its own classes', async () => {
    const { s3, text } = await withBucket();
    const missing = await failureOf(text('none'));
    expect(missing).toBeInstanceOf(NoSuchKey);
    expect(missing).toMatchObject({ message: 'The specified key does not exist.', Key: 'none', $metadata: { httpStatusCode: 404 } });
    expect(await failureOf(s3.send(new ListObjectsV2Command({ Bucket: 'none' })))).toBeInstanceOf(NoSuchBucket);
    expect(await failureOf(s3.send(new HeadObjectCommand({ Bucket, Key: 'none' })))).toBeInstanceOf(NotFound);
    expect(await failureOf(s3.send(new HeadBucketCommand({ Bucket: 'none' })))).toBeInstanceOf(NotFound);
    await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
    expect(await failureOf(s3.send(new DeleteBucketCommand({ Bucket })))).toMatchObject({ name: 'BucketNotEmpty', $metadata: { httpStatusCode: 409 } });
  });

  it('denies in its manner: AccessDenied with a body, and by the status alone where there is none', async () => {
    const { cloud } = await withBucket();
    await cloud.send('iam', 'CreateRole', { RoleName: 'none', AssumeRolePolicyDocument: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }] }) });
    const { Credentials } = await cloud.send<{ Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string } }>('sts', 'AssumeRole', { RoleArn: 'arn:aws:iam::000000000000:role/none', RoleSessionName: 'tests' });
    const s3 = new S3Client({ ...through(cloud), credentials: { accessKeyId: Credentials.AccessKeyId, secretAccessKey: Credentials.SecretAccessKey, sessionToken: Credentials.SessionToken } });
    expect(await failureOf(s3.send(new GetObjectCommand({ Bucket, Key: 'a' })))).toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    expect(await failureOf(s3.send(new HeadObjectCommand({ Bucket, Key: 'a' })))).toMatchObject({ name: 'Unknown', $metadata: { httpStatusCode: 403 } });
  });

  it.each([
    ['GetBucketAcl', new GetBucketAclCommand({ Bucket })],
    ['PutBucketLifecycleConfiguration', new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: [] } })],
  ])('answers %s by name as not modelled', async (name, command) => {
    const { s3 } = await withBucket();
    expect(await failureOf(s3.send(command as GetBucketAclCommand))).toMatchObject({ name: 'NotModelled', message: expect.stringContaining(`s3 ${name}`) as string, $metadata: { httpStatusCode: 501 } });
  });

  it('does not take presigned URLs, and says so', async () => {
    const { cloud } = await withBucket();
    const answer = await cloud.handle({ method: 'GET', hostname: `${Bucket}.s3.us-east-1.amazonaws.com`, path: '/a', query: { 'X-Amz-Algorithm': 'AWS4-HMAC-SHA256', 'X-Amz-Signature': '00' }, headers: {} });
    expect([answer.statusCode, new TextDecoder().decode(answer.body)]).toEqual([501, expect.stringContaining('presigned URLs')]);
  });

  it('answers MalformedXML to a document that is none', async () => {
    const { cloud } = await withBucket();
    const answer = await cloud.handle({ method: 'POST', hostname: 's3.us-east-1.amazonaws.com', path: `/${Bucket}?delete`, headers: {}, body: '<Delete><Object>' });
    expect([answer.statusCode, new TextDecoder().decode(answer.body)]).toEqual([400, expect.stringContaining('<Code>MalformedXML</Code>')]);
  });
});

describe('@aws-sdk/client-s3 and its waiters', () => {
  it('wait until a bucket and an object are there, while virtual time moves', async () => {
    const cloud = createCloud();
    const s3 = new S3Client(through(cloud));
    const waiting = new S3Client(through(cloud, { advanceMs: 1_000 }));
    const options = { client: waiting, maxWaitTime: 10, minDelay: 1, maxDelay: 1 };
    const bucket = waitUntilBucketExists(options, { Bucket });
    await s3.send(new CreateBucketCommand({ Bucket }));
    expect((await bucket).state).toBe('SUCCESS');
    await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
    expect((await waitUntilObjectExists(options, { Bucket, Key: 'a' })).state).toBe('SUCCESS');
    const gone = waitUntilObjectNotExists(options, { Bucket, Key: 'a' });
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    expect((await gone).state).toBe('SUCCESS');
    await s3.send(new DeleteBucketCommand({ Bucket }));
    expect((await waitUntilBucketNotExists(options, { Bucket })).state).toBe('SUCCESS');
    expect(cloud.now()).toBeGreaterThanOrEqual(Date.parse('2026-01-01T00:00:02Z'));
  });
});
