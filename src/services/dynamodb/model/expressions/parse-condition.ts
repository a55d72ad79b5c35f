/** Reads condition, filter and key condition expressions: OR over AND over NOT over comparisons, BETWEEN, IN and functions. @simplified Texts of refusals are recalled, not recorded. */
import { Reader } from './reader.ts';
import type { Placeholders } from './reader.ts';
import type { Comparator, Condition, Operand } from './syntax.ts';

const COMPARATORS: readonly string[] = ['=', '<>', '<', '<=', '>', '>='];
const TYPE_NAMES = ['S', 'N', 'B', 'BOOL', 'NULL', 'M', 'L', 'SS', 'NS', 'BS'];

/** Throws ValidationException with AWS's text. `what`: `ConditionExpression`, `FilterExpression` or `KeyConditionExpression`. */
export function parseCondition(text: string, what: string, placeholders: Placeholders): Condition {
  const reader = new Reader(text, what, placeholders);
  const condition = either(reader);
  reader.end();
  return condition;
}

function either(reader: Reader): Condition {
  let left = both(reader);
  while (reader.take('OR')) left = { kind: 'or', left, right: both(reader) };
  return left;
}
function both(reader: Reader): Condition {
  let left = negated(reader);
  while (reader.take('AND')) left = { kind: 'and', left, right: negated(reader) };
  return left;
}
function negated(reader: Reader): Condition {
  if (reader.is('NOT') && reader.functionName() === null) {
    reader.take('NOT');
    return { kind: 'not', condition: negated(reader) };
  }
  if (reader.take('NOT')) return { kind: 'not', condition: negated(reader) };
  if (reader.take('(')) {
    const inner = either(reader);
    reader.expect(')');
    return inner;
  }
  return calledCondition(reader) ?? comparison(reader);
}

function calledCondition(reader: Reader): Condition | null {
  const name = reader.functionName();
  if (name === null || name.toLowerCase() === 'size') return null;
  switch (name) {
    case 'attribute_exists':
    case 'attribute_not_exists': {
      const paths = reader.call(() => reader.path());
      reader.wrongCount(name, 1, paths.length);
      return { kind: name === 'attribute_exists' ? 'exists' : 'missing', path: paths[0]! };
    }
    case 'attribute_type':
    case 'begins_with':
    case 'contains': {
      const operands = reader.call(() => reader.operand());
      reader.wrongCount(name, 2, operands.length);
      return twoOperands(reader, name, operands[0]!, operands[1]!);
    }
    default:
      throw reader.refuse(`Invalid function name; function: ${name}`);
  }
}

function twoOperands(reader: Reader, name: 'attribute_type' | 'begins_with' | 'contains', first: Operand, second: Operand): Condition {
  if (name === 'begins_with') {
    if (second.kind === 'value' && !('S' in second.value) && !('B' in second.value)) throw wrongType(reader, name, second);
    return { kind: 'begins', path: first, operand: second };
  }
  if (name === 'contains') return { kind: 'contains', path: first, operand: second };
  if (first.kind !== 'path') throw reader.refuse(`Operator or function requires a document path; operator or function: ${name}`);
  if (second.kind === 'value') {
    if (!('S' in second.value)) throw wrongType(reader, name, second);
    if (!TYPE_NAMES.includes(second.value.S)) throw reader.refuse(`Invalid attribute type name found; type: ${second.value.S}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`);
  }
  return { kind: 'type', path: first.path, operand: second };
}

function wrongType(reader: Reader, name: string, operand: Operand): Error {
  return reader.refuse(`Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${operand.kind === 'value' ? Object.keys(operand.value)[0] : ''}`);
}

function comparison(reader: Reader): Condition {
  const left = reader.operand();
  if (reader.take('BETWEEN')) {
    const low = reader.operand();
    reader.expect('AND');
    return { kind: 'between', operand: left, low, high: reader.operand() };
  }
  if (reader.take('IN')) {
    reader.expect('(');
    const list = [reader.operand()];
    while (reader.take(',')) list.push(reader.operand());
    reader.expect(')');
    return { kind: 'in', operand: left, list };
  }
  const { text } = reader.token;
  if (!COMPARATORS.includes(text)) throw reader.unexpected();
  reader.take(text);
  const right = reader.operand();
  if (left.kind === 'path' && right.kind === 'path' && left.path.join('\0') === right.path.join('\0')) throw reader.refuse(`The first operand must be distinct from the remaining operands for this operator or function; operator: ${text}, first operand: [${left.path.join(', ')}]`);
  return { kind: 'compare', comparator: text as Comparator, left, right };
}
