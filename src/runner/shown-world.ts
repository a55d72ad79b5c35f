/** The world at the shown moment: the main one, or, for the past, a second one brought there from a snapshot by replay. */
import { simTime } from '../sim/units.ts';
import type { ScenarioDocument } from '../scenario/schema.ts';
import type { History } from './history.ts';
import type { SimulationHost } from './simulation.ts';
import { Simulation } from './simulation.ts';

const CHUNK_ENTRIES = 250;

export class ShownWorld {
  readonly #host: SimulationHost;
  readonly #history: History;
  #past: Simulation | null = null;

  constructor(host: SimulationHost, history: History) {
    this.#host = host;
    this.#history = history;
  }

  /** Forgets the second world: the run it belongs to is gone or was cut. */
  forget(): void {
    this.#past = null;
  }

  /** `shownUs` is at most the main world's time. */
  at(shownUs: number, main: Simulation, document: ScenarioDocument): Simulation {
    if (shownUs >= Math.max(0, main.world.now)) return main;
    const past = this.#past;
    if (past === null || past.world.now > shownUs || this.#history.timeBefore(shownUs) > past.world.now) this.#jump(shownUs, main, document);
    const world = this.#past!;
    while (world.runTo(simTime(shownUs), { maxEntries: CHUNK_ENTRIES }).kind === 'sliced');
    return world;
  }

  #jump(shownUs: number, main: Simulation, document: ScenarioDocument): void {
    const snapshot = this.#history.before(shownUs);
    if (this.#past === null) {
      this.#past = new Simulation(this.#host, { base: document.base, inputs: [...main.inputs] }, { keepTrace: false, sharing: main }, snapshot);
      return;
    }
    this.#past.inputs = main.inputs;
    this.#past.restore(snapshot);
  }
}

/** Each model's summary of what is on the canvas, by ARN. */
export function summariesOf(simulation: Simulation): Readonly<Record<string, object>> {
  const summaries: Record<string, object> = {};
  for (const arn of Object.values(simulation.arns())) {
    const summary = summaryOf(simulation, arn);
    if (summary !== undefined) summaries[arn] = summary;
  }
  return summaries;
}

function summaryOf(simulation: Simulation, arn: string): object | undefined {
  const service = arn.split(':')[2] ?? '';
  const model = simulation.world.models.get(service);
  return model?.summarize(simulation.world.context(service) as never, arn);
}
