/** Reads update expressions (SET, REMOVE, ADD, DELETE) and projection expressions. @simplified Texts of refusals are recalled, not recorded. */
import type { Value } from '../values.ts';
import { typeOf } from '../values.ts';
import { Reader } from './reader.ts';
import type { Placeholders } from './reader.ts';
import type { Path, SetValue, UpdateAction } from './syntax.ts';

const SECTIONS = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;

/** The actions in the order in which they are written. Throws ValidationException with AWS's text. */
export function parseUpdate(text: string, placeholders: Placeholders): readonly UpdateAction[] {
  const reader = new Reader(text, 'UpdateExpression', placeholders);
  const actions: UpdateAction[] = [];
  const seen = new Set<string>();
  while (reader.token.kind !== 'end') {
    const section = SECTIONS.find((name) => reader.take(name));
    if (section === undefined) throw reader.unexpected();
    if (seen.has(section)) throw reader.refuse(`The "${section}" section can only be used once in an update expression;`);
    seen.add(section);
    do actions.push(readAction(reader, section));
    while (reader.take(','));
  }
  refuseOverlaps(reader, actions);
  return actions;
}

function readAction(reader: Reader, section: (typeof SECTIONS)[number]): UpdateAction {
  const path = reader.path();
  if (section === 'REMOVE') return { kind: 'remove', path };
  if (section === 'SET') {
    reader.expect('=');
    return { kind: 'set', path, value: setValue(reader) };
  }
  const value = reader.value();
  const allowed = section === 'ADD' ? ['N', 'SS', 'NS', 'BS'] : ['SS', 'NS', 'BS'];
  if (!allowed.includes(typeOf(value))) throw reader.refuse(`Incorrect operand type for operator or function; operator: ${section}, operand type: ${TYPE_WORDS[typeOf(value)] ?? typeOf(value)}`);
  return { kind: section === 'ADD' ? 'add' : 'delete', path, value };
}
const TYPE_WORDS: Readonly<Record<string, string>> = { S: 'STRING', N: 'NUMBER', B: 'BINARY', BOOL: 'BOOLEAN', NULL: 'NULL', M: 'MAP', L: 'LIST' };

/** `a`, `a + b`, `a - b`; more operators in one value are a syntax error on AWS too. */
function setValue(reader: Reader): SetValue {
  const left = term(reader);
  const sign = reader.take('+') ? 1 : reader.take('-') ? -1 : 0;
  if (sign === 0) return left;
  const right = term(reader);
  for (const side of [left, right]) {
    const wrong = side.kind === 'value' && !('N' in side.value) ? side.value : undefined;
    if (wrong !== undefined) throw wrongOperand(reader, sign === 1 ? '+' : '-', wrong);
  }
  return { kind: 'sum', sign, left, right };
}
const wrongOperand = (reader: Reader, operator: string, value: Value): Error => reader.refuse(`Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${typeOf(value)}`);

function term(reader: Reader): SetValue {
  if (reader.take('(')) {
    const inner = setValue(reader);
    reader.expect(')');
    return inner;
  }
  const name = reader.functionName();
  if (name === 'if_not_exists') {
    const parts = reader.call(() => setValue(reader));
    reader.wrongCount(name, 2, parts.length);
    const [path, otherwise] = parts as [SetValue, SetValue];
    if (path.kind !== 'path') throw reader.refuse('Operator or function requires a document path; operator or function: if_not_exists');
    return { kind: 'if-missing', path: path.path, otherwise };
  }
  if (name === 'list_append') {
    const parts = reader.call(() => setValue(reader));
    reader.wrongCount(name, 2, parts.length);
    for (const part of parts) if (part.kind === 'value' && !('L' in part.value)) throw wrongOperand(reader, name, part.value);
    return { kind: 'append', first: parts[0]!, second: parts[1]! };
  }
  if (name !== null) throw reader.refuse(`Invalid function name; function: ${name}`);
  return reader.operand();
}

/** Two actions about one attribute, or about one inside of the other. */
function refuseOverlaps(reader: Reader, actions: readonly UpdateAction[]): void {
  for (const [at, { path }] of actions.entries()) {
    const other = actions.slice(0, at).find((earlier) => overlap(earlier.path, path));
    if (other !== undefined) throw reader.refuse(`Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ${listText(other.path)}, path two: ${listText(path)}`);
  }
}
function overlap(a: Path, b: Path): boolean {
  return a.slice(0, Math.min(a.length, b.length)).every((part, at) => part === b[at]);
}
const listText = (path: Path): string => `[${path.map((part) => (typeof part === 'number' ? `[${part}]` : part)).join(', ')}]`;

export function parseProjection(text: string, placeholders: Placeholders): readonly Path[] {
  const reader = new Reader(text, 'ProjectionExpression', placeholders);
  const paths: Path[] = [];
  do {
    const path = reader.path();
    const other = paths.find((earlier) => overlap(earlier, path));
    if (other !== undefined) throw reader.refuse(`Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ${listText(other)}, path two: ${listText(path)}`);
    paths.push(path);
  } while (reader.take(','));
  reader.end();
  return paths;
}
