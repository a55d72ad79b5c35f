/** node:perf_hooks and the global performance: the clock, marks and measures on virtual time, observers. @source Node.js 22 docs, perf_hooks */
import { addTick } from '../core/event-loop.js';
import { refuses } from '../core/not-modelled.js';
import { performanceNow } from '../core/process.js';

const entries = [];
const observers = new Set();

export class PerformanceEntry {
  constructor(name, entryType, startTime, duration, detail) {
    Object.assign(this, { name, entryType, startTime, duration, detail });
  }
  toJSON() {
    return { ...this };
  }
}
export class PerformanceMark extends PerformanceEntry {
  constructor(name, o = {}) {
    super(String(name), 'mark', o.startTime ?? performanceNow(), 0, o.detail ?? null);
  }
}
export class PerformanceMeasure extends PerformanceEntry {}

function tell(entry) {
  entries.push(entry);
  for (const observer of observers) observer.queue(entry);
  return entry;
}

/** A mark's time, or the time itself. */
function timeOf(mark) {
  if (typeof mark === 'number') return mark;
  const found = entries.findLast((entry) => entry.entryType === 'mark' && entry.name === String(mark));
  if (found === undefined) throw new DOMException(`The "${mark}" performance mark has not been set`, 'SyntaxError');
  return found.startTime;
}

function measure(name, startOrOptions, endMark) {
  const o = typeof startOrOptions === 'object' && startOrOptions !== null ? startOrOptions : { start: startOrOptions, end: endMark };
  const end = o.end !== undefined ? timeOf(o.end) : o.start !== undefined && o.duration !== undefined ? timeOf(o.start) + o.duration : performanceNow();
  const start = o.start !== undefined ? timeOf(o.start) : o.duration !== undefined ? end - o.duration : 0;
  return tell(new PerformanceMeasure(String(name), 'measure', start, end - start, o.detail ?? null));
}

function clear(type, name) {
  for (let i = entries.length - 1; i >= 0; i--) if (entries[i].entryType === type && (name === undefined || entries[i].name === name)) entries.splice(i, 1);
}
const byStart = (list) => [...list].sort((a, b) => a.startTime - b.startTime);

export const performance = {
  now: performanceNow,
  get timeOrigin() {
    return Date.now() - performanceNow();
  },
  mark: (name, o) => tell(new PerformanceMark(name, o)),
  measure,
  clearMarks: (name) => clear('mark', name),
  clearMeasures: (name) => clear('measure', name),
  getEntries: () => byStart(entries),
  getEntriesByName: (name, type) => byStart(entries.filter((entry) => entry.name === name && (type === undefined || entry.entryType === type))),
  getEntriesByType: (type) => byStart(entries.filter((entry) => entry.entryType === type)),
  timerify: (fn) => fn,
  eventLoopUtilization: () => ({ idle: 0, active: 0, utilization: 0 }),
  toJSON: () => ({ timeOrigin: performance.timeOrigin }),
};
Object.defineProperty(performance, Symbol.toStringTag, { value: 'Performance', configurable: true });

export class PerformanceObserver {
  #callback;
  #types = new Set();
  #waiting = [];
  static supportedEntryTypes = ['mark', 'measure'];
  constructor(callback) {
    this.#callback = callback;
  }
  observe(o) {
    for (const type of o.entryTypes ?? [o.type]) this.#types.add(type);
    observers.add(this);
    if (o.buffered === true) for (const entry of entries) this.queue(entry);
  }
  disconnect() {
    observers.delete(this);
    this.#waiting = [];
  }
  takeRecords() {
    return this.#waiting.splice(0);
  }
  queue(entry) {
    if (!this.#types.has(entry.entryType)) return;
    this.#waiting.push(entry);
    if (this.#waiting.length > 1) return;
    addTick(() => {
      const list = this.takeRecords();
      if (list.length === 0) return;
      this.#callback({ getEntries: () => byStart(list), getEntriesByName: (name) => byStart(list.filter((one) => one.name === name)), getEntriesByType: (type) => byStart(list.filter((one) => one.entryType === type)) }, this);
    }, []);
  }
}

export default { performance, PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver, monitorEventLoopDelay: refuses('perf_hooks.monitorEventLoopDelay'), createHistogram: refuses('perf_hooks.createHistogram'), constants: {} };
