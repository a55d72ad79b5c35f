/** The newest event of a resource at a moment: found in its list by halving, so that it may be asked for at every picture. */
import type { TraceEvent } from '../../../sim/trace.ts';
import type { TraceIndex } from '../../../state/trace-index.ts';

export function lastUntil(index: TraceIndex, resource: string, atUs: number): TraceEvent | undefined {
  const seqs = index.byResource.get(resource) ?? [];
  let low = 0;
  let high = seqs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (index.events[seqs[middle]!]!.at <= atUs) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? undefined : index.events[seqs[low - 1]!];
}
