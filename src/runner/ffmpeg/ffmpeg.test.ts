import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { simTime } from '../../sim/units.ts';
import { createBlobStore } from '../blobs.ts';
import { cleanOutput, factsOf } from './job.ts';
import type { FfmpegResult } from './job.ts';
import { createNodeFfmpegPool } from './node.ts';

describe('what ffmpeg prints', () => {
  it('loses the lines that differ from run to run, and no others', () => {
    expect(cleanOutput(['Press [q] to stop', 'frame=   10 fps=3.1 q=2 speed=0.2x\rframe=   20 fps=3.0 speed=0.3x', 'video:10kB audio:2kB', 'bench: utime=1s', 'Error: moov atom not found'])).toBe(
      'Press [q] to stop\nvideo:10kB audio:2kB\nError: moov atom not found\n',
    );
    expect(cleanOutput([])).toBe('');
  });

  it('is read for frames, sizes, codecs and durations', () => {
    const log = [
      "Input #0, mov,mp4,m4a,3gp,3g2,mj2, from '/tmp/clip.mp4':",
      '  Duration: 00:00:01.60, start: 0.000000, bitrate: 12699 kb/s',
      '  Stream #0:0[0x1](eng): Video: h264 (High) (avc1 / 0x31637661), yuv420p(tv, bt709), 1920x1080, 17000 kb/s, 29.97 fps',
      'Stream mapping:',
      '  Stream #0:0 -> #0:0 (h264 (native) -> h264 (libx264))',
      '  Stream #0:1 -> #0:1 (aac (native) -> aac (native))',
      "Output #0, mp4, to '/tmp/480p.mp4':",
      '  Stream #0:0(eng): Video: h264 (avc1 / 0x31637661), yuv420p(tv), 854x480, q=2-31, 29.97 fps',
      'frame=   12 fps=0.0 q=0.0 size= 0kB time=00:00:00.40 speed=0.3x\rframe=   48 fps= 10 q=-1.0 Lsize= 300kB time=00:00:01.60 speed=0.4x',
    ];
    expect(factsOf(log, ['-i', '/tmp/clip.mp4', '-preset', 'veryfast', '-threads', '2', '/tmp/480p.mp4'])).toEqual({
      framesIn: 48,
      pixelsIn: 48 * 1920 * 1080,
      videos: [{ codec: 'libx264', preset: 'veryfast', frames: 48, pixels: 48 * 854 * 480 }],
      audioMs: 1_600,
      bytesCopied: 0,
      threads: 2,
      inputs: [{ path: '/tmp/clip.mp4', codec: 'h264', width: 1920, height: 1080, durationMs: 1_600 }],
      outputs: [{ path: '/tmp/480p.mp4', codec: 'h264', width: 854, height: 480, durationMs: 1_600 }],
    });
  });
});

describe('ffmpeg in Node', () => {
  const blobs = createBlobStore();
  const pool = createNodeFfmpegPool(blobs);
  const clip = blobs.put(new Uint8Array(readFileSync('public/clips/dog-1080p.mp4')));
  const run = async (args: string[], inputs: { path: string; sha256: string; size: number }[], program: 'ffmpeg' | 'ffprobe' = 'ffmpeg'): Promise<FfmpegResult> => {
    const item = { workId: 'work-1', key: 'k', kind: 'ffmpeg', request: { program, args, cwd: '/tmp', inputs }, service: 'lambda', entry: 'x', payload: {}, resource: 'arn:', askedAt: simTime(0) };
    return (await pool.perform(item, { signal: new AbortController().signal, onProgress: () => {} })) as unknown as FfmpegResult;
  };
  const args = ['-i', 'clip.mp4', '-vf', 'scale=-2:240', '-frames:v', '12', '-preset', 'ultrafast', '-an', 'small.mp4'];

  it('really transcodes the sample clip, with the same bytes each time and its facts', { timeout: 60_000 }, async () => {
    const first = await run(args, [{ path: '/tmp/clip.mp4', ...clip }]);
    expect(first.exitCode).toBe(0);
    expect(first.outputs.map((output) => output.path)).toEqual(['/tmp/small.mp4']);
    expect(first.facts).toMatchObject({ framesIn: 12, videos: [{ codec: 'libx264', preset: 'ultrafast', frames: 12 }], audioMs: 0, inputs: [{ codec: 'h264', width: 1920, height: 1080 }], outputs: [{ codec: 'h264', height: 240 }] });
    const again = await run(args, [{ path: '/tmp/clip.mp4', ...clip }]);
    expect(again).toEqual(first);
    expect(first.stderr).not.toMatch(/speed=|fps=\s*\d/);
  });

  it('knows audio that is encoded and streams that are copied', { timeout: 60_000 }, async () => {
    const copied = await run(['-i', 'clip.mp4', '-t', '1', '-c:v', 'copy', '-c:a', 'aac', 'copy.mp4'], [{ path: '/tmp/clip.mp4', ...clip }]);
    expect(copied.facts.videos).toEqual([]);
    expect(copied.facts.audioMs).toBeGreaterThan(900);
    expect(copied.facts.bytesCopied).toBeGreaterThan(500_000);
  });

  it('fails as ffmpeg fails on bytes that are no video, and is usable afterwards', { timeout: 60_000 }, async () => {
    const broken = blobs.put(new TextEncoder().encode('no video at'));
    const result = await run(['-i', 'broken.mp4', 'out.mp4'], [{ path: '/tmp/broken.mp4', ...broken }]);
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain('moov atom not found');
    expect(result.outputs).toEqual([]);
    expect((await run(args, [{ path: '/tmp/clip.mp4', ...clip }])).exitCode).toBe(0);
  });

  it('probes, and tells a failed probe from a good one', { timeout: 60_000 }, async () => {
    const good = await run(['-v', 'error', '-show_entries', 'stream=width,height', '-of', 'json', 'clip.mp4'], [{ path: '/tmp/clip.mp4', ...clip }], 'ffprobe');
    expect(good.exitCode).toBe(0);
    expect(JSON.parse(good.stdout)).toMatchObject({ streams: [{ width: 1920, height: 1080 }, {}] });
    const bad = await run(['-v', 'error', '-show_format', 'missing.mp4'], [], 'ffprobe');
    expect(bad.exitCode).toBe(1);
  });
});
