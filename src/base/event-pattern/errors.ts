/** The typed errors of event patterns and events. */

/** Where a pattern went wrong, as the engine's JSON reader counts: lines and columns from 1, after the last character read. */
export interface PatternLocation {
  readonly line: number;
  readonly column: number;
}

/**
 * EventBridge refuses the pattern.
 *
 * `message` is AWS's message up to the reason; AWS appends a second line with the place, see `awsMessage`.
 * @source EventBridge TestEventPattern as recorded 2025-10 (observed.md EVP-010); reasons from aws/event-ruler
 */
export class InvalidEventPatternException extends Error {
  override readonly name = 'InvalidEventPatternException';
  /** The engine's own words, without AWS's wrapping. */
  readonly reason: string;
  /** Missing where the engine's error has no place (IP addresses, complexity). */
  readonly location: PatternLocation | undefined;
  /** The message as the API sends it, with the place on a second line. */
  readonly awsMessage: string;

  constructor(reason: string, at?: { readonly location: PatternLocation; readonly text: string }) {
    super(`Event pattern is not valid. Reason: ${reason}`);
    this.reason = reason;
    this.location = at?.location;
    this.awsMessage = at === undefined ? this.message : `${this.message}\n at ${describeLocation(at.text, at.location)}`;
  }
}

/** Thrown when what should be matched is no JSON object. @source EventBridge TestEventPattern (observed.md EVP-011) */
export class InvalidEventException extends Error {
  override readonly name = 'ValidationException';

  constructor() {
    super('Parameter Event is not valid.');
  }
}

/** The most characters of the source that a place quotes. */
const QUOTED_CHARACTERS = 500;

/** A place in the words of the engine's JSON reader. */
export function describeLocation(text: string, { line, column }: PatternLocation): string {
  const quoted = text.slice(0, QUOTED_CHARACTERS);
  const cut = text.length > QUOTED_CHARACTERS ? `[truncated ${text.length - QUOTED_CHARACTERS} chars]` : '';
  return `[Source: (String)"${quoted}"${cut}; line: ${line}, column: ${column}]`;
}
