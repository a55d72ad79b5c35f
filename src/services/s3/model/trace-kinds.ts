/** The trace events of S3. */
import type { TraceKind } from '../../../sim/trace.ts';

export const s3TraceKinds = {
  's3.BucketCreated': { sentence: 'The bucket {name} is created.', level: 'detail' },
  's3.BucketDeleted': { sentence: 'The bucket {name} is deleted.', level: 'moment' },
  's3.NotificationsSet': { sentence: 'Notifications of {resource} change.', level: 'detail' },
  /** data: key, size, sha256, contentType, objects */
  's3.ObjectCreated': { sentence: '{key} is in {resource}.', level: 'moment' },
  's3.ObjectDeleted': { sentence: '{key} is deleted from {resource}.', level: 'moment' },
  /** data: key, uploadId */
  's3.UploadBegun': { sentence: 'An upload of {key} in parts to {resource} begins.', level: 'detail' },
  /** data: key, uploadId, part, size */
  's3.PartUploaded': { sentence: 'Part {part} of {key} is in {resource}.', level: 'detail' },
  's3.UploadAborted': { sentence: 'The upload of {key} to {resource} is given up.', level: 'step' },
  /** data: key, tags */
  's3.ObjectTagged': { sentence: 'The tags of {key} in {resource} change.', level: 'detail' },
  's3.VersioningSet': { sentence: 'Versions of {resource} are {status} now.', level: 'detail' },
  's3.ObjectRead': { sentence: '{key} is read from {resource}.', level: 'detail' },
  /** data: key, eventName, to, latencyUs */
  's3.NotificationSent': { sentence: '{resource} tells {to} of {key}.', level: 'step' },
  's3.NotificationFailed': { sentence: '{resource} could not tell {to} of {key}: {message}', level: 'moment', severity: 'failure' },
} satisfies Readonly<Record<string, TraceKind>>;
