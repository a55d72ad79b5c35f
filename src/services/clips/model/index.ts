/** The clip source's model: uploads clips into its bucket, at their times or when the visitor drops one. */
import { z } from 'zod';

import { utf8Encode } from '../../../base/utf8.ts';
import type { BlobRef } from '../../../sim/ports/runtime.ts';
import { ADMIN } from '../../../sim/principal.ts';
import { defineModel, operation } from '../../../sim/service.ts';
import type { Context } from '../../../sim/service.ts';
import { msToUs } from '../../../sim/units.ts';
import { clipsTraceKinds } from './trace-kinds.ts';

/** The shipped clip: public/clips/dog-1080p.mp4. */
export const SAMPLE_CLIP = { sha256: '452854e4dda040a3c487b39d87a0ba72267ab718a740fa0f90fc8034d82164ee', size: 2539811 } as const;
/** A video by its name only: eleven bytes of text. */
export const BROKEN_CLIP_TEXT = 'no video at';

interface Upload {
  readonly clip: string;
  readonly size: number;
  readonly key: string;
  readonly atMs: number;
}
interface Source {
  readonly name: string;
  bucket: string | null;
  uploads: readonly Upload[];
  scheduled: number[];
  uploaded: number;
}
interface ClipsState {
  readonly sources: Map<string, Source>;
}
interface ClipsTuning {
  /** Time of an upload: fixed part, and per megabyte. */
  readonly uploadMs: number;
  readonly uploadMsPerMb: number;
}
type ClipsContext = Context<ClipsState, ClipsTuning>;

/** What a clip source's card shows now. */
export interface ClipsSummary {
  readonly uploads: readonly { readonly key: string; readonly atMs: number; readonly clip: string; readonly sha256: string; readonly size: number; readonly done: boolean }[];
  readonly uploaded: number;
  readonly bucket: string | null;
}

const arnOf = (name: string): string => `arn:aws:clips:::${name}`;

/** The bytes behind a clip's name. The broken one is made here; others are held by the host. */
export function blobOfClip(context: Pick<ClipsContext, 'blobs'>, upload: { readonly clip: string; readonly size: number }): BlobRef {
  if (upload.clip === 'sample') return SAMPLE_CLIP;
  if (upload.clip === 'broken') return context.blobs.put(utf8Encode(BROKEN_CLIP_TEXT));
  return { sha256: upload.clip, size: upload.size };
}

function sourceOf(context: ClipsContext, name: string): Source {
  let source = context.state.sources.get(name);
  if (source === undefined) context.state.sources.set(name, (source = { name, bucket: null, uploads: [], scheduled: [], uploaded: 0 }));
  return source;
}

/** Starts one upload: the object is in the bucket after the transfer time. */
function startUpload(context: ClipsContext, source: Source, blob: BlobRef, key: string): void {
  const { uploadMs, uploadMsPerMb } = context.tuning;
  const durationUs = msToUs(uploadMs + (uploadMsPerMb * blob.size) / 1_048_576);
  const bucket = source.bucket;
  if (bucket === null) {
    context.emit('clips.UploadFailed', arnOf(source.name), { key, error: 'no bucket is connected' });
    return;
  }
  const seq = context.emit(
    'clips.UploadStarted',
    arnOf(source.name),
    { key, size: blob.size, sha256: blob.sha256, bucket, durationUs },
    { subjects: [`s3://${bucket}/${key}`], travel: { from: arnOf(source.name), to: `arn:aws:s3:::${bucket}`, shape: 'object', durationUs, attempt: 1 } },
  );
  context.schedule(durationUs, 'put', { source: source.name, bucket, key, blob }, { cause: [seq] });
}

function onDue(context: ClipsContext, payload: { readonly source: string; readonly upload: Upload }): void {
  const source = context.state.sources.get(payload.source);
  if (source) startUpload(context, source, blobOfClip(context, payload.upload), payload.upload.key);
}

function onPut(context: ClipsContext, payload: { readonly source: string; readonly bucket: string; readonly key: string; readonly blob: BlobRef }): void {
  const outcome = context.api(
    's3',
    'PutObject',
    { Bucket: payload.bucket, Key: payload.key, Body: { $blob: payload.blob }, ContentType: /\.(mp4|m4v)$/i.test(payload.key) ? 'video/mp4' : 'application/octet-stream' },
    { principal: ADMIN, cause: context.cause, replyTo: { kind: 'none' } },
  );
  const source = context.state.sources.get(payload.source);
  if (outcome.kind === 'error') context.emit('clips.UploadFailed', arnOf(payload.source), { key: payload.key, error: outcome.error.message });
  else if (source) source.uploaded++;
}

export const model = defineModel<ClipsState, ClipsTuning>({
  id: 'clips',
  initialState: () => ({ sources: new Map() }),
  tuning: { aws: { uploadMs: 40, uploadMsPerMb: 8 }, ideal: { uploadMs: 0, uploadMsPerMb: 0 } },
  operations: {
    SetUploads: operation({
      input: z.object({ NodeName: z.string(), Bucket: z.string().nullable(), Clips: z.array(z.object({ clip: z.string(), size: z.int().default(0), key: z.string(), atMs: z.number() })) }),
      action: null,
      resource: () => '*',
      writes: true,
      errors: [],
      source: 'Coldstart',
      handle: (context: ClipsContext, input) => {
        const source = sourceOf(context, input.NodeName);
        for (const id of source.scheduled) context.cancel(id);
        source.bucket = input.Bucket;
        source.uploads = input.Clips;
        source.scheduled = input.Clips.filter((upload) => msToUs(upload.atMs) >= context.now).map((upload) =>
          context.schedule(msToUs(upload.atMs) - context.now, 'due', { source: source.name, upload }, { cancellable: true }),
        );
        return {};
      },
    }),
    Upload: operation({
      input: z.object({ NodeName: z.string(), Key: z.string(), Blob: z.object({ sha256: z.string(), size: z.int() }) }),
      action: null,
      resource: () => '*',
      writes: true,
      errors: [],
      source: 'Coldstart',
      handle: (context: ClipsContext, input) => {
        startUpload(context, sourceOf(context, input.NodeName), input.Blob, input.Key);
        return {};
      },
    }),
  },
  notModelled: [],
  entries: { due: onDue, put: onPut },
  provides: {},
  traceKinds: clipsTraceKinds,
  resources: (context) => [...context.state.sources.keys()].map(arnOf),
  summarize: (context, arn): ClipsSummary | undefined => {
    const source = context.state.sources.get(arn.slice('arn:aws:clips:::'.length));
    return (
      source && {
        uploads: source.uploads.map((upload) => ({ key: upload.key, atMs: upload.atMs, clip: upload.clip, ...blobOfClip(context, upload), done: msToUs(upload.atMs) <= context.now })),
        uploaded: source.uploaded,
        bucket: source.bucket,
      }
    );
  },
});
