/** How an invocation went, as its end tells in the trace, and which code it ran. */
import type { TraceEvent } from '../../../sim/trace.ts';

export interface InvocationFacts {
  readonly requestId: string;
  /** `e-1`. */
  readonly environment: string;
  /** When it ended, µs. */
  readonly atUs: number;
  readonly status: 'success' | 'error' | 'timeout';
  readonly durationUs: number;
  /** Init Duration of its REPORT line, µs; null when it was warm. */
  readonly initUs: number | null;
  readonly billedMs: number;
  readonly memoryMb: number;
  readonly maxMemoryMb: number;
  readonly errorType: string;
  readonly errorMessage: string;
}

const ENDS: Readonly<Record<string, InvocationFacts['status']>> = { 'lambda.InvocationSucceeded': 'success', 'lambda.InvocationFailed': 'error', 'lambda.InvocationTimedOut': 'timeout' };

/** The facts of an event that ends an invocation; null for every other. */
export function factsOf({ kind, at, data }: TraceEvent): InvocationFacts | null {
  const status = ENDS[kind];
  if (status === undefined) return null;
  const initUs = Number(data['initUs']);
  return {
    requestId: String(data['requestId']),
    environment: String(data['environment']),
    atUs: at,
    status,
    durationUs: Number(data['durationUs']),
    initUs: initUs < 0 ? null : initUs,
    billedMs: Number(data['billedMs']),
    memoryMb: Number(data['memoryMb']),
    maxMemoryMb: Number(data['maxMemoryMb']),
    errorType: String(data['error'] ?? ''),
    errorMessage: String(data['message'] ?? ''),
  };
}

export interface LastInvocation {
  readonly facts: InvocationFacts;
  /** When the code that it ran was put there, µs; negative for that of the deployment. */
  readonly codeAtUs: number;
}

/** The invocation of a function that ended last up to a moment; `events` are the function's own, in order. */
export function lastInvocation(events: readonly TraceEvent[], untilUs: number): LastInvocation | null {
  for (let at = events.length - 1; at >= 0; at--) {
    const event = events[at]!;
    const facts = event.at > untilUs ? null : factsOf(event);
    if (facts !== null) return { facts, codeAtUs: codeTime(events.slice(0, at), facts) };
  }
  return null;
}

/** An environment runs the code that was there when it started; a published version that of its publication. */
function codeTime(before: readonly TraceEvent[], { environment, requestId }: InvocationFacts): number {
  const started = before.findLast((event) => event.kind === 'lambda.EnvironmentStarting' && event.data['environment'] === environment);
  const version = before.findLast((event) => event.kind === 'lambda.InvocationStarted' && event.data['requestId'] === requestId)?.data['version'];
  const published = version === undefined || version === '$LATEST' ? undefined : before.find((event) => event.kind === 'lambda.VersionPublished' && event.data['version'] === version);
  const from = published ?? started;
  const laid = before.findLast((event) => event.seq < (from?.seq ?? Number.POSITIVE_INFINITY) && (event.kind === 'lambda.FunctionCreated' || (event.kind === 'lambda.FunctionUpdated' && event.data['what'] === 'code')));
  return laid?.at ?? -1;
}
