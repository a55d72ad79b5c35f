/** Readable. Its content may lie on the host as a blob: then it is handed over to a file without passing through the guest. @source Node.js 22 docs, stream */
import { Buffer, invalidArgument } from '../../core/buffer.js';
import { abortError } from '../../core/events.js';
import { itemsOf, toWeb } from '../../core/web-streams.js';
import { StringDecoder } from '../string-decoder.js';
import { BLOB_SINK, BLOB_SOURCE, destroyStream, hidden, HIGH_WATER, HIGH_WATER_OBJECTS, initCommon, Stream, streamError, tick, toChunk } from './base.js';

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
  static toWeb(readable) {
    return toWeb(readable);
  }
  static fromWeb(stream, o) {
    return Readable.from(itemsOf(stream), o);
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
