/** The shortest form of an event pattern that still tells rules apart: 'suffix .mp4', 'Object Created', 'bytes > 1000'. Pure. */

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

interface Leaf {
  readonly path: readonly string[];
  readonly values: readonly Json[];
}

function leavesOf(pattern: Json, path: readonly string[] = []): readonly Leaf[] {
  if (typeof pattern !== 'object' || pattern === null) return [];
  if (Array.isArray(pattern)) return path[path.length - 1] === '$or' ? pattern.flatMap((branch: Json) => leavesOf(branch, path.slice(0, -1))) : [{ path, values: pattern }];
  return Object.entries(pattern).flatMap(([key, value]) => leavesOf(value, [...path, key]));
}

const text = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** One condition in words; `field` is named where the value alone would not say what is meant. */
function conditionText(value: Json, field: string): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return `${field} ${JSON.stringify(value)}`;
  const [[operator, operand] = ['', null]] = Object.entries(value as { readonly [key: string]: Json });
  if (operator === 'exists') return operand === false ? `no ${field}` : `any ${field}`;
  if (operator === 'anything-but') return `not ${Array.isArray(operand) ? operand.map(text).join(', ') : typeof operand === 'object' && operand !== null ? conditionText(operand, field) : text(operand)}`;
  if (operator === 'numeric' && Array.isArray(operand)) return `${field} ${operand.map(text).join(' ')}`;
  if (operator === 'prefix' || operator === 'suffix') return `${operator} ${typeof operand === 'object' && operand !== null && !Array.isArray(operand) ? text(Object.values(operand)[0] ?? '') : text(operand)}`;
  if (operator === 'equals-ignore-case') return text(operand);
  return `${operator} ${text(operand)}`;
}

/** How telling a field is: the deepest one inside `detail` first, then the detail type, then the source. */
function weight({ path }: Leaf): number {
  if (path[0] === 'detail') return 10 + path.length;
  return path[0] === 'detail-type' ? 3 : path[0] === 'source' ? 2 : 1;
}

export function shortPattern(pattern: string): string {
  let parsed: Json;
  try {
    parsed = JSON.parse(pattern) as Json;
  } catch {
    return pattern;
  }
  const [first, ...others] = leavesOf(parsed).toSorted((a, b) => weight(b) - weight(a));
  if (first === undefined) return 'everything';
  const field = first.path[first.path.length - 1] ?? '';
  const shown = first.values.slice(0, 2).map((value) => conditionText(value, field));
  const more = first.values.length > 2 ? ` or ${first.values.length - 2} more` : '';
  const inside = others.filter((leaf) => leaf.path[0] === 'detail').length;
  return `${shown.join(' or ')}${more}${inside > 0 ? `, + ${inside}` : ''}`;
}
