/** What a bucket says on its card. */
import { describe, expect, it } from 'vitest';
import type { BucketObjectSummary, BucketSummary } from '../model/summary.ts';
import { describeBucket, durationText, isUnreadable, lastThree, renditionText, tellsText } from './facts.ts';

const object = (key: string, changes: Partial<BucketObjectSummary> = {}): BucketObjectSummary => ({ key, size: 1_000, sha256: key, contentType: 'video/mp4', modifiedMs: 0, modifiedUs: 0, metadata: {}, ...changes });
const bucket = (changes: Partial<BucketSummary>): BucketSummary => ({ objects: 0, bytes: 0, newest: [], eventBridge: false, targets: [], notified: 0, ...changes });

describe('a bucket card', () => {
  it('shows the last three in the order in which they were made', () => {
    expect(lastThree(bucket({ newest: ['d', 'c', 'b', 'a'].map((key) => object(key)) })).map(({ key }) => key)).toEqual(['b', 'c', 'd']);
  });

  it.each([
    ['in/dog-1080p.mp4', '1080p'],
    ['480p/dog.mp4', '480p'],
    ['dog-2.mp4', undefined],
    ['x1080page.mp4', undefined],
  ])('captions %s with %s', (key, caption) => expect(renditionText(key)).toBe(caption));

  it('draws a video of eleven bytes as unreadable, a text of eleven bytes not', () => {
    expect([isUnreadable(object('broken.mp4', { size: 11 })), isUnreadable(object('notes.txt', { size: 11, contentType: 'text/plain' })), isUnreadable(object('dog.mp4'))]).toEqual([true, false, false]);
  });

  it('knows a duration only when somebody wrote it down', () => {
    expect([durationText(object('a', { metadata: { duration: '12.5' } })), durationText(object('a'))]).toEqual(['12.5\u00a0s', undefined]);
  });

  it('says whom it tells, and itself in one sentence', () => {
    expect(tellsText(bucket({ eventBridge: true, targets: ['arn:aws:sqs:us-east-1:0:jobs'] }))).toBe('tells the default bus and jobs');
    expect(tellsText(bucket({}))).toBe('tells nobody');
    expect(describeBucket('uploads', bucket({ objects: 5, bytes: 13_100_000 }))).toBe('uploads, S3 bucket. 5 objects, 13.1 MB');
    expect(describeBucket('uploads', bucket({}))).toBe('uploads, S3 bucket. Empty');
  });
});
