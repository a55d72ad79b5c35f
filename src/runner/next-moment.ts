/** What comes next in a run, and which events belong to whom: small questions that stepping and skipping ask. */
import type { TraceEvent } from '../sim/trace.ts';
import type { Simulation } from './simulation.ts';

/** Above so many entries the foreground is not looked for one by one. */
const LOOK_ENTRIES_MAX = 5_000;

/** Time of the next entry or input that is not housekeeping, µs, or undefined. */
export function nextForeground(main: Simulation): number | undefined {
  const input = main.nextInputUs;
  const { agenda } = main.world;
  const entry = agenda.size > LOOK_ENTRIES_MAX ? agenda.peekTime() : agenda.peekForegroundTime();
  return input === undefined ? entry : Math.min(input, entry ?? input);
}

/** Where 'skip the wait' goes from the shown moment; null when nothing is left to happen. */
export function nextMoment(main: Simulation, shownUs: number): number | null {
  const computedUs = Math.max(0, main.world.now);
  if (shownUs >= computedUs) return nextForeground(main) ?? null;
  const { events } = main.world.trace;
  return events[firstAfter(events, shownUs)]?.at ?? computedUs;
}

/** Whether an event is about one of these resources, or something that travels from or to it. */
export function belongs(event: TraceEvent, arns: ReadonlySet<string>): boolean {
  return arns.has(event.resource) || (event.travel !== undefined && (arns.has(event.travel.from) || arns.has(event.travel.to)));
}

/** Index of the first event after a moment (events are in order of time). */
function firstAfter(events: readonly TraceEvent[], atUs: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (events[middle]!.at <= atUs) low = middle + 1;
    else high = middle;
  }
  return low;
}
