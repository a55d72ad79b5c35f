/** Patterns of rules, compiled once per text: matching, checking, and why an event did not match. */
import { InvalidEventPatternException } from '../../../../base/event-pattern/errors.ts';
import { compileEventPatterns } from '../../../../base/event-pattern/compile-rules.ts';
import { explainMismatch } from '../../../../base/event-pattern/explain.ts';
import { matchEventPattern } from '../../../../base/event-pattern/match.ts';
import { AwsError } from '../../../../sim/errors.ts';
import type { Envelope, Missed } from '../state.ts';

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
    if (error instanceof InvalidEventPatternException) throw new AwsError('InvalidEventPatternException', error.awsMessage);
    throw error;
  }
}

/** The field and condition that decided against a match, as a fact for the trace and as a sentence. */
export function explainPattern(pattern: string, envelope: Envelope): Omit<Missed, 'rule'> {
  const why = explainMismatch(pattern, envelope);
  if (why === undefined) return { field: '', expected: pattern, actual: '', kind: 'value', why: '' };
  return { field: why.path, expected: why.expected, actual: why.actual, kind: why.kind, why: why.sentence };
}
