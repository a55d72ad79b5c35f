/** The lines of the newest invocation of a function, as they stand beside its code. */
import type { LogRow } from '../../state/log-lines.ts';

export interface Output {
  readonly requestId: string | null;
  readonly rows: readonly LogRow[];
  /** How many rows were left out at the front. */
  readonly cut: number;
}

/** More rows than this are a flood: the last ones are shown, the logs panel has all. */
export const OUTPUT_ROWS_MAX = 400;

/** Rows of the newest request up to a moment, with those of the init that went before it in the same environment. */
export function newestOutput(rows: readonly LogRow[], untilUs: number): Output {
  let end = rows.length - 1;
  while (end >= 0 && rows[end]!.atUs > untilUs) end--;
  let last = end;
  while (last >= 0 && rows[last]!.requestId === null) last--;
  const newest = rows[last];
  if (newest === undefined) {
    // Nothing but an init so far, or one that failed.
    const shown = rows.slice(Math.max(0, end + 1 - OUTPUT_ROWS_MAX), end + 1);
    return { requestId: null, rows: shown, cut: end + 1 - shown.length };
  }
  const found: LogRow[] = [];
  let cut = 0;
  for (let at = end; at >= 0; at--) {
    const row = rows[at]!;
    if (row.stream !== newest.stream) continue;
    const own = row.requestId === newest.requestId;
    if (!own && row.requestId !== null) break;
    if (found.length < OUTPUT_ROWS_MAX) found.push(row);
    else cut++;
  }
  return { requestId: newest.requestId, rows: found.reverse(), cut };
}
