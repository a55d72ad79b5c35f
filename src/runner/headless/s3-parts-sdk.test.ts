/** @aws-sdk/client-s3, unmodified, against the model: uploads in parts. */
import { AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateBucketCommand, CreateMultipartUploadCommand, GetObjectCommand, HeadObjectCommand, ListMultipartUploadsCommand, ListPartsCommand, NoSuchUpload, PutObjectCommand, S3Client, UploadPartCommand, UploadPartCopyCommand, paginateListParts } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { md5Hex } from '../../base/hash.ts';
import { createCloud } from './create-cloud.ts';
import { failureOf, pagesOf, through } from './wire/testing.ts';

const Bucket = 'uploads';

async function withBucket() {
  const s3 = new S3Client(through(createCloud()));
  await s3.send(new CreateBucketCommand({ Bucket }));
  const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  const text = async (Key: string) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body!.transformToString();
  return { s3, put, text };
}

describe('@aws-sdk/client-s3 and uploads in parts', () => {
  const MIB = 1024 ** 2;

  async function begun() {
    const found = await withBucket();
    const Key = 'big.bin';
    const { UploadId } = await found.s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ContentType: 'video/mp4', Metadata: { from: 'parts' } }));
    const part = async (PartNumber: number, Body: Uint8Array) => ({ PartNumber, ETag: (await found.s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }))).ETag });
    const complete = (Parts: { PartNumber: number; ETag: string | undefined }[]) => found.s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
    return { ...found, Key, UploadId, part, complete };
  }

  it('joins them in order, with the ETag of the digests and the number of parts', async () => {
    const { s3, Key, UploadId, part, complete } = await begun();
    const [first, second] = [new Uint8Array(5 * MIB).fill(1), Uint8Array.of(2, 2)];
    const two = await part(2, second);
    const one = await part(1, first);
    expect((await s3.send(new ListPartsCommand({ Bucket, Key, UploadId }))).Parts).toMatchObject([{ PartNumber: 1, Size: 5 * MIB, ETag: one.ETag }, { PartNumber: 2, Size: 2 }]);
    expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toMatchObject([{ Key, UploadId }]);
    const done = await complete([one, two]);
    const digests = Buffer.concat([Buffer.from(md5Hex(first), 'hex'), Buffer.from(md5Hex(second), 'hex')]);
    expect(done).toMatchObject({ Bucket, Key, ETag: `"${md5Hex(new Uint8Array(digests))}-2"`, Location: `https://${Bucket}.s3.us-east-1.amazonaws.com/${Key}` });
    const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const bytes = await got.Body!.transformToByteArray();
    expect([bytes.length, bytes[0], bytes.at(-1), got.ContentType, got.Metadata]).toEqual([5 * MIB + 2, 1, 2, 'video/mp4', { from: 'parts' }]);
    expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined();
  });

  it('reads them back one by one', async () => {
    const { s3, Key, part, complete, put } = await begun();
    const [first, second] = [new Uint8Array(5 * MIB).fill(1), Uint8Array.of(2, 2)];
    await complete([await part(1, first), await part(2, second)]);
    const last = await s3.send(new GetObjectCommand({ Bucket, Key, PartNumber: 2 }));
    expect([...(await last.Body!.transformToByteArray())]).toEqual([2, 2]);
    expect(last).toMatchObject({ PartsCount: 2, ContentLength: 2, ContentRange: `bytes ${5 * MIB}-${5 * MIB + 1}/${5 * MIB + 2}`, $metadata: { httpStatusCode: 206 } });
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key, PartNumber: 1 }))).toMatchObject({ PartsCount: 2, ContentLength: 5 * MIB });
    expect(await failureOf(s3.send(new GetObjectCommand({ Bucket, Key, PartNumber: 3 })))).toMatchObject({ name: 'InvalidPartNumber', $metadata: { httpStatusCode: 416 } });
    await put('whole', 'abc');
    const whole = await s3.send(new GetObjectCommand({ Bucket, Key: 'whole', PartNumber: 1 }));
    expect([await whole.Body!.transformToString(), whole.PartsCount]).toEqual(['abc', undefined]);
  });

  it('lists uploads and parts page by page', async () => {
    const { s3, Key, UploadId, part } = await begun();
    for (const number of [3, 1, 2]) await part(number, Uint8Array.of(number));
    const pages = await pagesOf(paginateListParts({ client: s3, pageSize: 2 }, { Bucket, Key, UploadId: UploadId! }));
    expect(pages.map((page) => page.Parts?.map(({ PartNumber }) => PartNumber))).toEqual([[1, 2], [3]]);
    const second = (await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }))).UploadId;
    await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'other key' }));
    const seen: (string | undefined)[][] = [];
    for (let markers: object = {}, more = true; more; ) {
      const page = await s3.send(new ListMultipartUploadsCommand({ Bucket, MaxUploads: 1, EncodingType: 'url', ...markers }));
      seen.push(...(page.Uploads ?? []).map((upload) => [upload.Key, upload.UploadId]));
      more = page.IsTruncated === true;
      markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
    }
    expect(seen).toEqual([[Key, UploadId], [Key, second], ['other+key', expect.any(String)]]);
    expect((await s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'big' }))).Uploads).toHaveLength(2);
  });

  it('refuses parts that are too small, out of order or unknown', async () => {
    const { part, complete } = await begun();
    const [one, two] = [await part(1, Uint8Array.of(1)), await part(2, Uint8Array.of(2))];
    expect(await failureOf(complete([one, two]))).toMatchObject({ name: 'EntityTooSmall', message: 'Your proposed upload is smaller than the minimum allowed size' });
    expect(await failureOf(complete([two, one]))).toMatchObject({ name: 'InvalidPartOrder' });
    expect(await failureOf(complete([{ ...one, ETag: '"0123"' }]))).toMatchObject({ name: 'InvalidPart' });
    expect(await failureOf(part(10_001, Uint8Array.of(1)))).toMatchObject({ name: 'InvalidArgument' });
    await complete([one]);
  });

  it('can be aborted; then the upload is gone', async () => {
    const { s3, Key, UploadId, part } = await begun();
    await part(1, Uint8Array.of(1));
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    expect(await failureOf(s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })))).toBeInstanceOf(NoSuchUpload);
    expect(await failureOf(part(1, Uint8Array.of(1)))).toMatchObject({ name: 'NoSuchUpload', $metadata: { httpStatusCode: 404 } });
  });

  it('takes a part from another object', async () => {
    const { s3, put, Key, UploadId, complete, text } = await begun();
    await put('source', 'hello world');
    const { CopyPartResult } = await s3.send(new UploadPartCopyCommand({ Bucket, Key, UploadId, PartNumber: 1, CopySource: `${Bucket}/source`, CopySourceRange: 'bytes=6-10' }));
    await complete([{ PartNumber: 1, ETag: CopyPartResult!.ETag }]);
    expect(await text(Key)).toBe('world');
  });
});
