/** node:module. */
import { isBuiltin, moduleNames } from '../core/builtins.js';
import { createRequire, Module } from '../core/commonjs.js';

const module = Module;
Object.assign(module, { createRequire, isBuiltin, Module });
Object.defineProperty(module, 'builtinModules', { get: () => moduleNames().flatMap(([name]) => (name.startsWith('node:') ? [name.slice(5)] : [])), enumerable: true });
export default module;
