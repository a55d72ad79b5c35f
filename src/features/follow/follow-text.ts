/** Words for what is followed, and the place in code that an event points at. Pure. */
import { manifestById } from '../../services/manifests.ts';
import type { TraceEvent } from '../../sim/trace.ts';
import type { TraceIndex } from '../../state/trace-index.ts';
import { placeIn } from '../../state/log-lines.ts';
import type { CodePlace } from '../../state/log-lines.ts';

/** 'broken.mp4', 'o-17', 'message 1f2e3d4c', 'invocation 5c1f20d4': what people call a subject. */
export function subjectName(subject: string, first: TraceEvent | undefined): string {
  if (/^(s3|dynamodb):\/\//.test(subject)) return subject.slice(subject.lastIndexOf('/') + 1) || subject;
  const short = subject.length > 12 ? subject.slice(0, 8) : subject;
  const family = first && manifestById.get(first.kind.slice(0, first.kind.indexOf('.')))?.family;
  return family === undefined || family === 'client' || family === 'object' ? short : `${family} ${short}`;
}

/** The first event that is about a subject, without what led to it. */
export function firstOf(index: TraceIndex, subject: string): TraceEvent | undefined {
  const seq = index.bySubject.get(subject)?.[0];
  return seq === undefined ? undefined : index.events[seq];
}

/** Where in the visitor's code a failed invocation failed: the stack in the error line of its request. */
export function placeOfFailure(index: TraceIndex, event: TraceEvent): CodePlace | null {
  const requestId = event.data['requestId'];
  if (typeof requestId !== 'string') return null;
  for (const seq of [...(index.bySubject.get(requestId) ?? [])].reverse()) {
    const line = index.events[seq];
    if (line?.kind !== 'logs.Line') continue;
    const message = String(line.data['message'] ?? '');
    const place = /"stack"\s*:|\n\s+at /.test(message) ? placeIn(message) : null;
    if (place !== null) return place;
  }
  return null;
}

/** The object whose upload is at the root of a chain: what one would look at next. */
export function objectIn(events: readonly TraceEvent[]): string | null {
  for (const event of events) {
    const subject = event.subjects?.find((candidate) => candidate.startsWith('s3://'));
    if (subject !== undefined) return subject;
  }
  return null;
}
