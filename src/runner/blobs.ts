/** The host's content-addressed store of bytes, in memory. */
import { sha256Hex } from '../base/hash.ts';
import type { BlobStore } from '../sim/ports/runtime.ts';

export function createBlobStore(): BlobStore {
  const contents = new Map<string, Uint8Array>();
  return {
    put(bytes) {
      const sha256 = sha256Hex(bytes);
      if (!contents.has(sha256)) contents.set(sha256, bytes);
      return { sha256, size: bytes.length };
    },
    get: (sha256) => contents.get(sha256),
    has: (sha256) => contents.has(sha256),
  };
}
