/** The template that a first visit opens: a clip's way through bucket, bus, queue and function to its renditions, and a broken one's way to the dead letters. */
import { edge, node, template } from '../template.ts';
import ffmpeg from './ffmpeg.mjs?raw';
import handler from './handler.mjs?raw';

const uploads: readonly (readonly [clip: 'sample' | 'broken', key: string, atMs: number])[] = [
  ['sample', 'dog.mp4', 400],
  ['sample', 'dog-2.mp4', 1_900],
  ['broken', 'broken.mp4', 3_200],
  ['broken', 'notes.txt', 4_600],
  ['sample', 'dog-3.mp4', 5_800],
  ['sample', 'dog-4.mp4', 9_000],
  ['sample', 'dog-5.mp4', 14_500],
  ['sample', 'dog-6.mp4', 19_000],
  ['broken', 'more-notes.txt', 24_000],
  ['sample', 'dog-7.mp4', 31_000],
  ['sample', 'dog-8.mp4', 40_000],
  ['sample', 'dog-9.mp4', 48_500],
  ['sample', 'dog-10.mp4', 58_000],
];
const pattern = { source: ['aws.s3'], 'detail-type': ['Object Created'], detail: { object: { key: [{ suffix: '.mp4' }] } } };

export const videoPipeline = template({
  id: 'video-pipeline',
  title: 'Video pipeline',
  summary: 'A clip lands in a bucket; an event, a queue and your handler make three renditions of it.',
  nodes: [
    node('clips', 'clips', [136, 160], { name: 'Clips', clips: uploads.map(([clip, key, atMs]) => ({ clip, key, atMs })) }),
    node('uploads', 's3', [416, 160], { name: 'uploads' }),
    node('bus', 'events', [776, 160], { name: 'default' }),
    node('jobs', 'sqs', [416, 440], { name: 'jobs', VisibilityTimeout: 30 }),
    node('transcode', 'lambda', [776, 440], { name: 'transcode', Runtime: 'nodejs22.x', Handler: 'handler.handler', MemorySize: 1769, Timeout: 5, Layers: ['ffmpeg'], Environment: { RENDITIONS: 'renditions' } }, { 'handler.mjs': handler, 'ffmpeg.mjs': ffmpeg }),
    node('renditions', 's3', [1168, 440], { name: 'renditions' }),
    node('dlq', 'sqs', [416, 656], { name: 'jobs-dlq', MessageRetentionPeriod: 1_209_600 }),
  ],
  edges: [
    edge('upload', 'clips', 'uploads', 'clips.upload'),
    edge('object-created', 'uploads', 'bus', 's3.events'),
    edge('new-clip', 'bus', 'jobs', 'events.rule', { Name: 'new-clip', EventPattern: JSON.stringify(pattern) }),
    edge('poll', 'jobs', 'transcode', 'lambda.event-source-mapping', { BatchSize: 1 }),
    edge('redrive', 'jobs', 'dlq', 'sqs.redrive', { maxReceiveCount: 3 }),
    edge('put', 'transcode', 'renditions', 'lambda.writes'),
    edge('get', 'transcode', 'uploads', 'lambda.reads'),
  ],
  opening: { prefetchMs: 6_900, showMs: 6_900 },
});
