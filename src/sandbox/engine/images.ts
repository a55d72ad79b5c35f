/**
 * Memory images: the state of a process as a base of 4 KiB pages that many images share, and the words in which it differs. Immutable
 * once taken. The engine says which blocks of its memory were written, so that taking and putting cost what was written, not what is there.
 */
import { BLOCK_BITS } from './quickjs.ts';
import type { QuickJsInstance } from './quickjs.ts';

const PAGE_WORDS = 1_024;
const PAGE_BYTES = PAGE_WORDS * 4;
const BLOCK_WORDS = (1 << BLOCK_BITS) / 4;
const BLOCKS_IN_PAGE = PAGE_WORDS / BLOCK_WORDS;
/** Static data ends below this; from here to the resting stack pointer nothing is alive between bursts. */
const STATIC_END = 100 * 1024;
/** An image that differs from its base in more words becomes a base of its own. */
const CHANGES_MAX = 4_096;
/** Calibration allocates so much to see which word of the static data follows the end of the heap. */
const PROBE_BYTES = 262_144;

type Page = Int32Array | undefined;
/** By page number; a missing page is all zero. Two bases share the pages in which they are equal. */
export type BaseImage = readonly Page[];

export interface MemoryImage {
  readonly base: BaseImage;
  /** Words that differ from the base: number of the word, value, and so on. */
  readonly changes: Int32Array;
}

const NO_CHANGES = new Int32Array(0);

/** Moves images in and out of one instance. */
export class ImageSwapper {
  readonly #instance: QuickJsInstance;
  readonly #words: Int32Array;
  /** The marks of four blocks at a time. */
  readonly #marks4: Uint32Array;
  readonly #endWord: number;
  readonly #heapFrom: number;
  /** What the memory holds but for the marked blocks. */
  #base: BaseImage = [];
  /** The image that the memory holds, until guest code runs again. */
  #current: MemoryImage | undefined;
  /** Pages from here on were never written. */
  #highest = 0;
  readonly #scratch = new Int32Array(2 * CHANGES_MAX);

  constructor(instance: QuickJsInstance) {
    const { buffer, byteOffset, length } = instance.marks;
    this.#instance = instance;
    this.#words = new Int32Array(instance.memory.buffer, 0, byteOffset / 4);
    this.#marks4 = new Uint32Array(buffer, byteOffset, length / 4);
    this.#heapFrom = Math.floor(instance.restingStack / PAGE_BYTES);
    this.#endWord = this.#findHeapEnd();
    // Nothing is known of a new instance: every page up to the end of its heap may be written.
    instance.marks.fill(1, 0, this.#pagesUsed() * BLOCKS_IN_PAGE);
  }

  /** Takes the memory as it is now, if possible as changes of `base`; by default, of the base of the image that was put last. */
  take(base: BaseImage = this.#base): MemoryImage {
    if (base !== this.#base) this.#rebase(base);
    const blocks = this.#marked();
    this.#current = { base, changes: this.#changes(blocks) ?? this.#newBase(blocks) };
    if (this.#base !== base) this.#current = { base: this.#base, changes: NO_CHANGES };
    return this.#current;
  }

  /** Makes the memory equal to an image. Guest code may run then. */
  put(image: MemoryImage): void {
    const current = this.#current;
    this.#current = undefined;
    if (current === image) return;
    const { marks } = this.#instance;
    for (const block of this.#marked()) {
      this.#writeBlock(block);
      marks[block] = 0;
    }
    this.#changeBase(image.base);
    const words = this.#words;
    const { changes } = image;
    for (let i = 0; i < changes.length; i += 2) {
      const word = changes[i]!;
      words[word] = changes[i + 1]!;
      marks[word >> (BLOCK_BITS - 2)] = 1;
    }
  }

  /** The words of these blocks that differ from the base, or undefined when they are too many. */
  #changes(blocks: readonly number[]): Int32Array | undefined {
    const words = this.#words;
    const scratch = this.#scratch;
    let length = 0;
    for (const block of blocks) {
      const page = this.#base[Math.floor(block / BLOCKS_IN_PAGE)];
      const from = block * BLOCK_WORDS;
      const inPage = from % PAGE_WORDS;
      for (let i = 0; i < BLOCK_WORDS; i++) {
        const word = words[from + i]!;
        if (word === (page === undefined ? 0 : page[inPage + i])) continue;
        if (length === scratch.length) return undefined;
        scratch[length++] = from + i;
        scratch[length++] = word;
      }
    }
    return scratch.slice(0, length);
  }

  /** Makes the memory a base of its own, which shares with the last one the pages that are equal. */
  #newBase(blocks: readonly number[]): Int32Array {
    const pages = [...this.#base];
    let done = -1;
    for (const block of blocks) {
      this.#instance.marks[block] = 0;
      const page = Math.floor(block / BLOCKS_IN_PAGE);
      if (page !== done) pages[page] = this.#pageLike(page, this.#base[page]);
      done = page;
    }
    for (let page = 0; page < pages.length; page++) if (!(page in pages)) pages[page] = undefined;
    this.#base = pages;
    return NO_CHANGES;
  }

  /** Marks the blocks in which the memory differs from another base, instead of those of this one. */
  #rebase(base: BaseImage): void {
    const old = this.#base;
    const pages = new Set(this.#marked().map((block) => Math.floor(block / BLOCKS_IN_PAGE)));
    for (let page = 0; page < Math.max(old.length, base.length); page++) if (old[page] !== base[page]) pages.add(page);
    const { marks } = this.#instance;
    for (const page of pages) {
      const content = base[page];
      for (let block = page * BLOCKS_IN_PAGE; block < (page + 1) * BLOCKS_IN_PAGE; block++) marks[block] = this.#equals(block, content) ? 0 : 1;
    }
    this.#base = base;
  }

  #equals(block: number, content: Page): boolean {
    const words = this.#words;
    const from = block * BLOCK_WORDS;
    const inPage = from % PAGE_WORDS;
    for (let i = 0; i < BLOCK_WORDS; i++) if (words[from + i] !== (content === undefined ? 0 : content[inPage + i])) return false;
    return true;
  }

  /** Blocks that were written and not cleared since, lowest first. */
  #marked(): readonly number[] {
    const marks4 = this.#marks4;
    const { marks } = this.#instance;
    const blocks: number[] = [];
    const look = (fromPage: number, toPage: number): void => {
      for (let i = (fromPage * BLOCKS_IN_PAGE) >> 2; i < (toPage * BLOCKS_IN_PAGE) >> 2; i++) {
        if (marks4[i] === 0) continue;
        for (let block = i * 4; block < i * 4 + 4; block++) if (marks[block] === 1) blocks.push(block);
      }
    };
    look(0, STATIC_END / PAGE_BYTES);
    look(this.#heapFrom, this.#pagesUsed());
    return blocks;
  }

  #pagesUsed(): number {
    this.#highest = Math.max(this.#highest, Math.ceil(this.#words[this.#endWord]! / PAGE_BYTES));
    return this.#highest;
  }

  /** Puts a block of the base back. */
  #writeBlock(block: number): void {
    const words = this.#words;
    const page = this.#base[Math.floor(block / BLOCKS_IN_PAGE)];
    const from = block * BLOCK_WORDS;
    const inPage = from % PAGE_WORDS;
    for (let i = 0; i < BLOCK_WORDS; i++) words[from + i] = page === undefined ? 0 : page[inPage + i]!;
  }

  /** From one base, unchanged, to another. */
  #changeBase(base: BaseImage): void {
    const old = this.#base;
    if (old === base) return;
    for (let page = 0; page < Math.max(old.length, base.length); page++) {
      const content = base[page];
      if (old[page] === content) continue;
      const from = page * PAGE_WORDS;
      if (content) this.#words.set(content, from);
      else this.#words.fill(0, from, from + PAGE_WORDS);
    }
    this.#base = base;
  }

  #pageLike(page: number, base: Page): Page {
    const words = this.#words;
    const from = page * PAGE_WORDS;
    let i = 0;
    while (i < PAGE_WORDS && words[from + i] === (base === undefined ? 0 : base[i])) i++;
    return i === PAGE_WORDS ? base : words.slice(from, from + PAGE_WORDS);
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
