/** require(): CommonJS modules from the user's files and layers, evaluated under their real names. @source Node.js 22 docs, modules */
import { apply, evaluateModule, evaluateScript, host, HostRefusal, parse, PromiseCtor } from './host.js';
import { rejections } from './event-loop.js';
import { builtinModule, isBuiltin } from './builtins.js';
import { lastSyntaxError } from './stacks.js';
import { nodeMajor } from './state.js';

/** What `module.resolve` and `module.source` refuse with, as Node's error. */
function refusedError(refusal, requireStack) {
  if (!(refusal instanceof HostRefusal)) return refusal;
  const { code, message, name } = refusal.error;
  const stack = code === 'MODULE_NOT_FOUND' ? `\nRequire stack:\n${requireStack.map((path) => `- ${path}`).join('\n')}` : '';
  const error = new (name === 'TypeError' ? TypeError : Error)(message + stack);
  if (name === 'NotModelled') error.name = name;
  error.code = code;
  if (code === 'MODULE_NOT_FOUND') error.requireStack = requireStack;
  return error;
}

export const cache = Object.create(null);

export class Module {
  constructor(id, parent) {
    this.id = id;
    this.path = id.slice(0, id.lastIndexOf('/')) || '/';
    this.exports = {};
    this.filename = id;
    this.loaded = false;
    this.children = [];
    this.paths = [];
    Object.defineProperty(this, 'parent', { value: parent, enumerable: false, writable: true });
  }
  require(specifier) {
    return requireFrom(this, specifier);
  }
}

function stackOf(module) {
  const files = [];
  for (let at = module; at; at = at.parent) files.push(at.filename);
  return files;
}

function resolveFrom(module, specifier) {
  if (typeof specifier !== 'string') throw Object.assign(new TypeError(`The "id" argument must be of type string. Received ${specifier === undefined ? 'undefined' : typeof specifier}`), { code: 'ERR_INVALID_ARG_TYPE' });
  if (specifier === '') throw Object.assign(new TypeError("The argument 'id' must be a non-empty string. Received ''"), { code: 'ERR_INVALID_ARG_VALUE' });
  try {
    return host('module.resolve', { specifier, from: module.filename });
  } catch (refusal) {
    throw refusedError(refusal, stackOf(module));
  }
}

function requireFrom(module, specifier) {
  if (isBuiltin(specifier)) return builtinModule(specifier);
  const { name, format } = resolveFrom(module, specifier);
  if (format === 'builtin') return builtinModule(name);
  if (format === 'module' && mayRequireModules()) return loadEsModule(name, module);
  if (format === 'module') throw Object.assign(new Error(`require() of ES Module ${name} from ${module.filename} not supported.\nInstead change the require of ${name.slice(name.lastIndexOf('/') + 1)} in ${module.filename} to a dynamic import() which is available in all CommonJS modules.`), { code: 'ERR_REQUIRE_ESM' });
  return loadFile(name, format, module).exports;
}

/** @source AWS Lambda developer guide, Node.js, 2025: switched off up to nodejs22.x unless NODE_OPTIONS asks for it */
const mayRequireModules = () => nodeMajor() >= 24 || /--experimental-require-module\b/.test(globalThis.process.env.NODE_OPTIONS ?? '');

const esModules = Object.create(null);
/** An ES module for require(): its namespace, as `module.exports` or with `__esModule`. @source Node.js 24 docs, loading ECMAScript modules using require() */
function loadEsModule(name, parent) {
  if (esModules[name] !== undefined) return esModules[name].exports;
  const quoted = JSON.stringify(name);
  const { ns } = evaluatedModule(`import * as ns from ${quoted}; export { ns };`, name, parent);
  const members = Object.keys(ns);
  let exports = ns;
  if (members.includes('module.exports')) exports = ns['module.exports'];
  else if (members.includes('default') && !members.includes('__esModule')) exports = evaluatedModule(`export * from ${quoted}; export { default } from ${quoted}; export const __esModule = true;`, name, parent);
  esModules[name] = { exports };
  return exports;
}

function evaluatedModule(source, name, parent) {
  let made;
  try {
    made = evaluateModule('node:internal/require', source);
  } catch (error) {
    // The engine's own promise of it has no other handler.
    for (const [promise, reason] of [...rejections]) if (reason === error) rejections.delete(promise);
    throw error;
  }
  if (!(made instanceof PromiseCtor)) return made;
  throw Object.assign(new Error(`require() cannot be used on an ESM graph with top-level await. Use import() instead. To see where the top-level await comes from, use --experimental-print-required-tla.\n  From ${parent?.filename ?? '/var/runtime/index.mjs'} \n  Requiring ${name} `), { code: 'ERR_REQUIRE_ASYNC_MODULE' });
}

/** import.meta.resolve */
export function resolveUrl(specifier, from) {
  try {
    const { name } = host('module.resolve', { specifier, from, kind: 'import' });
    return name[0] === '/' ? `file://${name}` : name;
  } catch (error) {
    throw refusedError(error, []);
  }
}

/** Loads a CommonJS or JSON file once. */
export function loadFile(name, format, parent) {
  const known = cache[name];
  if (known !== undefined) return known;
  const module = new Module(name, parent);
  parent?.children.push(module);
  cache[name] = module;
  try {
    const { source } = host('module.source', { name });
    if (format === 'json') module.exports = parseJson(name, source);
    else evaluate(module, name, source);
  } catch (error) {
    delete cache[name];
    throw refusedError(error, stackOf(parent));
  }
  module.loaded = true;
  return module;
}

function parseJson(name, source) {
  try {
    return parse(source.charCodeAt(0) === 0xfeff ? source.slice(1) : source);
  } catch (error) {
    error.message = `${name}: ${error.message}`;
    throw error;
  }
}

function evaluate(module, name, source) {
  lastSyntaxError.current = undefined;
  const text = source.startsWith('#!') ? `//${source}` : source;
  const wrapper = evaluateScript(name, `(function (exports, require, module, __filename, __dirname) { ${text}\n})`);
  apply(wrapper, module.exports, [module.exports, makeRequire(module), module, name, module.path]);
}

export function makeRequire(module) {
  const require = (specifier) => requireFrom(module, specifier);
  require.resolve = (specifier) => (isBuiltin(specifier) ? specifier : resolveFrom(module, specifier).name);
  require.cache = cache;
  require.main = undefined;
  require.extensions = Object.create(null);
  return require;
}

/** require() as a file of that path would have it. */
export const createRequire = (file) => {
  const path = file instanceof URL ? decodeURIComponent(file.pathname) : String(file).startsWith('file://') ? decodeURIComponent(new URL(file).pathname) : String(file);
  return makeRequire(new Module(path, undefined));
};

export { refusedError };
