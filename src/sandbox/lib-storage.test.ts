/** Upload of @aws-sdk/lib-storage in a handler: one put or several parts, in order, and what happens when a part fails. */
import { describe, expect, test } from 'vitest';
import { MB, TestProcess, memoryBlobs, testRuntime, testSpec } from './testing.ts';
import type { Answers, Outcome } from './testing.ts';

const blobs = memoryBlobs();
const runtime = testRuntime(blobs);
const MIB = 1024 ** 2;

type Sent = Parameters<NonNullable<Answers['call']>>[0];

function upload(body: string, o: { readonly failAt?: number; readonly more?: string } = {}): { readonly outcome: Outcome; readonly sent: Sent[] } {
  const sent: Sent[] = [];
  const answers: Answers = {
    call: (call) => {
      sent.push(call);
      if (call.operation === 'UploadPart' && call.data['PartNumber'] === o.failAt) return { error: { name: 'NoSuchUpload', message: 'gone', status: 404 } };
      return { output: { CreateMultipartUpload: { UploadId: 'u' }, UploadPart: { ETag: `"e${String(call.data['PartNumber'])}"` }, CompleteMultipartUpload: { ETag: '"all-2"', Location: 'https://b' }, PutObject: { ETag: '"one"' } }[call.operation] ?? {} };
    },
  };
  const source = `import { S3Client } from '@aws-sdk/client-s3'; import { Upload } from '@aws-sdk/lib-storage'; import { Readable } from 'node:stream';
export const handler = async () => {
  const progress = [];
  try {
    const upload = new Upload({ client: new S3Client({}), params: { Bucket: 'b', Key: 'k 1', ContentType: 'video/mp4', Body: ${body} }${o.more ?? ''} });
    upload.on('httpUploadProgress', ({ part, loaded, total }) => progress.push([part, loaded, total]));
    const { ETag, Location } = await upload.done();
    return { ETag, Location, progress };
  } catch (error) { return { name: error.name, message: error.message }; }
};`;
  const process = new TestProcess(runtime, testSpec({ files: { 'index.mjs': source }, heapBytesMax: 100 * MB }), answers);
  process.start();
  return { outcome: process.invoke(), sent };
}
const operations = (sent: readonly Sent[]): string[] => sent.map(({ operation }) => operation);

describe('Upload', () => {
  test.each(["'hello'", "Buffer.from('hello')", "Readable.from(['he', 'llo'])"])('puts %s in one piece', (body) => {
    const { outcome, sent } = upload(body);
    expect(operations(sent)).toEqual(['PutObject']);
    expect(outcome.value).toEqual({ ETag: '"one"', Location: 'https://b.s3.us-east-1.amazonaws.com/k%201', progress: [[1, 5, 5]] });
  });

  test('sends more than 5 MiB in parts, completed in order', () => {
    const { outcome, sent } = upload(`Buffer.alloc(${11 * MIB}, 1)`);
    expect(operations(sent)).toEqual(['CreateMultipartUpload', 'UploadPart', 'UploadPart', 'UploadPart', 'CompleteMultipartUpload']);
    expect(sent[0]!.data).toMatchObject({ Bucket: 'b', Key: 'k 1', ContentType: 'video/mp4' });
    expect(sent.slice(1, 4).map(({ data }) => [data['PartNumber'], (data['Body'] as { $blob: { size: number } }).$blob.size])).toEqual([[1, 5 * MIB], [2, 5 * MIB], [3, MIB]]);
    expect(sent[4]!.data).toEqual({ Bucket: 'b', Key: 'k 1', UploadId: 'u', MultipartUpload: { Parts: [1, 2, 3].map((PartNumber) => ({ PartNumber, ETag: `"e${PartNumber}"` })) } });
    expect(outcome.value).toMatchObject({ ETag: '"all-2"', progress: [[1, 5 * MIB, 11 * MIB], [2, 10 * MIB, 11 * MIB], [3, 11 * MIB, 11 * MIB]] });
  });

  test('cuts a stream into parts as it comes', () => {
    const { sent } = upload(`Readable.from(Array.from({ length: 6 }, () => Buffer.alloc(${MIB}, 2)))`);
    expect(sent.filter(({ operation }) => operation === 'UploadPart').map(({ data }) => (data['Body'] as { $blob: { size: number } }).$blob.size)).toEqual([5 * MIB, MIB]);
  });

  test('aborts when a part fails, and leaves the parts when told to', () => {
    const failed = upload(`Buffer.alloc(${6 * MIB})`, { failAt: 2 });
    expect(operations(failed.sent).at(-1)).toBe('AbortMultipartUpload');
    expect(failed.outcome.value).toEqual({ name: 'NoSuchUpload', message: 'gone' });
    expect(operations(upload(`Buffer.alloc(${6 * MIB})`, { failAt: 2, more: ', leavePartsOnError: true' }).sent)).not.toContain('AbortMultipartUpload');
  });

  test('refuses parts that S3 would refuse', () => {
    expect(upload("'x'", { more: ', partSize: 1024' }).outcome.value).toMatchObject({ message: 'EntityTooSmall: Your proposed upload part size [1024] is smaller than the minimum allowed size [5242880] (5 MB)' });
  });
});
