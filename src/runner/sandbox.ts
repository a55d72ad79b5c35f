/** Brings the sandbox up for a host: the runtime that handler code runs in. */
import { NotModelled } from '../sim/errors.ts';
import type { BlobStore, Runtime } from '../sim/ports/runtime.ts';
import type { AnyServiceModel } from '../sim/service.ts';

export interface SandboxOptions {
  /** Their operation tables make the SDK that handlers import. */
  readonly models: readonly AnyServiceModel[];
  readonly blobs: BlobStore;
}

export function loadSandbox(_: SandboxOptions): Promise<Runtime> {
  const refuse = (): never => {
    throw new NotModelled('lambda', 'handler code', 'This build has no sandbox.');
  };
  return Promise.resolve({ start: refuse, resume: refuse, release: () => {} });
}
