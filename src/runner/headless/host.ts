/** What Node puts under a headless world: bytes in memory, the sandbox when the first handler starts, ffmpeg when the first job comes. */
import { NotModelled } from '../../sim/errors.ts';
import type { Runtime } from '../../sim/ports/runtime.ts';
import { models } from '../../services/models.ts';
import { createBlobStore } from '../blobs.ts';
import type { CloudHost } from '../cloud.ts';
import { createNodeFfmpegPool } from '../ffmpeg/node.ts';
import { lazyRuntime } from './lazy-runtime.ts';

export function createNodeHost(): CloudHost {
  const blobs = createBlobStore();
  return { models, blobs, runtime: lazyRuntime(createSandbox), performers: { ffmpeg: createNodeFfmpegPool(blobs).perform } };
}

function createSandbox(): Runtime {
  throw new NotModelled('lambda', 'handler code', 'This build has no sandbox.');
}
