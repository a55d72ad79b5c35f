/** The trace events of the clip source. */
import type { TraceKind } from '../../../sim/trace.ts';

export const clipsTraceKinds = {
  /** data: key, size, sha256, bucket, durationUs */
  'clips.UploadStarted': { sentence: '{key} is being uploaded to {bucket}.', level: 'moment' },
  'clips.UploadFailed': { sentence: '{key} could not be uploaded: {error}.', level: 'moment', severity: 'failure' },
} satisfies Readonly<Record<string, TraceKind>>;
