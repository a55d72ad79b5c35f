/** Lookups in package.json files among the user's own files: nearest "type", "main", "exports" and "imports", kept simple. */
import { dirname, type TaskFiles } from './task-files.ts';

export interface PackageJson {
  readonly path: string;
  readonly name?: string;
  readonly type?: string;
  readonly main?: string;
  readonly exports?: unknown;
  readonly imports?: unknown;
}

/** The package.json in a directory, or undefined. One that is no JSON counts as empty. */
export function readPackage(files: TaskFiles, directory: string): PackageJson | undefined {
  const path = directory === '/' ? '/package.json' : `${directory}/package.json`;
  const text = files.read(path);
  if (text === undefined) return undefined;
  try {
    const data: unknown = JSON.parse(text);
    return { ...(typeof data === 'object' && data !== null ? data : {}), path };
  } catch {
    return { path };
  }
}

/** The package.json that governs a file: in its directory or the nearest above it, never across a node_modules border. */
export function nearestPackage(files: TaskFiles, path: string): PackageJson | undefined {
  for (let directory = dirname(path); ; directory = dirname(directory)) {
    if (directory.endsWith('/node_modules')) return undefined;
    const found = readPackage(files, directory);
    if (found !== undefined || directory === '/') return found;
  }
}

/**
 * The target of a subpath (`.`, `./util`, `#internal`) in an exports or imports map, under the given conditions, or undefined.
 * @simplified one `*` a pattern, first matching pattern with the longest prefix; no arrays of fallbacks beyond the first usable one
 */
export function mapTarget(map: unknown, subpath: string, conditions: readonly string[]): string | undefined {
  if (subpath === '.' && !isSubpathMap(map)) return pickCondition(map, conditions);
  if (!isRecord(map)) return undefined;
  if (Object.hasOwn(map, subpath)) return pickCondition(map[subpath], conditions);
  let best: { readonly prefix: string; readonly star: string; readonly target: unknown } | undefined;
  for (const [key, target] of Object.entries(map)) {
    const star = key.indexOf('*');
    if (star < 0) continue;
    const prefix = key.slice(0, star);
    const suffix = key.slice(star + 1);
    if (!subpath.startsWith(prefix) || !subpath.endsWith(suffix) || subpath.length < prefix.length + suffix.length) continue;
    if (best === undefined || prefix.length > best.prefix.length) best = { prefix, star: subpath.slice(prefix.length, subpath.length - suffix.length), target };
  }
  if (best === undefined) return undefined;
  return pickCondition(best.target, conditions)?.replaceAll('*', best.star);
}

function isSubpathMap(map: unknown): boolean {
  return isRecord(map) && Object.keys(map).some((key) => key.startsWith('.') || key.startsWith('#'));
}

function pickCondition(target: unknown, conditions: readonly string[]): string | undefined {
  if (typeof target === 'string') return target;
  if (Array.isArray(target)) {
    for (const one of target) {
      const picked = pickCondition(one, conditions);
      if (picked !== undefined) return picked;
    }
    return undefined;
  }
  if (!isRecord(target)) return undefined;
  for (const [condition, inner] of Object.entries(target)) {
    if (condition !== 'default' && !conditions.includes(condition)) continue;
    const picked = pickCondition(inner, conditions);
    if (picked !== undefined) return picked;
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
