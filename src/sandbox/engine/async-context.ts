/**
 * Tells the guest when an async function goes on after an `await`: what AsyncLocalStorage needs and the engine has no hook for. The
 * runtime's class table holds what is called for an async function and for its two resolving functions; a process that asks for it gets
 * a wrapper in those three places. The words lie in the guest's memory, so they belong to its image; other processes pay nothing.
 */
import type { QuickJsInstance } from './quickjs.ts';

/** @source quickjs-ng 0.12.1, wasm32, pinned by the sha256 in build.mjs: JSRuntime.class_array, entries of six words, the fifth is `call` */
const CLASS_ARRAY = 76;
const CLASS_WORDS = 6;
const CLASS_CALL = 4;
/** Class numbers: a called async function, and the functions that resume one. */
const ASYNC_FUNCTION = 54;
const ASYNC_FUNCTION_RESOLVE = 55;
const ASYNC_FUNCTION_REJECT = 56;
/** Words in a function object → its async state; in that state → the promise's resolving function; in that → {promise, …}. */
const OBJECT_OPAQUE = 8;
const STATE_RESOLVING = 4;
/** Upper half of a value that is an object. */
const TAG_OBJECT = 0xffff_ffff;
/** Classes of a promise, and of its two resolving functions; an object's class stands in the upper half of its second word. */
const PROMISE = 51;
const PROMISE_RESOLVE = 52;
const PROMISE_REJECT = 53;

export interface AsyncContextHost {
  /** An async function was called and came back with its promise. */
  called(promise: number): void;
  /** An async function goes on; `left` follows. */
  entered(promise: number | undefined): void;
  left(): void;
}

/** (func (param i32 i64 i64 i32 i32 i32) (result i64)): `before(function)`, the original, `after(result)`. */
const WRAPPER = Uint8Array.from([
  ...[0, 97, 115, 109, 1, 0, 0, 0],
  ...[1, 15, 2, 96, 6, 127, 126, 126, 127, 127, 127, 1, 126, 96, 1, 126, 0],
  ...[2, 19, 3, 1, 104, 1, 98, 0, 1, 1, 104, 1, 97, 0, 1, 1, 104, 1, 111, 0, 0],
  ...[3, 2, 1, 0],
  ...[7, 5, 1, 1, 116, 0, 3],
  ...[10, 30, 1, 28, 1, 1, 126, 32, 1, 16, 0, 32, 0, 32, 1, 32, 2, 32, 3, 32, 4, 32, 5, 16, 2, 34, 6, 16, 1, 32, 6, 11],
]);

const words = (quickjs: QuickJsInstance): Uint32Array => new Uint32Array(quickjs.memory.buffer);
const callWord = (quickjs: QuickJsInstance, classId: number): number => (words(quickjs)[(quickjs.runtime + CLASS_ARRAY) >> 2]! >> 2) + classId * CLASS_WORDS + CLASS_CALL;

/** The wrappers of one instance: made once, before the template image is taken, so that every instance has them at the same places. */
export class AsyncContext {
  readonly #quickjs: QuickJsInstance;
  readonly #places: readonly { readonly classId: number; readonly index: number }[];

  constructor(quickjs: QuickJsInstance, host: AsyncContextHost) {
    this.#quickjs = quickjs;
    const nothing = (): void => {};
    const enter = (fn: bigint): void => {
      const promise = this.#promiseOf(Number(fn & 0xffff_ffffn));
      if (promise === undefined) host.entered(undefined);
      else this.#withCell(promise, (cell) => host.entered(cell));
    };
    const called = (result: bigint): void => {
      if (Number(result >> 32n) >>> 0 === TAG_OBJECT) this.#withCell(result, (cell) => host.called(cell));
    };
    const table = quickjs.table;
    this.#places = [ASYNC_FUNCTION, ASYNC_FUNCTION_RESOLVE, ASYNC_FUNCTION_REJECT].map((classId) => {
      const original = table.get(words(quickjs)[callWord(quickjs, classId)]!) as () => void;
      const isCall = classId === ASYNC_FUNCTION;
      const wrapper = new WebAssembly.Instance(new WebAssembly.Module(WRAPPER), { h: { b: isCall ? nothing : enter, a: isCall ? called : () => host.left(), o: original } });
      const index = table.grow(1);
      table.set(index, wrapper.exports['t'] as () => void);
      return { classId, index };
    });
  }

  /** From now on, the running process is told. */
  switchOn(): void {
    for (const { classId, index } of this.#places) this.#quickjs.putWord(callWord(this.#quickjs, classId) * 4, index);
  }

  /** The promise that an async function answers, from one of its resolving functions; undefined for other async code (modules). */
  #promiseOf(fn: number): bigint | undefined {
    const memory = words(this.#quickjs);
    const classOf = (object: number): number => memory[(object >> 2) + 1]! >>> 16;
    const state = memory[(fn >> 2) + OBJECT_OPAQUE]!;
    const resolving = memory[(state >> 2) + STATE_RESOLVING]!;
    if (memory[(state >> 2) + STATE_RESOLVING + 1] !== TAG_OBJECT || ![PROMISE_RESOLVE, PROMISE_REJECT].includes(classOf(resolving))) return undefined;
    const data = memory[(resolving >> 2) + OBJECT_OPAQUE]!;
    const promise = new BigUint64Array(this.#quickjs.memory.buffer)[data >> 3]!;
    return classOf(Number(promise & 0xffff_ffffn)) === PROMISE ? promise : undefined;
  }

  #withCell(value: bigint, tell: (cell: number) => void): void {
    const cell = this.#quickjs.borrow(value);
    tell(cell);
    this.#quickjs.freeCell(cell);
  }
}
