/** Does one event match one pattern? */
import { parseEventPattern } from './language/parse-pattern.ts';
import type { ParsedPattern } from './language/parse-pattern.ts';
import { parseEventText, requireEvent } from './matching/event-text.ts';
import { matchesBranch } from './matching/match-branch.ts';

/**
 * Whether `event` matches `pattern`, both as objects or as JSON text.
 * @throws InvalidEventPatternException with AWS's message; InvalidEventException when the event is no JSON object
 */
export function matchEventPattern(pattern: object | string, event: object | string): boolean {
  return matchParsedPattern(parseEventPattern(pattern), event);
}

/** The same for a pattern that was read before. */
export function matchParsedPattern(pattern: ParsedPattern, event: object | string): boolean {
  const data = typeof event === 'string' ? parseEventText(event) : requireEvent(event);
  return pattern.branches.some((branch) => matchesBranch(branch, data));
}
