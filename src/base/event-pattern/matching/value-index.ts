/**
 * The conditions of many rules on one path, arranged so that a value finds those it meets without trying each:
 * equal texts, prefixes, suffixes and exclusions by look-up, the rest one by one but only for rules that are still possible.
 */
import { holds } from '../language/conditions.ts';
import type { Condition, LeafValue } from '../language/conditions.ts';
import { isInRange, parseIp } from '../language/ip.ts';
import type { IpRange } from '../language/ip.ts';
import { addAll, branchSet, meets } from './branch-set.ts';
import type { BranchSet, Words } from './branch-set.ts';
import { matchesWildcard } from '../language/wildcard.ts';
import type { BranchGroups } from './branch-groups.ts';
import { sortConditions } from './sort-conditions.ts';
import type { PathDemand } from './sort-conditions.ts';
import { textEnds } from './text-ends.ts';
import type { TextEnds } from './text-ends.ts';

interface Tried<What> {
  readonly what: What;
  readonly branches: BranchSet;
}

type Test = (value: LeafValue) => boolean;
type NumericRange = Extract<Condition, { op: 'numeric' }>;

export class ValueIndex {
  /** How many conditions have to be tried one by one: a measure of the cost of a value. */
  readonly tried: number;
  /** Branches that a missing value satisfies. */
  readonly absent: BranchSet;
  /** Branches that any value satisfies. */
  readonly #present: BranchSet | undefined;
  readonly #texts: ReadonlyMap<string, BranchSet> | undefined;
  readonly #foldedTexts: ReadonlyMap<string, BranchSet> | undefined;
  /** All branches in `#foldedTexts`, and all in `#ipRanges`: whether it is worth to prepare the value. */
  readonly #folded: BranchSet;
  readonly #ips: BranchSet;
  readonly #prefixes: TextEnds | undefined;
  readonly #suffixes: TextEnds | undefined;
  readonly #numbers: ReadonlyMap<number, BranchSet> | undefined;
  readonly #ranges: readonly Tried<NumericRange>[];
  readonly #ipRanges: readonly Tried<IpRange>[];
  /** Branches with an anything-but of texts, and what is left of them for each text that one of them shuts out. */
  readonly #butTexts: BranchSet | undefined;
  readonly #leftOfButTexts: ReadonlyMap<string, BranchSet>;
  /** Conditions on texts that have no index. */
  readonly #onTexts: readonly Tried<Test>[];
  /** Conditions that values of every type can meet. */
  readonly #onAny: readonly Tried<Test>[];

  constructor(demands: readonly PathDemand[], words: number) {
    const sorted = sortConditions(demands);
    const tried = <What>(groups: BranchGroups<string>, what: (condition: Condition) => What): Tried<What>[] =>
      [...(groups.finish(words) ?? [])].map(([key, branches]) => ({ what: what(sorted.byKey.get(key) as Condition), branches }));
    this.absent = branchSet(sorted.absent, words);
    this.#present = some(branchSet(sorted.present, words));
    this.#texts = sorted.texts.finish(words);
    this.#foldedTexts = sorted.folded.finish(words);
    this.#folded = union(this.#foldedTexts?.values() ?? [], words);
    this.#prefixes = textEnds(sorted.prefixes.finish(words), false);
    this.#suffixes = textEnds(sorted.suffixes.finish(words), true);
    this.#numbers = sorted.numbers.finish(words);
    this.#ranges = tried(sorted.ranges, (condition) => condition as NumericRange);
    this.#ipRanges = tried(sorted.ipRanges, ipRangeOf);
    this.#ips = union(this.#ipRanges.map(({ branches }) => branches), words);
    this.#butTexts = some(branchSet(sorted.butTexts, words));
    const shutOut = sorted.shutOut.finish(words) ?? [];
    this.#leftOfButTexts = new Map([...shutOut].map(([text, { bits }]) => [text, branchSet(sorted.butTexts.filter((b) => !bits.includes(b)), words)]));
    this.#onTexts = tried(sorted.onTexts, compileTest);
    this.#onAny = tried(sorted.onAny, compileTest);
    const ends = (this.#prefixes?.tried ?? 0) + (this.#suffixes?.tried ?? 0);
    this.tried = this.#onTexts.length + this.#onAny.length + ends + this.#ranges.length + this.#ipRanges.length;
  }

  /** Adds to `satisfied` the branches of which a condition holds for `value`; those no longer in `possible` may be left out. */
  addSatisfied(satisfied: Words, value: LeafValue, possible: Words): void {
    if (this.#present !== undefined) addAll(satisfied, this.#present);
    if (typeof value === 'string') {
      this.#addForText(satisfied, value, possible);
    } else {
      if (this.#butTexts !== undefined) addAll(satisfied, this.#butTexts);
      if (typeof value === 'number') this.#addForNumber(satisfied, value, possible);
    }
    if (this.#onAny.length > 0) tryEach(this.#onAny, satisfied, value, possible);
  }

  #addForText(satisfied: Words, value: string, possible: Words): void {
    if (this.#texts !== undefined) addFound(satisfied, this.#texts.get(value));
    if (this.#foldedTexts !== undefined && meets(possible, this.#folded)) this.#addForFolded(satisfied, value, this.#foldedTexts);
    if (this.#butTexts !== undefined) addAll(satisfied, this.#leftOfButTexts.get(value) ?? this.#butTexts);
    if (this.#prefixes !== undefined) this.#prefixes.addSatisfied(satisfied, value, possible);
    if (this.#suffixes !== undefined) this.#suffixes.addSatisfied(satisfied, value, possible);
    if (this.#ipRanges.length > 0 && meets(possible, this.#ips)) this.#addForIp(satisfied, value, possible);
    if (this.#onTexts.length > 0) tryEach(this.#onTexts, satisfied, value, possible);
  }

  #addForFolded(satisfied: Words, value: string, texts: ReadonlyMap<string, BranchSet>): void {
    const found = texts.get(value.toLowerCase());
    if (found !== undefined && isAscii(value)) addAll(satisfied, found);
  }

  #addForNumber(satisfied: Words, value: number, possible: Words): void {
    if (this.#numbers !== undefined) addFound(satisfied, this.#numbers.get(value));
    for (let i = 0; i < this.#ranges.length; i += 1) {
      const { what: range, branches } = this.#ranges[i] as Tried<NumericRange>;
      if (value < range.low || value > range.high || !meets(possible, branches)) continue;
      if (holds(range, value)) addAll(satisfied, branches);
    }
  }

  #addForIp(satisfied: Words, value: string, possible: Words): void {
    const ip = parseIp(value);
    if (ip === undefined) return;
    for (let i = 0; i < this.#ipRanges.length; i += 1) {
      const { what: range, branches } = this.#ipRanges[i] as Tried<IpRange>;
      if (isInRange(ip, range) && meets(possible, branches)) addAll(satisfied, branches);
    }
  }
}

function some(set: BranchSet): BranchSet | undefined {
  return set.bits.length > 0 ? set : undefined;
}

function union(sets: Iterable<BranchSet>, words: number): BranchSet {
  return branchSet([...sets].flatMap(({ bits }) => [...bits]), words);
}

function tryEach(tests: readonly Tried<Test>[], satisfied: Words, value: LeafValue, possible: Words): void {
  for (let i = 0; i < tests.length; i += 1) {
    const { what: test, branches } = tests[i] as Tried<Test>;
    if (meets(possible, branches) && test(value)) addAll(satisfied, branches);
  }
}

/** `holds` for one condition; the commonest are made direct, because the way through the union costs more than the test. */
function compileTest(condition: Condition): Test {
  if (condition.op === 'literal') {
    const literal = condition.value;
    return (value) => value === literal;
  }
  if (condition.op === 'wildcard') {
    const wildcard = condition.wildcard;
    return (value) => typeof value === 'string' && matchesWildcard(wildcard, value);
  }
  return (value) => holds(condition, value);
}

function addFound(satisfied: Words, found: BranchSet | undefined): void {
  if (found !== undefined) addAll(satisfied, found);
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

function ipRangeOf(condition: Condition): IpRange {
  if (condition.op === 'cidr') return condition.range;
  const ip = condition.op === 'ip' ? condition.ip : 0;
  return { low: ip, high: ip };
}
