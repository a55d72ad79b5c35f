/** The metered QuickJS module: a thin binding to its exports, with every import virtual. No policy; see runtime.ts. */

/** Pages of 64 KiB that the engine knows of: fixed, so that no run ever grows the memory (growing would change the fuel count). 288 MiB. */
const GUEST_PAGES = 4_608;
/** Behind them, a byte for each block of 256 bytes says whether it was written: see rewrite/block-marks.mjs. */
const MARKS_AT = GUEST_PAGES * 65_536;
export const BLOCK_BITS = 8;
const MARKS = MARKS_AT >> BLOCK_BITS;
const MEMORY_PAGES = GUEST_PAGES + Math.ceil(MARKS / 65_536);
/** Bytes of native stack that guest code may use: about 550 JavaScript frames. @simplified Node has about 11,000. */
const GUEST_STACK_BYTES = 112 * 1024;
/** Room above the guest's limit, in bytes: enough to make and notice an error. */
const MEMORY_HEADROOM = 8 * 1024 * 1024;
/** @source quickjs-ng 0.12.1, wasm32: JSRuntime members, pinned by the sha256 in build.mjs */
const RUNTIME_MALLOC_SIZE = 24;
const RUNTIME_REJECTION_TRACKER = 180;
/** @source quickjs-ng 0.12.1, quickjs.h: JS_EVAL_TYPE_MODULE */
const EVAL_MODULE = 1;

/** A function of the module's ABI: pointers and numbers. */
type Native = (...args: number[]) => number;

/** What the instance asks of its host while guest code runs. */
export interface EngineHost {
  /** A registered host function was called; arguments and result are value pointers (0 = undefined). */
  call(functionId: number, args: readonly number[]): number;
  normalizeModule(base: string, name: string): string;
  /** Source text, or what to throw. */
  loadModule(name: string): { readonly source: string } | { readonly errorName: string; readonly message: string; readonly code?: string };
  /** A promise was rejected without a handler, or got one later. */
  rejection(promise: number, reason: number, handled: boolean): void;
  epochMs(): number;
  /** Text that the engine itself prints (assertions). */
  print(text: string): void;
}

/** (module (import "h" "f" (func (param i32 i64 i64 i32 i32))) (func (export "t") …calls it)): gives a JavaScript function that signature. */
const TRAMPOLINE = Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0, 1, 9, 1, 96, 5, 127, 126, 126, 127, 127, 0, 2, 7, 1, 1, 104, 1, 102, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 1, 10, 16, 1, 14, 0, 32, 0, 32, 1, 32, 2, 32, 3, 32, 4, 16, 0, 11]);

/** A broken-down time of zeros, and a name of a zone. */
const NO_TIME = new Uint8Array(44);
const UTC = Uint8Array.of(85, 84, 67, 0);

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class QuickJsInstance {
  readonly memory = new WebAssembly.Memory({ initial: MEMORY_PAGES, maximum: MEMORY_PAGES });
  readonly #exports: Readonly<Record<string, Native>>;
  readonly #fuel: WebAssembly.Global<'i64'>;
  readonly #depth: WebAssembly.Global<'i32'>;
  readonly #stackPointer: WebAssembly.Global<'i32'>;
  readonly #memoryLimit: WebAssembly.Global<'i32'>;
  readonly #memoryFull: WebAssembly.Global<'i32'>;
  readonly #restingStack: number;
  /** By block: 1 when it was written since somebody cleared it. */
  readonly marks = new Uint8Array(this.memory.buffer, MARKS_AT, MARKS);
  readonly #bytes = new Uint8Array(this.memory.buffer, 0, MARKS_AT);
  readonly #words = new Uint32Array(this.memory.buffer, 0, MARKS_AT / 4);
  readonly #longs = new BigInt64Array(this.memory.buffer, 0, MARKS_AT / 8);
  /** The engine's functions by the numbers that its memory holds. */
  readonly table: WebAssembly.Table;
  readonly runtime: number;
  readonly context: number;
  host: EngineHost;

  constructor(module: WebAssembly.Module, host: EngineHost) {
    this.host = host;
    const instance = new WebAssembly.Instance(module, { a: this.#imports() });
    this.#exports = instance.exports as unknown as Record<string, Native>;
    this.#fuel = instance.exports['fuel'] as WebAssembly.Global<'i64'>;
    this.#depth = instance.exports['depth'] as WebAssembly.Global<'i32'>;
    this.#stackPointer = instance.exports['g0'] as WebAssembly.Global<'i32'>;
    this.#memoryLimit = instance.exports['memory-limit'] as WebAssembly.Global<'i32'>;
    this.#memoryFull = instance.exports['memory-full'] as WebAssembly.Global<'i32'>;
    this.fuel = Number.MAX_SAFE_INTEGER;
    this.#exports['v']!();
    this.#restingStack = this.#stackPointer.value;
    this.runtime = this.#native('L')();
    (instance.exports['memory-word'] as WebAssembly.Global<'i32'>).value = this.runtime + RUNTIME_MALLOC_SIZE;
    this.#native('E')(this.runtime, GUEST_STACK_BYTES);
    this.context = this.#native('O')(this.runtime, 0);
    this.#native('Ia')(this.runtime, 1);
    this.table = instance.exports['table'] as WebAssembly.Table;
    this.#trackRejections(this.table);
  }

  get fuel(): number {
    return Number(this.#fuel.value);
  }
  set fuel(value: number) {
    this.#fuel.value = BigInt(value);
  }
  get depth(): number {
    return this.#depth.value;
  }
  /** Top of the native stack when nothing runs. */
  get restingStack(): number {
    return this.#restingStack;
  }
  /** Puts the globals to rest after a trap; the memory is the caller's. */
  reset(): void {
    this.#memoryFull.value = 0;
    this.#memoryLimit.value = -1;
    this.#depth.value = 0;
    this.#stackPointer.value = this.#restingStack;
  }

  /** Bytes allocated by the guest now. */
  get mallocBytes(): number {
    return this.#words[(this.runtime + RUNTIME_MALLOC_SIZE) >> 2]!;
  }
  /**
   * Once the guest has allocated more than `bytes`, its next allocation traps. A single request far beyond that fails as an exception
   * (`InternalError: out of memory`) while there is still room to notice it.
   */
  setMemoryLimit(bytes: number): void {
    this.#memoryLimit.value = bytes;
    this.#native('z')(this.runtime, bytes + MEMORY_HEADROOM);
  }
  /** The last trap was for want of memory. */
  get memoryFull(): boolean {
    return this.#memoryFull.value !== 0;
  }

  /** Registers a host function as a property of the global object. */
  defineFunction(name: string, length: number, id: number): void {
    const text = this.#newText(name);
    const fn = this.#native('Ea')(this.context, text, length, 0, id);
    this.#native('N')(text);
    this.setGlobal(name, fn);
    this.free(fn);
  }
  setGlobal(name: string, value: number): void {
    const global = this.#native('va')(this.context);
    const key = this.newString(name);
    this.#native('ka')(this.context, global, key, value);
    this.free(key);
    this.free(global);
  }
  getGlobal(name: string): number {
    const global = this.#native('va')(this.context);
    const value = this.getProperty(global, name);
    this.free(global);
    return value;
  }
  getProperty(object: number, name: string): number {
    const key = this.newString(name);
    const value = this.#native('ia')(this.context, object, key);
    this.free(key);
    return value;
  }

  /** Evaluates a classic script. The result pointer may hold an exception: see `exceptionOf`. */
  evaluate(source: string, file: string): number {
    const code = this.#newText(source);
    const name = this.#newText(file);
    const value = this.#native('qa')(this.context, code, encoder.encode(source).length, name, 0, 0);
    this.#native('N')(name);
    this.#native('N')(code);
    return value;
  }

  /** Evaluates an ES module now. Answers its namespace, or a promise of it when something in it waits; see `exceptionOf`. */
  evaluateModule(source: string, file: string): number {
    const code = this.#newText(source);
    const name = this.#newText(file);
    const value = this.#native('qa')(this.context, code, encoder.encode(source).length, name, 0, EVAL_MODULE);
    this.#native('N')(name);
    this.#native('N')(code);
    return value;
  }

  /** Calls a guest function. Frees nothing of the arguments. */
  callFunction(fn: number, args: readonly number[]): number {
    const list = this.#native('w')(Math.max(4, args.length * 4));
    for (let i = 0; i < args.length; i++) this.putWord(list + i * 4, args[i]!);
    const result = this.#native('na')(this.context, fn, this.#native('F')(), args.length, list);
    this.#native('N')(list);
    return result;
  }

  /** The thrown value when a result is an exception, else 0. */
  exceptionOf(value: number): number {
    return this.#native('oa')(this.context, value);
  }
  /** Runs queued promise callbacks until none is left; answers a thrown value's pointer, or 0. */
  runJobs(): number {
    const out = this.#native('w')(4);
    try {
      for (;;) {
        const result = this.#native('ha')(this.runtime, -1, out);
        const context = this.#words[out >> 2]!;
        const thrown = context === 0 ? 0 : this.exceptionOf(result);
        if (thrown !== 0) return thrown;
        this.#native('R')(this.runtime, result);
        if (this.#native('ga')(this.runtime) === 0) return 0;
      }
    } finally {
      this.#native('N')(out);
    }
  }

  newString(text: string): number {
    const pointer = this.#newText(text);
    const value = this.#native('$')(this.context, pointer);
    this.#native('N')(pointer);
    return value;
  }
  getString(value: number): string {
    const pointer = this.#native('aa')(this.context, value);
    if (pointer === 0) return '';
    const text = this.#readText(pointer);
    this.#native('T')(this.context, pointer);
    return text;
  }
  isUndefined(value: number): boolean {
    return value === 0 || this.typeOf(value) === 'undefined';
  }
  typeOf(value: number): string {
    const pointer = this.#native('sa')(this.context, value);
    const text = this.#readText(pointer);
    this.#native('N')(pointer);
    return text;
  }
  /** An ArrayBuffer whose bytes do not count as the guest's memory; 0 when there is no room. */
  newArrayBuffer(bytes: Uint8Array): number {
    const pointer = this.#native('w')(Math.max(1, bytes.length));
    if (pointer === 0) return 0;
    this.#putBytes(pointer, bytes);
    return this.#native('Y')(this.context, pointer, bytes.length);
  }
  /** A copy of an ArrayBuffer's bytes; empty when the value is none. */
  getArrayBuffer(value: number): Uint8Array {
    if (this.isUndefined(value)) return new Uint8Array(0);
    const length = this.#native('ca')(this.context, value);
    const pointer = this.#native('ba')(this.context, value);
    if (pointer === 0) return new Uint8Array(0);
    const bytes = this.#bytes.slice(pointer, pointer + length);
    // What the function answers is a copy of its own.
    this.#native('N')(pointer);
    return bytes;
  }
  newBoolean(value: boolean): number {
    return value ? this.#native('I')() : this.#native('H')();
  }
  /** A value held in a fresh cell, from its 64 bits (the tracker gives values so). Free the cell with `freeCell`, not the value. */
  borrow(bits: bigint): number {
    const cell = this.#native('w')(8);
    this.#putLong(cell, bits);
    return cell;
  }
  freeCell(cell: number): void {
    this.#native('N')(cell);
  }
  duplicate(value: number): number {
    return this.#native('U')(this.context, value);
  }
  free(value: number): void {
    if (value !== 0) this.#native('Q')(this.context, value);
  }
  /** Makes the pending call throw an error of that name. */
  throwError(name: string, message: string, code?: string): void {
    const error = this.#native('y')(this.context);
    for (const [key, text] of [['name', name], ['message', message], ...(code === undefined ? [] : [['code', code] as const])] as const) {
      const keyValue = this.newString(key);
      const value = this.newString(text);
      this.#native('ka')(this.context, error, keyValue, value);
      this.free(keyValue);
      this.free(value);
    }
    this.#native('x')(this.context, error);
    this.free(error);
  }
  /** Throws a guest value on. */
  throwValue(value: number): void {
    this.#native('x')(this.context, value);
  }

  #native(name: string): Native {
    return this.#exports[name]!;
  }
  #newText(text: string): number {
    const bytes = encoder.encode(text);
    const pointer = this.#native('w')(bytes.length + 1);
    this.#putBytes(pointer, bytes);
    this.#bytes[pointer + bytes.length] = 0;
    this.#mark(pointer, bytes.length + 1);
    return pointer;
  }
  #readText(pointer: number): string {
    const end = this.#bytes.indexOf(0, pointer);
    return decoder.decode(this.#bytes.subarray(pointer, end));
  }

  /** What the host writes it marks itself. */
  #mark(pointer: number, length: number): void {
    if (length > 0) this.marks.fill(1, pointer >>> BLOCK_BITS, ((pointer + length - 1) >>> BLOCK_BITS) + 1);
  }
  #putBytes(pointer: number, bytes: Uint8Array | readonly number[]): void {
    this.#bytes.set(bytes, pointer);
    this.#mark(pointer, bytes.length);
  }
  /** Writes a word of the engine's memory. */
  putWord(pointer: number, value: number): void {
    this.#words[pointer >> 2] = value;
    this.#mark(pointer, 4);
  }
  #putLong(pointer: number, value: bigint): void {
    this.#longs[pointer >> 3] = BigInt.asIntN(64, value);
    this.#mark(pointer, 8);
  }

  #trackRejections(table: WebAssembly.Table): void {
    const trampoline = new WebAssembly.Instance(new WebAssembly.Module(TRAMPOLINE), {
      h: {
        f: (_context: number, promise: bigint, reason: bigint, handled: number) => {
          const cells = [this.borrow(promise), this.borrow(reason)] as const;
          this.host.rejection(cells[0], cells[1], handled !== 0);
          this.freeCell(cells[0]);
          this.freeCell(cells[1]);
        },
      },
    });
    const index = table.grow(1);
    table.set(index, trampoline.exports['t'] as () => void);
    this.putWord(this.runtime + RUNTIME_REJECTION_TRACKER, index);
  }

  /** Imports by the letters of the pinned module. Clock, zone, environment and random are virtual; nothing reaches the host. */
  #imports(): WebAssembly.ModuleImports {
    const text = (pointer: number): string => (pointer === 0 ? '' : this.#readText(pointer));
    const stop = (what: string) => (): never => {
      throw new Error(what);
    };
    return {
      a: this.memory as unknown as WebAssembly.ImportValue,
      b: (condition: number, file: number, line: number) => {
        throw new Error(`engine assertion: ${text(condition)} (${text(file)}:${line})`);
      },
      c: (_fd: number, iov: number, count: number, written: number) => this.#write(iov, count, written),
      d: () => 52,
      e: () => 0,
      f: (count: number, size: number) => {
        this.putWord(count, 0);
        this.putWord(size, 0);
        return 0;
      },
      g: (_runtime: number, _context: number, base: number, name: number) => this.#newText(this.host.normalizeModule(text(base), text(name))),
      h: (_runtime: number, _context: number, name: number) => this.#load(text(name)),
      i: () => 0,
      j: () => 0,
      k: () => 0,
      l: () => {},
      m: (_time: bigint, out: number) => this.#putBytes(out, NO_TIME),
      n: (zone: number, daylight: number, standard: number, summer: number) => {
        this.putWord(zone, 0);
        this.putWord(daylight, 0);
        for (const name of [standard, summer]) this.#putBytes(name, UTC);
      },
      o: () => 70,
      p: () => this.host.epochMs(),
      q: (_clock: number, _precision: bigint, out: number) => {
        this.#putLong(out, BigInt(this.host.epochMs()) * 1_000_000n);
        return 0;
      },
      r: stop('the engine aborted'),
      s: stop('the engine exited'),
      t: (_context: number, _this: number, argc: number, argv: number, id: number) => this.host.call(id, Array.from({ length: argc }, (_, i) => this.#native('Fa')(argv, i))),
      u: () => {},
    };
  }

  #load(name: string): number {
    const loaded = this.host.loadModule(name);
    if ('source' in loaded) return this.#newText(loaded.source);
    this.throwError(loaded.errorName, loaded.message, loaded.code);
    return 0;
  }

  #write(iov: number, count: number, written: number): number {
    const words = this.#words;
    let total = 0;
    for (let i = 0; i < count; i++) {
      const pointer = words[(iov + i * 8) >> 2]!;
      const length = words[(iov + i * 8 + 4) >> 2]!;
      this.host.print(decoder.decode(this.#bytes.subarray(pointer, pointer + length)));
      total += length;
    }
    this.putWord(written, total);
    return 0;
  }
}
