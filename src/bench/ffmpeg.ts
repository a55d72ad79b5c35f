/** ffmpeg: a job through ours (files in and out, output cleaned, facts read, results hashed) against the bare core with the same arguments. */
import { readFileSync } from 'node:fs';
import { createBlobStore } from '../runner/blobs.ts';
import { createNodeFfmpegPool, loadCoreInNode } from '../runner/ffmpeg/node.ts';
import type { FfmpegCore } from '../runner/ffmpeg/core.ts';
import { simTime } from '../sim/units.ts';
import { row } from './measure.ts';
import type { Row } from './measure.ts';

const CLIP = 'public/clips/dog-1080p.mp4';
const ARGS = ['-y', '-i', '/tmp/clip.mp4', '-vf', 'scale=-2:480', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '27', '-c:a', 'aac', '/tmp/480p.mp4'];
/** One takes seconds: the best of a few, taken in turn. */
const PASSES = 3;

export async function ffmpegRows(): Promise<readonly Row[]> {
  const clip = new Uint8Array(readFileSync(CLIP));
  const core = await loadCoreInNode();
  const blobs = createBlobStore();
  const { sha256, size } = blobs.put(clip);
  const pool = createNodeFfmpegPool(blobs);
  const ours = async (): Promise<void> => {
    const request = { program: 'ffmpeg', args: ARGS, cwd: '/tmp', inputs: [{ path: '/tmp/clip.mp4', sha256, size }] };
    await pool.perform({ workId: 'work-1', key: 'bench', kind: 'ffmpeg', request, service: 'lambda', entry: 'bench', payload: {}, resource: 'arn:', askedAt: simTime(0) }, { signal: new AbortController().signal, onProgress: () => {} });
  };
  const [figure, reference] = await bestInTurn([ours, async () => bare(core, clip)]);
  return [row({ id: 'ffmpeg', what: 'ffmpeg, 1.6 s of 1080p to 480p', unit: 'ms', figure: figure!, reference: reference!, referenceWhat: 'bare @ffmpeg/core', atMost: 1.1 })];
}

function bare(core: FfmpegCore, clip: Uint8Array): void {
  core.setLogger(() => {});
  core.setTimeout(-1);
  core.FS.mkdirTree('/tmp');
  core.FS.writeFile('/tmp/clip.mp4', clip);
  core.exec(...ARGS);
  if (core.ret !== 0) throw new Error(`ffmpeg ended with ${core.ret}`);
  core.reset();
  core.FS.readFile('/tmp/480p.mp4');
  core.FS.unlink('/tmp/480p.mp4');
  core.FS.unlink('/tmp/clip.mp4');
}

/** Milliseconds of the fastest pass of each; the first of each, in which code is compiled, does not count. */
async function bestInTurn(runs: readonly (() => Promise<void>)[]): Promise<readonly number[]> {
  const best = runs.map(() => Number.POSITIVE_INFINITY);
  for (const run of runs) await run();
  for (let pass = 0; pass < PASSES; pass++) {
    for (const [i, run] of runs.entries()) {
      const start = performance.now();
      await run();
      best[i] = Math.min(best[i]!, performance.now() - start);
    }
  }
  return best;
}
