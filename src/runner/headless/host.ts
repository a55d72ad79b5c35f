/** What Node puts under a headless world: bytes in memory, the sandbox when the first handler starts, ffmpeg when the first job comes. */
import engineUrl from '../../sandbox/engine/quickjs.generated.wasm?url&inline';
import { bytesOfDataUrl, compileEngine } from '../../sandbox/engine/load.ts';
import { manifests } from '../../services/manifests.ts';
import { models } from '../../services/models.ts';
import { metricsReader } from '../../sim/manifest.ts';
import { createBlobStore } from '../blobs.ts';
import type { CloudHost } from '../cloud.ts';
import { createNodeFfmpegPool } from '../ffmpeg/node.ts';
import { createSandbox } from '../sandbox.ts';
import { lazyRuntime } from './lazy-runtime.ts';

let compiled: WebAssembly.Module | undefined;
/** Compiled once in a process, when first needed. */
const engine = (): WebAssembly.Module => (compiled ??= compileEngine(bytesOfDataUrl(engineUrl)));

export function createNodeHost(): CloudHost {
  const blobs = createBlobStore();
  return { models, metrics: metricsReader(manifests), blobs, runtime: lazyRuntime(() => createSandbox({ models, blobs, engine: engine() })), performers: { ffmpeg: createNodeFfmpegPool(blobs).perform } };
}
