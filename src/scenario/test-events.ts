/** Events that someone keeps to try a function with: they are saved and travel with the scenario, and change no run. */
import { SCENARIO_LIMITS } from './schema.ts';
import type { ScenarioBase, TestEvent } from './schema.ts';

/** The events kept for a node, in the order they were made. */
export function testEventsOf(base: ScenarioBase, nodeId: string): readonly TestEvent[] {
  return (base.testEvents ?? []).filter((event) => event.node === nodeId);
}

/** Adds an event, or gives one of that name a new text. Nothing changes when no more can be kept. */
export function withTestEvent(base: ScenarioBase, event: TestEvent): ScenarioBase {
  const all = base.testEvents ?? [];
  const at = all.findIndex((kept) => kept.node === event.node && kept.name === event.name);
  if (at >= 0) return all[at]!.text === event.text ? base : { ...base, testEvents: all.with(at, event) };
  return all.length >= SCENARIO_LIMITS.testEventsMax ? base : { ...base, testEvents: [...all, event] };
}

export function withoutTestEvent(base: ScenarioBase, nodeId: string, name: string): ScenarioBase {
  return kept(base, (event) => event.node !== nodeId || event.name !== name);
}

/** Gives an event another name; nothing changes when that one is taken or empty. */
export function renamedTestEvent(base: ScenarioBase, nodeId: string, o: { readonly from: string; readonly to: string }): ScenarioBase {
  const own = testEventsOf(base, nodeId);
  if (o.to === '' || o.to.length > 80 || own.some((event) => event.name === o.to) || !own.some((event) => event.name === o.from)) return base;
  return { ...base, testEvents: (base.testEvents ?? []).map((event) => (event.node === nodeId && event.name === o.from ? { ...event, name: o.to } : event)) };
}

/** The events of nodes that are still there. */
export function withoutLostTestEvents(base: ScenarioBase): ScenarioBase {
  const ids = new Set(base.nodes.map((node) => node.id));
  return kept(base, (event) => ids.has(event.node));
}

function kept(base: ScenarioBase, stays: (event: TestEvent) => boolean): ScenarioBase {
  const { testEvents = [], ...rest } = base;
  const left = testEvents.filter(stays);
  if (left.length === testEvents.length) return base;
  return left.length === 0 ? rest : { ...rest, testEvents: left };
}

/** `Name`, else `Name 2`, …: a name that no event of the node has. */
export function freeTestEventName(base: ScenarioBase, nodeId: string, wanted: string): string {
  const taken = new Set(testEventsOf(base, nodeId).map((event) => event.name));
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted} ${n}`;
    if (!taken.has(name)) return name;
  }
}
