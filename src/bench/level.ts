/** A level over time, averaged by its area. */
export class Level {
  #area = 0;
  #since = 0;
  #value = 0;

  change(at: number, by: number): void {
    this.#area += this.#value * (at - this.#since);
    this.#since = at;
    this.#value += by;
  }

  /** The mean from `from` until `until`; before `from` the level must have been 0. */
  average(from: number, until: number): number {
    return (this.#area + this.#value * (until - this.#since)) / (until - from);
  }
}
