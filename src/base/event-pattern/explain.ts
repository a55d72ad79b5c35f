/** Says why an event does not match a pattern: which field decided it, what it had to be, and what it was. */
import { holds } from './language/conditions.ts';
import { describeConditions, describeValue } from './language/describe.ts';
import { parseEventPattern } from './language/parse-pattern.ts';
import type { Branch, FieldPattern } from './language/parse-pattern.ts';
import { parseEventText, requireEvent } from './matching/event-text.ts';
import { couldHold, leavesOf, matchesBranch } from './matching/match-branch.ts';
import type { Leaf } from './matching/match-branch.ts';

/**
 * Why a field decided:
 * `missing` no value at the path, `present` a value where none may be, `nested` an object where a plain value is wanted,
 * `type` values of another type only, `value` another value, `element` each field is met, but by different elements of an array.
 */
export type MismatchKind = 'missing' | 'present' | 'nested' | 'type' | 'value' | 'element';

export interface Mismatch {
  readonly kind: MismatchKind;
  /** The field that decided, with dots. */
  readonly path: string;
  /** What it had to be: 'be "a" or begin with "b"'. */
  readonly expected: string;
  /** What it was: a value as JSON, several with commas, or 'missing', 'an object', 'an empty list'. */
  readonly actual: string;
  /** All of it as a sentence. */
  readonly sentence: string;
}

/**
 * The field and condition that decided against a match, or undefined when the event matches.
 * With `$or`, of the alternative that came nearest: the fewest fields not met, the earlier one if equal.
 * @throws InvalidEventPatternException, InvalidEventException
 */
export function explainMismatch(pattern: object | string, event: object | string): Mismatch | undefined {
  const { branches } = parseEventPattern(pattern);
  const data = typeof event === 'string' ? parseEventText(event) : requireEvent(event);
  if (branches.some((branch) => matchesBranch(branch, data))) return undefined;
  const attempts = branches.map((branch) => attempt(branch, data));
  const nearest = attempts.reduce((best, next) => (next.failed.length < best.failed.length ? next : best));
  const mismatch = explainAttempt(nearest, data);
  if (branches.length === 1) return mismatch;
  return { ...mismatch, sentence: `None of the ${branches.length} alternatives holds; in the nearest one, ${mismatch.sentence}` };
}

interface Attempt {
  readonly branch: Branch;
  readonly leaves: readonly (readonly Leaf[])[];
  /** Indexes of the fields that fail by themselves. */
  readonly failed: readonly number[];
}

function attempt(branch: Branch, event: object): Attempt {
  const leaves = leavesOf(branch, event);
  const failed = [...branch.keys()].filter((i) => !couldHold(branch[i] as FieldPattern, leaves[i] as readonly Leaf[]));
  return { branch, leaves, failed };
}

function explainAttempt({ branch, leaves, failed }: Attempt, event: object): Mismatch {
  const index = firstToTell(branch, failed);
  if (index === undefined) return explainElements(branch, leaves);
  const { path, conditions } = branch[index] as FieldPattern;
  const values = leaves[index] as readonly Leaf[];
  const expected = describeConditions(conditions);
  const actual = values.length > 0 ? values.map((leaf) => describeValue(leaf.value)).join(', ') : describeNoValue(event, path);
  const kind = kindOf(conditions, values, actual);
  return { kind, path, expected, actual, sentence: sentence(kind, path, expected, actual) };
}

/** The envelope's own fields come before those of `detail`: they are what a rule is meant to be told apart by. */
function firstToTell(branch: Branch, failed: readonly number[]): number | undefined {
  return failed.find((i) => !(branch[i] as FieldPattern).path.includes('.')) ?? failed[0];
}

function kindOf(conditions: FieldPattern['conditions'], values: readonly Leaf[], actual: string): MismatchKind {
  if (values.length === 0) return actual === 'an object' ? 'nested' : 'missing';
  if (conditions.every((condition) => condition.op === 'absent')) return 'present';
  const wanted = conditions.flatMap((condition) => {
    if (condition.op === 'number' || condition.op === 'numeric') return ['number'];
    if (condition.op === 'literal') return [condition.value === null ? 'null' : 'boolean'];
    return condition.op === 'exists' || condition.op === 'absent' || condition.op === 'anything-but' ? [] : ['string'];
  });
  const anyOfWantedType = values.some(({ value }) => wanted.includes(typeOf(value)));
  return wanted.length > 0 && !anyOfWantedType ? 'type' : 'value';
}

function typeOf(value: Leaf['value']): string {
  if (value === null) return 'null';
  return typeof value === 'object' ? 'number' : typeof value;
}

/** What stands at a path that has no plain value. */
function describeNoValue(event: object, path: string): string {
  let here: unknown = event;
  for (const step of path.split('.')) {
    if (typeof here !== 'object' || here === null || Array.isArray(here) || !Object.hasOwn(here, step)) return 'missing';
    here = (here as Readonly<Record<string, unknown>>)[step];
  }
  if (Array.isArray(here)) return here.length === 0 ? 'an empty list' : 'a list without plain values';
  return 'an object';
}

function sentence(kind: MismatchKind, path: string, expected: string, actual: string): string {
  const must = `${path} must ${expected}`;
  switch (kind) {
    case 'missing':
      return `${must}, but the event has ${actual === 'missing' ? 'no such field' : `${actual} there, which counts as no value`}.`;
    case 'present':
      return `${must}, but the event has ${actual}.`;
    case 'nested':
      return `${must}, but the event has an object there, and patterns look only at plain values.`;
    case 'type':
      return `${must}, but it is ${actual}, a value of another type.`;
    default:
      return `${must}, but it is ${actual}.`;
  }
}

/** Every field is met by itself; name the first that cannot be met together with those before it. */
function explainElements(branch: Branch, leaves: readonly (readonly Leaf[])[]): Mismatch {
  const inArrays = branch.filter((_, i) => (leaves[i] as readonly Leaf[]).some((leaf) => leaf.membership !== null));
  const last = inArrays.at(-1) ?? (branch.at(-1) as FieldPattern);
  const found = leaves[branch.indexOf(last)] as readonly Leaf[];
  const meeting = found.filter((leaf) => last.conditions.some((condition) => holds(condition, leaf.value)));
  const expected = describeConditions(last.conditions);
  const actual = (meeting.length > 0 ? meeting : found).map((leaf) => describeValue(leaf.value)).join(', ');
  const paths = inArrays.map((field) => field.path).join(' and ');
  return {
    kind: 'element',
    path: last.path,
    expected: `${expected} in the same element of the list as the other fields`,
    actual: `${actual} in another element`,
    sentence: `Each of ${paths} is met, but never within one element of the list.`,
  };
}
