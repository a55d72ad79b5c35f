/** Gathers branches by a key that they share. */
import { branchSet } from './branch-set.ts';
import type { BranchSet } from './branch-set.ts';

/** Branches by key, while they are being gathered. */
export class BranchGroups<Key> {
  readonly #groups = new Map<Key, number[]>();

  add(key: Key, branch: number): void {
    const group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, [branch]);
    else group.push(branch);
  }

  /** Undefined when nothing was added. */
  finish(words: number): ReadonlyMap<Key, BranchSet> | undefined {
    if (this.#groups.size === 0) return undefined;
    return new Map([...this.#groups].map(([key, branches]) => [key, branchSet(branches, words)]));
  }
}
