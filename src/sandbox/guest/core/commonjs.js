/** require(): CommonJS modules from the user's files and layers, evaluated under their real names. @source Node.js 22 docs, modules */
import { apply, evaluateScript, host, HostRefusal, parse } from './host.js';
import { builtinModule, isBuiltin } from './builtins.js';
import { lastSyntaxError } from './stacks.js';

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
  if (format === 'module') throw Object.assign(new Error(`require() of ES Module ${name} from ${module.filename} not supported.\nInstead change the require of ${name.slice(name.lastIndexOf('/') + 1)} in ${module.filename} to a dynamic import() which is available in all CommonJS modules.`), { code: 'ERR_REQUIRE_ESM' });
  return loadFile(name, format, module).exports;
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
