/** What came of trying a function, put together from the answer and from what happened. Pure. */
import { logRow } from '../../../state/log-lines.ts';
import type { LogRow } from '../../../state/log-lines.ts';
import type { Tried } from '../../../runner/grade-client.ts';
import type { TraceEvent } from '../../../sim/trace.ts';
import { factsOf } from '../last/invocation-facts.ts';
import type { InvocationFacts } from '../last/invocation-facts.ts';

/** A call that the handler made. */
export interface MadeCall {
  readonly words: string;
  /** The error it was answered with; null for a success or none yet. */
  readonly error: string | null;
  readonly atUs: number;
}

export type TryResult =
  /** It ran: returned something, or failed. */
  | { readonly kind: 'ran'; readonly facts: InvocationFacts; readonly failed: boolean; readonly payload: string; readonly rows: readonly LogRow[]; readonly calls: readonly MadeCall[] }
  /** AWS did not take the call. */
  | { readonly kind: 'refused'; readonly name: string; readonly message: string };

/** `arn` and `group` are the function's own. */
export function tryResult({ answer, events }: Tried, { arn, group }: { readonly arn: string; readonly group: string }): TryResult {
  if (!answer.ok) return { kind: 'refused', name: answer.error.name, message: answer.error.message };
  const { Payload, FunctionError } = answer.output as { readonly Payload?: unknown; readonly FunctionError?: string };
  const own = events.filter((event) => event.resource === arn);
  const facts = own.map(factsOf).find((found) => found !== null) ?? null;
  if (facts === null) return { kind: 'refused', name: 'NotRun', message: 'The function did not run.' };
  const rows = events.filter((event) => event.kind === 'logs.Line').map(logRow);
  return { kind: 'ran', facts, failed: FunctionError !== undefined, payload: textOf(Payload), rows: rows.filter((row) => row.group === group), calls: callsOf(own) };
}

function callsOf(events: readonly TraceEvent[]): readonly MadeCall[] {
  const failures = events.filter((event) => event.kind === 'lambda.CallFailed');
  return events
    .filter((event) => event.kind === 'lambda.CallSent')
    .map((event) => {
      const failure = failures.find(({ cause }) => cause.includes(event.seq));
      return { words: `${String(event.data['service'])} ${String(event.data['operation'])}`, error: failure === undefined ? null : `${String(failure.data['error'])}: ${String(failure.data['message'])}`, atUs: event.at };
    });
}

function textOf(payload: unknown): string {
  if (payload instanceof Uint8Array) return new TextDecoder().decode(payload);
  return typeof payload === 'string' ? payload : '';
}

/** JSON on lines of its own, anything else as it is. */
export function readable(text: string): readonly string[] {
  try {
    return JSON.stringify(JSON.parse(text), null, 2).split('\n');
  } catch {
    return text.split('\n');
  }
}
