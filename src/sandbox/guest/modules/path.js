/** node:path (POSIX). @source Node.js 22 docs, path */
import { invalidArgument } from '../core/buffer.js';

function text(path, name = 'path') {
  if (typeof path !== 'string') throw invalidArgument(name, 'of type string', path);
  return path;
}

function normalizeParts(path, allowAbove) {
  const parts = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts[parts.length - 1] !== '..') parts.pop();
    else if (part !== '..' || allowAbove) parts.push(part);
  }
  return parts.join('/');
}

export function normalize(path) {
  if (text(path) === '') return '.';
  const absolute = path[0] === '/';
  let clean = normalizeParts(path, !absolute);
  if (clean === '') {
    if (absolute) return '/';
    return path.endsWith('/') ? './' : '.';
  }
  if (path.endsWith('/')) clean += '/';
  return absolute ? `/${clean}` : clean;
}

export function join(...paths) {
  const joined = paths.map((part) => text(part)).filter((part) => part !== '').join('/');
  return joined === '' ? '.' : normalize(joined);
}

export function resolve(...paths) {
  let resolved = '';
  for (let i = paths.length - 1; i >= -1 && resolved[0] !== '/'; i--) {
    const part = i >= 0 ? text(paths[i], `paths[${i}]`) : globalThis.process.cwd();
    if (part !== '') resolved = resolved === '' ? part : `${part}/${resolved}`;
  }
  const clean = normalizeParts(resolved, false);
  return `/${clean}`;
}

export const isAbsolute = (path) => text(path)[0] === '/';

export function relative(from, to) {
  const source = resolve(text(from, 'from')).split('/').filter(Boolean);
  const target = resolve(text(to, 'to')).split('/').filter(Boolean);
  let same = 0;
  while (same < source.length && source[same] === target[same]) same++;
  return [...source.slice(same).map(() => '..'), ...target.slice(same)].join('/');
}

export function dirname(path) {
  const clean = text(path).replace(/\/+$/, '');
  if (clean === '') return path[0] === '/' ? '/' : '.';
  const slash = clean.lastIndexOf('/');
  if (slash < 0) return '.';
  return clean.slice(0, slash).replace(/\/+$/, '') || '/';
}

export function basename(path, suffix) {
  const clean = text(path).replace(/\/+$/, '');
  const name = clean.slice(clean.lastIndexOf('/') + 1);
  return suffix !== undefined && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}

export function extname(path) {
  const name = basename(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 || name === '..' ? '' : name.slice(dot);
}

export function parse(path) {
  const root = text(path)[0] === '/' ? '/' : '';
  const base = basename(path);
  const ext = extname(path);
  const dir = base === '' ? root : dirname(path);
  return { root, dir: dir === '.' && !path.startsWith('.') ? '' : dir, base, ext, name: ext === '' ? base : base.slice(0, -ext.length) };
}

export function format(o) {
  const dir = o.dir ?? o.root;
  const ext = o.ext ? (o.ext[0] === '.' ? o.ext : `.${o.ext}`) : '';
  const base = o.base ?? `${o.name ?? ''}${ext}`;
  if (!dir) return base;
  return dir === o.root ? `${dir}${base}` : `${dir}/${base}`;
}

const path = { sep: '/', delimiter: ':', normalize, join, resolve, isAbsolute, relative, dirname, basename, extname, parse, format, toNamespacedPath: (value) => value };
path.posix = path;
export default path;
