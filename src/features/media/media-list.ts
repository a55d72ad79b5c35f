/** The clips of a run and what was made of each, read from the trace: an object belongs to the clip that the same invocation had read before writing it. */
import type { TraceEvent } from '../../sim/trace.ts';

export interface MediaFile {
  /** `s3://bucket/key`. */
  readonly subject: string;
  readonly bucket: string;
  readonly key: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly contentType: string;
  /** µs when it was in its bucket. */
  readonly atUs: number;
}

export interface MediaClip extends MediaFile {
  /** In the order in which they were written. */
  readonly renditions: readonly MediaFile[];
}

const VIDEO = /\.(mp4|m4v|mov|webm|mkv|avi|gif)$/i;
/** Steps of causes in which a write finds its invocation. */
const HOPS_MAX = 4;
const BUCKET_ARN = 'arn:aws:s3:::';

/** True for what a player may show. */
export function isVideo(file: Pick<MediaFile, 'key' | 'contentType'>): boolean {
  return file.contentType.startsWith('video/') || VIDEO.test(file.key);
}

/** Follows a trace; each event is read once, and all again when the past was rewritten. */
export class MediaList {
  readonly #entries: { readonly event: TraceEvent; readonly requestId: string | null }[] = [];
  #source: readonly TraceEvent[] | null = null;
  #length = 0;
  #count = -1;
  #clips: readonly MediaClip[] = [];

  /** Clips in the buckets at a moment, newest first. The same list as before when nothing has changed. */
  follow(events: readonly TraceEvent[], untilUs: number): readonly MediaClip[] {
    if (events !== this.#source || events.length < this.#length) {
      this.#source = events;
      this.#length = 0;
      this.#entries.length = 0;
      this.#count = -1;
    }
    for (; this.#length < events.length; this.#length++) {
      const event = events[this.#length]!;
      if (event.kind === 's3.ObjectCreated' || event.kind === 's3.ObjectRead' || event.kind === 's3.ObjectDeleted') this.#entries.push({ event, requestId: requestOf(events, event) });
    }
    const count = this.#entries.findLastIndex(({ event }) => event.at <= untilUs) + 1;
    if (count !== this.#count) {
      this.#count = count;
      this.#clips = clipsOf(this.#entries.slice(0, count));
    }
    return this.#clips;
  }
}

/** The request whose code caused an event, or null when it came from outside. */
function requestOf(events: readonly TraceEvent[], event: TraceEvent): string | null {
  let at: TraceEvent | undefined = event;
  for (let hop = 0; hop < HOPS_MAX && at !== undefined; hop++) {
    const requestId = at.kind.startsWith('s3.') ? undefined : at.data['requestId'];
    if (typeof requestId === 'string' && requestId !== '') return requestId;
    const cause: number | undefined = at.cause[0];
    at = cause === undefined ? undefined : events[cause];
  }
  return null;
}

function clipsOf(entries: readonly { readonly event: TraceEvent; readonly requestId: string | null }[]): readonly MediaClip[] {
  const files = new Map<string, { file: MediaFile; parent: string | null }>();
  const lastRead = new Map<string, string>();
  for (const { event, requestId } of entries) {
    const bucket = event.resource.slice(BUCKET_ARN.length);
    const key = String(event.data['key']);
    const subject = `s3://${bucket}/${key}`;
    if (event.kind === 's3.ObjectDeleted') files.delete(subject);
    else if (event.kind === 's3.ObjectRead') {
      if (requestId !== null) lastRead.set(requestId, subject);
    } else {
      // Written again, it goes to the end: it is new.
      files.delete(subject);
      const file: MediaFile = { subject, bucket, key, sha256: String(event.data['sha256']), size: Number(event.data['size']), contentType: String(event.data['contentType']), atUs: event.at };
      files.set(subject, { file, parent: requestId === null ? null : (lastRead.get(requestId) ?? null) });
    }
  }
  const originals: { file: MediaFile; renditions: MediaFile[] }[] = [];
  const homes = new Map<string, MediaFile[]>();
  for (const { file, parent } of files.values()) {
    const home = parent === null || parent === file.subject ? undefined : homes.get(parent);
    if (home !== undefined) {
      if (isVideo(file)) home.push(file);
      // What is made of a rendition stands with its clip.
      homes.set(file.subject, home);
    } else if (parent === null || isVideo(file)) {
      const renditions: MediaFile[] = [];
      originals.push({ file, renditions });
      homes.set(file.subject, renditions);
    }
  }
  return originals.map(({ file, renditions }) => ({ ...file, renditions })).reverse();
}

/** '1080p' from a key that says so, else the key's last part. */
export function renditionName(file: MediaFile, height: number | undefined): string {
  const said = /(?:^|[^0-9])(\d{3,4}p)(?:[^0-9a-z]|$)/i.exec(file.key)?.[1];
  return said?.toLowerCase() ?? (height === undefined ? file.key.slice(file.key.lastIndexOf('/') + 1) : `${height}p`);
}

/** '2.5 MB': decimal, as AWS bills. */
export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes}\u00a0B`;
  if (bytes < 999_500) return `${(bytes / 1_000).toFixed(bytes < 99_500 ? 1 : 0)}\u00a0kB`;
  return bytes < 999_500_000 ? `${(bytes / 1_000_000).toFixed(1)}\u00a0MB` : `${(bytes / 1_000_000_000).toFixed(1)}\u00a0GB`;
}
