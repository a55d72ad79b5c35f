/** Wildcard patterns: `*` stands for any number of characters, `\*` and `\\` for themselves; the whole value must match. */
import { utf8ByteLength } from '../../utf8.ts';

/** A parsed wildcard: the literal parts between the stars, at least one. */
export interface Wildcard {
  readonly text: string;
  readonly parts: readonly string[];
  readonly first: string;
  readonly last: string;
}

/**
 * The most places in a wildcard at which a reader can be at the same time.
 * @simplified AWS publishes no limit. This is one below the count for the pattern that AWS documents as too complex,
 * of a measure like that of aws/event-ruler's MachineComplexityEvaluator.
 */
const PLACES_MAX = 6;
/** @source EventBridge, recorded 2025-10 (eventbridge.md §5.2) */
const TOO_COMPLEX = 'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character';

/** @returns the wildcard, or AWS's reason why it is none; positions count UTF-8 bytes from the opening quote */
export function parseWildcard(text: string): Wildcard | string {
  const parts: string[] = [''];
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charAt(i);
    if (character === '*') {
      if (text.charAt(i + 1) === '*') return `Consecutive wildcard characters at pos ${position(text, i)}`;
      parts.push('');
    } else {
      if (character === '\\') {
        const escaped = text.charAt(i + 1);
        if (escaped !== '*' && escaped !== '\\') return `Invalid escape character at pos ${position(text, i)}`;
        i += 1;
      }
      parts[parts.length - 1] += text.charAt(i);
    }
  }
  if (placesReached(parts) > PLACES_MAX) return TOO_COMPLEX;
  return { text, parts, first: parts[0] as string, last: parts[parts.length - 1] as string };
}

export function matchesWildcard({ parts, first, last }: Wildcard, value: string): boolean {
  if (parts.length === 1) return value === first;
  if (value.length < first.length + last.length || !value.startsWith(first) || !value.endsWith(last)) return false;
  let at = first.length;
  const end = value.length - last.length;
  for (let i = 1; i < parts.length - 1; i += 1) {
    const part = parts[i] as string;
    const found = value.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

function position(text: string, index: number): number {
  return utf8ByteLength(text.slice(0, index)) + 1;
}

/** How many places of the pattern one input can have reached at once, at worst; stops counting above the limit. */
function placesReached(parts: readonly string[]): number {
  if (parts.length === 1) return 1;
  const symbols = parts.flatMap((part, i) => (i === 0 ? [...part] : [null, ...part]));
  const waiting: (readonly number[])[] = [[0]];
  const seen = new Set<string>();
  let most = 0;
  for (let places = waiting.pop(); places !== undefined; places = waiting.pop()) {
    const reachable = new Set<number>();
    for (let place of places) {
      reachable.add(place);
      while (symbols[place] === null) reachable.add((place += 1));
    }
    const expected = [...reachable].flatMap((place) => symbols[place] ?? []);
    for (const input of [null, ...new Set(expected)]) {
      const next: number[] = [];
      for (const place of reachable) {
        if (symbols[place] === null) next.push(place);
        else if (input !== null && symbols[place] === input) next.push(place + 1);
      }
      const unique = [...new Set(next)].sort((a, b) => a - b);
      most = Math.max(most, unique.length);
      if (most > PLACES_MAX) return most;
      const key = unique.join();
      if (unique.length > 0 && !seen.has(key)) {
        seen.add(key);
        waiting.push(unique);
      }
    }
  }
  return most;
}
