/**
 * Matches one event against the branches of one pattern, with the engine's rule for arrays of objects:
 * all fields that lie in the same array must be met within the same element.
 */
import { holds } from '../language/conditions.ts';
import type { Condition, LeafValue } from '../language/conditions.ts';
import type { Branch, FieldPattern } from '../language/parse-pattern.ts';
import { buildPathTree, collectLeaves } from './path-tree.ts';
import type { Membership } from './path-tree.ts';

export interface Leaf {
  readonly value: LeafValue;
  readonly membership: Membership | null;
}

/** The leaves of `event` for each field of the branch, in the branch's order. */
export function leavesOf(branch: Branch, event: object): readonly (readonly Leaf[])[] {
  const found: Leaf[][] = branch.map(() => []);
  const tree = buildPathTree(branch.map((field) => field.path));
  collectLeaves(event, tree, { leaf: (slot, value, membership) => found[slot]?.push({ value, membership }) });
  return found;
}

/** Whether all fields of the branch hold together. */
export function matchesBranch(branch: Branch, event: object): boolean {
  const leaves = leavesOf(branch, event);
  if (!branch.every((field, i) => couldHold(field, leaves[i] as readonly Leaf[]))) return false;
  if (!leaves.some((list) => list.some((leaf) => leaf.membership !== null))) return true;
  return new ElementSearch(branch, leaves).run();
}

/** Whether the field holds when it is looked at alone. */
export function couldHold(field: FieldPattern, leaves: readonly Leaf[]): boolean {
  for (const condition of field.conditions) {
    if (condition.op === 'absent') {
      if (leaves.every((leaf) => leaf.membership !== null)) return true;
    } else if (leaves.some((leaf) => holds(condition, leaf.value))) {
      return true;
    }
  }
  return false;
}

/** Array number → element, for arrays that more than one field lies in. */
type Elements = ReadonlyMap<number, number>;

interface SearchField {
  /** The elements that meet the field's conditions, without repeats. */
  readonly candidates: readonly Elements[];
  /** All elements that have a leaf on the path; a missing field must be compatible with none. Undefined when presence is required. */
  readonly present: readonly Elements[] | undefined;
}

/**
 * Looks for a choice of array elements with which every field holds.
 *
 * Fields are taken in path order, and an `exists: false` is judged by the elements chosen so far, as in aws/event-ruler
 * (NameState, ACFinder). Arrays that only one field lies in are left out, and states that failed are remembered, so that
 * sibling arrays do not multiply.
 */
class ElementSearch {
  readonly #fields: readonly SearchField[];
  /** For each field the arrays that it or a later field lies in. */
  readonly #arraysFrom: readonly ReadonlySet<number>[];
  readonly #failed = new Set<string>();

  constructor(branch: Branch, leaves: readonly (readonly Leaf[])[]) {
    const arrays = leaves.map((list) => new Set(list.flatMap((leaf) => arraysOf(leaf.membership))));
    const uses = new Map<number, number>();
    for (const set of arrays) for (const array of set) uses.set(array, (uses.get(array) ?? 0) + 1);
    const isShared = (array: number): boolean => (uses.get(array) ?? 0) > 1;
    this.#fields = branch.map((field, i) => searchField(field.conditions, leaves[i] as readonly Leaf[], isShared));
    this.#arraysFrom = arrays.map((_, i) => new Set(arrays.slice(i).flatMap((set) => [...set])));
  }

  run(): boolean {
    return this.#from(0, new Map());
  }

  #from(index: number, chosen: Elements): boolean {
    const field = this.#fields[index];
    if (field === undefined) return true;
    const relevant = [...chosen].filter(([array]) => this.#arraysFrom[index]?.has(array));
    const state = `${index}|${relevant.map(([array, element]) => `${array}:${element}`).join()}`;
    if (this.#failed.has(state)) return false;
    if (field.present !== undefined && !field.present.some((elements) => merge(chosen, elements) !== undefined) && this.#from(index + 1, chosen)) {
      return true;
    }
    for (const candidate of field.candidates) {
      const merged = merge(chosen, candidate);
      if (merged !== undefined && this.#from(index + 1, merged)) return true;
    }
    this.#failed.add(state);
    return false;
  }
}

function searchField(conditions: readonly Condition[], leaves: readonly Leaf[], isShared: (array: number) => boolean): SearchField {
  const positive = conditions.filter((condition) => condition.op !== 'absent');
  const meeting = leaves.filter((leaf) => positive.some((condition) => holds(condition, leaf.value)));
  return {
    candidates: distinctElements(meeting, isShared),
    present: positive.length < conditions.length ? distinctElements(leaves, isShared) : undefined,
  };
}

/** The elements of the leaves' shared arrays, without repeats; one without any stands for all. */
function distinctElements(leaves: readonly Leaf[], isShared: (array: number) => boolean): readonly Elements[] {
  const distinct = new Map<string, Elements>();
  for (const leaf of leaves) {
    const elements = new Map<number, number>();
    for (let m = leaf.membership; m !== null; m = m.outer) if (isShared(m.array)) elements.set(m.array, m.index);
    if (elements.size === 0) return [elements];
    distinct.set([...elements].map(([array, index]) => `${array}:${index}`).join(), elements);
  }
  return [...distinct.values()];
}

function arraysOf(membership: Membership | null): number[] {
  const arrays: number[] = [];
  for (let m = membership; m !== null; m = m.outer) arrays.push(m.array);
  return arrays;
}

/** Both together in ascending order of arrays, or undefined when they name different elements of one array. */
function merge(a: Elements, b: Elements): Elements | undefined {
  for (const [array, index] of b) {
    const chosen = a.get(array);
    if (chosen !== undefined && chosen !== index) return undefined;
  }
  return new Map([...a, ...b].sort(([x], [y]) => x - y));
}
