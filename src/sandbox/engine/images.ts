/** Memory images: the state of a process as 4 KiB pages, shared between images where they are equal. Immutable once taken. */
import type { QuickJsInstance } from './quickjs.ts';

const PAGE_WORDS = 1_024;
const PAGE_BYTES = PAGE_WORDS * 4;
/** Static data ends below this; from here to the resting stack pointer nothing is alive between bursts. */
const STATIC_END = 100 * 1024;
/** Calibration allocates so much to see which word of the static data follows the end of the heap. */
const PROBE_BYTES = 262_144;

export interface MemoryImage {
  /** By page number; a missing page is all zero. */
  readonly pages: readonly (Int32Array | undefined)[];
  /** End of the heap in bytes. */
  readonly end: number;
}

/** Moves images in and out of one instance, copying only what differs. */
export class ImageSwapper {
  readonly #instance: QuickJsInstance;
  readonly #words: Int32Array;
  readonly #endWord: number;
  readonly #heapFrom: number;
  /** The image that the memory holds now, or undefined when it is unknown (after a trap). */
  #current: MemoryImage | undefined;
  /** Highest page that may hold something else than zero. */
  #highest = 0;

  constructor(instance: QuickJsInstance) {
    this.#instance = instance;
    this.#words = new Int32Array(instance.memory.buffer);
    this.#heapFrom = Math.floor(instance.restingStack / PAGE_BYTES);
    this.#endWord = this.#findHeapEnd();
  }

  get current(): MemoryImage | undefined {
    return this.#current;
  }

  /** The memory is no image any more (guest code ran, or a trap hit). */
  spoil(): void {
    this.#current = undefined;
  }

  /** Takes the memory as it is now; pages equal to those of `base` are shared with it. */
  take(base: MemoryImage | undefined): MemoryImage {
    const end = this.#words[this.#endWord]!;
    const pages: (Int32Array | undefined)[] = [];
    for (const page of this.#livePages(end)) pages[page] = this.#pageLike(page, base?.pages[page]);
    const image: MemoryImage = { pages, end };
    this.#current = image;
    this.#highest = Math.max(this.#highest, Math.ceil(end / PAGE_BYTES));
    return image;
  }

  /** Makes the memory equal to an image. */
  put(image: MemoryImage): void {
    const known = this.#current;
    if (known === image) return;
    const highest = Math.max(this.#highest, Math.ceil(this.#words[this.#endWord]! / PAGE_BYTES), Math.ceil(image.end / PAGE_BYTES));
    for (const page of this.#livePages(highest * PAGE_BYTES)) {
      const wanted = image.pages[page];
      if (known !== undefined && known.pages[page] === wanted) continue;
      const from = page * PAGE_WORDS;
      if (wanted) this.#words.set(wanted, from);
      else this.#words.fill(0, from, from + PAGE_WORDS);
    }
    this.#highest = highest;
    this.#current = image;
  }

  *#livePages(end: number): Generator<number> {
    for (let page = 0; page < STATIC_END / PAGE_BYTES; page++) yield page;
    const last = Math.ceil(end / PAGE_BYTES);
    for (let page = this.#heapFrom; page < last; page++) yield page;
  }

  #pageLike(page: number, base: Int32Array | undefined): Int32Array | undefined {
    const words = this.#words;
    const from = page * PAGE_WORDS;
    let i = 0;
    if (base) {
      while (i < PAGE_WORDS && words[from + i] === base[i]) i++;
      return i === PAGE_WORDS ? base : words.slice(from, from + PAGE_WORDS);
    }
    while (i < PAGE_WORDS && words[from + i] === 0) i++;
    return i === PAGE_WORDS ? undefined : words.slice(from, from + PAGE_WORDS);
  }

  /** The word of the static data that holds the end of the heap: the highest address that grew with a large allocation. */
  #findHeapEnd(): number {
    const before = this.#words.slice(0, STATIC_END / 4);
    const probe = this.#instance.newArrayBuffer(new Uint8Array(PROBE_BYTES));
    let found = 0;
    for (let i = 0; i < STATIC_END / 4; i++) {
      const was = before[i]!;
      const is = this.#words[i]!;
      const grew = was >= this.#instance.restingStack && is >= was + PROBE_BYTES / 2 && is < this.#words.length * 4;
      if (grew && (found === 0 || is > this.#words[found]!)) found = i;
    }
    this.#instance.free(probe);
    if (found === 0) throw new Error('the end of the heap was not found: the module is not the pinned one');
    return found;
  }
}
