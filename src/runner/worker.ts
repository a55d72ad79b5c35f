/** The worker's entry: the run controller with the sandbox, the services and ffmpeg, and without any door to the network. */
import { z } from 'zod';
import { manifests } from '../services/manifests.ts';
import { models } from '../services/models.ts';
import { createBlobStore } from './blobs.ts';
import { closeDoors } from './doors.ts';
import { RunController } from './engine.ts';
import { createBrowserFfmpegPool } from './ffmpeg/browser.ts';
import { recordedWithMediaFacts, withMediaFacts } from './media-facts.ts';
import type { BlobFacts } from './media-facts.ts';
import type { Command, Slice } from './protocol.ts';
import { RecordedWork } from './recorded-work.ts';
import { loadSandbox } from './sandbox.ts';

z.config({ jitless: true });

const scope = globalThis as unknown as { postMessage(slice: Slice, transfer: Transferable[]): void; onmessage: ((event: MessageEvent<Command>) => void) | null };
const post = (slice: Slice, transfer: ArrayBuffer[] = []): void => scope.postMessage(slice, transfer);

/** A heartbeat tells the page that no burst hangs. */
const BEAT_MS = 500;

async function start(baseUrl: string, waiting: Command[]): Promise<void> {
  const blobs = createBlobStore();
  const runtime = await loadSandbox({ models, blobs });
  closeDoors();
  const ffmpeg = createBrowserFfmpegPool(baseUrl, blobs, (loadedBytes, totalBytes) => post({ kind: 'progress', what: 'ffmpeg', loadedBytes, totalBytes }));
  const tellFacts = (facts: BlobFacts): void => post({ kind: 'media', ...facts });
  const recorded = new RecordedWork(blobs, (files) => post({ kind: 'want-files', files }));
  const controller = new RunController({
    models,
    manifests,
    runtime,
    blobs,
    performers: { ffmpeg: withMediaFacts(ffmpeg.perform, tellFacts) },
    recorded: recordedWithMediaFacts(recorded, tellFacts),
    unreachable: (sha256) => recorded.unreachable(sha256),
    wallMs: () => performance.now(),
    later: laterOf(),
    post,
  });
  const handle = (command: Command): void => {
    try {
      controller.handle(command);
    } catch (error) {
      post({ kind: 'host-problem', what: 'run', message: error instanceof Error ? error.message : String(error) });
    }
  };
  scope.onmessage = ({ data }) => handle(data);
  for (const command of waiting) handle(command);
  setInterval(() => post({ kind: 'beat' }), BEAT_MS);
}

/** Timers; 0 ms goes by a message port, which is not slowed down as nested timers are. */
function laterOf(): (callback: () => void, ms: number) => void {
  const queue: (() => void)[] = [];
  const channel = new MessageChannel();
  const guarded = (callback: () => void): void => {
    try {
      callback();
    } catch (error) {
      post({ kind: 'host-problem', what: 'run', message: error instanceof Error ? error.message : String(error) });
    }
  };
  channel.port1.onmessage = () => {
    const callback = queue.shift();
    if (callback) guarded(callback);
  };
  return (callback, ms) => {
    if (ms > 0) return void setTimeout(() => guarded(callback), ms);
    queue.push(callback);
    channel.port2.postMessage(null);
  };
}

const early: Command[] = [];
scope.onmessage = ({ data }) => {
  if (data.kind !== 'init') return void early.push(data);
  scope.onmessage = (event: MessageEvent<Command>) => void early.push(event.data);
  start(data.baseUrl, early).catch((error: unknown) => post({ kind: 'host-problem', what: 'sandbox', message: `The sandbox did not load: ${error instanceof Error ? error.message : String(error)}` }));
};
