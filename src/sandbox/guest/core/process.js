/** The global process object of a Lambda environment. */
import EventEmitter from '../modules/events.js';
import { Writable } from '../modules/stream.js';
import { addTick } from './event-loop.js';
import { apply, host, nowMs } from './host.js';
import { writeRaw } from './console.js';
import { state } from './state.js';

const VERSIONS = { 22: '22.21.1', 24: '24.11.1' };
/** What a Lambda process holds before any user code, as Node shows it. */
const RSS_BASE = 38 * 1_048_576;

class OutputStream extends Writable {
  constructor(name, fd) {
    super({ decodeStrings: false });
    this.fd = fd;
    this.isTTY = false;
    Object.defineProperty(this, 'stream', { value: name, enumerable: false });
  }
  write(chunk, encoding, callback) {
    writeRaw(this.stream, typeof chunk === 'string' ? chunk : globalThis.Buffer.from(chunk).toString());
    const done = typeof encoding === 'function' ? encoding : callback;
    if (typeof done === 'function') addTick(done, []);
    return true;
  }
}

export class ExitRequest {}

export const process = new EventEmitter();

/** Variables are texts, as in every environment: what is stored is turned into one. */
function environmentOf(variables) {
  const target = Object.assign(Object.create(null), variables);
  return new Proxy(Object.setPrototypeOf(target, Object.prototype), {
    set(object, key, value) {
      if (typeof key === 'symbol' || typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
      object[key] = `${value}`;
      return true;
    },
    defineProperty(object, key, descriptor) {
      return Reflect.defineProperty(object, key, 'value' in descriptor ? { ...descriptor, value: `${descriptor.value}` } : descriptor);
    },
  });
}

export function exit(code) {
  const status = code ?? process.exitCode ?? 0;
  process.exitCode = status;
  process.emit('exit', status);
  host('exit', { code: Number(status) & 255 });
}

let umask = 0o22;
let hrBase = 0n;
const memoryUsage = () => {
  const heapUsed = host('memory', {});
  return { rss: RSS_BASE + heapUsed, heapTotal: heapUsed + 2_097_152, heapUsed, external: 1_048_576, arrayBuffers: 16_384 };
};
memoryUsage.rss = () => memoryUsage().rss;
const nanoseconds = () => BigInt(host('now-us', {})) * 1000n - hrBase;
function hrtime(previous) {
  const now = nanoseconds();
  const seconds = Number(now / 1_000_000_000n);
  const rest = Number(now % 1_000_000_000n);
  if (previous === undefined) return [seconds, rest];
  const [s, n] = [seconds - previous[0], rest - previous[1]];
  return n < 0 ? [s - 1, n + 1_000_000_000] : [s, n];
}
hrtime.bigint = nanoseconds;

/** Milliseconds since the process began, with microseconds. */
export const performanceNow = () => (host('now-us', {}) - state.startedMs * 1000) / 1000;

Object.assign(process, {
  title: 'node',
  argv: ['/var/lang/bin/node', '/var/runtime/index.mjs'],
  argv0: '/var/lang/bin/node',
  execArgv: [],
  execPath: '/var/lang/bin/node',
  pid: 2,
  ppid: 1,
  platform: 'linux',
  arch: 'x64',
  exitCode: undefined,
  features: { inspector: false, debug: false, uv: true, ipv6: true, tls: true, typescript: false },
  config: { target_defaults: {}, variables: {} },
  env: {},
  stdout: new OutputStream('stdout', 1),
  stderr: new OutputStream('stderr', 2),
  stdin: null,
  cwd: () => workingDirectory,
  chdir: (directory) => {
    workingDirectory = String(directory);
  },
  umask: (mask) => {
    const old = umask;
    if (mask !== undefined) umask = Number(mask);
    return old;
  },
  uptime: () => (nowMs() - state.startedMs) / 1000,
  hrtime,
  memoryUsage,
  resourceUsage: () => ({ userCPUTime: 0, systemCPUTime: 0, maxRSS: Math.floor(memoryUsage().rss / 1024) }),
  cpuUsage: () => ({ user: Math.floor((nowMs() - state.startedMs) * 1000), system: 0 }),
  nextTick: (callback, ...args) => {
    if (typeof callback !== 'function') throw Object.assign(new TypeError('The "callback" argument must be of type function. Received undefined'), { code: 'ERR_INVALID_ARG_TYPE' });
    addTick(callback, args);
  },
  exit,
  reallyExit: exit,
  abort: () => host('exit', { code: 134 }),
  kill: (pid, signal) => {
    if (pid === process.pid && signal !== 0) host('exit', { code: 143 });
    return true;
  },
  emitWarning: (warning, type = 'Warning') => {
    const text = typeof warning === 'string' ? `${typeof type === 'object' ? (type.type ?? 'Warning') : type}: ${warning}` : `${warning.name}: ${warning.message}`;
    process.stderr.write(`(node:${process.pid}) ${text}\n`);
  },
  getuid: () => 993,
  getgid: () => 990,
  geteuid: () => 993,
  getegid: () => 990,
  binding: () => {
    throw new Error('No such module');
  },
});
let workingDirectory = '/var/task';
process[Symbol.toStringTag] = 'process';

/** A new process: its environment, version and start. */
export function beginProcess(environment) {
  const major = state.runtime.replace(/\D/g, '');
  const version = VERSIONS[major] ?? `${major}.0.0`;
  process.version = `v${version}`;
  process.versions = { node: version, v8: major === '24' ? '13.6.233.10-node.28' : '12.4.254.21-node.33', modules: major === '24' ? '137' : '127' };
  process.release = { name: 'node', lts: major === '24' ? 'Krypton' : 'Jod' };
  process.arch = state.architecture === 'arm64' ? 'arm64' : 'x64';
  process.env = environmentOf(environment);
  state.startedMs = nowMs();
  hrBase = BigInt(state.startedMs) * 1_000_000n - 1_000_000_000n;
}

/** Emits to the user's listeners on process; false when there is none. */
export const emitProcess = (name, ...args) => apply(EventEmitter.prototype.emit, process, [name, ...args]);
