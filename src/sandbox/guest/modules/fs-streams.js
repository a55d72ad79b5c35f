/** Streams of files: whole files move as blobs of the host, without their bytes in the guest. */
import { Buffer } from '../core/buffer.js';
import * as files from './fs-core.js';
import { addTick } from '../core/event-loop.js';
import path from './path.js';
import { BLOB_SINK, BLOB_SOURCE, Readable, Writable } from './stream.js';

/** Bytes kept in the guest before they are appended on the host. */
const WRITE_BEHIND = 4 * 1024 * 1024;

const optionsOf = (o) => (typeof o === 'string' ? { encoding: o } : (o ?? {}));

export class ReadStream extends Readable {
  #from;
  #to;
  #opened = false;
  constructor(file, given) {
    const o = optionsOf(given);
    super({ highWaterMark: 65_536, ...o });
    this.path = files.toPath(file);
    this.bytesRead = 0;
    this.pending = true;
    this.#from = o.start ?? 0;
    this.#to = o.end === undefined || o.end === Infinity ? undefined : o.end + 1;
    addTick(() => this.#open(), []);
  }
  #open() {
    if (this.#opened || this.destroyed) return;
    this.#opened = true;
    try {
      files.stat(this.path, 'open');
    } catch (error) {
      this.destroy(error);
      return;
    }
    this.pending = false;
    this.emit('open', 19);
    this.emit('ready');
  }
  [BLOB_SOURCE]() {
    if (this.#from !== 0 || this.#to !== undefined || this._r.decoder !== null || !files.isTmp(path.resolve(this.path))) return undefined;
    const blob = files.blobOf(this.path);
    this.bytesRead = blob.size;
    return blob;
  }
  _read(size) {
    this.#open();
    if (this.destroyed) return;
    const end = Math.min(this.#from + size, this.#to ?? Infinity);
    let bytes;
    try {
      bytes = files.read(this.path, this.#from, end);
    } catch (error) {
      this.destroy(error);
      return;
    }
    this.#from += bytes.length;
    this.bytesRead += bytes.length;
    this.push(bytes.length === 0 ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }
  close(callback) {
    this.destroy(null, callback);
  }
}

export class WriteStream extends Writable {
  #position;
  #append;
  #opened = false;
  #kept = [];
  #keptBytes = 0;
  constructor(file, given) {
    const o = optionsOf(given);
    super({ defaultEncoding: o.encoding ?? 'utf8', ...o, decodeStrings: true });
    this.path = files.toPath(file);
    this.flags = o.flags ?? (o.start === undefined ? 'w' : 'r+');
    this.bytesWritten = 0;
    this.pending = true;
    this.#append = this.flags.startsWith('a');
    this.#position = o.start;
    addTick(() => this.#open(), []);
  }
  #open() {
    if (this.#opened || this.destroyed) return;
    this.#opened = true;
    try {
      if (this.flags.includes('x') && files.exists(this.path)) throw files.systemError('EEXIST', 'open', this.path);
      if (this.flags.startsWith('w')) files.write(this.path, new Uint8Array(0));
      else if (!this.#append) files.stat(this.path, 'open');
      else if (!files.exists(this.path)) files.write(this.path, new Uint8Array(0));
    } catch (error) {
      this.destroy(error);
      return;
    }
    this.pending = false;
    this.emit('open', 20);
    this.emit('ready');
  }
  [BLOB_SINK](blob) {
    if (!this.flags.startsWith('w') || this.#position !== undefined || this.bytesWritten > 0 || this._w.ending) return false;
    this.#open();
    if (this.destroyed) return true;
    try {
      files.writeBlob(this.path, blob);
      this.bytesWritten = blob.size;
    } catch (error) {
      this.destroy(error);
    }
    return true;
  }
  _write(chunk, _encoding, callback) {
    this.#open();
    if (this.destroyed) return callback();
    this.#kept.push(chunk);
    this.#keptBytes += chunk.length;
    this.bytesWritten += chunk.length;
    return callback(this.#keptBytes >= WRITE_BEHIND ? this.#flush() : undefined);
  }
  _final(callback) {
    this.#open();
    callback(this.destroyed ? undefined : this.#flush());
  }
  /** Writes what is kept; answers an error. */
  #flush() {
    if (this.#keptBytes === 0) return undefined;
    const bytes = Buffer.concat(this.#kept);
    this.#kept = [];
    this.#keptBytes = 0;
    try {
      if (this.#position === undefined) files.write(this.path, bytes, { append: true });
      else {
        files.write(this.path, bytes, { position: this.#position });
        this.#position += bytes.length;
      }
    } catch (error) {
      return error;
    }
    return undefined;
  }
  close(callback) {
    if (callback) this.once('close', callback);
    this.end();
  }
}

export const createReadStream = (file, o) => new ReadStream(file, o);
export const createWriteStream = (file, o) => new WriteStream(file, o);
