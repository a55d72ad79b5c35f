/**
 * Results of external work that were recorded when the project was made: what ffmpeg makes of the sample clip with our own templates' arguments.
 * ffmpeg gives the same bytes everywhere, so a recorded result is the result; a test computes it anew and compares. Used only when the
 * files that it names are held, else the work is really done. So a first visit plays at once, without ffmpeg's 32 MB.
 */
import type { WorkItem } from '../sim/external-work.ts';
import type { BlobStore } from '../sim/ports/runtime.ts';
import type { TraceData } from '../sim/trace.ts';
import { asTraceData } from './ffmpeg/job.ts';
import type { FfmpegResult } from './ffmpeg/job.ts';
import records from './recorded-work.json';

/** A file that lies beside the page, by its content. */
export interface RecordedFile {
  readonly sha256: string;
  readonly size: number;
  /** Under the page's address. */
  readonly path: string;
}

/** Work key → result. */
export const recordedResults: Readonly<Record<string, FfmpegResult>> = records;

export function recordedPath(sha256: string): string {
  return `recorded/${sha256.slice(0, 16)}.mp4`;
}

export interface RecordedWork {
  /** The result, or null: nothing was recorded for it, or its files are not here (yet); `want` is then told which. */
  (item: WorkItem): TraceData | null;
}

export function recordedWork(blobs: BlobStore, want: (files: readonly RecordedFile[]) => void): RecordedWork {
  const asked = new Set<string>();
  return (item) => {
    const result = recordedResults[item.key];
    if (result === undefined) return null;
    const missing = result.outputs.filter(({ sha256 }) => !blobs.has(sha256));
    if (missing.length === 0) return asTraceData(result);
    const files = missing.filter(({ sha256 }) => !asked.has(sha256)).map(({ sha256, size }) => ({ sha256, size, path: recordedPath(sha256) }));
    for (const { sha256 } of files) asked.add(sha256);
    if (files.length > 0) want(files);
    return null;
  };
}
