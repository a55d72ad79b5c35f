/** What expressions are made of once they are read: paths, operands, conditions, updates. Names and values are already put in. */
import type { Value } from '../values.ts';

/** Attribute name, then names and list positions inside of it. */
export type Path = readonly [string, ...(string | number)[]];

export type Operand = { readonly kind: 'path'; readonly path: Path } | { readonly kind: 'value'; readonly value: Value } | { readonly kind: 'size'; readonly path: Path };
export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'compare'; readonly comparator: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'between'; readonly operand: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'in'; readonly operand: Operand; readonly list: readonly Operand[] }
  | { readonly kind: 'exists' | 'missing'; readonly path: Path }
  | { readonly kind: 'type'; readonly path: Path; readonly operand: Operand }
  | { readonly kind: 'begins' | 'contains'; readonly path: Operand; readonly operand: Operand };

/** The right side of a SET. */
export type SetValue =
  | Operand
  | { readonly kind: 'if-missing'; readonly path: Path; readonly otherwise: SetValue }
  | { readonly kind: 'append'; readonly first: SetValue; readonly second: SetValue }
  | { readonly kind: 'sum'; readonly sign: 1 | -1; readonly left: SetValue; readonly right: SetValue };

export type UpdateAction =
  | { readonly kind: 'set'; readonly path: Path; readonly value: SetValue }
  | { readonly kind: 'remove'; readonly path: Path }
  | { readonly kind: 'add' | 'delete'; readonly path: Path; readonly value: Value };

export function pathText(path: Path): string {
  return path.map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : `.${part}`)).join('');
}
