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

/** What is known of a piece of work without doing it: its result, that its files are on their way, or nothing. */
export type Recorded = { readonly kind: 'known'; readonly value: TraceData } | { readonly kind: 'coming' } | { readonly kind: 'unknown' };

const UNKNOWN: Recorded = { kind: 'unknown' };

export class RecordedWork {
  readonly #blobs: BlobStore;
  readonly #want: (files: readonly RecordedFile[]) => void;
  readonly #asked = new Set<string>();
  readonly #unreachable = new Set<string>();

  /** @param want asks for files of the page, each once */
  constructor(blobs: BlobStore, want: (files: readonly RecordedFile[]) => void) {
    this.#blobs = blobs;
    this.#want = want;
  }

  of(item: WorkItem): Recorded {
    const result = recordedResults[item.key];
    if (result === undefined) return UNKNOWN;
    const missing = result.outputs.filter(({ sha256 }) => !this.#blobs.has(sha256));
    if (missing.length === 0) return { kind: 'known', value: asTraceData(result) };
    if (missing.some(({ sha256 }) => this.#unreachable.has(sha256))) return UNKNOWN;
    const files = missing.filter(({ sha256 }) => !this.#asked.has(sha256)).map(({ sha256, size }) => ({ sha256, size, path: recordedPath(sha256) }));
    for (const { sha256 } of files) this.#asked.add(sha256);
    if (files.length > 0) this.#want(files);
    return { kind: 'coming' };
  }

  /** A file could not be fetched: the work that would give it is done. */
  unreachable(sha256: string): void {
    this.#unreachable.add(sha256);
  }
}
