/** The hash of a run: SHA-256 over the canonical JSON lines (RFC 8785) of all its trace events. Equal runs have equal hashes, everywhere. */
import { canonicalJson } from '../base/canonical-json.ts';
import { createSha256 } from '../base/hash.ts';
import type { TraceEvent } from './trace.ts';

/** Lower-case hex. Computed when asked; numbers that are no integers fail with the path of the offender. */
export function traceHash(events: Iterable<TraceEvent>): string {
  const hash = createSha256();
  for (const event of events) hash.update(`${canonicalJson(event)}\n`);
  return hash.hex();
}
