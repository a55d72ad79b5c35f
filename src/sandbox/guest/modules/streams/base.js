/** What every stream has: the legacy Stream, destruction, chunks. Not the classes themselves. @source Node.js 22 docs, stream */
import { Buffer, invalidArgument } from '../../core/buffer.js';
import { addTick } from '../../core/event-loop.js';
import EventEmitter from '../events.js';

/** Of a readable: its content as `{sha256, size}`, or undefined when it was begun to be read. */
export const BLOB_SOURCE = Symbol('blob source');
/** Of a writable: takes a whole blob as its content. */
export const BLOB_SINK = Symbol('blob sink');

export const tick = (callback, ...args) => addTick(callback, args);
export const HIGH_WATER = 65_536;
export const HIGH_WATER_OBJECTS = 16;

export function streamError(Kind, code, message) {
  const error = new Kind(message);
  error.code = code;
  return error;
}

export class Stream extends EventEmitter {
  pipe(target) {
    this.on('data', (chunk) => target.write(chunk));
    this.on('end', () => target.end());
    return target;
  }
}

export function hidden(object, name, value) {
  Object.defineProperty(object, name, { value, writable: true, enumerable: false, configurable: true });
}

/** Destroys either kind of stream: at most once, error and close told later. */
export function destroyStream(stream, error, callback) {
  if (stream.destroyed) return stream;
  stream.destroyed = true;
  if (error) stream.errored = error;
  let called = false;
  const done = (failure) => {
    if (called) return;
    called = true;
    const told = failure ?? error;
    if (told) stream.errored = told;
    callback?.(told);
    tick(() => {
      if (told) stream.emit('error', told);
      stream.closed = true;
      stream.emit('close');
    });
  };
  try {
    stream._destroy(error ?? null, done);
  } catch (thrown) {
    done(thrown);
  }
  return stream;
}

export function toChunk(chunk, encoding, objectMode) {
  if (objectMode) return chunk;
  if (typeof chunk === 'string') return Buffer.from(chunk, encoding);
  if (Buffer.isBuffer(chunk)) return chunk;
  if (ArrayBuffer.isView(chunk)) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw invalidArgument('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', chunk);
}


export function initCommon(stream) {
  for (const [name, value] of [['destroyed', false], ['errored', null], ['closed', false]]) hidden(stream, name, value);
}
