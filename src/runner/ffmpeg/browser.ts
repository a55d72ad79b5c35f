/** Loads ffmpeg in the browser: each instance in its own worker, the core from /ffmpeg/ beside the page, by absolute address. */
import type { BlobStore } from '../../sim/ports/runtime.ts';
import { HostFailure } from '../work-host.ts';
import type { FromFfmpeg, ToFfmpeg } from './ffmpeg.worker.ts';
import { createFfmpegPool } from './pool.ts';
import type { FfmpegInstance, FfmpegPool, LoadFfmpeg } from './pool.ts';

/** Loading counts as failed when nothing has come for so long: failures of the core hang rather than reject. */
const STALL_MS = 30_000;

/** @param baseUrl absolute address of the page's folder, with a slash at its end */
export function createBrowserFfmpegPool(baseUrl: string, blobs: BlobStore, onBytes: (loaded: number, total: number | null) => void): FfmpegPool {
  const load: LoadFfmpeg = (tell, signal) =>
    loadInstance(
      new URL('ffmpeg/ffmpeg-core.js', baseUrl).href,
      (loaded, total) => {
        tell(loaded, total);
        onBytes(loaded, total);
      },
      signal,
    );
  return createFfmpegPool(load, blobs, 2);
}

function loadInstance(coreUrl: string, onBytes: (loaded: number, total: number | null) => void, signal: AbortSignal): Promise<FfmpegInstance> {
  const worker = new Worker(new URL('./ffmpeg.worker.ts', import.meta.url), { type: 'module', name: 'ffmpeg' });
  const post = (message: ToFfmpeg): void => worker.postMessage(message);
  return new Promise((resolve, reject) => {
    let timer = 0 as unknown as ReturnType<typeof setTimeout>;
    const fail = (message: string): void => {
      clearTimeout(timer);
      worker.terminate();
      reject(new HostFailure(message));
    };
    const alive = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => fail('ffmpeg did not load: nothing has come for 30 seconds. Check the connection and press play again.'), STALL_MS);
    };
    alive();
    signal.addEventListener('abort', () => fail('stopped'));
    worker.onerror = (event) => fail(`ffmpeg did not load: ${event.message}`);
    worker.onmessage = ({ data }: MessageEvent<FromFfmpeg>) => {
      alive();
      if (data.kind === 'bytes') onBytes(data.loaded, data.total);
      else if (data.kind === 'failed') fail(`ffmpeg did not load: ${data.message}`);
      else if (data.kind === 'ready') {
        clearTimeout(timer);
        resolve(instanceOf(worker));
      }
    };
    post({ kind: 'load', coreUrl, wasmUrl: coreUrl.replace(/\.js$/, '.wasm') });
  });
}

function instanceOf(worker: Worker): FfmpegInstance {
  let fail: (message: string) => void = () => {};
  return {
    run: (job, onProgress) =>
      new Promise((resolve, reject) => {
        fail = (message) => reject(new HostFailure(message));
        worker.onerror = (event) => fail(`ffmpeg broke: ${event.message}`);
        worker.onmessage = ({ data }: MessageEvent<FromFfmpeg>) => {
          if (data.kind === 'progress') onProgress(data.ratio);
          else if (data.kind === 'done') resolve(data.result);
          else if (data.kind === 'failed') fail(`ffmpeg broke: ${data.message}`);
        };
        worker.postMessage({ kind: 'run', job } satisfies ToFfmpeg);
      }),
    terminate() {
      worker.terminate();
      fail('stopped');
    },
  };
}
