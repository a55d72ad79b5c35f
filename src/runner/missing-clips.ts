/** Finds which bytes a piece of outside work needs that this host does not hold: clips that the visitor has to drop in. */
import type { WorkItem } from '../sim/external-work.ts';
import type { BlobRef, BlobStore } from '../sim/ports/runtime.ts';
import type { TraceEvent } from '../sim/trace.ts';
import type { ClipRef, RunInput } from '../scenario/schema.ts';

/** What a run knows of the clips that were given to it. */
export interface ClipSources {
  readonly inputs: readonly RunInput[];
  readonly events: { find(test: (event: TraceEvent) => boolean): TraceEvent | undefined };
}

/** By SHA-256, under the name of the file that was uploaded, else the last part of the key it lies under; the name is empty where nobody knows one. */
export function missingClips(items: readonly WorkItem[], blobs: BlobStore, sources: ClipSources): readonly ClipRef[] {
  const missing = new Map<string, ClipRef>();
  for (const item of items) {
    for (const blob of blobsIn(item.request)) {
      if (blobs.has(blob.sha256) || missing.has(blob.sha256)) continue;
      missing.set(blob.sha256, { name: nameOf(blob.sha256, sources), sha256: blob.sha256, size: blob.size });
    }
  }
  return [...missing.values()];
}

function nameOf(sha256: string, { inputs, events }: ClipSources): string {
  const upload = inputs.find((input) => input.kind === 'upload' && input.clip.sha256 === sha256);
  if (upload?.kind === 'upload') return upload.clip.name;
  const written = events.find((event) => event.data['sha256'] === sha256 && typeof event.data['key'] === 'string');
  const key = String(written?.data['key'] ?? '');
  return key.slice(key.lastIndexOf('/') + 1);
}

/** Every `{sha256, size}` within a request. */
export function blobsIn(value: unknown): readonly BlobRef[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('sha256' in value && 'size' in value && typeof value.sha256 === 'string' && typeof value.size === 'number') return [{ sha256: value.sha256, size: value.size }];
  return Object.values(value).flatMap(blobsIn);
}
