/** Judges a condition over an item, and says it in words. */
import { base64Decode } from '../../../../base/base64.ts';
import { compareValues, contentOf, sameValue, shortValue, typeOf, attribute } from '../values.ts';
import type { Item, Value } from '../values.ts';
import { pathText } from './syntax.ts';
import type { Comparator, Condition, Operand, Path } from './syntax.ts';

export function valueAt(item: Item | undefined, path: Path): Value | undefined {
  let found = attribute(item, path[0]);
  for (const part of path.slice(1)) {
    if (found === undefined) return undefined;
    if (typeof part === 'number') found = 'L' in found ? found.L[part] : undefined;
    else found = 'M' in found ? attribute(found.M, part) : undefined;
  }
  return found;
}

/** Whether it holds; a missing item is one without attributes. */
export function holds(condition: Condition, item: Item | undefined): boolean {
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, item) && holds(condition.right, item);
    case 'or':
      return holds(condition.left, item) || holds(condition.right, item);
    case 'not':
      return !holds(condition.condition, item);
    case 'exists':
      return valueAt(item, condition.path) !== undefined;
    case 'missing':
      return valueAt(item, condition.path) === undefined;
    case 'compare':
      return compared(condition.comparator, operandValue(condition.left, item), operandValue(condition.right, item));
    case 'between': {
      const value = operandValue(condition.operand, item);
      return compared('>=', value, operandValue(condition.low, item)) && compared('<=', value, operandValue(condition.high, item));
    }
    case 'in': {
      const value = operandValue(condition.operand, item);
      return condition.list.some((other) => compared('=', value, operandValue(other, item)));
    }
    case 'type': {
      const value = valueAt(item, condition.path);
      const wanted = operandValue(condition.operand, item);
      return value !== undefined && wanted !== undefined && 'S' in wanted && typeOf(value) === wanted.S;
    }
    case 'begins':
      return beginsWith(operandValue(condition.path, item), operandValue(condition.operand, item));
    case 'contains':
      return contains(operandValue(condition.path, item), operandValue(condition.operand, item));
  }
}

function operandValue(operand: Operand, item: Item | undefined): Value | undefined {
  if (operand.kind === 'value') return operand.value;
  const value = valueAt(item, operand.path);
  if (operand.kind === 'path' || value === undefined) return value;
  const size = sizeOf(value);
  return size === undefined ? undefined : { N: String(size) };
}

function sizeOf(value: Value): number | undefined {
  if ('S' in value) return [...value.S].length;
  if ('B' in value) return base64Decode(value.B).length;
  if ('M' in value) return Object.keys(value.M).length;
  const content = contentOf(value);
  return Array.isArray(content) ? content.length : undefined;
}

function compared(comparator: Comparator, a: Value | undefined, b: Value | undefined): boolean {
  if (a === undefined || b === undefined) return comparator === '<>' && (a !== undefined || b !== undefined);
  if (comparator === '=') return sameValue(a, b);
  if (comparator === '<>') return !sameValue(a, b);
  const order = compareValues(a, b);
  if (order === undefined) return false;
  return { '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[comparator];
}

function beginsWith(a: Value | undefined, b: Value | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if ('S' in a && 'S' in b) return a.S.startsWith(b.S);
  if (!('B' in a && 'B' in b)) return false;
  const [whole, start] = [base64Decode(a.B), base64Decode(b.B)];
  return start.length <= whole.length && start.every((byte, at) => byte === whole[at]);
}

function contains(a: Value | undefined, b: Value | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if ('S' in a) return 'S' in b && a.S.includes(b.S);
  if ('L' in a) return a.L.some((one) => sameValue(one, b));
  if ('SS' in a) return 'S' in b && a.SS.includes(b.S);
  if ('NS' in a) return 'N' in b && a.NS.includes(b.N);
  return 'BS' in a && 'B' in b && a.BS.includes(b.B);
}

/** The condition as a person writes it, with names and values in place: `attribute_not_exists(id) AND total > 5`. */
export function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case 'and':
      return `${nested(condition.left)} AND ${nested(condition.right)}`;
    case 'or':
      return `${conditionText(condition.left)} OR ${conditionText(condition.right)}`;
    case 'not':
      return `NOT ${nested(condition.condition)}`;
    case 'exists':
      return `attribute_exists(${pathText(condition.path)})`;
    case 'missing':
      return `attribute_not_exists(${pathText(condition.path)})`;
    case 'compare':
      return `${operandText(condition.left)} ${condition.comparator} ${operandText(condition.right)}`;
    case 'between':
      return `${operandText(condition.operand)} BETWEEN ${operandText(condition.low)} AND ${operandText(condition.high)}`;
    case 'in':
      return `${operandText(condition.operand)} IN (${condition.list.map(operandText).join(', ')})`;
    case 'type':
      return `attribute_type(${pathText(condition.path)}, ${operandText(condition.operand)})`;
    case 'begins':
      return `begins_with(${operandText(condition.path)}, ${operandText(condition.operand)})`;
    case 'contains':
      return `contains(${operandText(condition.path)}, ${operandText(condition.operand)})`;
  }
}
function nested(condition: Condition): string {
  return condition.kind === 'or' ? `(${conditionText(condition)})` : conditionText(condition);
}
function operandText(operand: Operand): string {
  if (operand.kind === 'value') return shortValue(operand.value);
  return operand.kind === 'size' ? `size(${pathText(operand.path)})` : pathText(operand.path);
}

/** Attribute names at the beginning of every path of a condition. */
export function attributesIn(condition: Condition): readonly string[] {
  const ofOperand = (operand: Operand): string[] => (operand.kind === 'value' ? [] : [operand.path[0]]);
  switch (condition.kind) {
    case 'and':
    case 'or':
      return [...attributesIn(condition.left), ...attributesIn(condition.right)];
    case 'not':
      return attributesIn(condition.condition);
    case 'exists':
    case 'missing':
      return [condition.path[0]];
    case 'compare':
      return [...ofOperand(condition.left), ...ofOperand(condition.right)];
    case 'between':
      return [condition.operand, condition.low, condition.high].flatMap(ofOperand);
    case 'in':
      return [condition.operand, ...condition.list].flatMap(ofOperand);
    case 'type':
      return [condition.path[0], ...ofOperand(condition.operand)];
    case 'begins':
    case 'contains':
      return [...ofOperand(condition.path), ...ofOperand(condition.operand)];
  }
}
