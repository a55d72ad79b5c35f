/**
 * Values by whole numbers that only ever go up: a map for things that come and go by the million. Plain data, in order of the numbers.
 * A Map would be made anew every few changes, and its dead tables keep young values alive for the collector; here a page is dropped once.
 */

const PAGE_BITS = 8;
const PAGE_MASK = (1 << PAGE_BITS) - 1;

interface Page<T> {
  readonly items: (T | undefined)[];
  count: number;
}

export interface Numbered<T> {
  /** By number / 256, in order. */
  readonly pages: Map<number, Page<T>>;
  size: number;
}

export function createNumbered<T>(): Numbered<T> {
  return { pages: new Map(), size: 0 };
}

export function numberedGet<T>(from: Numbered<T>, number: number): T | undefined {
  return from.pages.get(number >>> PAGE_BITS)?.items[number & PAGE_MASK];
}

/** @param number 0 … 2^32 - 1, above all numbers that were ever added */
export function numberedAdd<T>(to: Numbered<T>, number: number, value: T): void {
  const key = number >>> PAGE_BITS;
  let page = to.pages.get(key);
  if (page === undefined) to.pages.set(key, (page = { items: new Array<T | undefined>(PAGE_MASK + 1).fill(undefined), count: 0 }));
  page.items[number & PAGE_MASK] = value;
  page.count++;
  to.size++;
}

/** False when there is nothing under this number. */
export function numberedDelete<T>(from: Numbered<T>, number: number): boolean {
  const key = number >>> PAGE_BITS;
  const page = from.pages.get(key);
  if (page?.items[number & PAGE_MASK] === undefined) return false;
  page.items[number & PAGE_MASK] = undefined;
  from.size--;
  if (--page.count === 0) from.pages.delete(key);
  return true;
}

export function numberedClear<T>(of: Numbered<T>): void {
  of.pages.clear();
  of.size = 0;
}

/** All values, by number. */
export function numberedValues<T>(of: Numbered<T>): T[] {
  const values: T[] = [];
  for (const { items } of of.pages.values()) for (const item of items) if (item !== undefined) values.push(item);
  return values;
}
