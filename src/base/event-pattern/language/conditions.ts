/** The conditions that a pattern can set on a field, as plain data, and the test of one value against one of them. */
import { endsWithFolded, equalsFolded, startsWithFolded } from './ignore-case.ts';
import type { FoldedText } from './ignore-case.ts';
import { isInRange, parseIp } from './ip.ts';
import type { IpAddress, IpRange } from './ip.ts';
import { RawNumber } from './numbers.ts';
import { matchesWildcard } from './wildcard.ts';
import type { Wildcard } from './wildcard.ts';

/** A leaf of an event. */
export type LeafValue = string | number | boolean | null | RawNumber;

/** What an anything-but excludes. */
export type Excluded =
  | { readonly op: 'strings'; readonly values: ReadonlySet<string> }
  | { readonly op: 'numbers'; readonly values: ReadonlySet<number> }
  | { readonly op: 'prefix'; readonly texts: readonly string[] }
  | { readonly op: 'suffix'; readonly texts: readonly string[] }
  | { readonly op: 'equals-ignore-case'; readonly texts: readonly FoldedText[] }
  | { readonly op: 'wildcard'; readonly wildcards: readonly Wildcard[] };

export type Condition =
  | { readonly op: 'string'; readonly text: string }
  /** A string that spells an IP address matches every spelling of that address. */
  | { readonly op: 'ip'; readonly text: string; readonly ip: IpAddress }
  | { readonly op: 'literal'; readonly value: boolean | null }
  /** A number written as a value: `value` is missing when no double holds it. */
  | { readonly op: 'number'; readonly literal: string; readonly value: number | undefined }
  | { readonly op: 'prefix'; readonly text: string }
  | { readonly op: 'suffix'; readonly text: string }
  | { readonly op: 'prefix-ignore-case'; readonly folded: FoldedText }
  | { readonly op: 'suffix-ignore-case'; readonly folded: FoldedText }
  | { readonly op: 'equals-ignore-case'; readonly folded: FoldedText }
  | { readonly op: 'wildcard'; readonly wildcard: Wildcard }
  | { readonly op: 'numeric'; readonly low: number; readonly lowOpen: boolean; readonly high: number; readonly highOpen: boolean }
  | { readonly op: 'cidr'; readonly text: string; readonly range: IpRange }
  | { readonly op: 'exists' }
  | { readonly op: 'absent' }
  | { readonly op: 'anything-but'; readonly excluded: Excluded };

/** Whether one present value meets the condition. `absent` never holds for a value: the caller knows what is missing. */
export function holds(condition: Condition, value: LeafValue): boolean {
  switch (condition.op) {
    case 'exists':
      return true;
    case 'absent':
      return false;
    case 'literal':
      return value === condition.value;
    case 'number':
      return value instanceof RawNumber ? value.literal === condition.literal : typeof value === 'number' && value === condition.value;
    case 'numeric':
      return typeof value === 'number' && inNumericRange(condition, value);
    case 'anything-but':
      return !isExcluded(condition.excluded, value);
    default:
      return typeof value === 'string' && holdsForText(condition, value);
  }
}

type TextCondition = Exclude<Condition, { op: 'exists' | 'absent' | 'literal' | 'number' | 'numeric' | 'anything-but' }>;

function holdsForText(condition: TextCondition, value: string): boolean {
  switch (condition.op) {
    case 'string':
      return value === condition.text;
    case 'ip':
      return parseIp(value) === condition.ip;
    case 'prefix':
      return value.startsWith(condition.text);
    case 'suffix':
      return value.endsWith(condition.text);
    case 'prefix-ignore-case':
      return startsWithFolded(condition.folded, value);
    case 'suffix-ignore-case':
      return endsWithFolded(condition.folded, value);
    case 'equals-ignore-case':
      return equalsFolded(condition.folded, value);
    case 'wildcard':
      return matchesWildcard(condition.wildcard, value);
    case 'cidr': {
      const ip = parseIp(value);
      return ip !== undefined && isInRange(ip, condition.range);
    }
  }
}

/** Whether an anything-but of `excluded` turns the value away; values of another type never are. */
function isExcluded(excluded: Excluded, value: LeafValue): boolean {
  if (excluded.op === 'numbers') return typeof value === 'number' && excluded.values.has(value);
  if (typeof value !== 'string') return false;
  switch (excluded.op) {
    case 'strings':
      return excluded.values.has(value);
    case 'prefix':
      return excluded.texts.some((text) => value.startsWith(text));
    case 'suffix':
      return excluded.texts.some((text) => value.endsWith(text));
    case 'equals-ignore-case':
      return excluded.texts.some((folded) => equalsFolded(folded, value));
    case 'wildcard':
      return excluded.wildcards.some((wildcard) => matchesWildcard(wildcard, value));
  }
}

function inNumericRange(range: { low: number; lowOpen: boolean; high: number; highOpen: boolean }, value: number): boolean {
  if (range.lowOpen ? value <= range.low : value < range.low) return false;
  return range.highOpen ? value < range.high : value <= range.high;
}
