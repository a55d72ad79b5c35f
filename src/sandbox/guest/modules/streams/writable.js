/** Writable, Duplex, Transform and PassThrough. @source Node.js 22 docs, stream */
import { abortError } from '../../core/events.js';
import { writableToWeb } from '../../core/web-streams.js';
import { destroyStream, hidden, HIGH_WATER, HIGH_WATER_OBJECTS, initCommon, Stream, streamError, tick, toChunk } from './base.js';
import { Readable } from './readable.js';

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
  static toWeb(writable) {
    return writableToWeb(writable);
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
