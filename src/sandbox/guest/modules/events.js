/** node:events. @source Node.js 22 docs, events */
import { abortError } from '../core/events.js';
import { invalidArgument } from '../core/buffer.js';
import { inspect } from '../core/inspect.js';
import { isError } from '../core/stacks.js';

const LISTENERS = Symbol('listeners');

function listenersOf(emitter) {
  let map = emitter[LISTENERS];
  if (map === undefined) {
    map = new Map();
    Object.defineProperty(emitter, LISTENERS, { value: map, enumerable: false });
  }
  return map;
}

function check(listener) {
  if (typeof listener !== 'function') throw invalidArgument('listener', 'of type function', listener);
}

export function EventEmitter() {
  if (!(this instanceof EventEmitter)) return new EventEmitter();
}

function add(emitter, name, entry, first) {
  check(entry.listener);
  const map = listenersOf(emitter);
  if (map.has('newListener') && name !== 'newListener') emitter.emit('newListener', name, entry.listener);
  const list = map.get(name) ?? [];
  map.set(name, first ? [entry, ...list] : [...list, entry]);
  return emitter;
}

Object.assign(EventEmitter.prototype, {
  on(name, listener) {
    return add(this, name, { listener, once: false }, false);
  },
  once(name, listener) {
    return add(this, name, { listener, once: true }, false);
  },
  prependListener(name, listener) {
    return add(this, name, { listener, once: false }, true);
  },
  prependOnceListener(name, listener) {
    return add(this, name, { listener, once: true }, true);
  },
  off(name, listener) {
    const list = listenersOf(this).get(name) ?? [];
    const at = list.findLastIndex((entry) => entry.listener === listener);
    if (at < 0) return this;
    const rest = list.filter((_, index) => index !== at);
    if (rest.length === 0) listenersOf(this).delete(name);
    else listenersOf(this).set(name, rest);
    if (listenersOf(this).has('removeListener')) this.emit('removeListener', name, listener);
    return this;
  },
  removeAllListeners(name) {
    if (name === undefined) listenersOf(this).clear();
    else listenersOf(this).delete(name);
    return this;
  },
  emit(name, ...args) {
    const list = listenersOf(this).get(name);
    if (list === undefined || list.length === 0) {
      if (name !== 'error') return false;
      const [error] = args;
      if (isError(error)) throw error;
      const unhandled = new Error(`Unhandled error. (${inspect(error)})`);
      unhandled.code = 'ERR_UNHANDLED_ERROR';
      unhandled.context = error;
      throw unhandled;
    }
    for (const entry of list) {
      if (entry.once) this.off(name, entry.listener);
      entry.listener.apply(this, args);
    }
    return true;
  },
  eventNames() {
    return [...listenersOf(this).keys()];
  },
  listeners(name) {
    return (listenersOf(this).get(name) ?? []).map((entry) => entry.listener);
  },
  rawListeners(name) {
    return this.listeners(name);
  },
  listenerCount(name, listener) {
    return (listenersOf(this).get(name) ?? []).filter((entry) => listener === undefined || entry.listener === listener).length;
  },
  setMaxListeners(count) {
    Object.defineProperty(this, '_maxListeners', { value: count, enumerable: false, configurable: true, writable: true });
    return this;
  },
  getMaxListeners() {
    return this._maxListeners ?? EventEmitter.defaultMaxListeners;
  },
});
EventEmitter.prototype.addListener = EventEmitter.prototype.on;
EventEmitter.prototype.removeListener = EventEmitter.prototype.off;
for (const key of Object.keys(EventEmitter.prototype)) Object.defineProperty(EventEmitter.prototype, key, { enumerable: false });

/** A promise of the next event of that name. */
export function once(emitter, name, o = {}) {
  return new Promise((resolve, reject) => {
    if (o.signal?.aborted) return reject(abortError(o.signal));
    if (typeof emitter.addEventListener === 'function' && typeof emitter.on !== 'function') return emitter.addEventListener(name, (event) => resolve([event]), { once: true });
    const clean = () => {
      emitter.off('error', fail);
      emitter.off(name, got);
    };
    const got = (...args) => {
      clean();
      resolve(args);
    };
    const fail = (error) => {
      clean();
      reject(error);
    };
    emitter.once(name, got);
    if (name !== 'error') emitter.once('error', fail);
    o.signal?.addEventListener('abort', () => fail(abortError(o.signal)), { once: true });
    return undefined;
  });
}

/** An async iterator over the events of that name. */
export function on(emitter, name, o = {}) {
  const queue = [];
  const waiting = [];
  let failure;
  let done = false;
  const push = (...args) => (waiting.length > 0 ? waiting.shift().resolve({ value: args, done: false }) : queue.push(args));
  const fail = (error) => (waiting.length > 0 ? waiting.shift().reject(error) : (failure = error));
  const close = () => {
    emitter.off(name, push);
    emitter.off('error', fail);
    done = true;
    for (const one of waiting.splice(0)) one.resolve({ value: undefined, done: true });
    return Promise.resolve({ value: undefined, done: true });
  };
  emitter.on(name, push);
  if (name !== 'error') emitter.on('error', fail);
  for (const end of o.close ?? []) emitter.on(end, close);
  o.signal?.addEventListener('abort', () => fail(abortError(o.signal)), { once: true });
  return {
    next() {
      if (queue.length > 0) return Promise.resolve({ value: queue.shift(), done: false });
      if (failure !== undefined) {
        const error = failure;
        failure = undefined;
        return Promise.reject(error);
      }
      if (done) return Promise.resolve({ value: undefined, done: true });
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    return: close,
    throw(error) {
      fail(error);
      return close();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

EventEmitter.defaultMaxListeners = 10;
EventEmitter.EventEmitter = EventEmitter;
EventEmitter.once = once;
EventEmitter.on = on;
EventEmitter.errorMonitor = Symbol('events.errorMonitor');
EventEmitter.captureRejectionSymbol = Symbol.for('nodejs.rejection');
EventEmitter.listenerCount = (emitter, name) => emitter.listenerCount(name);
EventEmitter.getEventListeners = (emitter, name) => emitter.listeners?.(name) ?? [];
EventEmitter.getMaxListeners = (emitter) => emitter.getMaxListeners?.() ?? EventEmitter.defaultMaxListeners;
EventEmitter.addAbortListener = (signal, listener) => {
  if (signal.aborted) queueMicrotask(() => listener(new Event('abort')));
  else signal.addEventListener('abort', listener, { once: true });
  return { [Symbol.dispose ?? Symbol.for('dispose')]: () => signal.removeEventListener('abort', listener) };
};
EventEmitter.setMaxListeners = (count, ...emitters) => emitters.forEach((emitter) => emitter.setMaxListeners?.(count));
export default EventEmitter;
