/** Branches by the texts that a value may begin, or end, with. */
import { addAll, meets } from './branch-set.ts';
import type { BranchSet, Words } from './branch-set.ts';

/** Up to so many texts, trying each costs less than cutting the value and looking it up. */
const TRIED_MAX = 8;

interface End {
  readonly text: string;
  /** The text's character that lies deepest in the value: one comparison turns most values away before the costlier one. */
  readonly inner: number;
  readonly branches: BranchSet;
}

interface EndsOfLength {
  readonly length: number;
  readonly branches: ReadonlyMap<string, BranchSet>;
}

/** The ends in `texts`, or undefined when there are none. */
export function textEnds(texts: ReadonlyMap<string, BranchSet> | undefined, isSuffix: boolean): TextEnds | undefined {
  return texts === undefined ? undefined : new TextEnds(texts, isSuffix);
}

export class TextEnds {
  /** How many of the texts are tried one by one. */
  readonly tried: number;
  readonly #isSuffix: boolean;
  readonly #ends: readonly End[];
  readonly #byLength: readonly EndsOfLength[];

  constructor(texts: ReadonlyMap<string, BranchSet>, isSuffix: boolean) {
    this.#isSuffix = isSuffix;
    const lengths = new Map<number, Map<string, BranchSet>>();
    for (const [text, branches] of texts) {
      const group = lengths.get(text.length) ?? new Map<string, BranchSet>();
      lengths.set(text.length, group.set(text, branches));
    }
    const small = [...lengths].filter(([, group]) => group.size <= TRIED_MAX);
    this.#ends = small.flatMap(([, group]) =>
      [...group].map(([text, branches]) => ({ text, inner: text.charCodeAt(isSuffix ? 0 : text.length - 1), branches })),
    );
    this.tried = this.#ends.length;
    this.#byLength = [...lengths].filter(([, group]) => group.size > TRIED_MAX).map(([length, branches]) => ({ length, branches }));
  }

  addSatisfied(satisfied: Words, value: string, possible: Words): void {
    for (let i = 0; i < this.#ends.length; i += 1) {
      const { text, inner, branches } = this.#ends[i] as End;
      const at = this.#isSuffix ? value.length - text.length : text.length - 1;
      if (text !== '' && value.charCodeAt(at) !== inner) continue;
      if (meets(possible, branches) && (this.#isSuffix ? value.endsWith(text) : value.startsWith(text))) addAll(satisfied, branches);
    }
    for (let i = 0; i < this.#byLength.length; i += 1) {
      const { length, branches } = this.#byLength[i] as EndsOfLength;
      if (value.length < length) continue;
      const found = branches.get(this.#isSuffix ? value.slice(value.length - length) : value.slice(0, length));
      if (found !== undefined) addAll(satisfied, found);
    }
  }
}
