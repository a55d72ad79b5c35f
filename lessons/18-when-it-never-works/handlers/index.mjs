import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const s3 = new S3Client({});

// Publishes a page for each clip that is uploaded.
export const handler = async (event) => {
  const [{ s3: { bucket, object } }] = event.Records;
  const key = decodeURIComponent(object.key.replaceAll('+', ' '));
  const page = { title: key, video: `s3://${bucket.name}/${key}`, bytes: object.size };

  // A video of eleven bytes: no further try will make it one.
  if (object.size < 1000) throw new Error(`${key} is no video: it has ${object.size} bytes`);

  await s3.send(new PutObjectCommand({ Bucket: process.env.SITE, Key: key.replace('.mp4', '.json'), Body: JSON.stringify(page), ContentType: 'application/json' }));
  console.log(`${key} is published`);
  return { published: key };
};
