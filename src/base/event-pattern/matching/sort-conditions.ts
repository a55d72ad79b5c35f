/** Sends each condition that rules set on one path to the part of the path's index that answers it. */
import type { Condition } from '../language/conditions.ts';
import { BranchGroups } from './branch-groups.ts';

/** What one branch asks of the path. */
export interface PathDemand {
  readonly branch: number;
  readonly conditions: readonly Condition[];
}

export interface SortedConditions {
  readonly absent: number[];
  readonly present: number[];
  readonly butTexts: number[];
  readonly texts: BranchGroups<string>;
  readonly folded: BranchGroups<string>;
  readonly prefixes: BranchGroups<string>;
  readonly suffixes: BranchGroups<string>;
  readonly shutOut: BranchGroups<string>;
  readonly numbers: BranchGroups<number>;
  readonly ranges: BranchGroups<string>;
  readonly ipRanges: BranchGroups<string>;
  readonly onTexts: BranchGroups<string>;
  readonly onAny: BranchGroups<string>;
  readonly byKey: Map<string, Condition>;
}

/** Equal conditions of several branches become one. */
export function sortConditions(demands: readonly PathDemand[]): SortedConditions {
  const groups = (): BranchGroups<string> => new BranchGroups<string>();
  const sorted: SortedConditions = {
    absent: [], present: [], butTexts: [], texts: groups(), folded: groups(), prefixes: groups(), suffixes: groups(), shutOut: groups(),
    numbers: new BranchGroups<number>(), ranges: groups(), ipRanges: groups(), onTexts: groups(), onAny: groups(), byKey: new Map(),
  };
  for (const { branch, conditions } of demands) for (const condition of conditions) sortCondition(sorted, branch, condition);
  return sorted;
}

function sortCondition(sorted: SortedConditions, branch: number, condition: Condition): void {
  const add = (group: BranchGroups<string>): void => {
    const key = conditionKey(condition);
    sorted.byKey.set(key, condition);
    group.add(key, branch);
  };
  switch (condition.op) {
    case 'absent':
      sorted.absent.push(branch);
      break;
    case 'exists':
      sorted.present.push(branch);
      break;
    case 'string':
      sorted.texts.add(condition.text, branch);
      break;
    case 'prefix':
      sorted.prefixes.add(condition.text, branch);
      break;
    case 'suffix':
      sorted.suffixes.add(condition.text, branch);
      break;
    case 'ip':
    case 'cidr':
      add(sorted.ipRanges);
      break;
    case 'numeric':
      add(sorted.ranges);
      break;
    case 'number':
      if (condition.value === undefined) add(sorted.onAny);
      else sorted.numbers.add(condition.value, branch);
      break;
    case 'equals-ignore-case':
      if (condition.folded.ascii === undefined) add(sorted.onTexts);
      else sorted.folded.add(condition.folded.ascii, branch);
      break;
    case 'anything-but':
      if (condition.excluded.op !== 'strings' || sorted.butTexts.at(-1) === branch) {
        // A branch's second one has to be tried by itself: either of the two is enough.
        add(sorted.onAny);
      } else {
        sorted.butTexts.push(branch);
        for (const text of condition.excluded.values) sorted.shutOut.add(text, branch);
      }
      break;
    case 'literal':
      add(sorted.onAny);
      break;
    default:
      add(sorted.onTexts);
  }
}

/** Equal for conditions that mean the same. */
function conditionKey(condition: Condition): string {
  return JSON.stringify(condition, (_key, value: unknown) => {
    if (value instanceof Set) return [...value];
    return value === Infinity ? 'Infinity' : value === -Infinity ? '-Infinity' : value;
  });
}
