/** A tree of the paths that patterns ask for, and the walk that takes just those leaves out of an event. */
import type { LeafValue } from '../language/conditions.ts';
import { RawNumber } from '../language/numbers.ts';

/** In which element of which array of objects a leaf lies; innermost first. Arrays are numbered in the order of the walk. */
export interface Membership {
  readonly array: number;
  readonly index: number;
  readonly outer: Membership | null;
}

/** Takes each leaf that lies on an asked path. */
export interface LeafSink {
  leaf(slot: number, value: LeafValue, membership: Membership | null): void;
}

interface Lookup {
  readonly key: string;
  readonly node: PathNode;
  /** Every object has it by inheritance, so that only an own property counts. */
  readonly isInherited: boolean;
}

/** A node of the tree: a place in events, whatever the way its path is cut into keys. */
export interface PathNode {
  /** Index of the path that ends here, or -1. */
  slot: number;
  /** Every key that leads on from here: single steps, and steps joined by dots, because the engine does not tell `{"a":{"b":1}}` from `{"a.b":1}`. */
  readonly lookups: Lookup[];
  readonly byKey: Map<string, PathNode>;
}

/** Above so many keys to look for, going through the keys of the event is quicker. */
const LOOKUPS_MAX = 5;

/** The tree for `paths`; `slotOf` names the slot of each, its index unless told. */
export function buildPathTree(paths: readonly string[], slotOf?: (path: string) => number): PathNode {
  const root = newNode();
  for (const [index, path] of paths.entries()) addPath(root, path.split('.'), slotOf === undefined ? index : slotOf(path));
  return root;
}

function newNode(): PathNode {
  return { slot: -1, lookups: [], byKey: new Map() };
}

function addPath(root: PathNode, steps: readonly string[], slot: number): void {
  const nodes: PathNode[] = [root];
  for (let i = 0; i < steps.length; i += 1) {
    const parent = nodes[i] as PathNode;
    const existing = parent.byKey.get(steps[i] as string);
    const node = existing ?? newNode();
    nodes.push(node);
    if (existing !== undefined) continue;
    for (let from = 0; from <= i; from += 1) {
      const ancestor = nodes[from] as PathNode;
      const key = steps.slice(from, i + 1).join('.');
      ancestor.byKey.set(key, node);
      ancestor.lookups.push({ key, node, isInherited: key in Object.prototype });
    }
  }
  (nodes[steps.length] as PathNode).slot = slot;
}

/** Walks an event and hands each leaf on a path of the tree to `sink`. */
export function collectLeaves(event: object, root: PathNode, sink: LeafSink): void {
  walkObject(event as JsonObject, root, null, { sink, arrays: 0 });
}

interface Walk {
  readonly sink: LeafSink;
  arrays: number;
}

type JsonObject = Readonly<Record<string, unknown>>;

function walkObject(object: JsonObject, node: PathNode, membership: Membership | null, walk: Walk): void {
  const lookups = node.lookups;
  if (lookups.length > LOOKUPS_MAX) {
    // Not Object.keys, which makes a list; JSON data inherits nothing enumerable.
    for (const key in object) {
      const child = node.byKey.get(key);
      if (child !== undefined) walkValue(object[key], child, membership, walk);
    }
    return;
  }
  for (let i = 0; i < lookups.length; i += 1) {
    const lookup = lookups[i] as Lookup;
    const value = object[lookup.key];
    if (value !== undefined && (!lookup.isInherited || Object.hasOwn(object, lookup.key))) walkValue(value, lookup.node, membership, walk);
  }
}

function walkValue(value: unknown, node: PathNode, membership: Membership | null, walk: Walk): void {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      if (node.slot >= 0) walk.sink.leaf(node.slot, value, membership);
      break;
    case 'object':
      if (value === null || value instanceof RawNumber) {
        if (node.slot >= 0) walk.sink.leaf(node.slot, value, membership);
      } else if (Array.isArray(value)) {
        walkArray(value, node, membership, walk);
      } else if (node.lookups.length > 0) {
        walkObject(value as JsonObject, node, membership, walk);
      }
      break;
    default:
  }
}

function walkArray(items: readonly unknown[], node: PathNode, membership: Membership | null, walk: Walk): void {
  const array = walk.arrays;
  walk.arrays += 1;
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index];
    const isContainer = typeof item === 'object' && item !== null && !(item instanceof RawNumber);
    // Plain values of an array stand beside each other; only objects and arrays tie their fields to one element.
    walkValue(item, node, isContainer ? { array, index, outer: membership } : membership, walk);
  }
}
