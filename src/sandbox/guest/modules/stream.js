/**
 * node:stream: Readable, Writable, Duplex, Transform, PassThrough, pipeline and finished. A stream whose bytes lie on the host as a blob
 * hands the blob over when it is piped into a file, so that large files never pass through the guest.
 * @source Node.js 22 docs, stream
 */
import { Buffer, invalidArgument } from '../core/buffer.js';
import { addTick } from '../core/event-loop.js';
import { abortError } from '../core/events.js';
import { isError } from '../core/stacks.js';
import EventEmitter from './events.js';
import { StringDecoder } from './string-decoder.js';

/** Of a readable: its content as `{sha256, size}`, or undefined when it was begun to be read. */
export const BLOB_SOURCE = Symbol('blob source');
/** Of a writable: takes a whole blob as its content. */
export const BLOB_SINK = Symbol('blob sink');

const tick = (callback, ...args) => addTick(callback, args);
const HIGH_WATER = 65_536;
const HIGH_WATER_OBJECTS = 16;

function streamError(Kind, code, message) {
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

function hidden(object, name, value) {
  Object.defineProperty(object, name, { value, writable: true, enumerable: false, configurable: true });
}

/** Destroys either kind of stream: at most once, error and close told later. */
function destroyStream(stream, error, callback) {
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

function toChunk(chunk, encoding, objectMode) {
  if (objectMode) return chunk;
  if (typeof chunk === 'string') return Buffer.from(chunk, encoding);
  if (Buffer.isBuffer(chunk)) return chunk;
  if (ArrayBuffer.isView(chunk)) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw invalidArgument('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', chunk);
}

function initReadable(stream, o = {}) {
  const objectMode = o.objectMode === true || o.readableObjectMode === true;
  hidden(stream, '_r', {
    objectMode,
    highWaterMark: o.readableHighWaterMark ?? o.highWaterMark ?? (objectMode ? HIGH_WATER_OBJECTS : HIGH_WATER),
    buffer: [],
    length: 0,
    ended: false,
    endEmitted: false,
    flowing: null,
    reading: false,
    scheduled: false,
    decoder: o.encoding ? new StringDecoder(o.encoding) : null,
    autoDestroy: o.autoDestroy !== false,
    touched: false,
  });
  if (typeof o.read === 'function') stream._read = o.read;
  if (typeof o.destroy === 'function') stream._destroy = o.destroy;
  o.signal?.addEventListener('abort', () => stream.destroy(abortError(o.signal)), { once: true });
}

function initCommon(stream) {
  for (const [name, value] of [['destroyed', false], ['errored', null], ['closed', false]]) hidden(stream, name, value);
}

export class Readable extends Stream {
  constructor(o) {
    super();
    initCommon(this);
    initReadable(this, o);
  }
  _read() {
    throw streamError(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _read() method is not implemented');
  }
  _destroy(error, callback) {
    callback(error);
  }
  get readable() {
    return !this.destroyed && !this._r.endEmitted;
  }
  get readableEnded() {
    return this._r.endEmitted;
  }
  get readableFlowing() {
    return this._r.flowing;
  }
  get readableLength() {
    return this._r.length;
  }
  get readableObjectMode() {
    return this._r.objectMode;
  }
  get readableHighWaterMark() {
    return this._r.highWaterMark;
  }
  setEncoding(encoding) {
    this._r.decoder = new StringDecoder(encoding);
    this._r.buffer = this._r.buffer.map((chunk) => this._r.decoder.write(chunk));
    return this;
  }
  push(chunk, encoding) {
    const r = this._r;
    r.reading = false;
    if (chunk === null) {
      if (r.ended) return false;
      r.ended = true;
      const rest = r.decoder?.end() ?? '';
      if (rest !== '') this.#add(rest);
      this.#schedule();
      return false;
    }
    if (r.ended) {
      this.destroy(streamError(Error, 'ERR_STREAM_PUSH_AFTER_EOF', 'stream.push() after EOF'));
      return false;
    }
    let item = toChunk(chunk, encoding, r.objectMode);
    if (r.decoder !== null && !r.objectMode) item = r.decoder.write(item);
    if (r.objectMode || item.length > 0) this.#add(item);
    this.#schedule();
    return r.length < r.highWaterMark;
  }
  #add(item) {
    this._r.buffer.push(item);
    this._r.length += this._r.objectMode ? 1 : item.length;
  }
  unshift(chunk, encoding) {
    const item = toChunk(chunk, encoding, this._r.objectMode);
    this._r.buffer.unshift(item);
    this._r.length += this._r.objectMode ? 1 : item.length;
    this.#schedule();
  }
  #schedule() {
    if (this._r.scheduled) return;
    this._r.scheduled = true;
    tick(() => {
      this._r.scheduled = false;
      this.#advance();
    });
  }
  #advance() {
    const r = this._r;
    if (this.destroyed) return;
    if (r.flowing === true) {
      while (r.flowing === true && r.buffer.length > 0 && !this.destroyed) this.emit('data', this.#take());
    } else if (this.listenerCount('readable') > 0 && (r.buffer.length > 0 || r.ended) && !r.endEmitted) this.emit('readable');
    if (this.destroyed) return;
    if (r.ended && r.buffer.length === 0) {
      if (r.flowing === true || r.touched) this.#finish();
    } else this.#fill();
  }
  #take() {
    const item = this._r.buffer.shift();
    this._r.length -= this._r.objectMode ? 1 : item.length;
    return item;
  }
  #fill() {
    const r = this._r;
    if (r.reading || r.ended || this.destroyed || r.length >= r.highWaterMark) return;
    if (r.flowing !== true && r.buffer.length > 0) return;
    r.touched = true;
    r.reading = true;
    try {
      this._read(r.highWaterMark);
    } catch (error) {
      this.destroy(error);
    }
  }
  #finish() {
    if (this._r.endEmitted) return;
    this._r.endEmitted = true;
    tick(() => {
      this.emit('end');
      if (this._r.autoDestroy && (this._w === undefined || this._w.finished || !this._w.autoDestroy)) this.destroy();
    });
  }
  read(size) {
    const r = this._r;
    r.touched = true;
    if (r.buffer.length === 0) {
      if (r.ended) this.#finish();
      else this.#fill();
      if (r.buffer.length === 0) return null;
    }
    if (r.objectMode) {
      const item = this.#take();
      this.#schedule();
      return item;
    }
    const joined = r.buffer.length === 1 ? r.buffer[0] : typeof r.buffer[0] === 'string' ? r.buffer.join('') : Buffer.concat(r.buffer);
    if (size !== undefined && size < joined.length) {
      r.buffer = [joined.slice(size)];
      r.length = joined.length - size;
      return joined.slice(0, size);
    }
    if (size !== undefined && size > joined.length && !r.ended) {
      this.#fill();
      return null;
    }
    r.buffer = [];
    r.length = 0;
    this.#schedule();
    return joined;
  }
  on(name, listener) {
    super.on(name, listener);
    if (name === 'data' && this._r.flowing !== false) this.resume();
    if (name === 'readable') {
      this._r.flowing = false;
      this._r.touched = true;
      this.#schedule();
    }
    return this;
  }
  resume() {
    this._r.flowing = true;
    this._r.touched = true;
    this.#schedule();
    return this;
  }
  pause() {
    this._r.flowing = false;
    return this;
  }
  isPaused() {
    return this._r.flowing === false;
  }
  destroy(error, callback) {
    return destroyStream(this, error, callback);
  }
  pipe(target, o = {}) {
    if (this.#handOver(target, o.end !== false)) return target;
    this.on('data', (chunk) => {
      if (target.write(chunk) === false) {
        this.pause();
        target.once('drain', () => this.resume());
      }
    });
    if (o.end !== false) this.on('end', () => target.end());
    target.emit('pipe', this);
    if (this._r.flowing !== true) this.resume();
    return target;
  }
  unpipe() {
    this.removeAllListeners('data');
    this._r.flowing = false;
    return this;
  }
  /** The whole content as a blob, if both ends can do that and nothing was read yet. */
  #handOver(target, end) {
    const r = this._r;
    if (r.touched || r.buffer.length > 0 || typeof this[BLOB_SOURCE] !== 'function' || typeof target[BLOB_SINK] !== 'function' || this.listenerCount('data') > 0 || this.destroyed) return false;
    let blob;
    try {
      blob = this[BLOB_SOURCE]();
    } catch (error) {
      this.destroy(error);
      return true;
    }
    if (blob === undefined || !target[BLOB_SINK](blob)) return false;
    r.touched = true;
    r.ended = true;
    tick(() => {
      this.#finish();
      if (end) target.end();
    });
    return true;
  }
  async *[Symbol.asyncIterator]() {
    let wake = () => {};
    let finished = this._r.endEmitted;
    let failure = this.errored ?? undefined;
    const wakeUp = () => wake();
    const onEnd = () => {
      finished = true;
      wake();
    };
    const onError = (error) => {
      failure = error;
      wake();
    };
    const onClose = () => {
      if (!finished && failure === undefined) failure = streamError(Error, 'ERR_STREAM_PREMATURE_CLOSE', 'Premature close');
      wake();
    };
    this.on('readable', wakeUp);
    this.on('end', onEnd);
    this.on('error', onError);
    this.on('close', onClose);
    try {
      for (;;) {
        const chunk = this.destroyed ? null : this.read();
        if (chunk !== null) {
          yield chunk;
          continue;
        }
        if (failure !== undefined) throw failure;
        if (finished) return;
        await new Promise((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      this.off('readable', wakeUp);
      this.off('close', onClose);
      if (!this.destroyed) this.destroy();
    }
  }
  async toArray() {
    const items = [];
    for await (const item of this) items.push(item);
    return items;
  }
  static from(iterable, o = {}) {
    if (typeof iterable === 'string' || Buffer.isBuffer(iterable)) return Readable.from([iterable], { objectMode: false, ...o });
    const iterator = iterable[Symbol.asyncIterator]?.() ?? iterable[Symbol.iterator]?.();
    if (iterator === undefined) throw invalidArgument('iterable', 'an instance of Iterable', iterable);
    const stream = new Readable({ objectMode: true, highWaterMark: 1, ...o });
    stream._read = () => {
      Promise.resolve()
        .then(() => iterator.next())
        .then(async ({ value, done }) => {
          const item = await value;
          if (done) stream.push(null);
          else if (item === null) throw streamError(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
          else stream.push(item);
        })
        .catch((error) => stream.destroy(error));
    };
    stream._destroy = (error, callback) => {
      Promise.resolve(iterator.return?.()).then(() => callback(error), (failure) => callback(failure ?? error));
    };
    return stream;
  }
}

function initWritable(stream, o = {}) {
  const objectMode = o.objectMode === true || o.writableObjectMode === true;
  hidden(stream, '_w', {
    objectMode,
    highWaterMark: o.writableHighWaterMark ?? o.highWaterMark ?? (objectMode ? HIGH_WATER_OBJECTS : HIGH_WATER),
    queue: [],
    length: 0,
    writing: false,
    needDrain: false,
    ending: false,
    finishing: false,
    finished: false,
    corked: 0,
    encoding: o.defaultEncoding ?? 'utf8',
    decodeStrings: o.decodeStrings !== false,
    autoDestroy: o.autoDestroy !== false,
  });
  if (typeof o.write === 'function') stream._write = o.write;
  if (typeof o.writev === 'function') stream._writev = o.writev;
  if (typeof o.final === 'function') stream._final = o.final;
  if (typeof o.destroy === 'function') stream._destroy = o.destroy;
  o.signal?.addEventListener('abort', () => stream.destroy(abortError(o.signal)), { once: true });
}

function pump(stream) {
  const w = stream._w;
  if (w.writing || w.corked > 0 || stream.destroyed) return;
  const next = w.queue.shift();
  if (next === undefined) return finishWriting(stream);
  w.writing = true;
  let sync = true;
  const done = (error) => {
    w.writing = false;
    w.length -= next.size;
    const after = () => {
      next.callback?.(error ?? null);
      if (error) return stream.destroy(error);
      if (w.needDrain && w.length === 0 && !w.ending) {
        w.needDrain = false;
        stream.emit('drain');
      }
      return pump(stream);
    };
    if (sync) tick(after);
    else after();
  };
  try {
    if (stream._write === Writable.prototype._write && typeof stream._writev === 'function') stream._writev([{ chunk: next.chunk, encoding: next.encoding }], done);
    else stream._write(next.chunk, next.encoding, done);
  } catch (error) {
    w.writing = false;
    stream.destroy(error);
  }
  sync = false;
}

function finishWriting(stream) {
  const w = stream._w;
  if (!w.ending || w.finishing || w.finished || stream.destroyed) return;
  w.finishing = true;
  const done = (error) => {
    if (error) return stream.destroy(error);
    tick(() => {
      if (stream.destroyed && stream.errored) return;
      w.finished = true;
      stream.emit('finish');
      if (w.autoDestroy && (stream._r === undefined || stream._r.endEmitted)) stream.destroy();
    });
  };
  if (typeof stream._final !== 'function') return done();
  try {
    stream._final(done);
  } catch (error) {
    stream.destroy(error);
  }
}

export class Writable extends Stream {
  constructor(o) {
    super();
    initCommon(this);
    initWritable(this, o);
  }
  static [Symbol.hasInstance](object) {
    return Function.prototype[Symbol.hasInstance].call(this, object) || (this === Writable && object instanceof Duplex);
  }
  _write(_chunk, _encoding, _callback) {
    throw streamError(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _write() method is not implemented');
  }
  _destroy(error, callback) {
    callback(error);
  }
  get writable() {
    return !this.destroyed && !this._w.ending;
  }
  get writableEnded() {
    return this._w.ending;
  }
  get writableFinished() {
    return this._w.finished;
  }
  get writableLength() {
    return this._w.length;
  }
  get writableNeedDrain() {
    return this._w.needDrain;
  }
  get writableHighWaterMark() {
    return this._w.highWaterMark;
  }
  get writableObjectMode() {
    return this._w.objectMode;
  }
  write(chunk, encodingOrCallback, maybeCallback) {
    const w = this._w;
    const callback = typeof encodingOrCallback === 'function' ? encodingOrCallback : maybeCallback;
    const encoding = typeof encodingOrCallback === 'string' ? encodingOrCallback : w.encoding;
    if (chunk === null) throw streamError(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
    if (w.ending || this.destroyed) {
      const error = w.ending ? streamError(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end') : streamError(Error, 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed');
      tick(() => callback?.(error));
      if (w.ending) this.destroy(error);
      return false;
    }
    const item = typeof chunk === 'string' && !w.decodeStrings ? chunk : toChunk(chunk, encoding, w.objectMode);
    const size = w.objectMode ? 1 : item.length;
    w.queue.push({ chunk: item, encoding: typeof item === 'string' ? encoding : 'buffer', callback, size });
    w.length += size;
    pump(this);
    if (w.length < w.highWaterMark) return true;
    w.needDrain = true;
    return false;
  }
  end(chunk, encoding, callback) {
    const done = [chunk, encoding, callback].find((item) => typeof item === 'function');
    const w = this._w;
    if (chunk !== undefined && chunk !== null && typeof chunk !== 'function') this.write(chunk, typeof encoding === 'string' ? encoding : undefined);
    w.corked = 0;
    if (typeof done === 'function') {
      if (w.finished) tick(done);
      else {
        this.once('finish', done);
        this.once('error', (error) => !w.finished && done(error));
      }
    }
    if (!w.ending) {
      w.ending = true;
      pump(this);
    }
    return this;
  }
  cork() {
    this._w.corked++;
  }
  uncork() {
    if (this._w.corked > 0 && --this._w.corked === 0) pump(this);
  }
  setDefaultEncoding(encoding) {
    this._w.encoding = encoding;
    return this;
  }
  destroy(error, callback) {
    return destroyStream(this, error, callback);
  }
}

export class Duplex extends Readable {
  constructor(o = {}) {
    super(o);
    initWritable(this, o);
    hidden(this, 'allowHalfOpen', o.allowHalfOpen !== false);
    if (!this.allowHalfOpen) this.once('end', () => this.end());
  }
}
for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(Writable.prototype))) {
  if (name !== 'constructor' && !Object.hasOwn(Readable.prototype, name)) Object.defineProperty(Duplex.prototype, name, descriptor);
}

export class Transform extends Duplex {
  constructor(o = {}) {
    super(o);
    hidden(this, '_waiting', null);
    if (typeof o.transform === 'function') this._transform = o.transform;
    if (typeof o.flush === 'function') this._flush = o.flush;
  }
  _transform(_chunk, _encoding, _callback) {
    throw streamError(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _transform() method is not implemented');
  }
  _write(chunk, encoding, callback) {
    this._transform(chunk, encoding, (error, result) => {
      if (error) return callback(error);
      if (result !== null && result !== undefined) this.push(result);
      if (this._r.length < this._r.highWaterMark) return callback();
      this._waiting = callback;
    });
  }
  _final(callback) {
    const end = (error, result) => {
      if (error) return callback(error);
      if (result !== null && result !== undefined) this.push(result);
      this.push(null);
      callback();
    };
    if (typeof this._flush === 'function') this._flush(end);
    else end();
  }
  _read() {
    const callback = this._waiting;
    this._waiting = null;
    this._r.reading = false;
    callback?.();
  }
}

export class PassThrough extends Transform {
  _transform(chunk, _encoding, callback) {
    callback(null, chunk);
  }
}

/** Calls back once when a stream is over. Answers a function that stops listening. */
export function finished(stream, o, callbackIn) {
  const callback = typeof o === 'function' ? o : callbackIn;
  const options = typeof o === 'function' ? {} : (o ?? {});
  const reads = options.readable !== false && stream._r !== undefined;
  const writes = options.writable !== false && stream._w !== undefined;
  let over = false;
  const done = (error) => {
    if (over) return;
    over = true;
    clean();
    callback(error);
  };
  const complete = () => (!reads || stream._r.endEmitted) && (!writes || stream._w.finished);
  const check = () => complete() && done();
  const fail = (error) => done(error);
  const close = () => (complete() ? done() : done(stream.errored ?? streamError(Error, 'ERR_STREAM_PREMATURE_CLOSE', 'Premature close')));
  const clean = () => {
    stream.off('end', check);
    stream.off('finish', check);
    stream.off('error', fail);
    stream.off('close', close);
  };
  stream.on('end', check);
  stream.on('finish', check);
  stream.on('error', fail);
  stream.on('close', close);
  options.signal?.addEventListener('abort', () => done(abortError(options.signal)), { once: true });
  if (stream.closed) tick(close);
  else if (complete()) tick(check);
  return clean;
}

const isStream = (value) => typeof value === 'object' && value !== null && typeof value.pipe === 'function' ? true : typeof value?.write === 'function' && typeof value?.on === 'function';

/** The streams of a pipeline: generators, functions and iterables become streams. `tail` is a promise when the last is a function. */
function asStreams(parts) {
  const streams = [];
  let tail;
  parts.forEach((part, at) => {
    const previous = streams[streams.length - 1];
    if (isStream(part)) return void streams.push(part);
    if (typeof part === 'function') {
      const made = at === 0 ? part() : part(previous);
      if (at > 0 && at === parts.length - 1 && typeof made?.then === 'function') tail = made;
      else streams.push(Object.assign(Readable.from(made), { _fed: at > 0 }));
      return;
    }
    if (at === 0 && part !== null && typeof part === 'object') return void streams.push(Readable.from(part));
    throw invalidArgument(`streams[${at}]`, 'an instance of Stream, Iterable, or Function', part);
  });
  return { streams, tail };
}

export function pipeline(...args) {
  const callback = args.pop();
  if (typeof callback !== 'function') throw invalidArgument('streams[stream.length - 1]', 'of type function', callback);
  let options = {};
  const last = args[args.length - 1];
  if (args.length > 1 && typeof last === 'object' && last !== null && !isStream(last) && !Array.isArray(args[0])) options = args.pop();
  const { streams, tail } = asStreams(Array.isArray(args[0]) && isStream(args[0][0]) ? args[0] : args);
  let open = streams.length + (tail === undefined ? 0 : 1);
  let failure;
  let value;
  const settle = (error) => {
    if (error && (failure === undefined || failure.code === 'ERR_STREAM_PREMATURE_CLOSE')) failure = error;
    if (error) for (const stream of streams) stream.destroy();
    if (--open === 0) callback(failure, value);
  };
  streams.forEach((stream, at) => {
    finished(stream, { readable: at < streams.length - 1, writable: at > 0 && !stream._fed }, settle);
    if (stream.errored === null || stream.errored === undefined) stream.on('error', () => {});
  });
  tail?.then(
    (result) => {
      value = result;
      settle();
    },
    (error) => settle(isError(error) ? error : Object(error)),
  );
  for (let at = 1; at < streams.length; at++) if (!streams[at]._fed) streams[at - 1].pipe(streams[at], { end: options.end !== false || at < streams.length - 1 });
  options.signal?.addEventListener('abort', () => streams.forEach((stream) => stream.destroy(abortError(options.signal))), { once: true });
  return streams[streams.length - 1];
}

export const promises = {
  pipeline: (...args) =>
    new Promise((resolve, reject) => {
      pipeline(...args, (error, value) => (error ? reject(error) : resolve(value)));
    }),
  finished: (stream, o) =>
    new Promise((resolve, reject) => {
      finished(stream, o ?? {}, (error) => (error ? reject(error) : resolve()));
    }),
};

const addAbortSignal = (signal, stream) => {
  const abort = () => stream.destroy(abortError(signal));
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  return stream;
};

Object.assign(Stream, { Stream, Readable, Writable, Duplex, Transform, PassThrough, pipeline, finished, promises, addAbortSignal });
export default Stream;
