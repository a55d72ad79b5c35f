/** The limit to measure the kernel against: M/M/1 in one function over a 4-ary heap on typed arrays, without services, trace or causes. */
import { createRandom } from '../../base/random.ts';

const ARRIVE = 0;
const DEPART = 1;

/** Ordered by (time, sequence), as any agenda must be to be reproducible. */
class TypedHeap {
  readonly times = new Float64Array(64);
  readonly sequences = new Float64Array(64);
  readonly kinds = new Uint8Array(64);
  size = 0;
  #next = 1;

  push(at: number, kind: number): void {
    const sequence = this.#next++;
    let i = this.size++;
    while (i > 0) {
      const parent = (i - 1) >> 2;
      if (this.times[parent]! <= at) break;
      this.times[i] = this.times[parent]!;
      this.sequences[i] = this.sequences[parent]!;
      this.kinds[i] = this.kinds[parent]!;
      i = parent;
    }
    this.times[i] = at;
    this.sequences[i] = sequence;
    this.kinds[i] = kind;
  }

  /** Removes the earliest; read `times[0]` and `kinds[0]` before. */
  drop(): void {
    const last = --this.size;
    const at = this.times[last]!;
    const sequence = this.sequences[last]!;
    const kind = this.kinds[last]!;
    let i = 0;
    for (;;) {
      const first = (i << 2) + 1;
      if (first >= last) break;
      let least = first;
      for (let child = first + 1; child < Math.min(first + 4, last); child++) if (this.#before(child, least)) least = child;
      if (at < this.times[least]! || (!(at > this.times[least]!) && sequence < this.sequences[least]!)) break;
      this.times[i] = this.times[least]!;
      this.sequences[i] = this.sequences[least]!;
      this.kinds[i] = this.kinds[least]!;
      i = least;
    }
    this.times[i] = at;
    this.sequences[i] = sequence;
    this.kinds[i] = kind;
  }

  #before(a: number, b: number): boolean {
    const difference = this.times[a]! - this.times[b]!;
    return difference < 0 || (difference === 0 && this.sequences[a]! < this.sequences[b]!);
  }
}

/**
 * Answers with the time of the last departure, µs: to be the same as the kernel's, because it draws from the same streams. With Math.log and a generator
 * of 32 bits a draw such a loop is twice as fast, but serves other customers, and what it does could not be held against anything.
 */
export function mm1OnTypedHeap(customers: number, seed: number): number {
  const services = createRandom(seed, 'mm1.service');
  const arrivals = createRandom(seed, 'mm1.arrivals');
  const heap = new TypedHeap();
  let waiting = 0;
  let left = customers;
  let now = 0;
  heap.push(0, ARRIVE);
  while (heap.size > 0) {
    now = heap.times[0]!;
    const kind = heap.kinds[0]!;
    heap.drop();
    if (kind === DEPART) {
      if (--waiting > 0) heap.push(now + Math.round(services.exponential(1_000_000)), DEPART);
    } else {
      if (waiting++ === 0) heap.push(now + Math.round(services.exponential(1_000_000)), DEPART);
      if (--left > 0) heap.push(now + Math.round(arrivals.exponential(1_250_000)), ARRIVE);
    }
  }
  return now;
}
