/** Finds which bytes a piece of outside work needs that this host does not hold: clips that the visitor has to drop in. */
import type { WorkItem } from '../sim/external-work.ts';
import type { BlobRef, BlobStore } from '../sim/ports/runtime.ts';
import type { TraceEvent } from '../sim/trace.ts';
import type { ClipRef } from '../scenario/schema.ts';

/** By SHA-256, under the name they were uploaded as where the trace knows it. */
export function missingClips(items: readonly WorkItem[], blobs: BlobStore, events: readonly TraceEvent[]): readonly ClipRef[] {
  const missing = new Map<string, ClipRef>();
  for (const item of items) {
    for (const blob of blobsIn(item.request)) {
      if (blobs.has(blob.sha256) || missing.has(blob.sha256)) continue;
      const upload = events.find((event) => event.data['sha256'] === blob.sha256 && typeof event.data['key'] === 'string');
      missing.set(blob.sha256, { name: String(upload?.data['key'] ?? blob.sha256.slice(0, 12)), sha256: blob.sha256, size: blob.size });
    }
  }
  return [...missing.values()];
}

/** Every `{sha256, size}` within a request. */
export function blobsIn(value: unknown): readonly BlobRef[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('sha256' in value && 'size' in value && typeof value.sha256 === 'string' && typeof value.size === 'number') return [{ sha256: value.sha256, size: value.size }];
  return Object.values(value).flatMap(blobsIn);
}
