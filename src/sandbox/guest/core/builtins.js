/** Modules that the guest supplies itself: Node's, and the AWS SDK packages. */
import { makeSdkPackage, unknownCommand } from './sdk.js';

const modules = new Map();
const sdkDescriptions = new Map();
const aliases = new Map();

export function defineModules(table) {
  for (const [name, exports] of Object.entries(table)) modules.set(name, exports);
}
export function describeSdk(descriptions) {
  for (const description of descriptions) sdkDescriptions.set(description.packageName, description);
}

/** `fs` and `node:fs` are one module. */
function canonical(specifier) {
  if (modules.has(specifier) || sdkDescriptions.has(specifier)) return specifier;
  const prefixed = `node:${specifier}`;
  return modules.has(prefixed) ? prefixed : aliases.get(specifier);
}
/** A module that is made when it is first asked for; its exports' names are known before. */
export const lazyModule = (make, names) => Object.assign(() => make(), { lazy: true, names });

export const isBuiltin = (specifier) => typeof specifier === 'string' && canonical(specifier) !== undefined;

/** The exports of a module, made when first asked for. */
export function builtinModule(specifier) {
  const name = canonical(specifier);
  const known = modules.get(name);
  if (known !== undefined) return typeof known === 'function' && known.lazy === true ? known() : known;
  const description = sdkDescriptions.get(name);
  if (description === undefined) return undefined;
  const made = makeSdkPackage(description);
  modules.set(name, made);
  return made;
}

/** One export of it; commands that nobody described exist, and fail by name when they are sent. */
export function builtinExport(specifier, name) {
  const module = builtinModule(specifier);
  if (Object.hasOwn(module, name) || !/Command$/.test(name)) return module[name];
  const description = sdkDescriptions.get(specifier);
  if (description !== undefined) module[name] = unknownCommand(description, name);
  return module[name];
}

export const moduleNames = () => [...modules].map(([name, exports]) => [name, exports.lazy === true ? exports.names : Object.keys(exports)]);
