/** The runtime port over the metered engine: one wasm instance, memory images swapped in and out, every effect of a burst buffered. */
import type { RandomState } from '../../base/random.ts';
import type { BlobStore, BurstEnd, BurstInput, BurstResult, ImageId, ProcessSpec, Runtime, Stimulus } from '../../sim/ports/runtime.ts';
import { PRELUDE_FILE } from '../guest-contract.ts';
import type { GuestModuleTable } from '../guest-contract.ts';
import { BurstHost, BurstStop } from '../host/burst-host.ts';
import type { ModuleHost } from '../host/burst-host.ts';
import { AsyncContext } from './async-context.ts';
import { ImageSwapper } from './images.ts';
import type { BaseImage, MemoryImage } from './images.ts';
import { QuickJsInstance } from './quickjs.ts';

/** Fuel for evaluating the prelude: our own code, once. */
const PRELUDE_FUEL = 4_000_000_000;
/**
 * Fuel of one burst at which computing stops, although the function would still have time: three vCPU-seconds, some seconds of this
 * machine. @simplified Such a process counts as busy until its timeout.
 */
export const BURST_FUEL_MAX = 3_000_000_000;
const ENTRY_POINTS = ['load', 'invoke', 'wake', 'pending', 'settle', 'rejection', 'called', 'entered', 'left'] as const;
type EntryPoint = (typeof ENTRY_POINTS)[number];
/** Only what it captured before user code is used. */
const ADOPT = '((Bytes, apply, set) => (outside) => { const own = new Bytes(new Bytes(outside).length); apply(set, own, [new Bytes(outside)]); return own.buffer; })(Uint8Array, Reflect.apply, Uint8Array.prototype.set)';
const HOST_FUNCTIONS = { json: 1, bytes: 2, evaluate: 3 } as const;

export interface RuntimeOptions {
  readonly module: WebAssembly.Module;
  readonly blobs: BlobStore;
  readonly guest: GuestModuleTable;
  /** Instead of BURST_FUEL_MAX. */
  readonly burstFuelMax?: number;
  /** The modules of a process: its files, layers and what the guest supplies. */
  readonly modules: (spec: ProcessSpec) => ModuleHost;
}

interface ProcessImage {
  readonly memory: MemoryImage;
  readonly spec: ProcessSpec;
  readonly modules: ModuleHost;
  readonly random: RandomState;
  readonly ready: boolean;
  readonly peak: number;
}

/** Makes a runtime; synchronous, so that a world can use it. The module comes from `loadEngine`. */
export function createRuntime(o: RuntimeOptions): Runtime {
  return new MeteredRuntime(o);
}

class MeteredRuntime implements Runtime {
  readonly #o: RuntimeOptions;
  readonly #quickjs: QuickJsInstance;
  readonly #swapper: ImageSwapper;
  readonly #asyncContext: AsyncContext;
  readonly #template: MemoryImage;
  readonly #entries: Readonly<Record<EntryPoint, number>>;
  readonly #templateBytes: number;
  /** Guest function: copies an ArrayBuffer that lies outside of its memory into its own. */
  #adopt = 0;
  readonly #images = new Map<ImageId, ProcessImage>();
  /** By the files of a process: its memory after the init, on which the images of further processes of them are based. */
  readonly #bases = new WeakMap<object, BaseImage>();
  #nextImage = 1;
  #host: BurstHost | undefined;
  #fuelMax = PRELUDE_FUEL;
  #peak = 0;
  #printed = '';

  constructor(o: RuntimeOptions) {
    this.#o = o;
    this.#quickjs = new QuickJsInstance(o.module, {
      call: (id, args) => this.#hostCall(id, args),
      normalizeModule: (base, name) => this.#modules().normalize(base, name),
      loadModule: (name) => {
        const loaded = this.#modules().load(name);
        return 'source' in loaded ? loaded : { errorName: loaded.name, message: loaded.message, ...(loaded.code === undefined ? {} : { code: loaded.code }) };
      },
      rejection: (promise, reason, handled) => {
        if (this.#host) this.#quickjs.free(this.#quickjs.callFunction(this.#entries.rejection, [promise, reason, this.#quickjs.newBoolean(handled)]));
      },
      epochMs: () => this.#host?.epochMs() ?? 0,
      print: (text) => {
        this.#printed = (this.#printed + text).slice(-2_000);
      },
    });
    const tell = (name: 'called' | 'entered' | 'left', args: readonly number[]): void => this.#quickjs.free(this.#quickjs.callFunction(this.#entries[name], args));
    this.#asyncContext = new AsyncContext(this.#quickjs, { called: (promise) => tell('called', [promise]), entered: (promise) => tell('entered', promise === undefined ? [] : [promise]), left: () => tell('left', []) });
    this.#swapper = new ImageSwapper(this.#quickjs);
    this.#entries = this.#loadPrelude();
    this.#templateBytes = this.#quickjs.mallocBytes;
    this.#template = this.#swapper.take();
  }

  start(spec: ProcessSpec, input: BurstInput): BurstResult {
    const modules = this.#o.modules(spec);
    const load = { runtime: spec.runtime, handler: spec.handler, environment: spec.environment, programs: spec.programs, heapBytesMax: spec.heapBytesMax, ...(spec.architecture === 'arm64' ? { architecture: spec.architecture } : {}) };
    return this.#burst({ memory: this.#template, spec, modules, random: undefined, ready: false, peak: 0 }, input, () => {
      this.#enter('load', JSON.stringify(load));
    });
  }

  resume(image: ImageId, stimulus: Stimulus, input: BurstInput): BurstResult {
    const process = this.#images.get(image);
    if (process === undefined) throw new Error(`there is no memory image ${image}`);
    return this.#burst(process, input, () => {
      if (stimulus.kind === 'invoke') this.#enter('invoke', JSON.stringify({ event: stimulus.event, context: stimulus.context }));
      else for (const wake of stimulus.wakes) this.#enter('wake', JSON.stringify([wakeWithFiles(this.#host!, wake)]));
    });
  }

  release(image: ImageId): void {
    this.#images.delete(image);
  }

  /** Runs guest code from an image, to the point where nothing is left to run or the process has died. */
  #burst(from: Omit<ProcessImage, 'random'> & { readonly random: RandomState | undefined }, input: BurstInput, run: () => void): BurstResult {
    const limit = this.#templateBytes + from.spec.heapBytesMax;
    this.#quickjs.reset();
    this.#swapper.put(from.memory);
    const cap = this.#o.burstFuelMax ?? BURST_FUEL_MAX;
    this.#fuelMax = Math.max(1, Math.floor(Math.min(input.budget.fuelMax, cap)));
    this.#quickjs.fuel = this.#fuelMax;
    this.#quickjs.setMemoryLimit(limit);
    this.#peak = 0;
    const host = new BurstHost({ spec: from.spec, input, blobs: this.#o.blobs, modules: from.modules, randomState: from.random, usedFuel: () => this.#usedFuel(), charge: (fuel) => this.#charge(fuel), heapBytes: () => Math.max(0, this.#quickjs.mallocBytes - this.#templateBytes) });
    host.ready = from.ready;
    this.#host = host;
    let end: BurstEnd;
    let pending = 0;
    try {
      run();
      pending = Number(this.#callText('pending', ''));
      end = host.initError ?? { kind: 'waiting', pending };
    } catch (error) {
      end = this.#endOf(error);
    }
    this.#sample();
    const fuel = Math.min(this.#usedFuel(), this.#fuelMax);
    if (end.kind === 'fuel' && input.budget.fuelMax > cap) end = { kind: 'cap' };
    if (this.#peak > limit && end.kind !== 'fuel') end = { kind: 'memory' };
    this.#host = undefined;
    const alive = end.kind === 'waiting';
    const peak = Math.max(from.peak, this.#peak - this.#templateBytes);
    const heapBytes = alive ? Math.max(0, this.#quickjs.mallocBytes - this.#templateBytes) : 0;
    const image = alive ? this.#keep({ memory: this.#take(from.memory, from.spec), spec: from.spec, modules: from.modules, random: host.random.state(), ready: host.ready, peak }) : null;
    return { image, fuel, effects: host.effects, end, ready: host.ready, tmp: host.disk.files(), heapBytes, heapBytesPeak: peak };
  }

  /** Processes of the same files are nearly equal after their init. */
  #take(from: MemoryImage, { files }: ProcessSpec): MemoryImage {
    if (from !== this.#template) return this.#swapper.take();
    const memory = this.#swapper.take(this.#bases.get(files));
    if (memory.base !== this.#template.base) this.#bases.set(files, memory.base);
    return memory;
  }

  #keep(process: ProcessImage): ImageId {
    const id = `image-${this.#nextImage++}`;
    this.#images.set(id, process);
    return id;
  }

  /** One entry into the guest, then its event loop until nothing is left to do now. */
  #enter(name: EntryPoint, json: string): void {
    this.#callText(name, json);
    do this.#jobs();
    while (this.#callText('settle', '') === 'again');
  }

  #jobs(): void {
    const thrown = this.#quickjs.runJobs();
    if (thrown !== 0) this.#quickjs.free(thrown);
    this.#sample();
  }

  #callText(name: EntryPoint, text: string): string {
    const argument = this.#quickjs.newString(text);
    const result = this.#quickjs.callFunction(this.#entries[name], [argument]);
    this.#quickjs.free(argument);
    const thrown = this.#quickjs.exceptionOf(result);
    if (thrown !== 0) {
      const message = this.#quickjs.getString(thrown);
      this.#quickjs.free(thrown);
      throw new BurstStop(/out of memory|^null$/.test(message) ? { kind: 'memory' } : { kind: 'engine-failure', message: `the guest prelude threw in ${name}: ${message}` });
    }
    const answer = this.#quickjs.getString(result);
    this.#quickjs.free(result);
    return answer;
  }

  /** Traps: out of fuel, too deep, or the engine's own failure. */
  #endOf(error: unknown): BurstEnd {
    if (error instanceof BurstStop) return error.end;
    if (this.#quickjs.memoryFull) return { kind: 'memory' };
    if (this.#quickjs.fuel < 0) return { kind: 'fuel' };
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) return { kind: 'engine-failure', message: this.#quickjs.depth > 0 ? 'Maximum call stack size exceeded' : message };
    return { kind: 'engine-failure', message };
  }

  #usedFuel(): number {
    return this.#fuelMax - this.#quickjs.fuel;
  }
  #charge(fuel: number): void {
    this.#sample();
    this.#quickjs.fuel -= fuel;
    if (this.#quickjs.fuel < 0) throw new BurstStop({ kind: 'fuel' });
  }
  #sample(): void {
    this.#peak = Math.max(this.#peak, this.#quickjs.mallocBytes);
  }
  #modules(): ModuleHost {
    if (!this.#host) throw new Error('no process is running');
    return this.#host.modules;
  }

  #hostCall(id: number, args: readonly number[]): number {
    const quickjs = this.#quickjs;
    const text = (at: number): string => (args[at] === undefined ? '' : quickjs.getString(args[at]));
    if (id === HOST_FUNCTIONS.evaluate) return this.#evaluate(text(0), text(1), text(2) === 'module');
    const host = this.#host;
    if (host === undefined) return quickjs.newString('{"error":{"code":"ENOSYS","message":"not while the prelude loads","syscall":"","path":""}}');
    if (id === HOST_FUNCTIONS.json) {
      const op = text(0);
      if (op === 'async-context') this.#asyncContext.switchOn();
      return quickjs.newString(op === 'async-context' ? 'null' : host.json(op, text(1)));
    }
    const bytes = args[2] === undefined ? new Uint8Array(0) : quickjs.getArrayBuffer(args[2]);
    const answer = host.bytes(text(0), text(1), bytes);
    return typeof answer === 'string' ? quickjs.newString(answer) : this.#guestBuffer(answer);
  }

  /** Bytes in a buffer that the guest allocates itself, so that they count as its memory. */
  #guestBuffer(bytes: Uint8Array): number {
    const outside = this.#quickjs.newArrayBuffer(bytes);
    const buffer = outside === 0 ? 0 : this.#quickjs.callFunction(this.#adopt, [outside]);
    this.#quickjs.free(outside);
    if (buffer === 0 || this.#quickjs.exceptionOf(buffer) !== 0) throw new BurstStop({ kind: 'memory' });
    return buffer;
  }

  /** Parts of the guest itself cost no fuel: Node's own modules lie in its snapshot. */
  #evaluate(file: string, source: string, isModule: boolean): number {
    const fuel = this.#quickjs.fuel;
    const value = isModule ? this.#quickjs.evaluateModule(source, file) : this.#quickjs.evaluate(source, file);
    if (!isModule && file.startsWith('node:internal/')) this.#quickjs.fuel = fuel;
    const thrown = this.#quickjs.exceptionOf(value);
    if (thrown === 0) return value;
    this.#quickjs.throwValue(thrown);
    this.#quickjs.free(thrown);
    return value;
  }

  #loadPrelude(): Record<EntryPoint, number> {
    const quickjs = this.#quickjs;
    quickjs.fuel = PRELUDE_FUEL;
    quickjs.defineFunction('__host', 2, HOST_FUNCTIONS.json);
    quickjs.defineFunction('__hostBytes', 3, HOST_FUNCTIONS.bytes);
    quickjs.defineFunction('__evalScript', 3, HOST_FUNCTIONS.evaluate);
    const value = quickjs.evaluate(this.#o.guest.prelude, PRELUDE_FILE);
    const thrown = quickjs.exceptionOf(value);
    if (thrown !== 0) throw new Error(`the guest prelude failed: ${quickjs.getString(thrown)} ${quickjs.getString(quickjs.getProperty(thrown, 'stack'))}`);
    quickjs.free(value);
    quickjs.runJobs();
    this.#adopt = quickjs.evaluate(ADOPT, PRELUDE_FILE);
    const guest = quickjs.getGlobal('__guest');
    const entries = Object.fromEntries(ENTRY_POINTS.map((name) => [name, quickjs.getProperty(guest, name)])) as Record<EntryPoint, number>;
    quickjs.free(guest);
    quickjs.free(quickjs.evaluate('delete globalThis.__guest', PRELUDE_FILE));
    return entries;
  }
}

/** A child's files are on the disk before the guest hears that it ended. */
function wakeWithFiles(host: BurstHost, wake: Extract<Stimulus, { kind: 'wake' }>['wakes'][number]): object {
  if (wake.kind !== 'child') return wake;
  for (const [path, blob] of Object.entries(wake.result.tmp)) {
    if (blob) host.disk.writeBlob(path, blob);
    else host.disk.remove(path, { recursive: true, force: true, kind: 'any' });
  }
  return { ...wake, result: { ...wake.result, tmp: {} } };
}
