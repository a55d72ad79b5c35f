/** Event, EventTarget, AbortController and AbortSignal, as browsers and Node have them. */
import { guarded, setTimeout } from './event-loop.js';

export class Event {
  #type;
  #cancelable;
  #prevented = false;
  _stop = false;
  target = null;
  currentTarget = null;
  constructor(type, o = {}) {
    this.#type = String(type);
    this.bubbles = o.bubbles === true;
    this.#cancelable = o.cancelable === true;
    this.timeStamp = Date.now();
    Object.defineProperty(this, '_stop', { enumerable: false });
  }
  get type() {
    return this.#type;
  }
  get cancelable() {
    return this.#cancelable;
  }
  get defaultPrevented() {
    return this.#prevented;
  }
  preventDefault() {
    if (this.#cancelable) this.#prevented = true;
  }
  stopPropagation() {}
  stopImmediatePropagation() {
    this._stop = true;
  }
}

export class CustomEvent extends Event {
  constructor(type, o = {}) {
    super(type, o);
    this.detail = o.detail ?? null;
  }
}

export class EventTarget {
  #listeners = new Map();
  addEventListener(type, listener, options) {
    if (listener === null || listener === undefined) return;
    const o = typeof options === 'boolean' ? {} : (options ?? {});
    if (o.signal?.aborted) return;
    const list = this.#listeners.get(type) ?? [];
    if (list.some((entry) => entry.listener === listener)) return;
    this.#listeners.set(type, [...list, { listener, once: o.once === true }]);
    o.signal?.addEventListener('abort', () => this.removeEventListener(type, listener), { once: true });
  }
  removeEventListener(type, listener) {
    const list = this.#listeners.get(type);
    if (list !== undefined) this.#listeners.set(type, list.filter((entry) => entry.listener !== listener));
  }
  dispatchEvent(event) {
    event.target = this;
    event.currentTarget = this;
    for (const { listener, once } of this.#listeners.get(event.type) ?? []) {
      if (once) this.removeEventListener(event.type, listener);
      guarded(() => (typeof listener === 'function' ? listener.call(this, event) : listener.handleEvent(event)));
      if (event._stop) break;
    }
    event.currentTarget = null;
    return !event.defaultPrevented;
  }
}

const KEY = Symbol('signal');
export class AbortSignal extends EventTarget {
  #aborted = false;
  #reason;
  #onabort = null;
  constructor(key) {
    if (key !== KEY) throw Object.assign(new TypeError('Illegal constructor'), { code: 'ERR_ILLEGAL_CONSTRUCTOR' });
    super();
  }
  get aborted() {
    return this.#aborted;
  }
  get reason() {
    return this.#reason;
  }
  get onabort() {
    return this.#onabort;
  }
  set onabort(listener) {
    if (this.#onabort !== null) this.removeEventListener('abort', this.#onabort);
    this.#onabort = typeof listener === 'function' ? listener : null;
    if (this.#onabort !== null) this.addEventListener('abort', this.#onabort);
  }
  throwIfAborted() {
    if (this.#aborted) throw this.#reason;
  }
  _abort(reason) {
    if (this.#aborted) return;
    this.#aborted = true;
    this.#reason = reason === undefined ? new DOMException('This operation was aborted', 'AbortError') : reason;
    this.dispatchEvent(new Event('abort'));
  }
  static abort(reason) {
    const signal = new AbortSignal(KEY);
    signal._abort(reason);
    return signal;
  }
  static timeout(ms) {
    const signal = new AbortSignal(KEY);
    setTimeout(() => signal._abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')), ms).unref();
    return signal;
  }
  static any(signals) {
    const signal = new AbortSignal(KEY);
    for (const one of signals) {
      if (one.aborted) {
        signal._abort(one.reason);
        break;
      }
      one.addEventListener('abort', () => signal._abort(one.reason), { once: true });
    }
    return signal;
  }
}
Object.defineProperty(AbortSignal.prototype, '_abort', { enumerable: false });

export class AbortController {
  #signal = new AbortSignal(KEY);
  get signal() {
    return this.#signal;
  }
  abort(reason) {
    this.#signal._abort(reason);
  }
}

/** Node's AbortError. */
export function abortError(signal) {
  const error = new Error('The operation was aborted', signal?.reason === undefined ? undefined : { cause: signal.reason });
  error.name = 'AbortError';
  error.code = 'ABORT_ERR';
  return error;
}
