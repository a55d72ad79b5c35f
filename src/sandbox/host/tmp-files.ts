/** The /tmp file system of an environment during a burst: a changeable copy over blobs of the host, with Node's error codes. */
import type { BlobRef, BlobStore, TmpEntry, TmpFiles } from '../../sim/ports/runtime.ts';

/** A failure as Node's fs would report it. */
export class FsError extends Error {
  readonly code: string;
  readonly syscall: string;
  readonly path: string;
  constructor(code: string, syscall: string, path: string) {
    super(code);
    this.name = 'FsError';
    this.code = code;
    this.syscall = syscall;
    this.path = path;
  }
}

const ROOT = '/tmp';

/** `/tmp/a/../b//c` → `/tmp/b/c`. */
export function normalizePath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}

const parentOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));

export class TmpDisk {
  readonly #entries: Map<string, TmpEntry>;
  readonly #blobs: BlobStore;
  readonly #bytesMax: number;
  readonly #nowMs: () => number;

  constructor(files: TmpFiles, o: { readonly blobs: BlobStore; readonly bytesMax: number; readonly nowMs: () => number }) {
    this.#entries = new Map(Object.entries(files));
    this.#blobs = o.blobs;
    this.#bytesMax = o.bytesMax;
    this.#nowMs = o.nowMs;
  }

  /** The files now, by path in order. */
  files(): TmpFiles {
    return Object.fromEntries([...this.#entries].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  stat(path: string): { kind: 'file' | 'directory'; size: number; mtimeMs: number } {
    const entry = this.#entryAt(path, 'stat');
    return { kind: entry.kind, size: entry.kind === 'file' ? entry.blob.size : 4096, mtimeMs: entry.mtimeMs };
  }

  list(path: string): string[] {
    const at = normalizePath(path);
    if (this.#entryAt(at, 'scandir').kind !== 'directory') throw new FsError('ENOTDIR', 'scandir', path);
    const names = [...this.#entries.keys()].flatMap((key) => (parentOf(key) === at ? [key.slice(at.length + 1)] : []));
    return names.sort((a, b) => (a < b ? -1 : 1));
  }

  mkdir(path: string, recursive: boolean): void {
    const at = this.#writable(path, 'mkdir');
    if (at === ROOT) {
      if (recursive) return;
      throw new FsError('EEXIST', 'mkdir', path);
    }
    const existing = this.#entries.get(at);
    if (existing) {
      if (recursive && existing.kind === 'directory') return;
      throw new FsError('EEXIST', 'mkdir', path);
    }
    if (recursive) this.mkdir(parentOf(at), true);
    else this.#needParent(at, 'mkdir', path);
    this.#entries.set(at, { kind: 'directory', mtimeMs: this.#nowMs() });
  }

  remove(path: string, o: { readonly recursive: boolean; readonly force: boolean; readonly kind: 'file' | 'directory' | 'any' }): void {
    const syscall = o.kind === 'directory' ? 'rmdir' : o.kind === 'file' ? 'unlink' : 'rm';
    const at = this.#writable(path, syscall);
    const entry = this.#entries.get(at);
    if (entry === undefined) {
      if (o.force) return;
      throw new FsError('ENOENT', syscall, path);
    }
    if (o.kind === 'file' && entry.kind === 'directory') throw new FsError('EISDIR', syscall, path);
    if (o.kind === 'directory' && entry.kind === 'file') throw new FsError('ENOTDIR', syscall, path);
    const inside = [...this.#entries.keys()].filter((key) => key.startsWith(`${at}/`));
    if (inside.length > 0 && !o.recursive) throw new FsError(o.kind === 'any' ? 'ERR_FS_EISDIR' : 'ENOTEMPTY', syscall, path);
    if (entry.kind === 'directory' && o.kind === 'any' && !o.recursive) throw new FsError('ERR_FS_EISDIR', syscall, path);
    for (const key of [...inside, at]) this.#entries.delete(key);
  }

  rename(from: string, to: string): void {
    const source = this.#writable(from, 'rename');
    const target = this.#writable(to, 'rename');
    const entry = this.#entryAt(source, 'rename');
    this.#needParent(target, 'rename', to);
    for (const [key, value] of [...this.#entries]) {
      if (!key.startsWith(`${source}/`)) continue;
      this.#entries.delete(key);
      this.#entries.set(`${target}${key.slice(source.length)}`, value);
    }
    this.#entries.delete(source);
    this.#entries.set(target, entry);
  }

  blobOf(path: string): BlobRef {
    const entry = this.#entryAt(path, 'open');
    if (entry.kind === 'directory') throw new FsError('EISDIR', 'read', path);
    return entry.blob;
  }

  read(path: string, from: number, to: number | undefined): Uint8Array {
    const blob = this.blobOf(path);
    const bytes = this.#blobs.get(blob.sha256);
    if (bytes === undefined) throw new FsError('EIO', 'read', path);
    return bytes.subarray(Math.min(from, bytes.length), Math.min(to ?? bytes.length, bytes.length));
  }

  writeBlob(path: string, blob: BlobRef): void {
    const at = this.#writable(path, 'open');
    const existing = this.#entries.get(at);
    if (existing?.kind === 'directory' || at === ROOT) throw new FsError('EISDIR', 'open', path);
    this.#needParent(at, 'open', path);
    if (this.#usedBytes(at) + blob.size > this.#bytesMax) throw new FsError('ENOSPC', 'write', path);
    this.#entries.set(at, { kind: 'file', blob, mtimeMs: this.#nowMs() });
  }

  write(path: string, bytes: Uint8Array, o: { readonly append: boolean; readonly position: number | undefined }): void {
    const at = normalizePath(path);
    const existing = this.#entries.get(at);
    const whole = !o.append && o.position === undefined;
    if (whole || existing?.kind !== 'file') {
      if (o.position !== undefined && existing === undefined) throw new FsError('ENOENT', 'open', path);
      return this.writeBlob(path, this.#blobs.put(bytes.slice()));
    }
    const old = this.#blobs.get(existing.blob.sha256) ?? new Uint8Array(0);
    const start = o.append ? old.length : o.position!;
    const size = Math.max(old.length, start + bytes.length);
    if (this.#usedBytes(at) + size > this.#bytesMax) throw new FsError('ENOSPC', 'write', path);
    const merged = new Uint8Array(size);
    merged.set(old);
    merged.set(bytes, start);
    this.writeBlob(path, this.#blobs.put(merged));
  }

  #usedBytes(without: string): number {
    let used = 0;
    for (const [path, entry] of this.#entries) if (path !== without && entry.kind === 'file') used += entry.blob.size;
    return used;
  }

  #entryAt(path: string, syscall: string): TmpEntry {
    const at = normalizePath(path);
    if (at === ROOT) return { kind: 'directory', mtimeMs: 0 };
    const entry = this.#entries.get(at);
    if (entry === undefined) throw new FsError('ENOENT', syscall, path);
    return entry;
  }

  /** Only /tmp can be written. */
  #writable(path: string, syscall: string): string {
    const at = normalizePath(path);
    if (at !== ROOT && !at.startsWith(`${ROOT}/`)) throw new FsError('EROFS', syscall, path);
    return at;
  }

  #needParent(at: string, syscall: string, shown: string): void {
    const parent = parentOf(at);
    if (parent === ROOT) return;
    const entry = this.#entries.get(parent);
    if (entry === undefined) throw new FsError('ENOENT', syscall, shown);
    if (entry.kind !== 'directory') throw new FsError('ENOTDIR', syscall, shown);
  }
}
