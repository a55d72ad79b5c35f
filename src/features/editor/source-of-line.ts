/** Finds the statement that printed a log line, by the words that both have: a guess, made only when one place alone fits. */
import type { CodePlace } from '../../state/log-lines.ts';

const PRINT = /\bconsole\.(?:log|info|debug|warn|error|trace)\s*\(\s*(`(?:[^`\\]|\\.)*`|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/g;
/** Fewer letters than this are no evidence. */
const WORDS_MIN = 4;

/** The one place whose literal words are all in the line, in order; null when none or several fit. */
export function sourceOfLine(line: string, files: Readonly<Record<string, string>>): CodePlace | null {
  const found: CodePlace[] = [];
  for (const [file, text] of Object.entries(files)) {
    for (const match of text.matchAll(PRINT)) {
      if (!fits(line, pieces(match[1]!))) continue;
      found.push({ file, line: text.slice(0, match.index).split('\n').length });
      if (found.length > 1) return null;
    }
  }
  return found[0] ?? null;
}

/** The fixed parts of a literal: a template without its `${…}`. */
function pieces(literal: string): readonly string[] {
  const body = literal.slice(1, -1);
  return literal.startsWith('`') ? body.split(/\$\{[^}]*\}/) : [body];
}

function fits(line: string, parts: readonly string[]): boolean {
  if (parts.join('').trim().length < WORDS_MIN) return false;
  let at = 0;
  for (const part of parts) {
    const next = line.indexOf(part, at);
    if (next < 0) return false;
    at = next + part.length;
  }
  return true;
}
