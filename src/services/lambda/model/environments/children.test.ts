import { describe, expect, it } from 'vitest';
import { functionsWorld } from '../testing/functions-world.ts';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';

const LAYER = 'arn:aws:lambda:us-east-1:000000000000:layer:ffmpeg:1';
const codeOf = (result: unknown): unknown => (result as { exitCode: number | null; signal: string | null }).exitCode ?? (result as { signal: string }).signal;
const script = (sync: boolean): Script => ({ handle: (event) => [{ cpuMs: 5 }, { run: (event as { args?: string[] }).args ?? ['-i', '/tmp/in.mp4', '/tmp/out.mp4'], sync, then: (result) => [{ cpuMs: 5 }, { result: codeOf(result) }] }] });

/** 720p, 150 frames, veryfast: a known amount of work. */
const facts = { frames: 150, inputs: [{ width: 1280, height: 720 }], outputs: [{ codec: 'h264', width: 854, height: 480, durationMs: 5_000 }], preset: 'veryfast' };
const value = (o: object = {}): never => ({ exitCode: 0, stdout: '', stderr: '', outputs: [{ path: '/tmp/out.mp4', sha256: 'a'.repeat(64), size: 1000 }], facts, ...o }) as never;

function made(sync: boolean, settings: object = {}): FunctionsWorld {
  const cloud = functionsWorld({ script: script(sync) });
  cloud.make('script', { Layers: [LAYER], Timeout: 30, MemorySize: 1769, ...settings });
  return cloud;
}
/** Does the host's work as it is asked for. */
function answer(cloud: FunctionsWorld, result: never, untilMs = 60_000): void {
  for (let status = cloud.advance(untilMs); status.kind === 'waiting'; status = cloud.advance(untilMs)) for (const item of status.work) cloud.world.work.results.set(item.key, result);
}
const durationMs = (cloud: FunctionsWorld): number => Number(cloud.world.trace.events.find((event) => event.kind.startsWith('lambda.Invocation') && 'durationUs' in event.data)!.data['durationUs']) / 1000;

describe('ffmpeg in a handler', () => {
  it.each([false, true])('takes virtual time by what it works off, not by the host (sync: %s)', (sync) => {
    const cloud = made(sync);
    const done = cloud.begin();
    answer(cloud, value());
    expect(done()!.payload).toBe(0);
    const whole = durationMs(cloud);
    expect(whole).toBeGreaterThan(1_000);
    const half = made(sync, { MemorySize: 885 });
    half.begin();
    answer(half, value());
    expect(durationMs(half) / whole).toBeGreaterThan(1.9);
    expect(durationMs(half) / whole).toBeLessThan(2.1);
  });

  it('leaves its files in /tmp, where the next request finds them', () => {
    const seen: string[][] = [];
    const cloud = functionsWorld({ look: { handle: (_, __, { tmp }) => (seen.push(Object.keys(tmp)), [{ run: ['-i', 'x', '/tmp/out.mp4'] }, { result: 1 }]) } });
    cloud.make('look', { Layers: [LAYER], Timeout: 30, MemorySize: 1769 });
    for (let i = 0; i < 2; i++) {
      cloud.begin();
      answer(cloud, value(), 20_000);
    }
    expect(seen).toEqual([[], ['/tmp/out.mp4']]);
  });

  it('keeps the world waiting for the host, and no longer than it must', () => {
    const cloud = made(false);
    cloud.begin();
    const status = cloud.advance(60_000);
    expect(status.kind).toBe('waiting');
    expect(cloud.world.work.outstanding()[0]).toMatchObject({ kind: 'ffmpeg', request: { program: 'ffmpeg', args: ['-i', '/tmp/in.mp4', '/tmp/out.mp4'], cwd: '/tmp' } });
  });

  it('is the same work again when only its own former output lies there', () => {
    const cloud = made(false);
    const args = ['-y', '-i', '/tmp/in.mp4', '-c:a', 'aac', '/tmp/out.mp4'];
    cloud.begin({ args });
    answer(cloud, value(), 20_000);
    const done = cloud.begin({ args });
    expect(cloud.advance(20_000).kind).toBe('reached');
    expect(done()!.payload).toBe(0);
  });

  it('ends with SIGKILL when it is cancelled', () => {
    const cloud = made(false);
    const done = cloud.begin();
    cloud.advance(60_000);
    cloud.world.work.cancel(cloud.world.work.outstanding()[0]!.workId);
    cloud.advance(1_000);
    expect(done()!.payload).toBe('SIGKILL');
  });

  it('is killed with its handler at the timeout, and its result is not waited for', () => {
    const cloud = made(true, { Timeout: 1 });
    const done = cloud.begin();
    answer(cloud, value({ facts: { ...facts, frames: 3_000 } }));
    expect(done()!.payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(cloud.world.work.outstanding()).toEqual([]);
    expect(cloud.events('lambda.ChildEnded')[0]!.data).toMatchObject({ signal: 'SIGKILL' });
  });

  it('fails on a full /tmp as on a full disk', () => {
    const cloud = made(false);
    const done = cloud.begin();
    answer(cloud, value({ outputs: [{ path: '/tmp/out.mp4', sha256: 'a'.repeat(64), size: 600 * 1_048_576 }] }));
    expect(done()!.payload).toBe(228);
  });
});
