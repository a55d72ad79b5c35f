/** Sets of branch numbers for many rules at once: bits in 32-bit words, or a list where only few bits are set. */

export type Words = Int32Array;

export function wordCount(branches: number): number {
  return (branches + 31) >>> 5;
}

export function hasBit(words: Words, bit: number): boolean {
  return ((words[bit >>> 5] as number) & (1 << (bit & 31))) !== 0;
}

export function setBit(words: Words, bit: number): void {
  words[bit >>> 5] = (words[bit >>> 5] as number) | (1 << (bit & 31));
}

export function clearBit(words: Words, bit: number): void {
  words[bit >>> 5] = (words[bit >>> 5] as number) & ~(1 << (bit & 31));
}

/** Whether all members of `words` are in `others`. */
export function isWithin(words: Words, others: Words): boolean {
  for (let i = 0; i < words.length; i += 1) if (((words[i] as number) & ~(others[i] as number)) !== 0) return false;
  return true;
}

/** target = source; a loop, because TypedArray.set costs more for few words. */
export function copyWords(target: Words, source: Words): void {
  for (let i = 0; i < source.length; i += 1) target[i] = source[i] as number;
}

/** A fixed set, to be added to others or compared with them. */
export interface BranchSet {
  /** All members, ascending. */
  readonly bits: Int32Array;
  /** The same as words, when going through the words is quicker than through the list. */
  readonly words: Words | undefined;
}

export function branchSet(bits: Iterable<number>, words: number): BranchSet {
  const sorted = Int32Array.from(new Set(bits)).sort();
  if (sorted.length <= words) return { bits: sorted, words: undefined };
  const all = new Int32Array(words);
  for (const bit of sorted) setBit(all, bit);
  return { bits: sorted, words: all };
}

/** target ∪= set */
export function addAll(target: Words, set: BranchSet): void {
  const { words, bits } = set;
  if (words !== undefined) for (let i = 0; i < words.length; i += 1) target[i] = (target[i] as number) | (words[i] as number);
  else for (let i = 0; i < bits.length; i += 1) setBit(target, bits[i] as number);
}

/** Whether a member of `set` is in `words`. */
export function meets(words: Words, set: BranchSet): boolean {
  if (set.words === undefined) {
    for (let i = 0; i < set.bits.length; i += 1) if (hasBit(words, set.bits[i] as number)) return true;
    return false;
  }
  for (let i = 0; i < words.length; i += 1) if (((words[i] as number) & (set.words[i] as number)) !== 0) return true;
  return false;
}
