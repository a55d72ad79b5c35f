/** The /tmp file system of an environment during a burst: a changeable copy over blobs of the host, with Node's error codes. */
import type { BlobRef, BlobStore, TmpEntry, TmpFiles } from '../../sim/ports/runtime.ts';
import { OpenContent } from './tmp-disk-content.ts';

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

/** Entries that a file system of Lambda's size has room for; one more is ENOSPC. @simplified one inode for each 16 KiB of the smallest /tmp */
const ENTRIES_MAX = 32_768;
/** Bytes of /tmp that the host keeps for one environment, however large EphemeralStorage is. */
export const TMP_HOST_BYTES_MAX = 1_073_741_824;
/** Fuel for writing a byte, for a byte of a file that a burst begins to change in part, and for an entry of a directory that is looked through. @simplified about 500 MB a vCPU-second */
const WRITE_FUEL = 2;
const ENTRY_FUEL = 5;

/** An entry during a burst; a file that the burst has written has its bytes here, and no blob yet. */
type Entry = TmpEntry | { readonly kind: 'file'; readonly open: OpenContent; readonly mtimeMs: number };
const sizeOf = (entry: Entry | undefined): number => (entry === undefined || entry.kind === 'directory' ? 0 : 'open' in entry ? entry.open.size : entry.blob.size);

export interface TmpDiskOptions {
  readonly blobs: BlobStore;
  readonly bytesMax: number;
  readonly nowMs: () => number;
  /** Uses fuel for work that grows with what is on the disk. */
  readonly charge: (fuel: number) => void;
  /** Ends the burst: the host has no room for more. */
  readonly hostFull: () => never;
}

export class TmpDisk {
  readonly #before: TmpFiles;
  readonly #o: TmpDiskOptions;
  #held: Map<string, Entry> | undefined;
  #usedBytes = 0;
  #changed = false;

  constructor(files: TmpFiles, o: TmpDiskOptions) {
    this.#before = files;
    this.#o = o;
  }

  /** The entries by path; read from the environment when they are first asked for. */
  get #entries(): Map<string, Entry> {
    if (this.#held === undefined) {
      this.#held = new Map(Object.entries(this.#before));
      for (const entry of this.#held.values()) this.#usedBytes += sizeOf(entry);
    }
    return this.#held;
  }

  /** The files now, by path in order, with everything written in the host's store. */
  files(): TmpFiles {
    if (!this.#changed) return this.#before;
    const sorted = [...this.#entries].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(sorted.map(([path, entry]) => [path, this.#closed(path, entry)]));
  }

  #closed(path: string, entry: Entry): TmpEntry {
    if (entry.kind === 'directory' || 'blob' in entry) return entry;
    const closed: TmpEntry = { kind: 'file', blob: this.#o.blobs.put(entry.open.bytes.slice()), mtimeMs: entry.mtimeMs };
    this.#entries.set(path, closed);
    return closed;
  }

  #set(path: string, entry: Entry): void {
    const entries = this.#entries;
    const before = entries.get(path);
    if (before === undefined && entries.size >= ENTRIES_MAX) throw new FsError('ENOSPC', 'open', path);
    this.#usedBytes += sizeOf(entry) - sizeOf(before);
    entries.set(path, entry);
    this.#change();
  }
  #delete(path: string): void {
    this.#usedBytes -= sizeOf(this.#entries.get(path));
    this.#entries.delete(path);
    this.#change();
  }
  #change(): void {
    // The whole table is written anew when the burst is over.
    if (!this.#changed) this.#lookThrough();
    this.#changed = true;
  }
  #lookThrough(): void {
    this.#o.charge((this.#entries.size + 1) * ENTRY_FUEL);
  }

  stat(path: string): { kind: 'file' | 'directory'; size: number; mtimeMs: number } {
    const entry = this.#entryAt(path, 'stat');
    return { kind: entry.kind, size: entry.kind === 'file' ? sizeOf(entry) : 4096, mtimeMs: entry.mtimeMs };
  }

  list(path: string): string[] {
    const at = normalizePath(path);
    if (this.#entryAt(at, 'scandir').kind !== 'directory') throw new FsError('ENOTDIR', 'scandir', path);
    this.#lookThrough();
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
    this.#set(at, { kind: 'directory', mtimeMs: this.#o.nowMs() });
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
    if (entry.kind === 'directory') this.#lookThrough();
    const inside = entry.kind === 'file' ? [] : [...this.#entries.keys()].filter((key) => key.startsWith(`${at}/`));
    if (inside.length > 0 && !o.recursive) throw new FsError(o.kind === 'any' ? 'ERR_FS_EISDIR' : 'ENOTEMPTY', syscall, path);
    if (entry.kind === 'directory' && o.kind === 'any' && !o.recursive) throw new FsError('ERR_FS_EISDIR', syscall, path);
    for (const key of [...inside, at]) this.#delete(key);
  }

  rename(from: string, to: string): void {
    const source = this.#writable(from, 'rename');
    const target = this.#writable(to, 'rename');
    const entry = this.#entryAt(source, 'rename');
    this.#needParent(target, 'rename', to);
    if (entry.kind === 'directory') {
      this.#lookThrough();
      for (const [key, value] of [...this.#entries]) {
        if (!key.startsWith(`${source}/`)) continue;
        this.#delete(key);
        this.#set(`${target}${key.slice(source.length)}`, value);
      }
    }
    this.#delete(source);
    this.#set(target, entry);
  }

  /** The content of a file as a blob of the host. */
  blobOf(path: string): BlobRef {
    const at = normalizePath(path);
    const entry = this.#entryAt(path, 'open');
    if (entry.kind === 'directory') throw new FsError('EISDIR', 'read', path);
    const closed = this.#closed(at, entry);
    return (closed as Extract<TmpEntry, { kind: 'file' }>).blob;
  }

  read(path: string, from: number, to: number | undefined): Uint8Array {
    const entry = this.#entryAt(path, 'open');
    if (entry.kind === 'directory') throw new FsError('EISDIR', 'read', path);
    const bytes = 'open' in entry ? entry.open.bytes : this.#o.blobs.get(entry.blob.sha256);
    if (bytes === undefined) throw new FsError('EIO', 'read', path);
    return bytes.subarray(Math.min(from, bytes.length), Math.min(to ?? bytes.length, bytes.length));
  }

  writeBlob(path: string, blob: BlobRef): void {
    const at = this.#fileAt(path);
    this.#needRoom(at, blob.size, path);
    this.#set(at, { kind: 'file', blob, mtimeMs: this.#o.nowMs() });
  }

  /** @throws FsError ENOSPC past the disk's size */
  write(path: string, bytes: Uint8Array, o: { readonly append: boolean; readonly position: number | undefined }): void {
    const at = normalizePath(path);
    const existing = this.#entries.get(at);
    this.#o.charge(bytes.length * WRITE_FUEL);
    if ((!o.append && o.position === undefined) || existing?.kind !== 'file') {
      if (o.position !== undefined && existing === undefined) throw new FsError('ENOENT', 'open', path);
      const target = this.#fileAt(path);
      this.#needRoom(target, bytes.length, path);
      this.#set(target, { kind: 'file', open: new OpenContent(bytes.slice()), mtimeMs: this.#o.nowMs() });
      return;
    }
    const start = o.append ? sizeOf(existing) : o.position!;
    this.#needRoom(at, Math.max(sizeOf(existing), start + bytes.length), path);
    const open = 'open' in existing ? existing.open : this.#opened(existing.blob);
    this.#usedBytes -= sizeOf(existing);
    open.write(bytes, start);
    this.#usedBytes += open.size;
    this.#entries.set(at, { kind: 'file', open, mtimeMs: this.#o.nowMs() });
    this.#change();
  }

  /** @simplified the first change of a part of a file in a burst costs as much as writing the whole */
  #opened(blob: BlobRef): OpenContent {
    this.#o.charge(blob.size * WRITE_FUEL);
    return new OpenContent((this.#o.blobs.get(blob.sha256) ?? new Uint8Array(0)).slice());
  }

  #needRoom(at: string, size: number, shown: string): void {
    const wanted = this.#usedBytes - sizeOf(this.#entries.get(at)) + size;
    if (wanted > this.#o.bytesMax) throw new FsError('ENOSPC', 'write', shown);
    if (wanted > TMP_HOST_BYTES_MAX) this.#o.hostFull();
  }

  /** Where a file may be put. */
  #fileAt(path: string): string {
    const at = this.#writable(path, 'open');
    if (this.#entries.get(at)?.kind === 'directory' || at === ROOT) throw new FsError('EISDIR', 'open', path);
    this.#needParent(at, 'open', path);
    return at;
  }

  #entryAt(path: string, syscall: string): Entry {
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
