/** Loads ffmpeg in Node: the same single-thread core, from node_modules or from the build beside this file. For tests, lessons and the CLI. */
import type { BlobStore } from '../../sim/ports/runtime.ts';
import { HostFailure } from '../work-host.ts';
import { runOnCore } from './core.ts';
import type { CreateCore, FfmpegCore } from './core.ts';
import { createFfmpegPool } from './pool.ts';
import type { FfmpegInstance, FfmpegPool } from './pool.ts';

/** The bare core, in this thread. */
export async function loadCoreInNode(): Promise<FfmpegCore> {
  const { coreUrl, wasmBinary } = await findCore();
  const scope = globalThis as { self?: unknown };
  const before = scope.self;
  // The core asks a worker's `self` where it is; Node has none.
  scope.self ??= { location: { href: '' } };
  try {
    const { default: createCore } = (await import(/* @vite-ignore */ coreUrl)) as { default: CreateCore };
    return await createCore({ wasmBinary });
  } finally {
    if (before === undefined) delete scope.self;
  }
}

/** Runs in this thread: a job blocks it. */
async function loadInNode(): Promise<FfmpegInstance> {
  const core = await loadCoreInNode();
  return { run: async (job, onProgress) => runOnCore(core, job, onProgress), terminate: () => {} };
}

async function findCore(): Promise<{ readonly coreUrl: string; readonly wasmBinary: Uint8Array }> {
  const { readFile } = await import('node:fs/promises');
  const { createRequire } = await import('node:module');
  const { pathToFileURL } = await import('node:url');
  const places: string[] = [];
  try {
    const main = createRequire(import.meta.url).resolve('@ffmpeg/core');
    places.push(pathToFileURL(main).href.replace(/\/umd\//, '/esm/'));
  } catch {
    // not installed here: look beside the build
  }
  for (const path of ['../ffmpeg/ffmpeg-core.js', '../../ffmpeg/ffmpeg-core.js', '../../../public/ffmpeg/ffmpeg-core.js']) places.push(new URL(path, import.meta.url).href);
  for (const coreUrl of places) {
    try {
      return { coreUrl, wasmBinary: await readFile(new URL(coreUrl.replace(/\.js$/, '.wasm'))) };
    } catch {
      // not there: the next place
    }
  }
  throw new HostFailure('ffmpeg is not installed: run npm install, or npm run build.');
}

export function createNodeFfmpegPool(blobs: BlobStore): FfmpegPool {
  return createFfmpegPool(loadInNode, blobs, 1);
}
