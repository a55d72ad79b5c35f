/** The middleware stack of SDK clients and commands: functions around a call, by step. What a request has on the wire is not there: its headers go nowhere. */
import { NotModelled } from './not-modelled.js';

const STEPS = ['initialize', 'serialize', 'build', 'finalizeRequest', 'deserialize'];
const PRIORITIES = { high: 0, normal: 1, low: 2 };

export class MiddlewareStack {
  #entries = [];
  add(middleware, o = {}) {
    const step = o.step ?? 'initialize';
    if (!STEPS.includes(step)) throw new Error(`Invalid middleware step: ${step}`);
    if (o.name !== undefined && this.#entries.some((entry) => entry.name === o.name)) {
      if (!o.override) throw new Error(`Duplicate middleware name '${o.name}'`);
      this.remove(o.name);
    }
    this.#entries.push({ middleware, step, priority: PRIORITIES[o.priority ?? 'normal'], name: o.name, tags: o.tags ?? [] });
  }
  addRelativeTo(_, o = {}) {
    throw new NotModelled(`middlewareStack.addRelativeTo ${o.toMiddleware ?? ''}`, 'The SDK\'s own middleware is not there: use add with a step.');
  }
  use(plugin) {
    plugin.applyToStack(this);
  }
  remove(wanted) {
    const before = this.#entries.length;
    this.#entries = this.#entries.filter((entry) => entry.name !== wanted && entry.middleware !== wanted);
    return this.#entries.length < before;
  }
  removeByTag(tag) {
    const before = this.#entries.length;
    this.#entries = this.#entries.filter((entry) => !entry.tags.includes(tag));
    return this.#entries.length < before;
  }
  clone() {
    return this.concat(new MiddlewareStack());
  }
  concat(other) {
    const joined = new MiddlewareStack();
    joined.#entries = [...this.#entries, ...other.#entries];
    return joined;
  }
  identify() {
    return this.#entries.map(({ name, step }) => `${name ?? '(anonymous)'}: ${step}`);
  }
  get empty() {
    return this.#entries.length === 0;
  }
  /** `core` with the middleware of these steps around it: the first step and the highest priority outermost. */
  around(steps, core, context) {
    const chosen = this.#entries.filter((entry) => steps.includes(entry.step));
    chosen.sort((a, b) => STEPS.indexOf(a.step) - STEPS.indexOf(b.step) || a.priority - b.priority);
    return chosen.reduceRight((next, { middleware }) => middleware(next, context), core);
  }
}
Object.defineProperty(MiddlewareStack.prototype, 'empty', { enumerable: false });
