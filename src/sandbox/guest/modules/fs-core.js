/** Files for node:fs: /tmp by the host's disk, /var/task and /opt read-only from the deployed files. Everything synchronous. */
import { Buffer, bytesOf, encodeText, invalidArgument } from '../core/buffer.js';
import { HostRefusal, host, hostBytes } from '../core/host.js';
import path from './path.js';

const ERRORS = {
  __proto__: null,
  ENOENT: [-2, 'no such file or directory'],
  EACCES: [-13, 'permission denied'],
  EEXIST: [-17, 'file already exists'],
  ENOTDIR: [-20, 'not a directory'],
  EISDIR: [-21, 'illegal operation on a directory'],
  EINVAL: [-22, 'invalid argument'],
  ENOSPC: [-28, 'no space left on device'],
  EROFS: [-30, 'read-only file system'],
  ENOTEMPTY: [-39, 'directory not empty'],
  EBADF: [-9, 'bad file descriptor'],
  EIO: [-5, 'i/o error'],
  E2BIG: [-7, 'argument list too long'],
};

/** Node's error for a system call: `ENOENT: no such file or directory, open '/tmp/x'`. */
export function systemError(code, syscall, file, target) {
  if (code === 'ERR_FS_EISDIR') return Object.assign(new Error(`Path is a directory: ${syscall} returned EISDIR (is a directory) ${file}`), { code, syscall, path: file, name: 'SystemError' });
  const [errno, text] = ERRORS[code] ?? [-22, 'invalid argument'];
  const to = target === undefined ? '' : ` -> '${target}'`;
  const error = new Error(`${code}: ${text}, ${syscall}${file === undefined || file === '' ? '' : ` '${file}'`}${to}`);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  if (file !== undefined && file !== '') error.path = file;
  if (target !== undefined) error.dest = target;
  return error;
}

/** A host call about a file; its refusal becomes Node's error, with the path as the user wrote it. */
function asked(work, o) {
  try {
    return work();
  } catch (refusal) {
    if (!(refusal instanceof HostRefusal)) throw refusal;
    const { code, syscall } = refusal.error;
    throw systemError(code, o.syscall ?? syscall, o.path, o.target);
  }
}

export function toPath(value, name = 'path') {
  if (typeof value === 'string') {
    if (value.includes('\0')) throw Object.assign(new TypeError(`The argument '${name}' must be a string, Uint8Array, or URL without null bytes. Received '${value.replaceAll('\0', '\\x00')}'`), { code: 'ERR_INVALID_ARG_VALUE' });
    return value;
  }
  if (value instanceof URL) {
    if (value.protocol !== 'file:') throw Object.assign(new TypeError('The URL must be of scheme file'), { code: 'ERR_INVALID_URL_SCHEME' });
    return decodeURIComponent(value.pathname);
  }
  if (ArrayBuffer.isView(value)) return Buffer.from(value).toString();
  throw invalidArgument(name, 'of type string or an instance of Buffer or URL', value);
}

const absolute = (file) => path.resolve(file);
export const isTmp = (file) => file === '/tmp' || file.startsWith('/tmp/');

function taskStat(file, syscall, shown) {
  const stat = host('task.stat', { path: file });
  if (stat === null) throw systemError('ENOENT', syscall, shown);
  return { ...stat, mtimeMs: 1_735_689_600_000 };
}

export function stat(value, syscall = 'stat') {
  const shown = toPath(value);
  const file = absolute(shown);
  return isTmp(file) ? asked(() => host('fs.stat', { path: file }), { syscall, path: shown }) : taskStat(file, syscall, shown);
}

export function list(value) {
  const shown = toPath(value);
  const file = absolute(shown);
  if (isTmp(file)) return asked(() => host('fs.list', { path: file }).names, { syscall: 'scandir', path: shown });
  const names = host('task.list', { path: file });
  if (names !== null) return names.names;
  throw systemError(host('task.stat', { path: file }) === null ? 'ENOENT' : 'ENOTDIR', 'scandir', shown);
}

/** Bytes of a file, or of a part of it. */
export function read(value, from, to) {
  const shown = toPath(value);
  const file = absolute(shown);
  if (isTmp(file)) return asked(() => hostBytes('fs.read', { path: file, from: from ?? 0, to }), { path: shown });
  const text = host('task.read', { path: file });
  if (text === null) {
    if (host('task.stat', { path: file }) === null) throw systemError('ENOENT', 'open', shown);
    throw systemError('EISDIR', 'read', '');
  }
  const bytes = encodeText(text.text);
  return from === undefined && to === undefined ? bytes : bytes.subarray(from ?? 0, to);
}

/** @param o {append} or {position}; neither replaces the whole */
export function write(value, data, o = {}) {
  const shown = toPath(value);
  const file = absolute(shown);
  if (!isTmp(file)) throw systemError('EROFS', 'open', shown);
  asked(() => hostBytes('fs.write', { path: file, ...o }, bytesOf(data, o.encoding)), { path: shown });
}

/** The blob of a whole file under /tmp. */
export function blobOf(value) {
  const shown = toPath(value);
  return asked(() => host('fs.blob', { path: absolute(shown) }), { path: shown });
}
export function writeBlob(value, blob) {
  const shown = toPath(value);
  const file = absolute(shown);
  if (!isTmp(file)) throw systemError('EROFS', 'open', shown);
  asked(() => host('fs.write-blob', { path: file, sha256: blob.sha256, size: blob.size }), { path: shown });
}

export function mkdir(value, recursive) {
  const shown = toPath(value);
  const file = absolute(shown);
  if (!isTmp(file)) {
    if (host('task.stat', { path: file }) !== null) {
      if (recursive) return undefined;
      throw systemError('EEXIST', 'mkdir', shown);
    }
    throw systemError('EROFS', 'mkdir', shown);
  }
  let first;
  if (recursive) {
    let at = file;
    while (at !== '/tmp' && !exists(at)) {
      first = at;
      at = path.dirname(at);
    }
  }
  asked(() => host('fs.mkdir', { path: file, recursive }), { path: shown });
  return first;
}

export function remove(value, o) {
  const shown = toPath(value);
  const file = absolute(shown);
  const syscall = o.kind === 'directory' ? 'rmdir' : o.kind === 'file' ? 'unlink' : 'rm';
  if (!isTmp(file)) {
    if (o.force && host('task.stat', { path: file }) === null) return;
    throw systemError(host('task.stat', { path: file }) === null ? 'ENOENT' : 'EROFS', syscall, shown);
  }
  asked(() => host('fs.remove', { path: file, recursive: false, force: false, ...o }), { syscall, path: shown });
}

export function rename(from, to) {
  const source = toPath(from, 'oldPath');
  const target = toPath(to, 'newPath');
  asked(() => host('fs.rename', { from: absolute(source), to: absolute(target) }), { syscall: 'rename', path: source, target });
}

export function exists(value) {
  try {
    stat(value);
    return true;
  } catch {
    return false;
  }
}

/** Is this there, and may it be written? */
export function access(value, mode = 0) {
  const shown = toPath(value);
  const { kind } = stat(value, 'access');
  if ((mode & 2) !== 0 && !isTmp(absolute(shown))) throw systemError('EROFS', 'access', shown);
  return kind;
}

export function copy(from, to, exclusive = false) {
  const source = toPath(from, 'src');
  const target = toPath(to, 'dest');
  if (exclusive && exists(target)) throw systemError('EEXIST', 'copyfile', source, target);
  if (isTmp(absolute(source))) writeBlob(target, asked(() => host('fs.blob', { path: absolute(source) }), { syscall: 'copyfile', path: source, target }));
  else write(target, read(source));
}
