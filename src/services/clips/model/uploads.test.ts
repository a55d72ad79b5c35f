/** The clip source: uploads at their times and by hand, and where they go. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';
import { BROKEN_CLIP_TEXT, SAMPLE_CLIP } from './index.ts';
import type { ClipsSummary } from './index.ts';

const ARN = 'arn:aws:clips:::Clips';

function world(clips: readonly object[], o: { readonly bucket?: string | null; readonly tuning?: 'aws' | 'ideal' } = {}): TestWorld {
  const cloud = createTestWorld({ tuning: o.tuning ?? 'aws' });
  cloud.send('s3', 'CreateBucket', { Bucket: 'uploads' });
  cloud.send('clips', 'SetUploads', { NodeName: 'Clips', Bucket: o.bucket === undefined ? 'uploads' : o.bucket, Clips: clips });
  return cloud;
}
const created = (cloud: TestWorld): (readonly [unknown, number])[] => cloud.events('s3.ObjectCreated').map(({ data, at }) => [data['key'], at] as const);
const summary = (cloud: TestWorld): ClipsSummary => cloud.world.models.get('clips')!.summarize(cloud.world.context('clips'), ARN) as ClipsSummary;

describe('the clip source', () => {
  it('uploads each clip at its time; an upload takes longer the larger it is', () => {
    const cloud = world([
      { clip: 'broken', key: 'broken.mp4', atMs: 400 },
      { clip: 'sample', key: 'dog.mp4', atMs: 1_000 },
    ]);
    cloud.untilIdle();
    const [broken, dog] = created(cloud);
    expect(broken).toEqual(['broken.mp4', 440_000]);
    // 40 ms and 8 ms for each of the sample's 2.42 MiB.
    expect(dog).toEqual(['dog.mp4', 1_059_377]);
    const started = cloud.events('clips.UploadStarted');
    expect(started.map(({ at, travel }) => [at, travel?.to, travel?.shape])).toEqual([
      [400_000, 'arn:aws:s3:::uploads', 'object'],
      [1_000_000, 'arn:aws:s3:::uploads', 'object'],
    ]);
    expect(cloud.events('s3.ObjectCreated')[0]!.cause).toEqual([started[0]!.seq]);
  });

  it('takes no time for an upload with the ideal tuning', () => {
    const cloud = world([{ clip: 'sample', key: 'dog.mp4', atMs: 0 }], { tuning: 'ideal' });
    cloud.untilIdle();
    expect(created(cloud)).toEqual([['dog.mp4', 0]]);
  });

  it('knows the sample by its hash, and makes the broken clip itself', () => {
    const cloud = world([
      { clip: 'sample', key: 'dog.mp4', atMs: 0 },
      { clip: 'broken', key: 'broken.mp4', atMs: 0 },
    ]);
    cloud.untilIdle();
    const objects = new Map(cloud.events('s3.ObjectCreated').map(({ data }) => [data['key'], data]));
    expect(objects.get('dog.mp4')).toMatchObject({ ...SAMPLE_CLIP, contentType: 'video/mp4' });
    const sha256 = String(objects.get('broken.mp4')!['sha256']);
    expect(new TextDecoder().decode(cloud.world.options.blobs.get(sha256))).toBe(BROKEN_CLIP_TEXT);
  });

  it('uploads what the visitor drops in, now', () => {
    const cloud = world([]);
    cloud.advance(5_000);
    cloud.send('clips', 'Upload', { NodeName: 'Clips', Key: 'mine.mov', Blob: { sha256: 'a'.repeat(64), size: 1_048_576 } });
    cloud.untilIdle();
    expect(created(cloud)).toEqual([['mine.mov', 5_048_000]]);
    expect(cloud.events('s3.ObjectCreated')[0]!.data['contentType']).toBe('application/octet-stream');
  });

  it('says that no bucket is connected, and that a bucket is gone', () => {
    const none = world([{ clip: 'broken', key: 'a.mp4', atMs: 0 }], { bucket: null });
    none.untilIdle();
    expect(none.events('clips.UploadFailed').map(({ data }) => data['error'])).toEqual(['no bucket is connected']);
    const gone = world([{ clip: 'broken', key: 'a.mp4', atMs: 0 }], { bucket: 'nowhere' });
    gone.untilIdle();
    expect(gone.events('clips.UploadFailed').map(({ data }) => data['error'])).toEqual(['The specified bucket does not exist']);
  });

  it('with new uploads forgets the old ones that have not gone out, and does not repeat those that have', () => {
    const cloud = world([
      { clip: 'broken', key: 'first.mp4', atMs: 0 },
      { clip: 'broken', key: 'never.mp4', atMs: 9_000 },
    ]);
    cloud.advance(1_000);
    cloud.send('clips', 'SetUploads', { NodeName: 'Clips', Bucket: 'uploads', Clips: [{ clip: 'broken', key: 'first.mp4', atMs: 0 }, { clip: 'broken', key: 'later.mp4', atMs: 2_000 }] });
    cloud.untilIdle();
    expect(created(cloud).map(([key]) => key)).toEqual(['first.mp4', 'later.mp4']);
  });

  it('tells which uploads are done and how many arrived', () => {
    const cloud = world([
      { clip: 'broken', key: 'a.mp4', atMs: 0 },
      { clip: 'sample', key: 'b.mp4', atMs: 60_000 },
    ]);
    cloud.advance(1_000);
    expect(summary(cloud)).toMatchObject({ bucket: 'uploads', uploaded: 1, uploads: [{ key: 'a.mp4', done: true, size: 11 }, { key: 'b.mp4', done: false, ...SAMPLE_CLIP }] });
  });
});
