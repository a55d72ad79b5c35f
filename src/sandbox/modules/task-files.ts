/** The read-only files of a process, /var/task and /opt, as a little file tree: what modules are read from and what `node:fs` shows outside /tmp. */

export interface TaskFiles {
  /** Text of a file, or undefined. Paths are absolute and normalised. */
  read(path: string): string | undefined;
  /** Kind and size in bytes (UTF-8), or undefined when there is nothing. */
  stat(path: string): { readonly kind: 'file' | 'directory'; readonly size: number } | undefined;
  /** Names in a directory in byte order, or undefined when it is none. */
  list(path: string): readonly string[] | undefined;
}

/** Directories that exist in every execution environment, whatever was deployed. */
const ALWAYS = ['/', '/var', '/var/task', '/var/runtime', '/opt', '/tmp'];

/**
 * @param files path under /var/task → text (`index.mjs` or `/var/task/index.mjs`)
 * @param layerFiles absolute path under /opt → text
 */
export function createTaskFiles(files: Readonly<Record<string, string>>, layerFiles: Readonly<Record<string, string>>): TaskFiles {
  const texts = new Map<string, string>();
  const children = new Map<string, Set<string>>();
  for (const path of ALWAYS) addDirectory(children, path);
  for (const [path, text] of Object.entries(files)) addFile(path.startsWith('/') ? path : `/var/task/${path}`, text);
  for (const [path, text] of Object.entries(layerFiles)) addFile(path.startsWith('/') ? path : `/opt/${path}`, text);

  function addFile(path: string, text: string): void {
    const clean = normalizePath(path);
    texts.set(clean, text);
    addDirectory(children, dirname(clean));
    children.get(dirname(clean))?.add(basename(clean));
  }

  const sizes = new Map<string, number>();
  const sizeOf = (path: string, text: string): number => {
    const size = sizes.get(path) ?? utf8Length(text);
    sizes.set(path, size);
    return size;
  };

  return {
    read: (path) => texts.get(path),
    stat(path) {
      const text = texts.get(path);
      if (text !== undefined) return { kind: 'file', size: sizeOf(path, text) };
      return children.has(path) ? { kind: 'directory', size: 4096 } : undefined;
    },
    list(path) {
      const names = children.get(path);
      return names === undefined ? undefined : [...names].sort();
    },
  };
}

function addDirectory(children: Map<string, Set<string>>, path: string): void {
  if (children.has(path)) return;
  children.set(path, new Set());
  if (path === '/') return;
  addDirectory(children, dirname(path));
  children.get(dirname(path))?.add(basename(path));
}

/** Resolves `.`, `..` and double slashes of an absolute path. */
export function normalizePath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}

export function dirname(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Extension with its dot (`.mjs`), or ''. */
export function extname(path: string): string {
  const name = basename(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot);
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) bytes += 1;
    else if (code < 0x800) bytes += 2;
    else if (code >= 0xd800 && code < 0xdc00 && index + 1 < text.length) {
      bytes += 4;
      index += 1;
    } else bytes += 3;
  }
  return bytes;
}
