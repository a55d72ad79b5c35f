/** A runtime that keeps memory images as long as a snapshot may refer to them, however early the world lets go of them. */
import type { BurstResult, ImageId, Runtime } from '../sim/ports/runtime.ts';

/**
 * An image lives from its burst to its release; a snapshot needs it when it was taken in between. Snapshots are counted: `taken` is
 * told of each new one, `dropped` of each that is given up.
 */
export class KeptImages implements Runtime {
  readonly #runtime: Runtime;
  readonly #bornAt = new Map<ImageId, number>();
  readonly #let: Map<ImageId, { readonly bornAt: number; readonly letGoAt: number }> = new Map();
  #snapshots: number[] = [];
  #clock = 0;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  /** A snapshot is being taken now. Answers its number. */
  taken(): number {
    this.#snapshots.push(++this.#clock);
    return this.#clock;
  }

  /** These snapshots are not needed any more. */
  dropped(numbers: readonly number[]): void {
    const gone = new Set(numbers);
    this.#snapshots = this.#snapshots.filter((number) => !gone.has(number));
    for (const [image, { bornAt, letGoAt }] of this.#let) {
      if (this.#needed(bornAt, letGoAt)) continue;
      this.#let.delete(image);
      this.#runtime.release(image);
    }
  }

  start(...input: Parameters<Runtime['start']>): BurstResult {
    return this.#born(this.#runtime.start(...input));
  }
  resume(...input: Parameters<Runtime['resume']>): BurstResult {
    return this.#born(this.#runtime.resume(...input));
  }
  release(image: ImageId): void {
    const bornAt = this.#bornAt.get(image);
    if (bornAt === undefined) return;
    this.#bornAt.delete(image);
    if (this.#needed(bornAt, this.#clock)) this.#let.set(image, { bornAt, letGoAt: this.#clock });
    else this.#runtime.release(image);
  }

  #needed(bornAt: number, letGoAt: number): boolean {
    return this.#snapshots.some((number) => number > bornAt && number <= letGoAt);
  }
  #born(result: BurstResult): BurstResult {
    if (result.image !== null && !this.#let.has(result.image)) this.#bornAt.set(result.image, this.#clock);
    return result;
  }
}
