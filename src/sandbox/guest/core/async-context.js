/** Which values follow the flow of asynchronous code: the frame that AsyncLocalStorage reads, and how it gets across awaits, promises, timers and ticks. */
import { apply, host, PromiseCtor } from './host.js';

/** The frame of what runs now: AsyncLocalStorage → its value, or undefined. Frames are never changed, only replaced. */
export const context = { frame: undefined };

/** Calls with a frame, and puts the present one back. */
export function runInFrame(frame, fn, self, args) {
  const outer = context.frame;
  context.frame = frame;
  try {
    return apply(fn, self, args);
  } finally {
    context.frame = outer;
  }
}

/** The function, in the frame of now whenever it is called. */
export function boundToFrame(fn) {
  const { frame } = context;
  return function bound(...args) {
    return runInFrame(frame, fn, this, args);
  };
}

const { get: frameOf, set: keepFrame } = WeakMap.prototype;
/** Promise of an async function → the frame in which it goes on. */
const frames = new WeakMap();
const entered = [];

/** What the engine tells once a process has switched it on: see engine/async-context.ts. */
export const asyncHooks = {
  called(promise) {
    if (context.frame !== undefined) apply(keepFrame, frames, [promise, context.frame]);
  },
  entered(promise) {
    entered[entered.length] = { promise, outer: context.frame };
    context.frame = promise === undefined ? undefined : apply(frameOf, frames, [promise]);
  },
  left() {
    const { promise, outer } = entered[entered.length - 1];
    entered.length -= 1;
    if (promise !== undefined && (context.frame !== undefined || apply(frameOf, frames, [promise]) !== undefined)) apply(keepFrame, frames, [promise, context.frame]);
    context.frame = outer;
  },
};

let isOn = false;
/**
 * Called by the first AsyncLocalStorage: from then on the process pays for it.
 * @simplified after an `await` inside an async generator the values are those of whoever asked for its next item first
 */
export function switchOnAsyncContext() {
  if (isOn) return;
  isOn = true;
  host('async-context', {});
  const { then } = PromiseCtor.prototype;
  const following = (callback) => (typeof callback === 'function' ? boundToFrame(callback) : callback);
  const redefine = (object, name, value) => Object.defineProperty(object, name, { value, writable: true, enumerable: false, configurable: true });
  redefine(PromiseCtor.prototype, 'then', {
    then(onFulfilled, onRejected) {
      return apply(then, this, [following(onFulfilled), following(onRejected)]);
    },
  }.then);
  const enqueue = globalThis.queueMicrotask;
  redefine(globalThis, 'queueMicrotask', {
    queueMicrotask(callback) {
      return enqueue(following(callback));
    },
  }.queueMicrotask);
}
