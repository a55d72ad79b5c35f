/** node:fs and node:fs/promises. @source Node.js 22 docs, fs */
import { Buffer, bytesOf, invalidArgument } from '../core/buffer.js';
import { setImmediate } from '../core/event-loop.js';
import { abortError } from '../core/events.js';
import { randomBytes } from '../core/random.js';
import { refuses } from '../core/not-modelled.js';
import * as files from './fs-core.js';
import { createReadStream, createWriteStream, ReadStream, WriteStream } from './fs-streams.js';
import path from './path.js';

const constants = { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, COPYFILE_EXCL: 1, O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2, O_CREAT: 64, O_EXCL: 128, O_TRUNC: 512, O_APPEND: 1024, S_IFMT: 61440, S_IFREG: 32768, S_IFDIR: 16384 };

class Stats {
  constructor({ kind, size, mtimeMs }) {
    const directory = kind === 'directory';
    Object.assign(this, { dev: 2050, mode: directory ? 16_895 : 33_188, nlink: directory ? 2 : 1, uid: 993, gid: 990, rdev: 0, blksize: 4096, ino: 0, size, blocks: Math.ceil(size / 512), atimeMs: mtimeMs, mtimeMs, ctimeMs: mtimeMs, birthtimeMs: mtimeMs });
    for (const name of ['atime', 'mtime', 'ctime', 'birthtime']) this[name] = new Date(mtimeMs);
  }
  isFile() {
    return (this.mode & 61_440) === 32_768;
  }
  isDirectory() {
    return (this.mode & 61_440) === 16_384;
  }
  isSymbolicLink() {
    return false;
  }
  isFIFO() {
    return false;
  }
  isSocket() {
    return false;
  }
  isBlockDevice() {
    return false;
  }
  isCharacterDevice() {
    return false;
  }
}

class Dirent {
  #kind;
  constructor(parent, name) {
    this.name = name;
    this.parentPath = parent;
    this.path = parent;
    this.#kind = files.stat(path.join(parent, name)).kind;
  }
  isFile() {
    return this.#kind === 'file';
  }
  isDirectory() {
    return this.#kind === 'directory';
  }
  isSymbolicLink() {
    return false;
  }
}

const encodingOf = (o) => (typeof o === 'string' ? o : (o?.encoding ?? null));
const decoded = (bytes, o) => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const encoding = encodingOf(o);
  return encoding === null || encoding === 'buffer' ? buffer : buffer.toString(encoding);
};

/** Open files of this process: number → {path, flags, position}. */
const open = new Map();
let nextDescriptor = 20;
function openFile(fd, syscall) {
  const file = open.get(fd);
  if (file === undefined) throw files.systemError('EBADF', syscall);
  return file;
}
const pathOr = (value, syscall) => (typeof value === 'number' ? openFile(value, syscall).path : value);

function flagsOf(flag) {
  if (typeof flag !== 'number') return flag ?? 'r';
  const base = (flag & 3) === 0 ? 'r' : (flag & 1024) !== 0 ? 'a' : (flag & 512) !== 0 ? 'w' : 'r+';
  return (flag & 128) !== 0 ? `${base}x` : base;
}

/** What opening does: creates, truncates or refuses. */
function openPath(value, flag) {
  const flags = flagsOf(flag);
  const file = files.toPath(value);
  if (flags.includes('x') && files.exists(file)) throw files.systemError('EEXIST', 'open', file);
  if (flags.startsWith('w')) files.write(file, new Uint8Array(0));
  else if (flags.startsWith('a')) {
    if (!files.exists(file)) files.write(file, new Uint8Array(0));
  } else {
    files.stat(file, 'open');
    if (flags !== 'r' && flags !== 'rs' && !files.isTmp(path.resolve(file))) throw files.systemError('EROFS', 'open', file);
  }
  return flags;
}

function writeWhole(value, data, o, defaultFlag) {
  const encoding = encodingOf(o) ?? 'utf8';
  const flag = flagsOf(o?.flag ?? defaultFlag);
  const file = pathOr(value, 'write');
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) throw invalidArgument('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
  const bytes = bytesOf(data, encoding);
  if (flag.includes('x') && files.exists(file)) throw files.systemError('EEXIST', 'open', files.toPath(file));
  files.write(file, bytes, flag.startsWith('a') ? { append: true } : {});
}

function namesIn(value, o = {}) {
  const root = files.toPath(value);
  const found = [];
  const walk = (directory, shown) => {
    for (const name of files.list(directory)) {
      found.push(o.withFileTypes ? new Dirent(directory, name) : path.join(shown, name));
      if (o.recursive && files.stat(path.join(directory, name)).kind === 'directory') walk(path.join(directory, name), path.join(shown, name));
    }
  };
  walk(root, '');
  return found;
}

function removeTree(value, o = {}) {
  files.remove(value, { kind: 'any', recursive: o.recursive === true, force: o.force === true });
}

function copyTree(from, to, o = {}) {
  if (files.stat(from, 'cp').kind === 'file') {
    if (o.errorOnExist && o.force === false && files.exists(to)) throw files.systemError('EEXIST', 'cp', files.toPath(to));
    return files.copy(from, to);
  }
  if (!o.recursive) throw Object.assign(new Error(`Recursive option not enabled, cannot copy a directory: cp returned EISDIR (${from} is a directory (not copied)) ${from}`), { code: 'ERR_FS_EISDIR' });
  files.mkdir(to, true);
  for (const name of files.list(from)) copyTree(path.join(files.toPath(from), name), path.join(files.toPath(to), name), o);
  return undefined;
}

function readInto(fd, target, o) {
  const file = openFile(fd, 'read');
  const from = typeof o.position === 'number' ? o.position : file.position;
  const length = o.length ?? target.byteLength - (o.offset ?? 0);
  const bytes = files.read(file.path, from, from + length);
  new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(bytes, o.offset ?? 0);
  if (typeof o.position !== 'number') file.position += bytes.length;
  return bytes.length;
}

function writeFrom(fd, data, o) {
  const file = openFile(fd, 'write');
  if (file.flags === 'r') throw files.systemError('EBADF', 'write');
  const bytes = typeof data === 'string' ? bytesOf(data, o.encoding ?? 'utf8') : bytesOf(data).subarray(o.offset ?? 0, (o.offset ?? 0) + (o.length ?? data.byteLength));
  if (file.flags.startsWith('a')) files.write(file.path, bytes, { append: true });
  else {
    const at = typeof o.position === 'number' ? o.position : file.position;
    files.write(file.path, bytes, { position: at });
    if (typeof o.position !== 'number') file.position += bytes.length;
  }
  return bytes.length;
}

/** Everything in its synchronous form; the others are made from it. */
const sync = {
  readFile: (file, o) => decoded(files.read(pathOr(file, 'read')), o),
  writeFile: (file, data, o) => writeWhole(file, data, o, 'w'),
  appendFile: (file, data, o) => writeWhole(file, data, o, 'a'),
  stat: (file, o) => statOr(file, o, 'stat'),
  lstat: (file, o) => statOr(file, o, 'lstat'),
  fstat: (fd) => new Stats(files.stat(openFile(fd, 'fstat').path)),
  readdir: (directory, o) => namesIn(directory, typeof o === 'string' ? {} : o),
  mkdir: (directory, o) => files.mkdir(directory, typeof o === 'object' && o !== null && o.recursive === true),
  mkdtemp: (prefix) => {
    const name = `${prefix}${Buffer.from(randomBytes(6)).toString('base64').replace(/[+/=]/g, 'x').slice(0, 6)}`;
    files.mkdir(name, false);
    return name;
  },
  rm: removeTree,
  rmdir: (directory, o) => files.remove(directory, { kind: 'directory', recursive: o?.recursive === true }),
  unlink: (file) => files.remove(file, { kind: 'file' }),
  rename: files.rename,
  copyFile: (from, to, mode) => files.copy(from, to, (mode & 1) === 1),
  cp: copyTree,
  access: (file, mode) => void files.access(file, mode),
  truncate: (file, length = 0) => files.write(file, resized(files.read(pathOr(file, 'truncate')), length)),
  ftruncate: (fd, length = 0) => files.write(openFile(fd, 'ftruncate').path, resized(files.read(openFile(fd, 'ftruncate').path), length)),
  realpath: (file) => {
    files.stat(file, 'realpath');
    return path.resolve(files.toPath(file));
  },
  open: (file, flag) => {
    const flags = openPath(file, flag);
    const fd = nextDescriptor++;
    open.set(fd, { path: path.resolve(files.toPath(file)), flags, position: 0 });
    return fd;
  },
  close: (fd) => {
    openFile(fd, 'close');
    open.delete(fd);
  },
  fsync: (fd) => void openFile(fd, 'fsync'),
  chmod: (file) => void ownFile(file, 'chmod'),
  utimes: (file) => void ownFile(file, 'utime'),
};

function ownFile(file, syscall) {
  files.stat(file, syscall);
  if (!files.isTmp(path.resolve(files.toPath(file)))) throw files.systemError('EROFS', syscall, files.toPath(file));
}
function statOr(file, o, syscall) {
  try {
    return new Stats(files.stat(file, syscall));
  } catch (error) {
    if (o?.throwIfNoEntry === false && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
function resized(bytes, length) {
  const out = new Uint8Array(length);
  out.set(bytes.subarray(0, length));
  return out;
}

/** In a later turn of the event loop, as the thread pool does it. */
function inTurn(work, done) {
  setImmediate(() => {
    let value;
    try {
      value = work();
    } catch (error) {
      return done(error);
    }
    return done(null, value);
  });
}

function withCallback(name, work) {
  const { [name]: fn } = {
    [name](...args) {
      const callback = args.pop();
      if (typeof callback !== 'function') throw invalidArgument('cb', 'of type function', callback);
      inTurn(() => work(...args), callback);
    },
  };
  return fn;
}

function withPromise(name, work) {
  const { [name]: fn } = {
    [name](...args) {
      return new Promise((resolve, reject) => {
        const signal = args.find((arg) => arg?.signal !== undefined)?.signal;
        if (signal?.aborted) return reject(abortError(signal));
        inTurn(() => work(...args), (error, value) => (error ? reject(error) : resolve(value)));
        return undefined;
      });
    },
  };
  return fn;
}

/** An open file of node:fs/promises. */
class FileHandle {
  constructor(fd) {
    this.fd = fd;
  }
  readFile = withPromise('readFile', (o) => sync.readFile(this.fd, o));
  writeFile = withPromise('writeFile', (data, o) => sync.writeFile(this.fd, data, o));
  appendFile = withPromise('appendFile', (data, o) => sync.appendFile(this.fd, data, o));
  stat = withPromise('stat', () => sync.fstat(this.fd));
  truncate = withPromise('truncate', (length) => sync.ftruncate(this.fd, length));
  sync = withPromise('sync', () => sync.fsync(this.fd));
  close = withPromise('close', () => sync.close(this.fd));
  read = withPromise('read', (target = Buffer.alloc(16_384), offset = 0, length = undefined, position = null) => {
    const o = ArrayBuffer.isView(target) ? { offset, length, position } : target;
    const buffer = ArrayBuffer.isView(target) ? target : (target.buffer ?? Buffer.alloc(16_384));
    return { bytesRead: readInto(this.fd, buffer, o), buffer };
  });
  write = withPromise('write', (data, ...rest) => ({ bytesWritten: writeFrom(this.fd, data, writeOptions(data, rest)), buffer: data }));
  createReadStream(o) {
    return createReadStream(openFile(this.fd, 'open').path, o);
  }
  createWriteStream(o) {
    return createWriteStream(openFile(this.fd, 'open').path, o);
  }
  async [Symbol.asyncDispose ?? Symbol.for('asyncDispose')]() {
    await this.close();
  }
}
function writeOptions(data, rest) {
  if (typeof rest[0] === 'object' && rest[0] !== null) return rest[0];
  return typeof data === 'string' ? { position: rest[0], encoding: rest[1] } : { offset: rest[0], length: rest[1], position: rest[2] };
}

export const promises = { constants };
const fs = { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, constants, promises, Stats, Dirent, ReadStream, WriteStream, createReadStream, createWriteStream };
for (const [name, work] of Object.entries(sync)) {
  fs[`${name}Sync`] = { [name]: (...args) => work(...args) }[name];
  fs[name] = withCallback(name, work);
  if (!['fstat', 'open', 'close', 'ftruncate', 'fsync'].includes(name)) promises[name] = withPromise(name, work);
}
promises.open = withPromise('open', (file, flag) => new FileHandle(sync.open(file, flag)));
promises.opendir = refuses('fs.promises.opendir');
fs.existsSync = (file) => files.exists(file);
fs.exists = (file, callback) => inTurn(() => files.exists(file), (_, found) => callback(found === true));
fs.readSync = (fd, target, offset, length, position) => readInto(fd, target, typeof offset === 'object' && offset !== null ? offset : { offset, length, position });
fs.read = (fd, target, ...rest) => {
  const callback = rest.pop();
  const [offset, length, position] = rest;
  inTurn(() => readInto(fd, target, typeof offset === 'object' && offset !== null ? offset : { offset, length, position }), (error, count) => callback(error, count, target));
};
fs.writeSync = (fd, data, ...rest) => writeFrom(fd, data, writeOptions(data, rest));
fs.write = (fd, data, ...rest) => {
  const callback = rest.pop();
  inTurn(() => writeFrom(fd, data, writeOptions(data, rest)), (error, count) => callback(error, count, data));
};
for (const name of ['watch', 'watchFile', 'symlink', 'symlinkSync', 'link', 'linkSync', 'opendir', 'opendirSync', 'readlink', 'readlinkSync']) fs[name] = refuses(`fs.${name}`);
export default fs;
