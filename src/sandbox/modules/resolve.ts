/** What a specifier means: Node's resolution for `import` and `require` over the user's files, layers and the modules that the guest supplies. */
import type { ModuleFormat } from './format.ts';
import { formatOf } from './format.ts';
import { mapTarget, nearestPackage, readPackage, type PackageJson } from './package-json.ts';
import { dirname, normalizePath, type TaskFiles } from './task-files.ts';

export type ImportKind = 'import' | 'require';

export interface Resolved {
  /** Canonical name: a path, `node:fs`, `@aws-sdk/client-sqs`. */
  readonly name: string;
  readonly format: ModuleFormat | 'builtin';
}

/** A failure with Node's code and text. */
export interface Unresolved {
  readonly error: { readonly code: string; readonly message: string; readonly name: string };
}

export interface ResolveContext {
  readonly files: TaskFiles;
  readonly runtime: string;
  /** Canonical name of a module that the guest supplies, or undefined. */
  readonly builtin: (specifier: string) => string | undefined;
}

/** Names that exist in Node or in the Lambda runtime but are not modelled: importing one says so. */
const NOT_MODELLED = /^(?:node:)?(?:cluster|dgram|diagnostics_channel|dns(?:\/promises)?|domain|http|http2|https|inspector(?:\/promises)?|net|readline\/promises|repl|tls|trace_events|v8|vm|wasi|worker_threads|sqlite|sea|test)$/;
const RUNTIME_PACKAGES = /^@(?:aws-sdk|smithy|aws-crypto)\//;

/** @param from path of the importing file */
export function resolveModule(context: ResolveContext, specifier: string, from: string, kind: ImportKind): Resolved | Unresolved {
  const builtin = context.builtin(specifier);
  if (builtin !== undefined) return { name: builtin, format: 'builtin' };
  if (NOT_MODELLED.test(specifier)) return noSuchBuiltin(specifier);
  if (specifier.startsWith('node:')) return failed('ERR_UNKNOWN_BUILTIN_MODULE', `No such built-in module: ${specifier}`);
  if (specifier.startsWith('#')) return resolveImportsMap(context, specifier, from, kind);
  const path = pathOf(specifier, from);
  if (path !== undefined) return resolvePath(context, path, from, { specifier, kind });
  return resolvePackage(context, specifier, from, kind);
}

function pathOf(specifier: string, from: string): string | undefined {
  if (specifier.startsWith('file://')) return normalizePath(decodeURIComponent(specifier.slice('file://'.length)));
  if (specifier.startsWith('/')) return normalizePath(specifier);
  if (specifier === '.' || specifier === '..' || specifier.startsWith('./') || specifier.startsWith('../')) return normalizePath(`${dirname(from)}/${specifier}`);
  return undefined;
}

function resolvePath(context: ResolveContext, path: string, from: string, o: { readonly specifier: string; readonly kind: ImportKind }): Resolved | Unresolved {
  const found = o.kind === 'require' ? findForRequire(context, path) : findForImport(context, path);
  if (found !== undefined) return { name: found, format: formatOf(context.files, found, context.runtime) };
  if (o.kind === 'require') return moduleNotFound(o.specifier);
  if (context.files.stat(path)?.kind === 'directory') {
    return failed('ERR_UNSUPPORTED_DIR_IMPORT', `Directory import '${path}' is not supported resolving ES modules imported from ${from}`);
  }
  return failed('ERR_MODULE_NOT_FOUND', `Cannot find module '${path}' imported from ${from}`);
}

const REQUIRE_EXTENSIONS = ['.js', '.json', '.ts', '.cts', '.cjs'];

/** A file, a file with an extension left out, or a directory's main file. */
function findForRequire(context: ResolveContext, path: string): string | undefined {
  const direct = findFile(context, path) ?? findWithExtension(context, path);
  if (direct !== undefined) return direct;
  if (context.files.stat(path)?.kind !== 'directory') return undefined;
  const main = readPackage(context.files, path)?.main;
  if (typeof main === 'string') {
    const target = normalizePath(`${path}/${main}`);
    const found = findFile(context, target) ?? findWithExtension(context, target) ?? findWithExtension(context, `${target}/index`);
    if (found !== undefined) return found;
  }
  return findWithExtension(context, `${path}/index`);
}

/** The exact file; a TypeScript file also under the names that its build would give it (`./util.js`, `./util`). */
function findForImport(context: ResolveContext, path: string): string | undefined {
  return findFile(context, path) ?? ['.ts', '.mts', '/index.ts'].map((extension) => path + extension).find((candidate) => isFile(context, candidate));
}

function findFile(context: ResolveContext, path: string): string | undefined {
  if (isFile(context, path)) return path;
  const typescript = path.replace(/\.(m|c)?js$/, '.$1ts');
  return typescript !== path && isFile(context, typescript) ? typescript : undefined;
}

function findWithExtension(context: ResolveContext, path: string): string | undefined {
  return REQUIRE_EXTENSIONS.map((extension) => path + extension).find((candidate) => isFile(context, candidate));
}

function isFile(context: ResolveContext, path: string): boolean {
  return context.files.read(path) !== undefined;
}

/** Directories that hold packages besides the node_modules above a file. @source aws/lambda.md §3.3 (NODE_PATH, recorded 2026-01-12) */
function packageRoots(runtime: string): readonly string[] {
  const major = /^nodejs(\d+)\.x$/.exec(runtime)?.[1] ?? '24';
  return [`/opt/nodejs/node${major}/node_modules`, '/opt/nodejs/node_modules', '/var/runtime/node_modules', '/var/runtime', '/var/task'];
}

function resolvePackage(context: ResolveContext, specifier: string, from: string, kind: ImportKind): Resolved | Unresolved {
  const [, name = specifier, rest = ''] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(specifier) ?? [];
  const own = nearestPackage(context.files, from);
  if (own?.name === name && own.exports !== undefined) return resolveInPackage(context, dirname(own.path), { name, rest, specifier, kind, from });
  for (const root of [...nodeModulesAbove(from), ...packageRoots(context.runtime)]) {
    const directory = `${root}/${name}`;
    if (context.files.stat(directory)?.kind === 'directory') return resolveInPackage(context, directory, { name, rest, specifier, kind, from });
    const single = kind === 'require' ? findForRequire(context, `${root}/${specifier}`) : undefined;
    if (single !== undefined) return { name: single, format: formatOf(context.files, single, context.runtime) };
  }
  if (RUNTIME_PACKAGES.test(specifier)) return notModelled(specifier);
  if (kind === 'require') return moduleNotFound(specifier);
  return failed('ERR_MODULE_NOT_FOUND', `Cannot find package '${name}' imported from ${from}`);
}

function nodeModulesAbove(from: string): readonly string[] {
  const roots: string[] = [];
  for (let directory = dirname(from); ; directory = dirname(directory)) {
    if (!directory.endsWith('/node_modules')) roots.push(directory === '/' ? '/node_modules' : `${directory}/node_modules`);
    if (directory === '/') return roots;
  }
}

interface PackageRequest {
  readonly name: string;
  /** '' or `/subpath`. */
  readonly rest: string;
  readonly specifier: string;
  readonly kind: ImportKind;
  readonly from: string;
}

function resolveInPackage(context: ResolveContext, directory: string, o: PackageRequest): Resolved | Unresolved {
  const manifest = readPackage(context.files, directory);
  if (manifest?.exports !== undefined) {
    const target = mapTarget(manifest.exports, `.${o.rest}`, ['node', o.kind, 'module-sync']);
    if (target === undefined) return failed('ERR_PACKAGE_PATH_NOT_EXPORTED', notExported(manifest, o));
    return resolvePath(context, normalizePath(`${directory}/${target}`), o.from, o);
  }
  if (o.rest !== '') return resolvePath(context, normalizePath(directory + o.rest), o.from, o);
  const found = findForRequire(context, directory);
  if (found !== undefined) return { name: found, format: formatOf(context.files, found, context.runtime) };
  return o.kind === 'require' ? moduleNotFound(o.specifier) : failed('ERR_MODULE_NOT_FOUND', `Cannot find package '${directory}' imported from ${o.from}`);
}

function notExported(manifest: PackageJson, o: PackageRequest): string {
  const importedFrom = o.kind === 'import' ? ` imported from ${o.from}` : '';
  if (o.rest === '') return `No "exports" main defined in ${manifest.path}${importedFrom}`;
  return `Package subpath '.${o.rest}' is not defined by "exports" in ${manifest.path}${importedFrom}`;
}

function resolveImportsMap(context: ResolveContext, specifier: string, from: string, kind: ImportKind): Resolved | Unresolved {
  const manifest = nearestPackage(context.files, from);
  const target = manifest === undefined ? undefined : mapTarget(manifest.imports, specifier, ['node', kind, 'module-sync']);
  if (manifest === undefined || target === undefined) {
    const inPackage = manifest === undefined ? '' : ` in package ${manifest.path}`;
    return failed('ERR_PACKAGE_IMPORT_NOT_DEFINED', `Package import specifier "${specifier}" is not defined${inPackage} imported from ${from}`, 'TypeError');
  }
  return resolveModule(context, target, manifest.path, kind);
}

function moduleNotFound(specifier: string): Unresolved {
  return failed('MODULE_NOT_FOUND', `Cannot find module '${specifier}'`);
}

/** Node's text for a module that it has not, and that this is the sandbox's doing. */
function noSuchBuiltin(specifier: string): Unresolved {
  const name = specifier.startsWith('node:') ? specifier : `node:${specifier}`;
  return failed('ERR_UNKNOWN_BUILTIN_MODULE', `No such built-in module: ${name}\nNot modelled: the module '${specifier}' is not part of this sandbox.`, 'NotModelled');
}

function notModelled(specifier: string): Unresolved {
  return failed('NOT_MODELLED', `Not modelled: the module '${specifier}' is not part of this sandbox.`, 'NotModelled');
}

function failed(code: string, message: string, name = 'Error'): Unresolved {
  return { error: { code, message, name } };
}
