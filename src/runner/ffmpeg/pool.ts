/** A small pool of ffmpeg instances, one job each, that does the world's work of kind 'ffmpeg'. Keeps one warm. */
import { sha256Hex } from '../../base/hash.ts';
import type { BlobStore } from '../../sim/ports/runtime.ts';
import { HostFailure } from '../work-host.ts';
import type { Performer, WorkProgress } from '../work-host.ts';
import type { CoreJob, CoreResult } from './core.ts';
import { asTraceData, cleanOutput, factsOf } from './job.ts';
import type { FfmpegRequest, FfmpegResult } from './job.ts';

/** A loaded ffmpeg, wherever it runs. `terminate` ends it at once, also in the middle of a job. */
export interface FfmpegInstance {
  run(job: CoreJob, onProgress: (ratio: number) => void): Promise<CoreResult>;
  terminate(): void;
}
/** Loads one; `onBytes` tells how much of the core has come. */
export type LoadFfmpeg = (onBytes: (loaded: number, total: number | null) => void, signal: AbortSignal) => Promise<FfmpegInstance>;

export interface FfmpegPool {
  readonly perform: Performer;
  /** Loads an instance before it is needed. */
  warm(): void;
  close(): void;
}

/** @param max instances at once; more jobs wait for a free one. */
export function createFfmpegPool(load: LoadFfmpeg, blobs: BlobStore, max = 2): FfmpegPool {
  const idle: FfmpegInstance[] = [];
  let busy = 0;
  const queue: (() => void)[] = [];
  const turn = (): Promise<void> => new Promise((resolve) => (busy < max ? (busy++, resolve()) : queue.push(resolve)));
  const free = (): void => {
    const next = queue.shift();
    if (next) next();
    else busy--;
  };

  const perform: Performer = async (item, { signal, onProgress }) => {
    await turn();
    try {
      if (signal.aborted) throw new HostFailure('stopped');
      const instance = idle.pop() ?? (await load((loaded, total) => onProgress(loadProgress(loaded, total)), signal));
      const end = (): void => instance.terminate();
      signal.addEventListener('abort', end);
      try {
        const request = item.request as unknown as FfmpegRequest;
        onProgress({ state: 'running', progress: null, detail: commandText(request) });
        const result = await instance.run(jobOf(request, blobs), (ratio) => onProgress({ state: 'running', progress: ratio, detail: commandText(request) }));
        if (!signal.aborted) idle.push(instance);
        return asTraceData(resultOf(request, result, blobs));
      } catch (error) {
        instance.terminate();
        throw error;
      } finally {
        signal.removeEventListener('abort', end);
      }
    } finally {
      free();
    }
  };
  return {
    perform,
    warm() {
      if (idle.length > 0 || busy > 0) return;
      busy++;
      load(() => {}, new AbortController().signal)
        .then((instance) => void idle.push(instance), () => {})
        .finally(free);
    },
    close: () => {
      for (const instance of idle.splice(0)) instance.terminate();
    },
  };
}

function jobOf(request: FfmpegRequest, blobs: BlobStore): CoreJob {
  const inputs = request.inputs.map(({ path, sha256, size }) => {
    const bytes = blobs.get(sha256);
    if (!bytes) throw new HostFailure(`The clip ${path.split('/').pop()} (${size} bytes, SHA-256 ${sha256}) is not on this machine.`);
    return { path, bytes };
  });
  return { program: request.program, args: request.args, cwd: request.cwd, inputs };
}

function resultOf(request: FfmpegRequest, result: CoreResult, blobs: BlobStore): FfmpegResult {
  const before = new Map(request.inputs.map((input) => [input.path, input.sha256]));
  const outputs = result.files.flatMap(({ path, bytes }) => {
    if (before.get(path) === sha256Hex(bytes)) return [];
    return [{ path, ...blobs.put(bytes) }];
  });
  return { exitCode: result.exitCode, stdout: cleanOutput(result.stdout), stderr: cleanOutput(result.stderr), outputs, facts: factsOf([...result.stdout, ...result.stderr], request.args) };
}

function commandText({ program, args }: FfmpegRequest): string {
  return `${program} ${args.join(' ')}`.slice(0, 120);
}
function loadProgress(loaded: number, total: number | null): WorkProgress {
  return { state: 'loading', progress: total === null || total === 0 ? null : loaded / total, detail: `${(loaded / 1_048_576).toFixed(1)}${total === null ? '' : ` of ${(total / 1_048_576).toFixed(1)}`} MB` };
}
