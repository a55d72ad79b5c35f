/** Something wrong in the code, wherever it was found out. */

export interface Problem {
  /** Null: not in a file of this function, or nobody knows where. */
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly level: 'error' | 'warning';
  /** `code`: read from the text. `run`: happened. */
  readonly from: 'code' | 'run';
  readonly message: string;
  /** µs when it happened. */
  readonly atUs?: number;
}
