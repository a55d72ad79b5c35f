/** What a clip source's card says, worked out from its summary or, before a run, from its design. Pure. */
import type { NodeViewProps } from '../../view-contract.ts';
import type { ClipsSummary } from '../model/index.ts';
import { countText, timeText } from '../../../ui/quantity-text.ts';

export interface Upload {
  readonly key: string;
  readonly atMs: number;
  readonly clip: string;
  /** Known once it is deployed. */
  readonly sha256: string | undefined;
  /** Bytes; 0 until it is deployed. */
  readonly size: number;
  readonly done: boolean;
}

/** In order of time. */
export function uploadsOf({ node, summary }: Pick<NodeViewProps, 'node' | 'summary'>): readonly Upload[] {
  const deployed = (summary as ClipsSummary | undefined)?.uploads;
  const designed = (node.config['clips'] ?? []) as readonly { readonly key: string; readonly atMs: number; readonly clip: string }[];
  const uploads: readonly Upload[] = deployed ?? designed.map((upload) => ({ ...upload, sha256: undefined, size: 0, done: false }));
  return [...uploads].sort((a, b) => a.atMs - b.atMs);
}

/** Three of them round the present: the last that went out and the next two. */
export function nearestThree(uploads: readonly Upload[]): readonly Upload[] {
  const next = uploads.findIndex((upload) => !upload.done);
  const at = next === -1 ? uploads.length : next;
  const from = Math.max(0, Math.min(at - 1, uploads.length - 3));
  return uploads.slice(from, from + 3);
}

export function isBroken(upload: Upload): boolean {
  return upload.clip === 'broken';
}

/** '13 clips'. */
export function clipsText(uploads: readonly Upload[]): string {
  return countText(uploads.length, 'clip');
}

/** 'over 60 s': when the last one goes out. */
export function spanText(uploads: readonly Upload[]): string {
  const last = uploads[uploads.length - 1];
  return last === undefined ? 'drop one here' : last.atMs === 0 ? 'at the start' : `over ${timeText(last.atMs)}`;
}

export function describeClips(name: string, uploads: readonly Upload[]): string {
  const done = uploads.filter((upload) => upload.done).length;
  return `${name}, clip source. ${clipsText(uploads)}, ${done} uploaded`;
}
