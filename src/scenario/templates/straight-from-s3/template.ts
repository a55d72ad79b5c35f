/** A bucket that calls a function by itself: asynchronous invocation, retries after one and two minutes. */
import { edge, node, template } from '../template.ts';
import handler from './index.mjs?raw';

export const straightFromS3 = template({
  id: 'straight-from-s3',
  title: 'Straight from S3',
  summary: 'The bucket calls the function itself and does not wait. What happens when it throws?',
  nodes: [
    node('clips', 'clips', [136, 240], {
      name: 'Clips',
      clips: [
        { clip: 'sample', key: 'dog.mp4', atMs: 500 },
        { clip: 'broken', key: 'broken.mp4', atMs: 2_000 },
      ],
    }),
    node('uploads', 's3', [416, 240], { name: 'uploads' }),
    node('check', 'lambda', [776, 240], { name: 'check', Runtime: 'nodejs22.x', Handler: 'index.handler', MemorySize: 512, Timeout: 10 }, { 'index.mjs': handler }),
  ],
  edges: [edge('upload', 'clips', 'uploads', 'clips.upload'), edge('notify', 'uploads', 'check', 's3.notification', { Suffix: '.mp4' }), edge('head', 'check', 'uploads', 'lambda.reads')],
});
