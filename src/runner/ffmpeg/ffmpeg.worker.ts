/** One ffmpeg instance in a worker of its own: loads the single-thread core with progress, then runs jobs one at a time. Cancelling = ending this worker. */
import { runOnCore } from './core.ts';
import type { CoreJob, CoreResult, CreateCore, FfmpegCore } from './core.ts';

export type ToFfmpeg = { readonly kind: 'load'; readonly coreUrl: string; readonly wasmUrl: string } | { readonly kind: 'run'; readonly job: CoreJob };
export type FromFfmpeg =
  | { readonly kind: 'bytes'; readonly loaded: number; readonly total: number | null }
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly ratio: number }
  | { readonly kind: 'done'; readonly result: CoreResult }
  | { readonly kind: 'failed'; readonly message: string };

const scope = globalThis as unknown as { postMessage(message: FromFfmpeg, transfer?: Transferable[]): void; onmessage: ((event: MessageEvent<ToFfmpeg>) => void) | null };
/** Size of the core where the server does not tell (it may send it compressed). */
const CORE_BYTES = 32_232_419;
let core: FfmpegCore | null = null;

async function load(coreUrl: string, wasmUrl: string): Promise<void> {
  const [module, wasmBinary] = await Promise.all([import(/* @vite-ignore */ coreUrl) as Promise<{ default: CreateCore }>, fetchBytes(wasmUrl)]);
  // The core reads where its wasm is from behind the #, also when it is handed the bytes.
  core = await module.default({ wasmBinary, mainScriptUrlOrBlob: `${coreUrl}#${btoa(JSON.stringify({ wasmURL: wasmUrl, workerURL: '' }))}` });
  scope.postMessage({ kind: 'ready' });
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`${url} answered ${response.status}`);
  const plain = response.headers.get('content-encoding') === null;
  const total = plain ? Number(response.headers.get('content-length') ?? CORE_BYTES) : CORE_BYTES;
  const parts: Uint8Array[] = [];
  let loaded = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    loaded += value.length;
    scope.postMessage({ kind: 'bytes', loaded, total });
  }
  const bytes = new Uint8Array(loaded);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

scope.onmessage = ({ data }) => {
  if (data.kind === 'load') {
    load(data.coreUrl, data.wasmUrl).catch((error: unknown) => scope.postMessage({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }));
    return;
  }
  try {
    if (!core) throw new Error('ffmpeg is not loaded');
    const result = runOnCore(core, data.job, (ratio) => scope.postMessage({ kind: 'progress', ratio }));
    scope.postMessage({ kind: 'done', result }, result.files.map((file) => file.bytes.buffer as ArrayBuffer));
  } catch (error) {
    scope.postMessage({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
};
