/** What went wrong in a function's code in this run, with its line: read from its log lines and from the trace. */
import type { LogRow } from '../../state/log-lines.ts';
import { placeIn } from '../../state/log-lines.ts';
import type { TraceEvent } from '../../sim/trace.ts';

export interface RunError {
  readonly seq: number;
  readonly atUs: number;
  /** Absent when the error names no line of own code. */
  readonly file: string | null;
  readonly line: number | null;
  /** 'Error', 'Runtime.UserCodeSyntaxError'. */
  readonly type: string;
  readonly message: string;
  readonly requestId: string | null;
}

/** AWS's type for code that cannot be read. @source aws/lambda.md §3.4 */
export const SYNTAX_ERROR = 'Runtime.UserCodeSyntaxError';

const ERRORS_MAX = 8;
/** How the runtime's reports begin. @source aws/lambda.md §4 */
const REPORTED = /\t(?:Invoke Error|Uncaught Exception|Unhandled Promise Rejection|Init Error) \t(\{[\s\S]*)$/;

/**
 * Errors of the code as it is now: since its last change, up to the shown moment, the newest of each place first.
 * `rows` are the function's log lines in order; `events` its own events (of its ARN and of its environments) in order.
 */
export function runErrors(rows: readonly LogRow[], events: readonly TraceEvent[], untilUs: number): readonly RunError[] {
  const since = lastCodeChange(events, untilUs);
  /** Requests whose failure a line has told already. */
  const told = new Set<string | null>();
  const found = new Map<string, RunError>();
  const add = (error: RunError): void => {
    const key = error.file === null ? `${error.type}/${error.message}` : `${error.file}:${error.line}`;
    found.delete(key);
    found.set(key, error);
  };
  for (const row of rows) {
    if (row.atUs > untilUs || row.seq < since) continue;
    const error = row.level === 'ERROR' || row.level === 'FATAL' ? reportedError(row) : null;
    if (error === null) continue;
    add(error);
    told.add(error.requestId);
  }
  const initTold = [...found.values()].filter((error) => error.requestId === null).map((error) => error.type);
  for (const event of events) {
    if (event.at > untilUs || event.seq < since) continue;
    const error = failedEvent(event);
    if (error === null || (error.requestId !== null && told.has(error.requestId)) || initTold.includes(error.type)) continue;
    add(error);
  }
  const all = [...found.values()];
  // The failed init says only that it failed; the invocation after it says where.
  const placed = new Set(all.filter((error) => error.file !== null).map((error) => error.type));
  return all
    .filter((error) => error.file !== null || error.message !== '' || !placed.has(error.type))
    .sort((a, b) => b.seq - a.seq)
    .slice(0, ERRORS_MAX);
}

function lastCodeChange(events: readonly TraceEvent[], untilUs: number): number {
  let since = 0;
  for (const event of events) if (event.at <= untilUs && event.kind === 'lambda.FunctionUpdated' && event.data['what'] === 'code') since = event.seq;
  return since;
}

/** The error that the runtime reports in a line: `… ERROR Invoke Error {"errorType":…,"stack":[…]}`. */
function reportedError(row: LogRow): RunError | null {
  const body = REPORTED.exec(row.text)?.[1];
  if (body === undefined) return null;
  const place = placeIn(body);
  const parsed = parseReported(body);
  return { seq: row.seq, atUs: row.atUs, file: place?.file ?? null, line: place?.line ?? null, type: parsed.type, message: parsed.message, requestId: row.requestId };
}

function parseReported(body: string): { readonly type: string; readonly message: string } {
  try {
    const value = JSON.parse(body) as { readonly errorType?: unknown; readonly errorMessage?: unknown };
    return { type: String(value.errorType ?? 'Error'), message: String(value.errorMessage ?? '') };
  } catch {
    return { type: 'Error', message: body.slice(0, 200) };
  }
}

/** Failures that the platform alone knows: timeouts, exits, code that could not be loaded. */
function failedEvent(event: TraceEvent): RunError | null {
  if (event.kind !== 'lambda.InvocationFailed' && event.kind !== 'lambda.InvocationTimedOut' && event.kind !== 'lambda.InitFailed') return null;
  const type = String(event.data['error'] ?? '');
  if (type === '') return null;
  const message = String(event.data['message'] ?? '');
  const place = placeIn(message);
  const requestId = event.data['requestId'];
  return { seq: event.seq, atUs: event.at, file: place?.file ?? null, line: place?.line ?? null, type, message, requestId: typeof requestId === 'string' && requestId !== '' ? requestId : null };
}
