/** node:timers and node:timers/promises. */
import { clearImmediate, clearInterval, clearTimeout, setImmediate, setInterval, setTimeout } from '../core/event-loop.js';
import { abortError } from '../core/events.js';

function later(start, stop, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortError(signal));
    const timer = start(resolve);
    signal?.addEventListener('abort', () => {
      stop(timer);
      reject(abortError(signal));
    }, { once: true });
    return undefined;
  });
}
const unrefed = (timer, o) => (o.ref === false ? timer.unref() : timer);

export const promises = {
  setTimeout: (ms, value, o = {}) => later((resolve) => unrefed(setTimeout(() => resolve(value), ms), o), clearTimeout, o.signal),
  setImmediate: (value, o = {}) => later((resolve) => setImmediate(() => resolve(value)), clearImmediate, o.signal),
  async *setInterval(ms, value, o = {}) {
    for (;;) {
      await promises.setTimeout(ms, undefined, o);
      yield value;
    }
  },
  scheduler: { wait: (ms, o) => promises.setTimeout(ms, undefined, o), yield: () => promises.setImmediate() },
};
export default { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate, promises };
