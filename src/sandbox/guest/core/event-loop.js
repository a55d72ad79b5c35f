/** Node's event loop over the host's wakes: timers, immediates, ticks, calls and children that the process waits for. */
import { context } from './async-context.js';
import { apply, host } from './host.js';

let nextId = 1;
/** id → { fire(wake), counts } of everything that a wake will come for. */
const waiting = new Map();
const immediates = [];
const ticks = [];
export const rejections = new Map();

const { get: mapGet, set: mapSet, delete: mapDelete } = Map.prototype;

/** Waits for a wake of that id. `counts` is false for what does not keep the process alive (unref). */
export function expect(fire) {
  const id = nextId++;
  const entry = { fire, counts: true, frame: context.frame };
  apply(mapSet, waiting, [id, entry]);
  return { id, entry };
}

export function forget(id) {
  return apply(mapDelete, waiting, [id]);
}

/** Hands a wake to whoever waits for it. */
export function deliver(wake) {
  const entry = apply(mapGet, waiting, [wake.id]);
  if (entry === undefined) return;
  apply(mapDelete, waiting, [wake.id]);
  const outer = context.frame;
  context.frame = entry.frame;
  try {
    entry.fire(wake);
  } finally {
    context.frame = outer;
  }
}

export function pendingCount() {
  let count = 0;
  waiting.forEach((entry) => {
    if (entry.counts) count++;
  });
  return count;
}

export function addTick(callback, args) {
  ticks[ticks.length] = { callback, args, frame: context.frame };
}
export function addImmediate(entry) {
  immediates[immediates.length] = entry;
}
export const hasImmediates = () => immediates.some((entry) => !entry.cleared);

/** Runs `work`; what it throws is an uncaught exception. */
let onUncaught = () => {};
export function setUncaughtHandler(handler) {
  onUncaught = handler;
}
export function guarded(work) {
  try {
    return work();
  } catch (error) {
    onUncaught(error);
    return undefined;
  }
}

/** process.nextTick callbacks, in order, until none is left. True when there was one. */
export function runTicks() {
  if (ticks.length === 0) return false;
  for (let i = 0; i < ticks.length; i++) {
    const { callback, args, frame } = ticks[i];
    context.frame = frame;
    guarded(() => apply(callback, undefined, args));
  }
  context.frame = undefined;
  ticks.length = 0;
  return true;
}

/** One round of setImmediate callbacks. True when there was one. */
export function runImmediates() {
  const round = immediates.splice(0);
  let ran = false;
  for (const entry of round) {
    if (entry.cleared) continue;
    ran = true;
    context.frame = entry.frame;
    guarded(() => apply(entry.callback, undefined, entry.args));
  }
  context.frame = undefined;
  return ran;
}

export class Timeout {
  #id = 0;
  #entry;
  constructor(callback, delayMs, args, repeats) {
    const ms = Math.trunc(Number(delayMs));
    this._idleTimeout = ms >= 1 && ms <= 2_147_483_647 ? ms : 1;
    this._onTimeout = callback;
    this._repeat = repeats ? this._idleTimeout : null;
    this.#arm(callback, args);
  }
  #arm(callback, args) {
    const { id, entry } = expect(() => {
      this.#id = 0;
      byId.delete(id);
      if (this._repeat !== null) this.#rearm(callback, args);
      guarded(() => apply(callback, this, args));
    });
    this.#id = id;
    this.#entry = entry;
    this._args = args;
    byId.set(id, this);
    host('timer', { id, delayUs: this._idleTimeout * 1000 });
  }
  #rearm(callback, args) {
    const counts = this.#entry.counts;
    this.#arm(callback, args);
    this.#entry.counts = counts;
  }
  refresh() {
    const { counts } = this.#entry;
    this.close();
    this.#arm(this._onTimeout, this._args);
    this.#entry.counts = counts;
    return this;
  }
  ref() {
    this.#entry.counts = true;
    return this;
  }
  unref() {
    this.#entry.counts = false;
    return this;
  }
  hasRef() {
    return this.#entry.counts;
  }
  close() {
    if (this.#id !== 0 && forget(this.#id)) {
      byId.delete(this.#id);
      host('clear-timer', { id: this.#id });
    }
    this.#id = 0;
    this._repeat = null;
    return this;
  }
  [Symbol.toPrimitive]() {
    return this.#id;
  }
  [Symbol.dispose ?? Symbol.for('dispose')]() {
    this.close();
  }
}
const byId = new Map();

class Immediate {
  constructor(callback, args) {
    this.callback = callback;
    this.args = args;
    this.frame = context.frame;
    this.cleared = false;
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
  hasRef() {
    return !this.cleared;
  }
}

function needFunction(callback) {
  if (typeof callback === 'function') return;
  const error = new TypeError(`The "callback" argument must be of type function. Received ${callback === null ? 'null' : callback === undefined ? 'undefined' : `type ${typeof callback}`}`);
  error.code = 'ERR_INVALID_ARG_TYPE';
  throw error;
}

export function setTimeout(callback, delay, ...args) {
  needFunction(callback);
  return new Timeout(callback, delay, args, false);
}
export function setInterval(callback, delay, ...args) {
  needFunction(callback);
  return new Timeout(callback, delay, args, true);
}
export function clearTimeout(timer) {
  if (timer instanceof Timeout) timer.close();
  else if (typeof timer === 'number' || typeof timer === 'string') byId.get(Number(timer))?.close();
}
export const clearInterval = (timer) => clearTimeout(timer);
export function setImmediate(callback, ...args) {
  needFunction(callback);
  const immediate = new Immediate(callback, args);
  addImmediate(immediate);
  return immediate;
}
export function clearImmediate(immediate) {
  if (immediate instanceof Immediate) immediate.cleared = true;
}
