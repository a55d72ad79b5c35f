import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { clipsIn } from './news.mjs';
import { transcode } from './ffmpeg.mjs';

const s3 = new S3Client({});
const heights = [1080, 720, 480];

// One clip in, three sizes out.
export const handler = async (event) => {
  for (const { bucket, key } of clipsIn(event)) {
    const clip = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    await pipeline(clip.Body, createWriteStream('/tmp/clip.mp4'));
    for (const height of heights) {
      const file = await transcode('/tmp/clip.mp4', height);
      const name = key.replace(/\.mp4$/, `-${height}p.mp4`);
      await s3.send(new PutObjectCommand({ Bucket: process.env.RENDITIONS, Key: name, Body: createReadStream(file), ContentType: 'video/mp4' }));
      console.log(`${name} is ready`);
    }
  }
};
