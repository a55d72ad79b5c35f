/**
 * node:stream: Readable, Writable, Duplex, Transform, PassThrough, pipeline and finished. A stream whose bytes lie on the host as a blob
 * hands the blob over when it is piped into a file, so that large files never pass through the guest.
 * @source Node.js 22 docs, stream
 */
import { abortError } from '../core/events.js';
import { BLOB_SINK, BLOB_SOURCE, Stream } from './streams/base.js';
import { finished, pipeline, promises } from './streams/pipeline.js';
import { Readable } from './streams/readable.js';
import { Duplex, PassThrough, Transform, Writable } from './streams/writable.js';

const addAbortSignal = (signal, stream) => {
  const abort = () => stream.destroy(abortError(signal));
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  return stream;
};

Object.assign(Stream, { Stream, Readable, Writable, Duplex, Transform, PassThrough, pipeline, finished, promises, addAbortSignal });
export { BLOB_SINK, BLOB_SOURCE, Duplex, finished, PassThrough, pipeline, promises, Readable, Stream, Transform, Writable };
export default Stream;
