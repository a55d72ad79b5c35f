/** node:child_process for the programs of layers (/opt/bin/ffmpeg, /opt/bin/ffprobe). @source Node.js 22 docs, child_process */
import { Buffer, invalidArgument } from '../core/buffer.js';
import { addTick, expect, setTimeout } from '../core/event-loop.js';
import { abortError } from '../core/events.js';
import { host } from '../core/host.js';
import { promisify } from './util.js';
import { state } from '../core/state.js';
import EventEmitter from './events.js';
import * as files from './fs-core.js';
import path from './path.js';
import { PassThrough, Writable } from './stream.js';

const MAX_BUFFER = 1024 * 1024;

/** Where the program is: by path, or by its name on PATH; undefined when there is none. */
function findProgram(file, cwd) {
  const candidates = file.includes('/') ? [path.resolve(cwd, file)] : String(globalThis.process.env.PATH ?? '').split(':').map((directory) => path.join(directory === '' ? '.' : directory, file));
  return candidates.find((candidate) => state.programs.includes(candidate));
}

function missing(file, args, syscall, cwd) {
  const exists = file.includes('/') && files.exists(path.resolve(cwd, file));
  const code = exists ? 'EACCES' : 'ENOENT';
  const error = new Error(`${syscall} ${file} ${code}`);
  return Object.assign(error, { errno: exists ? -13 : -2, code, syscall: `${syscall} ${file}`, path: file, spawnargs: args });
}

function checkArguments(file, args) {
  if (typeof file !== 'string') throw invalidArgument('file', 'of type string', file);
  if (!Array.isArray(args)) throw invalidArgument('args', 'an instance of Array', args);
}

/** (file, args?, options?) in any of Node's forms. */
function parseCall(rest) {
  const args = Array.isArray(rest[0]) ? rest.shift() : [];
  const options = typeof rest[0] === 'object' && rest[0] !== null ? rest.shift() : {};
  return { args: args.map(String), options, callback: rest.find((item) => typeof item === 'function') };
}
const cwdOf = (options) => (options.cwd === undefined ? globalThis.process.cwd() : files.toPath(options.cwd, 'options.cwd'));

class ChildProcess extends EventEmitter {
  #id = 0;
  #options;
  constructor(file, args, options) {
    super();
    this.#options = options;
    this.spawnfile = file;
    this.spawnargs = [file, ...args];
    this.exitCode = null;
    this.signalCode = null;
    this.killed = false;
    this.connected = false;
    const ignored = (at) => options.stdio === 'ignore' || options.stdio?.[at] === 'ignore';
    const inherited = (at) => options.stdio === 'inherit' || options.stdio?.[at] === 'inherit';
    this.stdin = ignored(0) || inherited(0) ? null : new Writable({ write: (_chunk, _encoding, callback) => callback(), final: (callback) => callback() });
    this.stdout = ignored(1) || inherited(1) ? null : new PassThrough();
    this.stderr = ignored(2) || inherited(2) ? null : new PassThrough();
    this.stdio = [this.stdin, this.stdout, this.stderr];
    const cwd = cwdOf(options);
    const program = findProgram(file, cwd);
    if (program === undefined) {
      addTick(() => this.#fail(missing(file, args, 'spawn', cwd)), []);
      return;
    }
    const { id } = expect((wake) => this.#ended(wake.result));
    this.#id = id;
    this.pid = 100 + id;
    host('child', { id, file: program, args, cwd });
    addTick(() => this.emit('spawn'), []);
    if (options.timeout > 0) setTimeout(() => this.kill(options.killSignal), options.timeout).unref();
    if (options.signal?.aborted) addTick(() => this.#abort(), []);
    else options.signal?.addEventListener('abort', () => this.#abort(), { once: true });
  }
  #abort() {
    if (this.exitCode !== null || this.signalCode !== null) return;
    this.kill(this.#options.killSignal);
    this.emit('error', abortError(this.#options.signal));
  }
  #fail(error) {
    this.exitCode = error.errno;
    this.stdout?.push(null);
    this.stderr?.push(null);
    this.emit('error', error);
    addTick(() => this.emit('close', error.errno, null), []);
  }
  #ended(result) {
    this.exitCode = result.exitCode;
    this.signalCode = result.signal;
    this.emit('exit', result.exitCode, result.signal);
    let open = 1;
    const closed = () => {
      if (--open === 0) this.emit('close', this.exitCode, this.signalCode);
    };
    for (const [stream, text] of [[this.stdout, result.stdout], [this.stderr, result.stderr]]) {
      if (stream === null) continue;
      open++;
      stream.once('end', closed);
      stream.end(text);
      // Nobody reads: the pipe is closed all the same.
      if (stream.listenerCount('data') === 0 && stream.listenerCount('readable') === 0 && stream._r.flowing === null) stream.resume();
    }
    addTick(closed, []);
  }
  kill(signal = 'SIGTERM') {
    if (this.#id === 0 || this.exitCode !== null || this.signalCode !== null) return false;
    host('kill-child', { id: this.#id, signal: typeof signal === 'number' ? (signal === 9 ? 'SIGKILL' : 'SIGTERM') : signal });
    this.killed = true;
    return true;
  }
  ref() {}
  unref() {}
}

export function spawn(file, ...rest) {
  const { args, options } = parseCall(rest);
  checkArguments(file, args);
  if (!options.shell) return new ChildProcess(file, args, options);
  const [program, ...parsed] = splitCommand([file, ...args].join(' '));
  return new ChildProcess(program, parsed, options);
}

function outputOf(text, encoding) {
  return encoding === 'buffer' || encoding === null ? Buffer.from(text) : text;
}

/** The error of a program that failed. */
function failedError(command, child, killed) {
  const error = new Error(`Command failed: ${command}${child.stderr === '' ? '' : `\n${child.stderr}`}`);
  return Object.assign(error, { code: child.exitCode ?? child.code, killed, signal: child.signal, cmd: command });
}

export function execFile(file, ...rest) {
  const { args, options, callback } = parseCall(rest);
  checkArguments(file, args);
  const encoding = options.encoding === undefined ? 'utf8' : options.encoding;
  const child = options.shell ? spawn(file, args, options) : new ChildProcess(file, args, options);
  const texts = { stdout: '', stderr: '' };
  let over = false;
  let failure;
  const collect = (name) => (chunk) => {
    texts[name] += chunk.toString();
    if (failure === undefined && texts[name].length > (options.maxBuffer ?? MAX_BUFFER)) {
      texts[name] = texts[name].slice(0, options.maxBuffer ?? MAX_BUFFER);
      failure = Object.assign(new RangeError(`${name} maxBuffer length exceeded`), { code: 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER', cmd: [file, ...args].join(' ') });
      child.kill(options.killSignal);
    }
  };
  child.stdout?.on('data', collect('stdout'));
  child.stderr?.on('data', collect('stderr'));
  const done = (error) => {
    if (over) return;
    over = true;
    if (error) Object.assign(error, { cmd: error.cmd ?? [file, ...args].join(' ') });
    callback?.(error, outputOf(texts.stdout, encoding), outputOf(texts.stderr, encoding));
  };
  child.on('error', (error) => {
    if (error.name === 'AbortError') return done(error);
    return done(error);
  });
  child.on('close', (code, signal) => {
    if (failure !== undefined) return done(failure);
    if (code === 0 && signal === null) return done(null);
    return done(failedError([file, ...args].join(' '), { exitCode: code, signal, stderr: texts.stderr }, child.killed));
  });
  return child;
}

/** Words of a shell command: quotes and backslashes, nothing else of a shell. */
function splitCommand(command) {
  const words = [];
  let word = '';
  let quote = '';
  let any = false;
  for (let i = 0; i < command.length; i++) {
    const char = command[i];
    if (quote !== '') {
      if (char === quote) quote = '';
      else if (char === '\\' && quote === '"' && /["\\$`]/.test(command[i + 1] ?? '')) word += command[++i];
      else word += char;
    } else if (char === "'" || char === '"') {
      quote = char;
      any = true;
    } else if (char === '\\') word += command[++i] ?? '';
    else if (/[|&;<>()$`*?[\]#~]/.test(char)) throw Object.assign(new Error(`Not modelled: '${char}' in a shell command. Use execFile with a list of arguments.`), { name: 'NotModelled', code: 'NOT_MODELLED' });
    else if (/\s/.test(char)) {
      if (word !== '' || any) words.push(word);
      word = '';
      any = false;
    } else word += char;
  }
  if (word !== '' || any) words.push(word);
  return words;
}

export function exec(command, ...rest) {
  const options = typeof rest[0] === 'object' && rest[0] !== null ? rest.shift() : {};
  const [file, ...args] = splitCommand(command);
  if (findProgram(file, cwdOf(options)) !== undefined) return execFile(file, args, options, rest[0]);
  // A shell is there, the program is not.
  const child = new EventEmitter();
  const stderr = `/bin/sh: line 1: ${file}: command not found\n`;
  addTick(() => {
    rest[0]?.(failedError(command, { exitCode: 127, signal: null, stderr }, false), '', stderr);
    child.emit('exit', 127, null);
    child.emit('close', 127, null);
  }, []);
  return child;
}

function runSync(file, args, options) {
  const cwd = cwdOf(options);
  const program = findProgram(file, cwd);
  if (program === undefined) {
    const error = missing(file, args, 'spawnSync', cwd);
    return { error, pid: 0, status: null, signal: null, output: null, stdout: null, stderr: null };
  }
  const result = host('child-sync', { file: program, args, cwd });
  const encoding = options.encoding ?? 'buffer';
  const [stdout, stderr] = [outputOf(result.stdout, encoding), outputOf(result.stderr, encoding)];
  return { pid: 101, status: result.exitCode, signal: result.signal, output: [null, stdout, stderr], stdout, stderr };
}

export function spawnSync(file, ...rest) {
  const { args, options } = parseCall(rest);
  checkArguments(file, args);
  if (!options.shell) return runSync(file, args, options);
  const [program, ...parsed] = splitCommand([file, ...args].join(' '));
  return runSync(program, parsed, options);
}

function checked(command, result, options) {
  if (result.error) throw result.error;
  if (result.stderr?.length > 0 && options.stdio === undefined) globalThis.process.stderr.write(result.stderr.toString());
  if (result.status === 0) return result.stdout;
  const stderr = result.stderr?.toString() ?? '';
  throw Object.assign(new Error(`Command failed: ${command}${stderr === '' ? '' : `\n${stderr}`}`), result);
}

export function execFileSync(file, ...rest) {
  const { args, options } = parseCall(rest);
  checkArguments(file, args);
  return checked([file, ...args].join(' '), runSync(file, args, options), options);
}

export function execSync(command, options = {}) {
  const [file, ...args] = splitCommand(command);
  const result = runSync(file, args, options);
  if (result.error) return checked(command, { status: 127, signal: null, stdout: Buffer.alloc(0), stderr: Buffer.from(`/bin/sh: line 1: ${file}: command not found\n`) }, options);
  return checked(command, result, options);
}

/** util.promisify gives {stdout, stderr}, and both on the error. */
for (const fn of [execFile, exec]) {
  Object.defineProperty(fn, promisify.custom, {
    value: (...args) => {
      let child;
      const promise = new Promise((resolve, reject) => {
        child = fn(...args, (error, stdout, stderr) => (error ? reject(Object.assign(error, { stdout, stderr })) : resolve({ stdout, stderr })));
      });
      promise.child = child;
      return promise;
    },
  });
}

export function fork() {
  throw Object.assign(new Error('Not modelled: child_process.fork.'), { name: 'NotModelled', code: 'NOT_MODELLED' });
}
export default { spawn, execFile, exec, spawnSync, execFileSync, execSync, fork, ChildProcess };
