/** Every lesson proves itself: headless, with the real sandbox and the real ffmpeg. A clip is transcoded once and known to every further run. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lessonIds, loadLesson } from '../lesson/loader.ts';
import { proveLesson } from '../lesson/prove.ts';
import { SAMPLE_CLIP } from '../scenario/sample-clip.ts';
import { manifests } from '../services/manifests.ts';
import { models } from '../services/models.ts';
import { createBlobStore } from './blobs.ts';
import { createNodeFfmpegPool } from './ffmpeg/node.ts';
import { createGradeRun } from './grade-run.ts';
import { loadSandbox } from './sandbox.ts';

const blobs = createBlobStore();
blobs.put(readFileSync(`public/${SAMPLE_CLIP.path}`));
const run = loadSandbox({ models, blobs }).then((runtime) =>
  createGradeRun({
    models,
    manifests,
    runtime,
    blobs,
    performers: { ffmpeg: createNodeFfmpegPool(blobs).perform },
    bring: (clip) => Promise.reject(new Error(`nobody has ${clip.name}`)),
  }),
);

describe('Lessons prove themselves', () => {
  it('and there are some', () => expect(lessonIds.length).toBeGreaterThanOrEqual(2));

  it.each(lessonIds)('%s: the start fails, every solution passes, what is withheld bites, each misconception has its message', { timeout: 300_000 }, async (id) => {
    const claims = await proveLesson(await loadLesson(id), await run);
    expect(claims.length).toBeGreaterThan(8);
    expect(claims.filter((claim) => !claim.holds).map((claim) => `${claim.name}: ${claim.detail}`)).toEqual([]);
  });
});
