/** What a clip source says on its card. */
import { describe, expect, it } from 'vitest';
import { nextKey } from './clips-tab.tsx';
import { describeClips, nearestThree, spanText, uploadsOf } from './facts.ts';
import type { Upload } from './facts.ts';

const upload = (atMs: number, done: boolean): Upload => ({ key: `dog-${atMs}.mp4`, atMs, clip: 'sample', sha256: undefined, size: 0, done });
const at = (uploads: readonly Upload[]): number[] => uploads.map(({ atMs }) => atMs);

describe('a clip source card', () => {
  it('shows the last upload that went out and the next two', () => {
    const uploads = [1, 2, 3, 4, 5].map((atMs) => upload(atMs, atMs <= 3));
    expect(at(nearestThree(uploads))).toEqual([3, 4, 5]);
    expect(at(nearestThree(uploads.map((one) => ({ ...one, done: false }))))).toEqual([1, 2, 3]);
    expect(at(nearestThree(uploads.map((one) => ({ ...one, done: true }))))).toEqual([3, 4, 5]);
    expect(at(nearestThree([upload(7, false)]))).toEqual([7]);
  });

  it('reads the design before a run, and the summary in it, in order of time', () => {
    const node = { id: 'c', service: 'clips', config: { clips: [{ clip: 'sample', key: 'b', atMs: 9 }, { clip: 'broken', key: 'a', atMs: 3 }] }, position: { x: 0, y: 0 } };
    expect(uploadsOf({ node, summary: undefined }).map(({ key, done }) => [key, done])).toEqual([['a', false], ['b', false]]);
    expect(uploadsOf({ node, summary: { uploads: [upload(1, true)], uploaded: 1, bucket: null } }).map(({ done }) => done)).toEqual([true]);
  });

  it('says how many over which time', () => {
    expect(spanText([upload(400, true), upload(58_000, false)])).toBe('over 58\u00a0s');
    expect(spanText([])).toBe('drop one here');
    expect(describeClips('Clips', [upload(1, true), upload(2, false)])).toBe('Clips, clip source. 2 clips, 1 uploaded');
  });

  it('finds a key that nothing has yet', () => {
    expect(nextKey('dog.mp4', [{ key: 'dog.mp4' }, { key: 'dog-2.mp4' }])).toBe('dog-3.mp4');
    expect(nextKey('dog', [])).toBe('dog-2');
  });
});
