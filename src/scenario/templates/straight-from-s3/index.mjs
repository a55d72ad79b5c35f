import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';

const s3 = new S3Client({});

export const handler = async (event) => {
  const [{ s3: { bucket, object } }] = event.Records;
  const key = decodeURIComponent(object.key.replaceAll('+', ' '));
  const head = await s3.send(new HeadObjectCommand({ Bucket: bucket.name, Key: key }));
  if (head.ContentLength < 1000) throw new Error(`${key} is no video: ${head.ContentLength} bytes`);
  return { key, bytes: head.ContentLength };
};
