/** Patterns of rules, compiled once per text: matching, checking, and why an event did not match. */
import { InvalidEventPatternException } from '../../../base/event-pattern/errors.ts';
import { compileEventPatterns } from '../../../base/event-pattern/compile-rules.ts';
import { matchEventPattern } from '../../../base/event-pattern/match.ts';
import { AwsError } from '../../../sim/errors.ts';
import type { Envelope } from './state.ts';

/** Compiled by pattern text: a pure function's memory, not state. */
const compiled = new Map<string, (event: object) => string[]>();
const COMPILED_MAX = 5_000;

export function patternMatches(pattern: string, envelope: Envelope): boolean {
  let match = compiled.get(pattern);
  if (match === undefined) {
    if (compiled.size >= COMPILED_MAX) compiled.clear();
    compiled.set(pattern, (match = compileEventPatterns({ rule: pattern })));
  }
  return match(envelope).length > 0;
}

/** AWS's error for a pattern that is none. */
export function checkPattern(pattern: string): void {
  try {
    matchEventPattern(pattern, {});
  } catch (error) {
    if (error instanceof InvalidEventPatternException) throw new AwsError('InvalidEventPatternException', error.message);
    throw error;
  }
}

/** The first top-level field that decided: tried one by one, which is exact, since a pattern is the conjunction of its fields. */
export function explainPattern(pattern: string, envelope: Envelope): { readonly field: string; readonly expected: string; readonly actual: string } {
  const parsed = JSON.parse(pattern) as Record<string, unknown>;
  const found = decidingField(parsed, envelope as unknown as Readonly<Record<string, unknown>>, envelope, []);
  return found ?? { field: '', expected: pattern, actual: '' };
}

function decidingField(pattern: Readonly<Record<string, unknown>>, value: Readonly<Record<string, unknown>>, envelope: Envelope, path: readonly string[]): { field: string; expected: string; actual: string } | undefined {
  for (const [key, condition] of Object.entries(pattern)) {
    const here = [...path, key];
    const alone = here.reduceRight<unknown>((inner, name) => ({ [name]: inner }), condition) as object;
    if (matchEventPattern(alone, envelope)) continue;
    const actual = value?.[key];
    const nested = key !== '$or' && typeof condition === 'object' && condition !== null && !Array.isArray(condition) && typeof actual === 'object' && actual !== null && !Array.isArray(actual);
    const deeper = nested ? decidingField(condition as Readonly<Record<string, unknown>>, actual as Readonly<Record<string, unknown>>, envelope, here) : undefined;
    return deeper ?? { field: here.join('.'), expected: JSON.stringify(condition), actual: actual === undefined ? 'missing' : JSON.stringify(actual) };
  }
  return undefined;
}

