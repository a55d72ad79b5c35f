/** The limit to measure the kernel against: M/M/1 in one function over a 4-ary heap on typed arrays, without services, trace or causes. */

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

/** Answers with the time of the last departure, s. */
export function mm1OnTypedHeap(customers: number, seed: number): number {
  const random = xoshiro128(seed);
  const exponential = (mean: number): number => -mean * Math.log(1 - random());
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
      if (--waiting > 0) heap.push(now + exponential(1), DEPART);
    } else {
      if (waiting++ === 0) heap.push(now + exponential(1), DEPART);
      if (--left > 0) heap.push(now + exponential(1.25), ARRIVE);
    }
  }
  return now;
}

/** xoshiro128**, 32 random bits a draw; the fast choice where engines need not agree. */
function xoshiro128(seed: number): () => number {
  let a = seed | 1;
  let b = 0x9e3779b9;
  let c = 0x243f6a88;
  let d = 0xb7e15162;
  return () => {
    const x = Math.imul(b, 5);
    const result = Math.imul((x << 7) | (x >>> 25), 9);
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return (result >>> 0) / 4_294_967_296;
  };
}
