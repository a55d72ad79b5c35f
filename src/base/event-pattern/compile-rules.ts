/**
 * Matches an event against many patterns at once, through a structure that all of them share.
 *
 * Each branch of each pattern is one bit. The event is walked once for the leaves that any pattern asks for; then, path by
 * path, the bits of branches whose condition fails are cleared. What remains matches, save that events with arrays of objects
 * are looked at again, branch by branch, for the rule that fields must come from one element.
 */
import type { LeafValue } from './language/conditions.ts';
import { parseEventPattern } from './language/parse-pattern.ts';
import type { Branch } from './language/parse-pattern.ts';
import { addAll, clearBit, copyWords, hasBit, isWithin, setBit, wordCount } from './matching/branch-set.ts';
import type { Words } from './matching/branch-set.ts';
import { matchesBranch } from './matching/match-branch.ts';
import { buildPathTree, collectLeaves } from './matching/path-tree.ts';
import type { LeafSink, Membership, PathNode } from './matching/path-tree.ts';
import { ValueIndex } from './matching/value-index.ts';
import type { PathDemand } from './matching/sort-conditions.ts';

/**
 * Compiles rules into one matcher.
 * @returns a function from an event to the ids of the rules it matches, in the order in which `rules` holds them
 * @throws InvalidEventPatternException for the first pattern that is not valid
 */
export function compileEventPatterns(rules: Readonly<Record<string, object | string>>): (event: object) => string[] {
  const matcher = new RuleMatcher(Object.entries(rules));
  return (event) => matcher.match(event);
}

/** What is known of a path: who asks for it, and the index over what they ask. */
interface PathPlan {
  readonly index: ValueIndex;
  /** All branches that set no condition on the path. */
  readonly indifferent: Words;
  /** The same and the branches that want the path missing. */
  readonly keptWhenMissing: Words;
  readonly slot: number;
  readonly demands: number;
  /** Conditions to try for each branch that asks; 0 where look-ups do all. */
  readonly cost: number;
}

/** Paths that are looked at together. */
interface Stage {
  readonly tree: PathNode;
  /** Cheap and much demanded paths first, so that few branches are left when the costly conditions come. */
  readonly plans: readonly PathPlan[];
}

class RuleMatcher implements LeafSink {
  readonly #ids: readonly string[];
  /** Rule of each branch; ascending. */
  readonly #ruleOf: readonly number[] = [];
  readonly #branches: readonly Branch[] = [];
  readonly #slotsOf: readonly (readonly number[])[];
  /** The envelope's own fields first: they decide most rules, before anything deeper is touched. */
  readonly #stages: readonly Stage[];
  readonly #all: Words;
  readonly #possible: Words;
  readonly #satisfied: Words;
  /** First value of each path in the current event, or undefined. */
  readonly #first: (LeafValue | undefined)[];
  readonly #more: (LeafValue[] | undefined)[];
  /** Paths with a leaf inside an array of objects in the current event. */
  #inElements: number[] = [];
  /** Whether the current event has put anything into `#more` or `#inElements`. */
  #hasMore = false;

  constructor(rules: readonly (readonly [string, object | string])[]) {
    const ruleOf: number[] = [];
    const branches: Branch[] = [];
    for (const [rule, [, pattern]] of rules.entries()) {
      for (const branch of parseEventPattern(pattern).branches) {
        branches.push(branch);
        ruleOf.push(rule);
      }
    }
    this.#ids = rules.map(([id]) => id);
    this.#ruleOf = ruleOf;
    this.#branches = branches;
    const demands = new Map<string, PathDemand[]>();
    for (const [branch, fields] of branches.entries()) {
      for (const { path, conditions } of fields) {
        const list = demands.get(path);
        if (list === undefined) demands.set(path, [{ branch, conditions }]);
        else list.push({ branch, conditions });
      }
    }
    const paths = [...demands.keys()];
    const slots = new Map(paths.map((path, slot) => [path, slot]));
    this.#slotsOf = branches.map((fields) => fields.map(({ path }) => slots.get(path) as number));
    const words = wordCount(branches.length);
    this.#all = new Int32Array(words);
    for (let bit = 0; bit < branches.length; bit += 1) setBit(this.#all, bit);
    this.#possible = new Int32Array(words);
    this.#satisfied = new Int32Array(words);
    this.#first = Array.from({ length: paths.length }, () => undefined);
    this.#more = Array.from({ length: paths.length }, () => undefined);
    const plans = [...demands.values()].map((list, slot) => planPath(list, slot, this.#all));
    this.#stages = [false, true].map((isDeep) => planStage(paths.filter((path) => path.includes('.') === isDeep), slots, plans));
  }

  match(event: object): string[] {
    copyWords(this.#possible, this.#all);
    const ids = this.#stages.every((stage) => this.#runStage(event, stage)) ? this.#collect(event) : [];
    for (let slot = 0; slot < this.#first.length; slot += 1) this.#first[slot] = undefined;
    if (this.#hasMore) {
      this.#more.fill(undefined);
      this.#inElements = [];
      this.#hasMore = false;
    }
    return ids;
  }

  leaf(slot: number, value: LeafValue, membership: Membership | null): void {
    if (this.#first[slot] === undefined) {
      this.#first[slot] = value;
      if (membership === null) return;
    } else {
      (this.#more[slot] ??= []).push(value);
    }
    this.#hasMore = true;
    if (membership !== null && !this.#inElements.includes(slot)) this.#inElements.push(slot);
  }

  /** False when no branch is left. */
  #runStage(event: object, { tree, plans }: Stage): boolean {
    if (plans.length === 0) return true;
    collectLeaves(event, tree, this);
    for (let i = 0; i < plans.length; i += 1) if (!this.#narrow(plans[i] as PathPlan)) return false;
    return true;
  }

  /** Clears the branches whose condition on the path fails; false when none is left. */
  #narrow({ index, indifferent, keptWhenMissing, slot }: PathPlan): boolean {
    const possible = this.#possible;
    if (isWithin(possible, indifferent)) return true;
    const value = this.#first[slot];
    let kept = keptWhenMissing;
    if (value !== undefined) {
      kept = this.#satisfied;
      copyWords(kept, indifferent);
      index.addSatisfied(kept, value, possible);
      const more = this.#hasMore ? this.#more[slot] : undefined;
      if (more !== undefined) for (const other of more) index.addSatisfied(kept, other, possible);
      // Whether the path is missing from the chosen element cannot be told here.
      if (this.#inElements.length > 0 && this.#inElements.includes(slot)) addAll(kept, index.absent);
    }
    let left = 0;
    for (let w = 0; w < possible.length; w += 1) {
      const word = (possible[w] as number) & (kept[w] as number);
      possible[w] = word;
      left |= word;
    }
    return left !== 0;
  }

  #collect(event: object): string[] {
    const ids: string[] = [];
    let lastRule = -1;
    for (let w = 0; w < this.#possible.length; w += 1) {
      for (let word = this.#possible[w] as number; word !== 0; word &= word - 1) {
        const branch = w * 32 + (31 - Math.clz32(word & -word));
        const rule = this.#ruleOf[branch] as number;
        if (rule === lastRule || (this.#inElements.length > 0 && !this.#holdsInElements(branch, event))) continue;
        lastRule = rule;
        ids.push(this.#ids[rule] as string);
      }
    }
    return ids;
  }

  /** Whether the branch holds for arrays of objects too. */
  #holdsInElements(branch: number, event: object): boolean {
    const touched = (this.#slotsOf[branch] as readonly number[]).filter((slot) => this.#inElements.includes(slot));
    if (touched.length === 0) return true;
    return matchesBranch(this.#branches[branch] as Branch, event);
  }
}

function planStage(paths: readonly string[], slots: ReadonlyMap<string, number>, plans: readonly PathPlan[]): Stage {
  const slotOf = (path: string): number => slots.get(path) as number;
  return {
    tree: buildPathTree(paths, slotOf),
    plans: paths.map((path) => plans[slotOf(path)] as PathPlan).sort((a, b) => a.cost - b.cost || b.demands - a.demands || a.slot - b.slot),
  };
}

function planPath(demands: readonly PathDemand[], slot: number, all: Words): PathPlan {
  const index = new ValueIndex(demands, all.length);
  const indifferent = all.slice();
  for (const { branch } of demands) clearBit(indifferent, branch);
  const keptWhenMissing = indifferent.slice();
  for (const bit of index.absent.bits) if (!hasBit(keptWhenMissing, bit)) setBit(keptWhenMissing, bit);
  return { index, indifferent, keptWhenMissing, slot, demands: demands.length, cost: index.tried / demands.length };
}
