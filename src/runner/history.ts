/** Snapshots of a simulation along its run: the way back to any moment is the nearest one before it, and a replay. */
import type { KeptImages } from './kept-images.ts';
import type { Simulation, SimulationSnapshot } from './simulation.ts';

/** At most so many are kept; then every other one goes, and the distance doubles. */
const SNAPSHOTS_MAX = 48;
const FIRST_DISTANCE_ENTRIES = 1_000;

interface Mark {
  readonly atUs: number;
  readonly entries: number;
  readonly number: number;
  readonly snapshot: SimulationSnapshot;
}

export class History {
  readonly #images: KeptImages;
  #marks: Mark[] = [];
  #distance = FIRST_DISTANCE_ENTRIES;

  constructor(images: KeptImages) {
    this.#images = images;
  }

  /** Takes a snapshot when the run has gone far enough since the last. */
  visit(simulation: Simulation): void {
    const last = this.#marks[this.#marks.length - 1];
    const { now, entriesTaken } = simulation.world;
    if (last && (entriesTaken - last.entries < this.#distance || now === last.atUs)) return;
    this.#marks.push({ atUs: now, entries: entriesTaken, number: this.#images.taken(), snapshot: simulation.snapshot() });
    if (this.#marks.length > SNAPSHOTS_MAX) this.#thin();
  }

  /** The newest snapshot at or before a moment; the first one when the moment lies before all. */
  before(atUs: number): SimulationSnapshot {
    const found = before(this.#marks, atUs) ?? this.#marks[0];
    if (!found) throw new Error('there is no snapshot yet');
    return found.snapshot;
  }

  /** Time of the snapshot that `before` would give. */
  timeBefore(atUs: number): number {
    return before(this.#marks, atUs)?.atUs ?? Number.NEGATIVE_INFINITY;
  }

  /** Forgets what lies after a moment. */
  truncate(atUs: number): void {
    this.#drop((mark) => mark.atUs > atUs);
  }

  clear(): void {
    this.#drop(() => true);
    this.#distance = FIRST_DISTANCE_ENTRIES;
  }

  #thin(): void {
    const odd = new Set(this.#marks.filter((_, i) => i % 2 === 1));
    this.#drop((mark) => odd.has(mark));
    this.#distance *= 2;
  }

  #drop(gone: (mark: Mark) => boolean): void {
    const dropped = this.#marks.filter(gone);
    this.#marks = this.#marks.filter((mark) => !gone(mark));
    this.#images.dropped(dropped.map((mark) => mark.number));
  }
}

function before(marks: readonly Mark[], atUs: number): Mark | undefined {
  let found: Mark | undefined;
  for (const mark of marks) if (mark.atUs <= atUs) found = mark;
  return found;
}
