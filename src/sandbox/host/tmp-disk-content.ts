/** The content of a file that a burst is changing: bytes that grow, so that appending costs what is appended. Hashed when the burst is over. */

export class OpenContent {
  #bytes: Uint8Array;
  #size: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#size = bytes.length;
  }
  get size(): number {
    return this.#size;
  }
  /** Not to be changed or kept: a later write changes it. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#size);
  }

  /** Writes at a place; what lies between the end and it becomes zeros. */
  write(bytes: Uint8Array, at: number): void {
    const end = at + bytes.length;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, this.#bytes.length * 2));
      larger.set(this.bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, at);
    this.#size = Math.max(this.#size, end);
  }
}
