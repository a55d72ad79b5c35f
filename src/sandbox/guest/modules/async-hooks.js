/** node:async_hooks: AsyncLocalStorage and AsyncResource. The hooks themselves are not modelled. @source Node.js 24 docs, asynchronous context tracking */
import { boundToFrame, context, runInFrame, switchOnAsyncContext } from '../core/async-context.js';
import { refuses } from '../core/not-modelled.js';
import { invalidArgument } from '../core/buffer.js';

const withValue = (storage, value) => new Map(context.frame ?? []).set(storage, value);

export class AsyncLocalStorage {
  #defaultValue;
  constructor(o = {}) {
    this.#defaultValue = o.defaultValue;
    Object.defineProperty(this, 'name', { value: String(o.name ?? ''), enumerable: false });
    switchOnAsyncContext();
  }
  static bind(fn) {
    if (typeof fn !== 'function') throw invalidArgument('fn', 'of type function', fn);
    return boundToFrame(fn);
  }
  static snapshot() {
    return boundToFrame((fn, ...args) => fn(...args));
  }
  getStore() {
    return context.frame?.has(this) ? context.frame.get(this) : this.#defaultValue;
  }
  run(store, callback, ...args) {
    return runInFrame(withValue(this, store), callback, undefined, args);
  }
  exit(callback, ...args) {
    return this.run(undefined, callback, ...args);
  }
  enterWith(store) {
    context.frame = withValue(this, store);
  }
  disable() {
    const frame = new Map(context.frame ?? []);
    frame.delete(this);
    context.frame = frame;
  }
}

let lastId = 1;
export class AsyncResource {
  #frame = context.frame;
  #id = ++lastId;
  constructor(type) {
    if (typeof type !== 'string') throw invalidArgument('type', 'of type string', type);
  }
  runInAsyncScope(fn, self, ...args) {
    return runInFrame(this.#frame, fn, self, args);
  }
  bind(fn) {
    return (...args) => this.runInAsyncScope(fn, undefined, ...args);
  }
  static bind(fn, type = fn.name || 'bound-anonymous-fn') {
    return new AsyncResource(type).bind(fn);
  }
  emitDestroy() {
    return this;
  }
  asyncId() {
    return this.#id;
  }
  triggerAsyncId() {
    return 1;
  }
}

export default { AsyncLocalStorage, AsyncResource, createHook: refuses('async_hooks.createHook'), executionAsyncId: () => 1, triggerAsyncId: () => 0, executionAsyncResource: () => ({}) };
