// A picture of each clip that comes into a bucket, put into another bucket.
// Put into the same bucket, each picture would be the next event.
import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const s3 = new S3Client({}); // once per environment
const run = promisify(execFile);

// EventBridge brings one object, with its key as it is.
// S3's own notification brings records, with keys encoded as in a form.
const objectsOf = (event) =>
  event.detail
    ? [{ bucket: event.detail.bucket.name, key: event.detail.object.key }]
    : event.Records.map(({ s3: { bucket, object } }) => ({ bucket: bucket.name, key: decodeURIComponent(object.key.replaceAll('+', ' ')) }));

export const handler = async (event) => {
  const thumbnails = [];
  for (const { bucket, key } of objectsOf(event)) {
    const clip = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    await pipeline(clip.Body, createWriteStream('/tmp/clip'));
    await run('/opt/bin/ffmpeg', ['-y', '-i', '/tmp/clip', '-frames:v', '1', '-vf', 'scale=320:-2', '/tmp/thumbnail.jpg']);
    const name = `${key.replace(/\.[^./]+$/, '')}.jpg`;
    await s3.send(new PutObjectCommand({ Bucket: process.env.THUMBNAILS, Key: name, Body: createReadStream('/tmp/thumbnail.jpg'), ContentType: 'image/jpeg' }));
    await rm('/tmp/clip'); // /tmp stays for the next event of this environment
    console.log(`${name} is ready`);
    thumbnails.push(name);
  }
  return { thumbnails };
};
