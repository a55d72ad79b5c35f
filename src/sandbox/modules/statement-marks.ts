/**
 * Gives the engine a source position for every statement. QuickJS notes positions at calls and expression statements only, so that
 * `const x = event.detail.key` would fail with the line of an earlier statement. An empty statement `0;` before such statements
 * makes it note one; it compiles to nothing. Lines stay as they are; columns are mapped back by `columnWithoutMarks`.
 */
import { getFormattedTokens } from 'sucrase';

const MARK = '0;';
/** Larger texts (bundles) keep the engine's own positions. */
const CHARS_MAX = 200_000;

export interface MarkedSource {
  readonly source: string;
  /** By line (from 1): columns (from 1, in the original) before which a mark stands. */
  readonly marks: ReadonlyMap<number, readonly number[]>;
}

interface Token {
  readonly label: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
}

const STARTERS = new Set(['const', 'let', 'var', 'return', 'throw', 'if', 'for', 'while', 'switch', 'export']);
/** After these a statement begins, whatever the line. */
const ENDERS = new Set([';', '{', '}']);
/** After these one begins only on a new line. */
const OPERANDS = new Set(['name', 'num', 'bigint', 'string', ']', '`', 'regexp', 'this', 'null', 'true', 'false', 'super']);
/** A word before these is the name of a property. */
const AFTER_NAMES = new Set([':', ',', '}', ')', '=']);

const known = new Map<string, MarkedSource>();
const KNOWN_MAX = 200;

/** The text with marks; as it is when it does not parse. */
export function markStatements(source: string): MarkedSource {
  const before = known.get(source);
  if (before !== undefined) return before;
  if (known.size >= KNOWN_MAX) known.clear();
  const marked = mark(source);
  known.set(source, marked);
  return marked;
}

function mark(source: string): MarkedSource {
  const unmarked = { source, marks: new Map<number, readonly number[]>() };
  if (source.length > CHARS_MAX) return unmarked;
  try {
    const marks = positions(tokensOf(source));
    const marked = insert(source, marks);
    // A property that is called like a keyword can look like a statement: then nothing is marked.
    tokensOf(marked);
    return { source: marked, marks };
  } catch {
    return unmarked;
  }
}

/** @throws SyntaxError when the text does not parse */
function tokensOf(source: string): readonly Token[] {
  const table = getFormattedTokens(source, { transforms: [] });
  return table.split('\n').flatMap((row) => {
    const match = /^(\d+):(\d+)-(\d+):\d+\s+(\S+)/.exec(row);
    return match === null ? [] : [{ line: Number(match[1]), column: Number(match[2]), endLine: Number(match[3]), label: match[4]! }];
  });
}

function positions(tokens: readonly Token[]): ReadonlyMap<number, readonly number[]> {
  const marks = new Map<number, number[]>();
  tokens.forEach((token, index) => {
    if (!STARTERS.has(token.label) || AFTER_NAMES.has(tokens[index + 1]?.label ?? '')) return;
    const before = tokens[index - 1];
    if (before === undefined || startsAfter(before, token)) marks.set(token.line, [...(marks.get(token.line) ?? []), token.column]);
  });
  return marks;
}

function startsAfter(before: Token, token: Token): boolean {
  if (ENDERS.has(before.label)) return true;
  const newLine = before.endLine < token.line;
  // Behind a label a loop must stay where it is; a colon of `case` and `default` is followed by statements.
  if (before.label === ':') return token.label !== 'for' && token.label !== 'while';
  if (before.label === ')') return newLine && (token.label === 'const' || token.label === 'let');
  return newLine && OPERANDS.has(before.label);
}

function insert(source: string, marks: ReadonlyMap<number, readonly number[]>): string {
  return source
    .split('\n')
    .map((text, index) => (marks.get(index + 1) ?? []).reduceRight((line, column) => line.slice(0, column - 1) + MARK + line.slice(column - 1), text))
    .join('\n');
}

/** The column (from 1) in the original text of a column in the marked one. */
export function columnWithoutMarks(marks: MarkedSource['marks'], line: number, column: number): number {
  let original = column;
  for (const at of marks.get(line) ?? []) {
    if (original <= at) break;
    original = Math.max(at, original - MARK.length);
  }
  return original;
}
