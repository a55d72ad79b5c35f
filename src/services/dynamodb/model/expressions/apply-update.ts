/** Applies update actions to an item, and picks projected attributes out of one. All values are read before the first change, as on AWS. @simplified Texts of refusals are recalled, not recorded. */
import { validation } from '../errors.ts';
import { addNumbers } from '../numbers.ts';
import { attribute } from '../values.ts';
import type { Item, Value } from '../values.ts';
import { valueAt } from './evaluate.ts';
import type { Path, SetValue, UpdateAction } from './syntax.ts';

const NOT_THERE = 'The provided expression refers to an attribute that does not exist in the item';
const WRONG_TYPE = 'An operand in the update expression has an incorrect data type';
const WRONG_PATH = 'The document path provided in the update expression is invalid for update';

/** The item afterwards; `item` stays as it is. */
export function applyUpdate(item: Item, actions: readonly UpdateAction[]): Item {
  const changes = actions.map((action): { readonly path: Path; readonly value: Value | undefined } => ({ path: action.path, value: newValue(item, action) }));
  const sets = changes.filter(({ value }) => value !== undefined);
  // From the end of a list to its beginning, so that positions stay what they were.
  const removals = changes.filter(({ value }) => value === undefined).sort((a, b) => lastOf(b.path) - lastOf(a.path));
  let after = item;
  for (const { path, value } of [...sets, ...removals]) after = mapWith(after, path, value);
  return after;
}
const lastOf = (path: Path): number => {
  const last = path[path.length - 1];
  return typeof last === 'number' ? last : -1;
};

function newValue(item: Item, action: UpdateAction): Value | undefined {
  if (action.kind === 'remove') return undefined;
  if (action.kind === 'set') return setValue(item, action.value);
  const before = valueAt(item, action.path);
  return action.kind === 'add' ? added(before, action.value) : taken(before, action.value);
}

function setValue(item: Item, given: SetValue): Value {
  switch (given.kind) {
    case 'value':
      return given.value;
    case 'if-missing':
      return valueAt(item, given.path) ?? setValue(item, given.otherwise);
    case 'append': {
      const [first, second] = [setValue(item, given.first), setValue(item, given.second)];
      if (!('L' in first && 'L' in second)) throw validation(WRONG_TYPE);
      return { L: [...first.L, ...second.L] };
    }
    case 'sum': {
      const [left, right] = [setValue(item, given.left), setValue(item, given.right)];
      if (!('N' in left && 'N' in right)) throw validation(WRONG_TYPE);
      return { N: addNumbers(left.N, right.N, given.sign) };
    }
    case 'path':
    case 'size': {
      const found = given.kind === 'path' ? valueAt(item, given.path) : undefined;
      if (found === undefined) throw validation(NOT_THERE);
      return found;
    }
  }
}

const union = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])];

function added(before: Value | undefined, value: Value): Value {
  if (before === undefined) return value;
  if ('N' in before && 'N' in value) return { N: addNumbers(before.N, value.N) };
  if ('SS' in before && 'SS' in value) return { SS: union(before.SS, value.SS) };
  if ('NS' in before && 'NS' in value) return { NS: union(before.NS, value.NS) };
  if ('BS' in before && 'BS' in value) return { BS: union(before.BS, value.BS) };
  throw validation(WRONG_TYPE);
}

/** A set without some members; without any it is gone. */
function taken(before: Value | undefined, value: Value): Value | undefined {
  if (before === undefined) return undefined;
  const without = (a: readonly string[], b: readonly string[]): readonly string[] => a.filter((one) => !b.includes(one));
  if ('SS' in before && 'SS' in value) return setOf('SS', without(before.SS, value.SS));
  if ('NS' in before && 'NS' in value) return setOf('NS', without(before.NS, value.NS));
  if ('BS' in before && 'BS' in value) return setOf('BS', without(before.BS, value.BS));
  throw validation(WRONG_TYPE);
}
function setOf(type: 'SS' | 'NS' | 'BS', members: readonly string[]): Value | undefined {
  return members.length === 0 ? undefined : ({ [type]: members } as unknown as Value);
}

function mapWith(map: Item, path: readonly (string | number)[], value: Value | undefined): Item {
  const [name, ...rest] = path as [string, ...(string | number)[]];
  const others = Object.entries(map).filter(([other]) => other !== name);
  const inner = attribute(map, name);
  const changed = rest.length === 0 ? value : changedInside(inner, rest, value);
  if (changed === undefined) return Object.fromEntries(others);
  return inner === undefined ? Object.fromEntries([...others, [name, changed]]) : Object.fromEntries(Object.entries(map).map(([other, one]) => [other, other === name ? changed : one]));
}

function changedInside(container: Value | undefined, path: readonly (string | number)[], value: Value | undefined): Value | undefined {
  const [part, ...rest] = path as [string | number, ...(string | number)[]];
  if (container === undefined) throw validation(WRONG_PATH);
  if (typeof part === 'string') {
    if (!('M' in container)) throw validation(WRONG_PATH);
    return { M: mapWith(container.M, path, value) };
  }
  if (!('L' in container)) throw validation(WRONG_PATH);
  const list = [...container.L];
  const inner = rest.length === 0 ? value : changedInside(list[part], rest, value);
  if (inner === undefined) list.splice(part, 1);
  else if (part >= list.length) list.push(inner);
  else list[part] = inner;
  return { L: list };
}

/** The item with the projected attributes only; list elements move together. */
export function project(item: Item, paths: readonly Path[]): Item {
  return picked(item, paths.filter((path) => valueAt(item, path) !== undefined));
}
function picked(item: Item, paths: readonly (readonly (string | number)[])[]): Item {
  const names = [...new Set(paths.map(([name]) => name as string))];
  return Object.fromEntries(names.map((name) => [name, pickedInside(item[name]!, paths.filter(([first]) => first === name).map((path) => path.slice(1)))]));
}
function pickedInside(value: Value, paths: readonly (readonly (string | number)[])[]): Value {
  if (paths.some((path) => path.length === 0)) return value;
  if ('M' in value) return { M: picked(value.M, paths) };
  if (!('L' in value)) return value;
  const positions = [...new Set(paths.map(([at]) => at as number))].sort((a, b) => a - b);
  return { L: positions.map((at) => pickedInside(value.L[at]!, paths.filter(([first]) => first === at).map((path) => path.slice(1)))) };
}
