/** Why a text is no JSON, and where. The engine's own message names no place for most mistakes. */

export interface JsonProblem {
  readonly message: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const VALUE = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const SPACE = /[ \t\n\r]*/y;

/** Null when it is JSON. */
export function jsonProblem(text: string): JsonProblem | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    const { message, at } = firstMistake(text) ?? { message: error instanceof Error ? error.message : String(error), at: text.length };
    const before = text.slice(0, at).split('\n');
    return { message, line: before.length, column: before.at(-1)!.length + 1 };
  }
}

/** The first place where the text leaves the grammar; without recursion, as deep as it may be nested. */
function firstMistake(text: string): { readonly message: string; readonly at: number } | null {
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at += found[0].length;
    return found !== null;
  };
  const mistake = (wanted: string): { readonly message: string; readonly at: number } => ({ message: at >= text.length ? `The text ends where ${wanted} is expected` : `${wanted[0]!.toUpperCase()}${wanted.slice(1)} is expected, not ${JSON.stringify(text[at])}`, at });
  /** What is open: } or ]. */
  const open: ('}' | ']')[] = [];
  let expecting: 'value' | 'first' | 'name' | 'end' = 'value';
  for (;;) {
    take(SPACE);
    const next = text[at];
    const closing = open.at(-1);
    if (expecting === 'end') {
      if (closing === undefined) return at >= text.length ? null : mistake('the end');
      if (next === closing) {
        open.pop();
        at++;
      } else if (next === ',') {
        at++;
        expecting = closing === '}' ? 'name' : 'value';
      } else return mistake(`, or ${closing}`);
      continue;
    }
    if (expecting === 'first' && next === closing) {
      open.pop();
      at++;
      expecting = 'end';
      continue;
    }
    if (closing === '}' && expecting !== 'value') {
      if (!take(STRING)) return mistake('a name in double quotes');
      take(SPACE);
      if (text[at] !== ':') return mistake('a colon');
      at++;
      expecting = 'value';
      continue;
    }
    if (next === '{' || next === '[') {
      open.push(next === '{' ? '}' : ']');
      at++;
      expecting = 'first';
    } else if (take(STRING) || take(VALUE)) expecting = 'end';
    else return mistake('a value');
  }
}
