/** Brings the sandbox up for a host: the runtime that handler code runs in. The engine comes by fetch in a browser's worker, inlined in Node. */
import { bytesOfDataUrl, compileEngine } from '../sandbox/engine/load.ts';
import { createRuntime } from '../sandbox/engine/runtime.ts';
import * as generated from '../sandbox/guest/prelude.generated.js';
import { guestTable } from '../sandbox/modules/builtins.ts';
import { createModuleHost } from '../sandbox/modules/module-host.ts';
import type { BlobStore, Runtime } from '../sim/ports/runtime.ts';
import { sdkDescription } from '../sim/service.ts';
import type { AnyServiceModel } from '../sim/service.ts';

export interface SandboxOptions {
  /** Their operation tables make the SDK that handlers import. */
  readonly models: readonly AnyServiceModel[];
  readonly blobs: BlobStore;
  /** The compiled engine; loaded when not given. */
  readonly engine?: WebAssembly.Module;
}

/** Must be done before a worker closes its doors to the network. */
export async function loadSandbox(o: SandboxOptions): Promise<Runtime> {
  return createSandbox({ ...o, engine: o.engine ?? (await loadEngine()) });
}

/** The same at once, where the engine is compiled already. */
export function createSandbox(o: SandboxOptions & { readonly engine: WebAssembly.Module }): Runtime {
  const descriptions = o.models.flatMap((model) => sdkDescription(model) ?? []);
  const guest = guestTable(generated, descriptions);
  return createRuntime({ module: o.engine, blobs: o.blobs, guest, modules: (spec) => createModuleHost(spec, guest) });
}

/** The metered engine of this build. Rejects when it cannot be fetched. */
export async function loadEngine(): Promise<WebAssembly.Module> {
  if (import.meta.env.SSR) {
    const { default: url } = await import('../sandbox/engine/quickjs.generated.wasm?url&inline');
    return compileEngine(bytesOfDataUrl(url));
  }
  const { default: url } = await import('../sandbox/engine/quickjs.generated.wasm?url');
  const response = await fetch(new URL(url, import.meta.url));
  if (!response.ok) throw new Error(`the engine did not load: HTTP ${response.status}`);
  return compileEngine(new Uint8Array(await response.arrayBuffer()));
}
